"""A folder holds one run, whatever is written into it and however it is read."""

import errno
import json
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commands import run_command
from corpora import Inline
from spacy.language import Language
from typer.testing import Result

import entextract as ee
from entextract.records.locking import FolderTaken, locked
from entextract.records.nouns import DERIVED, TABLES
from entextract.runs import run as corpus

A, B = "La France reçoit le Mali.", "La Pologne reçoit le Chili et le Gabon."
Invoke = Callable[..., Result]


@pytest.fixture
def invoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nlp_fast: Language) -> Invoke:
    """Runs a command in a folder with two articles, by a pipeline that finds countries only."""
    monkeypatch.setattr("entextract.reading.load.load", lambda **given: nlp_fast)
    monkeypatch.setattr(corpus, "LocalPool", lambda workers, answer: Inline(answer, []))
    monkeypatch.chdir(tmp_path)
    for name, text in (("a", A), ("b", B)):
        Path(f"{name}.txt").write_text(text, encoding="utf-8")
    Path("d.yml").write_text(
        "merge:\n  - {into: country:FR, from: [country:ML]}\n", encoding="utf-8"
    )

    return run_command


def said_by_every_reader(invoke: Invoke, folder: str) -> set[frozenset[str]]:
    """The entities that each way to read a folder knows of; one set, if they agree."""
    Path("g.gexf").unlink(missing_ok=True)
    invoke("graph", folder, "-o", "g.gexf")
    known = [set(ee.EntityGraph.from_gexf("g.gexf").nx)]
    if Path(folder, "entities.csv").exists():
        known.append({e.id for e in ee.Extraction.from_csv(folder).entities})
    if Path(folder, "manifest.json").exists():
        known.append({e.id for e in ee.open_run(folder).entities})
        known.append({e.id for e in ee.open_run(folder).read().entities})
    if Path(folder, "graphe.gexf").exists():
        known.append(set(ee.EntityGraph.from_gexf(f"{folder}/graphe.gexf").nx))
    return {frozenset(names) for names in known}


FR, ML = "country:FR", "country:ML"
IN_A, IN_B = {FR, ML}, {"country:PL", "country:CL", "country:GA"}


def test_a_run_in_memory_into_the_folder_of_shards_is_refused(invoke: Invoke) -> None:
    invoke("run", "a.txt", "-o", "s", "--shards")
    before = {path: path.read_bytes() for path in Path("s").rglob("*.*")}
    for command in (["run", "b.txt"], ["extract", "b.txt"], ["demo"]):
        said = invoke(*command, "-o", "s", code=2).stderr
        assert said.startswith("Error: s: holds a run by shards")
        assert "choose another folder" in said
    with pytest.raises(FileExistsError, match="holds a run by shards"):
        ee.Extraction().to_csv("s")
    assert {path: path.read_bytes() for path in Path("s").rglob("*.*")} == before
    assert said_by_every_reader(invoke, "s") == {frozenset(IN_A)}


def test_runs_by_shards_say_what_to_install(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Arrow and DuckDB come with an extra: a plain installation has the rest of the command."""
    invoke("extract", "a.txt", "-o", "lots", "--shards")
    remedy = "need duckdb: pip install 'entextract[corpus]'"
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert invoke("run", "a.txt", "-o", "s").exit_code == 0
    for command in (
        ["extract", "a.txt", "-o", "t", "--shards"],
        ["run", "a.txt", "-o", "u", "--workers", "2"],
        ["graph", "lots", "-o", "g.gexf"],
    ):
        assert remedy in invoke(*command, code=2).stderr
    for call in (lambda: ee.open_run("lots"), lambda: ee.extract_corpus("a.txt", "v")):
        with pytest.raises(ImportError, match="need duckdb: pip install"):
            call()


@pytest.mark.parametrize("first", [["run"], ["run", "--shards"], ["extract"]])
@pytest.mark.parametrize("second", [["run", "--shards"], ["extract", "--shards"]])
def test_a_run_by_shards_replaces_what_was_there(
    first: list[str], second: list[str], invoke: Invoke
) -> None:
    invoke(*first, "a.txt", "-o", "s")
    assert said_by_every_reader(invoke, "s") == {frozenset(IN_A)}
    invoke(*second, "b.txt", "-o", "s")
    assert said_by_every_reader(invoke, "s") == {frozenset(IN_B)}


def test_an_extraction_leaves_no_older_drawing(invoke: Invoke) -> None:
    invoke("run", "a.txt", "-o", "s")
    invoke("extract", "b.txt", "-o", "s")
    assert not list(Path("s").rglob("*.gexf"))
    assert not Path("s/reseau.html").exists()
    assert not list(Path("s").rglob("edges.csv"))
    assert said_by_every_reader(invoke, "s") == {frozenset(IN_B)}


def test_a_run_too_large_for_csv_leaves_no_older_tables(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoke("run", "a.txt", "-o", "s")
    monkeypatch.setattr("entextract.cli.corpus.LARGEST_CSV", 0)
    invoke("extract", "b.txt", "-o", "s", "--shards")
    assert not list(Path("s").glob("*.csv"))
    assert said_by_every_reader(invoke, "s") == {frozenset(IN_B)}


def test_while_a_run_goes_on_no_older_table_passes_for_its_own(invoke: Invoke) -> None:
    invoke("run", "a.txt", "-o", "s", "--shards")
    manifest = Path("s/manifest.json")
    begun = {**json.loads(manifest.read_text("utf-8")), "complete": False}
    manifest.write_text(json.dumps(begun), encoding="utf-8")
    for read in (ee.Extraction.from_csv, ee.open_run):
        with pytest.raises(ValueError, match="the run is not finished"):
            read("s")
    assert "not finished" in invoke("graph", "s", "-o", "g.gexf", code=2).stderr
    invoke("run", "a.txt", "-o", "s", "--shards")
    assert said_by_every_reader(invoke, "s") == {frozenset(IN_A)}


def test_tables_of_another_run_beside_shards_are_refused(invoke: Invoke) -> None:
    invoke("run", "a.txt", "-o", "s", "--shards")
    invoke("run", "b.txt", "-o", "autre")
    for path in Path("autre").glob("*.*"):
        path.replace(Path("s", path.name))
    with pytest.raises(ValueError, match=r"s: its CSV tables and its shards are of two runs"):
        ee.Extraction.from_csv("s")


def test_tables_travel_without_their_shards(invoke: Invoke) -> None:
    invoke("run", "a.txt", "-o", "s", "--shards")
    Path("t").mkdir()
    for path in Path("s").glob("*.*"):
        if path.name != "manifest.json":
            path.rename(Path("t", path.name))
    assert {e.id for e in ee.Extraction.from_csv("t").entities} == IN_A


# ---- decisions


def test_decisions_are_followed_in_both_forms(invoke: Invoke) -> None:
    invoke("run", "a.txt", "b.txt", "-o", "s", "--shards", "--decisions", "d.yml")
    assert said_by_every_reader(invoke, "s") == {frozenset({FR} | IN_B)}
    tables, rows = ee.open_run("s"), ee.Extraction.from_csv("s")
    assert tables.read().former == rows.former != ()
    assert [m.entity for m in tables.read().mentions] == [m.entity for m in rows.mentions]
    invoke("decisions", "s", "-o", "suite.yml")
    invoke("compare", "s", "s", "-o", "c.csv")
    rows.to_csv("memoire")
    for options in ([], ["--relations"], ["--window", "article"]):
        for folder in ("s", "memoire"):
            invoke("graph", folder, "-o", f"{folder}.gexf", *options)
        assert Path("s.gexf").read_bytes() == Path("memoire.gexf").read_bytes()


def test_decisions_are_taken_back(invoke: Invoke) -> None:
    for decisions, expected in (
        (["--decisions", "d.yml"], {FR}),
        ([], IN_A),
        (["--decisions", "d.yml"], {FR}),
    ):
        invoke("run", "a.txt", "-o", "s", "--shards", *decisions)
        assert said_by_every_reader(invoke, "s") == {frozenset(expected)}


# ---- a full disk, a kill


@pytest.mark.parametrize("by_shards", [False, True])
def test_a_full_disk(by_shards: bool, invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    options = ["--shards"] if by_shards else []
    invoke("extract", "a.txt", "-o", "s", *options)
    flush, csv = os.fsync, {path.name: path.read_bytes() for path in Path("s").glob("*.csv")}

    def full(number: int) -> None:
        if "mentions" in Path(f"/proc/self/fd/{number}").resolve().name or not by_shards:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        flush(number)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        said = invoke("extract", "b.txt", "-o", "s", *options, code=2).stderr
    assert "No space left on device" in said
    if by_shards:
        assert "start the same command again" in said
    else:
        assert said.count("s/articles.csv: No space left on device; tables that were there") == 1
        assert "make room on this disk, or choose another folder" in said
        assert {path.name: path.read_bytes() for path in Path("s").glob("*.csv")} == csv
        assert said_by_every_reader(invoke, "s") == {frozenset(IN_A)}
    invoke("extract", "b.txt", "-o", "s", *options)
    assert said_by_every_reader(invoke, "s") == {frozenset(IN_B)}


class Killed(BaseException):
    """What ends a process at once."""


# each table and the report are set aside, then each new one comes
MOVES = 2 * (len(TABLES) + len(DERIVED) + 1)


@pytest.mark.parametrize("moment", range(MOVES + 2))
def test_a_kill_while_tables_take_their_places(
    moment: int, tmp_path: Path, nlp_fast: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables and the report are set aside, then new ones come: they are whole, or refused."""
    monkeypatch.chdir(tmp_path)
    for folder, text in (("s", A), ("autre", B)):
        ee.extract([text], nlp_fast).to_csv(folder)
    old, new = (ee.Extraction.from_csv(folder) for folder in ("s", "autre"))
    move, moved = os.replace, []

    def replace(one: Any, other: Any) -> None:
        if len(moved) >= moment:
            raise Killed
        moved.append(other)
        move(one, other)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        if moment < MOVES:
            with pytest.raises(Killed):
                new.to_csv("s")
        else:
            new.to_csv("s")
    try:
        found = ee.Extraction.from_csv("s")
    except FileNotFoundError:
        assert 0 < moment < MOVES
    else:
        assert found in (old, new)
        assert found == (old if moment < MOVES else new)


# ---- two at once


def _hold(folder: str, held: Any, end: Any) -> None:
    with locked(Path(folder)):
        held.set()
        end.wait(60)


def test_two_runs_at_once(invoke: Invoke) -> None:
    invoke("extract", "a.txt", "-o", "s")
    context = multiprocessing.get_context("spawn")
    held, end = context.Event(), context.Event()
    other = context.Process(target=_hold, args=("s", held, end))
    other.start()
    try:
        assert held.wait(60)
        said = invoke("extract", "b.txt", "-o", "s", code=2).stderr
        assert f"another run writes here (process {other.pid} of " in said
        with pytest.raises(FolderTaken, match="choose another folder"):
            ee.Extraction().to_csv("s")
    finally:
        end.set()
        other.join()
    assert said_by_every_reader(invoke, "s") == {frozenset(IN_A)}
    assert not {path.name for path in Path("s").iterdir()} & {".lock", ".owner.json"}


def test_two_threads_of_one_notebook(tmp_path: Path) -> None:
    caught: list[BaseException] = []

    def write() -> None:
        try:
            ee.Extraction().to_csv(tmp_path)
        except FolderTaken as error:
            caught.append(error)

    with locked(tmp_path, whole_command=True):
        ee.Extraction().to_csv(tmp_path)  # a step of the same command
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert len(caught) == 1
    write()
    assert len(caught) == 1
