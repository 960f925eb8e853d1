"""The number of a footnote is no part of the name before it; other numbers are."""

import pytest
from spacy.language import Language

import entextract as ee
from entextract.reading.note_marks import note_marks

NOTED = "Le Tchad1 accuse Boko Haram2. Le Niger dément3. « Rien de vrai »4, dit Awa Sarr5."


def cut(text: str) -> list[str]:
    return [text[mark.start : mark.end] for mark in note_marks(text)]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        (NOTED, ["1", "2", "3", "4", "5"]),
        ("Le FMI prête12, la BCE aussi.13 Puis rien14.", ["12", "13", "14"]),
        ("Les milices7 avancent, l'armée9 recule, l'ONU10 se tait.", ["7", "9", "10"]),
        ("Wagner[12] se retire.", ["[12]"]),
        ("Wagner [12] se retire.", [" [12]"]),
        ("Le groupe Wagner¹ recrute.", ["¹"]),
        ("Sur France24, puis sur Canal25 et Médias24.", []),
        ("Un terrain de 300 m² et 12 km².", []),
        ("Une salle de CM1, une de CM2, une de CM3.", []),
        ("Il a 12 ans, elle 13, lui 14.", []),
        ("Les masques FFP2 protègent de la Covid19.", []),
        ("Le score : Lens2-1Nice.", []),
    ],
)
def test_numbers_of_notes(text: str, marks: list[str]) -> None:
    assert cut(text) == marks


def test_a_name_stands_without_the_number_and_at_its_place(nlp_rules: Language) -> None:
    result = ee.extract([NOTED], nlp_rules)
    named = [(m.text, m.entity) for m in result.mentions]
    assert ("Boko Haram", "org:boko-haram") in named
    assert ("Awa Sarr", "per:awa-sarr") in named
    assert all(NOTED[m.start : m.end] == m.text for m in result.mentions)
    assert result.articles[0].text == NOTED
