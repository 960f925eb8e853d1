"""What one relation says of who its two ends are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from entextract import tables
from entextract.records.ids import has_label, key_of
from entextract.records.nouns import Relation
from entextract.records.rules import Rule

Attribute = Literal[
    "gender",
    "office",
    "former_office",
    "affiliation",
    "party",
    "kind_of_body",
    "owner",
    "head",
    "relative",
    "counterpart",
    "colleague",
]


_HEAD = "à la tête"  # what a verb states, « dirige », « préside »; a form of the class body_head


class Said(NamedTuple):
    """One thing that a text says of an entity.

    Attributes:
        entity: of whom.
        attribute: what of them.
        value: in words, or empty where the other entity is the value.
        other: the entity that the value speaks of, or empty.
        rule: what says so: the construction or kind of relation.
    """

    entity: str
    attribute: Attribute
    value: str
    other: str
    rule: str


def said_by(relation: Relation) -> Iterator[Said]:
    """What a relation says of its ends, the gender aside; nothing if it is not stated as a fact.

    >>> held = {"trigger": "patron", "start": 0, "end": 6, "text": "", "rule": "title"}
    >>> one = Relation("a", "per:rey", "org:rivage", "position_held", "actual", "", **held,
    ...     office="patron")
    >>> [(said.entity, said.attribute, said.value, said.other) for said in said_by(one)]
    [('per:rey', 'office', 'patron', 'org:rivage'), ('org:rivage', 'head', '', 'per:rey')]
    """
    source, target, kind = relation.source, relation.target, relation.kind
    if relation.status != "actual" or not source:
        return
    if kind == "position_held":
        office = _HEAD if _is_by_verb(relation) else _office(relation.office or relation.trigger)
        held: Attribute = "former_office" if relation.former else "office"
        if office.lower() not in tables.words("counterpart"):
            yield Said(source, held, office, target, kind)
        if has_label(target, "COUNTRY"):
            yield Said(source, "affiliation", key_of(target), target, kind)
        if not relation.former and office.lower() in tables.words("body_head"):
            yield Said(target, "head", "", source, kind)
    elif kind == "citizen_of" or (kind == "located_in" and _is_seated(relation)):
        yield Said(source, "affiliation", key_of(target), target, kind)
    elif kind == "member_of" and has_label(source, "PER"):
        yield Said(source, "party", "", target, kind)
    elif kind == "owns":
        yield Said(target, "owner", "", source, kind)
    elif kind == "relative_of" and relation.office:
        kin = relation.office
        yield Said(source, "relative", kin, target, kind)
        yield Said(target, "relative", "", source, kind)
    elif kind in _mutual() and target:
        yield Said(source, "counterpart", "", target, kind)
        yield Said(target, "counterpart", "", source, kind)


def colleagues(relations: Iterable[Relation]) -> Iterator[tuple[Said, Relation]]:
    """Persons who hold an office in the same organisation, by the relations of one article.

    Returns:
        Of each of them every other one, with the relation that says where they work.
    """
    staff: dict[str, dict[str, Relation]] = {}
    for relation in relations:
        is_held = relation.kind == "position_held" and relation.status == "actual"
        is_there = is_held and not relation.former and relation.source
        if is_there and has_label(relation.target, "ORG"):
            staff.setdefault(relation.target, {}).setdefault(relation.source, relation)
    for persons in staff.values():
        for person, relation in persons.items():
            for other in persons:
                if other != person:
                    yield Said(person, "colleague", "", other, relation.kind), relation


@cache
def _mutual() -> frozenset[str]:
    """The kinds of events in which both sides do the same: they meet, they work together."""
    rows = tables.kind_rows()
    return frozenset(r.kind for r in rows if r.family == "event" and r.symmetric == "yes")


def _is_by_verb(relation: Relation) -> bool:
    """« Awa Sarr dirige Rivage »: whether a verb says it, without a title."""
    return not relation.office and Rule.parse(relation.rule).kind in ("verb", "passive")


def _is_seated(relation: Relation) -> bool:
    """Whether it is a body that lies in a state."""
    return has_label(relation.source, "ORG") and has_label(relation.target, "COUNTRY")


def _office(words: str) -> str:
    """An office without « ex- », nor the preposition that leads to its body.

    >>> _office("ex-chercheuse chez"), _office("ancien ministre")
    ('chercheuse', 'ministre')
    """
    parts = words.replace("’", "'").split()
    while len(parts) > 1 and parts[-1] in tables.prepositions():
        parts.pop()
    while len(parts) > 1 and parts[0].lower() in tables.words("former_adjective"):
        parts.pop(0)
    return " ".join(parts).removeprefix("ex-")
