"""Where the nodes and edges of a graph are spoken of: one pass over a corpus serves every file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import chain, combinations
from operator import attrgetter
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
from entextract.records.calendar import Period, day_of, name_of, span_of, time_order
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


class _Noted(NamedTuple):
    """What is known of a node or an edge.

    What one sentence of one window says, and that is all of most edges, they share; its days are
    read-only for that reason.
    """

    best: Best
    days: DayCounts


_best = attrgetter("best")


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
        pairs: Mapping[Pair, Pair] | None = None,
        each: Period | None = None,
    ) -> None:
        """Read ``seen`` once, to its end.

        Args:
            seen: who is named together, some articles at a time.
            texts: finds again the sentences that are quoted, and the articles of relations.
            dates: how many articles have each date, those that name nobody too.
            most: how many quotations to keep of each node and edge; 0 to look for none.
            relations: what is stated.
            pairs: the edges of co-mention to follow, each as key and value, so that it is held
                once; all when none.
            each: keep some quotations of each of these periods and of each newspaper too, so that
                there is something to read whichever is chosen.
        """
        self.most = most
        self.each = each
        self._texts = texts
        self._relations = relations
        self._dates = dates
        self._day_of = {date: day for date in dates if (day := day_of(date))}
        self._nodes: dict[str, _Noted] = {}
        self._edges: dict[Link, _Noted] = {}
        # the best of each period and newspaper, where more is said than is kept
        self._node_parts: dict[str, dict[Part, Best]] = {}
        self._edge_parts: dict[Link, dict[Part, Best]] = {}
        for windows, articles, sentences in seen:
            for now, before in windows:
                known = articles.get(now[0].article)
                linked = _joined(now, before, pairs)
                self._note_window(now, before, linked, known, sentences)
        for relation in relations:
            when = self._when(self._stating.get(relation.article))
            new = _Noted((), MappingProxyType({when: 1}))
            self._note(self._edges, self._edge_parts, link_of_relation(relation), new)

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
            noted: Mapping[_Key, _Noted], of_parts: Mapping[_Key, Mapping[Part, Best]]
        ) -> dict[_Key, Sequence[Quotation]]:
            found = {}
            for key, (best, _) in noted.items():
                quoted = found[key] = quoter.choose(best, most)
                if each and len(quoted) < len(best):  # a part may have another
                    parts = sorted((of_parts.get(key) or _by_part(best)).items())
                    others = (quoter.choose(own, _FEW) for _, own in parts)
                    found[key] = [*dict.fromkeys(chain(quoted, *others))]
            return found

        edges = chosen(self._edges, self._edge_parts)
        edges |= statements(self._relations, self._stating, most)
        return Quotations(chosen(self._nodes, self._node_parts), edges)

    def timeline(self, unit: Period) -> Timeline:
        """The sentences that name a node, the windows or statements that make an edge, by period.

        Raises:
            ValueError: an unknown unit.
        """
        undated = sum(n for date, n in self._dates.items() if date not in self._day_of)
        return timeline_of(
            _days(self._nodes), _days(self._edges), self._day_of.values(), unit, undated=undated
        )

    def tallies(self, unit: Period) -> Tallies:
        """The same by period and newspaper, articles without a date among them.

        Raises:
            ValueError: an unknown unit.
        """
        return tallies_of(_days(self._nodes), _days(self._edges), self._day_of.values(), unit)

    def _note_window(
        self,
        now: Sequence[Spot],
        before: Sequence[Spot],
        linked: Iterable[Pair],
        article: Article | None,
        sentences: Mapping[tuple[str, int], Sentence],
    ) -> None:
        """Note what a window says of its nodes and edges, and when."""
        name = now[0].article
        date = time_order(article.date if article else "")
        parts = self._parts(article)
        once = MappingProxyType({self._when(article): 1})
        where: dict[str, tuple[int, ...]] = {}
        for spot in (*before, *now):
            where[spot.entity] = (*where.get(spot.entity, ()), spot.sentence)
        length = {n: _length(sentences.get((name, n))) for own in where.values() for n in own}

        # cached: many are named in the same sentences, and then share what is noted of them
        @cache
        def alone(*numbers: int) -> _Noted:
            if not self.most:
                return _Noted((), once)
            unreadable = not is_readable(sum([length[n] for n in numbers]))
            return _Noted((Rank(len(numbers), unreadable, date, name, numbers, parts),), once)

        @cache
        def together(one: tuple[int, ...], other: tuple[int, ...]) -> _Noted:
            if shared := set(one).intersection(other):
                return min(map(alone, shared), key=_best)
            return alone(*sorted((one[0], other[0])))

        for entity, n in {(spot.entity, spot.sentence) for spot in now}:
            self._note(self._nodes, self._node_parts, entity, alone(n))
        for pair in linked:
            one, other = pair
            new = together(where[one], where[other])
            if self._edges.setdefault(pair, new) is not new:
                self._note(self._edges, self._edge_parts, pair, new)

    def _note(
        self,
        noted: dict[_Key, _Noted],
        of_parts: dict[_Key, dict[Part, Best]],
        key: _Key,
        new: _Noted,
    ) -> None:
        """Add to what is known of a node or an edge; to its parts once there is too much."""
        known = noted.setdefault(key, new)
        if known is new:
            return
        best = known.best
        for one in new.best:
            if one.parts and (key in of_parts or is_full(best, self.most)):
                if key not in of_parts:
                    of_parts[key] = _by_part(best)
                for part in one.parts:
                    of_parts[key][part] = better_of(of_parts[key].get(part, ()), one, _FEW)
            best = better_of(best, one, self.most)
        days = known.days if isinstance(known.days, dict) else dict(known.days)
        for when in new.days:
            days[when] = days.get(when, 0) + 1
        noted[key] = _Noted(best, days)

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
            (noted.best for noted in chain(self._nodes.values(), self._edges.values())),
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


def _days(noted: Mapping[_Key, _Noted]) -> dict[_Key, DayCounts]:
    return {key: days for key, (_, days) in noted.items()}


def _joined(
    now: Sequence[Spot], before: Sequence[Spot], pairs: Mapping[Pair, Pair] | None
) -> list[Pair]:
    """The pairs of a window that count: both now, or one now and one within reach."""
    here = sorted({spot.entity for spot in now})
    reached = {spot.entity for spot in before}.difference(here)
    across = ((min(a, b), max(a, b)) for b in reached for a in here)
    every = chain(combinations(here, 2), across)
    return [*every] if pairs is None else [*filter(None, map(pairs.get, every))]
