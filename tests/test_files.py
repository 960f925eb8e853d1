"""Files are there whole or not at all, several of them together."""

import errno
import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest
import typer

from entextract.cli.screen import said_plainly
from entextract.decisions import Decisions
from entextract.records import files
from entextract.records.files import (
    all_or_nothing,
    digest,
    file_digest,
    replacing,
    replacing_bytes,
    write_json,
)
from entextract.records.nouns import Article, Copy, Mention, Sentence
from entextract.result import Extraction

MENTION = Mention("a", 3, 9, "Dupont", "PER", "name", "per:dupont", 0, 2, "model")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_that_fails_leaves_the_older_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("avant", "utf-8")

    def fail() -> None:
        with replacing(path) as file:
            file.write("à moitié")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_text("utf-8") == "avant"
    assert names(tmp_path) == ["a.txt"]


def test_several_files_take_their_places_together(tmp_path: Path) -> None:
    one, other, old = (tmp_path / name for name in ("a.txt", "b.bin", "c.txt"))
    for path in (one, old):
        path.write_text("avant", "utf-8")
    with all_or_nothing() as drafts:
        drafts.remove(old)
        with drafts.text(one) as file:
            file.write("après")
        with drafts.bytes(other) as raw:
            raw.write(b"\x00")
        assert (one.read_text("utf-8"), other.exists(), old.exists()) == ("avant", False, True)
    assert (one.read_text("utf-8"), other.read_bytes()) == ("après", b"\x00")
    assert names(tmp_path) == ["a.txt", "b.bin"]


def test_what_is_renamed_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    sync, rename, folder = os.fsync, os.replace, files.sync
    monkeypatch.setattr(os, "fsync", lambda number: (done.append("fsync"), sync(number))[1])
    monkeypatch.setattr(os, "replace", lambda a, b: (done.append("rename"), rename(a, b))[1])
    monkeypatch.setattr(files, "sync", lambda path: (done.append("folder"), folder(path))[1])
    with all_or_nothing() as drafts:
        for name in ("a", "b"):
            with drafts.text(tmp_path / name) as file:
                file.write("x")
    assert done[:5] == ["fsync", "fsync", "rename", "rename", "folder"]


def test_an_error_of_the_disk_names_the_file_that_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"

    def fill() -> None:
        with replacing_bytes(path):
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left") as caught:
        fill()
    assert caught.value.filename == str(path)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EFBIG])
def test_where_nothing_can_be_written_or_removed_the_file_is_named(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a disk that is read only the taking away of the draft fails as well."""

    def refuse(path: Path, *_: Any, **__: Any) -> Any:
        raise OSError(code, os.strerror(code), str(path))

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(OSError, match="a.gexf") as caught, replacing_bytes(tmp_path / "a.gexf"):
        pass
    assert caught.value.filename == str(tmp_path / "a.gexf")


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (errno.ENOSPC, "make room on this disk, or choose another folder"),
        (errno.EROFS, "allow writing there, or choose another folder"),
        (errno.EFBIG, "allow larger files there, or choose another folder"),
    ],
)
def test_the_command_says_what_to_do_about_the_disk(
    code: int, advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit), said_plainly(OSError):
        raise OSError(code, os.strerror(code), "sortie/reseau.gexf")
    said = " ".join(capsys.readouterr().err.split())
    assert "sortie/reseau.gexf: " in said
    assert advice in said


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "vrai.yml", tmp_path / "lien.yml"
    real.write_text("avant", "utf-8")
    link.symlink_to(real)
    Decisions(drop=[{"entity": "per:x"}]).write(link)
    assert link.is_symlink()
    assert "per:x" in real.read_text("utf-8")


def test_compressed_files_have_no_hour(tmp_path: Path) -> None:
    found = []
    for name in ("a.gz", "b.gz"):
        with replacing(tmp_path / name) as file:
            file.write("Lomé\n")
        found.append((tmp_path / name).read_bytes())
    assert found[0] == found[1]
    assert gzip.decompress(found[0]).decode() == "Lomé\n"


def test_json_is_written_whole(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json", {"é": [1]})
    assert (tmp_path / "a.json").read_text("utf-8") == '{\n "é": [\n  1\n ]\n}'
    with pytest.raises(TypeError):
        write_json(tmp_path / "a.json", {"é": Path()})
    assert (tmp_path / "a.json").read_text("utf-8") == '{\n "é": [\n  1\n ]\n}'
    assert names(tmp_path) == ["a.json"]


def test_one_digest(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"port")
    whole = digest(b"po")
    whole.update(b"rt")
    assert file_digest(tmp_path / "a") == digest(b"port").hexdigest() == whole.hexdigest()
    assert len(whole.hexdigest()) == 32


# ---- the tables of a result


def test_a_full_disk_leaves_the_tables_that_were_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Extraction(articles=(Article("a", "", title="Avant"),), mentions=(MENTION,) * 3)
    before.to_csv(tmp_path)
    kept = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    written: list[int] = []

    def full(number: int) -> None:
        written.append(number)
        if len(written) == 4:  # in the middle of the tables
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    after = Extraction(articles=(Article("b", ""),), copies=(Copy("c", "b", 1.0),))
    with pytest.raises(OSError, match="No space left on device") as caught:
        after.to_csv(tmp_path)
    assert caught.value.filename == str(tmp_path / "relations.csv")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == kept


@pytest.mark.parametrize("table", ["articles", "mentions", "sentences", "copies"])
def test_a_table_cut_at_the_end_of_a_row_is_refused(table: str, tmp_path: Path) -> None:
    result = Extraction(
        articles=tuple(Article(name, "") for name in "abc"),
        mentions=(MENTION,) * 3,
        sentences=tuple(Sentence("a", n, 0, 9, "Un.") for n in range(3)),
        copies=tuple(Copy(name, "a", 1.0) for name in "bcd"),
    )
    result.to_csv(tmp_path)
    path = tmp_path / f"{table}.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), "utf-8")
    with pytest.raises(ValueError, match="2 rows, and report.json says 3: the table") as caught:
        Extraction.from_csv(tmp_path)
    assert str(caught.value).startswith(f"{path}: ")
    assert f'write "{table}": 2 in report.json' in str(caught.value)


def test_a_table_of_copies_that_is_gone_is_missed(tmp_path: Path) -> None:
    Extraction(copies=(Copy("b", "a", 1.0),)).to_csv(tmp_path)
    (tmp_path / "copies.csv").unlink()
    with pytest.raises(FileNotFoundError, match=r"copies\.csv"):
        Extraction.from_csv(tmp_path)


def test_rows_that_a_person_took_out_are_accepted_when_the_report_says_so(tmp_path: Path) -> None:
    Extraction(mentions=(MENTION,) * 3).to_csv(tmp_path)
    path, report = tmp_path / "mentions.csv", tmp_path / "report.json"
    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    told = json.loads(report.read_text("utf-8"))
    report.write_text(json.dumps({**told, "mentions": 2}), "utf-8")
    assert Extraction.from_csv(tmp_path).mentions == (MENTION,) * 2
