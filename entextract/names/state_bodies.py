"""Bodies that several states have, and forms that organisations of several states share.

« Assemblée nationale », « ministère de la Défense », « Parti socialiste », « RCD »: what they are,
and whose, if the form says so. Pure functions on forms and tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from entextract import tables
from entextract.names.acronyms import unlettered
from entextract.names.bodies import listed_ids, states_by_word, without_article, words_of
from entextract.records.ids import id_of_name, make_id
from entextract.records.spelling import slug


@dataclass(frozen=True, slots=True)
class Body:
    """A body of a state: what it is (« ministere de la defense »), and whose, if it says so."""

    kind: str
    country: str = ""


@lru_cache(maxsize=300_000)
def parse_body(form: str) -> Body | None:
    """What body of which state a form names; nothing when it is no such body.

    >>> parse_body("ministère russe de la Défense")
    Body(kind='ministere de la defense', country='RU')
    >>> parse_body("Cour suprême d'Israël"), parse_body("Sénat")
    (Body(kind='cour supreme', country='IL'), Body(kind='senat', country=''))
    """
    words = without_article(form)
    head = words
    while head and " ".join(head) not in _heads():
        head = head[:-1]
    if not head:
        return None
    rest, country = _without_country(words[len(head) :])
    opens = _heads()[" ".join(head)] == "opening"
    return Body(" ".join([*head, *rest]), country) if bool(rest) == opens else None


@cache
def _linking_words() -> frozenset[str]:
    """« de », « de la », « d' »."""
    of = {word.rstrip("'") for word in tables.spellings_of("de")}
    return frozenset(of | {"la", "l"})


def _without_country(words: list[str]) -> tuple[list[str], str]:
    """The words without the state that they name by its adjective or its name."""
    demonyms, names = states_by_word()
    if words and words[0] in demonyms:
        return words[1:], demonyms[words[0]]
    if words and words[-1] in demonyms:
        return words[:-1], demonyms[words[-1]]
    for n, word in enumerate(words, 1):
        name = " ".join(words[n:])
        if name in names and word in _linking_words():
            before = words[:n]
            while before and before[-1] in _linking_words():
                before = before[:-1]
            return before, names[name]
    return words, ""


def body_id(body: Body) -> str:
    """The identifier of the body of a state, that of the table of organisations if it has it.

    >>> body_id(Body("cour supreme", "US")), body_id(Body("cour supreme", "ML"))
    ('org:cour-supreme-americaine', 'org:cour-supreme-mali')
    """
    known = _known_bodies().get(body)
    if known:
        return known
    state = tables.country_names().get(body.country, body.country)
    return make_id("ORG", f"{slug(body.kind)}-{slug(state)}")


@cache
def open_id(kind: str) -> str:
    """The identifier of a body whose state nothing tells: that of no state.

    >>> open_id("senat"), open_id("ps"), open_id("rcd"), open_id("fds")
    ('org:senat', 'org:parti-socialiste', 'org:rcd', 'org:fds-sans-etat')
    """
    ids = set(shared().get(kind, {}).values())
    wholes = {" ".join(_without_country(list(words_of(names_by_id()[one])))[0]) for one in ids}
    whole = wholes.pop() if len(wholes) == 1 else ""
    name = whole if whole and (len(ids) > 1 or whole in shared()) else kind
    own = id_of_name("ORG", name)
    return f"{own}-sans-etat" if own in listed_ids() and kind in shared() else own


def having(kind: str) -> frozenset[str]:
    """The states that have a body of that name; none for what every state has.

    >>> sorted(having("ps")), having("ministere de la defense")
    (['BE', 'CH', 'FR', 'PT', 'SN'], frozenset())
    """
    return _states_by_body().get(kind, frozenset())


@cache
def shared() -> Mapping[str, Mapping[str, str]]:
    """The identifiers, by state, of what bears each form that the table of homonyms ties to states.

    >>> shared()["rcd"]
    {'DZ': 'org:rcd-algerie', 'TN': 'org:rcd-tunisie'}
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in tables.homonyms():
        if row.country:
            found[" ".join(words_of(row.form))][row.country] = make_id("ORG", row.id)
    return dict(found)


@cache
def told_by_topic(kind: str) -> frozenset[str]:
    """The identifiers of what bears a form where the words of an article say so.

    >>> sorted(told_by_topic("caf"))
    ['org:caf-allocations', 'org:caf-football']
    """
    rows = (r for r in tables.homonyms() if r.topic and " ".join(words_of(r.form)) == kind)
    return frozenset(make_id("ORG", row.id) for row in rows)


@cache
def names_by_id() -> dict[str, str]:
    """The name that the table of organisations gives each identifier."""
    return {make_id("ORG", row.id): row.name for row in tables.organisations()}


@cache
def _heads() -> dict[str, str]:
    kinds = {" ".join(words_of(r.form)): r.kind.replace("home", "other") for r in tables.bodies()}
    return {**dict.fromkeys(shared(), "other"), **kinds}


@cache
def _states_by_body() -> dict[str, frozenset[str]]:
    """The states that have a body of each name; nothing for the bodies that every state has."""
    found: dict[str, set[str]] = {kind: set(states) for kind, states in shared().items()}
    for row in tables.bodies():
        if row.country:
            found.setdefault(" ".join(words_of(row.form)), set()).add(row.country)
    return {kind: frozenset(states) for kind, states in found.items()}


@cache
def _known_bodies() -> dict[Body, str]:
    """Identifiers that the table of organisations gives to bodies of states."""
    bare = {" ".join(words_of(r.form)): r.country for r in tables.bodies() if r.kind == "home"}
    found = {
        Body(kind, state): entity
        for kind, states in shared().items()
        for state, entity in states.items()
    }
    for row in tables.organisations():
        body = parse_body(row.form) if row.kind in ("long", "alias") else None
        if body is not None:
            country = body.country or bare.get(body.kind, "")
            if country:
                found.setdefault(Body(body.kind, country), make_id("ORG", row.id))
    return found


@cache
def _common_words() -> frozenset[str]:
    """Words that many organisations' names open with, and that name none alone."""
    words = {" ".join(words_of(w.form)) for w in tables.org_words()}
    return frozenset(words | states_by_word()[0].keys() | states_by_word()[1].keys())


def is_common(words: tuple[str, ...]) -> bool:
    """Whether words open many names and are short for none: « banque », « ministère de »."""
    common = _common_words()
    form = " ".join(words)
    return (
        len(words[0]) < 3
        or form in common
        or all(w in common or w in unlettered() for w in words)
        or parse_body(form) is not None
    )
