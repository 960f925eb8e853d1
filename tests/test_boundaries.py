"""What is left of an entity of the model: the name, without what stands around it."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from entextract.pipes.arbitration.boundaries import Boundaries
from entextract.pipes.spans import set_norms

NLP = spacy.blank("fr")
TRIMMER = Boundaries(NLP)
LABELS = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}


def doc_of(marked: str, label: str) -> Doc:
    """A document whose only entity stands in brackets."""
    before, _, rest = marked.partition("[")
    inside, _, after = rest.partition("]")
    doc = NLP.make_doc(before + inside + after)
    entity = doc.char_span(len(before), len(before + inside), label=label)
    assert entity is not None, marked
    doc.ents = [entity]
    set_norms(doc)
    return doc


def names(marked: str, label: str) -> list[str]:
    doc = doc_of(marked, label)
    return [doc[start:end].text for start, end, _ in TRIMMER.names(doc, LABELS)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Awa Diop]", ["Awa Diop"]),
        ("[Awa Diop] parle", ["Awa Diop"]),
        ("[Premier ministre Awa Diop]", ["Awa Diop"]),
        ("L'[avocate Me Awa Diop]", ["Awa Diop"]),
        ("Le secrétaire [d'État Awa Diop]", ["Awa Diop"]),
        ("[« Awa Diop »]", ["Awa Diop"]),
        ("[« Awa Diop (la sœur)]", ["Awa Diop (la sœur)"]),
        ("[Awa Diop)]", ["Awa Diop"]),
        ("[Awa Mardi]", ["Awa"]),
        ("[Mardi]", ["Mardi"]),
        ("[Le Pen]", ["Le Pen"]),
        ("[Le]", []),
        ("[de Gaulle]", ["de Gaulle"]),
        ("[du Gaulle]", ["Gaulle"]),
        ("[Awa de]", ["Awa"]),
        ("[Awa Diop des]", ["Awa Diop"]),
        ("[Kim Jong-un]", ["Kim Jong-un"]),
        ("[Kim-un]", ["Kim-un"]),
        ("[Awa Diop des eaux]", ["Awa Diop"]),
        ("[Awa Diop des eaux-vives]", ["Awa Diop des eaux-vives"]),
        ("[Awa Diop est partie]", ["Awa Diop est partie"]),
        ("[Awa Diop du Kazakhstan]", ["Awa Diop"]),
        ("[Diop du Kazakhstan]", ["Diop"]),
        ("[Diop du Kazakhstan] du Nord", ["Diop"]),
        ("[Diop du Nord]", ["Diop du Nord"]),
        ("[Awa Diop de Manchester]", ["Awa Diop"]),
        ("[Awa de Manchester]", ["Awa de Manchester"]),
        ("[Awa Diop de Vrixel]", ["Awa Diop de Vrixel"]),
        ("[de Chine]", ["de Chine"]),
        ("France [Gall]", ["France Gall"]),
        ("On cite France [Gall] ici", ["France Gall"]),
        ("On cite Vrixel [Gall] ici", ["Gall"]),
        ("France [le]", []),
        ("Vrixel [Le Floc']h dort", ["Le Floc'h"]),
        ("Vrixel [Le Floc']h", ["Le Floc'h"]),
        ("[Awa | Omar]", ["Awa", "Omar"]),
        ("[Awa\n\nOmar]", ["Awa", "Omar"]),
        ("[| Awa |]", ["Awa"]),
        ("[Awa – Omar Sy]", ["Awa", "Omar Sy"]),
        ("[- Awa]", ["Awa"]),
        ("[- Awa – Omar]", ["Awa", "Omar"]),
        ("[Awa-Omar]", ["Awa-Omar"]),
        ("[a dit]", []),
        ("[2024]", ["2024"]),
    ],
)
def test_person(marked: str, expected: list[str]) -> None:
    assert names(marked, "PER") == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[province de Vrixel]", ["Vrixel"]),
        ("[Province de Vrixel]", ["Province de Vrixel"]),
        ("[province]", []),
        ("[la Vrixel]", ["Vrixel"]),
        ("[La Vrixel]", ["Vrixel"]),
        ("[l'Asie centrale des actions]", ["Asie centrale"]),
        ("[RDC-Rwanda]", []),
        ("[Rwanda]", ["Rwanda"]),
        ("[RDC-Vrixel]", ["RDC-Vrixel"]),
        ("[Vrixel-Rwanda]", ["Vrixel-Rwanda"]),
        ("Awa [Vrixel]", ["Vrixel"]),
        ("Le procureur de la [République de Nice]", ["Nice"]),
    ],
)
def test_place(marked: str, expected: list[str]) -> None:
    assert names(marked, "LOC") == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[association Rivages]", ["Rivages"]),
        ("[Association Rivages]", ["Association Rivages"]),
        ("[Rivages des actions]", ["Rivages des actions"]),
        ("Le film de 20th [Century Vrixel]", ["20th Century Vrixel"]),
        ("20th [Century Vrixel]", ["20th Century Vrixel"]),
        ("20 [Century Vrixel]", ["Century Vrixel"]),
        ("20th [le]", []),
        ("[Rivages Mardi]", ["Rivages"]),
        ("[Mars]", ["Mars"]),
        ("[le]", []),
        ("[.]", []),
        ("[ministre de la Santé]", []),
        ("Le ministre de la [Santé]", []),
        ("Le ministre [Santé]", ["Santé"]),
        ("la [Santé]", ["Santé"]),
        ("Le ministre kazakh des [Affaires étrangères]", []),
        ("Le ministre de la Transition et de la [Cohésion]", []),
        ("Le ministre de la Transition, de la Pêche et de la [Cohésion]", []),
        ("Le ministre de la Transition écologique et de la [Cohésion]", []),
        ("Le ministre de la Transition - et de la [Cohésion]", ["Cohésion"]),
        ("Le maire de la Transition et de la [Cohésion]", ["Cohésion"]),
        ("Le ministre de la Transition et la [Cohésion]", ["Cohésion"]),
        ("Transition et de la [Cohésion]", ["Cohésion"]),
        ("et de la [Cohésion]", ["Cohésion"]),
        ("russe de la [Cohésion]", ["Cohésion"]),
        ("de la [Cohésion]", ["Cohésion"]),
        ("Le secrétaire d'État aux [Transports]", []),
        ("Le maire de [Rivages]", ["Rivages"]),
    ],
)
def test_organisation(marked: str, expected: list[str]) -> None:
    assert names(marked, "ORG") == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Union africaine et la Fondation Zorblatt]", ["Union africaine", "Fondation Zorblatt"]),
        ("[Fondation Zorblatt et l'Union africaine]", ["Fondation Zorblatt", "Union africaine"]),
        ("[Union africaine et Ligue arabe]", ["Union africaine", "Ligue arabe"]),
        ("[Union africaine et Fondation Zorblatt]", ["Union africaine et Fondation Zorblatt"]),
        ("[Paix et la Liberté]", ["Paix et la Liberté"]),
        ("[Union africaine et]", ["Union africaine"]),
    ],
)
def test_et_parts_two_bodies_of_which_the_table_has_one(marked: str, expected: list[str]) -> None:
    assert names(marked, "ORG") == expected


def test_label_is_ours_or_none() -> None:
    doc = NLP.make_doc("Awa aime Rivages et Vrixel")
    doc.ents = [Span(doc, at, at + 1, label=label) for at, label in ((0, "PERSON"), (2, "MISC"))]
    assert list(TRIMMER.names(doc, {"PERSON": "PER"})) == [(0, 1, "PER"), (2, 3, "")]
