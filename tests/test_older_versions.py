"""What 0.1.0 wrote is read, or refused with what to do.

``fixtures/written_by_0_1_0`` holds a run folder (``extract_corpus``, then ``open_run``) and CSV
tables (``to_csv``) that 0.1.0 made of three articles.
"""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from entextract.cli import app
from entextract.records.nouns import Copy
from entextract.records.stamp import MANIFEST, TABLES
from entextract.result import Extraction
from entextract.runs.layout import ShardError
from entextract.runs.shards import Shards
from entextract.runs.tables import open_run

WRITTEN = Path(__file__).parent / "fixtures" / "written_by_0_1_0"


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WRITTEN / "run", tmp_path / "run"))


def check(result: Extraction) -> None:
    assert [(a.id, a.date, dict(a.meta)) for a in result.articles] == [
        ("a", "2024-03-31T10:30", {"rubrique": "Monde"}),
        ("b", "2024-04-01", {}),
        ("c", "2024-04-02", {}),
    ]
    assert [(e.id, e.country, e.forms) for e in result.entities][1:3] == [
        ("country:ML", "ML", ("Mali", "malien")),
        ("loc:berlin", None, ("Berlin",)),
    ]
    assert len(result.mentions) == 11
    assert [(r.kind, r.former, r.score) for r in result.relations] == [
        ("consult", False, 2.5),
        ("consult", False, 2.5),
        ("accuse", False, -3.0),
        ("accuse", False, -3.0),
    ]
    assert result.sentences[4].text == "Le Mali accuse la France."
    assert result.copies == (Copy("c", "b", 1.0),)


def test_csv_tables_of_0_1_0_are_read() -> None:
    check(Extraction.from_csv(WRITTEN / "csv"))


def test_csv_tables_of_0_1_0_are_written_again_to_the_byte(tmp_path: Path) -> None:
    for path in Extraction.from_csv(WRITTEN / "csv").to_csv(tmp_path):
        if path.suffix == ".csv":
            assert path.read_bytes() == (WRITTEN / "csv" / path.name).read_bytes()


def test_linked_tables_of_0_1_0_are_read_as_they_are(run: Path) -> None:
    before = (run / TABLES / "content.json").read_bytes()
    check(open_run(run).read())
    assert (run / TABLES / "content.json").read_bytes() == before


def test_shards_of_0_1_0_are_linked(run: Path) -> None:
    shutil.rmtree(run / TABLES)
    assert Shards(run).count("mentions") == 11
    check(open_run(run).read())


@pytest.mark.parametrize("command", [["graph", "-o", "g.gexf"], ["decisions", "-o", "d.yml"]])
@pytest.mark.parametrize("folder", ["run", "csv"])
def test_commands_take_folders_of_0_1_0(
    command: list[str], folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(WRITTEN / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, [command[0], folder, *command[1:]])
    assert result.exit_code == 0, result.output


def test_a_table_of_0_1_0_that_was_cut_is_refused(tmp_path: Path) -> None:
    shutil.copytree(WRITTEN / "csv", tmp_path / "csv")
    path = tmp_path / "csv" / "mentions.csv"
    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:6]), "utf-8")
    with pytest.raises(ValueError, match=r"mentions\.csv: 5 rows, and report.json says 11"):
        Extraction.from_csv(tmp_path / "csv")


@pytest.mark.parametrize("written", [1, 3])
def test_a_folder_in_another_format_is_refused(written: int, run: Path) -> None:
    manifest = run / MANIFEST
    said = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps({**said, "format": written}), "utf-8")
    for read in (open_run, Shards):
        with pytest.raises(ShardError, match=f"by entextract 0.1.0 in format {written}.*choose an"):
            read(run)
