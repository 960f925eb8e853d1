"""One way to ask a result, whether its rows are in memory or on disk."""

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest
from runs import cut, made_up, write_run

import entextract as ee
from entextract.linking.agreement import Names, agree
from entextract.linking.near_duplicates import find_copies
from entextract.records.columns import RECORDS, Table
from entextract.records.nouns import Problem
from entextract.result import Extraction, Result
from entextract.runs.tables import open_run

ROWS = made_up(80, seed=9)
ROWS = replace(
    ROWS,
    articles=tuple(
        replace(one, text=f"Le port de Lomé numéro {n // 2} sera agrandi, dit le ministre.")
        for n, one in enumerate(ROWS.articles)
    ),
    problems=(Problem(ROWS.articles[3].id, "p.csv:3", "vide", "empty"),),
)


@pytest.fixture(scope="module")
def in_memory() -> Result:
    return replace(agree(ROWS, Names()), copies=find_copies(ROWS.articles))


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return open_run(write_run(tmp_path_factory.mktemp("run"), cut(ROWS, 15)))


@pytest.fixture(params=["in_memory", "on_disk"])
def result(request: pytest.FixtureRequest) -> Result:
    found: Result = request.getfixturevalue(request.param)
    return found


def test_every_result_has_rows_of_each_table(result: Result) -> None:
    for table in get_args(Table):
        frame = result.to_frame(table)
        assert len(frame) == result.count(table) > 0
    with pytest.raises(ValueError, match="no table 'x': choose one of articles, mentions"):
        result.to_frame("x")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no table 'x': choose one of articles, mentions"):
        result.count("x")  # type: ignore[arg-type]


def test_what_is_a_sequence_is_one_everywhere(result: Result) -> None:
    assert [problem.reason for problem in result.problems] == ["vide"]
    assert isinstance(result.entities, tuple)
    assert isinstance(result.copies, tuple)
    assert result.entities[0].id < result.entities[-1].id


def test_every_result_follows_decisions(result: Result) -> None:
    decisions = ee.Decisions(merge=[{"into": "per:joe-biden", "from": ["per:jill-biden"]}])
    settled = result.apply(decisions)
    assert isinstance(settled, Extraction)
    assert "per:jill-biden" not in {entity.id for entity in settled.entities}
    assert any(mention.rule.endswith("+decision:merge") for mention in settled.mentions)


def test_every_result_names_doubtful_pairs(result: Result) -> None:
    pairs = result.suspects()[["entity", "other"]].agg(set, axis=1).tolist()
    assert {"per:jill-biden", "per:joe-biden"} in pairs or len(pairs) > 0
    apart = ee.Decisions(never_merge=[{"entities": sorted(pairs[0])}])
    assert pairs[0] not in result.suspects(apart)[["entity", "other"]].agg(set, axis=1).tolist()


def test_every_result_explains_an_entity(result: Result) -> None:
    explanation = result.explain("Antony Blinken")
    assert explanation.entity.id == "per:antony-blinken"
    assert sum(reason.mentions for reason in explanation.reasons) == explanation.entity.mentions
    assert any(reason.example.startswith("Phrase ") for reason in explanation.reasons)
    with pytest.raises(ValueError, match="no entity 'Personne'"):
        result.explain("Personne")


def test_every_result_has_a_graph(result: Result) -> None:
    graph = result.graph("article", min_weight=2)
    assert graph.nx.number_of_edges() > 3
    assert "window article" in repr(graph)


def test_every_result_is_written_and_read_back(result: Result, tmp_path: Path) -> None:
    result.to_csv(tmp_path)
    back = Extraction.from_csv(tmp_path)
    assert back.entities == tuple(result.entities)
    assert back.problems == tuple(result.problems)


def test_the_answers_are_the_same(in_memory: Result, on_disk: Result) -> None:
    for table in RECORDS:
        pd.testing.assert_frame_equal(on_disk.to_frame(table), in_memory.to_frame(table))
    pd.testing.assert_frame_equal(on_disk.suspects(), in_memory.suspects())
    assert on_disk.explain("Biden") == in_memory.explain("Biden")
    assert list(on_disk.graph().nx.edges(data=True)) == list(in_memory.graph().nx.edges(data=True))
    decisions = ee.Decisions(drop=[{"entity": "per:scholz"}])
    assert on_disk.apply(decisions).entities == in_memory.apply(decisions).entities


def test_a_corpus_read_by_workers_gives_a_result(tmp_path: Path) -> None:
    import spacy

    from entextract.runs.tables import Tables

    spacy.blank("fr").to_disk(tmp_path / "blank")
    found = ee.extract_corpus([], tmp_path / "run", name=str(tmp_path / "blank"), demonyms=False)
    assert isinstance(found, Tables)
    assert found.count("articles") == 0
    assert found.to_frame("mentions").empty
