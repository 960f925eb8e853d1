"""What the columns of a list mean, by their names; what its words for kinds mean."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache, lru_cache

from entextract import tables
from entextract.actors.actor import JOIN
from entextract.names.person_keys import is_given_name, normalisation_key
from entextract.records.attributes import KEPT_BY_GEPHI
from entextract.records.nouns import LABELS, Entity, Label
from entextract.records.spelling import level

# what ``graph.centrality`` and ``to_gexf`` write on nodes
_MEASURES = frozenset({"type", "community", "degree", "strength", "pagerank", "betweenness"})
# another column of such a name takes a prefix
_TAKEN = KEPT_BY_GEPHI | _MEASURES | {column.name for column in fields(Entity)}
_PREFIX = "list_"
_MOST_TOLD = 500_000  # words remembered
_OTHER = re.compile(r"[^\w-]+")
_FORMULA = ("=", "@", "\t", "\r")
_SIGNED = re.compile(r"[+-](?![\d\s().,/-]*$)")


def role_of(column: str) -> str:
    """What a column holds: ``id``, ``name``, ``alias``, ``label``, ``type`` …, or nothing known.

    >>> role_of("Nom"), role_of("autres_noms"), role_of("parti")
    ('name', 'alias', '')
    """
    return _meanings("column").get(_key(column), "")


def says_person(column: str) -> bool:
    """Whether only a person has such a value: « date de naissance ».

    >>> says_person("birth_date"), says_person("siège")
    (True, False)
    """
    return _key(column) in _meanings("person")


@lru_cache(maxsize=1000)
def says_gender(column: str) -> bool:
    """Whether the values of a column are genders: « sexe », « civilité »."""
    return _key(column) in _meanings("gender")


@lru_cache(maxsize=1000)
def says_party(column: str) -> bool:
    """Whether the values of a column are parties: « parti », « groupe politique »."""
    return _key(column) in _meanings("party")


@lru_cache(maxsize=1000)
def gender_in(cell: str) -> str:
    """The gender that a cell of such a column says, ``m`` or ``f``; nothing if it says none or two.

    >>> gender_in("Femme"), gender_in("M."), gender_in("Mme"), gender_in("male"), gender_in("-")
    ('f', 'm', 'f', 'm', '')
    """
    found = {_gender_of(part.strip().lower()) for part in cell.split(JOIN.strip())}
    return found.pop() if len(found) == 1 else ""


def _gender_of(word: str) -> str:
    if said := _civil_genders().get(word.rstrip(".")):
        return said
    return {"m": "m", "h": "m", "f": "f", "w": "f"}.get(word[:1], "")


@cache
def _civil_genders() -> dict[str, str]:
    rows = [row for row in tables.titles() if row.kind == "civility" and row.gender in ("m", "f")]
    return {row.form.lower().rstrip("."): row.gender for row in rows}


@lru_cache(maxsize=1000)
def is_unprinted(column: str) -> bool:
    """Whether a text does not print what a column holds: an address, a number, a date.

    >>> is_unprinted("first_seen"), is_unprinted("parti")
    (True, False)
    """
    return column.endswith("date") or _key(column) in _meanings("unprinted")


@lru_cache(maxsize=1000)
def label_of_kind(word: str) -> str | None:
    """The label of what a list says something is.

    Returns:
        None where the word is not known, ``none`` for what we do not find (a ship), ``guess``
        for what may be a person or a body.

    >>> label_of_kind("être humain"), label_of_kind("Company"), label_of_kind("Vessel")
    ('PER', 'ORG', 'none')
    """
    return _meanings("type").get(_key(word))


def label_of_cell(cell: str) -> Label | None:
    """One of our labels, if a cell holds one."""
    return next((label for label in LABELS if label == cell.strip().upper()), None)


def guessed_label(name: str) -> Label:
    """The label of a name of which the list does not say what it is.

    >>> guessed_label("Awa Sarr"), guessed_label("Banque du Ponant"), guessed_label("SARR Awa")
    ('PER', 'ORG', 'PER')
    >>> guessed_label("Mme Zorblatt")
    'PER'
    """
    words = name.replace(",", " ").split() if "," in name else name.split()
    told = _told()
    said = [told[word] for word in words]
    if len(words) > 1 and said[0] == "civility":
        return "PER"
    if len(words) < 2 or "ORG" in said:
        return "ORG"
    return "PER" if said[0] or said[-1] else "ORG"


class _Told(dict[str, str]):
    """What each word says of whose name it is in: ``ORG``, ``PER``, ``civility``, or nothing."""

    def __missing__(self, word: str) -> str:
        if word in civilities():
            said = "civility"
        elif level.__wrapped__(word).lower() in _org_words():
            said = "ORG"
        else:
            given = any(map(is_given_name, normalisation_key.__wrapped__(word)[:1]))
            said = "PER" if given else ""
        if len(self) < _MOST_TOLD:
            self[word] = said
        return said


@cache
def _told() -> _Told:
    return _Told()


@cache
def civilities() -> frozenset[str]:
    """What stands before a name in a list and is none of it, as lists write it: « Mme », « M. »."""
    forms = [row.form for row in tables.actor_words() if row.part == "civility"]
    return frozenset(
        way for form in forms for way in (form, form.upper(), form.lower(), f"{form}.")
    )


@lru_cache(maxsize=1000)
def attribute_name(column: str) -> str:
    """The name under which a column travels: what every format of graphs can hold.

    >>> attribute_name("Parti politique"), attribute_name("country"), attribute_name("=cmd|x")
    ('parti_politique', 'list_country', 'cmd_x')
    """
    name = _OTHER.sub("_", column.strip().lower()).strip("_-").lstrip("0123456789_-")
    return f"{_PREFIX}{name}" if name in _TAKEN else name


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run a cell; a telephone or a negative number it would not.

    >>> is_formula("=cmd|' /C calc'!A0"), is_formula("+221 33 800"), is_formula("-1.5")
    (True, False, False)
    """
    return cell.startswith(_FORMULA) or _SIGNED.match(cell) is not None


@cache
def _meanings(part: str) -> dict[str, str]:
    return {_key(row.form): row.meaning for row in tables.actor_words() if row.part == part}


def _key(word: str) -> str:
    return _OTHER.sub("", level(word).lower()).replace("_", "")


@cache
def _org_words() -> frozenset[str]:
    opening = (level(row.form).lower() for row in tables.org_words() if " " not in row.form)
    legal = (level(row.form).lower() for row in tables.legal_forms() if " " not in row.form)
    return frozenset((*opening, *legal))
