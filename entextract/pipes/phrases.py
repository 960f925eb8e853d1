"""Finds the forms of a table in a document, in every spelling; no linguistic rule."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from entextract.pipes.once import OncePerDoc
from entextract.records.spelling import level, variants

_LEAD = re.compile(r"[^\W\d_]*")
_BLANK = re.compile(r"(?<=\S) ")  # of several blanks, the others are a token
_ALONE = 0  # in place of a second norm: spaCy's number of no string

_Norms = tuple[int, ...]
_Form = tuple[int, str, str]  # its place in the table, what it is reported as, the form


class DocNorms(NamedTuple):
    """The norms of a document: of each token, and where each stands.

    Attributes:
        of_tokens: the number of each norm among spaCy's strings.
        places: the tokens of each norm, by its number.
        words: the same, by the norm itself.
        small_words: the same, in small letters.
        leads: the first letters of the tokens, whatever their case.
        following: for each token, whatever its case, the first letters of those that follow it.
    """

    of_tokens: list[int]
    places: dict[int, list[int]]
    words: dict[str, list[int]]
    small_words: dict[str, list[int]]
    leads: set[str]
    following: dict[str, set[str]]


@OncePerDoc
def norms_of(doc: Doc) -> DocNorms:
    """The norms of a document, which are set, and stay as they are until ``forget`` is called."""
    norms = doc.to_array("NORM").tolist()
    places: dict[int, list[int]] = {}
    for i, norm in enumerate(norms):
        places.setdefault(norm, []).append(i)
    strings = doc.vocab.strings
    words = {strings[norm]: at for norm, at in places.items()}
    small: dict[str, list[int]] = {}
    for word, at in words.items():
        lower = level(word).lower()  # leveled again, for a document whose norms are spaCy's own
        small[lower] = sorted([*small[lower], *at]) if lower in small else at
    openings = {norm: _opening(word) for norm, word in zip(places, words, strict=True)}
    following: dict[str, set[str]] = {folded: set() for _, folded in openings.values()}
    for norm, after in pairwise(norms):
        following[openings[norm][1]].add(openings[after][0])
    leads = {lead for lead, _ in openings.values()}
    return DocNorms(norms, places, words, small, leads, following)


class Phrases:
    """The forms of a table, found by the norms of tokens.

    To find them takes tokenizing them, which is slow for thousands: a form waits until its first
    letters are met in a text and, where its first word is of letters alone, until those of its
    second word follow. A million names then cost a reading little.

    Args:
        nlp: gives the tokenizer and the strings.
        keys: (what a match is reported as, form) pairs.
    """

    def __init__(self, nlp: Language, keys: Iterable[tuple[str, str]]) -> None:
        self.tokenizer = nlp.tokenizer
        self.strings = nlp.vocab.strings
        self.waiting: defaultdict[str, list[_Form]] = defaultdict(list)
        for number, (key, form) in enumerate(keys):
            self.waiting[_lead(level(form))].append((number, key, form))
        # first word, and first letters of the second, of forms that wait for both
        self.pairs: defaultdict[str, defaultdict[str, list[_Form]]]
        self.pairs = defaultdict(partial(defaultdict, list))
        # first and second norm of a form -> its norms -> its keys, with their place in the table
        self.ready: defaultdict[int, defaultdict[int, dict[_Norms, dict[str, int]]]]
        self.ready = defaultdict(partial(defaultdict, dict))

    def __call__(self, doc: Doc) -> Iterator[tuple[str, int, int]]:
        """(key, start, end) of each match, in tokens, in their order and that of the table."""
        read = norms_of(doc)
        self._prepare(read)
        norms, places = read.of_tokens, read.places
        for start in sorted(i for norm in places.keys() & self.ready.keys() for i in places[norm]):
            following = norms[start + 1] if start + 1 < len(norms) else _ALONE
            yield from self._matches(self.ready[norms[start]], norms, start, following)

    @staticmethod
    def _matches(
        forms: defaultdict[int, dict[_Norms, dict[str, int]]],
        norms: list[int],
        start: int,
        following: int,
    ) -> Iterator[tuple[str, int, int]]:
        found: list[tuple[int, dict[str, int], int]] = []
        for second in {_ALONE, following}:
            for words, keys in forms[second].items() if second in forms else ():
                end = start + len(words)
                if tuple(norms[start:end]) == words:
                    found.append((min(keys.values()), keys, end))
        for _, keys, end in sorted(found, key=itemgetter(0)):
            for key in sorted(keys, key=keys.__getitem__):
                yield key, start, end

    def _prepare(self, read: DocNorms) -> None:
        """Make ready the forms that may stand in a document."""
        for lead in self.waiting.keys() & read.leads:
            for form in self.waiting.pop(lead):
                first, second = _first_words(form[2])
                if second:
                    self.pairs[first][second].append(form)
                else:
                    self._make_ready([form])
        for first in self.pairs.keys() & read.following.keys():
            forms = self.pairs[first]
            for second in forms.keys() & read.following[first]:
                self._make_ready(forms.pop(second))

    def _make_ready(self, forms: Iterable[_Form]) -> None:
        for number, key, form in forms:
            for variant in variants(form):
                words = tuple(
                    self.strings[level(word)] for word in words_of(variant, self.tokenizer)
                )
                second = words[1] if len(words) > 1 else _ALONE
                keys = self.ready[words[0]][second].setdefault(words, {})
                keys[key] = min(number, keys.get(key, number))


def words_of(form: str, tokenizer: Callable[[str], Doc]) -> list[str]:
    """The tokens of a form; words of letters alone are tokens, and are not looked at again.

    >>> import spacy
    >>> words_of("vice-présidente du Sénat", spacy.blank("fr").tokenizer)
    ['vice-présidente', 'du', 'Sénat']
    """
    words: list[str] = []
    for word in _BLANK.split(form):
        words += [word] if word.isalpha() else [token.text for token in tokenizer(word)]
    return words


@lru_cache(maxsize=50_000)  # each table asks for those of the words of a text
def _opening(norm: str) -> tuple[str, str]:
    return _lead(norm), norm.casefold()


def _lead(norm: str) -> str:
    """The letters that a form and its first token both start with, whatever their case.

    >>> _lead("Saint-Denis"), _lead("SAINT"), _lead("C5+1")
    ('saint', 'saint', 'c')
    """
    return _LEAD.match(norm).group().casefold()  # type: ignore[union-attr]  # it matches anything


def _first_words(form: str) -> tuple[str, str]:
    """The first word of a form, and the first letters of its second; empty if it may be no token.

    >>> _first_words("Côte d'Ivoire"), _first_words("Corée du Nord"), _first_words("Mali")
    (('cote', 'd'), ('coree', 'du'), ('', ''))
    """
    words = level(form).split(" ", 2)[:2]
    if len(words) < 2 or not words[0].isalpha():
        return "", ""
    return words[0].casefold(), _lead(words[1])
