"""The library that reads files in Gephi Lite, on Node: `make node` fetches it."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from test_export import NASTY, nasty, small
from test_formats import mixed

from entextract.export import COLOURS, ExportWarning, clean_xml, write_gexf, write_json

# graphs here are made to be changed on the way: the tests that want to know ask changes_of
pytestmark = pytest.mark.filterwarnings("ignore::entextract.export.ExportWarning")

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / ".venv" / "node" / "node_modules"

pytestmark = [
    pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed"),
    pytest.mark.skipif(
        not (MODULES / "graphology-gexf").is_dir(), reason="graphology is fetched by `make node`"
    ),
]


def graphology(path: Path) -> dict[str, Any]:
    command = ["node", Path(__file__).with_name("graphology.js"), MODULES, path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("name", ["g.gexf", "g.json"])
def test_same_nodes_edges_labels_types_colours(name: str, tmp_path: Path) -> None:
    graph = small()
    write = write_json if name.endswith("json") else write_gexf
    write(graph, tmp_path / name, positions=dict.fromkeys(graph, (1.5, -2.0)))
    got = graphology(tmp_path / name)
    kind = "category" if name.endswith("json") else "type"
    assert (got["type"], got["multi"]) == ("undirected", False)
    assert [key for key, _ in got["nodes"]] == list(graph)
    for key, row in got["nodes"]:
        own = graph.nodes[key]
        assert row["label"] == own["label"]
        assert row[kind] == own["type"]
        assert row["mentions"] == own["mentions"]
        assert (row["x"], row["y"]) == (1.5, -2.0)
        r, g, b = bytes.fromhex(COLOURS[own["type"]][1:])
        assert row["color"] in (f"rgba({r},{g},{b},1.0)", COLOURS[own["type"]])
        assert row["size"] > 0
    ((source, target, undirected, row),) = got["edges"]
    assert {source, target} == {"country:FR", "per:emmanuel-macron"}
    assert undirected
    assert row == {"weight": 3, "articles": 2}


@pytest.mark.parametrize("name", ["g.gexf", "g.json"])
def test_mixed_graph(name: str, tmp_path: Path) -> None:
    write = write_json if name.endswith("json") else write_gexf
    write(mixed(), tmp_path / name)
    got = graphology(tmp_path / name)
    assert (got["type"], got["multi"]) == ("mixed", True)
    assert sorted(
        (a, b, undirected, row.get("kind")) for a, b, undirected, row in got["edges"]
    ) == [
        ("org:onu", "per:b", False, "criticises"),
        ("per:a", "per:b", False, "meets"),
        ("per:a", "per:b", False, "supports"),
        ("per:a", "per:b", True, "comention"),
    ]


@pytest.mark.parametrize("name", ["g.gexf", "g.json"])
def test_nasty_names(name: str, tmp_path: Path) -> None:
    write = write_json if name.endswith("json") else write_gexf
    with pytest.warns(ExportWarning, match="label of org:00"):
        write(nasty(), tmp_path / name)
    got = {key: row.get("label", "") for key, row in graphology(tmp_path / name)["nodes"]}
    assert got == {f"org:{number:02}": clean_xml(text) for number, text in enumerate(NASTY)}


@pytest.mark.parametrize("name", ["g.gexf", "g.json"])
def test_attributes_as_users_name_them(name: str, tmp_path: Path) -> None:
    graph = small()
    graph.nodes["org:onu"].update({"Parti": "Vert <&>", "parti politique": "Vert", "part (%)": 0.5})
    write = write_json if name.endswith("json") else write_gexf
    write(graph, tmp_path / name)
    rows = dict(graphology(tmp_path / name)["nodes"])
    own = {key: rows["org:onu"][key] for key in ("Parti", "parti politique", "part (%)")}
    assert own == {"Parti": "Vert <&>", "parti politique": "Vert", "part (%)": 0.5}


@pytest.mark.parametrize("graph", [nx.Graph(), nx.Graph([("org:a", "org:b")])])
def test_small_graphs(graph: nx.Graph, tmp_path: Path) -> None:
    for name in ("g.gexf", "g.json"):
        (write_json if name.endswith("json") else write_gexf)(graph, tmp_path / name)
        got = graphology(tmp_path / name)
        assert (len(got["nodes"]), len(got["edges"])) == (len(graph), graph.number_of_edges())
