"""A graph made of two tables: what kind it is, what it holds, and what is refused."""

import networkx as nx
import pandas as pd
import pytest

from entextract.graph.frames import graph_of_frames

NODES = pd.DataFrame({"id": ["a", "b", "c"], "articles": [3, None, 1], "label": ["PER", "", None]})


def edges(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], **columns})


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        ({}, nx.Graph),
        ({"directed": [False, False]}, nx.Graph),
        ({"directed": [False, True]}, nx.DiGraph),
        ({"kind": ["meets", "meets"]}, nx.MultiGraph),
        ({"kind": ["meets", "aid"], "directed": [False, False]}, nx.MultiGraph),
        ({"kind": ["meets", "aid"], "directed": [True, False]}, nx.MultiDiGraph),
    ],
)
def test_the_columns_say_which_graph_it_is(columns: dict[str, list[object]], kind: type) -> None:
    graph = graph_of_frames(NODES, edges(**columns))
    assert type(graph) is kind
    assert [set(pair) for pair in graph.edges()] == [{"a", "b"}, {"b", "c"}]


def test_values_come_along_and_missing_ones_do_not() -> None:
    graph = graph_of_frames(NODES, edges(weight=[2.0, None], share=[0.5, None]))
    assert dict(graph.nodes(data=True)) == {
        "a": {"articles": 3, "label": "PER"},
        "b": {"label": ""},
        "c": {"articles": 1},
    }
    assert type(graph.nodes["a"]["articles"]) is int  # pandas made it 3.0 for want of a value
    assert graph.edges["a", "b"] == {"weight": 2, "share": 0.5}
    assert graph.edges["b", "c"] == {}


def test_floats_stay_floats_where_no_value_is_missing() -> None:
    weights = graph_of_frames(NODES, edges(weight=[2.0, 3.0])).edges(data="weight")
    assert [type(weight) for _, _, weight in weights] == [float, float]


def test_kinds_allow_two_edges_of_one_pair() -> None:
    twice = pd.DataFrame({"source": ["a", "a"], "target": ["b", "b"], "kind": ["meets", "aid"]})
    assert graph_of_frames(NODES, twice).number_of_edges() == 2
    with pytest.raises(ValueError, match="edges, row 1: 'a' and 'b' are joined already"):
        graph_of_frames(NODES, twice.drop(columns="kind"))


@pytest.mark.parametrize(
    ("nodes", "ends", "message"),
    [
        (NODES.drop(columns="id"), edges(), "nodes: no column 'id' among"),
        (NODES, edges().drop(columns="source"), "edges: no column 'source' among"),
        (NODES, edges().drop(columns="target"), "edges: no column 'target' among"),
        (NODES.assign(id=["a", 1, "c"]), edges(), "nodes, row 1: id 1 is not a text"),
        (NODES.assign(id=["a", "b", ""]), edges(), "nodes, row 2: id '' is not a text"),
        (NODES.assign(id=["a", "b", None]), edges(), "nodes, row 2: id '' is not a text"),
        (NODES.assign(id=["a", "b", "a"]), edges(), "nodes, row 2: id 'a' stands twice"),
        (NODES, edges().assign(source=["a", "z"]), "edges, row 1: 'z' is not among the nodes"),
        (NODES, edges().assign(target=["b", None]), "edges, row 1: '' is not among the nodes"),
    ],
)
def test_what_is_refused(nodes: pd.DataFrame, ends: pd.DataFrame, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        graph_of_frames(nodes, ends)
