"""Which names are one person's: transliterations, short forms, and the ones that two could bear."""

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entextract.names.person_keys import given_genders, normalisation_key
from entextract.names.persons import identify, is_part_of
from entextract.names.referent import Referent


def full_names(forms: Sequence[str]) -> dict[str, str]:
    return {form: referent.name for form, referent in identify(forms).items()}


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
    assert normalisation_key(one) == normalisation_key(other)


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
    assert normalisation_key(one) != normalisation_key(other)


@untimed
@given(st.text())
def test_folding_any_text_gives_words(name: str) -> None:
    assert all(word and word == word.strip() for word in normalisation_key(name))


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
        (["a", "x", "blinken"], ["antony", "john", "blinken"], False),
        (["a", "b", "blinken"], ["antony", "blinken"], False),
        (["an", "blinken"], ["antony", "blinken"], False),
        (["a", "blinken"], ["a", "blinken"], False),
        (["jill", "biden"], ["joe", "biden"], False),
        ([], ["blinken"], False),
    ],
)
def test_is_part_of(short: Sequence[str], full: Sequence[str], expected: bool) -> None:
    assert is_part_of(tuple(short), tuple(full)) is expected


def test_surname_takes_its_full_name() -> None:
    assert full_names(["Blinken", "Antony Blinken"]) == {
        "Blinken": "Antony Blinken",
        "Antony Blinken": "Antony Blinken",
    }


def test_surname_takes_the_fullest_of_one_person() -> None:
    found = full_names(["Kulsoom Nawaz", "Kulsoom Nawaz Sharif", "Sharif", "Kulsoom"])
    assert set(found.values()) == {"Kulsoom Nawaz Sharif"}


def test_short_for_a_short_name() -> None:
    found = full_names(["Nawaz", "Kulsoom Nawaz", "Kulsoom Nawaz Sharif"])
    assert set(found.values()) == {"Kulsoom Nawaz Sharif"}


def test_surname_that_two_bear_stays_itself() -> None:
    names = ["Joe Biden", "Jill Biden", "Biden", "Joe"]
    assert full_names(names) == {
        "Joe Biden": "Joe Biden",
        "Jill Biden": "Jill Biden",
        "Biden": "Biden",
        "Joe": "Joe Biden",
    }


def test_first_spelling_stands_for_the_others() -> None:
    found = full_names(["Kassym-Jomart Tokayev", "Tokaïev", "Kassym-Jomart Tokaïev"])
    assert set(found.values()) == {"Kassym-Jomart Tokayev"}


def test_names_that_fold_to_nothing() -> None:
    assert identify(["", "-", "Li Na"])["-"] == Referent("", "spelling")
    assert full_names(["-", "- Awa Kerbrat"])["-"] == "-"
    assert full_names([]) == {}


NAMES = ["Joe Biden", "Jill Biden", "Biden", "J. Biden", "Tokaïev", "Tokayev", "Aliya Tokayev"]


@untimed
@given(st.lists(st.sampled_from(NAMES)))
def test_every_name_gets_a_bearer_among_the_names(names: list[str]) -> None:
    found = full_names(names)
    assert set(found) == set(names)
    assert set(found.values()) <= set(names)
    assert all(found[referent] == referent for referent in found.values())


def test_only_an_initial_in_the_middle_is_left_out() -> None:
    assert normalisation_key("Kim Yo Jong") == ("kim", "io", "jong")
    assert normalisation_key("Kim Y. Jong") == ("kim", "jong")


@pytest.mark.parametrize(
    ("name", "other", "rule"),
    [
        # the other order, when one word is known as a given name
        ("Viktor Lomir", "Lomir Viktor", "order"),
        ("Rovak Lomir", "Lomir Rovak", ""),
        ("Kim Jong-un", "Jong-un Kim", "order"),
        ("Paul Jean Kerbrat", "Jean Kerbrat Paul", ""),
        # surnames share three consonants, given names four, and are no two given names
        ("Awa Rouhani", "Awa Rohani", "transliteration"),
        ("Awa Rouha", "Awa Roha", ""),
        ("Brans Kerbrat", "Brons Kerbrat", "transliteration"),
        ("Rouhani Kerbrat", "Rohani Kerbrat", ""),
        ("Adriano Kerbrat", "Adriana Kerbrat", ""),
        ("Abelardo Kerbrat", "Abelarda Kerbrat", "transliteration"),
        ("Awa Brans", "Awa Brons", ""),
        ("Brans Rouhani", "Brons Rohani", ""),
        ("Bo Rouhani", "Bo Rohani", "transliteration"),
        ("A. Rouhani", "A. Rohani", ""),
        ("Brans", "Brons", ""),
        # short names
        ("Joe Kerbrat Lomir", "Joe Kerbrat", "surname"),
        ("Leïla Karim", "Karim", "surname"),
        ("Leïla Karim Benali", "Karim Benali", ""),
        ("Leïla Mona Benali", "Mona Benali", "surname"),
        ("Jean-Luc Moreau", "Luc Moreau", ""),
        ("A. Kerbrat", "A.", "surname"),
        ("Dovrin Lomir Kerbrat", "D. L. Kerbrat", "initials"),
        ("Lomir Kerbrat", "A. Kerbrat", ""),
    ],
)
def test_whose_name_another_is_and_why(name: str, other: str, rule: str) -> None:
    assert identify([name, other])[other] == Referent(name if rule else other, rule)


def test_another_spelling_is_short_for_what_the_first_is_short_for() -> None:
    found = identify(["Hassan Rouhani", "Hassan Rohani", "Hassan Rouhani Tabar"])
    assert found["Hassan Rohani"] == Referent("Hassan Rouhani Tabar", "surname")


def test_a_word_that_is_no_known_given_name_may_open_or_close_a_name() -> None:
    found = identify(["Awa Kerbrat", "Kerbrat Dovrin", "Kerbrat"])
    assert found["Kerbrat"] == Referent("Kerbrat", "ambiguous", ("Awa Kerbrat", "Kerbrat Dovrin"))


@pytest.mark.parametrize(("persons", "told"), [(8, 8), (9, 9), (11, 9)])
def test_nine_bearers_are_told_at_most(persons: int, told: int) -> None:
    names = [f"{letter}ova Kerbrat" for letter in "BDFGLMNPRTV"[:persons]]
    assert len(identify([*names, "Kerbrat"])["Kerbrat"].candidates) == told


PAIR = ("Awa Karbartala", "Awa Karbartalo")
ALIKE = [f"Awa K{a}rb{b}rt{c}l{d}" for a, b, c, d in product("aeo", repeat=4)]
UNLIKE = [f"{a}o{b}al{c}it" for a, b, c in product("bdgln", "mrt", "gln")]


@pytest.mark.parametrize(
    ("crowd", "rule"),
    [
        ([name for name in ALIKE if name not in PAIR][:38], "transliteration"),
        ([name for name in ALIKE if name not in PAIR][:39], ""),
        ([f"Awa {word}" for word in UNLIKE], "transliteration"),
        ([f"{word} Karbartala" for word in UNLIKE], "transliteration"),
    ],
)
def test_spellings_are_compared_unless_too_many_look_alike(crowd: list[str], rule: str) -> None:
    assert identify([*PAIR, *crowd])[PAIR[1]].rule == rule


@pytest.mark.parametrize("crowd", ["Brans {}", "{} Kerbrat"])
def test_a_crowd_that_shares_one_word_hides_no_spelling_of_a_given_name(crowd: str) -> None:
    names = ["Brans Kerbrat", "Brons Kerbrat", *map(crowd.format, UNLIKE)]
    assert identify(names)["Brons Kerbrat"] == Referent("Brans Kerbrat", "transliteration")


def test_a_given_name_of_men_and_women_in_its_spellings_is_of_either() -> None:
    known = given_genders()
    assert (known["leila"], known["karim"], known["andre"]) == ("f", "m", "e")
