"""Where the nodes of a graph are placed."""

import math
from itertools import combinations

import networkx as nx

from entextract.drawing import layout


def test_entities_of_one_group_are_near_each_other() -> None:
    graph = nx.relabel_nodes(nx.connected_caveman_graph(6, 8), str)
    points = layout(graph, seed=0)
    pairs = list(combinations(graph, 2))
    far = sum(math.dist(points[a], points[b]) for a, b in pairs) / len(pairs)
    linked = sum(math.dist(points[a], points[b]) for a, b in graph.edges) / len(graph.edges)
    assert linked < far / 3


def test_entities_without_a_link_stand_apart_around_the_others() -> None:
    graph = nx.Graph([("a", "b"), ("b", "c")])
    graph.add_nodes_from("xyz")
    points = layout(graph, seed=0)
    alone = [points[node] for node in "xyz"]
    assert min(math.dist(a, b) for a, b in combinations(alone, 2)) > 0.1
    inside = max(math.hypot(*points[node]) for node in "abc")
    assert min(math.hypot(*point) for point in alone) > inside
