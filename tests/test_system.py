"""Linux, macOS and Windows: what they do differently, simulated here."""

import errno
import fcntl
import os
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from corpora import Inline, made_up
from runs import cut, write_run
from runs import made_up as made_up_rows

import entextract as ee
from entextract.decisions import Decisions
from entextract.records.nouns import Mention
from entextract.result import Extraction
from entextract.runs import run as corpus
from entextract.runs.run import extract_corpus, read_corpus
from entextract.runs.shards import Shards
from entextract.runs.tables import open_run

ARTICLES = made_up(24)
MENTION = Mention("a", 0, 4, "Mali", "COUNTRY", "name", "country:ML", 0, 0, "model")
Start = Callable[..., Shards]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fast: dict[str, Any]) -> Start:
    """Runs into one folder, in this process."""
    monkeypatch.setattr(corpus, "LocalPool", lambda workers, answer: Inline(answer, []))

    def run(source: Any = ARTICLES, **more: Any) -> Shards:
        return read_corpus(source, tmp_path / "run", **{"shard_articles": 5, **fast, **more})

    return run


# ---- Windows


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are flushed only if they may be written to, folders never."""
    monkeypatch.setattr(sys, "platform", "win32")
    flush = os.fsync

    def fsync(number: int) -> None:
        if fcntl.fcntl(number, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
            raise OSError(errno.EBADF, "Bad file descriptor")
        flush(number)

    monkeypatch.setattr("entextract.records.files.os.fsync", fsync)


@pytest.mark.usefixtures("windows")
def test_a_run_on_windows(start: Start, tmp_path: Path) -> None:
    assert start().count("articles") == 24
    written = open_run(tmp_path / "run").to_csv(tmp_path / "tables")
    assert all(path.exists() for path in written)
    assert Extraction.from_csv(tmp_path / "tables").count("articles") == 24


@pytest.mark.usefixtures("windows")
def test_a_file_that_a_scanner_holds_for_a_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move, refused = os.replace, []

    def replace(one: Any, other: Any) -> None:
        if len(refused) < 3:
            refused.append(other)
            raise PermissionError(errno.EACCES, "Permission denied", str(one))
        move(one, other)

    monkeypatch.setattr(os, "replace", replace)
    Extraction(mentions=(MENTION,)).to_csv(tmp_path)
    assert len(refused) == 3
    assert Extraction.from_csv(tmp_path).mentions == (MENTION,)


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize("held", ["articles.csv", "relations.csv", "report.json"])
def test_a_table_open_in_excel_leaves_all_as_they_were(
    held: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Extraction(mentions=(MENTION,)).to_csv(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    move = os.replace

    def replace(one: Any, other: Any) -> None:
        if held in (Path(one).name, Path(other).name):
            raise PermissionError(errno.EACCES, "Permission denied", str(one))
        move(one, other)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr("entextract.records.system._PATIENCE", 0)
    with pytest.raises(PermissionError) as caught:
        Extraction(mentions=(MENTION,) * 2, copies=(ee.Copy("b", "a", 1.0),)).to_csv(tmp_path)
    assert str(caught.value.filename) == str(tmp_path / held)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_tables_that_an_editor_gave_the_line_ends_of_windows(tmp_path: Path) -> None:
    rows = made_up_rows(20)
    rows.to_csv(tmp_path)
    for path in tmp_path.iterdir():
        if path.name != "sentences.csv":  # whose cells hold ends of line, quoted
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    found = Extraction.from_csv(tmp_path)
    assert found.mentions == rows.mentions
    assert found.articles == rows.articles
    (tmp_path / "d.yml").write_bytes(b"drop:\r\n  - entity: per:joe-biden\r\n")
    assert len(Decisions.read(tmp_path / "d.yml").rows) == 1


# ---- names


def test_names_that_every_system_takes(start: Start, tmp_path: Path) -> None:
    """Windows and macOS take « A » for « a »; Windows refuses some signs and some names."""
    start()
    open_run(tmp_path / "run").to_csv(tmp_path / "run")
    made = [path.relative_to(tmp_path / "run") for path in (tmp_path / "run").rglob("*")]
    assert len(made) > 20
    assert len({str(path).casefold() for path in made}) == len(made)
    for part in {part for path in made for part in path.parts}:
        assert part.isascii()
        assert not set(part) & set('<>:"|?*\\')
        assert part.partition(".")[0] not in ("con", "prn", "aux", "nul")
        assert part[-1] not in " ."


def test_files_whose_names_other_systems_would_refuse(start: Start, tmp_path: Path) -> None:
    names = ["a\\b.txt", "Été.txt", "été.TXT", "aux.txt", "fin .txt", "a:b.txt"]
    (tmp_path / "presse").mkdir()
    for name in names:
        (tmp_path / "presse" / name).write_text(f"Le Mali, dit {name}.", encoding="utf-8")
    found = [article.id for article in start(tmp_path / "presse").records("articles")]
    assert sorted(found) == sorted(name[:-4] for name in names)


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "._00000-x", "notes"])
def test_what_a_system_leaves_among_shards_is_left_alone(
    name: str, start: Start, tmp_path: Path
) -> None:
    stray = tmp_path / "run" / "shards" / name
    for _ in range(2):  # at the end of a run, and at the start of the next
        stray.parent.mkdir(parents=True, exist_ok=True)
        stray.write_bytes(b"\x00")
        assert start().count("articles") == 24
        assert stray.exists()
        assert open_run(tmp_path / "run").count("articles") == 24


# ---- folders


def test_without_a_folder_for_temporary_files(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", list)
    monkeypatch.setattr(tempfile, "tempdir", None)
    with zipfile.ZipFile(tmp_path / "presse.zip", "w") as archive:
        archive.writestr("a.txt", "Le Mali et la Pologne.")
    found = start(tmp_path / "presse.zip")
    assert found.problems == ()
    assert found.count("articles") == 1
    monkeypatch.setattr(tempfile, "tempdir", None)
    tables = open_run(tmp_path / "run")
    assert len(tables.graph().nx) == 2
    left = [path.name for path in (tmp_path / "run").iterdir() if path.name.startswith(".tmp")]
    assert not left


def test_workers_are_started_afresh(tmp_path: Path, fast: dict[str, Any]) -> None:
    """As Windows does: nothing that the parent has set reaches them but their arguments."""
    run = extract_corpus(made_up(6), tmp_path / "run", shard_articles=3, **fast)
    assert run.count("articles") == 6


def test_a_folder_by_two_names_is_one(tmp_path: Path) -> None:
    write_run(tmp_path / "run", cut(made_up_rows(10), 5))
    (tmp_path / "lien").symlink_to(tmp_path / "run")
    from entextract.records.locking import FolderTaken, locked

    with locked(tmp_path / "lien"), pytest.raises(FolderTaken):
        open_run(tmp_path / "run")
