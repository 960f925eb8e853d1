"""What the words before a person's name, and the name itself, say of the person's gender."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from entextract import tables
from entextract.records.spelling import level

_WORD = re.compile(r"[^\W_][\w.-]*'?|[^\s\w]")
_SEEN = 80  # characters before a name: the longest title of the table has 44, and its determiner


class Sign(NamedTuple):
    """A sign of a gender: « m » or « f », and what gives it."""

    gender: str
    rule: str


def sign_before(before: str) -> Sign | None:
    """The sign that the title right before a name gives, if one stands there.

    Titles of one form for both genders (« ministre ») take that of their article.

    >>> sign_before("Hier, la ministre française ")
    Sign(gender='f', rule='title')
    >>> sign_before("selon Mme "), sign_before("le mari de ")
    (Sign(gender='f', rule='civility'), None)
    """
    *_, last = before[-_SEEN:].split() or [""]
    last = level(last).lower()
    if last.rpartition("'")[2] not in _last_words():
        return None
    words = [w.rstrip("'") for w in _WORD.findall(level(before[-_SEEN:]).lower())]
    end = len(words)
    while end and words[end - 1] in _demonyms():
        end -= 1
    if not end:
        return None
    for form, gender, kind in _titles_by_last_word().get(words[end - 1], ()):
        start = end - len(form)
        if start >= 0 and tuple(words[start:end]) == form:
            gender = gender or _of_determiner(words[:start])
            rule = "civility" if kind == "civility" else "title"
            return Sign(gender, rule) if gender else None
    return None


def sign_of_office(office: str, before: str) -> Sign | None:
    """The sign that an office gives of who holds it.

    Args:
        office: its words, « députée ».
        before: the text before them, whose article tells where the office does not.

    >>> sign_of_office("députée", "Anne Rey, "), sign_of_office("ministre des Armées", "le ")
    (Sign(gender='f', rule='office'), Sign(gender='m', rule='office'))
    >>> sign_of_office("ministres", "les ") is None
    True
    """
    words = [w.rstrip("'") for w in _WORD.findall(level(office).lower())]
    for stop in range(len(words), 0, -1):
        found = _titles().get(tuple(words[:stop]))
        if found is not None:
            spoken = [w.rstrip("'") for w in _WORD.findall(level(before[-_SEEN:]).lower())]
            gender = found[0] or _of_determiner(spoken)
            return Sign(gender, "office") if gender else None
    return None


def sign_of_name(name: str) -> Sign | None:
    """The sign that the given name gives, in a name of two words at least.

    >>> sign_of_name("Anne-Lise Rey"), sign_of_name("Rey")
    (Sign(gender='f', rule='given-name'), None)
    """
    first, _, rest = name.lower().partition(" ")
    if not rest:
        return None
    spellings = (first, level(first), first.partition("-")[0], level(first).partition("-")[0])
    gender = next(filter(None, (_given().get(spelling) for spelling in spellings)), "")
    return Sign(gender, "given-name") if gender else None


def _of_determiner(words: list[str]) -> str:
    """« f » of « la », « m » of « un ancien »: what stands before a title, an adjective aside."""
    if not words:
        return ""
    last = words[-1]
    if (gender := _adjectives().get(last)) is not None:
        return gender or _of_determiner(words[:-1])
    if last in tables.words("masculine"):
        return "m"
    return "f" if last in tables.words("feminine") else ""


@cache
def _adjectives() -> dict[str, str]:
    """The gender of adjectives before a title; nothing for « ex », which has one form for both."""
    forms = tables.levelled_words("former_adjective", "ordinal_adjective")
    feminine = {form for form in forms if form.endswith("e")}
    return {
        form: "f" if form in feminine else "m" if any(f.startswith(form) for f in feminine) else ""
        for form in forms
    }


@cache
def _titles() -> dict[tuple[str, ...], tuple[str, str]]:
    """Gender, empty where it is either, and kind of each title in the singular, by its words."""
    rows = {level(row.form).lower(): row for row in tables.titles()}
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for form, row in rows.items():
        if row.kind != "civility" and _singulars(form) & rows.keys():
            continue  # « les ministres X et Y » tells nothing of X
        words = tuple(w.rstrip("'") for w in _WORD.findall(form))
        found[words] = (row.gender if row.gender != "e" else "", row.kind)
    return found


def _singulars(form: str) -> set[str]:
    """What a form may be the plural of."""
    first, blank, rest = form.partition(" ")
    stems = {first[:-1]} if first.endswith(("s", "x")) else set()
    if first.endswith("aux"):
        stems.add(f"{first[:-3]}al")
    whole = {form[:-1]} if form.endswith(("s", "x")) else set()
    every = " ".join(word[:-1] if word.endswith(("s", "x")) else word for word in form.split())
    return ({f"{stem}{blank}{rest}" for stem in stems} | whole | {every}) - {form}


@cache
def _titles_by_last_word() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """The titles that end with each word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for form, (gender, kind) in sorted(_titles().items(), key=lambda item: -len(item[0])):
        if kind != "kin":  # « sa sœur Anne Rey » says it; « la femme Rey » and « fils X » do not
            found.setdefault(form[-1], []).append((form, gender, kind))
    return found


@cache
def _last_words() -> frozenset[str]:
    """What may stand right before a name that a title comes before."""
    return _demonyms() | _titles_by_last_word().keys()


@cache
def _given() -> dict[str, str]:
    """The gender of given names, with their accents; without, where one only is spelt so."""
    rows = tables.given_names()
    exact = {row.form.lower(): row.gender for row in rows}
    bare: dict[str, set[str]] = {}
    for form, gender in exact.items():
        bare.setdefault(level(form), set()).add(gender)
    alone = {form: genders.pop() for form, genders in bare.items() if len(genders) == 1}
    return {form: gender for form, gender in {**alone, **exact}.items() if gender != "e"}


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(form.lower() for form in tables.demonyms())
