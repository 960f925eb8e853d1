"""Places: listed, named after a noun, and reckoned from another."""

import pytest
import spacy

from entextract.pipes.places import Places
from entextract.pipes.spans import set_norms

NLP = spacy.blank("fr")
PLACES = Places(NLP, "places")


def found(text: str) -> list[tuple[str, str]]:
    """(text, rule) of the candidates, each once."""
    doc = NLP.make_doc(text)
    set_norms(doc)
    spans = PLACES.find(doc)
    return list(dict.fromkeys((span.text, span.id_) for span in spans))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il vit à Marseille", [("Marseille", "table:places")]),
        ("Marseille", [("Marseille", "table:places")]),
        ("Marseille-Vrixel", []),
        ("le Kurdistan", [("Kurdistan", "table:places")]),
        ("le Kurdistan irakien", [("Kurdistan irakien", "table:places")]),
        ("le Kurdistan vert", [("Kurdistan", "table:places")]),
        ("le Marseille irakien", [("Marseille", "table:places")]),
        ("Nord de Vrixel", [("Nord", "weak:places")]),  # nothing lies north of it here
    ],
)
def test_listed(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rue Vrixel", ["rue Vrixel"]),
        ("La rue de Vrixel est fermée", ["rue de Vrixel"]),
        ("La rue de la Vrixel", ["rue de la Vrixel"]),
        ("La rue de la le Vrixel", []),
        ("La rue al-Vrixel", []),
        ("La rue", []),
        ("La rue de", []),
        ("La rue de la", []),
        ("La place Vrixel", ["place Vrixel"]),
        ("à la place Vrixel", []),
        ("la place Vrixel", ["place Vrixel"]),
        ("place Vrixel", ["place Vrixel"]),
        ("à la rue Vrixel", ["rue Vrixel"]),
        ("il voit la place de Vrixel", ["place de Vrixel"]),
        ("L'aéroport Vrixel", ["aéroport Vrixel"]),
        ("L'aéroport Vrixel de Zorblatt", ["aéroport Vrixel de Zorblatt"]),
    ],
)
def test_noun_with_the_name_that_it_takes(text: str, expected: list[str]) -> None:
    assert found(text) == [(name, "place-noun") for name in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Au nord de Vrixel", ["Vrixel"]),
        ("Il neige au nord de la Vrixel", ["Vrixel"]),
        ("Il neige à l'est de Vrixel", ["Vrixel"]),
        ("Il est de Vrixel", []),
        ("L'aéroport de Vrixel", ["Vrixel"]),
        ("Il neige au nord Vrixel", []),
        ("Il neige au nord", []),
        ("Il neige au nord de", []),
        ("Il neige au nord de la", []),
        ("Il neige au nord de la ville", []),
    ],
)
def test_name_that_a_bearing_announces(text: str, expected: list[str]) -> None:
    assert found(text) == [(name, "bearing") for name in expected]
