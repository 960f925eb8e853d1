"""What verbs and nouns of action state, and between whom."""

import pytest
from reading import read
from spacy.language import Language

import entextract as ee
from entextract import tables
from entextract.pipes.relations.frames import Frames


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Emmanuel Macron et Friedrich Merz ont retrouvé Keir Starmer à Londres.",
            ["Emmanuel Macron consult Keir Starmer", "Friedrich Merz consult Keir Starmer"],
        ),
        (
            "Les Russes et les Ukrainiens se sont entretenus mardi à Istanbul.",
            ["Russie consult Ukraine"],
        ),
        (
            "Emmanuel Macron et Friedrich Merz se sont entretenus avec leurs alliés.",
            ["Emmanuel Macron consult Friedrich Merz"],
        ),
    ],
)
def test_those_of_a_list_meet_each_other_or_whom_the_verb_names(
    text: str, expected: list[str], nlp_full: Language
) -> None:
    result = ee.extract([ee.Article("a", text)], nlp_full)
    names = {entity.id: entity.name for entity in result.entities}
    found = [f"{names[r.source]} {r.kind} {names[r.target]}" for r in result.relations]
    assert sorted(found) == expected


@pytest.mark.parametrize(
    ("text", "words", "end"),
    [
        ("mettre en garde", ["garde"], 3),
        ("mettre a b c garde", ["garde"], 5),
        ("mettre a b c d garde", ["garde"], None),
        ("mettre a b c garde d e f fin", ["garde", "fin"], 9),
        ("mettre garde mettre", [], 1),
        ("mettre en | garde", ["garde"], None),
    ],
)
def test_each_word_of_a_trigger_stands_within_four(
    text: str, words: list[str], end: int | None
) -> None:
    assert Frames._words_end(read(text), 0, words) == end


def test_one_trigger_states_at_most_five_hundred_relations() -> None:
    row = next(row for row in tables.triggers() if row.lemma == "condamner")
    s = read(" ".join(f"PER:Anne{n}" for n in range(60)))
    people = [s.entities[n] for n in range(60)]
    pairs = Frames()._pairs(row, people[:30], people[30:])
    assert len(pairs) == 500
    assert pairs[0] == (people[0], people[30])
    assert Frames()._pairs(row, people, []) == []
