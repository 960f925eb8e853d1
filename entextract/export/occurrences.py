"""Where the nodes and edges of a graph are spoken of: one pass over a corpus serves every file."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import chain, combinations
from types import MappingProxyType
from typing import NamedTuple, Protocol, TypeVar

from entextract.export.quotations import (
    Best,
    Link,
    Part,
    Quotation,
    Quotations,
    Quoter,
    Rank,
    better_of,
    is_full,
    is_readable,
    link_of_relation,
    statements,
)
from entextract.export.timeline import (
    DayCounts,
    Tallies,
    Timeline,
    When,
    tallies_of,
    timeline_of,
)
from entextract.records.calendar import Day, Period, day_of, name_of, span_of, time_order
from entextract.records.nouns import Article, Relation, Sentence

Pair = tuple[str, str]
_Key = TypeVar("_Key")
_Once = MappingProxyType[When, int]  # which cannot be changed by one of those who share it
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
        self._node_ranks: dict[str, Best] = {}
        self._edge_ranks: dict[Link, Best] = {}
        # the same for each period and newspaper, where more is said than is kept
        self._node_parts: dict[str, dict[Part, Best]] = {}
        self._edge_parts: dict[Link, dict[Part, Best]] = {}
        for windows, articles, sentences in seen:
            for now, before in windows:
                known = articles.get(now[0].article)
                named = {(spot.entity, spot.sentence) for spot in now}
                linked = _joined(now, before, pairs)
                if most:
                    self._rank(named, [*before, *now], linked, known, sentences)
                once = MappingProxyType({self._when(known): 1})
                for node, _ in named:
                    _add(self._node_days, node, once)
                for pair in linked:
                    _add(self._edge_days, pair, once)
        for relation in relations:
            once = MappingProxyType({self._when(self._stating.get(relation.article)): 1})
            _add(self._edge_days, link_of_relation(relation), once)

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
        if not most:
            return Quotations()
        quoter = Quoter(*self._quoted)

        def chosen(
            ranks: Mapping[_Key, Best], of_parts: Mapping[_Key, Mapping[Part, Best]]
        ) -> dict[_Key, Sequence[Quotation]]:
            found = {}
            for key, best in ranks.items():
                quoted = found[key] = quoter.choose(best, most)
                if each and len(quoted) < len(best):  # a part may have another
                    parts = sorted((of_parts.get(key) or _by_part(best)).items())
                    others = (quoter.choose(own, _FEW) for _, own in parts)
                    found[key] = [*dict.fromkeys(chain(quoted, *others))]
            return found

        edges = chosen(self._edge_ranks, self._edge_parts)
        edges |= statements(self._relations, self._stating, most)
        return Quotations(chosen(self._node_ranks, self._node_parts), edges)

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
        named: Iterable[tuple[str, int]],
        spots: Sequence[Spot],
        linked: Iterable[Pair],
        article: Article | None,
        sentences: Mapping[tuple[str, int], Sentence],
    ) -> None:
        """Keep the sentences of a window that quote better than those known."""
        name = spots[-1].article
        date = time_order(article.date if article else "")
        parts = self._parts(article)
        where: dict[str, tuple[int, ...]] = {}
        for spot in spots:
            where[spot.entity] = (*where.get(spot.entity, ()), spot.sentence)

        # cached: many are named in the same sentences, and then share what is kept of them
        @cache
        def alone(*numbers: int) -> Best:
            length = sum(_length(sentences.get((name, n))) for n in numbers)
            return (Rank(len(numbers), not is_readable(length), date, name, numbers, parts),)

        @cache
        def together(one: tuple[int, ...], other: tuple[int, ...]) -> Best:
            if shared := set(one).intersection(other):
                return min(map(alone, shared))
            return alone(*sorted((one[0], other[0])))

        for entity, n in named:
            self._keep(self._node_ranks, self._node_parts, entity, alone(n))
        for pair in linked:
            best = together(where[pair[0]], where[pair[1]])
            self._keep(self._edge_ranks, self._edge_parts, pair, best)

    def _keep(
        self,
        ranks: dict[_Key, Best],
        of_parts: dict[_Key, dict[Part, Best]],
        key: _Key,
        alone: Best,
    ) -> None:
        """Keep a rank of a node or an edge; apart for its parts once there are too many."""
        best = ranks.setdefault(key, alone)
        if best is alone:
            return
        (one,) = alone
        if one.parts and (key in of_parts or is_full(best, self.most)):
            if key not in of_parts:
                of_parts[key] = _by_part(best)
            for part in one.parts:
                of_parts[key][part] = better_of(of_parts[key].get(part, ()), one, _FEW)
        ranks[key] = better_of(best, one, self.most)

    def _parts(self, article: Article | None) -> tuple[Part, ...]:
        """The period and the newspaper of an article, if quotations of each are to be kept."""
        day, source = self._when(article)
        if self.each is None:
            return ()
        period = [("period", name_of(span_of(day, self.each)))] if day else []
        return (*period, *([("source", source)] if source else []))

    def _when(self, article: Article | None) -> When:
        """Day and newspaper of an article, as far as they are known."""
        if article is None:
            return None, ""
        return self._day_of.get(article.date), article.source

    @cached_property
    def _stating(self) -> Mapping[str, Article]:
        """The articles that state a relation."""
        wanted = {relation.article for relation in self._relations}
        return self._texts.articles(wanted) if wanted else {}

    @cached_property
    def _quoted(self) -> tuple[Mapping[str, Article], Mapping[tuple[str, int], Sentence]]:
        """The articles and sentences of all that may be quoted, fetched once."""
        return (
            self._texts.articles(article for article, _ in self._wanted()),
            self._texts.sentences(self._wanted()),
        )

    def _wanted(self) -> Iterator[tuple[str, int]]:
        """All that may be quoted, worked out only if somebody asks: rows in memory do not."""
        by_part = (*self._node_parts.values(), *self._edge_parts.values())
        lists = chain(
            self._node_ranks.values(),
            self._edge_ranks.values(),
            *(parts.values() for parts in by_part),
        )
        ranks = set(chain.from_iterable(lists))
        yield from {(rank.article, n) for rank in ranks for n in rank.numbers}


def _by_part(ranks: Iterable[Rank]) -> dict[Part, Best]:
    """The best ranks of each period and newspaper."""
    found: dict[Part, Best] = {}
    for one in ranks:
        for part in one.parts:
            found[part] = better_of(found.get(part, ()), one, _FEW)
    return found


def _length(sentence: Sentence | None) -> int:
    return len(sentence.text) if sentence else 0


def _add(counts: dict[_Key, DayCounts], key: _Key, once: _Once) -> None:
    """Count once more; what is met once, as most edges are, shares ``once`` with others."""
    own = counts.get(key)
    if own is None:
        counts[key] = once
        return
    if not isinstance(own, dict):
        own = counts[key] = dict(own)
    for when in once:
        own[when] = own.get(when, 0) + 1


def _joined(
    now: Sequence[Spot], before: Sequence[Spot], pairs: Container[Pair] | None
) -> list[Pair]:
    """The pairs of a window that count: both now, or one now and one within reach."""
    here = sorted({spot.entity for spot in now})
    reached = {spot.entity for spot in before}.difference(here)
    across = ((min(a, b), max(a, b)) for b in reached for a in here)
    every = chain(combinations(here, 2), across)
    return [*every] if pairs is None else [*filter(pairs.__contains__, every)]
