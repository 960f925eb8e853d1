"""Layout: a place for each node, by forces; the same graph and seed always give the same places."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import crategraph_forceatlas2 as forceatlas2
import networkx as nx
import numpy as np

from entextract.export import ROOM
from entextract.graph.centrality import communities

if TYPE_CHECKING:
    Graph = nx.Graph[str]
    Vector = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    Numbers = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

Points = dict[str, tuple[float, float]]
Pairs = dict[tuple[str, str], float]

_CORE = 20_000  # nodes that are laid out by forces, which takes 1 s for each 400 of them
_EXACT = 3000  # nodes above which repulsion is estimated (Barnes and Hut)
_STEPS = 100  # iterations; 500 moved the share of neighbours of one community by 0.01
# How much more two nodes of one community pull: the eight nearest neighbours of a node are of its
# community in 0.59 of cases at 1, in 0.75 at 3 (2,208 entities of 901 news articles)
_INSIDE = 3.0
_WIDE = 100.0  # units that a node has for itself on each side; sizes of dots are 10 to 60
_GAP = 4.0  # units between two dots
_PASSES = 200  # over all dots; most graphs need far fewer
_TURN = math.pi * (3 - math.sqrt(5))  # golden angle: successive points never line up


def layout(graph: Graph, *, seed: int) -> Points:
    """Compute coordinates for each node, around (0, 0), in the units of Gephi's sizes.

    ForceAtlas2 (Mathieu Jacomy, Tommaso Venturini, Sebastien Heymann and Mathieu Bastian, PLOS ONE
    9, 2014), from a first layout of the communities, whose members pull each other more. The 20,000
    most connected nodes are laid out so; others are put beside the nodes they are linked to, and
    those without a link around the whole.

    Args:
        graph: the edge attribute ``weight`` pulls two nodes together; 1 where there is none.
        seed: another number gives other places.

    Returns:
        x and y of every node.

    >>> sorted(layout(nx.Graph([("a", "b")]), seed=0))
    ['a', 'b']
    """
    pulls = _pulls(graph)
    strength = dict.fromkeys(graph, 0.0)
    for (a, b), pull in pulls.items():
        strength[a] += pull
        strength[b] += pull
    ranked = sorted(graph, key=lambda node: (-strength[node], node))
    points = _by_forces(pulls, [node for node in ranked[:_CORE] if strength[node]], seed)
    outside = max((math.hypot(*point) for point in points.values()), default=0.0) + _WIDE
    alone = 0
    for rank, node in enumerate(ranked):
        if node in points:
            continue
        if near := [points[n] for n in nx.all_neighbors(graph, node) if n in points]:
            x, y = (sum(axis) / len(near) for axis in zip(*near, strict=True))
            points[node] = _beside(x, y, rank * _TURN, _WIDE / 2)
        else:
            far = math.sqrt(outside**2 + alone * _WIDE**2 / 8)
            points[node] = _beside(0, 0, alone * _TURN, far)
            alone += 1
    return points


def apart(points: Points, sizes: Mapping[str, float]) -> Points:
    """The same places, but no dot over another: those that are too near push each other away.

    Args:
        points: where the middle of each dot is.
        sizes: the diameter of each, in the units of the places; it has ``ROOM`` times as much.

    >>> near = apart({"a": (0.0, 0.0), "b": (1.0, 0.0)}, {"a": 10.0, "b": 10.0})
    >>> near["b"][0] - near["a"][0] >= 30
    True
    """
    if len(points) < 2:
        return dict(points)
    nodes = list(points)
    places = np.array([points[node] for node in nodes], dtype=np.float64)
    radii = np.array([ROOM * sizes[node] / 2 for node in nodes]) + _GAP / 2
    # two dots at the very same place would not know which way to go
    turns = np.arange(len(nodes)) * _TURN
    places += 0.01 * np.column_stack([np.cos(turns), np.sin(turns)])
    for _ in range(_PASSES):
        if not _push(places, radii):
            break
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, places, strict=True)}


def _push(places: Vector, radii: Vector) -> bool:
    """Move the dots that overlap half of what they lack away from each other; whether any did."""
    one, other = _near(places, 2 * float(radii.max()))
    between = places[other] - places[one]
    distance = np.hypot(between[:, 0], between[:, 1])
    lacking = radii[one] + radii[other] - distance
    over = lacking > 1e-6
    if not over.any():
        return False
    step = between[over] * (lacking[over] / (2 * distance[over]))[:, None]
    np.add.at(places, one[over], -step)
    np.add.at(places, other[over], step)
    return True


def _near(places: Vector, reach: float) -> tuple[Numbers, Numbers]:
    """All pairs of places within reach of each other, and some that are a little further apart.

    Places fall in squares as wide as the reach, so that those within it are in the same square or
    in one that touches it.
    """
    square = np.floor((places - places.min(axis=0)) / reach).astype(np.int64)
    width = int(square[:, 1].max()) + 3  # no row of squares touches the next one at its end
    cell = square[:, 0] * width + square[:, 1]
    order = np.argsort(cell, kind="stable")
    cell = cell[order]
    rest = np.arange(1, len(cell) + 1)  # of its own square and the next one in the row
    pairs = (
        _ranges(rest, np.searchsorted(cell, cell + 1, "right")),
        _ranges(
            np.searchsorted(cell, cell + width - 1, "left"),
            np.searchsorted(cell, cell + width + 1, "right"),
        ),
    )
    one, other = (np.concatenate(side) for side in zip(*pairs, strict=True))
    return order[one], order[other]


def _ranges(start: Numbers, stop: Numbers) -> tuple[Numbers, Numbers]:
    """Each row with each number from its start to its stop."""
    count = stop - start
    row = np.repeat(np.arange(len(count)), count)
    first = np.repeat(start - (np.cumsum(count) - count), count)
    return row, first + np.arange(len(row))


def _pulls(graph: Graph) -> Pairs:
    """How much each linked pair pulls; a pair that counts for nothing does not."""
    pulls: Pairs = {}
    for a, b, row in graph.edges(data=True):
        weight = row.get("weight", 1)
        if a != b and weight > 0:
            pair = (a, b) if a < b else (b, a)
            pulls[pair] = pulls.get(pair, 0.0) + weight
    # the logarithm: one pair named together a hundred times must not crush the rest
    return {pair: 1 + math.log1p(weight) for pair, weight in pulls.items()}


def _by_forces(pulls: Pairs, nodes: list[str], seed: int) -> Points:
    """Places by ForceAtlas2: of the communities first, then of their members from there."""
    if not nodes:
        return {}
    inside = set(nodes)
    pulls = {pair: pull for pair, pull in pulls.items() if inside.issuperset(pair)}
    found = communities(pulls, nodes, seed=seed, resolution=1.0)
    start = _of_communities(pulls, found, seed)
    number = {node: n for n, node in enumerate(nodes)}
    random = np.random.default_rng(seed)
    first = np.array([start[found[node]] for node in nodes]) + random.random((len(nodes), 2))
    places = _forces(
        [(number[a], number[b]) for a, b in pulls],
        [pull * (_INSIDE if found[a] == found[b] else 1) for (a, b), pull in pulls.items()],
        first,
    )
    places -= places.mean(axis=0)
    # half of the nodes inside a disc in which each has the room that is wanted
    middle = float(np.median(np.hypot(places[:, 0], places[:, 1])))
    places *= _WIDE * math.sqrt(len(nodes) / (2 * math.pi)) / middle if middle else 0.0
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, places, strict=True)}


def _of_communities(pulls: Pairs, found: Mapping[str, int], seed: int) -> Vector:
    """A place for each community, by the ties between them; those of the nodes without one last."""
    count = max(found.values()) + 1
    ties: dict[tuple[int, int], float] = {}
    for (a, b), pull in pulls.items():
        one, other = sorted((found[a], found[b]))
        if one != other:
            ties[one, other] = ties.get((one, other), 0.0) + pull
    random = np.random.default_rng(seed)
    places = _forces(list(ties), list(ties.values()), random.random((count, 2)))
    return places * 100 / max(float(np.abs(places).max()), 1.0)


def _forces(pairs: list[tuple[int, int]], pulls: list[float], start: Vector) -> Vector:
    places: Vector = forceatlas2.layout(
        len(start),
        pairs,
        init=start,
        weights=pulls,
        iterations=_STEPS,
        threads=1,  # the same places each time
        strongGravityMode=True,  # so that no part drifts away
        gravity=0.05,
        scalingRatio=10,
        barnesHutOptimize=len(start) > _EXACT,
    )
    return places


def _beside(x: float, y: float, angle: float, distance: float) -> tuple[float, float]:
    return x + distance * math.cos(angle), y + distance * math.sin(angle)
