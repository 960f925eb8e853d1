"""Forms found in texts: every spelling, whole tokens, in order, at no cost before they are met."""

import pytest
import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher

import entextract as ee
from entextract import tables
from entextract.pipes.phrases import Phrases
from entextract.pipes.spans import set_norms
from entextract.records.spelling import level, variants


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("fr")


def found(nlp: Language, phrases: Phrases, text: str) -> list[tuple[str, str]]:
    doc = nlp(text)
    set_norms(doc)
    return [(key, doc[start:end].text) for key, start, end in phrases(doc)]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("Côte d'Ivoire", "En Côte d’Ivoire.", ["Côte d’Ivoire"]),
        ("Côte d'Ivoire", "LA CÔTE D'IVOIRE", ["CÔTE D'IVOIRE"]),
        ("Burkina-Faso", "Au Burkina Faso, au Burkina-Faso", ["Burkina Faso", "Burkina-Faso"]),
        ("Élysée", "L'Elysée et l'Élysée", ["Elysée", "Élysée"]),
        ("3M", "Chez 3M", ["3M"]),
        ("Chine", "La Chinedu, la chine", []),
        ("ONU", "l'ONU", ["ONU"]),
        ("Niger", "Le Nigeria, le Niger", ["Niger"]),
    ],
)
def test_every_spelling_of_a_form(nlp: Language, form: str, text: str, expected: list[str]) -> None:
    assert found(nlp, Phrases(nlp, [("k", form)]), text) == [("k", text) for text in expected]


def test_longer_and_shorter_forms_and_several_keys(nlp: Language) -> None:
    phrases = Phrases(nlp, [("a", "Corée"), ("b", "Corée du Nord"), ("c", "Corée"), ("a", "Corée")])
    assert found(nlp, phrases, "Corée du Nord") == [
        ("a", "Corée"),
        ("c", "Corée"),
        ("b", "Corée du Nord"),
    ]


def test_a_form_is_found_again_after_many_other_words(nlp: Language) -> None:
    phrases = Phrases(nlp, [("k", "Mali"), ("l", "Togo")])
    texts = ["Le Mali", "un deux trois quatre cinq", "Le Mali et le Togo"]
    assert [len(found(nlp, phrases, text)) for text in texts] == [1, 0, 2]


def test_a_form_waits_for_its_second_word_in_any_spelling(nlp: Language) -> None:
    phrases = Phrases(nlp, [("k", "Côte d'Ivoire"), ("l", "Guinée-Bissau"), ("m", "Paris 2024")])
    texts = ["la Côte", "la COTE D’IVOIRE", "la Côte D'Ivoire", "Guinée", "GUINÉE BISSAU"]
    assert [len(found(nlp, phrases, text)) for text in texts] == [0, 1, 1, 0, 1]
    assert [len(found(nlp, phrases, text)) for text in ("Paris", "Paris 2024")] == [0, 1]


def test_the_same_as_the_matcher_of_spacy(nlp: Language) -> None:
    keys = [(row.id, row.form) for row in tables.organisations()]
    keys += [(row.id, row.form) for row in tables.countries()]
    theirs = PhraseMatcher(nlp.vocab, attr="NORM")
    for key, form in keys:
        for variant in variants(form):
            doc = nlp(variant)
            for token in doc:
                token.norm_ = level(token.text)
            theirs.add(key, [doc])
    ours = Phrases(nlp, keys)
    for article in ee.sample_articles():
        doc = nlp(article.text)
        set_norms(doc)
        expected = {(nlp.vocab.strings[key], a, b) for key, a, b in theirs(doc)}
        assert expected
        assert set(ours(doc)) == expected
