"""Applies decisions to a result. The order of decisions is indifferent; twice is as good as once.

In turn: what is never to be merged is set apart again, merges, splits, drops, labels, names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import cast

from entextract.decisions.book import Decisions, check, roots
from entextract.decisions.decision import Decision, key_of
from entextract.decisions.register import Register, names_of_new
from entextract.linking.entities import count_entities
from entextract.records.calendar import Day, day_of
from entextract.records.ids import own_id
from entextract.records.nouns import Article, Entity, Label, Mention, Quote, Relation, SomeRows
from entextract.records.rules import Rule
from entextract.records.spelling import spaced


def apply(result: SomeRows, decisions: Decisions) -> SomeRows:
    """The result with decisions followed; what they changed ends in ``+decision:…`` in ``rule``.

    Names and ids that the result lacks are among its problems, and the rest is done.

    Raises:
        DecisionError: two decisions turn out to contradict each other, one naming an entity by its
            id, the other by its name.
    """
    register = Register(result, decisions.rows)
    rows = [row for row in map(register.resolved, decisions.rows) if row]
    check(rows, key_of)
    plan = _plan(rows, register)
    articles = {article.id: article for article in result.articles}
    touched = {i for i, name in plan.renamed.items() if register.name(i) not in ("", name)}
    mentions = []
    for mention in result.mentions:
        settled = plan.settle(mention, articles.get(mention.article))
        if settled is not mention:
            touched.add(mention.entity)
        if settled is None:
            continue
        if (settled.entity, settled.label) != (mention.entity, mention.label):
            touched.add(settled.entity)
        mentions.append(settled)
    entities = _recounted(result, mentions, touched, plan.names)
    relations = (plan.settle_relation(r, articles.get(r.article)) for r in result.relations)
    problems = [p for p in register.problems if p not in result.problems]
    return replace(
        result,
        mentions=tuple(mentions),
        entities=entities,
        relations=tuple(relation for relation in relations if relation),
        quotes=tuple(plan.settle_quote(q, articles.get(q.article)) for q in result.quotes),
        problems=(*result.problems, *sorted(set(problems), key=lambda p: (p.where, p.reason))),
        former=_former(result, entities, touched, register),
    )


@dataclass
class _Plan:
    """The decisions by entity, every name resolved."""

    root: dict[str, str]
    apart: set[frozenset[str]]
    splits: dict[str, list[Decision]]
    dropped: set[str]
    labels: dict[str, Label]
    renamed: dict[str, str]
    names: dict[str, str]  # of entities renamed or made
    label_of: Callable[[str], Label]

    def settle(self, mention: Mention, article: Article | None) -> Mention | None:
        """The mention as decided, or nothing when its entity is dropped."""
        entity, steps = self._moved(mention, article)
        if entity in self.dropped:
            return None
        label = mention.label
        if entity != mention.entity or entity in self.labels:
            label = self.labels.get(entity) or self.label_of(entity)
        if entity == mention.entity:
            steps = set()
        if label != mention.label and entity in self.labels:
            steps.add("relabel")
        if entity in self.renamed:
            steps.add("rename")
        if not steps:
            return mention
        rule = _marked(mention.rule, steps)
        settled = replace(mention, entity=entity, label=label, rule=rule, score=1.0)
        return mention if settled == mention else settled

    def _moved(self, mention: Mention, article: Article | None) -> tuple[str, set[str]]:
        entity, steps = mention.entity, set()
        if self.apart and not self._is_part(entity, article):
            own = own_id(self._end(entity), spaced(mention.text))
            if frozenset((self._end(own), self._end(entity))) in self.apart:
                entity = own
                steps.add("never-merge")
        if entity in self.root:
            entity = self.root[entity]
            steps.add("merge")
        part = self._part(entity, article)
        if part != entity:
            steps.add("split")
        return part, steps

    def _end(self, entity: str) -> str:
        return self.root.get(entity, entity)

    def _part(self, entity: str, article: Article | None) -> str:
        for row in self.splits.get(entity, ()):
            if article and _takes(row, article):
                return self._end(row.to)
        return entity

    def _is_part(self, entity: str, article: Article | None) -> bool:
        """Whether a split puts mentions of this article there; it says more than a name does."""
        return any(
            self._end(row.to) == entity and article and _takes(row, article)
            for parts in self.splits.values()
            for row in parts
        )

    def settle_relation(self, relation: Relation, article: Article | None) -> Relation | None:
        """The relation between what its ends are now; nothing if they are one, or one is gone."""
        before = (relation.source, relation.target, relation.speaker, relation.place)
        merged = [self._end(entity) for entity in before]
        source, target, speaker, place = (self._part(entity, article) for entity in merged)
        if self.dropped & {source, target}:
            return None
        if (source, target, speaker, place) == before:
            return relation
        if source == target:
            return None
        steps = {"merge"} if (*merged,) != before else set()
        if [source, target, speaker, place] != merged:
            steps.add("split")
        return replace(
            relation,
            source=source,
            target=target,
            speaker=speaker,
            place=place,
            rule=_marked(relation.rule, steps),
        )

    def settle_quote(self, quote: Quote, article: Article | None) -> Quote:
        """The quotation of whoever its speaker is now; of nobody if that entity is dropped."""
        speaker = self._part(self._end(quote.speaker), article)
        if speaker in self.dropped:
            return replace(quote, speaker="")
        return quote if speaker == quote.speaker else replace(quote, speaker=speaker)


def _plan(rows: Iterable[Decision], register: Register) -> _Plan:
    plan = _Plan(
        root=roots(rows, key_of),
        apart=set(),
        splits=defaultdict(list),
        dropped=set(),
        labels={},
        renamed={},
        names={},
        label_of=register.label,
    )
    for row in rows:
        first = row.entities[0]
        if row.verb == "split":
            plan.splits[first].append(row)
        elif row.verb == "drop":
            plan.dropped.add(first)
        elif row.verb == "relabel":
            plan.labels[first] = cast(Label, row.to)
        elif row.verb == "rename":
            plan.renamed[first] = row.to
        elif row.verb == "never-merge":
            ends = sorted({plan.root.get(name, name) for name in row.entities})
            plan.apart |= {frozenset((a, b)) for a in ends for b in ends if a < b}
    for parts in plan.splits.values():
        parts.sort(key=lambda row: (not row.articles, not row.sources, row.to))
    parts_of = [(first, row.to) for first, parts in plan.splits.items() for row in parts]
    plan.names |= names_of_new((p for p in parts_of if p[1] not in register.base), register)
    made = ((start, end) for start, end in plan.root.items() if not register.name(end))
    plan.names |= names_of_new(made, register)
    plan.names |= {i: name for i, name in register.created.items() if name}
    plan.names |= plan.renamed
    return plan


def _takes(row: Decision, article: Article) -> bool:
    if row.articles:
        return article.id in row.articles
    if row.sources:
        return article.source in row.sources
    day = day_of(article.date)
    if day is None:
        return False
    return (day_of(row.since) or Day.min) <= day <= (day_of(row.until) or Day.max)


def _marked(rule: str, steps: set[str]) -> str:
    return str(Rule.parse(rule).decided(steps))


def _recounted(
    result: SomeRows, mentions: Iterable[Mention], touched: set[str], names: dict[str, str]
) -> tuple[Entity, ...]:
    """The entities, those that decisions touched counted again."""
    if not touched:
        return result.entities
    before = {entity.id: entity for entity in result.entities}
    known = {i: before[i].name for i in touched & before.keys()}
    known |= {i: names[i] for i in touched & names.keys()}
    counted = count_entities([m for m in mentions if m.entity in touched], known)
    entities = [e for e in result.entities if e.id not in touched]
    for entity in counted:
        old = before.get(entity.id, entity)
        entities.append(
            replace(
                old,
                name=entity.name,
                label=entity.label,
                country=entity.country,
                forms=entity.forms,
                mentions=entity.mentions,
                articles=entity.articles,
            )
        )
    return tuple(sorted(entities, key=lambda entity: entity.id))


def _former(
    result: SomeRows, entities: Iterable[Entity], touched: set[str], register: Register
) -> tuple[Entity, ...]:
    """Entities as they were before any decision: their names must still be understood."""
    former = {
        i: Entity(i, name, register.label(i), None, (), 0, 0)
        for i, name in register.restored.items()
    }
    for entity in entities:
        if entity.id in touched:
            name = register.created.get(entity.id, "")
            former[entity.id] = replace(entity, name=name, forms=())
    former |= {e.id: e for e in result.entities if e.id in touched}
    former |= {e.id: e for e in result.former}
    return tuple(former[i] for i in sorted(former))
