"""A word alone is a person where the article says so, and none where it speaks against it.

The language model's part is played by entities set by hand: what it guesses changes with weights.
"""

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Span


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("fr")
    for name in ("norm", "countries", "people", "organisations", "arbiter"):
        nlp.add_pipe(f"entextract_{name}")
    return nlp


def labels(nlp: Language, text: str, word: str) -> set[str]:
    """The labels of a word that a model calls a person wherever it stands."""
    doc = nlp.make_doc(text)
    places = [t.i for t in doc if t.text == word]
    doc.ents = [Span(doc, i, i + 1, label="PER") for i in places]
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return {e.label_ for e in doc.ents if e.start in places}


@pytest.mark.parametrize(
    ("text", "word", "label"),
    [
        # acronyms
        ("Le rapport de VRIXA est sévère.", "VRIXA", "ORG"),
        ("Selon PLOVAR, rien ne presse.", "PLOVAR", "ORG"),
        ("Un bus de ZEMTA est tombé.", "ZEMTA", "ORG"),
        # bodies of the table whose name has another meaning
        ("Le derby contre Chelsea a été arrêté.", "Chelsea", "ORG"),
        ("Arsenal a perdu, Arsenal va mal.", "Arsenal", "ORG"),
        ("Le directeur l'a dit, rapporte Bloomberg.", "Bloomberg", "ORG"),
        # lists
        ("L'Unesco et Zorvin financent le musée.", "Zorvin", "ORG"),
        ("ChatGPT, Zorvin et Bing se trompent.", "Zorvin", ""),
        # publishers, works, dates
        ("Awa Sarr, La digue et la mer, Zorvin, 456 pages, 26 euros.", "Zorvin", ""),
        ("Il a traduit plusieurs romans comme Zorvine (1879).", "Zorvine", ""),
        # articles
        ("La Zorvine rouge se vend mal.", "Zorvine", ""),
        # other languages
        ("Il a lu « The Zorvin of the South and the North ».", "Zorvin", ""),
        ("Elle a écrit : Девушка.", "Девушка", ""),
        # establishments
        ("La mine Zorvin a fermé.", "Zorvin", "ORG"),
        ("Le restaurant Zorvin ferme.", "Zorvin", "ORG"),
        ("Il est né à la clinique Balzac.", "Balzac", "ORG"),
        ("Le vieux cinéma Zorvin rouvre.", "Zorvin", "ORG"),
        ("L'usine Zorvin recrute.", "Zorvin", "ORG"),
        # characters of fiction
        ("Elle a joué Hamlet à Avignon.", "Hamlet", ""),
        ("Batman revient au cinéma.", "Batman", ""),
        # groups
        ("L'équipe Zorvin a gagné.", "Zorvin", ""),
    ],
)
def test_no_person(text: str, word: str, label: str, nlp: Language) -> None:
    assert labels(nlp, text, word) == ({label} if label else set())


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Zorvin a menacé l'Europe.", "Zorvin"),
        ("La défaite de Zorvin surprend.", "Zorvin"),
        ("Pour Zorvin, la guerre sera longue.", "Zorvin"),
        ("Zorvin et Plovar se sont vus.", "Zorvin"),
        ("Le procès de Zorvin s'achève.", "Zorvin"),
        ("Le patron du restaurant, Zorvin, est là.", "Zorvin"),
        # acronyms that are persons, capitals of a surname
        ("DSK a été relaxé.", "DSK"),
        ("Un tableau de DELACROIX est exposé.", "DELACROIX"),
        # what outweighs an article, a year, a body of the table, a list
        ("Le Caravage est exposé.", "Caravage"),
        ("La Callas y a chanté.", "Callas"),
        ("Un portrait de Balzac (1842) est vendu.", "Balzac"),
        ("Lola, 12 ans, et l'Unesco sont citées.", "Lola"),
        ("Zorvin (1803-1860) voyage.", "Zorvin"),
        ("« Non », dit Zorvin, peintre.", "Zorvin"),
        ("Michael Bloomberg est élu. Bloomberg sourit.", "Bloomberg"),
        ("Zorvin (6-4) l'emporte sur Plovar.", "Plovar"),
        # English around a person named in French too
        ("« We trust Zorvin and the people », dit-on. M. Zorvin rit.", "Zorvin"),
    ],
)
def test_person(text: str, word: str, nlp: Language) -> None:
    assert labels(nlp, text, word) == {"PER"}


@pytest.mark.parametrize("label", ["ORG", "LOC"])
def test_a_name_that_everyone_knows_is_a_person(label: str, nlp: Language) -> None:
    doc = nlp.make_doc("Chez Nietzsche, tout est masque.")
    doc.ents = [Span(doc, 1, 2, label=label)]
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    assert [(e.text, e.label_) for e in doc.ents] == [("Nietzsche", "PER")]


@pytest.mark.parametrize(
    "text",
    [
        "Les cours ont repris à Pasteur.",
        "Il est soigné à la clinique Pasteur.",
        "On se presse dans Pasteur.",
    ],
)
def test_a_school_or_a_ship_that_bears_the_name_is_none(text: str, nlp: Language) -> None:
    doc = nlp.make_doc(text)
    doc.ents = [Span(doc, len(doc) - 2, len(doc) - 1, label="LOC")]
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    assert [(e.text, e.label_) for e in doc.ents] == [("Pasteur", "LOC")]
