"""Layout: a place for each node, by forces; the same graph and seed always give the same places."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import networkx as nx
import rustworkx

if TYPE_CHECKING:
    Graph = nx.Graph[str]

Points = dict[str, tuple[float, float]]

_CORE = 2000  # nodes that repel one another: every one each other, so time grows as the square
_TURN = math.pi * (3 - math.sqrt(5))  # golden angle: successive points never line up


def layout(graph: Graph, *, seed: int) -> Points:
    """Compute coordinates for each node, some units around (0, 0).

    The 2,000 most connected nodes are laid out by forces; the others, for which that would be slow,
    are put beside the nodes they are linked to, and those without a link around the whole.

    Args:
        graph: the edge attribute ``weight`` pulls two nodes together; 1 where there is none.
        seed: another number gives other places.

    Returns:
        x and y of every node.

    >>> sorted(layout(nx.Graph([("a", "b")]), seed=0))
    ['a', 'b']
    """
    strength = dict(graph.degree(weight="weight"))
    ranked = sorted(graph, key=lambda node: (-strength[node], node))
    points = _forces(graph, [node for node in ranked[:_CORE] if strength[node]], seed)
    outside = max((math.hypot(*point) + 0.15 for point in points.values()), default=0.0)
    alone = 0
    for rank, node in enumerate(ranked):
        if node in points:
            continue
        if near := [points[n] for n in nx.all_neighbors(graph, node) if n in points]:
            x, y = (sum(axis) / len(near) for axis in zip(*near, strict=True))
            points[node] = _beside(x, y, rank * _TURN, 0.05)
        else:
            points[node] = _beside(0, 0, alone * _TURN, math.sqrt(outside**2 + 0.01 * alone))
            alone += 1
    return points


def scaled(points: Points, factor: float) -> Points:
    """The same places on a larger or smaller sheet.

    >>> scaled({"a": (1.0, -2.0)}, 10)
    {'a': (10.0, -20.0)}
    """
    return {node: (x * factor, y * factor) for node, (x, y) in points.items()}


def _forces(graph: Graph, nodes: list[str], seed: int) -> Points:
    """Fruchterman and Reingold's layout, tied loosely to a centre so that no part drifts away.

    rustworkx draws 400 nodes ten times as fast as networkx.
    """
    if not nodes:
        return {}
    centre = len(nodes)
    number = {node: n for n, node in enumerate(nodes)}
    tied: rustworkx.PyGraph[str | None, float | None] = rustworkx.PyGraph()
    tied.add_nodes_from([*nodes, None])
    tied.extend_from_weighted_edge_list([(n, centre, 0.3) for n in range(centre)])
    tied.extend_from_weighted_edge_list(
        [
            # the logarithm: one pair named together a hundred times must not crush the rest
            (number[a], number[b], 1 + math.log1p(max(row.get("weight", 1), 0)))
            for a, b, row in graph.subgraph(nodes).edges(data=True)
        ]
    )
    found = rustworkx.spring_layout(
        tied,
        k=2 / math.sqrt(len(nodes)),
        weight_fn=lambda pull: pull or 0.0,
        seed=seed,
        num_iter=200,
    )
    x, y = found[centre]
    return {node: _spread(found[n][0] - x, found[n][1] - y) for node, n in number.items()}


def _spread(x: float, y: float) -> tuple[float, float]:
    """The same direction, farther from the crowded middle."""
    far = math.hypot(x, y) ** -0.35 if x or y else 1.0
    return float(x * far), float(y * far)


def _beside(x: float, y: float, angle: float, distance: float) -> tuple[float, float]:
    return x + distance * math.cos(angle), y + distance * math.sin(angle)
