"""Finds the forms of a table in a document, in every spelling; no linguistic rule."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from operator import itemgetter

from spacy.language import Language
from spacy.tokens import Doc

from entextract.pipes.words import Norms, lead, norms_of
from entextract.records.spelling import level, variants

_BLANK = re.compile(r"(?<=\S) ")  # of several blanks, the others are a token
_ALONE = ""  # in place of a second norm

_Words = tuple[str, ...]
_Form = tuple[int, str, str]  # its place in the table, what it is reported as, the form


class Phrases:
    """The forms of a table, found by the norms of tokens.

    To find them takes tokenizing them, which is slow for thousands: a form waits until its first
    letters are met in a text and, where its first word is of letters alone, until those of its
    second word follow. A million names then cost a reading little.

    Args:
        nlp: gives the tokenizer.
        keys: (what a match is reported as, form) pairs.
    """

    def __init__(self, nlp: Language, keys: Iterable[tuple[str, str]]) -> None:
        self.tokenizer = nlp.tokenizer
        self.waiting: defaultdict[str, list[_Form]] = defaultdict(list)
        for number, (key, form) in enumerate(keys):
            self.waiting[lead(level(form))].append((number, key, form))
        # first word, and first letters of the second, of forms that wait for both
        self.pairs: defaultdict[str, defaultdict[str, list[_Form]]]
        self.pairs = defaultdict(partial(defaultdict, list))
        # first and second norm of a form -> its norms -> its keys, with their place in the table
        self.ready: defaultdict[str, defaultdict[str, dict[_Words, dict[str, int]]]]
        self.ready = defaultdict(partial(defaultdict, dict))

    def __call__(self, doc: Doc) -> Iterator[tuple[str, int, int]]:
        """(key, start, end) of each match, in tokens, in their order and that of the table."""
        norms = norms_of(doc)
        self._prepare(norms)
        words = norms.words
        for start in norms.places.of_all(self.ready.keys() & norms.places.first.keys()):
            following = words[start + 1] if start + 1 < len(words) else _ALONE
            yield from self._matches(self.ready[words[start]], words, start, following)

    @staticmethod
    def _matches(
        forms: defaultdict[str, dict[_Words, dict[str, int]]],
        words: list[str],
        start: int,
        following: str,
    ) -> Iterator[tuple[str, int, int]]:
        found: list[tuple[int, dict[str, int], int]] = []
        for second in {_ALONE, following}:
            for form, keys in forms[second].items() if second in forms else ():
                end = start + len(form)
                if tuple(words[start:end]) == form:
                    found.append((min(keys.values()), keys, end))
        for _, keys, end in sorted(found, key=itemgetter(0)):
            for key in sorted(keys, key=keys.__getitem__):
                yield key, start, end

    def _prepare(self, norms: Norms) -> None:
        """Make ready the forms that may stand in a document."""
        for opening in self.waiting.keys() & norms.distinct_leads:
            for form in self.waiting.pop(opening):
                firsts, second = _first_words(form[2])
                for first in firsts if second else ():
                    self.pairs[first][second].append(form)
                if not (firsts and second):
                    self._make_ready([form])
        for first in self.pairs.keys() & norms.small.first.keys():
            forms = self.pairs[first]
            after = (i + 1 for i in norms.small.of(first))
            for second in forms.keys() & {norms.leads[i] for i in after if i < len(norms.leads)}:
                self._make_ready(forms.pop(second))

    def _make_ready(self, forms: Iterable[_Form]) -> None:
        for number, key, form in forms:
            for variant in variants(form):
                words = tuple(map(level, words_of(variant, self.tokenizer)))
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


def _first_words(form: str) -> tuple[set[str], str]:
    """The first word of a form in small letters, and the first letters of its second.

    There are none where the first word may be no token.

    >>> _first_words("Côte d'Ivoire"), _first_words("Mali"), sorted(_first_words("Weiße Rose")[0])
    (({'cote'}, 'd'), (set(), ''), ['weisse', 'weiße'])
    """
    words = level(form).split(" ", 2)[:2]
    if len(words) < 2 or not words[0].isalpha():
        return set(), ""
    return {words[0].lower(), words[0].upper().lower()}, lead(words[1])
