"""Communities and centralities on graphs whose answers are known."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_graph import CORPUS, result_of

from entextract.export.looks import PALETTE, colours_of, largest, node_size
from entextract.graph import centrality as structure
from entextract.graph.centrality import write_measures
from entextract.graph.entity_graph import EntityGraph

WORDS = ["community", "degree", "strength", "pagerank", "betweenness"]


def cliques() -> "nx.Graph[str]":
    """Five friends, four friends, one tie between them, and someone alone."""
    graph: nx.Graph[str] = nx.Graph()
    for name, size in (("a", 4), ("b", 5)):
        names = [f"{name}{n}" for n in range(size)]
        graph.add_edges_from(
            [(x, y) for x in names for y in names if x < y],
            weight=3,
        )
    graph.add_edge("a0", "b0", weight=1)
    graph.add_node("c")
    return graph


def test_communities_are_numbered_by_size() -> None:
    graph = cliques()
    write_measures(graph)
    assert {graph.nodes[f"b{n}"]["community"] for n in range(5)} == {1}
    assert {graph.nodes[f"a{n}"]["community"] for n in range(4)} == {2}
    assert graph.nodes["c"]["community"] == 0


def test_centralities_by_hand() -> None:
    graph = cliques()
    write_measures(graph)
    bridge = graph.nodes["a0"]
    assert (bridge["degree"], bridge["strength"]) == (4, 10.0)
    # paths from the 3 other a to the 5 b, of the 36 pairs of the 9 other nodes
    assert bridge["betweenness"] == pytest.approx(15 / 36)
    assert graph.nodes["a1"]["betweenness"] == 0.0
    expected = nx.pagerank(graph, tol=1e-12)
    assert {n: row["pagerank"] for n, row in graph.nodes.items()} == pytest.approx(
        expected, abs=1e-6
    )


def test_attributes_can_be_exported() -> None:
    graph = EntityGraph.of_comentions(result_of(CORPUS), "article")
    graph.measure(seed=3)
    for row in graph.nx.nodes.values():
        assert [type(row[word]) for word in WORDS] == [int, int, float, float, float]
    graph.measure(betweenness=False)
    assert not any("betweenness" in row for row in graph.nx.nodes.values())


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=40), st.integers(0, 9))
def test_the_same_seed_gives_the_same(pairs: list[tuple[int, int]], seed: int) -> None:
    found = []
    for rows in (pairs, pairs[::-1]):
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(f"n{n:02}" for n in range(13))
        graph.add_edges_from((f"n{a:02}", f"n{b:02}") for a, b in sorted(rows) if a != b)
        write_measures(graph, seed=seed)
        found.append(dict(graph.nodes))
    assert found[0] == found[1]
    numbers = {row["community"] for row in found[0].values()} - {0}
    assert numbers == set(range(1, len(numbers) + 1))


def test_directions_count_for_pagerank_only() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edge("a", "c", key="accuses", weight=2)
    graph.add_edge("b", "c", key="accuses", weight=1)
    graph.add_edge("a", "c", key="meets", weight=1)
    write_measures(graph)
    rows = graph.nodes
    assert rows["c"]["pagerank"] > rows["a"]["pagerank"]
    assert (rows["c"]["degree"], rows["c"]["strength"]) == (2, 4.0)
    assert rows["c"]["betweenness"] == 1.0


def test_betweenness_is_left_out_of_large_graphs(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = cliques()
    linked = sum(1 for _, degree in graph.degree() if degree)
    monkeypatch.setattr(structure, "MOST_BETWEEN", linked)
    write_measures(graph)
    assert all("betweenness" in row for row in graph.nodes.values())
    monkeypatch.setattr(structure, "MOST_BETWEEN", linked - 1)
    with pytest.warns(UserWarning, match=f"betweenness left out: {linked} entities are linked"):
        write_measures(graph)
    assert not any("betweenness" in row for row in graph.nodes.values())
    write_measures(graph, betweenness=True)
    assert all("betweenness" in row for row in graph.nodes.values())


def test_an_empty_graph() -> None:
    EntityGraph.of_comentions(result_of({})).measure()


def test_colours_and_sizes() -> None:
    graph = cliques()
    write_measures(graph)
    rows = graph.nodes
    assert colours_of(row["community"] for row in rows.values()) == {
        "1": PALETTE[0],
        "2": PALETTE[1],  # and 0, without an edge, is grey
    }
    most = largest(rows.values(), "strength")
    size = {node: node_size(row["strength"], most) for node, row in rows.items()}
    assert size["b0"] == max(size.values()) == 60.0
    assert size["c"] == min(size.values()) == 10.0
    assert len(set(PALETTE)) == len(PALETTE)
