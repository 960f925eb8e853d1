"""How often the nodes and edges of a graph are spoken of, period after period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from entextract.export.quotations import Link, link_of
from entextract.records.calendar import Day, Period, Span, check_period, span_of, spans

DayCounts = dict[Day, int]
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
    >>> timeline_of({"a": {one: 2, other: 1}}, {}, [one, other], "month", undated=0).nodes
    {'a': {0: 2, 2: 1}}
    """
    check_period(unit)
    known = sorted(days)
    periods = _all_periods(known, unit)
    numbers = {span: number for number, span in enumerate(periods)}
    number_of = {day: numbers[span_of(day, unit)] for day in known}

    def summed(counts: Mapping[_Key, DayCounts]) -> dict[_Key, dict[int, int]]:
        found: dict[_Key, dict[int, int]] = {}
        for key, by_day in counts.items():
            total: Counter[int] = Counter()
            for day, count in by_day.items():
                total[number_of[day]] += count
            found[key] = dict(total)
        return found

    return Timeline(periods, summed(nodes), summed(edges), undated)


def _all_periods(days: list[Day], unit: Period) -> list[Span]:
    length = {"week": 7, "month": 30, "year": 365}[unit]
    if not days or (days[-1] - days[0]).days > _MOST_PERIODS * length:
        return sorted({span_of(day, unit) for day in days})
    return list(spans(days[0], days[-1], unit))
