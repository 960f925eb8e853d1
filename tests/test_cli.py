"""Every command: what it writes, what it says, where it says it, and its exit code."""

import csv
import json
import re
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import run_command
from typer.testing import Result

import entextract as ee

COMMANDS = ["run", "extract", "graph", "compare", "decisions", "evaluate", "check-data", "demo"]
FIRST = ["actors", "doctor", "version"]
NAMES = ("articles", "mentions", "entities", "relations", "quotes", "sentences", "profiles")
TABLES = [f"{name}.csv" for name in NAMES]
VISIT = "Le Kazakhstan accueille la Mongolie.\nLa Mongolie remercie le Kazakhstan.\n"
Invoke = Callable[..., Result]


@pytest.fixture
def invoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Runs a command in an empty folder, where bad input must never give a traceback."""
    monkeypatch.chdir(tmp_path)

    return run_command


@pytest.fixture
def visit(tmp_path: Path) -> Path:
    """A folder with one result, made by hand."""
    names = {"country:KZ": "Kazakhstan", "country:MN": "Mongolie", "loc:oulan-bator": "Oulan-Bator"}
    result = ee.Extraction(
        articles=(ee.Article("a", ""),),
        mentions=tuple(
            ee.Mention("a", 9 * i, 9 * i + 8, name, "COUNTRY", "name", entity, 0, 0, "model")
            for i, (entity, name) in enumerate(names.items())
        ),
        entities=tuple(
            ee.Entity(entity, name, "LOC", None, (name,), 1, 1)
            if entity.startswith("loc")
            else ee.Entity(entity, name, "COUNTRY", entity[-2:], (name,), 1, 1)
            for entity, name in names.items()
        ),
        sentences=(ee.Sentence("a", 0, 0, 30, "Une phrase."),),
    )
    result.to_csv(tmp_path / "visite")
    return tmp_path / "visite"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---- help


def test_version(invoke: Invoke) -> None:
    assert invoke("--version").stdout == f"entextract {ee.__version__}\n"


def test_help_names_every_command(invoke: Invoke) -> None:
    said = invoke("--help").stdout
    assert "entextract run presse/ -o sortie/" in said
    assert all(f"\n  {command} " in said for command in (*COMMANDS, *FIRST))
    assert "..." not in said.split("Commands:")[1]  # each line fits


@pytest.mark.parametrize("command", [*COMMANDS, *FIRST])
def test_help_of_a_command(command: str, invoke: Invoke) -> None:
    said = invoke(command, "--help").stdout
    assert said.startswith(f"Usage: entextract {command}")


def test_no_command_shows_the_help(invoke: Invoke) -> None:
    assert "Commands:" in invoke(code=2).output


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    code = "import sys, entextract.cli; print({'spacy', 'pandas', 'networkx'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


# ---- wrong arguments, told before any model is loaded


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "absent.txt", "-o", "sortie"], "Error: absent.txt: no such file or folder"),
        (["extract", "absent.txt", "-o", "sortie"], "Error: absent.txt: no such file or folder"),
        (["run", "*.html", "-o", "sortie"], "Error: *.html: no file matches this pattern"),
        (["run", "-o", "sortie"], "Missing argument"),
        (["run", "presse"], "Missing option '-o'"),
        (["run", ".", "-o", "sortie", "--window", "page"], "page: choose one of sentence|"),
        (["run", ".", "-o", "sortie", "--window", "0"], "0: choose one of sentence|"),
        (["run", ".", "-o", "sortie", "--min-weight", "0"], "Invalid value for '--min-weight'"),
        (["run", ".", "-o", "sortie", "--workers", "zéro"], "Invalid value for '--workers'"),
        (["run", ".", "-o", "fichier"], "'fichier' is a file"),
        (["run", ".", "-o", "fichier/sortie"], "Error: fichier/sortie: Not a directory"),
        (["demo", "-o", "fichier"], "'fichier' is a file"),
        (["graph", "absent", "-o", "g.gexf"], "Error: absent/report.json: No such file"),
        (["graph", ".", "-o", "g.pdf"], "g.pdf: no graph is written as .pdf; choose .gexf"),
        (["decisions", "absent", "-o", "d.yml"], "Error: absent/report.json: No such file"),
        (["decisions", ".", "-o", "fichier"], "Error: fichier: already there, and may hold"),
        (["run", ".", "-o", "s", "--decisions", "absent.yml"], "'absent.yml' does not exist"),
        (["run", ".", "-o", "s", "--decisions", "fichier"], "Error: fichier:1: start with a"),
        (["extract", ".", "-o", "s", "--decisions", "fichier"], "Error: fichier:1: start with"),
        (["graph", ".", "-o", "g.gexf", "--decisions", "fichier"], "Error: fichier:1: start"),
        (["evaluate", "absent.jsonl"], "Error: absent.jsonl: No such file or directory"),
        (["evaluate", "fichier"], "Error: fichier:1: not JSON"),
        (["evaluate", "fichier", "--floor", "CORE"], "--floor CORE: write MEASURE=F"),
        (["evaluate", "fichier", "--floor", "core=0.5"], "with one of PER, COUNTRY"),
        (["evaluate", "fichier", "--floor", "CORE=bien"], "--floor CORE=bien: write MEASURE=F"),
        (["check-data", "absent.csv"], "'absent.csv' does not exist"),
        (["run", ".", "-o", "s", "--shard-size", "50"], "--shard-size goes with --shards"),
        (["faire"], "No such command 'faire'"),
    ],
)
def test_wrong_arguments(arguments: list[str], said: str, invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("rien", encoding="utf-8")
    result = invoke(*arguments, code=2)
    assert said in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("table", "content", "said"),
    [
        ("mentions.csv", "article,start\na,1\n", "mentions.csv: missing column end, entity"),
        ("entities.csv", None, "entities.csv: No such file"),
        ("report.json", "{", "Expecting property name"),
    ],
)
def test_damaged_result(
    table: str, content: str | None, said: str, invoke: Invoke, visit: Path
) -> None:
    if content is None:
        (visit / table).unlink()
    else:
        (visit / table).write_text(content, encoding="utf-8")
    assert said in invoke("graph", "visite", "-o", "g.gexf", code=2).stderr


# ---- graph and check-data: no model


@pytest.mark.parametrize("name", ["g.gexf", "g.graphml", "gephi", "dossier.2024"])
def test_graph_formats(name: str, invoke: Invoke, visit: Path, tmp_path: Path) -> None:
    if "." in name and "g." not in name:
        (tmp_path / name).mkdir()  # an extension that is none
    said = invoke("graph", "visite", "-o", name).stdout
    assert said == f"entities: 2, edges: 1, in {name}\n"
    written = tmp_path / name
    files = [written] if written.is_file() else [written / "nodes.csv", written / "edges.csv"]
    assert "Mongolie" in files[0].read_text(encoding="utf-8")
    assert all(file.stat().st_size for file in files)


@pytest.mark.parametrize("name", ["g.gexf.gz", "g.html", "g.json", "g.png", "g.svg"])
def test_other_graph_formats(name: str, invoke: Invoke, visit: Path, tmp_path: Path) -> None:
    assert invoke("graph", "visite", "-o", name).stdout == f"entities: 2, edges: 1, in {name}\n"
    assert (tmp_path / name).stat().st_size


def test_graph_with_a_time_line(invoke: Invoke, visit: Path, tmp_path: Path) -> None:
    said = invoke("graph", "visite", "-o", "g.gexf", "--dynamic", "month").stdout
    assert said.endswith("For Gephi Lite, which ignores time: g.static.gexf\n")
    assert 'mode="dynamic"' in (tmp_path / "g.gexf").read_text(encoding="utf-8")
    assert (tmp_path / "g.static.gexf").is_file()
    wrong = invoke("graph", "visite", "-o", "g.json", "--dynamic", "month", code=2).stderr
    assert "only a .gexf or a folder has a time line" in wrong


def test_graph_options(invoke: Invoke, visit: Path) -> None:
    graph = ("graph", "visite", "-o", "g.gexf")
    assert invoke(*graph, "--with-places").stdout.startswith("entities: 3, edges: 3")
    assert invoke(*graph, "--min-weight", "2").stdout.startswith("entities: 2, edges: 0")
    assert invoke(*graph, "--relations").stdout.startswith("entities: 0, edges: 0")  # none stated
    for window in ("sentence", "paragraph", "article", "3"):
        assert invoke(*graph, "--window", window).stdout.startswith("entities: 2, edges: 1")


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """A folder with three articles of three months and two sources."""
    names = {"country:KZ": "Kazakhstan", "country:MN": "Mongolie", "org:onu": "ONU"}
    shown = {"a": ("KZ", "MN"), "b": ("KZ", "MN"), "c": ("MN", "onu")}
    dates = {"a": "2024-01-10", "b": "2024-02-10", "c": "2024-03-10"}
    found = [(x, e) for x, ends in shown.items() for e in names if e.endswith(ends)]
    ee.Extraction(
        articles=tuple(
            ee.Article(name, "", date=date, source="Le Soir" if name == "c" else "Le Matin")
            for name, date in dates.items()
        ),
        mentions=tuple(
            ee.Mention(x, 0, 9, names[e], "COUNTRY", "name", e, 0, 0, "model") for x, e in found
        ),
        entities=tuple(
            ee.Entity(e, name, "COUNTRY", None, (name,), 1, 1) for e, name in names.items()
        ),
        relations=(ee.Relation("c", "org:onu", "country:MN", "aid", "future", None, "aidera",
                               0, 9, "L'ONU aidera la Mongolie", "trigger"),),
        sentences=tuple(ee.Sentence(name, 0, 0, 9, "Une phrase.") for name in dates),
    ).to_csv(tmp_path / "an")  # fmt: skip
    return tmp_path / "an"


def gexf(path: Path) -> ee.EntityGraph:
    return ee.EntityGraph.from_gexf(path)


def test_graph_filtered(invoke: Invoke, year: Path, tmp_path: Path) -> None:
    graph = ("graph", "an", "-o", "g.gexf")
    assert invoke(*graph).stdout.startswith("entities: 3, edges: 2")
    assert {"community", "degree", "betweenness"} <= {*gexf(tmp_path / "g.gexf").to_frame("nodes")}
    assert invoke(*graph, "--top", "1", "--by", "articles").stdout.startswith(
        "entities: 2, edges: 1"
    )
    assert gexf(tmp_path / "g.gexf").to_frame("edges")["weight"].tolist() == [2]
    none = invoke(*graph, "--backbone", "significance", "--alpha", "1e-9")
    assert none.stdout.startswith("entities: 0, edges: 0")
    assert none.stderr.startswith("--backbone significance: no edge stands out")


def test_graph_of_relations_and_of_all(invoke: Invoke, year: Path, tmp_path: Path) -> None:
    graph = ("graph", "an", "-o", "g.gexf")
    assert invoke(*graph, "--relations").stdout.startswith("entities: 0, edges: 0")
    future = ("--status", "future", "--status", "actual")
    assert invoke(*graph, "--relations", *future).stdout.startswith("entities: 2, edges: 1")
    assert invoke(*graph, "--relations", *future, "--kind", "reject").stdout.startswith(
        "entities: 0, edges: 0"
    )
    assert invoke(*graph, "--all", *future).stdout.startswith("entities: 3, edges: 3")
    assert sorted(gexf(tmp_path / "g.gexf").to_frame("edges")["directed"]) == [False, False, True]
    some = invoke(*graph, "--all", *future, "--backbone", "significance").stdout
    assert some.startswith("entities: 2, edges: 1")  # relations all stay


def test_graph_by_slices(invoke: Invoke, year: Path, tmp_path: Path) -> None:
    said = invoke("graph", "an", "-o", "g.gexf", "--slices", "month").stdout
    assert said.splitlines() == [
        f"entities: 2, edges: 1, in g.2024-{month}.gexf" for month in ("01", "02", "03")
    ]
    assert "org:onu" in gexf(tmp_path / "g.2024-03.gexf").nx
    assert not (tmp_path / "g.gexf").exists()


def test_slices_in_a_folder(invoke: Invoke, year: Path, tmp_path: Path) -> None:
    said = invoke("graph", "an", "-o", "gephi", "--slices", "year").stdout
    assert said == "entities: 3, edges: 2, in gephi/2024\n"
    assert (tmp_path / "gephi" / "2024" / "nodes.csv").is_file()


def test_slices_without_a_date(invoke: Invoke, visit: Path) -> None:
    said = invoke("graph", "visite", "-o", "g.gexf", "--slices", "year", code=2).stderr
    assert said.endswith("Error: no article has a date: there is no period to slice by\n")


def test_a_seed_gives_other_places(invoke: Invoke, year: Path, tmp_path: Path) -> None:
    files = []
    for options in ([], ["--seed", "0"], ["--seed", "1"]):
        invoke("graph", "an", "-o", "g.gexf", *options)
        files.append((tmp_path / "g.gexf").read_bytes())
    assert files[0] == files[1] != files[2]


def test_a_page_in_english(invoke: Invoke, year: Path, tmp_path: Path) -> None:
    for options, lang in (([], "fr"), (["--english"], "en")):
        invoke("graph", "an", "-o", "g.html", *options)
        assert f'<html lang="{lang}"' in (tmp_path / "g.html").read_text(encoding="utf-8")


def test_graph_looks(invoke: Invoke, year: Path, tmp_path: Path) -> None:
    files = {}
    for name, by in (("un", "type"), ("deux", "community")):
        for ending in ("gexf", "png", "html"):
            invoke("graph", "an", "-o", f"{name}.{ending}", "--color-by", by, "--size-by", "degree")
            files[name, ending] = (tmp_path / f"{name}.{ending}").read_bytes()
    assert all(files["un", ending] != files["deux", ending] for ending in ("gexf", "png", "html"))
    # as many mentions each, but the one with two ties is larger
    sizes = files["un", "gexf"].decode().split('viz:size value="')[1:]
    assert len({size.split('"')[0] for size in sizes}) == 2


def texts_of(path: Path) -> list[str]:
    """The texts of an SVG, without those of its legend."""
    return re.findall(r"<text[^>]*>([^<]+)</text>", path.read_text(encoding="utf-8"))


def test_pictures_have_options_of_their_own(invoke: Invoke, year: Path, tmp_path: Path) -> None:
    def drawn(*options: str) -> list[str]:
        invoke("graph", "an", "-o", "g.svg", *options)
        return texts_of(tmp_path / "g.svg")

    names = {"Kazakhstan", "Mongolie", "ONU"}
    usual = drawn()
    assert names <= set(usual)
    assert {"Pays", "1 mention"} <= set(usual)
    assert len(names & set(drawn("--labels", "1"))) == 1
    assert names & set(drawn("--labels", "0")) == set()
    assert "L'an 2024" in drawn("--title", "L'an 2024")
    assert set(drawn("--no-legend")) == names
    assert "Countries" in drawn("--english")
    # what is tied to nothing is left out unless asked for
    assert names & set(drawn("--min-weight", "2")) == {"Kazakhstan", "Mongolie"}
    assert names <= set(drawn("--min-weight", "2", "--unlinked"))
    stated = drawn("--relations", "--status", "future")
    assert "aide" in stated


def test_points_per_inch_of_a_picture(invoke: Invoke, year: Path, tmp_path: Path) -> None:
    for dpi in (50, 100):
        invoke("graph", "an", "-o", "g.png", "--dpi", str(dpi))
        head = (tmp_path / "g.png").read_bytes()[16:24]
        assert struct.unpack(">II", head) == (11 * dpi, 8 * dpi)


def test_the_most_mentioned_countries_are_told_apart(invoke: Invoke, tmp_path: Path) -> None:
    """Twelve countries of one mention, and one of four that comes last by its code."""
    codes = ["AA", "AB", "AC", "AD", "AE", "AF", "AG", "AH", "AI", "AJ", "AK", "AL", "ZZ"]
    said = {code: 4 if code == "ZZ" else 1 for code in codes}
    ee.Extraction(
        articles=tuple(ee.Article(f"a{n}", "") for n in range(4)),
        mentions=tuple(
            ee.Mention(f"a{n}", 0, 9, code, "COUNTRY", "name", f"country:{code}", 0, 0, "model")
            for code, times in said.items()
            for n in range(times)
        ),
        entities=tuple(
            ee.Entity(f"country:{code}", f"Pays {code}", "COUNTRY", code, (code,), times, times)
            for code, times in said.items()
        ),
        sentences=tuple(ee.Sentence(f"a{n}", 0, 0, 9, f"Phrase {n}.") for n in range(4)),
    ).to_csv(tmp_path / "pays")
    invoke("graph", "pays", "-o", "g.svg", "--color-by", "country")
    assert "Pays ZZ" in texts_of(tmp_path / "g.svg")[-12:]  # the legend
    invoke("graph", "pays", "-o", "g.gexf", "--color-by", "country")
    found = (tmp_path / "g.gexf").read_text(encoding="utf-8")
    node = found[found.index('id="country:ZZ"') :]
    r, g, b = re.search(r'color r="(\d+)" g="(\d+)" b="(\d+)"', node).groups()  # type: ignore[union-attr]
    assert (r, g, b) == ("51", "34", "136")  # the first of the palette


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--relations --all", "--relations and --all exclude each other"),
        ("--top 3 --backbone disparity", "--backbone and --top exclude each other"),
        ("--dynamic month --slices month", "--dynamic and --slices exclude each other"),
        ("--kind aid", "add --relations or --all"),
        ("--status actual", "add --relations or --all"),
        ("--all --kind aime", "--kind aime: no such relation; choose among accuse"),
        ("--relations --status sûr", "no status 'sûr': choose from actual"),
        ("--alpha 0.1", "add --backbone"),
        ("--alpha 2 --backbone disparity", "alpha is 2.0: it must be between 0 and 1"),
        ("--alpha 0.1 --backbone disparity --all", "--alpha does not go with --all"),
        ("--top 3 --by taille", "edges have no 'taille': choose one of articles"),
        ("--color-by taille", "--color-by taille: no node has it; choose among articles"),
        ("--size-by taille", "--size-by taille: no node has it"),
        ("--top 0", "Invalid value for '--top'"),
        ("--seed -1", "Invalid value for '--seed'"),
        ("--window 0", "0: choose one of sentence|"),
        ("--min-weight 0", "Invalid value for '--min-weight'"),
        ("--kind accuse --status actual", "add --relations or --all"),
    ],
)
def test_wrong_graph_options(options: str, said: str, invoke: Invoke, year: Path) -> None:
    result = invoke("graph", "an", "-o", "g.gexf", *options.split(), code=2)
    assert said in result.stderr
    assert not (year.parent / "g.gexf").exists()


def test_what_a_comparison_says(invoke: Invoke, year: Path, tmp_path: Path) -> None:
    said = invoke("compare", "an", "--at", "2024-03-01", "-o", "un/deux/c.csv").stdout
    assert said.splitlines() == [
        "from ../2024-03-01 (2 articles) to 2024-03-01/.. (1 articles): 5 rows, in un/deux/c.csv",
        "  appears: 2",
        "  stays: 1",
        "  vanishes: 2",
    ]
    header = (tmp_path / "un" / "deux" / "c.csv").read_text(encoding="utf-8").split(",")[0]
    assert header == "what"


def test_compare(invoke: Invoke, year: Path, tmp_path: Path) -> None:
    ways = (["an"], ["--at", "2024-03-01"], ["--sources", "Le Matin", "Le Soir"])
    for way in ways:
        said = invoke("compare", "an", *way, "-o", "c.csv").stdout
        table = rows(tmp_path / "c.csv")
        changes = {row["label"]: row["change"] for row in table}
        if way == ["an"]:
            assert set(changes.values()) == {"stays"}
            continue
        assert "(2 articles) to" in said
        assert changes["ONU"] == "appears"
        assert changes["Kazakhstan – Mongolie"] == "vanishes"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-o", "c.csv"], "give a second folder, or --at DATE, or --sources X Y"),
        (["an", "--at", "2024-03-01", "-o", "c.csv"], "one of the three"),
        (["an"], "say where the table goes: -o changes.csv"),
        (["--at", "mars", "-o", "c.csv"], "--at mars: write a day as 2024-06-01"),
        (
            ["--sources", "Le Soir", "L'Aube", "-o", "c.csv"],
            'no article is from "L\'Aube"; sources',
        ),
        (["absent", "-o", "c.csv"], "Error: absent/report.json: No such file"),
    ],
)
def test_wrong_comparisons(options: list[str], said: str, invoke: Invoke, year: Path) -> None:
    assert said in invoke("compare", "an", *options, code=2).stderr


def test_check_data(invoke: Invoke) -> None:
    result = invoke("check-data")
    assert (result.stdout, result.stderr) == ("", "All is in order.\n")


def test_check_data_finds_problems(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "miennes.csv").write_text("forme\nTogo\n", encoding="utf-8")
    result = invoke("check-data", "miennes.csv", code=1)
    assert result.stdout.startswith("miennes.csv:1: header 'forme' is none of")
    assert result.stderr == "Problems: 1\n"


# ---- commands that read articles


@pytest.mark.usefixtures("loaded_once")
def test_run(invoke: Invoke, tmp_path: Path) -> None:
    presse = tmp_path / "presse"
    presse.mkdir()
    (presse / "visite.txt").write_text(VISIT, encoding="utf-8")
    (presse / "ancien.txt").write_bytes("Le Sénégal se réjouit.".encode("cp1252"))
    (presse / "vide.txt").touch()
    (presse / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (presse / "liste.jsonl").write_text('{"text": "Le Togo."}\nfaux\n', encoding="utf-8")
    (presse / "notes.docx").touch()
    result = invoke("run", "presse", "-o", "sortie")
    assert result.stdout.startswith("articles: 3\nmentions: 6\nentities: 4\nedges:    1\n")
    assert "     2  COUNTRY Kazakhstan\n" in result.stdout
    for said in [
        "refused: 3\n",
        "presse/image.txt: looks like a PNG image",
        "presse/liste.jsonl:2: not JSON",
        "empty: 1\n  presse/vide.txt: there is no text\n",
        "repaired: 1\n  presse/ancien.txt: not UTF-8: read as Windows-1252\n",
    ]:
        assert said in result.stderr
    sortie = tmp_path / "sortie"
    written = [
        *TABLES,
        "report.json",
        "graphe.gexf",
        "reseau.html",
        "gephi/nodes.csv",
        "gephi/edges.csv",
    ]
    assert {str(path.relative_to(sortie)) for path in sortie.rglob("*.*")} == set(written)
    assert all(f"  sortie/{name} " in result.stdout for name in written)
    report = json.loads((sortie / "report.json").read_text(encoding="utf-8"))
    counted = [report[name] for name in ("articles", "refused", "empty", "repaired", "renamed")]
    assert counted == [3, 3, 1, 1, 0]
    assert [row["id"] for row in rows(sortie / "articles.csv")] == [
        "ancien",
        "liste.jsonl:1",
        "visite",
    ]


@pytest.mark.usefixtures("loaded_once")
def test_run_takes_files_folders_and_patterns(invoke: Invoke, tmp_path: Path) -> None:
    for name in ["a.txt", "b/c.txt", "d1.txt", "d2.txt"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(VISIT, encoding="utf-8")
    invoke(
        "run",
        "a.txt",
        "b",
        "d*.txt",
        "-o",
        "sortie",
        "--window",
        "2",
        "--min-weight",
        "2",
        "--count",
        "article",
    )
    assert [row["id"] for row in rows(tmp_path / "sortie/articles.csv")] == ["a", "c", "d1", "d2"]
    assert [row["Weight"] for row in rows(tmp_path / "sortie/gephi/edges.csv")] == ["8.0"]
    said = invoke("run", ".", "-o", "sortie").stderr
    assert "sortie: holds the result of an earlier run, which was left aside" in said
    assert len(rows(tmp_path / "sortie/articles.csv")) == 4


@pytest.mark.usefixtures("loaded_once")
def test_extract_writes_tables_only(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'Le texte;clé\n"{VISIT}";k1\n', encoding="utf-8")
    columns = ("--text-column", "Le texte", "--id-column", "clé")
    said = invoke("extract", "a.csv", "-o", "sortie", *columns).stdout
    assert said.startswith("articles: 1\nmentions: 4\nentities: 2\n\nMost mentioned:\n")
    assert {path.name for path in (tmp_path / "sortie").iterdir()} == {*TABLES, "report.json"}
    assert {row["article"] for row in rows(tmp_path / "sortie/mentions.csv")} == {"k1"}


@pytest.mark.usefixtures("loaded_once")
def test_headlines_are_read_unless_told_otherwise(invoke: Invoke, tmp_path: Path) -> None:
    story = "".join(
        f"<p>Le Togo accueille le Bénin, dit la note numéro {n}.</p>" for n in range(20)
    )
    page = f"<html><body><article><h1>La Zambie se tait</h1>{story}</article></body></html>"
    (tmp_path / "page.html").write_text(page, "utf-8")
    for options, expected in ([], True), (["--no-headlines"], False):
        invoke("extract", "page.html", "-o", "tables", *options)
        with (tmp_path / "tables" / "entities.csv").open(encoding="utf-8", newline="") as file:
            assert ("country:ZM" in {row["id"] for row in csv.DictReader(file)}) is expected


@pytest.mark.usefixtures("loaded_once")
def test_relations_of_pronouns_can_be_left_out(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Luc Morel est là. Il a accusé la Hongrie.", "utf-8")
    for options, rows in ([], 1), (["--no-anaphora"], 0):
        invoke("extract", "a.txt", "-o", "tables", *options)
        with (tmp_path / "tables" / "relations.csv").open(encoding="utf-8", newline="") as file:
            assert len(list(csv.DictReader(file))) == rows


def test_wrong_column(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("titre,chapo\nA,B\n", encoding="utf-8")
    result = invoke("run", "a.csv", "-o", "sortie", "--text-column", "corps", code=2)
    assert "\nError: no column 'corps'; columns seen: titre, chapo;" in "\n" + result.stderr


@pytest.mark.usefixtures("loaded_once")
@pytest.mark.parametrize("name", ["vide", "vide.txt"])
def test_nothing_to_read(name: str, invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    (tmp_path / "vide.txt").touch()
    result = invoke("run", name, "-o", "sortie", code=1)
    assert result.stdout.startswith("articles: 0\nmentions: 0\nentities: 0\nedges:    0\n")
    assert "empty: 1\n" in result.stderr
    assert "No article could be read." in result.stderr
    assert json.loads((tmp_path / "sortie/report.json").read_text(encoding="utf-8"))["empty"] == 1


@pytest.mark.usefixtures("loaded_once")
def test_demo(invoke: Invoke, tmp_path: Path) -> None:
    result = invoke("demo")
    assert result.stdout.startswith(f"articles: {len(ee.sample_articles())}\n")
    assert len(result.stdout.split("Most mentioned:\n")[1].split("\n\n")[0].splitlines()) == 10
    assert result.stderr == ""
    assert (tmp_path / "sortie" / "demo" / "graphe.gexf").is_file()


@pytest.mark.usefixtures("loaded_once")
def test_evaluate(invoke: Invoke, tmp_path: Path) -> None:
    text = "Le Kazakhstan accueille la Mongolie."
    entities = [
        {"id": "1", "type": "COUNTRY", "code": "KZ", "mentions": [{"start": 3, "end": 13}]},
        {"id": "2", "type": "PER", "mentions": [{"start": 27, "end": 35}]},
    ]
    line = json.dumps({"id": "a", "text": text, "entities": entities})
    (tmp_path / "gold.jsonl").write_text(line, encoding="utf-8")
    floors = ["COUNTRY=0.6", "PER=0.1", "CORE=0.5"]
    options = [word for floor in floors for word in ("--floor", floor)]
    result = invoke("evaluate", "gold.jsonl", *options, code=1)
    header, *lines = result.stdout.splitlines()
    assert header.split() == ["measure", "precision", "recall", "f", "gold", "predicted"]
    scores = {line.split()[0]: line.split()[1:] for line in lines}
    assert scores["COUNTRY"] == ["0.500", "1.000", "0.667", "1", "2"]
    assert result.stderr == "PER: F 0.000 is below the floor of 0.100\n"
    assert invoke("evaluate", "gold.jsonl", "--floor", "COUNTRY=0.6").stderr == ""


@pytest.mark.usefixtures("loaded_once")
def test_count(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "presse").mkdir()
    for name in "abc":
        text = "Le Kazakhstan accueille la Mongolie et le Togo." if name < "c" else "Le Togo."
        (tmp_path / "presse" / f"{name}.txt").write_text(text, encoding="utf-8")
    assert "articles: 3, of which copies: 1\n" in invoke("run", "presse", "-o", "s").stdout
    assert "b,a,1.0" in (tmp_path / "s" / "copies.csv").read_text(encoding="utf-8")
    found = {}
    for count in ("text", "article"):
        invoke("graph", "s", "-o", "g.gexf", "--count", count)
        found[count] = ee.EntityGraph.from_gexf("g.gexf").nx["country:KZ"]["country:MN"]["weight"]
    assert found == {"text": 1, "article": 2}


@pytest.mark.parametrize(
    ("command", "profile"),
    [
        (["run"], "names"),  # a graph of names needs no relations
        (["run", "--no-anaphora"], "full"),  # which is about relations
        (["run", "--profile", "relations"], "relations"),
        (["extract"], "full"),
        (["extract", "--profile", "names"], "names"),
        (["evaluate"], "full"),
        (["evaluate", "--profile", "names"], "names"),
    ],
)
def test_profile(
    command: list[str],
    profile: str,
    invoke: Invoke,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def load(profile: str, **given: object) -> None:
        asked.append(profile)
        raise OSError("loaded")

    monkeypatch.setattr("entextract.reading.load.load", load)
    line = json.dumps({"id": "a", "text": "Le Mali.", "entities": []})
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    out = [] if command[0] == "evaluate" else ["-o", "s"]
    said = invoke(*command, "a.jsonl", *out, code=2).stderr
    assert "loaded" in said
    assert asked == [profile]
    assert ("--profile full" in said) is (command == ["run"])


def test_what_is_left_out_is_said(visit: Path, invoke: Invoke) -> None:
    """The tables of a run for names hold no relation to draw."""
    for option in ("--relations", "--all"):
        said = invoke("graph", "visite", "-o", "g.gexf", option).stderr
        assert "no relation in visite: `run` looks for them with --profile full\n" in said
    assert "--profile" not in invoke("graph", "visite", "-o", "g.gexf").stderr


# ---- decisions


def test_decisions_are_proposed_then_replayed(invoke: Invoke, loaded: None, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Awa Kerbrat a vu Ewen Kerbrat à Brest.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Mme Kerbrat est partie.\n", encoding="utf-8")
    invoke("extract", "a.txt", "b.txt", "-o", "un")
    said = invoke("decisions", "un", "-o", "d.yml").stdout
    assert said == "doubtful pairs: 2, written: 2, in d.yml\n"
    text = Path("d.yml").read_text(encoding="utf-8")
    assert "# - into: per:awa-kerbrat\n  #   from: [per:kerbrat]\n" in text
    wanted = "  - into: per:awa-kerbrat\n    from: [per:kerbrat, Inconnu]\n"
    Path("d.yml").write_text(text.replace("\nmerge:\n", f"\nmerge:\n{wanted}"), encoding="utf-8")
    for command in ("extract", "run"):
        result = invoke(command, "a.txt", "b.txt", "-o", command, "--decisions", "d.yml")
        assert "d.yml:8: no entity 'Inconnu' here" in result.stderr
        entities = {row["entity"] for row in rows(tmp_path / command / "mentions.csv")}
        assert "per:kerbrat" not in entities
    result = invoke("graph", "un", "-o", "g.gexf", "--decisions", "d.yml")
    assert "d.yml:8: no entity 'Inconnu' here" in result.stderr
    assert "per:kerbrat" not in Path("g.gexf").read_text(encoding="utf-8")
    invoke("decisions", "run", "--decisions", "d.yml", "-o", "suite.yml")
    assert Path("d.yml").read_text(encoding="utf-8") != Path("suite.yml").read_text("utf-8")
