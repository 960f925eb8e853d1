"""Graphs in time, mixed graphs, weights that Gephi refuses, and graphs read back."""

import csv
import gzip
import json
import math
import re
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from test_export import NS, nasty, read, small, validate
from told import changes_of

from entextract import __version__
from entextract.export import (
    clean_xml,
    read_gexf,
    report_losses,
    write_dynamic_gexf,
    write_gephi_csv,
    write_gexf,
    write_graphml,
    write_json,
)
from entextract.export.html import page
from entextract.export.occurrences import Occurrences, Seen
from entextract.export.quotations import Quotation, Quotations
from entextract.export.timeline import Tallies, Timeline, tallies_of, timeline_of
from entextract.graph.corpus import InMemory
from entextract.graph.entity_graph import EntityGraph
from entextract.records.nouns import Article, Entity, Mention, Sentence
from entextract.result import Extraction

# graphs here are made to be changed on the way: the tests that want to know ask changes_of
pytestmark = pytest.mark.filterwarnings("ignore::entextract.export.ExportWarning")

Graph = nx.Graph


def mixed() -> Graph:
    graph = nx.MultiDiGraph()
    for node in ("per:a", "per:b", "org:onu"):
        graph.add_node(node, label=node, type="PER")
    graph.add_edge("per:a", "per:b", weight=4, kind="comention", directed=False)
    graph.add_edge("per:a", "per:b", weight=1, kind="supports")
    graph.add_edge("per:a", "per:b", weight=2, kind="meets")
    graph.add_edge("org:onu", "per:b", weight=1, kind="criticises")
    return graph


def same(graph: Graph, other: Graph) -> bool:
    """Same nodes, edges and attributes; 1 and 1.0 are one, an empty text is none."""

    def rows(one: Graph) -> list[Any]:
        own = one.is_directed()
        edges = []
        for a, b, row in one.edges(data=True):
            row = {"weight": 1, "directed": own, **{k: v for k, v in row.items() if v != ""}}
            ends = (a, b) if row["directed"] else tuple(sorted((a, b)))
            edges.append(
                (
                    ends,
                    sorted(
                        (k, repr(v), float(v) if k == "weight" else 0)
                        for k, v in row.items()
                        if k != "weight"
                    ),
                    float(row["weight"]),
                )
            )
        nodes = [
            (n, sorted((k, repr(v)) for k, v in r.items() if v != "")) for n, r in one.nodes.items()
        ]
        return [sorted(nodes), sorted(edges, key=repr)]

    return rows(graph) == rows(other)


# --- mixed graphs ---


def test_a_mixed_graph_has_no_default_direction(tmp_path: Path) -> None:
    assert changes_of(write_gexf, mixed(), tmp_path / "g.gexf") == ()
    validate_if_there(tmp_path / "g.gexf")
    root = read(tmp_path / "g.gexf")
    assert dict(root.find("g:graph", NS).attrib) == {"mode": "static"}
    edges = [(e.get("type"), e.get("kind")) for e in root.iterfind(".//g:edge", NS)]
    assert edges == [
        ("undirected", "comention"), ("directed", "supports"),
        ("directed", "meets"), ("directed", "criticises"),
    ]  # fmt: skip
    assert same(read_gexf(tmp_path / "g.gexf").graph, mixed())


def test_a_mixed_graph_elsewhere(tmp_path: Path) -> None:
    write_gephi_csv(mixed(), tmp_path)
    with (tmp_path / "edges.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["Source", "Target", "Type", "Kind", "Weight"]
    assert rows[1] == ["per:a", "per:b", "Undirected", "comention", "4.0"]
    assert rows[2] == ["per:a", "per:b", "Directed", "supports", "1.0"]
    write_graphml(mixed(), tmp_path / "g.graphml")
    ways = [e.get("directed") for e in etree.parse(tmp_path / "g.graphml").iterfind(".//{*}edge")]
    assert ways == ["true", None, "true", "true"] or ways == [None, "true", "true", "true"]
    write_json(mixed(), tmp_path / "g.json")
    data = json.loads((tmp_path / "g.json").read_text())
    assert data["options"] == {"type": "mixed", "multi": True, "allowSelfLoops": True}


@pytest.mark.parametrize("back", [False, True])
def test_edges_that_gephi_would_merge(back: bool, tmp_path: Path) -> None:
    graph = mixed()
    ends = ("per:b", "per:a") if back else ("per:a", "per:b")
    graph.add_edge(*ends, weight=1, kind="comention", directed=False)
    with pytest.raises(ValueError, match="two edges of kind 'comention'"):
        write_gexf(graph, tmp_path / "g.gexf")
    graph.remove_edge(*ends)
    graph.add_edge("per:b", "per:a", weight=1, kind="supports")  # another direction: another edge
    write_gexf(graph, tmp_path / "g.gexf")


def test_loops_are_not_their_own_parallels(tmp_path: Path) -> None:
    for graph in (mixed(), nx.DiGraph()):
        graph.add_edge("per:a", "per:a", weight=1, kind="meets", directed=False)
        write_gexf(graph, tmp_path / "g.gexf")
    graph = mixed()
    graph.add_edge("per:b", "per:b", directed=False)
    graph.add_edge("per:b", "per:b", directed=True)
    write_gexf(graph, tmp_path / "g.gexf")
    graph.add_edge("per:b", "per:b", directed=True)
    with pytest.raises(ValueError, match="^per:b – per:b: two edges of kind ''; Gephi would"):
        write_gexf(graph, tmp_path / "g.gexf")


def test_direction_and_kind_have_types(tmp_path: Path) -> None:
    for row in ({"directed": "yes"}, {"kind": 3}):
        with pytest.raises(TypeError, match="directed is a bool, kind a str"):
            write_gexf(nx.Graph([("a", "b", row)]), tmp_path / "g.gexf")


# --- weights ---


@pytest.mark.parametrize("weight", [0, -2.5, 1e-9, 7])
def test_every_weight_is_read_back(weight: float, tmp_path: Path) -> None:
    graph = small()
    graph.edges["country:FR", "per:emmanuel-macron"]["weight"] = weight
    done = changes_of(write_gexf, graph, tmp_path / "g.gexf")
    validate_if_there(tmp_path / "g.gexf")
    written = float(read(tmp_path / "g.gexf").find(".//g:edge", NS).get("weight"))
    assert written > 0
    assert bool(done) == (weight <= 0)
    assert all("Gephi drops an edge without weight" in change for change in done)
    assert same(read_gexf(tmp_path / "g.gexf").graph, graph)
    assert len(changes_of(write_gephi_csv, graph, tmp_path)) == len(done)
    assert changes_of(write_graphml, graph, tmp_path / "g.graphml") == ()
    assert same(nx.read_graphml(tmp_path / "g.graphml"), graph)


# --- whole files, of a graph that holds one of everything ---

GRAPH = Path(__file__).parent / "graphs"


def tricky() -> Graph:
    graph = nx.MultiDiGraph()
    graph.add_node("per:awa\u200b-sarr", label='Awa "S" Sarr', type="PER", mentions=12, note="INF")
    graph.add_node("org:deux  ports ", label="Deux\nports & Cie", type="ORG", mentions=3, sure=True)
    graph.add_node("loc:gao", label="", type="LOC", mentions=0, far=-math.inf, sure=False)
    graph.add_node("per:x", type="PER", far=0.5, note=" Null ", community=2)
    graph.add_edge("per:awa\u200b-sarr", "org:deux  ports ", weight=4, directed=False,
                   kind="comention", npmi=0.25)  # fmt: skip
    graph.add_edge("org:deux  ports ", "per:awa\u200b-sarr", kind="accuse", status="negated")
    graph.add_edge("per:awa\u200b-sarr", "loc:gao", weight=-1.5, kind="meets", articles=2)
    graph.add_edge(
        "loc:gao", "loc:gao", weight=0, directed=False, note="=1\\2\n\x07", npmi=math.nan
    )
    return graph


def said_of_tricky() -> dict[str, Any]:
    one = Quotation("Awa Sarr accuse\x0b « Deux ports ».", "a1", "2024-01-31", "Le Pli")
    two = Quotation("Le port INF a répondu.", "a2", url="HTTPS://exemple.org/2")
    return {
        "quotations": Quotations(
            nodes={"per:awa\u200b-sarr": [one, two], "loc:gao": [two]},
            edges={("org:deux  ports ", "per:awa\u200b-sarr", "accuse (negated)"): [one]},
        ),
        "timeline": Timeline(
            periods=[
                (date(2024, 1, 1), date(2024, 1, 31)),
                (date(2024, 2, 1), date(2024, 2, 29)),
                (date(2024, 3, 1), date(2024, 3, 31)),
                (date(2024, 4, 1), date(2024, 4, 30)),
            ],
            nodes={"per:awa\u200b-sarr": {3: 1, 0: 2, 1: 1}, "loc:gao": {2: 1}},
            edges={
                ("org:deux  ports ", "per:awa\u200b-sarr"): {1: 3, 0: 1},
                ("per:awa\u200b-sarr", "loc:gao", "meets"): {3: 1},
            },
            undated=2,
        ),
    }


PLACED = {"per:awa\u200b-sarr": (1.26, -2.0), "loc:gao": (0.004, 30)}
BY_NAME = {
    "static.gexf": lambda path, said: write_gexf(
        tricky(), path, description="Un <essai>\x00", date="2024-04-30", positions=PLACED
    ),
    "dynamic.gexf": lambda path, said: write_dynamic_gexf(
        tricky(), path, positions=PLACED, color_by="community", size_by="far", **said
    ),
    "graph.graphml": lambda path, said: write_graphml(tricky(), path),
    "graph.json": lambda path, said: write_json(
        tricky(), path, name="Un\x07 essai", positions=PLACED
    ),
    "page.json": lambda path, said: write_page_data(path, said),
}


def write_page_data(path: Path, said: dict[str, Any]) -> None:
    """The data of a page, a node or an edge a line."""
    forms = {"loc:gao": ["Gao", "GAO\x07"]}
    known = Tallies(
        said["timeline"].periods,
        ["Le Pli"],
        {"per:awa\u200b-sarr": [(-1, -1, 1), (0, 0, 2), (3, 0, 1)], "loc:gao": [(2, -1, 1)]},
        {("per:awa\u200b-sarr", "loc:gao", "meets"): [(3, 0, 1)]},
    )
    options = {"quotations": said["quotations"], "tallies": known, "lang": "en"}
    text = page(tricky(), positions=PLACED, forms=forms, **options)  # type: ignore[arg-type]
    found = re.search(r'id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert data.pop("words")
    path.write_text(json.dumps(data, ensure_ascii=False).replace(', {"', ',\n{"') + "\n", "utf-8")


@pytest.mark.parametrize("name", [*BY_NAME, "csv"])
def test_every_format_to_the_letter(name: str, tmp_path: Path) -> None:
    """The files of tests/graphs; what was said to be changed stands in changes.txt."""
    if name == "csv":
        changes = changes_of(write_gephi_csv, tricky(), tmp_path, neutralise_formulas=True)
    else:
        changes = changes_of(BY_NAME[name], tmp_path / name, said_of_tricky())
    for path in tmp_path.iterdir():
        text = path.read_text(encoding="utf-8").replace(f"entextract {__version__}", "entextract")
        assert text == (GRAPH / path.name).read_text(encoding="utf-8")
    told = (GRAPH / "changes.txt").read_text(encoding="utf-8").split("\n\n")
    assert "\n".join([name, *changes]) in [block.strip() for block in told]


# --- round trips ---


def plain() -> Graph:
    graph = nasty()
    for _, row in graph.nodes(data=True):
        row["note"] = row["note"].replace("INF", "Inf")
    for *_, row in graph.edges(data=True):
        row["note"] = row["note"].replace("INF", "Inf")
    return graph


def cleaned(graph: Graph) -> Graph:
    for rows in (graph.nodes.values(), (row for *_, row in graph.edges(data=True))):
        for row in rows:
            row.update({k: clean_xml(v) for k, v in row.items() if isinstance(v, str)})
    return graph


one_node = nx.Graph()
one_node.add_node("per:a", label="A")
equal_edges = nx.complete_graph(["org:a", "org:b", "org:c"])


@pytest.mark.parametrize(
    "graph",
    [nx.Graph(), one_node, equal_edges, small(), small().to_directed(), mixed(), plain()],
    ids=["empty", "one node", "equal edges", "small", "directed", "mixed", "nasty"],
)
@pytest.mark.parametrize("ending", ["gexf", "gexf.gz"])
def test_gexf_round_trip(graph: Graph, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"g.{ending}"
    positions = dict.fromkeys(graph, (1.0, -2.0))
    write_gexf(graph, path, positions=positions)
    drawn = read_gexf(path)
    assert same(drawn.graph, cleaned(graph.copy()))
    assert drawn.positions == positions
    again = tmp_path / f"again.{ending}"
    write_gexf(graph, again, positions=positions)
    assert again.read_bytes() == path.read_bytes()
    if ending == "gexf.gz":
        assert gzip.decompress(path.read_bytes()).startswith(b"<?xml")


@given(st.text(max_size=8), st.text(max_size=8), st.floats(allow_nan=False, allow_infinity=False))
def test_any_graph_is_read_back(tmp_path: Path, label: str, note: str, weight: float) -> None:
    graph = nx.Graph()
    graph.add_node("a", label=label, note=note.replace("INF", "Inf"))
    graph.add_edge("a", "b", weight=weight)
    write_gexf(graph, tmp_path / "g.gexf")
    assert same(read_gexf(tmp_path / "g.gexf").graph, cleaned(graph.copy()))
    write_graphml(graph, tmp_path / "g.graphml")
    assert same(nx.read_graphml(tmp_path / "g.graphml"), cleaned(graph.copy()))
    write_json(graph, tmp_path / "g.json")
    data = json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))
    assert data["nodes"][0]["attributes"]["label"] == clean_xml(label)
    assert data["edges"][0]["attributes"]["weight"] == weight


def test_json_to_the_letter(tmp_path: Path) -> None:
    graph = nx.Graph()
    graph.add_node("org:x", label="</script>", type="ORG", far=math.inf, mentions=2)
    done = changes_of(
        write_json, graph, tmp_path / "g.json", name="Essai", positions={"org:x": (1, 2)}
    )
    assert done == ("far of org:x: inf left out, which JSON cannot say",)
    assert json.loads((tmp_path / "g.json").read_text()) == {
        "attributes": {"name": "Essai"},
        "options": {"type": "undirected", "multi": False, "allowSelfLoops": True},
        "nodes": [
            {
                "key": "org:x",
                "attributes": {
                    "label": "</script>", "mentions": 2, "category": "ORG",
                    "size": 20.0, "color": "#009E73", "x": 1.0, "y": 2.0,
                },
            }
        ],
        "edges": [],
    }  # fmt: skip


SAVED_BY_GEPHI = """<?xml version='1.0' encoding='UTF-8'?>
<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:viz="http://gexf.net/1.3/viz">
  <meta lastmodifieddate="2024-09-12"><creator>Gephi 0.10.1</creator></meta>
  <graph defaultedgetype="undirected" mode="static">
    <attributes class="node" mode="static">
      <attribute id="type" title="type" type="string"/>
      <attribute id="modularity_class" title="Modularity Class" type="integer">
        <default>0</default>
      </attribute>
    </attributes>
    <nodes>
      <node id="country:FR" label="France">
        <attvalues><attvalue for="type" value="COUNTRY"></attvalue>
        <attvalue for="modularity_class" value="3"></attvalue></attvalues>
        <viz:size value="60.0"></viz:size>
        <viz:position x="12.5" y="-7.25"></viz:position>
        <viz:color r="0" g="114" b="178"></viz:color>
      </node>
      <node id="org:onu" label="ONU"/>
    </nodes>
    <edges><edge id="0" source="country:FR" target="org:onu" weight="2.0"></edge></edges>
  </graph>
</gexf>"""


def test_what_gephi_saved(tmp_path: Path) -> None:
    (tmp_path / "g.gexf").write_text(SAVED_BY_GEPHI)
    graph = EntityGraph.from_gexf(tmp_path / "g.gexf")
    assert graph.nx.nodes["country:FR"] == {
        "label": "France", "type": "COUNTRY", "Modularity Class": 3,
    }  # fmt: skip
    assert list(graph.nx.edges(data=True)) == [("country:FR", "org:onu", {"weight": 2})]
    assert graph.positions == {"country:FR": (12.5, -7.25)}
    graph.to_gexf(tmp_path / "again.gexf")
    assert same(EntityGraph.from_gexf(tmp_path / "again.gexf").nx, graph.nx)


FROM_ELSEWHERE = """<gexf xmlns="http://www.gexf.net/1.2draft"><graph>
<attributes class="graph"><attribute id="0" title="rien" type="integer"/></attributes>
<attributes>
  <attribute id="0" title=" Le  Nom " type="string"/><attribute id="1" title="N" type="Long"/>
  <attribute id="2" title="part" type="bigdecimal"/><attribute id="3" title="vu" type="bool"/>
  <attribute id="4" title="Label"/><attribute id="5" title="TimeSet"/><attribute id="6"/>
</attributes>
<attributes class="edge">
  <attribute id="0" title="weight" type="float"/><attribute id="2" title="status"/>
  <attribute id="1" title="true_weight" type="float"/>
</attributes>
<nodes>
  <node id="a" label="A"><attvalues><attvalue for="0" value="x"/><attvalue id="1" value="-3"/>
    <attvalue for="2" value="INF"/><attvalue for="3" value=" True"/><attvalue for="4" value="B"/>
    <attvalue for="5" value="s"/><attvalue for="6" value="y"/><attvalue for="9" value="z"/>
  </attvalues><position x="1" y="-2.5"/><color r="1" g="16" b="255"/></node>
  <node id="b"><attvalues><attvalue for="0" value=""/><attvalue for="2" value="-INF"/>
    <attvalue for="3" value="1"/></attvalues><position x="4"/><color hex="#ABCDEF" r="9"/></node>
  <node id="c"><attvalues><attvalue for="3" value="no"/></attvalues>
    <position x="0" y="INF"/><color g="2"/></node>
</nodes>
<edges>
  <edge source="a" target="b"/>
  <edge source="b" target="c" weight="2.0" type="undirected" kind="accuse (negated)">
    <attvalues><attvalue for="2" value="negated"/></attvalues></edge>
  <edge source="a" target="c" weight="7"><attvalues>
    <attvalue for="0" value="2.5"/></attvalues></edge>
  <edge source="c" target="a" weight="7"><attvalues>
    <attvalue for="0" value="1.5" start="2024-01-01"/>
    <attvalue for="0" value="3" start="2024-02-01"/>
  </attvalues></edge>
  <edge source="c" target="c" weight="0.1"><attvalues>
    <attvalue for="1" value="-INF"/></attvalues></edge>
</edges></graph></gexf>"""


def test_what_other_programs_wrote(tmp_path: Path) -> None:
    (tmp_path / "g.gexf").write_text(FROM_ELSEWHERE)
    drawn = read_gexf(tmp_path / "g.gexf")
    assert dict(drawn.graph.nodes) == {
        "a": {"label": "A", "Le Nom": "x", "N": -3, "part": math.inf, "vu": True, "6": "y"},
        "b": {"part": -math.inf, "vu": True},
        "c": {"vu": False},
    }
    assert drawn.positions == {"a": (1.0, -2.5), "b": (4.0, 0.0)}
    assert drawn.colours == {"a": "#0110ff", "b": "#ABCDEF", "c": "#000200"}
    kind = {"directed": False, "kind": "accuse", "status": "negated"}
    assert list(drawn.graph.edges(data=True)) == [
        ("a", "b", {"directed": True}),
        ("a", "c", {"directed": True, "weight": 2.5}),
        ("b", "c", {"weight": 2, **kind}),
        ("c", "a", {"directed": True, "weight": 4.5}),
        ("c", "c", {"directed": True, "weight": -math.inf}),
    ]
    whole = drawn.graph.edges["b", "c", 0]["weight"], drawn.graph.nodes["a"]["N"]
    assert [type(number) for number in whole] == [int, int]


@pytest.mark.parametrize(
    ("default", "edges", "kind"),
    [
        ("", [], nx.DiGraph),
        ("undirected", [], nx.Graph),
        ("", [("a", "b", "")], nx.DiGraph),
        ("", [("a", "b", "undirected")], nx.Graph),
        ("undirected", [("a", "b", "directed")], nx.DiGraph),
        ("", [("a", "b", ""), ("b", "a", "")], nx.DiGraph),
        ("", [("a", "b", ""), ("a", "b", "")], nx.MultiDiGraph),
        ("undirected", [("a", "b", ""), ("b", "a", "")], nx.MultiGraph),
        ("", [("a", "b", "undirected"), ("b", "c", "")], nx.MultiDiGraph),
    ],
)
def test_kind_of_graph_that_is_read(
    default: str, edges: list[tuple[str, str, str]], kind: type, tmp_path: Path
) -> None:
    lines = "".join(f'<edge source="{a}" target="{b}" type="{way}"/>' for a, b, way in edges)
    given = f' defaultedgetype="{default}"' if default else ""
    (tmp_path / "g.gexf").write_text(f"<gexf><graph{given}><edges>{lines}</edges></graph></gexf>")
    graph = read_gexf(tmp_path / "g.gexf").graph
    assert type(graph) is kind
    mixed_ways = {way for *_, way in edges} == {"", "undirected"}
    assert all(("directed" in row) == mixed_ways for *_, row in graph.edges(data=True))


@pytest.mark.parametrize("text", ["", "<gexf><graph>", "{}", "<html></html>"])
def test_what_is_not_gexf(text: str, tmp_path: Path) -> None:
    (tmp_path / "g.gexf").write_text(text)
    with pytest.raises(ValueError, match="g.gexf: (not a whole GEXF|no graph in it)"):
        read_gexf(tmp_path / "g.gexf")


# --- tables ---


def test_formulas_are_neutralised_when_asked(tmp_path: Path) -> None:
    graph = nx.Graph()
    graph.add_node("org:x", label='=HYPERLINK("http://x","y")', note="-1 point", mentions=-1)
    assert changes_of(write_gephi_csv, graph, tmp_path) == ()
    assert 'org:x,"=HYPERLINK(' in (tmp_path / "nodes.csv").read_text()
    done = changes_of(write_gephi_csv, graph, tmp_path, neutralise_formulas=True)
    assert done == (
        "label of org:x: ' put before what looks like a formula",
        "note of org:x: ' put before what looks like a formula",
    )
    text = (tmp_path / "nodes.csv").read_text()
    assert "\"'=HYPERLINK(" in text
    assert ",-1," in text  # a number is no formula


def test_frames_there_and_back() -> None:
    nodes = pd.DataFrame(
        {"id": ["a", "b", "c"], "label": ["A", None, "C"], "mentions": [3, 1, None]}
    )
    edges = pd.DataFrame({"source": ["a"], "target": ["b"], "weight": [2], "articles": [1]})
    graph = EntityGraph.from_frame(nodes, edges)
    assert dict(graph.nx.nodes(data=True)) == {
        "a": {"label": "A", "mentions": 3}, "b": {"mentions": 1}, "c": {"label": "C"},
    }  # fmt: skip
    again = EntityGraph.from_frame(graph.to_frame("nodes"), graph.to_frame("edges"))
    assert same(again.nx, graph.nx)
    assert again.evidence("a", "b").empty


@pytest.mark.parametrize(
    ("nodes", "edges", "message"),
    [
        ({"name": ["a"]}, {}, "nodes: no column 'id' among"),
        ({"id": ["a"]}, {"source": ["a"]}, "edges: no column 'target'"),
        ({"id": ["a", "a"]}, {"source": [], "target": []}, "row 1: id 'a' stands twice"),
        ({"id": [1]}, {"source": [], "target": []}, "row 0: id 1 is not a text"),
        ({"id": ["a"]}, {"source": ["a"], "target": ["b"]}, "row 0: 'b' is not among the nodes"),
        (
            {"id": ["a", "b"]},
            {"source": ["a", "b"], "target": ["b", "a"]},
            "row 1: 'b' and 'a' are joined already",
        ),
    ],
)
def test_frames_that_are_no_graph(nodes: Any, edges: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        EntityGraph.from_frame(pd.DataFrame(nodes), pd.DataFrame(edges))


# --- time ---


def in_time(*dates: str) -> EntityGraph:
    """France and the ONU named together in one sentence of an article for each date."""
    names = {"country:FR": ("France", "COUNTRY"), "org:onu": ("ONU", "ORG")}
    articles = tuple(Article(f"a{n}", "", date=d, source="Le Pli") for n, d in enumerate(dates))
    return EntityGraph.of_comentions(
        Extraction(
            articles=articles,
            mentions=tuple(
                Mention(a.id, 0, 1, name, label, "name", id, 0, 0, "model")  # type: ignore[arg-type]
                for a in articles
                for id, (name, label) in names.items()
            ),
            entities=tuple(
                Entity(id, name, label, None, (name,), len(dates), len(dates))  # type: ignore[arg-type]
                for id, (name, label) in names.items()
            ),
            sentences=tuple(Sentence(a.id, 0, 0, 9, f"Phrase de {a.id}.") for a in articles),
        )
    )


def test_dynamic_gexf(tmp_path: Path) -> None:
    graph = in_time("2024-01-31", "2024-02-01", "2024-02-28", "2024-04-30", "un jeudi")
    done = changes_of(graph.to_gexf, tmp_path / "g.gexf", dynamic="month")
    assert done == ("1 article stands in no period, for want of a date",)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["g.gexf", "g.static.gexf"]
    for name in ("g.gexf", "g.static.gexf"):
        validate_if_there(tmp_path / name)
    root = read(tmp_path / "g.gexf")
    assert dict(root.find("g:graph", NS).attrib) == {
        "defaultedgetype": "undirected", "mode": "dynamic", "timeformat": "dateTime",
        "timerepresentation": "interval", "timezone": "UTC",
    }  # fmt: skip
    blocks = [(e.get("class"), e.get("mode")) for e in root.iterfind(".//g:attributes", NS)]
    assert blocks == [("edge", "dynamic"), ("node", "static"), ("edge", "static")]
    # January touches February: one spell
    spells = [
        ("2024-01-01T00:00:00", "2024-02-29T23:59:59"),
        ("2024-04-01T00:00:00", "2024-04-30T23:59:59"),
    ]
    for element in ("node", "edge"):
        found = root.find(f".//g:{element}", NS).iterfind(".//g:spell", NS)
        assert [(e.get("start"), e.get("end")) for e in found] == spells
    weights = root.findall(".//g:edge/g:attvalues/g:attvalue[@for='weight']", NS)
    assert [(e.get("value"), e.get("start")[:7], e.get("end")[:10]) for e in weights] == [
        ("1.0", "2024-01", "2024-01-31"), ("2.0", "2024-02", "2024-02-29"),
        ("1.0", "2024-04", "2024-04-30"),
    ]  # fmt: skip
    static = read(tmp_path / "g.static.gexf")
    assert static.find("g:graph", NS).get("mode") == "static"
    assert static.find(".//g:spell", NS) is None
    assert (
        EntityGraph.from_gexf(tmp_path / "g.gexf").nx.edges["country:FR", "org:onu"]["weight"] == 4
    )


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("week", ("2024-12-30", "2025-01-05")),
        ("month", ("2024-12-01", "2024-12-31")),
        ("year", ("2024-01-01", "2024-12-31")),
    ],
)
def test_periods(unit: Any, expected: tuple[str, str]) -> None:
    found = timeline_of({}, {}, [date(2024, 12, 31)], unit, undated=0).periods
    assert [tuple(day.isoformat() for day in days) for days in found] == [expected]


def test_tallies_by_period_and_newspaper() -> None:
    january, march = date(2024, 1, 31), date(2024, 3, 1)
    counts = {"a": {(january, "Le Pli"): 2, (march, ""): 1, (None, "Le Pli"): 5}}
    found = tallies_of(counts, {("a", "b"): {(march, "Zut"): 4}}, [january, march], "month")
    assert found.sources == ["Le Pli", "Zut"]
    assert found.nodes == {"a": [(-1, 0, 5), (0, 0, 2), (2, -1, 1)]}
    assert found.of_edge("b", "a") == [(2, 1, 4)]
    assert [found.number_of(day) for day in ("2024-02-10", "2024-03-01", "", "2023-01-01")] == [
        1, 2, -1, -1,
    ]  # fmt: skip


def test_strange_dates_do_not_make_a_million_periods() -> None:
    days = [date.min, date.max, date(2024, 3, 1)]
    assert len(timeline_of({}, {}, days, "week", undated=0).periods) == 3


def test_a_date_that_is_none_is_told(tmp_path: Path) -> None:
    graph = in_time("0001-01-01", "9999-12-31", "2024-03-01", "", "2024-13-01")
    done = changes_of(graph.to_gexf, tmp_path / "g.gexf", dynamic="week")
    assert done == ("2 articles stand in no period, for want of a date",)


def test_nothing_is_dated(tmp_path: Path) -> None:
    graph = in_time("", "hier")
    assert changes_of(graph.to_gexf, tmp_path / "g.gexf", dynamic="year") == (
        "2 articles stand in no period, for want of a date",
    )
    validate_if_there(tmp_path / "g.gexf")
    assert read(tmp_path / "g.gexf").find(".//g:spell", NS) is None


def test_dynamic_of_a_graph_without_nodes(tmp_path: Path) -> None:
    write_dynamic_gexf(nx.Graph(), tmp_path / "g.gexf", timeline=Timeline())
    validate_if_there(tmp_path / "g.gexf")


# --- quotations ---


def test_quotations_travel_in_gexf(tmp_path: Path) -> None:
    in_time("2024-01-31", "2024-01-01").to_gexf(tmp_path / "g.gexf")
    for element in ("node", "edge"):
        values = {
            e.get("for"): e.get("value")
            for e in read(tmp_path / "g.gexf")
            .find(f".//g:{element}", NS)
            .iter(f"{{{NS['g']}}}attvalue")
        }
        assert values["quotation1"] == "Phrase de a1. (Le Pli, 2024-01-01)"  # the older first
        assert values["quotation2"] == "Phrase de a0. (Le Pli, 2024-01-31)"


class Spot:
    def __init__(self, article: str, sentence: int, entity: str) -> None:
        self.article, self.sentence, self.entity = article, sentence, entity


def test_the_best_quotations() -> None:
    texts = {
        ("a", 0): "Court.",
        ("a", 1): "Une phrase de bonne longueur, qui nomme les deux et dit de quoi ils parlent.",
        ("b", 0): "Une phrase de bonne longueur, qui nomme les deux et dit de quoi ils parlent.",
        ("c", 0): "L'un.",
        ("c", 1): "L'autre.",
    }
    sentences = {key: Sentence(*key, 0, len(text), text) for key, text in texts.items()}
    articles = {name: Article(name, "", date=f"2024-0{n}-01") for n, name in enumerate("abc", 1)}
    windows: list[tuple[list[Spot], list[Spot]]] = [
        ([Spot("c", 0, "x"), Spot("c", 1, "y")], []),
        ([Spot("b", 0, "x"), Spot("b", 0, "y")], []),
        ([Spot("a", 0, "x"), Spot("a", 0, "y")], []),
        ([Spot("a", 1, "x"), Spot("a", 1, "y")], []),
    ]
    texts_of = InMemory(Extraction(tuple(articles.values()), sentences=tuple(sentences.values())))

    def quoted(seen: list[Seen]) -> Quotations:
        return Occurrences(seen, texts_of, dates=texts_of.dates(), most=5).quotations(3)

    found = quoted([Seen(windows, articles, sentences)])
    # each article once before a second of its own; a reprint once
    assert [(q.article, q.text) for q in found.of_edge("y", "x")] == [
        ("a", texts["a", 1]),
        ("c", "L'un. […] L'autre."),
        ("a", "Court."),
    ]
    one_by_one = [Seen([window], articles, sentences) for window in windows[::-1]]
    assert quoted(one_by_one).edges == found.edges


def test_a_name_for_quotations_is_taken(tmp_path: Path) -> None:
    graph = small()
    graph.nodes["org:onu"]["quotation1"] = "x"
    write_gexf(graph, tmp_path / "g.gexf")
    quoted = Quotations(nodes={"org:onu": [Quotation("y", "a")]})
    with pytest.raises(ValueError, match="quotation1 of a node: this name is for the quotations"):
        write_gexf(graph, tmp_path / "g.gexf", quotations=quoted)


# --- losses ---


def test_losses() -> None:
    assert report_losses(small(), "gephi") == report_losses(small(), "gephi-lite") == ()
    graph = mixed()
    graph.add_node("org:\u200bx", label="", note="FRANCE INFO", other="null", empty="")
    graph.add_edge("org:\u200bx", "per:a", weight=0)
    assert report_losses(graph, "gephi") == (
        "1 node without a label: shown without a name",
        "1 empty value not kept",
        "1 id written without invisible characters",
        "1 text “null” read as none",
        "1 text with INF written in small letters",
        "1 edge that weighs 0 or less, given 1e-06",
        "2 edges of another kind, drawn on top of its parallel",
    )
    assert report_losses(small(), "gephi-lite", dynamic=True) == (
        "time: spells are ignored, and the last weight of each edge stands for all",
    )
    with pytest.raises(ValueError, match="choose gephi, gephi-lite, networkx"):
        report_losses(graph, "excel")  # type: ignore[arg-type]


def test_what_networkx_does_not_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "g.gexf"
    write_gexf(mixed(), file)
    with pytest.raises(nx.NetworkXError):
        nx.read_gexf(file)
    refused = "directed and undirected edges in one graph: read_gexf refuses the file"
    assert report_losses(mixed(), "networkx") == (refused, "4 edges without kind")
    graph = in_time("2024-01-31", "2024-02-01")
    graph.to_gexf(file, dynamic="month")
    with pytest.raises(KeyError):
        nx.read_gexf(file)
    told = ("time: read_gexf refuses the file; the static one beside it is read",)
    assert report_losses(graph.nx, "networkx", dynamic=True) == told
    assert nx.read_gexf(tmp_path / "g.static.gexf").edges["country:FR", "org:onu"]["weight"] == 2
    assert report_losses(graph.nx, "networkx") == ()


# --- pictures ---


def test_pictures(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    graph = in_time("2024-01-31")
    graph.nx.add_node("per:x", label="<script>$x&", type="PER")
    graph.nx.add_edge("per:x", "org:onu", weight=-1)
    graph.to_png(tmp_path / "g.png")
    graph.to_svg(tmp_path / "g.svg")
    assert (tmp_path / "g.png").read_bytes().startswith(b"\x89PNG")
    root = etree.parse(tmp_path / "g.svg").getroot()
    assert etree.QName(root).localname == "svg"
    assert not list(root.iter("{*}script"))
    assert "<script>$x&" in {one.text for one in root.iter("{*}text")}
    graph.to_svg(tmp_path / "again.svg")
    assert (tmp_path / "again.svg").read_bytes() == (tmp_path / "g.svg").read_bytes()
    assert len(list(tmp_path.iterdir())) == 3


def validate_if_there(path: Path) -> None:
    """Against the schema, where it lies beside the checkout; well-formed in any case."""
    etree.parse(path)
    try:
        validate(path)
    except pytest.skip.Exception:
        return


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ('<nodes><node id="a"><position x="z"/></node></nodes>', "line 1: x is 'z', no number"),
        ('<nodes><node id="a"><color r="z"/></node></nodes>', "r is 'z', no number"),
        ('<edges><edge source="a" target="b" weight="q"/></edges>', "weight is 'q', no number"),
        (
            '<attributes class="node"><attribute id="0" title="N" type="integer"/></attributes>'
            '<nodes><node id="a"><attvalues><attvalue for="0" value="1.5"/></attvalues></node>'
            "</nodes>",
            "N is '1.5', no number",
        ),
        ("<nodes><node/></nodes>", "a node without an id"),
        ('<edges><edge source="a"/></edges>', "an edge without a source or a target"),
    ],
)
def test_gexf_that_is_wrong_somewhere(inside: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "g.gexf"
    path.write_text(f"<gexf><graph>{inside}</graph></gexf>")
    with pytest.raises(ValueError, match=f"g.gexf: .*{message}"):
        read_gexf(path)


def test_gexf_with_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "g.gexf"
    path.write_text(
        f'<!DOCTYPE g [<!ENTITY e SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
        '<gexf><graph><nodes><node id="a" label="&e;"/></nodes></graph></gexf>'
    )
    with pytest.raises(ValueError, match=r"g.gexf: it declares entities"):
        read_gexf(path)


def test_gexf_keeps_no_place_that_is_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "g.gexf"
    node = '<node id="a"><position x="NaN" y="0"/></node>'
    path.write_text(f"<gexf><graph><nodes>{node}</nodes></graph></gexf>")
    assert read_gexf(path).positions == {}
