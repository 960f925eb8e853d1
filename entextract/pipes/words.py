"""The words of a document, read once for all pipes; no linguistic rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc

from entextract.pipes.once import OncePerDoc
from entextract.records.spelling import level

_LEAD = re.compile(r"[^\W\d_]*")


class Places:
    """Where each word of a document stands.

    It has no list for each: Python goes through all lists that live when many have been made.

    Args:
        words: in the order of the document.

    >>> places = Places(["le", "Mali", "et", "le", "Togo"])
    >>> places.of("le"), places.of("Niger"), list(places.first)
    ([0, 3], [], ['le', 'Mali', 'et', 'Togo'])
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.first: dict[str, int] = {}
        self._next = [0] * len(words)  # from each place to that where the same word stands next
        last: dict[str, int] = {}
        for i, word in enumerate(words):
            if word in last:
                self._next[last[word]] = i
            else:
                self.first[word] = i
            last[word] = i

    def of(self, word: str) -> list[int]:
        """The places of a word, in order."""
        if word not in self.first:
            return []
        places = [self.first[word]]
        while following := self._next[places[-1]]:
            places.append(following)
        return places

    def of_all(self, words: Iterable[str]) -> list[int]:
        """The places of some words, in order."""
        # of a frozen set, which keys() & words would run through, as large as it may be
        common = frozenset(words).intersection(self.first)
        return sorted(i for word in common for i in self.of(word))


class Norms(NamedTuple):
    """The norms of a document, which are set, and stay as they are until ``forget`` is called.

    Attributes:
        words: of each token.
        places: where each stands.
        small: the same, in small letters.
        leads: the first letters of each token, see ``lead``.
        distinct_leads: the same, each once.
    """

    words: list[str]
    places: Places
    small: Places
    leads: list[str]
    distinct_leads: set[str]


@OncePerDoc
def norms_of(doc: Doc) -> Norms:
    """The norms of a document."""
    words = _spelled(doc, "NORM")
    forms = {word: _small_and_lead(word) for word in set(words)}
    leads = [forms[word][1] for word in words]
    small = Places([forms[word][0] for word in words])
    return Norms(words, Places(words), small, leads, set(leads))


@OncePerDoc
def texts(doc: Doc) -> list[str]:
    """The text of each token."""
    return _spelled(doc, "ORTH")


def _spelled(doc: Doc, attribute: str) -> list[str]:
    """An attribute of each token as a string, each string looked up but once."""
    strings = doc.vocab.strings
    numbers = doc.to_array(attribute).tolist()
    spelled = {number: strings[number] for number in set(numbers)}
    return [spelled[number] for number in numbers]


@lru_cache(maxsize=50_000)
def _small_and_lead(norm: str) -> tuple[str, str]:
    small = level(norm).lower()  # leveled again, for a document whose norms are spaCy's own
    return small, lead(norm)


def lead(norm: str) -> str:
    """The letters that a form and its first token both start with, whatever their case.

    >>> lead("Saint-Denis"), lead("SAINT"), lead("C5+1")
    ('saint', 'saint', 'c')
    """
    return _LEAD.match(norm).group().casefold()  # type: ignore[union-attr]  # it matches anything
