"""Files that Gephi reads rightly: written, read back, and checked against the schema."""

import csv
import json
import math
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from told import changes_of

from entextract import __version__
from entextract.export import (
    clean_xml,
    gexf,
    node_size,
    read_gexf,
    write_gephi_csv,
    write_gexf,
    write_graphml,
    write_json,
)
from entextract.graph.entity_graph import EntityGraph
from entextract.records.nouns import Article, Entity, Mention
from entextract.result import Extraction

# graphs here are made to be changed on the way: the tests that want to know ask changes_of
pytestmark = pytest.mark.filterwarnings("ignore::entextract.export.ExportWarning")

MAIN = "http://gexf.net/1.3"
NS = {"g": MAIN, "viz": f"{MAIN}/viz"}
SCHEMA = Path(__file__).resolve().parents[2] / "shared" / "data" / "gexf" / "1.3" / "gexf.xsd"
NASTY = [
    "Le\x0b Mon\x1bde\x00\ufffe",
    "fin ]]> de section",
    "<script>alert('été') && 1</script>",
    "FRANCE INFO",
    'dit « l\'"autre" »',
    "AC\\DC\\",
    "deux\nlignes\r\net\tune tabulation",
    "\u202bمحمد السادس\u202c",
    "🇫🇷 👩‍⚖️ \U0001d518",
    "null",
    "demi \ud800 caractère",
    "=SOMME(A1)",
    " blancs autour ",
    "virgule, point-virgule ; |",
    "&amp; &#0;",
    "",
]
Graph = nx.Graph


def small() -> Graph:
    graph = nx.Graph()
    graph.add_node("country:FR", label="France", type="COUNTRY", country="FR", mentions=9)
    graph.add_node("per:emmanuel-macron", label="Emmanuel Macron", type="PER", mentions=4)
    graph.add_node("org:onu", label="ONU", type="ORG", mentions=0)
    graph.add_edge("country:FR", "per:emmanuel-macron", weight=3, articles=2)
    return graph


def nasty() -> Graph:
    graph = nx.Graph()
    for number, name in enumerate(NASTY):
        graph.add_node(f"org:{number:02}", label=name, type="ORG", note=name, mentions=number)
        graph.add_edge("org:00", f"org:{(number or 1):02}", weight=1, note=name)
    return graph


def read(path: Path) -> Any:
    return etree.parse(path).getroot()


def labels(path: Path) -> dict[str, str]:
    return {e.get("id"): e.get("label", "") for e in read(path).iterfind(".//g:node", NS)}


def values(path: Path, element: str) -> list[dict[str, str]]:
    return [
        {value.get("for"): value.get("value") for value in e.iterfind("g:attvalues/g:attvalue", NS)}
        for e in read(path).iterfind(f".//g:{element}", NS)
    ]


def validate(path: Path) -> None:
    """Against the official schema, in a copy whose viz elements are where the schema wants them."""
    if not SCHEMA.exists():
        pytest.skip("the schema does not travel with the project")
    document = etree.parse(path)
    for element in document.iter(f"{{{MAIN}/viz}}*"):
        element.tag = f"{{{MAIN}}}{etree.QName(element).localname}"
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(document)


# --- GEXF ---

EXPECTED = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
  <meta lastmodifieddate="2024-03-09">META</meta>
  <graph defaultedgetype="undirected" mode="static">
    <attributes class="node" mode="static">
      <attribute id="country" title="country" type="string"/>
      <attribute id="mentions" title="mentions" type="integer"/>
      <attribute id="type" title="type" type="string"/>
    </attributes>
    <attributes class="edge" mode="static">
      <attribute id="articles" title="articles" type="integer"/>
    </attributes>
    <nodes>
      <node id="country:FR" label="France">
        <attvalues>
          <attvalue for="country" value="FR"/>
          <attvalue for="mentions" value="9"/>
          <attvalue for="type" value="COUNTRY"/>
        </attvalues>
        <viz:size value="60.0"/>
        <viz:position x="1.0" y="-2.5" z="0.0"/>
        <viz:color r="0" g="114" b="178" a="1.0"/>
      </node>
"""


def test_gexf_to_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "g.gexf"
    positions = {"country:FR": (1, -2.5)}
    done = changes_of(
        write_gexf, small(), path, description="Essai.", date="2024-03-09", positions=positions
    )
    assert done == ()
    text = path.read_bytes().decode("utf-8")
    meta = f"<creator>entextract {__version__}</creator><description>Essai.</description>"
    assert text.startswith(EXPECTED.replace("META", meta))
    edge = '<edge id="0" source="country:FR" target="per:emmanuel-macron" type="undirected"'
    assert f'{edge} weight="3.0">' in text
    assert "\r" not in text
    assert [file.name for file in path.parent.iterdir()] == ["g.gexf"]


def test_gexf_is_valid(tmp_path: Path) -> None:
    for number, graph in enumerate([small(), nasty(), nx.Graph(), small().to_directed()]):
        path = tmp_path / f"{number}.gexf"
        write_gexf(graph, path, date="2024-03-09", positions=dict.fromkeys(graph, (0.5, 1e9)))
        validate(path)


def test_gexf_keeps_order_of_size_and_colour_by_type(tmp_path: Path) -> None:
    write_gexf(small(), tmp_path / "g.gexf")
    nodes = read(tmp_path / "g.gexf").findall(".//g:node", NS)
    sizes = [node.find("viz:size", NS) for node in nodes]
    assert [size.keys()[0] for size in sizes] == ["value"] * 3
    assert [size.get("value") for size in sizes] == ["60.0", "43.3", "10.0"]
    colours = [tuple(node.find("viz:color", NS).attrib.values()) for node in nodes]
    assert len(set(colours)) == 3


def test_gexf_read_back_by_networkx(tmp_path: Path) -> None:
    # networkx knows 1.2 and 1.3 by their namespace only
    write_gexf(small(), tmp_path / "g.gexf")
    again = nx.read_gexf(tmp_path / "g.gexf", version="1.3")
    assert not again.is_directed()
    for node, row in small().nodes(data=True):
        assert again.nodes[node].pop("viz")["color"]
        assert again.nodes[node] == row
    ((a, b, row),) = again.edges(data=True)
    assert ({a, b}, row["weight"], row["articles"]) == ({"country:FR", "per:emmanuel-macron"}, 3, 2)


def test_gexf_of_a_directed_graph(tmp_path: Path) -> None:
    graph = nx.DiGraph()
    graph.add_edge("org:b", "org:a")
    write_gexf(graph, tmp_path / "g.gexf")
    edge = read(tmp_path / "g.gexf").find(".//g:edge", NS)
    assert dict(edge.attrib) == {
        "id": "0", "source": "org:b", "target": "org:a", "type": "directed", "weight": "1.0",
    }  # fmt: skip


def test_gexf_of_nasty_names(tmp_path: Path) -> None:
    done = changes_of(write_gexf, nasty(), tmp_path / "g.gexf")
    got = labels(tmp_path / "g.gexf")
    for number, name in enumerate(NASTY):
        assert got[f"org:{number:02}"] == clean_xml(name)  # INF and null are safe in a label
    notes = [row.get("note", "") for row in values(tmp_path / "g.gexf", "node")]
    assert notes == [clean_xml(name).replace("FRANCE INFO", "FRANCE Info") for name in NASTY]
    text = (tmp_path / "g.gexf").read_text(encoding="utf-8")
    assert 'label="deux&#10;lignes&#13;&#10;et&#9;une tabulation"' in text
    assert "label of org:00: 4 characters that XML forbids removed" in done
    assert "label of org:10: 1 character that XML forbids removed" in done
    assert "note of org:03: 'FRANCE INFO' written 'FRANCE Info', as Gephi would misread INF" in done
    assert "note of org:09: Gephi will read 'null' as no value" in done
    assert len([change for change in done if " – " not in change]) == 6


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("INF", "Inf"),
        ("RFI_INF2", "Rfi_inf2"),
        ("INFINITI, CHINFO", "Infiniti, Chinfo"),
        ("infos", "infos"),
    ],
)
def test_gexf_avoids_inf_in_text(value: str, written: str, tmp_path: Path) -> None:
    graph = nx.Graph()
    graph.add_node("org:INF", label=value, note=value)
    write_gexf(graph, tmp_path / "g.gexf")
    assert labels(tmp_path / "g.gexf") == {"org:INF": value}
    assert values(tmp_path / "g.gexf", "node") == [{"note": written}]


def test_gexf_values_by_type(tmp_path: Path) -> None:
    graph = nx.Graph()
    graph.add_node("a", label="A", sure=True, score=0.5, far=math.inf, none=math.nan)
    graph.add_node("b", label="B", sure=False, score=1e-9, far=-math.inf)
    write_gexf(graph, tmp_path / "g.gexf")
    validate(tmp_path / "g.gexf")
    assert values(tmp_path / "g.gexf", "node") == [
        {"far": "INF", "none": "NaN", "score": "0.5", "sure": "true"},
        {"far": "-INF", "score": "1e-09", "sure": "false"},
    ]
    columns = read(tmp_path / "g.gexf").findall(".//g:attribute", NS)
    assert [(c.get("id"), c.get("type")) for c in columns] == [
        ("far", "double"), ("none", "double"), ("score", "double"), ("sure", "boolean"),
    ]  # fmt: skip


def test_ids_lose_what_cannot_be_seen(tmp_path: Path) -> None:
    graph = nx.Graph()
    graph.add_edge("per:ma\u00adcron\u200b ", "org:\x07onu", weight=1)
    done = changes_of(write_gexf, graph, tmp_path / "g.gexf")
    assert set(labels(tmp_path / "g.gexf")) == {"per:macron", "org:onu"}
    edge = read(tmp_path / "g.gexf").find(".//g:edge", NS)
    assert (edge.get("source"), edge.get("target")) == ("per:macron", "org:onu")
    assert "id of 'org:\\x07onu': written 'org:onu'" in done


def test_blanks_in_ids(tmp_path: Path) -> None:
    done = changes_of(
        write_gexf, nx.Graph([("org:deux  mots ", "org:un mot")]), tmp_path / "g.gexf"
    )
    assert set(labels(tmp_path / "g.gexf")) == {"org:deux mots", "org:un mot"}
    assert done == ("id of 'org:deux  mots ': written 'org:deux mots'",)


def test_a_thousand_changes_are_told(tmp_path: Path) -> None:
    told = [f"label of org:{n}: 1 character that XML forbids removed" for n in range(1000)]
    for more, last in ((0, []), (1, ["and 1 more changes"]), (3, ["and 3 more changes"])):
        graph = nx.Graph()
        graph.add_nodes_from((f"org:{n}", {"label": "\x00"}) for n in range(1000 + more))
        assert changes_of(write_graphml, graph, tmp_path / "g.graphml") == (*told, *last)


def test_what_gephi_misreads_is_told_each_time(tmp_path: Path) -> None:
    graph = nx.Graph()
    for node, note in zip("abcd", ["null", "null", "INFO", "INFO"], strict=True):
        graph.add_node(node, note=note)
    assert changes_of(write_gexf, graph, tmp_path / "g.gexf") == (
        "note of a: Gephi will read 'null' as no value",
        "note of b: Gephi will read 'null' as no value",
        "note of c: 'INFO' written 'Info', as Gephi would misread INF",
        "note of d: 'INFO' written 'Info', as Gephi would misread INF",
    )


@given(st.text(), st.text(max_size=5))
def test_any_text_makes_a_file_that_reads_back(tmp_path: Path, label: str, note: str) -> None:
    graph = nx.Graph()
    graph.add_node("a", label=label, note=note)
    write_gexf(graph, tmp_path / "g.gexf", description=label)
    write_graphml(graph, tmp_path / "g.graphml")
    write_gephi_csv(graph, tmp_path)
    assert labels(tmp_path / "g.gexf") == {"a": clean_xml(label)}
    nx.read_graphml(tmp_path / "g.graphml")


# --- what is refused, by every format, before anything is written ---

RESERVED = [
    *[("node", name) for name in ("id", "timeset", "size", "color", "x", "y", "z")],
    *[("edge", name) for name in ("id", "label", "timeset", "type", "source", "target")],
    *[("edge", name) for name in ("start", "end", "size", "color")],
]


def refuse(graph: Graph, folder: Path, error: type[Exception], message: str) -> None:
    old = folder / "old.gexf"
    old.write_text("before")
    for write, path in [
        (write_gexf, old),
        (write_graphml, folder / "g.graphml"),
        (write_json, folder / "g.json"),
        (write_gephi_csv, folder / "csv"),
    ]:
        with pytest.raises(error, match=message):
            write(graph, path)
    assert [file.name for file in folder.iterdir()] == ["old.gexf"]
    assert old.read_text() == "before"


@pytest.mark.parametrize(("element", "name"), RESERVED)
def test_reserved_names(element: str, name: str, tmp_path: Path) -> None:
    graph = small()
    rows = graph.nodes if element == "node" else graph.edges
    next(iter(dict(rows.items()).values()))[name] = "x"
    refuse(graph, tmp_path, ValueError, f"attribute '{name}' of country:FR.*keeps this {element}")


@pytest.mark.parametrize(
    "name", ["", "deux  mots", " rang", "rang ", "a;b", "a<b", 'a"b', "1er", 3, "é\x0b"]
)
def test_names_that_no_reader_shows_alike(name: object, tmp_path: Path) -> None:
    graph = small()
    graph.nodes["org:onu"][name] = "x"
    refuse(graph, tmp_path, ValueError, "a name begins with a letter")


def test_names_that_differ_by_capitals_only(tmp_path: Path) -> None:
    graph = small()
    graph.nodes["org:onu"]["Type"] = "x"
    refuse(graph, tmp_path, ValueError, "'type' and 'Type' of org:onu differ by capitals only")


NAMED = ["Parti", "parti politique", "Né(e) en", "l'an", "part (%)", "R&D", "chef/cheffe"]


@pytest.mark.parametrize("name", NAMED)
def test_names_are_kept_as_users_write_them(name: str, tmp_path: Path) -> None:
    graph = small()
    graph.nodes["org:onu"][name] = "Parti <&> % vert"
    graph.edges["country:FR", "per:emmanuel-macron"][name] = 0.5
    assert changes_of(write_gexf, graph, tmp_path / "g.gexf") == ()
    assert changes_of(write_graphml, graph, tmp_path / "g.graphml") == ()
    assert changes_of(write_json, graph, tmp_path / "g.json") == ()
    assert changes_of(write_gephi_csv, graph, tmp_path) == ()
    validate(tmp_path / "g.gexf")
    for back in (
        nx.read_gexf(tmp_path / "g.gexf", version="1.3"),
        read_gexf(tmp_path / "g.gexf").graph,
        nx.read_graphml(tmp_path / "g.graphml"),
    ):
        assert back.nodes["org:onu"][name] == "Parti <&> % vert"
        assert back.edges["country:FR", "per:emmanuel-macron"][name] == 0.5
    nodes = json.loads((tmp_path / "g.json").read_text("utf-8"))["nodes"]
    assert nodes[-1]["attributes"][name] == "Parti <&> % vert"
    assert rows(tmp_path / "nodes.csv")[0].count(name) == 1
    assert rows(tmp_path / "edges.csv")[0].count(name) == 1


def test_numbers_of_numpy_and_missing_values_are_made_plain(tmp_path: Path) -> None:
    graph = small()
    graph.nodes["org:onu"].update(rang=np.int64(3), taille=np.float32(0.5), vu=np.bool_(True))
    graph.nodes["country:FR"].update(rang=4, parti=None, nom=np.str_("France"))
    graph.edges["country:FR", "per:emmanuel-macron"].update(weight=np.int64(7), note=None)
    before = dict(graph.nodes["org:onu"]), dict(graph.nodes["country:FR"])
    told = (
        "parti of 1 node: None left out",
        "nom of 1 node: str_ written as str",
        "rang of 1 node: int64 written as int",
        "taille of 1 node: float32 written as float",
        "vu of 1 node: bool written as bool",
        "weight of 1 edge: int64 written as int",
        "note of 1 edge: None left out",
    )
    for write, name in [(write_gexf, "g.gexf"), (write_graphml, "g.graphml"), (write_json, "j")]:
        assert changes_of(write, graph, tmp_path / name) == told
    assert changes_of(write_gephi_csv, graph, tmp_path) == told
    for back in (read_gexf(tmp_path / "g.gexf").graph, nx.read_graphml(tmp_path / "g.graphml")):
        assert {k: back.nodes["org:onu"][k] for k in ("rang", "taille", "vu")} == {
            "rang": 3,
            "taille": 0.5,
            "vu": True,
        }
        assert back.nodes["country:FR"]["nom"] == "France"
        assert "parti" not in back.nodes["country:FR"]
        assert back.edges["country:FR", "per:emmanuel-macron"]["weight"] == 7
    assert (dict(graph.nodes["org:onu"]), dict(graph.nodes["country:FR"])) == before


def test_whole_numbers_among_decimal_ones(tmp_path: Path) -> None:
    graph = small()
    graph.nodes["org:onu"]["mentions"] = 4.5
    told = ("mentions of 2 nodes: whole numbers written as decimal ones, as the others are",)
    assert changes_of(write_gexf, graph, tmp_path / "g.gexf") == told
    back = nx.read_gexf(tmp_path / "g.gexf", version="1.3")
    assert [row["mentions"] for row in back.nodes.values()] == [9.0, 4.0, 4.5]


@pytest.mark.parametrize("value", [{1}, [1], (1, 2), b"x", np.array([1]), 1j, Path("x")], ids=repr)
def test_types(value: object, tmp_path: Path) -> None:
    graph = small()
    graph.edges["country:FR", "per:emmanuel-macron"]["extra"] = value
    refuse(graph, tmp_path, TypeError, "attribute extra=.* country:FR – per:emm.* cannot be expor")


def test_one_type_an_attribute(tmp_path: Path) -> None:
    graph = small()
    graph.nodes["org:onu"]["mentions"] = "4"
    refuse(graph, tmp_path, TypeError, "mentions='4' of org:onu is str, but int elsewhere")


@pytest.mark.parametrize("note", [{}, {"note": "x"}], ids=["numbers", "and text"])
@pytest.mark.parametrize("value", [2**31 - 1, 2**31, -(2**31), -(2**31) - 1])
def test_whole_numbers_that_gephi_can_hold(
    value: int, note: dict[str, str], tmp_path: Path
) -> None:
    for element in ("node", "edge"):
        graph = small()
        rows = graph.nodes if element == "node" else graph.edges
        where = "org:onu" if element == "node" else ("country:FR", "per:emmanuel-macron")
        rows[where].update({"rank": value, **note})
        if value in (2**31 - 1, -(2**31)):
            write_gexf(graph, tmp_path / "g.gexf")
            assert values(tmp_path / "g.gexf", element)[-1]["rank"] == str(value)
            (tmp_path / "g.gexf").unlink()
        else:
            said = f"rank={value} of .* is too large for an integer"
            refuse(graph, tmp_path, ValueError, said)
            (tmp_path / "old.gexf").unlink()


@pytest.mark.parametrize("note", [{}, {"note": "x"}], ids=["numbers", "and text"])
@pytest.mark.parametrize("weight", [sys.float_info.max, -sys.float_info.max, 5e-324])
def test_the_largest_and_smallest_weights(
    weight: float, note: dict[str, str], tmp_path: Path
) -> None:
    graph = nx.Graph([("a", "b", {"weight": weight, **note}), ("a", "c", {"weight": 1, **note})])
    done = changes_of(write_gexf, graph, tmp_path / "g.gexf")
    weights = [e.get("weight") for e in read(tmp_path / "g.gexf").iterfind(".//g:edge", NS)]
    kept = [row.get("true_weight") for row in values(tmp_path / "g.gexf", "edge")]
    if weight > 0:
        assert (weights, kept, done) == ([repr(weight), "1.0"], [None, None], ())
    else:
        assert (weights, kept, len(done)) == (["1e-06", "1.0"], [repr(weight), None], 1)
    assert (b"true_weight" in (tmp_path / "g.gexf").read_bytes()) == (weight < 0)


@pytest.mark.parametrize(
    ("kind", "ways", "direction"),
    [
        (nx.Graph, [], "undirected"),
        (nx.DiGraph, [], "directed"),
        (nx.Graph, [None, None], "undirected"),
        (nx.DiGraph, [None, None], "directed"),
        (nx.DiGraph, [False, False], "undirected"),
        (nx.Graph, [True, True], "directed"),
        (nx.Graph, [None, True], "mixed"),
        (nx.DiGraph, [False, None], "mixed"),
    ],
)
def test_direction_of_a_graph(
    kind: type[Any], ways: list[bool | None], direction: str, tmp_path: Path
) -> None:
    graph = kind([(f"a{n}", "b") for n in range(len(ways))])
    for row, way in zip(dict(graph.edges).values(), ways, strict=True):
        row.update({} if way is None else {"directed": way})
    write_json(graph, tmp_path / "g.json")
    assert f'"type":"{direction}"' in (tmp_path / "g.json").read_text()


@pytest.mark.parametrize("weight", [math.nan, math.inf, "3", True, np.float64("nan")], ids=repr)
def test_weights(weight: object, tmp_path: Path) -> None:
    graph = small()
    graph.edges["country:FR", "per:emmanuel-macron"]["weight"] = weight
    refuse(
        graph, tmp_path, ValueError, "weight of country:FR – per:emmanuel-macron is .*not a number"
    )


@pytest.mark.parametrize("node", ["", "\u200b", " \n"])
def test_ids_without_a_visible_character(node: str, tmp_path: Path) -> None:
    graph = nx.Graph([(node, "org:onu")])
    refuse(graph, tmp_path, ValueError, "no visible character")


def test_ids_that_would_become_one(tmp_path: Path) -> None:
    graph = nx.Graph([("org:onu", "org:onu\u200b")])
    refuse(graph, tmp_path, ValueError, "differ only by invisible")


def test_ids_and_labels_are_text(tmp_path: Path) -> None:
    refuse(nx.path_graph(2), tmp_path, TypeError, "node 0 with label '': both must be strings")
    graph = small()
    graph.nodes["org:onu"]["label"] = 3
    refuse(graph, tmp_path, TypeError, "'org:onu' with label 3")


def test_parallel_edges(tmp_path: Path) -> None:
    graph = nx.MultiGraph(small())
    graph.add_edge("country:FR", "per:emmanuel-macron", weight=1)
    refuse(graph, tmp_path, ValueError, "two edges of kind ''; Gephi would merge")


def test_date_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="hier"):
        write_gexf(small(), tmp_path / "g.gexf", date="hier")
    assert not list(tmp_path.iterdir())


def test_a_failure_while_writing_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise OSError("no space left on device")

    path = tmp_path / "g.gexf"
    path.write_text("before")
    monkeypatch.setattr("entextract.export.gexf.node_size", full)
    with pytest.raises(OSError, match="no space"):
        write_gexf(small(), path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


# --- Gephi CSV ---


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_csv_pair(tmp_path: Path) -> None:
    assert changes_of(write_gephi_csv, small(), tmp_path) == ()
    assert (tmp_path / "nodes.csv").read_bytes().decode() == (
        "Id,Label,country,mentions,type\n"
        "country:FR,France,FR,9,COUNTRY\n"
        "per:emmanuel-macron,Emmanuel Macron,,4,PER\n"
        "org:onu,ONU,,0,ORG\n"
    )
    assert (tmp_path / "edges.csv").read_bytes().decode() == (
        "Source,Target,Type,Weight,articles\ncountry:FR,per:emmanuel-macron,Undirected,3.0,2\n"
    )
    assert sorted(file.name for file in tmp_path.iterdir()) == ["edges.csv", "nodes.csv"]


def test_csv_of_a_graph_without_nodes(tmp_path: Path) -> None:
    write_gephi_csv(nx.Graph(), tmp_path)
    assert rows(tmp_path / "nodes.csv") == [["Id", "Label"]]
    assert rows(tmp_path / "edges.csv") == [["Source", "Target", "Type", "Weight"]]


def test_csv_of_nasty_names(tmp_path: Path) -> None:
    done = changes_of(write_gephi_csv, nasty(), tmp_path)
    header, *cells = rows(tmp_path / "nodes.csv")
    assert header == ["Id", "Label", "mentions", "note", "type"]
    got = {row[0]: row[1] for row in cells}
    assert got["org:03"] == "FRANCE INFO"  # left alone in CSV
    assert got["org:05"] == "AC\\\\DC\\\\"
    assert got["org:06"] == "deux lignes et\tune tabulation"
    assert got["org:12"] == "blancs autour"
    assert got["org:04"] == NASTY[4]
    assert [row[3] for row in cells] == [row[1] for row in cells]
    assert "label of org:09: Gephi will read 'null' as no value" in done
    assert "label of org:06: line breaks and outer blanks removed" in done


@pytest.mark.parametrize("name", ["interval", "timestamps", "first-timestamp"])
def test_csv_names_taken_for_dates(name: str, tmp_path: Path) -> None:
    graph = small()
    graph.nodes["org:onu"][name] = "x"
    with pytest.raises(ValueError, match=f"'{name}': Gephi takes a column so named for dates"):
        write_gephi_csv(graph, tmp_path)
    assert not list(tmp_path.iterdir())
    write_gexf(graph, tmp_path / "g.gexf")


# --- GraphML ---


def test_graphml_read_back(tmp_path: Path) -> None:
    graph = small()
    graph.nodes["org:onu"]["sure"] = True
    assert changes_of(write_graphml, graph, tmp_path / "g.graphml") == ()
    again = nx.read_graphml(tmp_path / "g.graphml")
    assert dict(again.nodes(data=True)) == dict(graph.nodes(data=True))
    assert list(again.edges(data=True)) == list(graph.edges(data=True))
    assert list(tmp_path.iterdir()) == [tmp_path / "g.graphml"]


def test_graphml_of_nasty_names(tmp_path: Path) -> None:
    done = changes_of(write_graphml, nasty(), tmp_path / "g.graphml")
    assert "label of org:00: 4 characters that XML forbids removed" in done
    again = nx.read_graphml(tmp_path / "g.graphml")
    for number, name in enumerate(NASTY):
        written = clean_xml(name)
        assert (again.nodes[f"org:{number:02}"].get("label") or "") == written


# --- the graph's own methods ---


def comentions() -> EntityGraph:
    names = {"country:FR": ("France", "COUNTRY"), "org:onu": ("ONU", "ORG")}
    return EntityGraph.of_comentions(
        Extraction(
            articles=(
                Article("a", "", date="2024-03-09"),
                Article("b", "", date="2024-11-02"),
                Article("c", "", date="un jeudi"),
            ),
            mentions=tuple(
                Mention("a", 0, 1, name, label, "name", id, 0, 0, "model")  # type: ignore[arg-type]
                for id, (name, label) in names.items()
            ),
            entities=tuple(
                Entity(id, name, label, None, (name,), 1, 1)  # type: ignore[arg-type]
                for id, (name, label) in names.items()
            ),
        )
    )


def test_files_of_an_entity_graph(tmp_path: Path) -> None:
    graph = comentions()
    assert changes_of(graph.to_gexf, tmp_path / "g.gexf") == ()
    assert changes_of(graph.to_graphml, tmp_path / "g.graphml") == ()
    assert changes_of(graph.to_gephi_csv, tmp_path) == ()
    validate(tmp_path / "g.gexf")
    root = read(tmp_path / "g.gexf")
    assert root.find("g:meta", NS).get("lastmodifieddate") == "2024-11-02"
    assert "window sentence" in root.findtext("g:meta/g:description", namespaces=NS)
    places = {tuple(e.attrib.values()) for e in root.iterfind(".//viz:position", NS)}
    assert len(places) == 2
    assert len(nx.read_graphml(tmp_path / "g.graphml").edges) == 1
    comentions().to_gexf(tmp_path / "again.gexf")
    assert (tmp_path / "again.gexf").read_bytes() == (tmp_path / "g.gexf").read_bytes()


def test_a_large_graph_has_a_place_for_every_node(tmp_path: Path) -> None:
    graph = comentions()
    links = nx.barabasi_albert_graph(1500, 2, seed=1)
    graph.nx.add_edges_from((f"per:{a}", f"per:{b}") for a, b in links.edges)
    graph.nx.add_nodes_from(f"org:{number}" for number in range(500))
    graph.to_gexf(tmp_path / "g.gexf")
    places = [
        tuple(e.attrib.values()) for e in read(tmp_path / "g.gexf").iterfind(".//viz:position", NS)
    ]
    assert len(places) == 2002
    assert len(set(places)) > 1990
    validate(tmp_path / "g.gexf")


def test_size_is_bounded() -> None:
    assert node_size(None, 3) == node_size("3", 3) == node_size(-4, 3) == node_size(3, 0) == 10


def test_written_ids_are_kept_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gexf, "_MOST_KEPT", 2)
    written = gexf._Written({"b": "b_2"})
    assert [written[node] for node in ("a", "b", "a")] == ["a", "b_2", "a"]
    assert list(written) == ["a", "b"]
    assert written["c<"] == "c&lt;"
    assert list(written) == ["c<"]
