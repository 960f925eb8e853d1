"""What holds of every text of ours, read and linked together as one corpus."""

import pytest
from batches import Batches, article_of
from recorded import articles, sentences
from runs import joined

import entextract as ee
from entextract import tables
from entextract.linking.agreement import agree
from entextract.reading.extraction import names_of
from entextract.records.ids import has_label, key_of


@pytest.fixture(scope="module")
def everything(batches: Batches) -> ee.Extraction:
    rows = batches.rows([*map(article_of, sentences()), *articles()])
    return agree(joined([*rows]), names_of(batches.nlp))


def test_no_text_stops_the_pipeline(everything: ee.Extraction) -> None:
    assert [problem for problem in everything.problems if problem.action == "left out"] == []


def test_every_mention_of_a_state_has_its_code(everything: ee.Extraction) -> None:
    codes = tables.country_names().keys()
    named = [m for m in everything.mentions if m.label == "COUNTRY"]
    assert [m for m in named if key_of(m.entity) not in codes] == []
    assert len({m.entity for m in named}) > 100


def test_every_state_has_its_code(everything: ee.Extraction) -> None:
    states = [e for e in everything.entities if e.label == "COUNTRY"]
    assert [e for e in states if e.id != f"country:{e.country}"] == []
    assert [e for e in everything.entities if e.label != "COUNTRY" and e.country] == []


def test_every_id_says_the_label_of_its_mention(everything: ee.Extraction) -> None:
    wrong = [m for m in everything.mentions if not has_label(m.entity, m.label)]
    assert wrong == []
