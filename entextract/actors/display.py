"""How an actor of a list is shown, whatever the letters of the list."""

from __future__ import annotations

import re

from entextract import tables
from entextract.names.person_keys import is_given_name, normalisation_key
from entextract.records.spelling import level

_PARTS = re.compile(r"([-'’])")


def shown(name: str) -> str:
    """The name of a person, which registers write in capitals, as a newspaper prints it.

    >>> shown("SARR Awa"), shown("Jean-Luc DE LA TOUR"), shown("KIM Jong Un"), shown("JR")
    ('Awa Sarr', 'Jean-Luc de La Tour', 'Kim Jong Un', 'JR')
    """
    words = name.split()
    capitals = [_is_in_capitals(word) for word in words]
    if len(words) < 2 or not any(capitals):
        return name
    count = capitals.index(False) if False in capitals else 0
    given = normalisation_key(words[count])[:1] if count else ()
    if count and not any(capitals[count:]) and given and is_given_name(given[0]):
        words = [*words[count:], *words[:count]]  # the surname stands first
    last = len(words) - 1
    return " ".join(
        _in_small_letters(word, i == last) if _is_in_capitals(word) else word
        for i, word in enumerate(words)
    )


def _is_in_capitals(word: str) -> bool:
    return word.isupper() and sum(map(str.isalpha, word)) > 1 and "." not in word


def _in_small_letters(word: str, is_last: bool) -> str:
    small = level(word).lower()
    is_article = small in tables.levelled_words("definite_article")
    if small in tables.levelled_words("name_particle") and not is_article and not is_last:
        return word.lower()
    parts = _PARTS.split(word)
    return "".join(
        part.lower() if part.upper() == "D" and len(parts) > 1 else part.capitalize()
        for part in parts
    )
