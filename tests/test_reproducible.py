"""The same articles give the same bytes, whatever the machine does around them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import entextract as ee

# one group: all compare with one run, which takes longest
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("reproducible")]

FIXTURES = Path(__file__).parent / "fixtures"
GRAPHS = {
    "graphe.gexf.gz": (),
    "temps.gexf": ("--dynamic", "month"),
    "graphe.json": (),
    "graphe.graphml": ("--window", "paragraph"),
    "graphe.html": ("--english",),
    "graphe.png": (),
    "graphe.svg": (),
    "relations.gexf": ("--relations",),
}
ELSEWHERE = {
    # all at once: none may change a byte
    "hash seed, locale, time zone": {
        "PYTHONHASHSEED": "4021",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "TZ": "Pacific/Auckland",
    },
    "workers": {"WORKERS": "3"},
    "order of files": {"ORDER": "backwards"},
}

STAMP = re.compile(rb',\n  "run": "[0-9a-f]+"')
# what several processes keep, to go on from there; one process keeps nothing
KEPT = {".lock", "manifest.json", "names.json", "reading.parquet", "shards", "tables"}


def results(folder: Path, **around: str) -> dict[str, bytes]:
    """The content of every file that runs and their graphs leave, by name."""
    files = sorted(f"presse/{path.name}" for path in (folder / "presse").iterdir())
    if around.pop("ORDER", ""):
        files.reverse()
    workers = around.pop("WORKERS", "1")
    commands: list[list[str]] = [
        ["run", *files, "--workers", workers],
        *(["graph", "sortie", "-o", f"sortie/{name}", *more] for name, more in GRAPHS.items()),
        ["decisions", "sortie", "-o", "sortie/decisions.yml"],
    ]
    commands[0] += ["-o", "sortie", "--other-languages", "--profile", "full"]
    # one process for all, since each would load the libraries again
    code = f"""
from entextract.cli import app
from entextract.runs.run import extract_corpus
from entextract.runs.link import link_run
for command in {commands}:
    app(command, standalone_mode=False)
extract_corpus({files}, "corpus", workers={workers}, shard_articles=5)
link_run("corpus")
"""
    environment = {"PATH": os.environ["PATH"], "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"}
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**environment, "TZ": "Europe/Paris", **around},
        check=True,
    )
    out = folder / "sortie"
    made = [p for p in out.rglob("*") if p.relative_to(out).parts[0] not in KEPT]
    made += (folder / "corpus" / "tables").glob("*.parquet")
    found = {str(p.relative_to(folder)): p.read_bytes() for p in made if p.is_file()}
    # by which tables are known to be of the shards beside them; one process has no shards
    found["sortie/report.json"] = STAMP.sub(b"", found["sortie/report.json"])
    return found


def corpus(folder: Path) -> Path:
    """Texts of ours and an export of each kind, in a folder of their own."""
    (folder / "presse").mkdir()
    for article in ee.sample_articles():
        (folder / "presse" / f"{article.id}.txt").write_text(article.text, encoding="utf-8")
    for path in (*FIXTURES.iterdir(), *(FIXTURES / "exports").iterdir()):
        if path.is_file() and not path.name.endswith(("README.md", "expected.json")):
            (folder / "presse" / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return results(corpus(tmp_path_factory.mktemp("usual")))


def test_there_is_something_to_compare(usual: dict[str, bytes]) -> None:
    assert {f"sortie/{name}" for name in GRAPHS} <= usual.keys()
    assert usual["sortie/relations.csv"].count(b"\n") > 3
    assert usual["sortie/entities.csv"].count(b"\n") > 50
    assert len(usual["corpus/tables/mentions.parquet"]) > 5_000


@pytest.mark.parametrize("what", ELSEWHERE)
def test_same_bytes_whatever(what: str, usual: dict[str, bytes], tmp_path: Path) -> None:
    other = results(corpus(tmp_path), **ELSEWHERE[what])
    assert other.keys() == usual.keys()
    assert [name for name in usual if other[name] != usual[name]] == []
