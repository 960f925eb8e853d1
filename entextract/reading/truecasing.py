"""Gives lines in ALL CAPS the case that a newspaper would: a model reads capitals as names.

Only the case of letters changes, never their number, so that offsets stay those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import cast
from weakref import WeakKeyDictionary

from spacy.lang.fr.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.lookups import Lookups

from entextract import tables
from entextract.records.spelling import level

_WORD = re.compile(r"[^\W_]+")
_MIN_LETTERS = 10  # shorter lines are acronyms and rubrics
_MIN_WORDS = 3
_SHARE = 0.85  # of the letters that are capitals


class Recaser:
    """Puts lines in ALL CAPS into lower case, but for names.

    Names are those of the tables, and the words that are not in the lexicon of French.

    Args:
        nlp: its lemmatizer gives the lexicon, also where it is not loaded.
    """

    def __init__(self, nlp: Language) -> None:
        self.lookups = _lookups(nlp)

    def __call__(self, text: str) -> str:
        """The text, its lines in ALL CAPS with other capitals."""
        if not any(is_shouted(line) for line in text.split("\n")):
            return text
        lines = (self._line(line) if is_shouted(line) else line for line in text.split("\n"))
        return "\n".join(lines)

    def _line(self, line: str) -> str:
        words = list(_WORD.finditer(line))
        keys = [level(word.group()) for word in words]
        pieces, at, i = [], 0, 0
        while i < len(words):
            cased = self._name_at(keys, i) or [self._word(keys[i], opens=i == 0)]
            for pattern in cased:
                word = words[i]
                pieces += [line[at : word.start()], _apply(pattern, word.group())]
                at = word.end()
                i += 1
        return "".join([*pieces, line[at:]])

    def _name_at(self, keys: list[str], i: int) -> list[str] | None:
        """The words, with their capitals, of the longest known name that starts here."""
        for form in self.names.get(keys[i], ()):
            if [word.upper() for word in form] == keys[i : i + len(form)]:
                return form
        return None

    def _word(self, key: str, *, opens: bool) -> str:
        lower = key.lower()
        stems = {lower, lower[:-1] if lower[-1:] in "sxe" else lower, lower.removesuffix("es")}
        return lower if not opens and stems & self.lexicon else lower.capitalize()

    @cached_property
    def names(self) -> dict[str, list[list[str]]]:
        """Names as words, by their first word in capitals, the longest first."""
        found: dict[str, list[list[str]]] = {}
        for form, is_sure in self._forms():
            words = _WORD.findall(level(form))
            if words and (len(words) > 1 or is_sure or words[0].lower() not in self.lexicon):
                found.setdefault(words[0].upper(), []).append(words)
        for forms in found.values():
            forms.sort(key=lambda words: (-len(words), words))
        return found

    def _forms(self) -> Iterator[tuple[str, bool]]:
        """(name, whether it is one even where the lexicon has the word: « Japon »)."""
        for row in tables.countries():
            if row.kind != "combining":
                yield row.form, row.strength == "strong"
        yield from ((row.form, row.strength == "strong") for row in tables.places())
        yield from ((row.form, False) for row in tables.organisations())
        yield from ((row.form, False) for row in tables.given_names())

    @cached_property
    def lexicon(self) -> frozenset[str]:
        """Common words of French, levelled."""
        words = set(STOP_WORDS)
        words.update(tables.acting_forms())
        words.update(w for row in tables.titles() for w in _WORD.findall(row.form))
        lookups = self.lookups
        if isinstance(lookups, Path):
            lookups = Lookups().from_disk(lookups)  # empty where there is no such file
        for name in ("lemma_index", "lemma_exc"):
            if lookups.has_table(name):
                for part in lookups.get_table(name).values():
                    words.update(part)
        return frozenset(level(word).lower() for word in words)


def _lookups(nlp: Language) -> Lookups | Path:
    """The word lists of a lemmatizer; where it was left out, their folder in the model."""
    if nlp.has_pipe("lemmatizer"):
        return cast(Lookups, nlp.get_pipe("lemmatizer").lookups)  # type: ignore[attr-defined]
    return nlp.path / "lemmatizer" / "lookups" if nlp.path else Lookups()


_OF: WeakKeyDictionary[Language, Recaser] = WeakKeyDictionary()


def recaser_of(nlp: Language) -> Recaser:
    """The recaser of a pipeline, always the same: its lexicon takes seconds to read."""
    if nlp not in _OF:
        _OF[nlp] = Recaser(nlp)
    return _OF[nlp]


def is_shouted(line: str) -> bool:
    """Whether a line is in ALL CAPS.

    >>> is_shouted("LE PRÉSIDENT KAZAKH À PARIS"), is_shouted("OTAN"), is_shouted("Le FMI alerte")
    (True, False, False)
    """
    capitals = sum(map(str.isupper, line))
    if capitals < _MIN_LETTERS:
        return False
    letters = sum(map(str.isalpha, line))
    return capitals >= _SHARE * letters and len(_WORD.findall(line)) >= _MIN_WORDS


def _apply(pattern: str, word: str) -> str:
    """The word with the capitals of the pattern; as it is when their lengths differ."""
    if len(pattern) != len(word):
        return word
    letters = (c.upper() if p.isupper() else c.lower() for p, c in zip(pattern, word, strict=True))
    cased = "".join(letters)
    return cased if len(cased) == len(word) else word
