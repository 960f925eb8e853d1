"""What 0.1.0 wrote is refused with what to do: its rows lack columns.

``fixtures/written_by_0_1_0`` holds a run folder (``extract_corpus``, then ``open_run``) and CSV
tables (``to_csv``) that 0.1.0 made of three articles.
"""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from entextract.cli import app
from entextract.records.stamp import MANIFEST
from entextract.result import Extraction
from entextract.runs.layout import ShardError
from entextract.runs.shards import Shards
from entextract.runs.tables import open_run

WRITTEN = Path(__file__).parent / "fixtures" / "written_by_0_1_0"


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WRITTEN / "run", tmp_path / "run"))


def test_csv_tables_of_0_1_0_are_refused() -> None:
    said = r"mentions\.csv: missing column .*score; .*extract the articles again"
    with pytest.raises(ValueError, match=said):
        Extraction.from_csv(WRITTEN / "csv")


@pytest.mark.parametrize("written", [1, 2, 3, 5])
def test_a_folder_in_another_format_is_refused(written: int, run: Path) -> None:
    manifest = run / MANIFEST
    said = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps({**said, "format": written}), "utf-8")
    for read in (open_run, Shards):
        with pytest.raises(ShardError, match=f"by entextract 0.1.0 in format {written}.*choose an"):
            read(run)


@pytest.mark.parametrize("command", [["graph", "-o", "g.gexf"], ["decisions", "-o", "d.yml"]])
@pytest.mark.parametrize(
    ("folder", "said"), [("run", "in format 2"), ("csv", "extract the articles again")]
)
def test_commands_say_so_of_folders_of_0_1_0(
    command: list[str], folder: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(WRITTEN / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, [command[0], folder, *command[1:]])
    assert result.exit_code != 0
    assert said in " ".join(result.output.split())
