"""What the two READMEs show is run: Python blocks with their output, commands, make targets.

A ``python`` block may be followed by a ``text`` block: what it prints. ``bash`` blocks are run
where the sample articles lie in ``presse/``; ``sh`` blocks are for people (clone, install).
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from blocks import ROOT, Block, blocks, run_python

import entextract as ee
from entextract.records.nouns import TableName

DATA = ROOT / "entextract" / "data"
TABLE_FILES = sorted(path.name for path in DATA.glob("*.csv"))
READMES = ["README.md", "LISEZMOI.md"]


def without_words(block: Block) -> str:
    """A block of code without its comments, which each language words in its own way."""
    return re.sub(r"\s*#.*", "", block[1])


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.usefixtures("loaded_once")
def test_python_prints_what_is_shown(
    readme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "python" in dict(blocks(ROOT / readme))
    run_python(ROOT / readme)


@pytest.mark.slow
@pytest.mark.parametrize("readme", READMES)
def test_commands_run(readme: str, tmp_path: Path) -> None:
    (tmp_path / "presse").mkdir()
    rows = [
        json.dumps({"id": article.id, "text": article.text, "date": article.date})
        for article in ee.sample_articles()
    ]
    (tmp_path / "presse" / "articles.jsonl").write_text("\n".join(rows), encoding="utf-8")
    commands = "".join(code for language, code in blocks(ROOT / readme) if language == "bash")
    assert "entextract run" in commands
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands], cwd=tmp_path, env={"PATH": path}, check=True
    )


@pytest.mark.parametrize("readme", READMES)
def test_make_targets_exist(readme: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^## make (\w+)", makefile, re.MULTILINE))
    named = set(re.findall(r"\bmake (\w+)", "".join(code for _, code in blocks(ROOT / readme))))
    assert named
    assert named <= targets


@pytest.mark.parametrize("readme", READMES)
def test_links_to_files_lead_somewhere(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("table", ["mentions", "entities", "relations", "sentences"])
def test_columns_are_those_of_the_tables(readme: str, table: TableName) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    row = re.search(rf"^\| `{table}` \|.*\| (.*) \|$", text, re.MULTILINE)
    assert row is not None
    assert row[1].split(", ") == list(ee.Extraction().to_frame(table).columns)


@pytest.mark.parametrize("table", TABLE_FILES)
def test_every_table_and_column_is_described(table: str) -> None:
    sections = re.split(
        "^## ", (DATA / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    described = {section.partition("\n")[0]: section for section in sections}
    header = (DATA / table).read_text(encoding="utf-8").partition("\n")[0].split(",")
    assert not [column for column in header if f"`{column}`" not in described[table]]


def test_both_readmes_show_the_same_code() -> None:
    english, french = (
        [without_words(block) for block in blocks(ROOT / readme) if block[0] in ("python", "bash")]
        for readme in READMES
    )
    assert english == french
