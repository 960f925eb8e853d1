"""Where the nodes and edges of a graph are spoken of: one pass over a corpus serves every file."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import chain, combinations
from typing import NamedTuple, Protocol, TypeVar

from entextract.export.quotations import (
    Link,
    Part,
    Quotation,
    Quotations,
    Quoter,
    Rank,
    is_full,
    is_readable,
    keep,
    link_of_relation,
    statements,
)
from entextract.export.timeline import DayCounts, Tallies, Timeline, tallies_of, timeline_of
from entextract.records.calendar import Day, Period, day_of, name_of, span_of, time_order
from entextract.records.nouns import Article, Relation, Sentence

Pair = tuple[str, str]
_Key = TypeVar("_Key")
_FEW = 2  # quotations of each period and newspaper, if they are asked for


class Spot(Protocol):
    """A sentence that names an entity."""

    @property
    def article(self) -> str: ...
    @property
    def sentence(self) -> int: ...
    @property
    def entity(self) -> str: ...


class Texts(Protocol):
    """Where articles and sentences are found again."""

    def articles(self, ids: Iterable[str]) -> Mapping[str, Article]: ...
    def sentences(self, keys: Iterable[tuple[str, int]]) -> Mapping[tuple[str, int], Sentence]: ...


class Seen(NamedTuple):
    """Who is named together in some articles, with these articles and their sentences."""

    windows: Iterable[tuple[Sequence[Spot], Sequence[Spot]]]
    articles: Mapping[str, Article]
    sentences: Mapping[tuple[str, int], Sentence]


class Occurrences:
    """What one pass keeps of each node and edge: its best sentences, and how often on each day.

    Attributes:
        most: how many quotations of a node or an edge can be asked for.
        each: the periods of which each has quotations of its own, as each newspaper has; or None.
    """

    def __init__(
        self,
        seen: Iterable[Seen],
        texts: Texts,
        *,
        dates: Mapping[str, int],
        most: int,
        relations: Sequence[Relation] = (),
        pairs: Container[Pair] | None = None,
        each: Period | None = None,
    ) -> None:
        """Read ``seen`` once, to its end.

        Args:
            seen: who is named together, some articles at a time.
            texts: finds again the sentences that are quoted, and the articles of relations.
            dates: how many articles have each date, those that name nobody too.
            most: how many quotations to keep of each node and edge; 0 to look for none.
            relations: what is stated.
            pairs: the edges of co-mention to follow; all when none.
            each: keep some quotations of each of these periods and of each newspaper too, so that
                there is something to read whichever is chosen.
        """
        self.most = most
        self.each = each
        self._texts = texts
        self._relations = relations
        self._dates = dates
        self._day_of = {date: day for date in dates if (day := day_of(date))}
        self._node_days: dict[str, DayCounts] = {}
        self._edge_days: dict[Link, DayCounts] = {}
        self._node_ranks: dict[str, list[Rank]] = {}
        self._edge_ranks: dict[Link, list[Rank]] = {}
        # the same for each period and newspaper, where more is said than is kept
        self._node_parts: dict[str, dict[Part, list[Rank]]] = {}
        self._edge_parts: dict[Link, dict[Part, list[Rank]]] = {}
        for windows, articles, sentences in seen:
            for now, before in windows:
                known = articles.get(now[0].article)
                linked = [*_joined(now, before, pairs)]
                if most:
                    self._rank(now, before, linked, known, sentences)
                self._count(now, linked, self._when(known))
        for relation in relations:
            when = self._when(self._stating.get(relation.article))
            _add_one(self._edge_days, link_of_relation(relation), when)

    @property
    def latest_day(self) -> Day | None:
        """The day of the last article; None if none is dated."""
        return max(self._day_of.values(), default=None)

    def quotations(self, most: int, *, each: bool = False) -> Quotations:
        """The best quotations: both names in one sentence first, then sentences of readable length.

        Of two that are equal in this the older comes first. Each article gives one before any gives
        a second, and a text that several articles print stands once. A relation is quoted by its
        statements.

        Args:
            most: how many of each node and edge, ``self.most`` at the highest.
            each: add the best of each period and newspaper, if they were kept.
        """
        quoter = Quoter(*self._quoted)

        def chosen(ranks: list[Rank], parts: Mapping[Part, list[Rank]]) -> list[Quotation]:
            found = quoter.choose(ranks, most)
            if not each or len(found) == len(ranks):  # no part has another
                return found
            for _, own in sorted((parts or _by_part(ranks)).items()):
                found += quoter.choose(own, _FEW)
            return list(dict.fromkeys(found))

        none: dict[Part, list[Rank]] = {}
        nodes = {
            node: chosen(ranks, self._node_parts.get(node, none))
            for node, ranks in self._node_ranks.items()
        }
        edges = {
            link: chosen(ranks, self._edge_parts.get(link, none))
            for link, ranks in self._edge_ranks.items()
        }
        edges |= statements(self._relations, self._stating, most)
        return Quotations(nodes, edges)

    def timeline(self, unit: Period) -> Timeline:
        """The sentences that name a node, the windows or statements that make an edge, by period.

        Raises:
            ValueError: an unknown unit.
        """
        undated = sum(n for date, n in self._dates.items() if date not in self._day_of)
        return timeline_of(
            self._node_days, self._edge_days, self._day_of.values(), unit, undated=undated
        )

    def tallies(self, unit: Period) -> Tallies:
        """The same by period and newspaper, articles without a date among them.

        Raises:
            ValueError: an unknown unit.
        """
        return tallies_of(self._node_days, self._edge_days, self._day_of.values(), unit)

    def _rank(
        self,
        now: Sequence[Spot],
        before: Sequence[Spot],
        linked: Sequence[Pair],
        article: Article | None,
        sentences: Mapping[tuple[str, int], Sentence],
    ) -> None:
        """Keep the sentences of a window that quote better than those known."""
        name = now[0].article
        date = time_order(article.date if article else "")
        parts = self._parts(article)
        where: dict[str, list[int]] = {}
        for spot in (*before, *now):
            where.setdefault(spot.entity, []).append(spot.sentence)
        length = {n: _length(sentences.get((name, n))) for own in where.values() for n in own}

        @cache
        def rank_of(*numbers: int) -> Rank:
            unreadable = not is_readable(sum(length[n] for n in numbers))
            return Rank(len(numbers), unreadable, date, name, numbers, parts)

        for entity, n in {(spot.entity, spot.sentence) for spot in now}:
            self._keep(self._node_ranks, self._node_parts, entity, rank_of(n))
        for pair in linked:
            one, other = (where[entity] for entity in pair)
            shared = set(one).intersection(other)
            apart = sorted((one[0], other[0]))
            best = min(map(rank_of, shared)) if shared else rank_of(*apart)
            self._keep(self._edge_ranks, self._edge_parts, pair, best)

    def _keep(
        self,
        ranks: dict[_Key, list[Rank]],
        of_parts: dict[_Key, dict[Part, list[Rank]]],
        key: _Key,
        one: Rank,
    ) -> None:
        """Keep a rank of a node or an edge; apart for its parts once there are too many."""
        best = ranks.get(key)
        if best is None:
            ranks[key] = [one]
            return
        if one.parts and (key in of_parts or is_full(best, self.most)):
            if key not in of_parts:
                of_parts[key] = _by_part(best)
            for part in one.parts:
                keep(of_parts[key].setdefault(part, []), one, _FEW)
        keep(best, one, self.most)

    def _parts(self, article: Article | None) -> tuple[Part, ...]:
        """The period and the newspaper of an article, if quotations of each are to be kept."""
        day, source = self._when(article)
        if self.each is None:
            return ()
        period = [("period", name_of(span_of(day, self.each)))] if day else []
        return (*period, *([("source", source)] if source else []))

    def _when(self, article: Article | None) -> tuple[Day | None, str]:
        """Day and newspaper of an article, as far as they are known."""
        if article is None:
            return None, ""
        return self._day_of.get(article.date), article.source

    def _count(
        self, now: Sequence[Spot], linked: Sequence[Pair], when: tuple[Day | None, str]
    ) -> None:
        for node, _ in {(spot.entity, spot.sentence) for spot in now}:
            _add_one(self._node_days, node, when)
        for pair in linked:
            _add_one(self._edge_days, pair, when)

    @cached_property
    def _stating(self) -> Mapping[str, Article]:
        """The articles that state a relation."""
        wanted = {relation.article for relation in self._relations}
        return self._texts.articles(wanted) if wanted else {}

    @cached_property
    def _quoted(self) -> tuple[Mapping[str, Article], Mapping[tuple[str, int], Sentence]]:
        """The articles and sentences of all that may be quoted, fetched once."""
        by_part = (*self._node_parts.values(), *self._edge_parts.values())
        lists = chain(
            self._node_ranks.values(),
            self._edge_ranks.values(),
            *(parts.values() for parts in by_part),
        )
        keys = {(rank.article, n) for ranks in lists for rank in ranks for n in rank.numbers}
        articles = self._texts.articles({article for article, _ in keys})
        return articles, self._texts.sentences(keys)


def _by_part(ranks: Iterable[Rank]) -> dict[Part, list[Rank]]:
    """The best ranks of each period and newspaper."""
    found: dict[Part, list[Rank]] = {}
    for one in ranks:
        for part in one.parts:
            keep(found.setdefault(part, []), one, _FEW)
    return found


def _length(sentence: Sentence | None) -> int:
    return len(sentence.text) if sentence else 0


def _add_one(counts: dict[_Key, DayCounts], key: _Key, when: tuple[Day | None, str]) -> None:
    own = counts.get(key)
    if own is None:
        counts[key] = {when: 1}
    else:
        own[when] = own.get(when, 0) + 1


def _joined(
    now: Sequence[Spot], before: Sequence[Spot], pairs: Container[Pair] | None
) -> Iterator[Pair]:
    """The pairs of a window that count: both now, or one now and one within reach."""
    here = sorted({spot.entity for spot in now})
    reached = {spot.entity for spot in before}.difference(here)
    across = ((min(a, b), max(a, b)) for b in reached for a in here)
    for pair in (*combinations(here, 2), *across):
        if pairs is None or pair in pairs:
            yield pair
