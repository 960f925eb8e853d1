"""Which of several persons of one surname an article speaks of."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from entextract.linking.contexts import ArticleProfiles, Proximity, _day
from entextract.names.persons import identify

AWA, EWEN = "Awa Kerbrat", "Ewen Kerbrat"
DAY = date(2024, 3, 1)
Noted = tuple[Sequence[str], str, str]  # names, source, day


def after(days: int) -> str:
    return str(DAY + timedelta(days))


def profiles_of(articles: Sequence[Noted]) -> ArticleProfiles:
    profiles = ArticleProfiles()
    for names, source, day in articles:
        profiles.add(names, source, day)
    return profiles


def contexts(*articles: Noted) -> Proximity:
    persons = {name for names, _, _ in articles for name in names if ":" not in name}
    return Proximity(profiles_of(articles), identify(sorted(persons)))


def test_what_is_noted_of_articles() -> None:
    profiles = profiles_of([(["a", "b"], "", ""), ([], "X", ""), (["b", "c"], "Y", str(DAY))])
    assert list(profiles.names) == [0, 1, 1, 2]
    assert list(profiles.ends) == [2, 2, 4]
    assert list(profiles.sources) == [0, 1, 2]
    assert list(profiles.days) == [0, 0, DAY.toordinal()]
    assert list(profiles_of([([], "X", ""), ([], "", ""), ([], "X", "")]).sources) == [1, 0, 1]


@pytest.mark.parametrize(
    ("source", "day", "dated"),
    [("", "", False), ("X", "", True), ("", "2024-03-01", True), ("X", "2024-03-01", True)],
)
def test_a_source_or_a_date_is_enough_to_be_dated(source: str, day: str, dated: bool) -> None:
    assert profiles_of([(["a"], source, day)]).dated is dated
    assert profiles_of([(["a"], source, day), ([], "", "")]).dated is dated


def test_days_are_numbers() -> None:
    assert _day("2024-03-01T10:30") == _day("2024-03-01") == DAY.toordinal()
    assert _day("mars 2024") == _day("") == 0


@pytest.mark.parametrize(
    ("awa", "ewen", "here", "expected"),
    [
        # two names in common, and none with the other
        ((["org:a", "org:b"], "", ""), ([], "", ""), (["org:a", "org:b"], "", ""), AWA),
        ((["org:a"], "", ""), ([], "", ""), (["org:a", "org:b"], "", ""), ""),
        (
            (["org:a", "org:b"], "", ""),
            (["org:b"], "", ""),
            (["org:a", "org:b", "org:c"], "", ""),
            "",
        ),
        (
            (["org:a", "org:b"], "", ""),
            (["org:b", "org:c"], "", ""),
            (["org:a", "org:b", "org:c"], "", ""),
            "",
        ),
        # one, if source or date agree
        ((["org:a"], "X", ""), ([], "", ""), (["org:a"], "X", ""), AWA),
        ((["org:a"], "X", ""), ([], "", ""), (["org:a"], "Y", ""), ""),
        ((["org:a"], "", after(0)), ([], "", ""), (["org:a"], "", after(90)), AWA),
        ((["org:a"], "", after(0)), ([], "", ""), (["org:a"], "", after(91)), ""),
        ((["org:a"], "", after(90)), ([], "", ""), (["org:a"], "", after(0)), AWA),
        ((["org:a"], "", after(91)), ([], "", ""), (["org:a"], "", after(0)), ""),
        ((["org:a"], "", after(0)), ([], "", ""), (["org:a"], "", ""), ""),
        ((["org:a"], "", ""), ([], "", ""), (["org:a"], "", after(0)), ""),
        (([], "X", ""), ([], "", ""), (["org:a"], "X", ""), ""),
        # persons of full name are names too; those who are asked about are not
        ((["Lena Dovrin", "org:a"], "", ""), ([], "", ""), (["Lena Dovrin", "org:a"], "", ""), AWA),
        ((["Dovrin", "org:a"], "", ""), ([], "", ""), (["Dovrin", "org:a"], "", ""), ""),
        (([EWEN, "org:a"], "", ""), ([], "", ""), ([EWEN, "org:a"], "", ""), ""),
    ],
)
def test_the_one_who_is_near(awa: Noted, ewen: Noted, here: Noted, expected: str) -> None:
    found = contexts(
        ([*awa[0], AWA], *awa[1:]),
        ([*ewen[0], EWEN], *ewen[1:]),
        (["Kerbrat", *here[0]], *here[1:]),
    )
    assert found.nearest(2, [AWA, EWEN]) == expected
    assert found.nearest(2, [EWEN, AWA]) == expected


def test_who_is_named_nowhere_is_near_nothing() -> None:
    found = contexts(([AWA], "X", ""), ([EWEN], "", ""), (["Kerbrat"], "X", ""))
    assert found.nearest(2, [AWA, "Maël Kerbrat"]) == ""
    assert not found.is_distant(2, "Maël Kerbrat")


@pytest.mark.parametrize(
    ("common", "articles", "expected"),
    [(20, 20, AWA), (21, 21, ""), (25, 500, AWA), (26, 500, ""), (26, 520, AWA)],
)
def test_a_name_of_too_many_articles_tells_nothing(
    common: int, articles: int, expected: str
) -> None:
    rest = [(["org:a"], "", "")] * (common - 2) + [(["org:z"], "", "")] * (articles - common - 1)
    found = contexts(
        ([AWA, "org:a", "org:b"], "", ""),
        ([EWEN], "", ""),
        (["Kerbrat", "org:a", "org:b"], "", ""),
        *rest,
    )
    assert found.nearest(2, [AWA, EWEN]) == expected


@pytest.mark.parametrize(
    ("person", "here", "expected"),
    [
        ((["org:a"], "X", after(0)), (["org:b"], "Y", after(91)), True),
        ((["org:a"], "X", after(91)), (["org:b"], "Y", after(0)), True),
        ((["org:a"], "X", after(0)), ([], "", after(91)), True),
        ((["org:a"], "X", after(0)), (["org:b"], "Y", after(90)), False),
        ((["org:a"], "X", after(90)), (["org:b"], "Y", after(0)), False),
        ((["org:a"], "X", after(0)), (["org:b"], "X", after(91)), False),
        ((["org:a"], "X", after(0)), (["org:a"], "Y", after(91)), False),
        ((["org:a"], "X", after(0)), (["org:b"], "Y", ""), False),
        ((["org:a"], "X", ""), (["org:b"], "Y", after(91)), False),
        ((["org:a"], "", after(0)), (["org:b"], "", after(91)), True),
    ],
)
def test_who_is_far(person: Noted, here: Noted, expected: bool) -> None:
    found = contexts(([AWA, *person[0]], *person[1:]), (["Kerbrat", *here[0]], *here[1:]))
    assert found.is_distant(1, AWA) is expected


def test_all_that_is_known_of_a_person_counts() -> None:
    found = contexts(
        ([AWA, "org:a"], "", after(0)),
        (["org:z"], "", ""),
        (["Kerbrat", "org:b"], "", after(300)),
        ([AWA, "org:b"], "", after(600)),
        (["Kerbrat", "org:c"], "", after(640)),
        (["Kerbrat", "org:c"], "", after(30)),
        (["Kerbrat", "org:c"], "", after(300)),
    )
    assert [found.is_distant(i, AWA) for i in (2, 4, 5, 6)] == [False, False, False, True]
