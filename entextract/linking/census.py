"""Who is who over all articles, in two readings of them: a census, then the links.

The first reading adds batches of articles to a ``Census``, which keeps something for each distinct
form and a few numbers for each article. The second hands the same batches, in the same order, to
the ``Agreement`` that the census leads to. ``link`` does both on one batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from entextract.linking.contexts import ArticleProfiles
from entextract.linking.labels import Labels, Relabelled, guessed, is_guess, was
from entextract.linking.organisations import Organisations
from entextract.linking.persons import PersonForms, Persons
from entextract.names.bodies import own_id
from entextract.names.in_article import Link, Name, resolve
from entextract.records import rules
from entextract.records.ids import id_of_name
from entextract.records.nouns import Article, Label, Mention, Quote, Relation
from entextract.records.rules import AMBIGUOUS, Rule
from entextract.records.spelling import spaced
from entextract.records.system import collector_paused


def link(mentions: Iterable[Mention], articles: Iterable[Article] = ()) -> list[Mention]:
    """Agree who each mention is, in its article first, then over all of them.

    A lone surname takes the one full name of its article, else the only one of the corpus; when
    several persons bear it, the one who is near: named beside the same people and organisations,
    and around the same date or in the same source. Where none stands out it stays apart, its rule
    marked ``ambiguous``. Acronyms take the long form that some article gives in brackets.
    Spellings of one name get one id, that of the most frequent. A name whose label articles guess
    differently gets the one that some article defines, else that of most articles.

    Everything is found anew from the texts, except what a table or a person settled: the order of
    the mentions does not matter, linking twice changes nothing, and two corpora linked apart can
    be put together and linked again.

    Args:
        mentions: rows, from the pipeline or linked before.
        articles: their articles, for sources and dates; without them only names tell what is near.

    Returns:
        The same rows in the same order, some with another ``entity`` and ``rule``.
    """
    with collector_paused():  # which would look at all rows again and again
        batch = Batch(mentions, articles)
        census = Census()
        links = census.add(batch)
        return census.settle().linked(batch, links)


Row = TypeVar("Row", Relation, Quote)
# the fields of a row that hold the id of an entity
_NAMING: dict[type, tuple[str, ...]] = {
    Relation: ("source", "target", "speaker", "place"),
    Quote: ("speaker",),
}


class Agreed:
    """The ids that ``link`` gave to the entities of each article.

    Args:
        before: the mentions given to ``link``.
        after: what it returned for them.
    """

    def __init__(self, before: Sequence[Mention], after: Sequence[Mention]) -> None:
        pairs = zip(before, after, strict=True)
        self._ids = {(a.article, a.entity): b.entity for a, b in pairs}

    def follow(self, rows: Iterable[Row]) -> list[Row]:
        """Give relations or quotations these ids: their ends, speakers and places.

        Args:
            rows: those whose ids are those of the mentions before linking.
        """
        return [self._followed(row) for row in rows]

    def _followed(self, row: Row) -> Row:
        names = next(names for kind, names in _NAMING.items() if isinstance(row, kind))
        ids = {name: getattr(row, name) for name in names}
        now = {name: self._ids.get((row.article, one), one) for name, one in ids.items()}
        return row if now == ids else replace(row, **now)


class Batch:
    """Some articles with all their mentions.

    Args:
        mentions: rows, in any order.
        articles: their articles, for sources and dates; one that is missing has neither.
    """

    def __init__(self, mentions: Iterable[Mention], articles: Iterable[Article] = ()) -> None:
        self.rows = [guessed(row) for row in mentions]
        self.about = {article.id: (article.source, article.date) for article in articles}
        self._places: dict[str, list[int]] = {name: [] for name in self.about}
        for i, row in enumerate(self.rows):
            if row.article not in self._places:
                self._places[row.article] = []
            self._places[row.article].append(i)

    @property
    def articles(self) -> Iterator[tuple[str, list[int]]]:
        """Each article, always in the same order, and where its rows stand in ``rows``."""
        yield from self._places.items()


class Census:
    """Who a corpus names, counted batch by batch."""

    def __init__(self) -> None:
        self._persons = PersonForms()
        self._organisations = Organisations()
        self._labels = Labels()
        self._profiles = ArticleProfiles()

    def add(self, batch: Batch) -> list[list[Link]]:
        """Count the next articles.

        Returns:
            Whom their rows mean, judged within each article: what ``Agreement.linked`` finds again
            unless it is given back.
        """
        found = []
        for article, where in batch.articles:
            rows = [batch.rows[i] for i in where]
            found.append(_links_within(rows))
            self._count(rows, found[-1], *batch.about.get(article, ("", "")))
        return found

    def _count(self, rows: list[Mention], links: list[Link], source: str, day: str) -> None:
        named: dict[str, None] = {}
        self._labels.add(rows, links)
        for row, one in zip(rows, links, strict=True):
            if row.label == "PER":
                self._persons.add(row, one)
                if one.rule != AMBIGUOUS:
                    named[one.form] = None
            elif row.label == "ORG":
                self._organisations.add(row, one)
                if one.entity:
                    named[one.entity] = None
        self._profiles.add(named, source, day)

    def settle(self) -> Agreement:
        """Who is who, once every article is counted."""
        relabelled = self._labels.settled(self._persons.count)
        for (form, label), now in relabelled.items():
            for counts, of in ((self._persons, "PER"), (self._organisations, "ORG")):
                counts.count_form(form, now.mentions * ((now.label == of) - (label == of)))
        persons = Persons(self._persons, self._profiles)
        return Agreement(persons, self._organisations.agreed(), relabelled)


class Agreement:
    """Who each name of a corpus is; made by ``Census.settle``."""

    def __init__(
        self,
        persons: Persons,
        organisations: dict[str, tuple[str, str]],
        relabelled: dict[tuple[str, Label], Relabelled],
    ) -> None:
        self._persons = persons
        self._organisations = organisations
        self._relabelled = relabelled
        self._article = 0  # number of the next one

    def linked(self, batch: Batch, links: list[list[Link]] | None = None) -> list[Mention]:
        """The rows of the next articles with the ids and rules agreed over the corpus.

        Args:
            batch: the batches that were counted, once each, in the same order.
            links: what ``Census.add`` returned for them; found again if missing.
        """
        linked = list(batch.rows)
        for number, (_, where) in enumerate(batch.articles):
            rows = [batch.rows[i] for i in where]
            own = links[number] if links is not None else _links_within(rows)
            for i, row in zip(where, self._linked(rows, own), strict=True):
                linked[i] = row
            self._article += 1
        return linked

    def _linked(self, rows: list[Mention], links: list[Link]) -> Iterator[Mention]:
        chosen: dict[tuple[str, str], tuple[str, str]] = {}
        for row, one in zip(rows, links, strict=True):
            entity, why = one.entity, ""
            if self._relabelled:
                now = self._relabelled.get((one.form or spaced(row.text), row.label))
                if now is not None and is_guess(row):
                    yield self._relabel(row, one, now)
                    continue
            if not one.form or one.rule == AMBIGUOUS:
                pass
            elif row.label == "PER":
                said = one.form, one.gender
                if said not in chosen:
                    chosen[said] = self._persons.find(self._article, one)
                entity, why = chosen[said]
            else:
                entity, why = self._organisations.get(entity, (entity, ""))
            yield _linked(row, entity, one.rule, why)

    def _relabel(self, row: Mention, one: Link, now: Relabelled) -> Mention:
        """The row with the label that its name has over the corpus."""
        form = one.form or spaced(row.text)
        entity, why = now.entity or id_of_name(now.label, form), ""
        if not now.entity and now.label == "ORG":
            entity, why = self._organisations.get(own_id(form), (own_id(form), ""))
        elif not now.entity and now.label == "PER":
            entity, why = self._persons.find(self._article, Link(entity, "", form))
        steps = [rules.Link(was(row.label), over_corpus=True)]
        steps += [rules.Link(why, over_corpus=True)] if why and why != AMBIGUOUS else []
        rule = str(Rule.parse(row.rule).linked(steps))
        return replace(row, label=now.label, entity=entity, rule=rule)


def _links_within(rows: list[Mention]) -> list[Link]:
    """Whom each row means, judged within its article alone; these are all its rows."""
    order = sorted(range(len(rows)), key=lambda i: (rows[i].start, rows[i].end, rows[i].text))
    found = resolve(
        [
            Name(spaced(r.text), r.label, r.entity, Rule.parse(r.rule), r.start, r.end, r.sentence)
            for r in (rows[i] for i in order)
        ]
    )
    links = list(found)
    for i, one in zip(order, found, strict=True):
        links[i] = one
    return links


def _linked(row: Mention, entity: str, in_article: str, over_corpus: str) -> Mention:
    """The row with its entity and the links that gave it; untouched if a person decided on it.

    Args:
        row: a mention.
        entity: its id.
        in_article: why its article gives it that id; empty when it stands for itself.
        over_corpus: why the corpus does; empty when it changes nothing.
    """
    rule = _relinked(row.rule, in_article, over_corpus)
    if Rule.parse(rule).is_decided:
        return row
    if entity == row.entity and rule == row.rule:
        return row
    kind: Callable[..., Mention] = type(row)  # what `replace` does, in half the time
    values, at_entity, at_rule = _fields_of(kind)
    cells = list(values(row))
    cells[at_entity], cells[at_rule] = entity, rule
    return kind(*cells)


@lru_cache(maxsize=8)
def _fields_of(kind: Any) -> tuple[Callable[[Mention], tuple[Any, ...]], int, int]:
    """What gives the values of all fields, and the numbers of two of them."""
    names = [field.name for field in fields(kind)]
    return attrgetter(*names), names.index("entity"), names.index("rule")


@lru_cache(maxsize=10_000)
def _relinked(text: str, in_article: str, over_corpus: str) -> str:
    """The rule of a mention with the links that agreement found; as it is if a person decided."""
    rule = Rule.parse(text)
    if rule.is_decided:
        return text
    if over_corpus == AMBIGUOUS:
        return str(rule.linked([rules.Link(AMBIGUOUS)]))
    links = [rules.Link(in_article)] if in_article else []
    links += [rules.Link(over_corpus, over_corpus=True)] if over_corpus else []
    return str(rule.linked(links))
