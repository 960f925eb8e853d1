"""Finds the forms of a table in a document, in every spelling; no linguistic rule."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from entextract.records.spelling import level, variants

_LEAD = re.compile(r"[^\W\d_]*")
_MAX_SEEN = 20_000  # norms known to open no form


class Phrases:
    """The forms of a table, found by the norms of tokens.

    To find them takes tokenizing them, which is slow for thousands: a form waits until its first
    letters are met in a text.

    Args:
        nlp: gives the tokenizer and the strings.
        keys: (what a match is reported as, form) pairs.
    """

    def __init__(self, nlp: Language, keys: Iterable[tuple[str, str]]) -> None:
        self.tokenizer = nlp.tokenizer
        self.strings = nlp.vocab.strings
        self.waiting: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for key, form in keys:
            self.waiting[_lead(level(form))].append((key, form))
        # first norm of a form -> its norms and its keys
        self.ready: defaultdict[int, dict[tuple[int, ...], list[str]]] = defaultdict(dict)
        self.seen: set[int] = set()

    def __call__(self, doc: Doc) -> Iterator[tuple[str, int, int]]:
        """(key, start, end) of each match, in tokens, in their order."""
        norms = doc.to_array("NORM").tolist()
        met = set(norms)
        self._prepare(met)
        if self.ready.keys().isdisjoint(met):
            return
        for start, norm in enumerate(norms):
            for words, keys in self.ready.get(norm, {}).items():
                end = start + len(words)
                if tuple(norms[start:end]) == words:
                    for key in keys:
                        yield key, start, end

    def _prepare(self, norms: set[int]) -> None:
        """Make ready the forms that may start with these norms."""
        for norm in norms - self.seen:
            for key, form in self.waiting.pop(_lead(self.strings[norm]), ()):
                for variant in sorted(variants(form)):
                    words = tuple(self.strings[level(word)] for word in self._words(variant))
                    known = self.ready[words[0]].setdefault(words, [])
                    if key not in known:
                        known.append(key)
        if len(self.seen) > _MAX_SEEN:
            self.seen.clear()
        self.seen |= norms

    def _words(self, form: str) -> list[str]:
        """The tokens of a form; words of letters alone are tokens."""
        words = form.split(" ")
        if all(map(str.isalpha, words)):
            return words
        return [token.text for token in self.tokenizer(form)]


def _lead(norm: str) -> str:
    """The letters that a form and its first token both start with, whatever their case.

    >>> _lead("Saint-Denis"), _lead("SAINT"), _lead("C5+1")
    ('saint', 'saint', 'c')
    """
    return _LEAD.match(norm).group().casefold()  # type: ignore[union-attr]  # it matches anything
