"""How often the nodes and edges of a graph are spoken of, by period and by newspaper."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from entextract.export.changes import Changes
from entextract.export.quotations import Link, link_of
from entextract.records.calendar import Day, Period, Span, check_period, day_of, span_of, spans

When = tuple[Day | None, str]  # day and newspaper; no day for articles without a date
DayCounts = Mapping[When, int]  # how many sentences or windows
Tally = tuple[int, int, int]  # number of the period or -1, number of the newspaper, count
_Key = TypeVar("_Key")
_MOST_PERIODS = 1000


@dataclass(slots=True)
class Timeline:
    """How often each node and edge is spoken of in each period, by number of the period."""

    periods: list[Span] = field(default_factory=list)
    nodes: dict[str, dict[int, int]] = field(default_factory=dict)
    edges: dict[Link, dict[int, int]] = field(default_factory=dict)
    undated: int = 0  # articles without a date, which stand in no period

    def of_edge(self, source: str, target: str, kind: str = "") -> Mapping[int, int]:
        return self.edges.get(link_of(source, target, kind), {})

    def intervals(self, numbers: Iterable[int]) -> Iterator[tuple[str, str]]:
        """First and last second of each run of periods: Gephi drops intervals that overlap.

        >>> periods = [(Day(2024, 1, 1), Day(2024, 1, 31)), (Day(2024, 2, 1), Day(2024, 2, 29))]
        >>> list(Timeline(periods).intervals([0, 1]))
        [('2024-01-01T00:00:00', '2024-02-29T23:59:59')]
        """
        runs: list[list[int]] = []
        for one in sorted(numbers):
            if runs and one == runs[-1][1] + 1:
                runs[-1][1] = one
            else:
                runs.append([one, one])
        for first, last in runs:
            start, end = self.periods[first][0], self.periods[last][1]
            yield f"{start}T00:00:00", f"{end}T23:59:59"

    def tell_undated(self, changes: Changes) -> None:
        """Say how many articles the file has no time for."""
        if self.undated:
            some = "1 article stands" if self.undated == 1 else f"{self.undated} articles stand"
            changes.add(f"{some} in no period, for want of a date")


@dataclass(slots=True)
class Tallies:
    """How often each node and edge is spoken of, by period and by newspaper."""

    periods: list[Span] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    nodes: dict[str, Sequence[Tally]] = field(default_factory=dict)
    edges: dict[Link, Sequence[Tally]] = field(default_factory=dict)

    def of_edge(self, source: str, target: str, kind: str = "") -> Sequence[Tally]:
        return self.edges.get(link_of(source, target, kind), ())

    def number_of(self, date: str) -> int:
        """The number of the period that a date is in; -1 for none."""
        day = day_of(date)
        return bisect_right(self.periods, day, key=lambda span: span[0]) - 1 if day else -1


def timeline_of(
    nodes: Mapping[str, DayCounts],
    edges: Mapping[Link, DayCounts],
    days: Iterable[Day],
    unit: Period,
    *,
    undated: int,
) -> Timeline:
    """Sum what was counted day by day into periods.

    Periods without an article are there too, so that a slider moves evenly; unless there would be
    more than a thousand, as when one date is wrong.

    Args:
        nodes: for each node, how many sentences name it on each day.
        edges: for each link, how many windows or statements make it on each day.
        days: every day that an article has, in any order.
        unit: week, month or year.
        undated: how many articles have no date.

    Raises:
        ValueError: an unknown unit.

    >>> one, other = Day(2024, 1, 31), Day(2024, 3, 1)
    >>> counts = {"a": {(one, "Le Pli"): 2, (other, ""): 1, (None, ""): 5}}
    >>> timeline_of(counts, {}, [one, other], "month", undated=0).nodes
    {'a': {0: 2, 2: 1}}
    """
    tallies = tallies_of(nodes, edges, days, unit)
    return Timeline(tallies.periods, _dated(tallies.nodes), _dated(tallies.edges), undated)


def _dated(tallies: Mapping[_Key, Sequence[Tally]]) -> dict[_Key, dict[int, int]]:
    """The counts by period alone, without those of no date."""
    found: dict[_Key, dict[int, int]] = {}
    for key, counts in tallies.items():
        for period, _, count in counts:
            if period >= 0:
                own = found.setdefault(key, {})
                own[period] = own.get(period, 0) + count
    return found


def tallies_of(
    nodes: Mapping[str, DayCounts],
    edges: Mapping[Link, DayCounts],
    days: Iterable[Day],
    unit: Period,
) -> Tallies:
    """Sum what was counted day by day into periods, apart for each newspaper.

    The arguments are those of ``timeline_of``; what has no date is kept, in no period.
    """
    check_period(unit)
    known = sorted(days)
    periods = _all_periods(known, unit)
    numbers = {span: number for number, span in enumerate(periods)}
    number_of: dict[Day | None, int] = {day: numbers[span_of(day, unit)] for day in known}
    number_of[None] = -1
    every = [*nodes.values(), *edges.values()]
    sources = sorted({source for counts in every for _, source in counts if source})
    place = {source: number for number, source in enumerate(sources)}
    place[""] = -1

    @cache
    def alone(when: When, count: int) -> Sequence[Tally]:
        """Of what one day speaks of; most edges, which share it."""
        day, source = when
        return [(number_of[day], place[source], count)]

    def summed(counts: Mapping[_Key, DayCounts]) -> dict[_Key, Sequence[Tally]]:
        found: dict[_Key, Sequence[Tally]] = {}
        for key, by_day in counts.items():
            if len(by_day) == 1:
                found[key] = alone(*next(iter(by_day.items())))
                continue
            total: dict[tuple[int, int], int] = {}
            for (day, source), count in by_day.items():
                where = number_of[day], place[source]
                total[where] = total.get(where, 0) + count
            found[key] = [(*where, count) for where, count in sorted(total.items())]
        return found

    return Tallies(periods, sources, summed(nodes), summed(edges))


def _all_periods(days: list[Day], unit: Period) -> list[Span]:
    length = {"week": 7, "month": 30, "year": 365}[unit]
    if not days or (days[-1] - days[0]).days > _MOST_PERIODS * length:
        return sorted({span_of(day, unit) for day in days})
    return list(spans(days[0], days[-1], unit))
