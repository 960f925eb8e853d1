"""Which names are one person's: transliterations, short forms, and the ones that two could bear."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entextract.names import bearers, fold, is_part_of

untimed = settings(deadline=None)  # the first call reads tables


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kassym-Jomart Tokaïev", "Kassym Jomart Tokayev"),
        ("Zelensky", "Zelenskyy"),
        ("Gorbatchev", "Gorbachev"),
        ("Vladimir Poutine", "Vladimir Putin"),
        ("Mouammar Kadhafi", "Mouammar Kadafi"),
        ("Abdel Fattah al-Sissi", "Abdel Fattah Sissi"),
        ("Élisabeth Borne", "ELISABETH BORNE"),
        ("O’Neill", "O'Neill"),
    ],
)
def test_one_name_in_two_spellings(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Macron", "Marcon"),
        ("Jean Dupont", "Jeanne Dupont"),
        ("Xi Jinping", "Xi Yuanping"),
        ("Ali Bongo", "Omar Bongo"),
        ("Martin", "Martinez"),
    ],
)
def test_two_names_stay_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@untimed
@given(st.text())
def test_folding_any_text_gives_words(name: str) -> None:
    assert all(word and word == word.strip() for word in fold(name))


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        (["blinken"], ["antony", "blinken"], True),
        (["antony"], ["antony", "blinken"], True),
        (["antony", "john"], ["antony", "john", "blinken"], True),
        (["john", "blinken"], ["antony", "john", "blinken"], True),
        (["a", "blinken"], ["antony", "blinken"], True),
        (["a", "j", "blinken"], ["antony", "john", "blinken"], True),
        (["john"], ["antony", "john", "blinken"], False),
        (["b", "blinken"], ["antony", "blinken"], False),
        (["blinken"], ["blinken"], False),
        (["antony", "blinken"], ["blinken"], False),
        (["jill", "biden"], ["joe", "biden"], False),
        ([], ["blinken"], False),
    ],
)
def test_is_part_of(short: Sequence[str], full: Sequence[str], expected: bool) -> None:
    assert is_part_of(tuple(short), tuple(full)) is expected


def test_surname_takes_its_full_name() -> None:
    assert bearers(["Blinken", "Antony Blinken"]) == {
        "Blinken": "Antony Blinken",
        "Antony Blinken": "Antony Blinken",
    }


def test_surname_takes_the_fullest_of_one_person() -> None:
    found = bearers(["Kulsoom Nawaz", "Kulsoom Nawaz Sharif", "Sharif", "Kulsoom"])
    assert set(found.values()) == {"Kulsoom Nawaz Sharif"}


def test_short_for_a_short_name() -> None:
    found = bearers(["Nawaz", "Kulsoom Nawaz", "Kulsoom Nawaz Sharif"])
    assert set(found.values()) == {"Kulsoom Nawaz Sharif"}


def test_surname_that_two_bear_stays_itself() -> None:
    names = ["Joe Biden", "Jill Biden", "Biden", "Joe"]
    assert bearers(names) == {
        "Joe Biden": "Joe Biden",
        "Jill Biden": "Jill Biden",
        "Biden": "Biden",
        "Joe": "Joe Biden",
    }


def test_first_spelling_stands_for_the_others() -> None:
    found = bearers(["Kassym-Jomart Tokayev", "Tokaïev", "Kassym-Jomart Tokaïev"])
    assert set(found.values()) == {"Kassym-Jomart Tokayev"}


def test_names_that_fold_to_nothing() -> None:
    assert bearers(["", "-", "Li Na"])["-"] == ""
    assert bearers([]) == {}


NAMES = ["Joe Biden", "Jill Biden", "Biden", "J. Biden", "Tokaïev", "Tokayev", "Aliya Tokayev"]


@untimed
@given(st.lists(st.sampled_from(NAMES)))
def test_every_name_gets_a_bearer_among_the_names(names: list[str]) -> None:
    found = bearers(names)
    assert set(found) == set(names)
    assert set(found.values()) <= set(names)
    assert all(found[bearer] == bearer for bearer in found.values())
