"""The sentences that best show an entity or a link, and when each is spoken of: one reading."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Protocol, TypeVar

from entextract.kinds import COMENTION, edge_key
from entextract.records import Article, Relation, Sentence
from entextract.times import Day, Period, Span, check_period, day_of, span_of, spans

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


def timeline(
    windows: Iterable[tuple[Sequence[Spot], Sequence[Spot]]],
    articles: Mapping[str, Article],
    unit: Period,
    *,
    relations: Iterable[Relation] = (),
    pairs: Container[Pair] | None = None,
) -> Timeline:
    """Count sentences that name a node, windows or statements that make an edge, by period.

    Periods without an article are there too, so that a slider moves evenly; unless there would be
    more than a thousand, as when one date is wrong.

    Args:
        windows: who is named together.
        articles: where, by id.
        unit: week, month or year.
        relations: what is stated.
        pairs: the edges of co-mention to count; all when none.

    Raises:
        ValueError: an unknown unit.
    """
    check_period(unit)
    days = {name: day_of(article.date) for name, article in articles.items()}
    found = Timeline(_all_periods(sorted({day for day in days.values() if day}), unit))
    found.undated = sum(day is None for day in days.values())
    numbers = {span: number for number, span in enumerate(found.periods)}
    number_of = {name: numbers[span_of(day, unit)] for name, day in days.items() if day}
    for now, before in windows:
        number = number_of.get(now[0].article)
        if number is None:
            continue
        for node, _ in {(spot.entity, spot.sentence) for spot in now}:
            _add_one(found.nodes, node, number)
        for pair in _joined(now, before, pairs):
            _add_one(found.edges, pair, number)
    for relation in relations:
        if relation.article in number_of:
            _add_one(found.edges, _link_of_relation(relation), number_of[relation.article])
    return found


def _add_one(counts: dict[_Key, dict[int, int]], key: _Key, number: int) -> None:
    own = counts.setdefault(key, {})
    own[number] = own.get(number, 0) + 1


def quotations(
    windows: Iterable[tuple[Sequence[Spot], Sequence[Spot]]],
    articles: Mapping[str, Article],
    sentences: Mapping[tuple[str, int], Sentence],
    *,
    most: int,
    relations: Iterable[Relation] = (),
    pairs: Container[Pair] | None = None,
) -> Quotations:
    """The best quotations: both names in one sentence first, then sentences of readable length.

    Of two that are equal in this the older comes first. Each article gives one before any gives a
    second, and a text that several articles print stands once. A relation is quoted by its
    statements. ``relations`` and ``pairs`` are those of ``timeline``.
    """
    edges: dict[Pair, list[tuple[_Rank, tuple[int, ...]]]] = {}
    nodes: dict[str, list[tuple[_Rank, tuple[int, ...]]]] = {}

    def rank(article: str, numbers: tuple[int, ...]) -> _Rank:
        lengths = [len(sentences[article, n].text) for n in numbers if (article, n) in sentences]
        date = articles[article].date if article in articles else ""
        return (len(numbers), -(sum(lengths) in _READABLE), date or "9999", article, numbers)

    def keep(best: list[tuple[_Rank, tuple[int, ...]]], one: _Rank) -> None:
        # more than asked for: texts may turn out to be the same, or of one article
        if (one, one[4]) not in best:
            best.append((one, one[4]))
            best.sort()
            del best[4 * most :]

    for now, before in windows:
        article = now[0].article
        where: dict[str, list[int]] = {}
        for spot in (*before, *now):
            where.setdefault(spot.entity, []).append(spot.sentence)
        for entity in {spot.entity for spot in now}:
            for n in {spot.sentence for spot in now if spot.entity == entity}:
                keep(nodes.setdefault(entity, []), rank(article, (n,)))
        for a, b in _joined(now, before, pairs):
            shared = sorted(set(where[a]) & set(where[b]))
            options: list[tuple[int, ...]] = [(n,) for n in shared] or [
                tuple(sorted((where[a][0], where[b][0])))
            ]
            keep(edges.setdefault((a, b), []), min(rank(article, numbers) for numbers in options))

    def read(best: list[tuple[_Rank, tuple[int, ...]]]) -> list[Quotation]:
        texts: dict[str, Quotation] = {}
        seen: set[str] = set()
        first: list[tuple[_Rank, tuple[int, ...]]] = []
        others: list[tuple[_Rank, tuple[int, ...]]] = []
        for one in best:
            (others if one[0][3] in seen else first).append(one)
            seen.add(one[0][3])
        for (*_, article, _), numbers in [*first, *others]:
            parts = [sentences[article, n].text for n in numbers if (article, n) in sentences]
            text = " […] ".join(" ".join(part.split()) for part in parts)
            known = articles.get(article, Article(article, ""))
            if text:
                texts.setdefault(
                    text, Quotation(text, article, known.date, known.source, known.url)
                )
        return list(texts.values())[:most]

    quoted: dict[Link, list[Quotation]] = {pair: read(best) for pair, best in edges.items()}
    quoted |= _statements(relations, articles, most)
    return Quotations({node: read(best) for node, best in nodes.items()}, quoted)


def _statements(
    relations: Iterable[Relation], articles: Mapping[str, Article], most: int
) -> dict[Link, list[Quotation]]:
    """The oldest statements of each relation, one an article, each text once."""
    rows = []
    for relation in relations:
        known = articles.get(relation.article, Article(relation.article, ""))
        rows.append((known.date or "9999", known.id, relation.start, known, relation))
    found: dict[Link, dict[str, Quotation]] = {}
    for *_, known, relation in sorted(rows, key=lambda row: row[:3]):
        text = " ".join(relation.text.split())
        own = found.setdefault(_link_of_relation(relation), {})
        if text and len(own) < most and known.id not in {one.article for one in own.values()}:
            own.setdefault(text, Quotation(text, known.id, known.date, known.source, known.url))
    return {link: list(own.values()) for link, own in found.items()}


def _link_of_relation(relation: Relation) -> Link:
    return relation.source, relation.target, edge_key(relation.kind, relation.status)


_Rank = tuple[int, bool | int, str, str, tuple[int, ...]]


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
