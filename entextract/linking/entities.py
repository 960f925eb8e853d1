"""Entities counted from linked mentions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from entextract import tables
from entextract.names import bodies
from entextract.names.person_keys import civilities, with_civility
from entextract.names.state_bodies import parse_body
from entextract.records.ids import has_label, key_of
from entextract.records.nouns import Entity, Label, Mention
from entextract.records.spelling import slug, spaced


def count_entities(
    mentions: Iterable[Mention],
    names: Mapping[str, str] | None = None,
    attributes: Mapping[str, Mapping[str, str]] | None = None,
) -> list[Entity]:
    """One row an entity, sorted by id.

    Args:
        mentions: rows with agreed ids.
        names: canonical names by id; an entity that is not there takes its fullest form, the
            most frequent when several are as full.
        attributes: what lists of actors say of entities, by id.
    """
    counts = EntityCounts()
    counts.add(mentions)
    return counts.entities(names, attributes)


def count_again(entities: Iterable[Entity], mentions: Iterable[Mention]) -> tuple[Entity, ...]:
    """The entities that some of these mentions name, counted in them alone."""
    known = list(entities)
    names = {entity.id: entity.name for entity in known}
    attributes = {entity.id: entity.attributes for entity in known}
    return tuple(count_entities(mentions, names, attributes))


class EntityCounts:
    """Entities counted a batch at a time; what is kept grows with distinct forms, not mentions."""

    def __init__(self) -> None:
        self._forms: dict[str, Counter[str]] = defaultdict(Counter)
        self._named: dict[str, Counter[str]] = defaultdict(Counter)
        self._articles: Counter[str] = Counter()
        self._labels: dict[str, Label] = {}

    def add(self, mentions: Iterable[Mention]) -> None:
        """Count rows with agreed ids: all those of an article in one batch."""
        articles: dict[str, set[str]] = defaultdict(set)
        for row in mentions:
            form = spaced(row.text)
            self._forms[row.entity][form] += 1
            if row.kind == "name":
                self._named[row.entity][form] += 1
            articles[row.entity].add(row.article)
            self._labels[row.entity] = row.label
        for entity, found in articles.items():
            self._articles[entity] += len(found)

    def entities(
        self,
        names: Mapping[str, str] | None = None,
        attributes: Mapping[str, Mapping[str, str]] | None = None,
    ) -> list[Entity]:
        """What ``count_entities`` returns."""
        known, told = names or {}, attributes or {}
        return [
            Entity(
                id=i,
                name=known.get(i) or _canonical(i, self._named.get(i) or forms),
                label=self._labels[i],
                country=key_of(i) if self._labels[i] == "COUNTRY" else None,
                forms=forms_of(forms.items()),
                mentions=forms.total(),
                articles=self._articles[i],
                attributes=dict(told.get(i, {})),
            )
            for i, forms in sorted(self._forms.items())
        ]


def forms_of(counts: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """The forms of an entity, the most frequent first, of texts of its mentions, counted.

    >>> forms_of([("Scholz", 1), ("Olaf Scholz", 1), ("Olaf  Scholz", 1)])
    ('Olaf Scholz', 'Scholz')
    """
    forms: Counter[str] = Counter()
    for text, count in counts:
        forms[spaced(text)] += count
    return tuple(sorted(forms, key=lambda f: (-forms[f], f)))


def _canonical(entity: str, forms: Counter[str]) -> str:
    """The form that the id is made from, the most frequent spelling of it; else the fullest.

    A body that several states have is told apart by its state: « Cour suprême (Mali) ».
    """
    own = key_of(entity)
    best = [f for f in forms if slug(f) == own or bodies.own_id(f) == entity]
    name = min(best or forms, key=lambda f: (-len(f.split()), f.isupper(), -forms[f], f))
    if not best and has_label(entity, "PER"):
        return _with_civility(own, name)
    state = _state_at_end(own, name) if has_label(entity, "ORG") else ""
    return f"{name} ({state})" if state else name


def _with_civility(own: str, name: str) -> str:
    """« Madame Ferrand », whose husband the article calls « M. Ferrand »; else the name."""
    told = (with_civility(gender, name) for gender in civilities().values())
    return next((full for full in told if slug(full) == own), name)


def _state_at_end(own: str, name: str) -> str:
    """The state that an id adds to the name it is made from."""
    body = parse_body(name)
    if body is None or body.country or not own.startswith(f"{slug(body.kind)}-"):
        return ""
    return _state_slugs().get(own.removeprefix(f"{slug(body.kind)}-"), "")


@lru_cache(maxsize=1)
def _state_slugs() -> dict[str, str]:
    return {slug(name): name for name in tables.country_names().values()}
