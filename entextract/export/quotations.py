"""The sentences that best show an entity or a link, and when each is spoken of: one reading."""

from __future__ import annotations

from bisect import insort
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple, Protocol, TypeVar

from entextract.records.calendar import (
    Day,
    Period,
    Span,
    TimeOrder,
    check_period,
    day_of,
    span_of,
    spans,
    time_order,
)
from entextract.records.edge_keys import COMENTION, edge_key
from entextract.records.nouns import Article, Relation, Sentence

Pair = tuple[str, str]
# two ids in order for a co-mention; source, target and kind for a relation
Link = tuple[str, ...]
_READABLE = range(60, 321)  # characters: long enough to tell something, short enough to read
_MOST_PERIODS = 1000
_Key = TypeVar("_Key")


class Spot(Protocol):
    """A sentence that names an entity."""

    @property
    def article(self) -> str: ...
    @property
    def sentence(self) -> int: ...
    @property
    def entity(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence, or two joined by […], and where it stands."""

    text: str
    article: str
    date: str = ""
    source: str = ""
    url: str = ""

    def __str__(self) -> str:
        """The text with its origin.

        >>> str(Quotation("Paris répond.", "a1", "2024-03-09", "Le Quotidien"))
        'Paris répond. (Le Quotidien, 2024-03-09)'
        """
        return f"{self.text} ({', '.join(filter(None, (self.source or self.article, self.date)))})"


@dataclass(slots=True)
class Quotations:
    """The best quotations of nodes and of edges, best first."""

    nodes: dict[str, list[Quotation]] = field(default_factory=dict)
    edges: dict[Link, list[Quotation]] = field(default_factory=dict)

    def of_edge(self, source: str, target: str, kind: str = "") -> Sequence[Quotation]:
        return self.edges.get(link_of(source, target, kind), ())


@dataclass(slots=True)
class Timeline:
    """How often each node and edge is spoken of in each period, by number of the period."""

    periods: list[Span] = field(default_factory=list)
    nodes: dict[str, dict[int, int]] = field(default_factory=dict)
    edges: dict[Link, dict[int, int]] = field(default_factory=dict)
    undated: int = 0  # articles without a date, which stand in no period

    def of_edge(self, source: str, target: str, kind: str = "") -> Mapping[int, int]:
        return self.edges.get(link_of(source, target, kind), {})


def link_of(source: str, target: str, kind: str = "") -> Link:
    """What names an edge here.

    >>> link_of("b", "a"), link_of("b", "a", "accuse")
    (('a', 'b'), ('b', 'a', 'accuse'))
    """
    if kind not in ("", COMENTION):
        return source, target, kind
    return (source, target) if source < target else (target, source)


class Texts(Protocol):
    """Where articles and sentences are found again."""

    def articles(self, ids: Iterable[str]) -> Mapping[str, Article]: ...
    def sentences(self, keys: Iterable[tuple[str, int]]) -> Mapping[tuple[str, int], Sentence]: ...


class Seen(NamedTuple):
    """Who is named together in some articles, with these articles and their sentences."""

    windows: Iterable[tuple[Sequence[Spot], Sequence[Spot]]]
    articles: Mapping[str, Article]
    sentences: Mapping[tuple[str, int], Sentence]


def timeline(
    seen: Iterable[Seen],
    dates: Mapping[str, int],
    unit: Period,
    *,
    texts: Texts,
    relations: Sequence[Relation] = (),
    pairs: Container[Pair] | None = None,
) -> Timeline:
    """Count sentences that name a node, windows or statements that make an edge, by period.

    Periods without an article are there too, so that a slider moves evenly; unless there would be
    more than a thousand, as when one date is wrong.

    Args:
        seen: who is named together, some articles at a time.
        dates: how many articles have each date, those that name nobody too.
        unit: week, month or year.
        texts: finds the articles of relations.
        relations: what is stated.
        pairs: the edges of co-mention to count; all when none.

    Raises:
        ValueError: an unknown unit.
    """
    check_period(unit)
    days = {date: day_of(date) for date in dates}
    found = Timeline(_all_periods(sorted({day for day in days.values() if day}), unit))
    found.undated = sum(count for date, count in dates.items() if not days[date])
    numbers = {span: number for number, span in enumerate(found.periods)}
    number_of = {date: numbers[span_of(day, unit)] for date, day in days.items() if day}
    for windows, articles, _ in seen:
        for now, before in windows:
            known = articles.get(now[0].article)
            number = number_of.get(known.date) if known else None
            if number is None:
                continue
            for node, _ in {(spot.entity, spot.sentence) for spot in now}:
                _add_one(found.nodes, node, number)
            for pair in _joined(now, before, pairs):
                _add_one(found.edges, pair, number)
    articles = texts.articles({relation.article for relation in relations})
    for relation in relations:
        known = articles.get(relation.article)
        if known and known.date in number_of:
            _add_one(found.edges, _link_of_relation(relation), number_of[known.date])
    return found


def _add_one(counts: dict[_Key, dict[int, int]], key: _Key, number: int) -> None:
    own = counts.setdefault(key, {})
    own[number] = own.get(number, 0) + 1


def quotations(
    seen: Iterable[Seen],
    texts: Texts,
    *,
    most: int,
    relations: Sequence[Relation] = (),
    pairs: Container[Pair] | None = None,
) -> Quotations:
    """The best quotations: both names in one sentence first, then sentences of readable length.

    Of two that are equal in this the older comes first. Each article gives one before any gives a
    second, and a text that several articles print stands once. A relation is quoted by its
    statements. ``texts`` finds again what is quoted; ``seen``, ``relations`` and ``pairs`` are
    those of ``timeline``.
    """
    nodes: dict[str, list[_Rank]] = {}
    edges: dict[Pair, list[_Rank]] = {}
    for windows, articles, sentences in seen:
        for now, before in windows:
            _rank_window(now, before, _Ranking(articles, sentences), most, pairs, nodes, edges)
    best = [rank for ranks in (*nodes.values(), *edges.values()) for rank in ranks]
    quoted = {(rank.article, n) for rank in best for n in rank.numbers}
    stating = {relation.article for relation in relations}
    known = texts.articles({article for article, _ in quoted} | stating)
    read = _Reading(known, texts.sentences(quoted), most)
    found: dict[Link, list[Quotation]] = {pair: read(ranks) for pair, ranks in edges.items()}
    found |= _statements(relations, known, most)
    return Quotations({node: read(ranks) for node, ranks in nodes.items()}, found)


class _Rank(NamedTuple):
    """How well some sentences of an article quote: the lowest is the best."""

    sentences: int
    unreadable: bool
    date: TimeOrder
    article: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Ranking:
    articles: Mapping[str, Article]
    sentences: Mapping[tuple[str, int], Sentence]

    def __call__(self, article: str, numbers: tuple[int, ...]) -> _Rank:
        found = (self.sentences.get((article, n)) for n in numbers)
        length = sum(len(sentence.text) for sentence in found if sentence)
        known = self.articles.get(article)
        date = known.date if known else ""
        unreadable = length not in _READABLE
        return _Rank(len(numbers), unreadable, time_order(date), article, numbers)


def _rank_window(
    now: Sequence[Spot],
    before: Sequence[Spot],
    rank: _Ranking,
    most: int,
    pairs: Container[Pair] | None,
    nodes: dict[str, list[_Rank]],
    edges: dict[Pair, list[_Rank]],
) -> None:
    """Keep what a window has better than was known."""
    article = now[0].article
    where: dict[str, list[int]] = {}
    for spot in (*before, *now):
        where.setdefault(spot.entity, []).append(spot.sentence)
    for entity in {spot.entity for spot in now}:
        for n in {spot.sentence for spot in now if spot.entity == entity}:
            _keep(nodes.setdefault(entity, []), rank(article, (n,)), most)
    for a, b in _joined(now, before, pairs):
        shared = sorted(set(where[a]) & set(where[b]))
        options: list[tuple[int, ...]] = [(n,) for n in shared] or [
            tuple(sorted((where[a][0], where[b][0])))
        ]
        _keep(edges.setdefault((a, b), []), min(rank(article, one) for one in options), most)


def _keep(best: list[_Rank], one: _Rank, most: int) -> None:
    # more than asked for: texts may turn out to be the same, or of one article
    if len(best) >= 4 * most and one >= best[-1]:
        return
    if one not in best:
        insort(best, one)
        del best[4 * most :]


@dataclass(frozen=True, slots=True)
class _Reading:
    articles: Mapping[str, Article]
    sentences: Mapping[tuple[str, int], Sentence]
    most: int

    def __call__(self, best: list[_Rank]) -> list[Quotation]:
        """The sentences so ranked, one of each article before the others."""
        seen: set[str] = set()
        first: list[_Rank] = []
        others: list[_Rank] = []
        for one in best:
            (others if one.article in seen else first).append(one)
            seen.add(one.article)
        found: dict[str, Quotation] = {}
        for one in (*first, *others):
            sentences = (self.sentences.get((one.article, n)) for n in one.numbers)
            parts = [sentence.text for sentence in sentences if sentence]
            text = " […] ".join(" ".join(part.split()) for part in parts)
            known = self.articles.get(one.article, Article(one.article, ""))
            if text:
                quoted = Quotation(text, one.article, known.date, known.source, known.url)
                found.setdefault(text, quoted)
        return list(found.values())[: self.most]


def _statements(
    relations: Iterable[Relation], articles: Mapping[str, Article], most: int
) -> dict[Link, list[Quotation]]:
    """The oldest statements of each relation, one an article, each text once."""
    rows = []
    for relation in relations:
        known = articles.get(relation.article, Article(relation.article, ""))
        rows.append((time_order(known.date), known.id, relation.start, known, relation))
    found: dict[Link, dict[str, Quotation]] = {}
    for *_, known, relation in sorted(rows, key=lambda row: row[:3]):
        text = " ".join(relation.text.split())
        own = found.setdefault(_link_of_relation(relation), {})
        if text and len(own) < most and known.id not in {one.article for one in own.values()}:
            own.setdefault(text, Quotation(text, known.id, known.date, known.source, known.url))
    return {link: list(own.values()) for link, own in found.items()}


def _link_of_relation(relation: Relation) -> Link:
    return relation.source, relation.target, edge_key(relation.kind, relation.status)


def _joined(
    now: Sequence[Spot], before: Sequence[Spot], pairs: Container[Pair] | None
) -> Iterator[Pair]:
    here = sorted({spot.entity for spot in now})
    reached = {spot.entity for spot in before}.difference(here)
    across = ((min(a, b), max(a, b)) for b in reached for a in here)
    for pair in (*combinations(here, 2), *across):
        if pairs is None or pair in pairs:
            yield pair


def _all_periods(days: list[Day], unit: Period) -> list[Span]:
    length = {"week": 7, "month": 30, "year": 365}[unit]
    if not days or (days[-1] - days[0]).days > _MOST_PERIODS * length:
        return sorted({span_of(day, unit) for day in days})
    return list(spans(days[0], days[-1], unit))
