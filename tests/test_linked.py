"""Shards linked one after the other give the tables that linking in memory gives."""

import json
import random
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from runs import cut, joined, made_up, write_run
from spacy.language import Language

import entextract as ee
from entextract.actors.actor import Actor
from entextract.linking.agreement import Names, agree
from entextract.reading.extraction import names_of, read
from entextract.records.arrow_tables import records_of
from entextract.records.columns import RECORDS
from entextract.records.files import TEMPORARY, write_json
from entextract.records.locking import FolderTaken, locked
from entextract.records.stamp import MANIFEST, TABLES
from entextract.result import Extraction
from entextract.runs import link as linked
from entextract.runs.link import link_run


def tables_of(folder: Path) -> Extraction:
    """The tables as records."""
    found = {
        table: tuple(records_of(table, pq.read_table(folder / f"{table}.parquet")))
        for table in RECORDS
    }
    return Extraction(**found)


NAMES = Names({"country:ML": "Mali"}, {"per:mes-scholz": Actor("mes-scholz", "PER", "Olaf Scholz")})


@pytest.mark.parametrize("size", [1, 7, 25, 1000])
def test_shards_of_any_size_give_what_memory_gives(tmp_path: Path, size: int) -> None:
    rows = made_up(60)
    run = write_run(tmp_path / "run", cut(rows, size), NAMES)
    expected = agree(rows, NAMES)
    assert {m.entity for m in expected.mentions} & {"per:mes-scholz"}
    assert any("corpus-" in m.rule for m in expected.mentions)
    assert tables_of(link_run(run)) == expected


@given(st.integers(1, 30), st.integers(1, 10), st.integers(0, 10**6))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_order_of_shards_changes_the_order_of_rows_only(
    tmp_path: Path, number: int, size: int, seed: int
) -> None:
    rows = made_up(number, seed)
    parts = cut(rows, size)
    random.Random(seed).shuffle(parts)
    run = write_run(tmp_path / f"{number}-{size}-{seed}", parts)
    found, expected = tables_of(link_run(run)), agree(joined(parts), Names())
    assert found == expected
    straight = agree(rows, Names())
    assert found.entities == straight.entities
    assert sorted(map(repr, found.mentions)) == sorted(map(repr, straight.mentions))
    assert sorted(map(repr, found.relations)) == sorted(map(repr, straight.relations))


def test_sample_articles(tmp_path: Path, nlp_full: Language, sample_result: Extraction) -> None:
    rows = read(ee.sample_articles(), nlp_full)
    run = write_run(tmp_path, cut(rows, 2), names_of(nlp_full))
    found = tables_of(link_run(run))
    for table in ("mentions", "entities", "relations", "sentences"):
        assert getattr(found, table) == getattr(sample_result, table)
    assert [(a.id, a.date, a.meta) for a in found.articles] == [
        (a.id, a.date, dict(a.meta)) for a in sample_result.articles
    ]


def test_a_run_without_articles(tmp_path: Path) -> None:
    assert tables_of(link_run(write_run(tmp_path, []))) == Extraction()


def test_tables_of_the_same_shards_are_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = write_run(tmp_path, cut(made_up(10), 4))
    folder = link_run(run)
    with monkeypatch.context() as patched:
        patched.setattr(linked, "_write", lambda *_: pytest.fail("made again"))
        assert link_run(run) == folder
        manifest = json.loads((run / MANIFEST).read_text("utf-8"))
        write_json(run / MANIFEST, {**manifest, "inputs": ["the same, read at another time"]})
        assert link_run(run) == folder
    other = made_up(12, seed=5)
    write_run(tmp_path, cut(other, 4))
    assert tables_of(link_run(run)) == agree(other, Names())


def test_a_failure_leaves_the_tables_that_were_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = write_run(tmp_path, cut(made_up(10), 4))
    before = tables_of(link_run(run))
    write_run(tmp_path, cut(made_up(12, seed=5), 4))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(linked, "copies_of_run", full)
    with pytest.raises(OSError, match="No space left"):
        link_run(run)
    assert tables_of(run / TABLES) == before
    assert not list(run.glob(f"{TEMPORARY}*"))


def test_a_folder_that_another_process_writes_into(tmp_path: Path) -> None:
    run = write_run(tmp_path, cut(made_up(10), 4))
    with locked(run), pytest.raises(FolderTaken, match="another run writes here"):
        link_run(run)


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    run = write_run(tmp_path, cut(made_up(10), 4))
    left = run / f"{TEMPORARY}{TABLES}-99"
    left.mkdir()
    (left / "mentions.parquet").write_bytes(b"half")
    link_run(run)
    assert not left.exists()


def test_progress_counts_both_readings(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    run = write_run(tmp_path, cut(made_up(9), 3))
    link_run(run, progress=lambda *step: seen.append(step))
    assert seen == [(n, 6) for n in range(1, 7)]


def test_damaged_record_of_what_was_made_is_made_again(tmp_path: Path) -> None:
    run = write_run(tmp_path, cut(made_up(5), 2))
    content = link_run(run) / "content.json"
    whole = json.loads(content.read_text("utf-8"))
    content.write_text("{", "utf-8")
    link_run(run)
    assert json.loads(content.read_text("utf-8")) == whole
