"""Whether an acronym may be that of a long name, by its letters. Pure functions on words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from entextract import tables
from entextract.records.spelling import level

_ALIKE = 0.7  # of the words of two long forms: one may have a place that the other leaves out
_STEM = 5  # letters that « syndicats » and « syndicale » share
_LONG = 4  # letters that half agree by chance less often
_TRANSLATED = 2 / 3  # of the letters of a foreign acronym that its French name has too
_LOOSE = 3  # letters without which an acronym fits many names that it is not short for


def letters_of(acronym: str) -> str:
    """The letters of an acronym, in small letters.

    >>> letters_of("C.E.R.D.")
    'cerd'
    """
    return re.sub("[^a-z]", "", level(acronym).lower())


def spelled_from(words: Sequence[str], acronym: str) -> int | None:
    """Where the long name starts, among the words before a bracket, whose words spell an acronym.

    Each word gives its first letter, small words being skipped or counted; else each gives one of
    its first letters or several, where at least two words do.

    Args:
        words: in small letters and without accents.
        acronym: as printed.

    >>> spelled_from("selon l' observatoire des prix".split(), "OP")
    2
    >>> spelled_from("office federal de l' agriculture".split(), "OFAG")
    0
    """
    letters = letters_of(acronym)
    if len(letters) < 2:
        return None
    for longest in (1, len(letters)):
        for start in reversed(range(len(words))):
            if words[start] not in unlettered() and _spell(words[start:], letters, longest):
                return start
    return None


def fits(words: Sequence[str], acronym: str) -> bool:
    """Whether an acronym may be that of words known to be a name.

    Its letters stand in the name in their order, from the first on, or they begin its words in
    another order, as when the acronym is that of its English name. One of two letters begins all
    its words.

    >>> fits("secretariat d' etat a l' economie".split(), "SECO")
    True
    >>> fits("agence spatiale europeenne".split(), "ESA"), fits(["mairie", "de", "lyon"], "PS")
    (True, False)
    >>> fits(["slovaquie", "progressive"], "PS")
    True
    """
    letters = letters_of(acronym)
    told = [word for word in words if word not in unlettered()]
    if len(told) < 2:
        return False
    initials = Counter(word[0] for word in told)
    if len(letters) < _LOOSE:
        return len(letters) > 1 and Counter(letters) == initials
    if Counter(letters) <= initials:
        return True
    rest = iter("".join(told))
    return letters[0] == told[0][0] and all(letter in rest for letter in letters)


def are_alike(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether long forms of one acronym have nearly the same words, by the beginnings of these.

    >>> prices = "observatoire des prix agricoles".split()
    >>> are_alike(prices, [*prices, "du", "ponant"]), are_alike(prices, "office des prix".split())
    (True, False)
    """
    one, other = ({w[:_STEM] for w in form if w not in unlettered()} for form in (some, others))
    return len(one & other) >= _ALIKE * len(one | other)


def resembles(words: Sequence[str], acronym: str) -> bool:
    """Whether half of an acronym's letters, the first among them, begin words in their order.

    >>> resembles("departement federal de la defense".split(), "DDPS")
    True
    >>> resembles("mairie de lyon".split(), "EELV")
    False
    """
    letters = letters_of(acronym)
    told = [word[0] for word in words if word not in unlettered()]
    if len(letters) < _LONG or len(told) < 2 or letters[0] != told[0]:
        return False
    found, at = 0, 0
    for letter in letters:
        if letter in told[at:]:
            at = told.index(letter, at) + 1
            found += 1
    return 2 * found >= len(letters)


def is_translated(words: Sequence[str], acronym: str) -> bool:
    """Whether most letters of an acronym begin words of a name that is its translation.

    >>> is_translated("parti national slovaque".split(), "SNS")
    True
    >>> is_translated("ministere de la sante".split(), "SNS")
    False
    """
    letters = Counter(letters_of(acronym))
    initials = Counter(word[0] for word in words if word not in unlettered())
    shared = (letters & initials).total()
    return letters.total() >= _LOOSE and shared >= _TRANSLATED * letters.total()


@cache
def unlettered() -> frozenset[str]:
    """The words of a name that an acronym may leave out, without apostrophes or accents."""
    bare = {word.rstrip("'") for word in tables.levelled_words("unlettered_word")}
    return frozenset({*bare, *(f"{word}'" for word in bare)})


def _spell(words: Sequence[str], letters: str, longest: int) -> bool:
    """Whether each word gives 1 to so many of its first letters, small ones none if need be."""
    if not words:
        return not letters
    word, rest = words[0], words[1:]
    if word in unlettered() and _spell(rest, letters, longest):
        return True
    for n in range(1, min(longest, len(word), len(letters)) + 1):
        if word[:n] != letters[:n]:
            return False
        if _spell(rest, letters[n:], longest):
            return True
    return False
