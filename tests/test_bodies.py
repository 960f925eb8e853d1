"""What names of organisations say by themselves."""

import pytest

from entextract.names.bodies import display, initials, is_acronym, key, listed, words_of
from entextract.names.owners import Near, dominating, owner
from entextract.names.state_bodies import Body, body_id, is_common, open_id, parse_body


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Le Ponant", "ponant"),
        ("L'Iroise", "iroise"),
        ("Les", "les"),
        ("Ponant", "ponant"),
        ("Le Le Ponant", "le ponant"),
    ],
)
def test_a_key_has_no_article(form: str, expected: str) -> None:
    assert key(form) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Rivage SA", "Rivage"),
        ("Rivage Group SA", "Rivage"),
        ("Rivage sa", "Rivage sa"),
        ("SA", "SA"),
        ("Rivage & Co", "Rivage"),
        ("Rivage &", "Rivage &"),
        ("& Co", "&"),
        ("Rivage, Inc.", "Rivage"),
        ("groupe RIVAGE", "RIVAGE"),
        ("groupe rivage", "groupe rivage"),
        ("groupe Groupe Rivage", "Rivage"),
        ("Groupe", "Groupe"),
    ],
)
def test_a_form_is_displayed_without_its_legal_form(form: str, expected: str) -> None:
    assert display(form) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [("OP", True), ("O", False), ("ABCDEFGHIJ", True), ("ABCDEFGHIJK", False), ("Opap", False)],
)
def test_an_acronym_is_two_to_ten_capitals(form: str, expected: bool) -> None:
    assert is_acronym(form) is expected


def test_initials_are_two_letters_at_least() -> None:
    assert initials("Phares bretons") == {"PB"}
    assert initials("Phares du Ponant") == {"PP", "PDP"}
    assert initials("Phares du") == {"PD"}
    assert initials("Phares") == set()


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("le Sénat", Body("senat")),
        ("Sénat malien", Body("senat", "ML")),
        ("Sénat du Mali", Body("senat", "ML")),
        ("Sénat de la Jamaïque", Body("senat", "JM")),
        ("Sénat Mali", None),
        ("Sénat congolais", None),  # there are two Congos
        ("Sénat du Ponant", None),
        ("Rivage", None),
        ("", None),
        ("ministère", None),
        ("ministère malien", None),
        ("ministère de la Défense malien", Body("ministere de la defense", "ML")),
        ("ministère de la Défense", Body("ministere de la defense")),
        ("ministère du Mali de la Défense", Body("ministere du mali de la defense")),
        ("ministère malien de la Défense du Mali", Body("ministere de la defense du mali", "ML")),
    ],
)
def test_the_body_and_the_state_that_a_form_names(form: str, expected: Body | None) -> None:
    assert parse_body(form) == expected


def test_identifiers_of_bodies() -> None:
    assert body_id(Body("senat", "BR")) == "org:senat-bresil"
    assert body_id(Body("assemblee nationale", "FR")) == "org:assemblee-nationale"


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ({}, ""),
        ({"ML": 2}, ""),
        ({"ML": 3}, "ML"),
        ({"FR": 1, "ML": 3}, "ML"),
        ({"FR": 2, "ML": 5}, ""),
        ({"FR": 2, "ML": 6, "UA": 2}, "ML"),
        ({"FR": 3, "ML": 3}, ""),
    ],
)
def test_the_state_that_an_article_is_about(states: dict[str, int], expected: str) -> None:
    assert dominating(states) == expected


@pytest.mark.parametrize(
    ("kind", "named", "states", "expected"),
    [
        ("senat", {"BR"}, {"FR": 9}, ("BR", "only-body")),
        ("senat", {"BR", "US"}, {"FR": 9}, ("", "ambiguous")),
        ("senat", set(), {"BR": 9, "FR": 1}, ("BR", "state-of-article")),
        ("senat", set(), {"ML": 9}, ("", "")),  # it has none
        ("senat", set(), {"BR": 2}, ("", "")),
        ("senat", set(), {}, ("", "")),
        ("ministere de la defense", set(), {"ML": 3}, ("ML", "state-of-article")),
        ("ministere de la defense", set(), {"ML": 9, "FR": 1}, ("", "")),
        ("ministere de la defense", set(), {"ML": 2}, ("", "")),
    ],
)
def test_whose_body_a_bare_name_means(
    kind: str, named: set[str], states: dict[str, int], expected: tuple[str, str]
) -> None:
    assert owner(Body(kind), Near(article=states, named=frozenset(named))) == expected


@pytest.mark.parametrize(
    ("kind", "states", "opening", "sentence", "expected"),
    [
        ("ministere de la defense", {"ML": 1}, "ML", {"ML": 1}, ("ML", "state-of-sentence")),
        (
            "ministere de la defense",
            {"ML": 1, "FR": 1},
            "ML",
            {"ML": 1},
            ("ML", "state-of-sentence"),
        ),
        ("ministere de la defense", {"ML": 1, "FR": 1}, "ML", {"ML": 1, "FR": 1}, ("", "")),
        ("ministere de la defense", {"ML": 1, "FR": 1}, "", {"ML": 1}, ("", "")),
        ("ministere de la defense", {"ML": 9, "FR": 1}, "FR", {"FR": 1}, ("", "")),  # about another
        ("senat", {"ML": 1}, "ML", {"ML": 1}, ("", "")),  # it has none
    ],
)
def test_a_body_is_of_the_state_that_opens_its_sentence(
    kind: str,
    states: dict[str, int],
    opening: str,
    sentence: dict[str, int],
    expected: tuple[str, str],
) -> None:
    near = Near(opening=opening, sentence=sentence, article=states, places=states)
    assert owner(Body(kind), near) == expected


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        (Near(beside="SN", sentence={"FR": 2}, places={"FR": 9}), "SN"),
        (Near(opening="PT", sentence={"PT": 1}, places={"PT": 1}), "PT"),
        (Near(sentence={"PT": 1, "FR": 1}, places={"PT": 1, "FR": 1}), ""),
        (Near(places={"PT": 1}), "PT"),
        (Near(places={"PT": 1, "FR": 1}), ""),
        (Near(places={"PT": 1, "US": 3}), "PT"),  # the Americans have no such party
        (Near(opening="BJ", sentence={"BJ": 1}, places={"BJ": 1}), "BJ"),
        (Near(sentence={"US": 1}, places={"US": 1}), ""),
        (Near(), ""),
    ],
)
def test_a_party_is_of_the_state_with_most_evidence(near: Near, expected: str) -> None:
    assert owner(Body("parti socialiste"), near)[0] == expected


def test_a_form_of_several_states_has_an_identifier_of_no_state() -> None:
    assert open_id("ps") == open_id("parti socialiste") == "org:parti-socialiste"
    assert open_id("pc") == open_id("parti communiste")
    assert open_id("fds") != "org:fds"  # that of the Syrian forces


def test_only_strong_forms_that_name_one_organisation_are_listed() -> None:
    assert listed()["fonds monetaire international"] == "org:fmi"
    assert "francfort" not in listed()  # where it has its seat
    assert "ajax" not in listed()  # weak: a town has that name too


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("banque", True),
        ("agence de la banque", True),
        ("banque ponant", False),
        ("ponant", False),
        ("arabie saoudite", True),
        ("iz ponant", True),
        ("ize ponant", False),
        ("sénat du Mali", True),
    ],
)
def test_words_that_open_many_names(form: str, expected: bool) -> None:
    assert is_common(words_of(form)) is expected
