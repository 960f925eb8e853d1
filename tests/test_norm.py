"""Token norms on one spelling, and compound demonyms cut in two; the text never changes."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from entextract.pipes.norm import Norm

untimed = settings(deadline=None)  # the first call reads tables

NLP = spacy.blank("fr")
NORM = Norm(NLP, "norm")


def words(text: str) -> list[str]:
    return [token.text for token in NORM(NLP.make_doc(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("guerre russo-ukrainienne", ["guerre", "russo", "-", "ukrainienne"]),
        ("Franco-Allemands", ["Franco", "-", "Allemands"]),
        (
            "un sommet sino-russo-américain",
            ["un", "sommet", "sino", "-", "russo", "-", "américain"],
        ),
        ("israelo-palestinien", ["israelo", "-", "palestinien"]),
        ("ex-soviétiques", ["ex", "-", "soviétiques"]),
        ("nord-coréen", ["nord-coréen"]),
        ("porte-parole", ["porte-parole"]),
        ("Jean-Luc", ["Jean-Luc"]),
        ("ex-ministre", ["ex-ministre"]),
        ("russo", ["russo"]),
    ],
)
def test_compound_demonyms(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_norms_are_levelled_and_keep_case() -> None:
    doc = NORM(NLP.make_doc("L’Égypte, le Bénin et ŒUVRE"))
    assert [t.norm_ for t in doc] == ["L'", "Egypte", ",", "le", "Benin", "et", "OEUVRE"]


@untimed
@given(
    st.lists(
        st.sampled_from(
            ["russo-ukrainien", "franco-", "Moscou", "É", "’", "-", " ", "\n", "ex-russe"]
        )
    )
)
def test_text_never_changes(pieces: list[str]) -> None:
    text = "".join(pieces)
    doc = NORM(NLP.make_doc(text))
    assert doc.text == text


def test_find_changes_nothing() -> None:
    doc = NLP.make_doc("le duo franco-allemand et sa porte-parole")
    assert [t.text for t in NORM.find(doc)] == ["franco-allemand"]
    assert len(doc) == 6


def compound(entities: list[tuple[int, int, str]]) -> Doc:
    """« L'accord franco-allemand Élysée tient », parsed by hand."""
    doc = Doc(
        NLP.vocab,
        words=["L'", "accord", "franco-allemand", "Élysée", "tient"],
        spaces=[False, True, True, True, False],
        heads=[1, 4, 1, 1, 4],
        deps=["det", "nsubj", "amod", "appos", "ROOT"],
        pos=["DET", "NOUN", "ADJ", "PROPN", "VERB"],
    )
    doc.ents = [Span(doc, start, end, label=label) for start, end, label in entities]
    return doc


def test_last_half_keeps_the_place_of_the_whole() -> None:
    doc = NORM(compound([]))
    assert [t.text for t in doc][2:5] == ["franco", "-", "allemand"]
    assert doc[4].head.text == "accord"
    assert {t.head.i for t in doc[2:4]} == {4}
    assert [t.text for t in doc if t.head == t] == ["tient"]


def test_last_half_keeps_the_tags_of_the_whole() -> None:
    doc = NORM(compound([]))
    assert (doc[4].text, doc[4].dep_, doc[4].pos_) == ("allemand", "amod", "ADJ")


@pytest.mark.parametrize(
    ("entities", "expected"),
    [
        ([(2, 3, "MISC")], []),
        ([(2, 4, "PER")], ["Élysée"]),
        ([(1, 3, "ORG")], ["accord franco-allemand"]),
        ([(3, 4, "LOC")], ["Élysée"]),
    ],
)
def test_entities_of_the_model_around_a_compound(
    entities: list[tuple[int, int, str]], expected: list[str]
) -> None:
    assert [e.text for e in NORM(compound(entities)).ents] == expected


def test_both_halves_are_mentions(nlp_rules: Language) -> None:
    doc = nlp_rules("Le sommet sino-russo-américain et l'accord Franco-Allemand.")
    assert [(e.text, e.kb_id_) for e in doc.ents] == [
        ("sino", "country:CN"),
        ("russo", "country:RU"),
        ("américain", "country:US"),
        ("Franco", "country:FR"),
        ("Allemand", "country:DE"),
    ]
