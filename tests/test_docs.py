"""The documentation site: its code runs, its tables are true, it is built, and fetches nothing."""

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from blocks import ROOT, blocks, run_commands, run_python
from corpora import Inline
from spacy.language import Language

import entextract as ee
from entextract.articles import archives, formats, interface, markup, pages
from entextract.records.nouns import TableName

DOCS = ROOT / "docs"
PAGES = sorted(str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md"))
FIRST = "premiere-figure.md"  # for who reads the screen: its commands are run with what they say
FETCHING = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src"}
STATUSES = ("actual", "negated", "hypothetical", "future", "reported")


@pytest.fixture
def reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loaded_once: None
) -> pytest.MonkeyPatch:
    """Someone who follows a page in a folder with our examples; all is done in this process."""
    for folder in ("exemples", "figure"):
        shutil.copytree(DOCS / folder, tmp_path / folder)
    monkeypatch.setattr("entextract.runs.run.LocalPool", lambda workers, answer: Inline(answer, []))
    monkeypatch.chdir(tmp_path)
    return monkeypatch


@pytest.mark.parametrize("page", [page for page in PAGES if page != FIRST])
def test_code_runs_and_prints_what_is_shown(page: str, reader: pytest.MonkeyPatch) -> None:
    from entextract.cli import app

    run_python(DOCS / page)
    run_commands(DOCS / page, lambda arguments: app(arguments, standalone_mode=False))


def test_there_is_code_to_run() -> None:
    languages = [block.language for page in PAGES for block in blocks(DOCS / page)]
    assert languages.count("python") > 15
    assert languages.count("bash") >= 3
    assert {"python", "bash", "text", "sh", "py", "sparql"} >= set(languages)
    clusters = [b for b in blocks(DOCS / "guides/grappe.md") if b.language == "py"]
    assert languages.count("py") == len(clusters) == 2  # for a cluster, which no test has


def rows_of(page: str, columns: int) -> list[list[str]]:
    """The cells of the tables of a page that have so many columns, headers and rules left out."""
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return [cells for cells in found if len(cells) == columns and cells[0].startswith("`")]


def test_relations_are_those_of_the_table() -> None:
    shown = {
        cells[0].strip("`"): [cells[1].split(", "), cells[2].split(", "), *cells[3:5]]
        for cells in rows_of("comprendre/relations.md", 6)
    }
    facts = {
        cells[0].strip("`"): [cells[1].split(", "), cells[2].split(", "), cells[3].split(", ")]
        for cells in rows_of("comprendre/relations.md", 5)
        if cells[0] != "`kind`"
    }
    with (ROOT / "entextract/data/relation_kinds.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            ends = [row["sources"].split("|"), row["targets"].split("|")]
            if row["family"] == "event":
                assert shown.pop(row["kind"]) == [*ends, row["plover"], row["goldstein"]]
            else:
                assert facts.pop(row["kind"]) == [*ends, row["wikidata"].split("|")]
    facts.pop("kind", None)
    shown.pop("kind", None)
    assert not shown
    assert not facts


def test_symmetric_relations_are_said_to_be() -> None:
    text = (DOCS / "comprendre/relations.md").read_text(encoding="utf-8")
    for name, symmetric in ee.relation_kinds()[["kind", "symmetric"]].to_numpy():
        (line,) = re.findall(rf"^\| `{name}` .*$", text, re.MULTILINE)
        assert ("dans les deux sens" in line) == symmetric


def test_examples_of_statuses(nlp_full: Language) -> None:
    examples = {cells[0].strip("`"): cells[2] for cells in rows_of("comprendre/relations.md", 3)}
    assert tuple(examples)[1:] == STATUSES
    for status in STATUSES:
        text = examples[status].replace("Le président", "Le président Paul Lenoir")
        found = ee.extract([ee.Article("a1", text)], nlp_full).relations
        assert [relation.status for relation in found] == [status], examples[status]


@pytest.mark.parametrize("table", ["mentions", "entities", "relations", "sentences"])
def test_columns_are_those_of_the_tables(table: TableName) -> None:
    (cells,) = (c for c in rows_of("comprendre/ecriture.md", 3) if c[0] == f"`{table}`")
    assert cells[2].split(", ") == list(ee.Extraction().to_frame(table).columns)


def test_every_public_name_is_told_in_french() -> None:
    text = (DOCS / "reference/python.md").read_text(encoding="utf-8")
    told = set(re.findall(r"\w+", " ".join(re.findall("`([^`]+)`", text))))
    names = {name for name in ee.__all__ if not name.startswith("_")}
    for one in (ee.EntityGraph, ee.Extraction, ee.Decisions):
        names |= {name for name in vars(one) if not name.startswith("_")}
    assert names - told == set()


def test_limits_of_reading_are_those_of_the_code() -> None:
    text = (DOCS / "comprendre/lecture.md").read_text(encoding="utf-8")
    limits = dict(re.findall(r"^\| ([^|]*) \| ([\d ]+)(?: Gio| caractères)? \|$", text, re.M))
    numbers = {name: int(value.replace(" ", "")) for name, value in limits.items()}
    assert interface.LONGEST_TEXT == markup.LARGEST_PAGE
    assert numbers == {
        "texte d'un article, document ou page": interface.LONGEST_TEXT,
        "fichier d'une archive, une fois décompressé": archives.LARGEST_ENTRY // 2**30,
        "éléments d'une page web": pages._MOST_ELEMENTS,
        "archives emboîtées": formats._DEEPEST,
    }


class Fetched(HTMLParser):
    """What a page makes a browser fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in FETCHING and values.get("rel") not in ("canonical", "next", "prev"):
            self.addresses.append(values.get(FETCHING[tag]) or "")


def test_what_a_journalist_reads_on_the_screen(
    reader: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from entextract.cli import app

    reader.setenv("LANGUAGE", "fr")
    page = DOCS / FIRST
    shown = [block.code for block in blocks(page) if block.language == "text"]
    said: list[str] = []

    def run(arguments: Sequence[str]) -> None:
        app(["--lang", "fr", *arguments], standalone_mode=False)
        said.append(capsys.readouterr().out)

    run_commands(page, run)
    assert shown[0] in "".join(said)
    assert shown[1] == (DOCS / "figure/decisions.yml").read_text(encoding="utf-8")
    with Path("essai/entities.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    assert "Sénat espagnol" in names
    assert "Gazoduc des Deux Rives" not in names


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    return folder


@pytest.mark.slow
def test_site_is_built_and_fetches_nothing(site: Path) -> None:
    html = sorted(site.rglob("*.html"))
    assert len(html) > len(PAGES)
    for page in html:
        seen = Fetched()
        seen.feed(page.read_text(encoding="utf-8"))
        assert seen.addresses
        assert not [a for a in seen.addresses if re.match("(?:[a-z]+:)?//", a)], page
    for style in site.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import )['\"]?(?:https?:)?//", style.read_text("utf-8"))
    assert "read_articles" in (site / "reference/python-en.html").read_text("utf-8")
    assert "--min-weight" in (site / "reference/commande.html").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
@pytest.mark.parametrize("page", ["index.html", "guides/corriger.html"])
def test_search_works_in_a_page_opened_from_disk(page: str, site: Path) -> None:
    address = f"{(site / page).as_uri()}?q=gazoduc"
    command = ["chromium", "--headless", "--no-sandbox", "--virtual-time-budget=20000"]
    done = subprocess.run([*command, "--dump-dom", address], capture_output=True, text=True)
    assert re.search(r"[1-9]\d* documents? trouvés?", done.stdout)
