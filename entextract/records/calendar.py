"""Weeks, months and years: the one calendar of slices, time lines and filters."""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, get_args

Day = datetime.date
Span = tuple[Day, Day]  # first and last day
TimeOrder = tuple[Day, str]
Period = Literal["year", "month", "week"]


@lru_cache(maxsize=50_000)
def day_of(date: str) -> Day | None:
    """The day of an ISO date, with or without an hour.

    >>> day_of("2024-03-09T10:30"), day_of("hier")
    (datetime.date(2024, 3, 9), None)
    """
    try:
        return Day.fromisoformat(date[:10])
    except ValueError:
        return None  # undated, or dated in words


def latest_day(dates: Iterable[str]) -> Day | None:
    """The last day of some dates; None if none is a date."""
    return max((day for date in dates if (day := day_of(date))), default=None)


def time_order(date: str) -> TimeOrder:
    """What sorts dates as time goes, hours within a day too; what is not a date comes last.

    >>> sorted(["", "hier", "2024-03-09T18:00", "2023-12-01", "2024-03-09"], key=time_order)
    ['2023-12-01', '2024-03-09', '2024-03-09T18:00', '', 'hier']
    """
    return day_of(date) or Day.max, date


def check_period(period: str) -> None:
    """Refuse what is not a ``Period``."""
    if period not in get_args(Period):
        raise ValueError(f"no period {period!r}: choose {', '.join(get_args(Period))}")


def span_of(day: Day, period: Period) -> Span:
    """First and last day of the period that holds a day; weeks begin on Monday.

    >>> [end.isoformat() for end in span_of(datetime.date(2024, 2, 9), "month")]
    ['2024-02-01', '2024-02-29']
    """
    if period == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    if period == "month":
        _, length = monthrange(day.year, day.month)
        return day.replace(day=1), day.replace(day=length)
    first = day - datetime.timedelta(day.weekday())
    # the last week there is has no Sunday
    return first, Day.fromordinal(min(first.toordinal() + 6, Day.max.toordinal()))


def spans(first: Day, last: Day, period: Period) -> Iterator[Span]:
    """The periods from one day to another, without gaps."""
    span = span_of(first, period)
    while True:
        yield span
        if span[1] >= last:
            return
        span = span_of(span[1] + datetime.timedelta(1), period)


def name_of(span: Span) -> str:
    """A name that sorts as time goes.

    >>> [name_of(span_of(datetime.date(2024, 12, 30), p)) for p in ("year", "month", "week")]
    ['2024', '2024-12', '2025-W01']
    """
    first, _ = span
    if span == span_of(first, "year"):
        return f"{first.year:04}"
    if span == span_of(first, "month"):
        return f"{first.year:04}-{first.month:02}"
    year, week, _ = first.isocalendar()
    return f"{year:04}-W{week:02}"
