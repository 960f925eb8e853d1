"""Which names of persons are one person's: comparing forms, not mentions. Pure functions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from anyascii import anyascii

from entextract import tables


@lru_cache(maxsize=100_000)
def fold(name: str) -> tuple[str, ...]:
    """The words of a name in a spelling that transliterations share, middle initials left out.

    >>> fold("Kassym-Jomart Tokaïev") == fold("Kassym-Jomart Tokayev")
    True
    >>> fold("Abdel Fattah al-Sissi")[-1], fold("al-Sisi")
    ('sisi', ('sisi',))
    >>> fold("Antony J. Blinken") == fold("Antony Blinken")
    True
    """
    text = anyascii(name).lower()
    for pattern, replacement in _patterns():
        text = pattern.sub(replacement, text)
    first, *middle = text.split() or [""]
    last = middle[-1:]
    return (first, *(word for word in middle[:-1] if len(word) > 1), *last) if first else ()


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row.pattern), row.replacement) for row in tables.foldings())


def is_part_of(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether folded words call by a shorter name the bearer of a longer one.

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
    if not 0 < n <= len(full) or short == full:
        return False
    if n < len(full) and (full[-n:] == short or full[:n] == short):
        return True
    if n < 2 or full[-1] != short[-1]:
        return False
    return all(len(a) == 1 and b.startswith(a) for a, b in zip(short[:-1], full, strict=False))


def bearers(forms: Iterable[str]) -> dict[str, str]:
    """The fullest form that each form is short for, itself when none or when two could be.

    Args:
        forms: names of persons, in order of appearance; the first spelling of a name stands for
            its other spellings.

    >>> bearers(["Antony Blinken", "Blinken", "Joe Biden", "Jill Biden", "Biden"])["Biden"]
    'Biden'
    >>> bearers(["Kassym-Jomart Tokaïev", "Tokayev"])["Tokayev"]
    'Kassym-Jomart Tokaïev'
    """
    first: dict[tuple[str, ...], str] = {}
    folded = {form: fold(form) for form in forms}
    for form, words in folded.items():
        first.setdefault(words, form)
    by_word: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in first:
        for word in {words[0], words[-1]} if words else ():
            by_word[word].append(words)
    fullest = {words: _only_bearer(words, by_word) for words in first}
    return {form: first[fullest[words]] for form, words in folded.items()}


def _only_bearer(
    words: tuple[str, ...], by_word: Mapping[str, list[tuple[str, ...]]]
) -> tuple[str, ...]:
    """The longest name that words are part of, or themselves when two different ones compete."""
    if not words:
        return words
    near = {full for word in (words[0], words[-1]) for full in by_word[word]}
    fulls = [full for full in near if is_part_of(words, full)]
    longest = [f for f in fulls if not any(is_part_of(f, other) for other in fulls)]
    return longest[0] if len(longest) == 1 else words
