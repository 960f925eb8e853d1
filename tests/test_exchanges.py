"""What other programs read: each file is read back by a library that is not ours."""

import csv
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pytest
from lxml import etree
from test_export import nasty, small
from test_formats import mixed
from test_two_mode import press
from told import changes_of
from typer.testing import CliRunner

from entextract.cli import app
from entextract.export import spreadsheets, write_gml, write_neo4j, write_pajek
from entextract.graph.entity_graph import EntityGraph
from entextract.records.nouns import Article, Copy, Entity, Mention, Problem, Relation
from entextract.result import Extraction

# graphs here are made to be changed on the way: the tests that want to know ask changes_of
pytestmark = pytest.mark.filterwarnings("ignore::entextract.export.ExportWarning")


# --- GML ---


def gml(path: Path) -> Any:
    return nx.parse_gml(path.read_text("utf-8").splitlines(), label="name")


def test_gml_read_back(tmp_path: Path) -> None:
    graph = small()
    graph.nodes["org:onu"].update({"part": 0.5, "vu": True})
    assert changes_of(write_gml, graph, tmp_path / "g.gml") == ()
    back = gml(tmp_path / "g.gml")
    graph.nodes["org:onu"]["vu"] = 1
    assert dict(back.nodes) == dict(graph.nodes)
    assert list(back.edges(data=True)) == list(graph.edges(data=True))


def test_gml_of_both(tmp_path: Path) -> None:
    write_gml(mixed(), tmp_path / "g.gml")
    back = gml(tmp_path / "g.gml")
    assert type(back) is nx.MultiDiGraph
    assert sorted((a, b, row["kind"], row["directed"]) for a, b, row in back.edges(data=True)) == [
        ("org:onu", "per:b", "criticises", 1),
        ("per:a", "per:b", "comention", 0),
        ("per:a", "per:b", "meets", 1),
        ("per:a", "per:b", "supports", 1),
    ]


def test_gml_of_nasty_names(tmp_path: Path) -> None:
    write_gml(nasty(), tmp_path / "g.gml")
    back = gml(tmp_path / "g.gml")
    assert [row["label"] for row in back.nodes.values()][1:5] == [
        "fin ]]> de section",
        "<script>alert('été') && 1</script>",
        "FRANCE INFO",
        'dit « l\'"autre" »',
    ]


def test_names_that_gml_cannot_hold(tmp_path: Path) -> None:
    graph = small()
    graph.nodes["org:onu"]["Parti à part"] = "x"
    told = ("attribute 'Parti à part': written 'Parti_a_part'",)
    assert changes_of(write_gml, graph, tmp_path / "g.gml") == told
    assert gml(tmp_path / "g.gml").nodes["org:onu"]["Parti_a_part"] == "x"
    graph.nodes["org:onu"]["Parti_a part"] = "y"
    with pytest.raises(ValueError, match="GML has another one called 'Parti_a_part'"):
        write_gml(graph, tmp_path / "g.gml")


# --- Pajek ---


def test_pajek_has_a_list_for_each_kind_and_direction(tmp_path: Path) -> None:
    write_pajek(mixed(), tmp_path / "g.net")
    raw = (tmp_path / "g.net").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf*Vertices 3")  # without the mark Pajek reads no UTF-8
    lines = raw.decode("utf-8-sig").splitlines()
    assert [line for line in lines if line.startswith(("*Edges", "*Arcs"))] == [
        '*Edges :1 "comention"',
        '*Arcs :2 "criticises"',
        '*Arcs :3 "meets"',
        '*Arcs :4 "supports"',
    ]


def test_pajek_weights_and_nasty_names(tmp_path: Path) -> None:
    write_pajek(small(), tmp_path / "g.net")
    back = nx.parse_pajek((tmp_path / "g.net").read_text("utf-8-sig").splitlines())
    assert list(back.edges(data="weight")) == [("France", "Emmanuel Macron", 3.0)]
    assert "label of org:04: written" in str(changes_of(write_pajek, nasty(), tmp_path / "g.net"))
    lines = (tmp_path / "g.net").read_text("utf-8-sig").splitlines()
    assert lines[5] == "5 \"dit « l''autre' »\""


# --- Neo4j ---


def table(path: Path, **options: Any) -> list[dict[str, str]]:
    with path.open(encoding=options.pop("encoding", "utf-8"), newline="") as file:
        return list(csv.DictReader(file, **options))


def test_neo4j_read_back(tmp_path: Path) -> None:
    graph = mixed()
    graph.nodes["per:a"].update({"parti politique": "Vert, rouge", "part": 0.5, "vu": True})
    write_neo4j(graph, tmp_path)
    nodes = {row["id:ID"]: row for row in table(tmp_path / "nodes.csv")}
    assert nodes["per:a"]["parti politique:string"] == "Vert, rouge"
    assert nodes["per:a"]["vu:boolean"] == "true"
    assert nodes["per:a"]["part:double"] == "0.5"
    assert nodes["per:a"][":LABEL"] == "Entity;Person"
    assert nodes["org:onu"]["name:string"] == graph.nodes["org:onu"]["label"]
    edges = table(tmp_path / "relationships.csv")
    assert [(row[":START_ID"], row[":TYPE"], row["directed:boolean"]) for row in edges] == [
        (a, row["kind"].upper(), str(row.get("directed", True)).lower())
        for a, _, row in graph.edges(data=True)
    ]
    assert {row[":END_ID"] for row in edges} <= nodes.keys()


def test_cypher_loads_each_label_and_type(tmp_path: Path) -> None:
    write_neo4j(mixed(), tmp_path)
    cypher = (tmp_path / "load.cypher").read_text("utf-8")
    nodes, edges = table(tmp_path / "nodes.csv"), table(tmp_path / "relationships.csv")
    for label in {row[":LABEL"] for row in nodes}:
        assert cypher.count(f"WHERE row.`:LABEL` = '{label}'") == 1
    for kind in {row[":TYPE"] for row in edges}:
        assert cypher.count(f"CREATE (a)-[:{kind} {{") == 1
    for name in [*nodes[0], *edges[0]]:
        assert f"row.`{name}`" in cypher


def test_neo4j_of_two_modes_and_of_nasty_names(tmp_path: Path) -> None:
    EntityGraph.of_articles(press()).to_neo4j(tmp_path / "two")
    assert {row[":TYPE"] for row in table(tmp_path / "two/relationships.csv")} == {"NAMED_IN"}
    assert {row[":LABEL"] for row in table(tmp_path / "two/nodes.csv")} == {
        "Entity;Article",
        "Entity;Organisation",
        "Entity;Person",
    }
    write_neo4j(nasty(), tmp_path)
    names = [row["name:string"] for row in table(tmp_path / "nodes.csv")]
    assert names[4] == 'dit « l\'"autre" »'
    assert not any("\n" in name for name in names)


# --- spreadsheets ---

FORMULAS = ('=HYPERLINK("http://x.fr")', "+1", "-1", "@SUM(A1)", "\t=1")


def hostile() -> Extraction:
    """A result whose texts a spreadsheet would take for formulas, links or dates."""
    result = press()
    mentions = [
        replace(result.mentions[0], text=text)
        for text in (*FORMULAS, "1-2", "http://x.fr", "a\x0b")
    ]
    relation = Relation(
        "a1",
        "per:anne-rey",
        "org:onu",
        "aid",
        "actual",
        "",
        "aide",
        0,
        4,
        "Anne.",
        "x",
        goldstein=2.5,
    )
    return replace(
        result,
        mentions=tuple(mentions),
        relations=(relation,),
        articles=(Article("a1", "", "Été ; hiver", meta={"auteur": "=A1"}),),
        problems=(Problem("a9", "a9.txt", "no text", "empty"),),
    )


def test_workbook_read_back(tmp_path: Path) -> None:
    hostile().to_xlsx(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == [
        "articles", "mentions", "entities", "relations", "quotes", "sentences", "profiles",
        "problems",
    ]  # fmt: skip
    for name in book.sheetnames:
        frame = hostile().to_frame(name)  # type: ignore[arg-type]
        header, *rows = book[name].iter_rows(values_only=True)
        assert list(header) == list(frame.columns)
        assert len(rows) == len(frame)
    texts = [row[3] for row in book["mentions"].iter_rows(min_row=2, values_only=True)]
    assert texts == [*FORMULAS, "1-2", "http://x.fr", "a"]
    place = [c.value for c in book["relations"][1]].index("goldstein")
    assert book["relations"][2][place].value == 2.5
    assert book["articles"]["F2"].value == "=A1"


def test_nothing_in_a_workbook_is_a_formula_or_a_link(tmp_path: Path) -> None:
    hostile().to_xlsx(tmp_path / "t.xlsx")
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        assert len(sheets) == 8
        for name in sheets:
            tags = {etree.QName(e).localname for e in etree.parse(archive.open(name)).iter()}
            assert not tags & {"f", "hyperlink"}


def test_same_tables_same_workbook(tmp_path: Path) -> None:
    hostile().to_xlsx(tmp_path / "a.xlsx")
    hostile().to_xlsx(tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_what_a_sheet_cannot_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "_MOST_ROWS", 4)
    long = replace(press().sentences[0], text="a" * 40_000)
    result = replace(press(), sentences=(long, *press().sentences[1:]))
    told = changes_of(result.to_xlsx, tmp_path / "t.xlsx")
    assert "text in sentences: a text of 40000 characters cut to 32767" in told
    assert "sentences: too long for a sheet, goes on in 'sentences 2'" in told
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert len(book["sentences"]["E2"].value) == 32_767
    names = [n for n in book.sheetnames if n.startswith("sentences")]
    rows = [row for n in names for row in book[n].iter_rows(min_row=2, values_only=True)]
    assert [row[:2] for row in rows] == [(s.article, s.sentence) for s in result.sentences]
    assert max(book[name].max_row for name in book.sheetnames) == 4


def test_csv_for_a_french_excel(tmp_path: Path) -> None:
    paths = hostile().to_excel_csv(tmp_path / "excel")
    assert [path.stem for path in paths] == [
        "articles", "mentions", "entities", "relations", "quotes", "sentences", "profiles",
        "problems",
    ]  # fmt: skip
    assert (tmp_path / "excel/articles.csv").read_bytes().startswith(b"\xef\xbb\xbfid;title;")
    rows = table(tmp_path / "excel/mentions.csv", delimiter=";", encoding="utf-8-sig")
    assert [row["text"] for row in rows][:5] == [f"'{text}" for text in FORMULAS]
    assert [row["text"] for row in rows][5:7] == ["1-2", "http://x.fr"]
    (relation,) = table(tmp_path / "excel/relations.csv", delimiter=";", encoding="utf-8-sig")
    assert relation["goldstein"] == "2,5"
    (article,) = table(tmp_path / "excel/articles.csv", delimiter=";", encoding="utf-8-sig")
    assert (article["title"], article["auteur"]) == ("Été ; hiver", "'=A1")


def test_tables_of_a_result_are_not_replaced_by_those_of_excel(tmp_path: Path) -> None:
    press().to_csv(tmp_path)
    with pytest.raises(FileExistsError, match="choose another folder"):
        press().to_excel_csv(tmp_path)
    assert Extraction.from_csv(tmp_path).entities == press().entities


# --- FollowTheMoney ---


def investigated() -> Extraction:
    """Persons, a body, a state, a place; links of four kinds, one denied."""
    entities = (
        Entity("per:awa-sarr", "Awa Sarr", "PER", None, ("Awa Sarr", "Sarr"), 3, 2),
        Entity("per:élie-b", "Élie B.", "PER", None, ("Élie B.",), 1, 1),
        Entity("org:onu", "ONU", "ORG", None, ("ONU",), 1, 1),
        Entity("country:SN", "Sénégal", "COUNTRY", "SN", ("Sénégal", "Dakar"), 1, 1),
        Entity("country:SU", "URSS", "COUNTRY", "SU", ("URSS",), 1, 1),
        Entity("loc:fleuve", "Fleuve", "LOC", None, ("Fleuve",), 1, 1),
    )
    articles = (
        Article("a 1", "", "Un titre", "2024-03-05", "Le Pli", "https://pli.example/1"),
        Article("a2", "", "", "", "", "pas une adresse"),
    )
    mentions = tuple(
        Mention(article, n, n + 1, text, "PER", "name", entity, 0, 0, "x")
        for n, (article, text, entity) in enumerate(
            [
                ("a 1", "Awa Sarr", "per:awa-sarr"),
                ("a 1", "Sarr", "per:awa-sarr"),
                ("a2", "Sarr", "per:awa-sarr"),
                ("a 1", "Élie B.", "per:élie-b"),
                ("a 1", "ONU", "org:onu"),
                ("a 1", "Sénégal", "country:SN"),
                ("a2", "Fleuve", "loc:fleuve"),
            ]
        )
    )

    def said(article: str, source: str, target: str, kind: str, **more: Any) -> Relation:
        base = (article, source, target, kind, more.pop("status", "actual"), "", "x", 0, 1)
        return Relation(*base, f"{source} {kind} {target}.", "x", **more)

    relations = (
        said("a 1", "per:awa-sarr", "country:SN", "position_held", office="ministre"),
        said("a2", "per:awa-sarr", "country:SN", "position_held", office="ministre", former=True),
        said("a 1", "per:awa-sarr", "per:élie-b", "relative_of", office="sœur"),
        said("a 1", "country:SN", "org:onu", "member_of", date="2024-W09"),
        said("a2", "org:onu", "loc:fleuve", "assault", date="2024-03"),
        said("a2", "org:onu", "country:SN", "accuse", status="negated"),
        said("a2", "", "country:SN", "accuse", one_end=True),
    )
    return Extraction(articles, mentions, entities, relations)


def ftm(result: Extraction, path: Path) -> list[dict[str, Any]]:
    result.to_followthemoney(path)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_entities_links_and_documents(tmp_path: Path) -> None:
    lines = ftm(investigated(), tmp_path / "p.ftm.json")
    assert len({line["id"] for line in lines}) == len(lines)
    by_schema: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        by_schema.setdefault(line["schema"], []).append(line["properties"])
    assert {schema: len(found) for schema, found in by_schema.items()} == {
        "Person": 2,
        "Organization": 1,
        "PublicBody": 2,
        "Address": 1,
        "Article": 2,
        "Mention": 5,
        "Documentation": 1,
        "Employment": 1,
        "Family": 1,
        "Membership": 1,
        "UnknownLink": 1,
    }
    assert by_schema["PublicBody"] == [
        {"name": ["Sénégal"], "weakAlias": ["Dakar"], "country": ["sn"]},
        {"name": ["URSS"], "country": ["suhh"]},
    ]
    (employment,) = by_schema["Employment"]
    proofs = employment.pop("proof")
    assert employment == {
        "employee": ["per.awa-sarr"],
        "employer": ["country.SN"],
        "role": ["ministre"],
        "publisher": ["Le Pli"],
        "sourceUrl": ["https://pli.example/1"],
        "summary": ["per:awa-sarr position_held country:SN."],
        "recordId": ["position_held"],
    }
    documents = {line["id"] for line in lines if line["schema"] == "Article"}
    assert set(proofs) == documents
    (attack,) = by_schema["UnknownLink"]
    assert (attack["role"], attack["date"]) == (["attaque"], ["2024-03"])
    assert "date" not in by_schema["Membership"][0]  # weeks are no dates there


READER = """
import json, sys
from followthemoney import model
entities = {}
for line in open(sys.argv[1], encoding="utf-8"):
    data = json.loads(line)
    schema = model.get(data["schema"])
    assert schema is not None and not schema.abstract, data
    schema.validate(data)
    proxy = model.get_proxy(data)
    made = model.make_entity(data["schema"])
    made.id = data["id"]
    for name, values in data["properties"].items():
        for value in values:
            made.add(name, value, cleaned=False)
        assert len(made.get(name)) == len(values), (name, values, made.get(name))
    for name in schema.required:
        assert proxy.get(name), (name, data)
    entities[proxy.id] = proxy
for proxy in entities.values():
    for prop, value in proxy.itervalues():
        if prop.type.name == "entity":
            assert entities[value].schema.is_a(prop.range), (prop, value)
print(len(entities))
"""


@pytest.fixture(scope="module")
def python_with_followthemoney(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library in an environment of its own; it needs ICU, which pip compiles."""
    if subprocess.run(["pkg-config", "--exists", "icu-i18n"]).returncode:
        pytest.skip("PyICU is compiled with the headers of ICU, which are not here")
    folder = tmp_path_factory.mktemp("ftm")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    command = [folder / "bin/python", "-m", "pip", "install", "-qq", "followthemoney==4.11.2"]
    subprocess.run(command, check=True)
    return folder / "bin/python"


@pytest.mark.slow
def test_the_library_finds_each_line_valid(
    python_with_followthemoney: Path, tmp_path: Path
) -> None:
    lines = ftm(investigated(), tmp_path / "p.ftm.json")
    command = [python_with_followthemoney, "-c", READER, tmp_path / "p.ftm.json"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == len(lines)


# --- on the command line ---


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    press().to_csv("sortie")
    return tmp_path


@pytest.mark.parametrize("name", ["g.gml", "g.net"])
def test_graphs_by_their_ending(name: str, folder: Path) -> None:
    assert CliRunner().invoke(app, ["graph", "sortie", "-o", name]).exit_code == 0
    text = Path(name).read_text("utf-8-sig")
    back = nx.parse_gml(text.splitlines()) if name == "g.gml" else nx.parse_pajek(text.splitlines())
    assert sorted(back) == ["Anne Rey", "ONU", "Paul Roy"]


def test_a_folder_for_neo4j(folder: Path) -> None:
    asked = ["graph", "sortie", "-o", "neo4j", "--neo4j"]
    assert CliRunner().invoke(app, asked).exit_code == 0
    assert sorted(path.name for path in Path("neo4j").iterdir()) == [
        "load.cypher", "nodes.csv", "relationships.csv",
    ]  # fmt: skip
    for wrong in (["-o", "g.gexf", "--neo4j"], ["-o", "n", "--neo4j", "--dynamic", "year"]):
        done = CliRunner().invoke(app, ["graph", "sortie", *wrong])
        assert done.exit_code == 2
        assert "--neo4j writes a folder" in done.output


@pytest.mark.parametrize("out", ["t.xlsx", "excel", "p.ftm.json"])
def test_export(out: str, folder: Path) -> None:
    done = CliRunner().invoke(app, ["export", "sortie", "-o", out])
    assert done.exit_code == 0, done.output
    assert f"written: {out}" in done.stdout
    if out == "t.xlsx":
        assert len(openpyxl.load_workbook(out)["entities"]["A"]) == 4
    elif out == "excel":
        assert len(table(Path("excel/entities.csv"), delimiter=";")) == 3
    else:
        assert len(Path(out).read_text("utf-8").splitlines()) == 3 + 4 + 7


@pytest.mark.parametrize(
    ("out", "said"),
    [("t.ods", "exported to NAME.xlsx"), ("sortie", "choose another"), ("t.json", "NAME.ftm.json")],
)
def test_what_is_not_exported(out: str, said: str, folder: Path) -> None:
    done = CliRunner().invoke(app, ["export", "sortie", "-o", out])
    assert done.exit_code == 2
    assert said in done.output


def test_a_run_for_spreadsheets(loaded_once: None, folder: Path) -> None:
    Path("a.txt").write_text("Le Kazakhstan accueille la Mongolie.", encoding="utf-8")
    asked = ["run", "a.txt", "-o", "sortie2"]
    done = CliRunner().invoke(app, [*asked, "--xlsx", "--excel"])
    assert done.exit_code == 0, done.output
    assert "Excel, by a double click" in done.stdout
    assert openpyxl.load_workbook("sortie2/tables.xlsx")["entities"]["B2"].value == "Kazakhstan"
    assert Path("sortie2/excel/entities.csv").is_file()
    assert CliRunner().invoke(app, asked).exit_code == 0  # anew, without them: none of older tables
    assert not Path("sortie2/tables.xlsx").exists()
    assert not list(Path("sortie2/excel").iterdir())


def test_copies_have_a_sheet_where_there_are_some(tmp_path: Path) -> None:
    replace(press(), copies=(Copy("a2", "a1", 1.0),)).to_xlsx(tmp_path / "t.xlsx")
    assert "copies" in openpyxl.load_workbook(tmp_path / "t.xlsx").sheetnames
