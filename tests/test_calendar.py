"""Weeks, months and years, to the last day there is."""

from datetime import date

import pytest

from entextract.records.calendar import Period, check_period, day_of, name_of, span_of, spans


@pytest.mark.parametrize(
    ("day", "period", "first", "last", "name"),
    [
        ("2024-01-31", "month", "2024-01-01", "2024-01-31", "2024-01"),
        ("2023-02-01", "month", "2023-02-01", "2023-02-28", "2023-02"),
        ("2024-04-30", "month", "2024-04-01", "2024-04-30", "2024-04"),
        ("2024-12-15", "month", "2024-12-01", "2024-12-31", "2024-12"),
        ("9999-12-31", "month", "9999-12-01", "9999-12-31", "9999-12"),
        ("0987-05-05", "year", "0987-01-01", "0987-12-31", "0987"),
        ("2024-02-29", "year", "2024-01-01", "2024-12-31", "2024"),
        ("2024-01-07", "week", "2024-01-01", "2024-01-07", "2024-W01"),
        ("2024-01-08", "week", "2024-01-08", "2024-01-14", "2024-W02"),
        ("2027-01-01", "week", "2026-12-28", "2027-01-03", "2026-W53"),
        ("9999-12-31", "week", "9999-12-27", "9999-12-31", "9999-W52"),
    ],
)
def test_periods(day: str, period: Period, first: str, last: str, name: str) -> None:
    span = span_of(date.fromisoformat(day), period)
    assert span == (date.fromisoformat(first), date.fromisoformat(last))
    assert name_of(span) == name


def test_periods_follow_each_other_without_gaps() -> None:
    found = [name_of(span) for span in spans(date(2023, 11, 30), date(2024, 2, 1), "month")]
    assert found == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert len(list(spans(date(2024, 1, 1), date(2024, 1, 7), "week"))) == 1
    assert len(list(spans(date(2024, 1, 1), date(2024, 1, 8), "week"))) == 2


def test_day_of_a_date() -> None:
    assert day_of("2024-03-09T23:00") == date(2024, 3, 9)
    assert [day_of(text) for text in ("", "2024-03", "2024-02-30", "hier")] == [None] * 4


def test_other_periods_are_refused() -> None:
    with pytest.raises(ValueError, match="no period 'day': choose year, month, week"):
        check_period("day")
