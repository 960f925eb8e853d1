"""How sure rows are: in the tables, and as what a graph is made of."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from runs import cut, made_up, write_run
from spacy.language import Language

import entextract as ee
from entextract.linking.agreement import Names, agree
from entextract.result import Extraction
from entextract.runs.tables import open_run
from entextract.tables.scores import evidence_of_mention, score_of

TEXT = "Le ministre Paul Astier est à Dakar. Selon Vrixel, la France accuse la Turquie."


@pytest.fixture(scope="module")
def unsure() -> Extraction:
    """A made-up corpus whose rows have scores drawn by lot."""
    rows, lot = made_up(150, seed=4), random.Random(4)
    return replace(
        rows,
        mentions=tuple(replace(row, score=lot.random()) for row in rows.mentions),
        relations=tuple(replace(row, score=lot.random()) for row in rows.relations),
    )


def test_every_mention_and_relation_has_a_score(nlp_full: Language) -> None:
    result = ee.extract([ee.Article("a", TEXT)], nlp_full)
    assert result.mentions
    assert result.relations
    assert all(0 < row.score < 1 for row in (*result.mentions, *result.relations))


def test_what_a_person_decided_is_sure(nlp_full: Language) -> None:
    result = ee.extract([ee.Article("a", TEXT)], nlp_full)
    decided = result.apply(ee.Decisions(relabel=[{"entity": "Paul Astier", "label": "ORG"}]))
    assert {row.score for row in decided.mentions if row.text == "Paul Astier"} == {1.0}
    others = [row.score for row in result.mentions if row.text != "Paul Astier"]
    assert [row.score for row in decided.mentions if row.text != "Paul Astier"] == others


def test_what_is_rare_leans_on_what_is_more_general() -> None:
    known = evidence_of_mention("model", "PER", "Paul Astier")
    unknown = (*known[:2], "never judged")
    assert score_of("mentions", unknown) == score_of("mentions", known[:2])


@pytest.mark.parametrize("make", [ee.EntityGraph.of_comentions, ee.EntityGraph.of_relations])
def test_a_graph_of_sure_rows_counts_no_others_in_memory_and_on_disk(
    make: Callable[..., ee.EntityGraph], unsure: Extraction, tmp_path: Path
) -> None:
    linked = agree(unsure, Names())
    on_disk = open_run(write_run(tmp_path, cut(unsure, 20)))
    sure, stored = make(linked, min_score=0.4), make(on_disk, min_score=0.4)
    assert dict(stored.nx.nodes(data=True)) == dict(sure.nx.nodes(data=True))
    assert list(stored.nx.edges(data=True)) == list(sure.nx.edges(data=True))
    for node, row in sure.nx.nodes(data=True):
        own = [m for m in linked.mentions if m.entity == node and m.score >= 0.4]
        assert row["mentions"] == len(own) > 0
    assert 0 < sure.nx.number_of_edges() < make(linked).nx.number_of_edges()


@pytest.mark.parametrize("wrong", [-0.1, 1.5])
def test_a_score_is_a_share(wrong: float, unsure: Extraction) -> None:
    with pytest.raises(ValueError, match="min_score is from 0 to 1"):
        ee.EntityGraph.of_comentions(agree(unsure, Names()), min_score=wrong)
