"""What kind of body an organisation is, and of which state, by its name."""

from __future__ import annotations

from functools import cache

from entextract import tables
from entextract.names.bodies import states_by_word, without_article, words_of
from entextract.names.state_bodies import Body, body_id, parse_body, shared
from entextract.records.ids import key_of
from entextract.records.nouns import Entity

_SEEN = 40  # characters before a name: more than the longest noun of the table
_QUOTES = ' \u00a0\u202f«“"'  # that may stand between a noun and a name


def kind_of_body(entity: Entity) -> str:
    """The kind of an organisation that the tables know, or whose name says it; else nothing.

    >>> kind_of_body(Entity("org:otan", "OTAN", "ORG", None, ("OTAN",), 1, 1))
    'international'
    >>> kind_of_body(Entity("org:x", "Tribunal de Meaux", "ORG", None, (), 1, 1))
    'court'
    """
    known = _by_id().get(key_of(entity.id))
    if known:
        return known
    if entity.id in tables.parties():
        return "party"
    names = [words_of(name) for name in (entity.name, *entity.forms)]
    if not _newspapers().isdisjoint(names):
        return "media"
    found = (_of_words(tuple(without_article(name))) for name in (entity.name, *entity.forms))
    return next(filter(None, found), "")


def _of_words(words: tuple[str, ...]) -> str:
    for stop in range(len(words), 0, -1):
        if found := _opening().get(words[:stop]):
            return found
    # the last such word is the noun: « Radio Tech Industries »
    return next((_inside()[word] for word in reversed(words) if word in _inside()), "")


def kind_before(before: str) -> str:
    """The kind that the noun right before a name says: « le quotidien X »; else nothing.

    >>> kind_before("Selon le quotidien "), kind_before("Hier, ")
    ('media', '')
    """
    *_, last = before[-_SEEN:].rstrip(_QUOTES).replace("’", "'").split() or [""]
    return _nouns().get(last.rpartition("'")[2].lower(), "")


def state_of(entity: Entity) -> str:
    """ISO code of the state that an organisation is of, if its name or the tables say so.

    >>> state_of(Entity("org:x", "ministère malien de la Santé", "ORG", None, (), 1, 1))
    'ML'
    >>> state_of(Entity("org:otan", "OTAN", "ORG", None, (), 1, 1))
    ''
    """
    if known := _owned().get(entity.id):
        return known
    for form in (entity.name, *entity.forms):
        body = parse_body(form)
        if body is not None and body.country:
            return body.country
        if body is not None and (known := _of_body(body.kind).get(entity.id)):
            return known
    demonyms, names = states_by_word()
    words = words_of(entity.name)
    whole = (" ".join(words_of(word)) for word in entity.name.split())  # not « franco-malienne »
    states = {demonyms[word] for word in whole if word in demonyms}
    states |= {names[last] for n in range(1, len(words)) if (last := " ".join(words[n:])) in names}
    return states.pop() if len(states) == 1 else ""


@cache
def _of_body(kind: str) -> dict[str, str]:
    """The state of each id that a body of this kind may have."""
    return {body_id(Body(kind, state)): state for state in tables.country_names()}


@cache
def _owned() -> dict[str, str]:
    """The state of each organisation that shares its form with those of other states."""
    return {entity: state for states in shared().values() for state, entity in states.items()}


@cache
def _by_id() -> dict[str, str]:
    return {row.form: row.kind for row in tables.body_kinds() if row.match == "id"}


@cache
def _opening() -> dict[tuple[str, ...], str]:
    return {words_of(r.form): r.kind for r in tables.body_kinds() if r.match == "opens"}


@cache
def _nouns() -> dict[str, str]:
    """Those that are one word, as texts have them."""
    rows = (r for r in tables.body_kinds() if r.match == "opens")
    return {r.form: r.kind for r in rows if " " not in r.form}


@cache
def _inside() -> dict[str, str]:
    return {r.form: r.kind for r in tables.body_kinds() if r.match == "contains"}


@cache
def _newspapers() -> frozenset[tuple[str, ...]]:
    return frozenset(words_of(name) for name in tables.sites().values())
