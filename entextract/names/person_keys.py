"""The words of persons' names in a spelling that transliterations share; what given names say."""

from __future__ import annotations

import re
from functools import lru_cache

from entextract import tables
from entextract.records.spelling import level

Words = tuple[str, ...]


@lru_cache(maxsize=500_000)
def normalisation_key(name: str) -> Words:
    """The words of a name in a spelling that its transliterations share.

    Middle initials are left out, case, accents, hyphens and the Arabic article too.

    >>> normalisation_key("Kassym-Jomart Tokaïev") == normalisation_key("Kassym-Jomart Tokayev")
    True
    >>> normalisation_key("Abdel Fattah al-Sissi")[-1], normalisation_key("al-Sisi")
    ('sisi', ('sisi',))
    >>> normalisation_key("Antony J. Blinken") == normalisation_key("Antony Blinken")
    True
    """
    from anyascii import anyascii  # not above: spaCy imports our pipes for every user

    text = anyascii(name).lower()
    for pattern, replacement in _patterns()[0]:
        text = pattern.sub(replacement, text)
    words = [key for word in text.split() if (key := _word_key(word))]
    first, *middle = words or [""]
    last = middle[-1:]
    return (first, *(word for word in middle[:-1] if len(word) > 1), *last) if first else ()


@lru_cache(maxsize=500_000)
def _word_key(word: str) -> str:
    """One word of a name in that spelling: surnames come back with other given names."""
    for pattern, replacement in _patterns()[1]:
        word = pattern.sub(replacement, word)
    return word


def middle_initials(name: str) -> Words:
    """The initials between the given name and the surname, which the key leaves out.

    >>> middle_initials("George H. W. Bush"), middle_initials("J. Bush")
    (('h', 'w'), ())
    """
    words = level(name).lower().replace(".", " ").split()
    return tuple(word for word in words[1:-1] if len(word) == 1)


_Foldings = tuple[tuple[re.Pattern[str], str], ...]


@lru_cache(maxsize=1)
def _patterns() -> tuple[_Foldings, _Foldings]:
    """The foldings up to the one that parts words, and those of single words after it."""
    rows = tuple((re.compile(row.pattern), row.replacement) for row in tables.foldings())
    parting = next((i for i, (_, new) in enumerate(rows) if new == " "), -1) + 1
    return rows[:parting], rows[parting:]


def gender_of(name: str) -> str:
    """The gender of a full name by its given name: ``m``, ``f``, or empty if it is unknown.

    >>> gender_of("Anne Dupont"), gender_of("Claude Dupont"), gender_of("Martin")
    ('f', '', '')
    >>> gender_of("Jean-Marie Dupont")  # not « Marie »
    'm'
    """
    words = normalisation_key(name)
    if len(words) < 2:
        return ""
    gender = _compound_genders().get(level(name.split()[0])) or given_genders().get(words[0], "")
    return gender if gender in ("m", "f") else ""


def is_given_name(word: str) -> bool:
    """Whether a word of a key is a given name of the table.

    >>> is_given_name("claire"), is_given_name("cyabra")
    (True, False)
    """
    return word in given_genders()


@lru_cache(maxsize=1)
def given_genders() -> dict[str, str]:
    """Gender of each given name of one word, keys: ``m``, ``f``, or ``e`` for either."""
    found: dict[str, str] = {}
    for row in tables.given_names():
        words = normalisation_key(row.form)
        if len(words) == 1:
            same = found.setdefault(words[0], row.gender) == row.gender
            found[words[0]] = row.gender if same else "e"
    return found


@lru_cache(maxsize=1)
def civilities() -> dict[str, str]:
    """The spelled civility of each gender, both ways: keys of names to genders, ``m`` and ``f``.

    >>> civilities()["madame"], civilities()["monsieur"]
    ('f', 'm')
    """
    classes = {"m": "masculine_civility", "f": "feminine_civility"}
    return {word: gender for gender, kind in classes.items() for word in tables.words(kind)}


def with_civility(gender: str, name: str) -> str:
    """A surname with the civility of a gender, spelled out.

    >>> with_civility("f", "Ferrand")
    'Madame Ferrand'
    """
    word = next(word for word, its in civilities().items() if its == gender)
    return f"{word.capitalize()} {name}"


@lru_cache(maxsize=1)
def _compound_genders() -> dict[str, str]:
    """Gender of each given name with a hyphen: « Jean-Marie »."""
    return {level(row.form): row.gender for row in tables.given_names() if "-" in row.form}
