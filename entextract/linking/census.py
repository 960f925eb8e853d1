"""Who is who over all articles, in two readings of them: a census, then the links.

The first reading adds every article to a ``Census``, which keeps something for each distinct form
and a few numbers for each article. The second hands the articles, in the same order, to the
``Agreement`` that the census leads to. ``link`` does both on rows in memory.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from entextract.identity import STEP, Link, Name, is_decided, resolve
from entextract.linking.contexts import Notes
from entextract.linking.organisations import Organisations
from entextract.linking.persons import PersonForms, Persons
from entextract.linking.rules import AMBIGUOUS, CORPUS
from entextract.records import Article, Mention, Relation


def link(mentions: Iterable[Mention], articles: Iterable[Article] = ()) -> list[Mention]:
    """Agree who each mention is, in its article first, then over all of them.

    A lone surname takes the one full name of its article, else the only one of the corpus; when
    several persons bear it, the one who is near: named beside the same people and organisations,
    and around the same date or in the same source. Where none stands out it stays apart, its rule
    marked ``ambiguous``. Acronyms take the long form that some article gives in brackets.
    Spellings of one name get one id, that of the most frequent.

    Everything is found anew from the texts, except what a table or a person settled: the order of
    the mentions does not matter, linking twice changes nothing, and two corpora linked apart can
    be put together and linked again.

    Args:
        mentions: rows, from the pipeline or linked before.
        articles: their articles, for sources and dates; without them only names tell what is near.

    Returns:
        The same rows in the same order, some with another ``entity`` and ``rule``.
    """
    rows = list(mentions)
    places: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        places[row.article].append(i)
    about = {article.id: (article.source, article.date) for article in articles}
    census = Census()
    linked = list(rows)
    with collector_paused():
        links = []
        for article, where in places.items():
            own = [rows[i] for i in where]
            links.append(links_within(own))
            census.add(own, links[-1], *about.pop(article, ("", "")))
        for source, day in about.values():  # of articles that name nobody
            census.add((), (), source, day)
        agreement = census.settle()
        for number, (where, found) in enumerate(zip(places.values(), links, strict=True)):
            own = agreement.linked(number, [rows[i] for i in where], found)
            for i, row in zip(where, own, strict=True):
                linked[i] = row
    return linked


def follow(
    relations: Iterable[Relation], before: Sequence[Mention], after: Sequence[Mention]
) -> list[Relation]:
    """Give the ends and speakers of relations the ids that ``link`` gave to their mentions.

    Args:
        relations: rows whose ids are those of the mentions before linking.
        before: the mentions given to ``link``.
        after: what it returned for them.
    """
    agreed = {(a.article, a.entity): b.entity for a, b in zip(before, after, strict=True)}
    return [
        replace(
            row,
            source=agreed.get((row.article, row.source), row.source),
            target=agreed.get((row.article, row.target), row.target),
            speaker=agreed.get((row.article, row.speaker), row.speaker),
        )
        for row in relations
    ]


@contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage collection: nothing here makes cycles, and each pass would walk every mention."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def links_within(rows: Sequence[Mention]) -> list[Link]:
    """Whom each row means, judged within its article alone; these are all its rows."""
    order = sorted(range(len(rows)), key=lambda i: (rows[i].start, rows[i].end, rows[i].text))
    found = resolve([_name(rows[i]) for i in order])
    links = list(found)
    for i, one in zip(order, found, strict=True):
        links[i] = one
    return links


def _name(row: Mention) -> Name:
    return Name(row.text, row.label, row.entity, row.rule, row.start, row.end)


class Census:
    """Who a corpus names, counted article by article."""

    def __init__(self) -> None:
        self._persons = PersonForms()
        self._organisations = Organisations()
        self._notes = Notes()

    def add(self, rows: Sequence[Mention], links: Sequence[Link], source: str, day: str) -> None:
        """Count the next article.

        Args:
            rows: its mentions; none for an article that names nobody.
            links: what ``links_within`` returned for them.
            source: of the article, empty when unknown.
            day: its date, empty when unknown.
        """
        told: dict[str, None] = {}
        for row, one in zip(rows, links, strict=True):
            if row.label == "PER":
                self._persons.add(row, one)
                if one.rule != AMBIGUOUS:
                    told[one.form] = None
            elif row.label == "ORG":
                self._organisations.add(row, one)
                if one.entity:
                    told[one.entity] = None
        self._notes.add(told, source, day)

    def settle(self) -> Agreement:
        """Who is who, once every article is counted."""
        return Agreement(Persons(self._persons, self._notes), self._organisations.agreed())


class Agreement:
    """Who each name of a corpus is; made by ``Census.settle``."""

    def __init__(self, persons: Persons, organisations: dict[str, tuple[str, str]]) -> None:
        self._persons = persons
        self._organisations = organisations

    def linked(self, article: int, rows: Sequence[Mention], links: Sequence[Link]) -> list[Mention]:
        """The rows of an article with the ids and rules agreed over the corpus.

        Args:
            article: its number, from 0, in the order of ``Census.add``.
            rows: its mentions, those that were counted.
            links: what ``links_within`` returned for them.
        """
        chosen: dict[str, tuple[str, str]] = {}
        found = []
        for row, one in zip(rows, links, strict=True):
            entity, why = one.entity, ""
            if not one.form or one.rule == AMBIGUOUS:
                pass
            elif row.label == "PER":
                if one.form not in chosen:
                    chosen[one.form] = self._persons.find(article, one)
                entity, why = chosen[one.form]
            else:
                entity, why = self._organisations.get(entity, (entity, ""))
            found.append(_linked(row, entity, one.rule, why))
        return found


def _linked(row: Mention, entity: str, rule: str, why: str) -> Mention:
    """The row with its entity and the rules that gave it; untouched if a person settled it."""
    if is_decided(row.rule):
        return row
    if why == AMBIGUOUS:
        rule = why
    elif why:
        rule = f"{rule}{STEP}{CORPUS}{why}" if rule else f"{CORPUS}{why}"
    base = row.rule.partition(STEP)[0]
    rule = f"{base}{STEP}{rule}" if rule else base
    if entity == row.entity and rule == row.rule:
        return row
    return Mention(
        row.article,
        row.start,
        row.end,
        row.text,
        row.label,
        row.kind,
        entity,
        row.sentence,
        row.paragraph,
        rule,
    )
