"""Has the pipes read a text as a newspaper would print it, then gives the document its own back.

A model reads capitals as names, takes a hard space for a word, and sees one word on both sides of a
control character. Only the case of letters and blanks change, never how many characters there
are: offsets are those of the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.lookups import Lookups
from spacy.tokens import Doc

from entextract import tables
from entextract.records.spelling import level

_UNREADABLE = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\xa0\\u2007\\u2009\\u202f]")
_WORD = re.compile(r"[^\W_]+")
_MIN_LETTERS = 10  # shorter lines are acronyms and rubrics
_MIN_WORDS = 3
_SHARE = 0.85  # of the letters that are capitals
_GIVEN = "entextract_given_text"  # where a document keeps its text while pipes read another


@Language.factory("entextract_truecaser", retokenizes=True)
class Truecaser:
    """Put lines in ALL CAPS into lower case, but for names; make blank what cannot be read.

    Names are those of the tables, and the words that are not in the lexicon of French. It comes
    first; the pipes after it read a document of the text so written, until
    ``entextract_text_as_given``. The lexicon, which takes seconds, is read at the first such line.

    Sets: nothing; a text that it leaves alone stays the same document.

    Args:
        nlp: its tokenizer cuts the text anew, its lemmatizer has the lexicon, also where it was
            left out of the pipeline.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> truecaser = nlp.add_pipe("entextract_truecaser")
    >>> nlp("LE PRÉSIDENT KAZAKH REÇOIT LE JAPON").text
    'Le président kazakh reçoit le Japon'
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.nlp = nlp
        self.name = name
        self.saved: Lookups | None = None

    def find(self, doc: Doc) -> str:
        """The text that the other pipes are to read. The document is not changed."""
        return self.truecased(readable(doc.text))

    def __call__(self, doc: Doc) -> Doc:
        given = doc.text
        text = self.find(doc)
        if text == given:
            return doc
        read = _carry(doc, self.nlp.make_doc(text))
        if text != (plain := readable(given)):
            read.user_data[_GIVEN] = plain
        return read

    def truecased(self, text: str) -> str:
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
        # not above: all of spaCy's French, for users of other languages, would take two seconds
        from spacy.lang.fr.stop_words import STOP_WORDS

        words = set(STOP_WORDS)
        words.update(tables.acting_forms())
        words.update(w for row in tables.titles() for w in _WORD.findall(row.form))
        lookups = self._lookups()
        for name in ("lemma_index", "lemma_exc"):
            if lookups.has_table(name):
                for part in lookups.get_table(name).values():
                    words.update(part)
        return frozenset(level(word).lower() for word in words)

    def _lookups(self) -> Lookups:
        """The word lists of the lemmatizer; where it was left out, those in the model's folder."""
        lookups = _of_lemmatizer(self.nlp) or self.saved
        if lookups is None:
            lookups = Lookups()
            if self.nlp.path:  # they stay empty where there is no such file
                lookups.from_disk(self.nlp.path / "lemmatizer" / "lookups")
        return lookups

    # --- a pipeline that is saved without its lemmatizer keeps the word lists here

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Save the word lists, unless the lemmatizer saves them."""
        if _of_lemmatizer(self.nlp) is None:
            self._lookups().to_disk(path)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Truecaser:
        """Read what ``to_disk`` saved, if anything."""
        saved = Lookups().from_disk(path)
        self.saved = saved if len(saved) else None
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The same as bytes."""
        return (Lookups() if _of_lemmatizer(self.nlp) else self._lookups()).to_bytes()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Truecaser:
        """Read what ``to_bytes`` gave."""
        saved = Lookups().from_bytes(data)
        self.saved = saved if len(saved) else None
        return self


@Language.factory("entextract_text_as_given")
class TextAsGiven:
    """Give a document that was read with other capitals those of its text.

    It comes last. What other pipes have found stays; hard spaces and characters that cannot be
    read stay plain blanks.

    Sets: the text of each token, where ``entextract_truecaser`` had changed it.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> for name in ("truecaser", "countries", "arbiter", "text_as_given"):
    ...     pipe = nlp.add_pipe(f"entextract_{name}")
    >>> [(e.text, e.kb_id_) for e in nlp("LE PRÉSIDENT KAZAKH EST AU JAPON").ents]
    [('KAZAKH', 'country:KZ'), ('JAPON', 'country:JP')]
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def find(self, doc: Doc) -> str:
        """The text as given. The document is not changed."""
        return str(doc.user_data.get(_GIVEN, doc.text))

    def __call__(self, doc: Doc) -> Doc:
        if _GIVEN not in doc.user_data:
            return doc
        parts: dict[str, Any] = doc.to_dict(exclude=("user_data", "user_hooks"))
        given = _carry(doc, Doc(doc.vocab).from_dict({**parts, "text": self.find(doc)}))
        del given.user_data[_GIVEN]
        return given


def readable(text: str) -> str:
    """The text with what spaCy cannot read made blank, and hard spaces made plain ones.

    A control character would be part of a word, a non-breaking space a word of its own. The length
    does not change, so that offsets are those of the text as given.

    >>> readable("a\\x00b\\u202f!")
    'a b !'
    """
    return text if text.isascii() and text.isprintable() else _UNREADABLE.sub(" ", text)


def _carry(old: Doc, new: Doc) -> Doc:
    """The new document, with what a user or spaCy keeps on the old one."""
    new.user_data = old.user_data
    new.user_hooks = old.user_hooks
    new.user_token_hooks = old.user_token_hooks
    new.user_span_hooks = old.user_span_hooks
    new._context = old._context  # of nlp.pipe(..., as_tuples=True)
    return new


def _of_lemmatizer(nlp: Language) -> Lookups | None:
    """The word lists of a pipeline's lemmatizer; one that is trained has none."""
    if "lemmatizer" not in nlp.component_names:
        return None
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    return lookups if isinstance(lookups, Lookups) else None


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
