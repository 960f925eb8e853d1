"""When something happened, as a sentence says it, and the date that this is on a given day.

Own code, for dateparser knows neither « mardi dernier » nor « ce mardi », « mardi soir » or
« l'an dernier », gives « en mars » a day, and is slower by the text than all our relations.
"""

from __future__ import annotations

import datetime
from calendar import monthrange
from dataclasses import dataclass
from typing import Literal

from entextract.records.calendar import Day, name_of, span_of

Unit = Literal["day", "week", "month", "year"]
_NEAREST = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, week, month or year: named, or counted from the day of the article.

    Attributes:
        unit: how precise it is.
        year: 0 where the sentence leaves it out, as are month and day.
        month: from 1 to 12.
        day: of the month.
        weekday: from 1, Monday, to 7, for « mardi ».
        shift: units from the day of the article, for « hier » and « la semaine dernière ».
        direction: where to look for what was left out: -1 before that day or on it, 1 after it or
            on it, 0 nearest to it; -2 and 2 leave out the day itself.

    >>> Moment("day", weekday=2, direction=-1).date(Day(2024, 3, 9))
    '2024-03-05'
    >>> Moment("week", shift=-1).date(Day(2024, 3, 9)), Moment("year", year=2012).date(None)
    ('2024-W09', '2012')
    """

    unit: Unit
    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = 0
    shift: int = 0
    direction: int = _NEAREST

    def date(self, today: Day | None) -> str:
        """Its date in ISO 8601, as precise as is known; empty where the day is needed, or wrong.

        Args:
            today: the day of the article, None where it has no date.
        """
        try:
            if self.year:
                return self._named(self.year)
            if today is None:
                return ""
            return self._found(today)
        except (ValueError, OverflowError):  # « le 31 février », a year that no calendar has
            return ""

    def _named(self, year: int) -> str:
        first = Day(year, self.month or 1, self.day or 1)
        if self.day:
            return first.isoformat()
        return name_of(span_of(first, "month" if self.month else "year"))

    def _found(self, today: Day) -> str:
        if self.weekday:
            after = (self.weekday - today.isoweekday()) % 7
            days = [after - 7, after, after + 7]
            return Day.fromordinal(today.toordinal() + self._choose(days)).isoformat()
        if self.month:
            years = [today.year - 1, today.year, today.year + 1]
            away = {year: self._days_to(year, today) for year in years}
            chosen = self._choose([days for days in away.values() if days is not None])
            return self._named(next(year for year in years if away[year] == chosen))
        return self._shifted(today)

    def _days_to(self, year: int, today: Day) -> int | None:
        """Days to the moment in a year, 0 inside it; None on « le 29 février » of most years."""
        _, length = monthrange(year, self.month)
        if self.day > length:
            return None
        first = Day(year, self.month, self.day or 1)
        last = Day(year, self.month, self.day or length)
        return 0 if first <= today <= last else (first - today).days

    def _choose(self, days: list[int]) -> int:
        if abs(self.direction) > 1:
            days = [d for d in days if d]
        right = [d for d in days if d * self.direction >= 0]
        return min(right, key=abs)

    def _shifted(self, today: Day) -> str:
        if self.unit == "day":
            return (today + datetime.timedelta(self.shift)).isoformat()
        if self.unit == "week":
            return name_of(span_of(today + datetime.timedelta(7 * self.shift), "week"))
        if self.unit == "month":
            years, month = divmod(today.month - 1 + self.shift, 12)
            return name_of(span_of(Day(today.year + years, month + 1, 1), "month"))
        return name_of(span_of(Day(today.year + self.shift, 1, 1), "year"))
