"""From the rows of single articles to those of a corpus: ids agreed, entities counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from entextract.linking.census import Agreed, link
from entextract.linking.entities import count_entities
from entextract.records.ids import own_id
from entextract.records.nouns import Mention, SomeRows


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a pipeline knows of entities, by id: all that agreement needs of it."""

    known: Mapping[str, str] = field(default_factory=dict)  # of its tables
    actors: Mapping[str, str] = field(default_factory=dict)  # of a user's table; these keep ids


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
        entities=tuple(count_entities(mentions, {**names.known, **names.actors})),
        relations=tuple(agreed.follow(rows.relations)),
        quotes=tuple(agreed.follow(rows.quotes)),
    )


def with_actors(
    rows: list[Mention], linked: list[Mention], actors: Mapping[str, str]
) -> list[Mention]:
    """The linked rows, where an actor that a user lists keeps its id, also under its full name."""
    if not actors:
        return linked
    usual = {own_id(i, name): i for i, name in actors.items()}
    return [
        row if row.entity in actors else replace(one, entity=usual.get(one.entity, one.entity))
        for row, one in zip(rows, linked, strict=True)
    ]
