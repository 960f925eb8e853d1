"""Which names of persons are one person's: comparing forms, not mentions. Pure functions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from entextract import tables
from entextract.names.person_keys import (
    Words,
    civilities,
    given_genders,
    middle_initials,
    normalisation_key,
)
from entextract.names.referent import Referent

# what two spellings of one name must share: consonants, and likeness out of 100
_SURNAMES = (3, 85.0)
_GIVEN_NAMES = (4, 80.0)
_VOWELS = str.maketrans("iu", "eo")  # « Rohani », « Rouhani »: vowels that are heard as one another
_CROWD = 40  # names in a block beyond which spellings are not compared: too common to tell
MAX_CANDIDATES = 8  # bearers of a short name beyond which nobody tells them apart


def is_part_of(short: Words, full: Words) -> bool:
    """Whether a short name may be that of the person of a longer one, by their keys.

    A surname (« Blinken »), a given name (« Kulsoom »), the first words (« Kulsoom Nawaz »), or
    initials with the surname (« A. Blinken »).

    >>> is_part_of(("blinken",), ("antoni", "blinken"))
    True
    >>> is_part_of(("a", "blinken"), ("antoni", "blinken"))
    True
    >>> is_part_of(("ionatan", "netaniahu"), ("beniamin", "netaniahu"))
    False
    """
    n = len(short)
    if 0 < n < len(full) and short in (full[:n], full[-n:]):
        return True
    return _is_initialled(short, full)


def _is_initialled(short: Words, full: Words) -> bool:
    if short == full or len(short) > len(full) or short[-1:] != full[-1:]:
        return False
    return all(len(a) == 1 and b.startswith(a) for a, b in zip(short[:-1], full, strict=False))


def identify(
    forms: Iterable[str], is_rarer: Callable[[str, str], bool] = lambda long, full: False
) -> dict[str, Referent]:
    """The referent of each form.

    Args:
        forms: names of persons, in order of appearance; the first spelling of a name stands for
            its other spellings.
        is_rarer: whether a longer form is met too seldom to rename the full name that it holds,
            as « Interview Awa Sarr » beside « Awa Sarr »; it then means that person.

    >>> two = ["Joe Biden", "Jill Biden", "Biden"]
    >>> found = identify(["Viktor Orbán", "Orbán Viktor", "Orbán", *two])
    >>> found["Orbán Viktor"]
    Referent(name='Viktor Orbán', rule='order', candidates=())
    >>> found["Orbán"].rule, found["Biden"].candidates
    ('surname', ('Jill Biden', 'Joe Biden'))
    """
    keys = {form: normalisation_key(form) for form in forms}
    if len(set(keys.values())) < len(keys):
        _tell_initials(keys)
    first: dict[Words, str] = {}
    for form, words in keys.items():
        first.setdefault(words, form)
    names = _Names(first, is_rarer)
    found = {}
    for form, words in keys.items():
        spelling = "spelling" if first[words] != form else ""
        full, rule, candidates = names.referent(words)
        others = tuple(sorted(first[c] for c in candidates))
        found[form] = Referent(first[full], rule or spelling, others)
    return found


def _tell_initials(keys: dict[str, Words]) -> None:
    """Take initials into the keys of names that only they tell apart: « George W. Bush »."""
    same: dict[Words, dict[str, Words]] = defaultdict(dict)
    for form, words in keys.items():
        if "." in form and (letters := middle_initials(form)):
            same[words][form] = letters
    for words, told in same.items():
        if len(set(told.values())) > 1:
            keys.update((form, (words[0], *letters, *words[1:])) for form, letters in told.items())


class _Names:
    """An index of names by key: spellings of full names united, then short names looked up."""

    def __init__(self, names: Mapping[Words, str], is_rarer: Callable[[str, str], bool]) -> None:
        self.rank = {words: i for i, words in enumerate(names)}
        self.same: dict[Words, tuple[Words, str]] = {}  # a name -> the one it is a spelling of
        whole = {words: form for words, form in names.items() if len(words) > 1}
        self._join(whole)
        lengths = sorted({len(words) for words in names} - {0})  # of what can be part of a name
        self.ends: dict[Words, list[Words]] = defaultdict(list)
        self.starts: dict[Words, list[Words]] = defaultdict(list)
        self.inner: dict[Words, list[Words]] = defaultdict(list)
        self.initials: dict[tuple[str, str], list[Words]] = defaultdict(list)
        for words, form in whole.items():
            if words[0] in civilities():  # « Madame Ferrand » is nobody else's full name
                continue
            opening, closing = _halves(form)
            shorter = lengths[: bisect_left(lengths, len(words))]
            held: Words = ()
            if len(words) > 2:
                held = _first_of_two(words, whole, shorter)
                held = held or _held(words, form, whole, shorter, is_rarer)
            if held:
                if words not in self.same:
                    self.same[words] = (held, "longer-form")
                continue
            for n in shorter:
                last, first = words[-n:], words[:n]
                ends = last in names and closing <= n <= len(words) - opening
                if ends and not _is_relative(words, n):
                    self.ends[last].append(words)
                if first in names and n >= opening and not _is_descendant(words, n):
                    self.starts[first].append(words)
            for word in words[1:-1]:
                if (word,) in names and word not in given_genders():
                    self.inner[word,].append(words)
            self.initials[words[-1], words[0][0]].append(words)
        self.known: dict[Words, tuple[frozenset[Words], str]] = {}

    def referent(self, words: Words) -> tuple[Words, str, frozenset[Words]]:
        """The key of the full name, the rule, and the candidates when there are several."""
        ends, rule = self._ends_of(words)
        if len(ends) == 1:
            (full,) = ends
            return full, rule, frozenset()
        return self._root(words)[0], "ambiguous", ends

    def _root(self, words: Words) -> tuple[Words, str]:
        rule = ""
        while words in self.same:
            words, why = self.same[words]
            rule = rule or why
        return words, rule

    def _ends_of(self, words: Words) -> tuple[frozenset[Words], str]:
        """The full names that a name can be short for, at the end of all chains."""
        if words in self.known:
            return self.known[words]
        root, why = self._root(words)
        fulls, rule = self._longer(words)
        if not fulls:
            fulls, rule = self._longer(root)
        found: set[Words] = set()
        for full in fulls:
            found |= self._ends_of(full)[0]
            if len(found) > MAX_CANDIDATES:
                break
        result = (frozenset(found), rule) if found else (frozenset([root]), why)
        self.known[words] = result
        return result

    def _longer(self, words: Words) -> tuple[list[Words], str]:
        """The longer names that a name is part of: by surname rather than by given name."""
        if len(words) > 1 and len(words[0]) == 1:
            near = self.initials.get((words[-1], words[0]), ())
            return [full for full in near if _is_initialled(words, full)], "initials"
        by_end, by_start = self.ends.get(words, []), self.starts.get(words, [])
        if len(words) == 1 and words[0] in given_genders():
            return (by_end, "surname") if by_end else (by_start, "given-name")
        return [*by_end, *by_start] or self.inner.get(words, []), "surname"

    # --- two spellings of one whole name

    def _join(self, names: Iterable[Words]) -> None:
        for words in names:
            if (other := turned(words)) in self.rank:
                self._unite(words, other, "order")
        blocks: dict[tuple[str, ...], list[Words]] = defaultdict(list)
        for words in names:
            if len(words[0]) > 1:
                blocks["given", *words[:-1], _skeleton(words[-1])].append(words)
                blocks["surname", _skeleton(words[0]), *words[1:]].append(words)
        for block in blocks.values():
            for a, b in combinations(block, 2) if len(block) <= _CROWD else ():
                if _are_spellings(a, b):
                    self._unite(a, b, "transliteration")

    def _unite(self, a: Words, b: Words, rule: str) -> None:
        a, b = self._root(a)[0], self._root(b)[0]
        if a != b:
            kept, other = sorted((a, b), key=self.rank.__getitem__)
            self.same[other] = (kept, rule)


def _first_of_two(words: Words, whole: Mapping[Words, str], lengths: Sequence[int]) -> Words:
    """« Jean Dupont » of « Jean Dupont Marie Martin » where both stand elsewhere; else empty."""
    for n in lengths:
        two = 1 < n < len(words) - 1 and words[n] in given_genders()
        if two and words[:n] in whole and words[n:] in whole:
            return words[:n]
    return ()


def _held(
    words: Words,
    form: str,
    whole: Mapping[Words, str],
    lengths: Sequence[int],
    is_rarer: Callable[[str, str], bool],
) -> Words:
    """The full name inside a longer and rarer form; empty if there is none."""
    particles = tables.words("name_particle")
    opening, closing = _halves(form)
    for n in (n for n in reversed(lengths) if n > 1):
        ends = closing <= n <= len(words) - opening and not _is_relative(words, n)
        starts = n >= opening and not _is_descendant(words, n)
        inside = (words[-n:] if ends else (), words[:n] if starts else ())
        for part in inside:
            opens = part in whole and part[0] in given_genders()
            if opens and part[0] not in particles and is_rarer(form, whole[part]):
                return part
    return ()


@lru_cache(maxsize=500_000)
def _halves(form: str) -> tuple[int, int]:
    """How many words of its key the first and the last word of a form are.

    « Jean » is not short for « Jean-Luc Moreau », nor « Erdene » for « Luvsan Oyun-Erdene ».
    """
    words = form.split()
    opening, closing = len(normalisation_key(words[0])), len(normalisation_key(words[-1]))
    if len(words) > 1:  # « J.D. » gives the key of « J.D. Vance » one letter
        opening = min(opening, len(normalisation_key(form)) - closing)
    return opening, closing


def _is_descendant(words: Words, n: int) -> bool:
    """« Paul Simon » is not short for « Paul Simon Junior », his son."""
    return n > 1 and set(words[n:]) <= tables.words("generation")


def _is_relative(words: Words, n: int) -> bool:
    """Whether the last ``n`` words are the full name of a relative, of the other gender.

    « Karim Benali » is not short for « Leïla Karim Benali », his wife.
    """
    if n < 2:
        return False
    genders = {given_genders().get(words[0]), given_genders().get(words[-n])}
    return genders == {"m", "f"}


def turned(words: Words) -> Words:
    """The name in the other order, when it is known which word is the given name.

    « Orbán Viktor » is « Viktor Orbán », but « Pierre Martin » is not « Martin Pierre ».
    """
    given = given_genders()
    if len(words) == 2 and (words[0] in given) != (words[1] in given):
        return words[::-1]
    if words[-1] in given and not any(word in given for word in words[:-1]):
        return (words[-1], *words[:-1])  # « LE GALL Anne »
    if len(words) == 3 and words[0] not in given:  # « Kim Jong-un », « Jong-un Kim »
        return (*words[1:], words[0])
    return words


def _are_spellings(a: Words, b: Words) -> bool:
    """Two names of as many words that differ in one, whose consonants agree."""
    differing = [i for i, word in enumerate(a) if word != b[i]]
    if len(differing) != 1:
        return False
    (at,) = differing
    one, other = a[at], b[at]
    consonants, close = _SURNAMES if at else _GIVEN_NAMES
    if len(_skeleton(one)) < consonants:
        return False
    if (
        one in given_genders() and other in given_genders()
    ):  # « Mirjana » and « Marijana » are two names
        return False
    from rapidfuzz import fuzz  # not above: spaCy imports our pipes for every user

    return fuzz.ratio(one.translate(_VOWELS), other.translate(_VOWELS)) >= close


@lru_cache(maxsize=200_000)
def _skeleton(word: str) -> str:
    """The first letter and the consonants: what vowels cannot change.

    >>> _skeleton("ruhani"), _skeleton("rohani"), _skeleton("amstrand")
    ('rhn', 'rhn', 'amstrnd')
    """
    return word[:1] + re.sub("[aeiou]", "", word[1:])
