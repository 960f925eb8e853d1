"""From the rows of single articles to those of a corpus: ids agreed, entities counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from entextract.actors.actor import Actor
from entextract.actors.display import shown
from entextract.linking.census import Agreed, link
from entextract.linking.entities import count_entities
from entextract.linking.merges import score
from entextract.records.ids import own_id
from entextract.records.nouns import Mention, SomeRows
from entextract.records.rules import ACTORS, Rule
from entextract.tables.beliefs import belief_of


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a pipeline knows of entities, by id: all that agreement needs of it."""

    known: Mapping[str, str] = field(default_factory=dict)  # of its tables
    actors: Mapping[str, Actor] = field(default_factory=dict)  # those of lists that were met

    @property
    def of_entities(self) -> dict[str, str]:
        """The name of each entity that is known, by id."""
        listed = {
            entity: shown(actor.name) if actor.label == "PER" else actor.name
            for entity, actor in self.actors.items()
        }
        return {**self.known, **listed}

    @property
    def attributes(self) -> dict[str, Mapping[str, str]]:
        """The other columns of the actors, by id."""
        return {entity: actor.attributes for entity, actor in self.actors.items()}


def agree(rows: SomeRows, names: Names) -> SomeRows:
    """Agree who each mention is over all articles, and count entities.

    Args:
        rows: as the pipeline found them, without entities.
        names: of the pipeline that found them.
    """
    found = list(rows.mentions)
    mentions = with_actors(found, link(found, rows.articles), names.actors)
    agreed = Agreed(found, mentions)
    return replace(
        rows,
        mentions=tuple(mentions),
        entities=tuple(count_entities(mentions, names.of_entities, names.attributes)),
        relations=tuple(agreed.follow(rows.relations)),
        quotes=tuple(agreed.follow(rows.quotes)),
    )


def with_actors(
    rows: list[Mention], linked: list[Mention], actors: Mapping[str, Actor]
) -> list[Mention]:
    """The linked rows, where an actor that a list has keeps its id, also under its full name.

    Each mention of an actor has the row of the list, and how sure it is.

    Args:
        rows: as they were found.
        linked: the same, with agreed ids.
        actors: those that were met, by entity.
    """
    if not actors and not any(Rule.parse(row.rule).is_of_actor for row in rows):
        return linked
    usual = _usual(actors)
    kept = []
    for row, one in zip(rows, linked, strict=True):
        if Rule.parse(row.rule).is_of_actor:
            kept.append(row)
        else:
            kept.append(replace(one, entity=usual.get(one.entity, one.entity)))
    sure = _sureness(kept)
    return [
        replace(row, list_row=actor.row, list_score=_score(row, sure))
        if (actor := actors.get(row.entity))
        else row
        for row in kept
    ]


def met(mentions: Iterable[Mention]) -> dict[str, str]:
    """The entities that a list of actors gave, each with one of its names."""
    return {row.entity: row.text for row in mentions if Rule.parse(row.rule).is_of_actor}


def _usual(actors: Mapping[str, Actor]) -> dict[str, str]:
    """The actor that a name means where no list was asked, by the id that the name has alone.

    Two actors of one name have none.
    """
    found: dict[str, str] = {}
    for entity, actor in actors.items():
        own = own_id(entity, actor.name)
        found[own] = "" if own in found or own in actors else entity
    return {own: entity for own, entity in found.items() if entity}


def _sureness(rows: Iterable[Mention]) -> dict[tuple[str, str], float]:
    """How sure each actor is in each article, by the surest of the names that a list has."""
    sure: dict[tuple[str, str], float] = {}
    for row in rows:
        rule = Rule.parse(row.rule)
        if rule.is_of_actor:
            key = (row.article, row.entity)
            sure[key] = max(sure.get(key, 0.0), _belief(rule))
    return sure


def _score(row: Mention, sure: Mapping[tuple[str, str], float]) -> float:
    rule = Rule.parse(row.rule)
    if rule.is_of_actor:
        return _belief(rule)
    named = sure.get((row.article, row.entity), belief_of("actor", "exact"))
    linked = score(rule)
    return round(named * (1.0 if linked is None else linked), 3)


def _belief(rule: Rule) -> float:
    return belief_of("actor", rule.found_by.removeprefix(ACTORS).removeprefix(":") or "exact")
