"""Words are cut in a time that grows with the text, also where marks have no end."""

import pickle
import time
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from entextract.reading.tokenizer import BoundedTokenizer, bound_tokenizer

ENDLESS = [",", "«", "…", "—", "_", "°", "😀", "!?", "l'", "d’", "a,", "(a)", "a:", "S.", "$1"]


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("fr")
    bound_tokenizer(nlp)
    return nlp


@pytest.mark.parametrize("unit", ENDLESS)
def test_endless_marks_take_no_time(unit: str, nlp: Language) -> None:
    """spaCy's own tokenizer takes the square: some fifteen minutes for these 120,000 commas."""
    text = f"Le Mali vote. {(unit * 120_000)[:120_000]} La Grèce aussi."
    begin = time.process_time()
    doc = nlp(text)
    assert time.process_time() - begin < 10
    assert doc.text == text
    words = [token.text for token in doc]
    assert words[:4] == ["Le", "Mali", "vote", "."]
    assert words[-4:] == ["La", "Grèce", "aussi", "."]
    assert "".join(token.text_with_ws for token in doc) == text


@pytest.mark.parametrize("unit", [",", "l'", "«"])
def test_a_pipeline_called_by_hand_reads_on_behind_endless_marks(
    unit: str, nlp_full: Language
) -> None:
    text = f"Le Mali vote. {(unit * 40_000)[:40_000]} La Grèce aussi."
    begin = time.process_time()
    doc = nlp_full(text)
    assert time.process_time() - begin < 30
    found = [(e.text, e.start_char) for e in doc.ents if e.label_ == "COUNTRY"]
    assert found == [("Mali", 3), ("Grèce", text.index("Grèce"))]
    assert len(doc.text) == len(text)


def test_other_texts_have_the_words_that_spacy_gives(nlp: Language) -> None:
    theirs = spacy.blank("fr").tokenizer
    for text in (
        "",
        " ",
        "Aujourd'hui, l'O.N.U. (à New York) dit : « Qu'est-ce que c'est ? »…",
        "Voir https://www.exemple.fr/a?b=c,d ; écrire à nora@exemple.fr !!!",
        "Ébène œuf ﬁn ª º İstanbul straße 東京 Киев αβγ naïveté ǅ kmUS RNAm",
        "," * 200,
        "l'" * 500,
    ):
        assert [t.text_with_ws for t in nlp(text)] == [t.text_with_ws for t in theirs(text)]


def test_rules_of_ones_own_hold_for_words_of_letters_too() -> None:
    nlp = spacy.blank("fr")
    suffixes = spacy.util.compile_suffix_regex([*nlp.Defaults.suffixes, "(?<=[a-z])isme"])
    nlp.tokenizer.suffix_search = suffixes.search
    bound_tokenizer(nlp)
    assert [token.text for token in nlp("le gaullisme")] == ["le", "gaull", "isme"]


def test_a_saved_pipeline_has_the_same_tokenizer(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    text = "Paris" + "," * 50_000
    words = [token.text for token in nlp(text)]
    begin = time.process_time()
    for again in (spacy.load(tmp_path), pickle.loads(pickle.dumps(nlp))):
        assert [token.text for token in again(text)] == words
    assert time.process_time() - begin < 20


def test_a_tokenizer_of_ones_own_is_left_alone() -> None:
    class Own(Tokenizer):  # type: ignore[misc]
        pass

    nlp = spacy.blank("fr")
    nlp.tokenizer = own = Own(nlp.vocab)
    bound_tokenizer(nlp)
    assert nlp.tokenizer is own
    assert not isinstance(own, BoundedTokenizer)
