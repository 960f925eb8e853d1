"""Where a person's name ends: capitalised words, hyphens and particles between them."""

import pytest
import spacy
from spacy.tokens import Doc

from entextract.pipes.name_extent import capitalised_end, is_glued, is_particle, name_end

NLP = spacy.blank("fr")


def name_of(text: str, start: int = 0) -> str:
    """The name that starts at a token."""
    doc = NLP.make_doc(text)
    return doc[start : name_end(doc, start)].text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Diop", "Diop"),
        ("Diop parle", "Diop"),
        ("Awa Diop parle", "Awa Diop"),
        ("Awa B. Diop parle", "Awa B. Diop"),
        ("J.-P. O'Neill parle", "J.-P. O'Neill"),
        ("Abdel Fattah al-Sissi parle", "Abdel Fattah al-Sissi"),
        ("Oumar ben al-Sissi parle", "Oumar ben al-Sissi"),
        ("al-Sissi parle", "al-Sissi"),
        ("al Sissi parle", "al Sissi"),
        ("ben Salmane", "ben Salmane"),
        ("Awa - Diop", "Awa"),
        ("Awa al- parle", "Awa"),
        ("Awa von der Vrixel parle", "Awa von der Vrixel"),
        ("Yann Le Floc'h dort", "Yann Le Floc'h"),
        ("Charles de Gaulle", "Charles de Gaulle"),
        ("Awa Diop de Vrixel", "Awa Diop"),
        ("Oyun-Erdene de Vrixel", "Oyun-Erdene de Vrixel"),
        ("Awa Oyun-Erdene de Vrixel", "Awa Oyun-Erdene"),
        ("Awa Diop Mardi", "Awa Diop"),
        ("Dimanche Oliseh parle", "Dimanche Oliseh"),
        ("Awa C5 parle", "Awa"),
    ],
)
def test_name_that_starts_a_text(text: str, name: str) -> None:
    assert name_of(text) == name


@pytest.mark.parametrize(
    "text", ["", "parle", "- Sissi", "C5", "d'", "al", "al-", "al - - Sissi", "de la Tour", "3 Awa"]
)
def test_no_name_starts_a_text(text: str) -> None:
    assert name_of(text) == ""


def test_name_that_starts_after_a_hyphen() -> None:
    assert name_of("Vrixel-Awa Diop de Gao", start=2) == "Awa Diop"
    assert name_of("Vrixel-Awa de Gao", start=2) == "Awa de Gao"


def test_a_hyphen_after_a_blank_joins_nothing() -> None:
    doc = Doc(NLP.vocab, words=["Awa", "-", "Diop"], spaces=[True, False, False])
    assert name_end(doc, 0) == 1


def test_the_end_of_a_name_is_no_name_of_its_own() -> None:
    assert name_of("Yann Le Floc'h", start=3) == ""


@pytest.mark.parametrize(
    ("text", "glued"),
    [
        ("Le Floc'h", True),
        ("Le Floc’h", True),
        ("Le floc'h", False),
        ("Le Floc'H", False),
        ("Le Floc' h", False),
        ("Le Floch h", False),
    ],
)
def test_letters_that_the_tokenizer_cuts_from_a_name(text: str, glued: bool) -> None:
    doc = Doc(
        NLP.vocab,
        words=[*text[:-1].split(), text[-1]],
        spaces=[True, text[-2] == " ", False],
    )
    assert doc.text == text
    assert is_glued(doc[2]) is glued


@pytest.mark.parametrize(("text", "end"), [("Awa Diop dort", 2), ("al-Sissi", 0), ("", 0)])
def test_end_of_a_name_whose_first_word_has_a_capital(text: str, end: int) -> None:
    assert capitalised_end(NLP.make_doc(text), 0) == end


def test_capital_after_the_first_word_is_none_of_its_own() -> None:
    assert capitalised_end(NLP.make_doc("ben Salmane"), 0) == 0
    assert capitalised_end(NLP.make_doc("Awa dort"), 0) == 1


@pytest.mark.parametrize(
    ("word", "expected"), [("de", True), ("Von", True), ("d’", True), ("mais", False)]
)
def test_particles(word: str, expected: bool) -> None:
    assert is_particle(Doc(NLP.vocab, words=[word])[0]) is expected
