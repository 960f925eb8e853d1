"""What weights, structure, periods and relations put on a graph is in the files, and comes back."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from test_graph import FR, KZ, MACRON
from test_periods import RESULT, STATED, relation
from told import changes_of

from entextract.export import read_gexf, report_losses
from entextract.graph.build import COMENTION_COLUMNS
from entextract.graph.entity_graph import EntityGraph
from entextract.result import Extraction

NS = "{http://gexf.net/1.3}"
EVERY = ["actual", "negated"]


def edges_of(path: Path) -> list[Any]:
    return list(ElementTree.parse(path).iter(f"{NS}edge"))


def values_of(element: Any) -> dict[str, str]:
    return {e.get("for"): e.get("value") for e in element.iter(f"{NS}attvalue")}


def kinds_of(path: Path) -> dict[tuple[str, str, str], str]:
    return {
        (e.get("source"), e.get("target"), e.get("kind")): e.get("type") for e in edges_of(path)
    }


def data_of(page: Path) -> Any:
    found = re.search(r'id="data">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return json.loads(found[1])


def test_measures_are_in_every_file(tmp_path: Path) -> None:
    graph = EntityGraph.of_comentions(RESULT)
    graph.measure()
    graph.to_gexf(tmp_path / "g.gexf", color_by="community", size_by="strength")
    back = read_gexf(tmp_path / "g.gexf").graph
    assert back.nodes[FR]["community"] == graph.nx.nodes[FR]["community"] == 1
    assert back.nodes[FR]["pagerank"] == graph.nx.nodes[FR]["pagerank"]
    for a, b, row in graph.nx.edges(data=True):
        assert {name: back.edges[a, b][name] for name in COMENTION_COLUMNS} == {
            name: row[name] for name in COMENTION_COLUMNS
        }
    graph.to_json(tmp_path / "g.json")
    node = json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))["nodes"][0]
    assert {"community", "degree", "strength", "betweenness", "pagerank"} <= node[
        "attributes"
    ].keys()
    graph.to_graphml(tmp_path / "g.graphml")
    graph.to_gephi_csv(tmp_path)
    assert "community" in (tmp_path / "nodes.csv").read_text(encoding="utf-8").splitlines()[0]
    assert "npmi" in (tmp_path / "edges.csv").read_text(encoding="utf-8").splitlines()[0]


def test_the_page_filters_by_community(tmp_path: Path) -> None:
    graph = EntityGraph.of_comentions(RESULT)
    graph.to_html(tmp_path / "without.html")
    assert not any("community" in node for node in data_of(tmp_path / "without.html")["nodes"])
    graph.measure()
    graph.to_html(tmp_path / "with.html", color_by="community")
    data = data_of(tmp_path / "with.html")
    assert data["colourBy"] == "community"
    assert {node["community"] for node in data["nodes"]} == set(
        dict(graph.nx.nodes(data="community")).values()
    )


def test_relations_by_kind(tmp_path: Path) -> None:
    graph = EntityGraph.of_relations(STATED, status=EVERY)  # type: ignore[arg-type]
    graph.to_gexf(tmp_path / "g.gexf")
    assert kinds_of(tmp_path / "g.gexf") == {
        (FR, KZ, "meets"): "directed",
        (FR, KZ, "accuses"): "directed",
        (KZ, FR, "accuses (negated)"): "directed",
        (MACRON, "org:onu", "meets"): "directed",
    }
    quotes = {values_of(e).get("quotation1", "") for e in edges_of(tmp_path / "g.gexf")}
    assert all(quote.startswith("Texte (") for quote in quotes)


def test_what_is_said_and_denied_stays_apart(tmp_path: Path) -> None:
    both = (relation("a1", FR, KZ, "accuses"), relation("a2", FR, KZ, "accuses", "negated"))
    graph = EntityGraph.of_relations(
        Extraction(RESULT.articles, RESULT.mentions, RESULT.entities, both),
        status=EVERY,  # type: ignore[arg-type]
    )
    graph.to_gexf(tmp_path / "g.gexf")
    assert {kind for *_, kind in kinds_of(tmp_path / "g.gexf")} == {"accuses", "accuses (negated)"}
    back = EntityGraph.from_gexf(tmp_path / "g.gexf")
    rows = [(row["kind"], row["status"]) for *_, row in back.nx.edges(data=True)]
    assert sorted(rows) == [("accuses", "actual"), ("accuses", "negated")]
    back.to_gexf(tmp_path / "again.gexf")
    assert kinds_of(tmp_path / "again.gexf") == kinds_of(tmp_path / "g.gexf")
    graph.to_gephi_csv(tmp_path)
    graph.to_json(tmp_path / "g.json")


def test_both_in_one_file(tmp_path: Path) -> None:
    graph = EntityGraph.of_all(STATED, status=EVERY)  # type: ignore[arg-type]
    graph.measure()
    done = changes_of(graph.to_gexf, tmp_path / "g.gexf", dynamic="year")
    assert done == ("1 article stands in no period, for want of a date",)
    ways = kinds_of(tmp_path / "g.gexf")
    assert ways[FR, KZ, "comention"] == "undirected"
    assert ways[KZ, FR, "accuses (negated)"] == "directed"
    assert "defaultedgetype" not in (tmp_path / "g.gexf").read_text(encoding="utf-8")
    weights = {
        edge.get("kind"): [
            (e.get("start")[:4], e.get("value"))
            for e in edge.iter(f"{NS}attvalue")
            if e.get("for") == "weight"
        ]
        for edge in edges_of(tmp_path / "g.gexf")
        if {edge.get("source"), edge.get("target")} == {FR, KZ}
    }
    # the relations have times and sentences of their own, not those of the co-mentions
    assert weights["meets"] == [("2024", "1.0"), ("2025", "1.0")]
    assert weights["accuses"] == [("2025", "1.0")]
    assert weights["comention"] != weights["meets"]
    graph.to_html(tmp_path / "g.html", period="week")
    data = data_of(tmp_path / "g.html")
    kinds = {(edge["kind"], edge.get("status", "")) for edge in data["edges"]}
    assert kinds >= {("comention", ""), ("accuses", "negated")}
    assert report_losses(graph.nx) != ()


@pytest.mark.parametrize("period", ["year", "month", "week"])
def test_periods_have_one_name(period: Any, tmp_path: Path) -> None:
    graph = EntityGraph.of_comentions(RESULT)
    graph.to_html(tmp_path / "g.html", period=period)
    assert data_of(tmp_path / "g.html")["periods"] == [name for name, _ in graph.slices(period)]


def test_unknown_period(tmp_path: Path) -> None:
    graph = EntityGraph.of_comentions(RESULT)
    with pytest.raises(ValueError, match="no period 'day': choose year, month, week"):
        graph.to_gexf(tmp_path / "g.gexf", dynamic="day")  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_places_stay_in_backbones_and_slices() -> None:
    graph = EntityGraph.of_comentions(RESULT)
    graph.positions = graph.layout()
    assert graph.backbone("top", top=1).positions == graph.positions
    assert all(part.positions == graph.positions for _, part in graph.slices("month"))


def test_quotations_of_what_is_left_only(tmp_path: Path) -> None:
    graph = EntityGraph.of_comentions(RESULT, "article").backbone("top", top=1)
    graph.to_html(tmp_path / "g.html")
    found = re.search(r'id="data">(.*?)</script>', (tmp_path / "g.html").read_text(), re.DOTALL)
    assert found
    (edge,) = json.loads(found[1])["edges"]
    assert edge["quotes"]
    assert edge["times"]
