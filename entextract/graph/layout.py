"""Layout: a place for each node, by forces; the same graph and seed always give the same places."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import crategraph_forceatlas2 as forceatlas2
import networkx as nx
import numpy as np

from entextract.export import ROOM
from entextract.export.blocks import edge_blocks
from entextract.graph.centrality import communities

if TYPE_CHECKING:
    Graph = nx.Graph[str]
    Vector = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    Numbers = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

Points = dict[str, tuple[float, float]]

_CORE = 20_000  # nodes that are laid out by forces
_EXACT = 1000  # nodes above which repulsion is estimated (Barnes and Hut)
# Gephi's own; at graphology's 0.5 that takes three times as long. The share of neighbours of one
# community is the same within 0.01: 2,672 entities of 901 news articles, made-up graphs of 17,000
_THETA = 1.2
_STEPS = 40  # iterations; 100 moved that share by 0.02 at most
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
    nodes = sorted(graph)
    ties = _ties(graph, nodes)
    strength = ties.strength(len(nodes))
    ranked = np.lexsort((np.arange(len(nodes)), -strength))
    core = ranked[:_CORE][strength[ranked[:_CORE]] > 0]
    places = _by_forces(ties.among(core, len(nodes)), [nodes[n] for n in core], seed)
    points = {nodes[n]: (x, y) for n, (x, y) in zip(core, places.tolist(), strict=True)}
    outside = max((math.hypot(*point) for point in points.values()), default=0.0) + _WIDE
    alone = 0
    for rank, node in enumerate(map(nodes.__getitem__, ranked[len(core) :]), start=len(core)):
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
    slack = float(np.median(radii))
    seen = np.full_like(places, np.inf)  # where the dots were when pairs were last looked for
    one: Numbers = np.zeros(0, np.int64)
    other = one
    for _ in range(_PASSES):
        if np.hypot(*(places - seen).T).max() > slack / 2:
            seen = places.copy()
            one, other = _near(places, radii, slack)
        if not _push(places, radii, one, other):
            break
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, places, strict=True)}


def _push(places: Vector, radii: Vector, one: Numbers, other: Numbers) -> bool:
    """Move the dots that overlap half of what they lack away from each other; whether any did."""
    between = places[other] - places[one]
    distance = np.hypot(between[:, 0], between[:, 1])
    lacking = radii[one] + radii[other] - distance
    over = lacking > 1e-6
    if not over.any():
        return False
    step = between[over] * (lacking[over] / (2 * distance[over]))[:, None]
    for axis in range(2):
        there, back = (np.bincount(ends[over], step[:, axis], len(places)) for ends in (other, one))
        places[:, axis] += there - back
    return True


def _near(places: Vector, radii: Vector, slack: float) -> tuple[Numbers, Numbers]:
    """All pairs of dots that overlap, or would if one moved so far.

    Places fall in squares as wide as the largest dots need, so that what is near is in the same
    square or in one that touches it.
    """
    square = np.floor((places - places.min(axis=0)) / (2 * radii.max() + slack)).astype(np.int64)
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
    one, other = (order[np.concatenate(side)] for side in zip(*pairs, strict=True))
    distance = np.hypot(*(places[other] - places[one]).T)
    close = distance < radii[one] + radii[other] + slack
    return one[close], other[close]


def _ranges(start: Numbers, stop: Numbers) -> tuple[Numbers, Numbers]:
    """Each row with each number from its start to its stop."""
    count = stop - start
    row = np.repeat(np.arange(len(count)), count)
    first = np.repeat(start - (np.cumsum(count) - count), count)
    return row, first + np.arange(len(row))


class _Ties(NamedTuple):
    """Pairs of nodes that are linked, each once, and how much each pulls."""

    one: Numbers
    other: Numbers
    pull: Vector

    def strength(self, count: int) -> Vector:
        """The sum of the pulls of each of so many nodes."""
        one, other = (np.bincount(ends, self.pull, count) for ends in (self.one, self.other))
        return np.asarray(one + other, np.float64)

    def among(self, some: Numbers, count: int) -> _Ties:
        """Those between some of so many nodes, which are numbered anew."""
        number = np.full(count, -1)
        number[some] = np.arange(len(some))
        one, other = number[self.one], number[self.other]
        both = (one >= 0) & (other >= 0)
        return _Ties(one[both], other[both], self.pull[both])


def _ties(graph: Graph, nodes: Sequence[str]) -> _Ties:
    """The ties of a graph by the numbers of its nodes; a pair that counts for nothing is none."""
    number = {node: n for n, node in enumerate(nodes)}
    blocks = list(edge_blocks(graph))
    sources = [number[node] for block in blocks for node in block.sources]
    targets = [number[node] for block in blocks for node in block.targets]
    ends = np.array([sources, targets], np.int64).T
    weights = np.array([row.get("weight", 1) for block in blocks for row in block.rows], np.float64)
    counts = (ends[:, 0] != ends[:, 1]) & (weights > 0)
    one, other, weight = _merged(ends[counts], weights[counts], len(nodes))
    # the logarithm: one pair named together a hundred times must not crush the rest
    return _Ties(one, other, 1 + np.log1p(weight))


def _merged(ends: Numbers, weights: Vector, count: int) -> tuple[Numbers, Numbers, Vector]:
    """The pairs of so many nodes, the lower first, each once with the sum of its weights."""
    pairs, place = np.unique(ends.min(axis=1) * count + ends.max(axis=1), return_inverse=True)
    total = np.bincount(place, weights, len(pairs))
    return pairs // count, pairs % count, np.asarray(total, np.float64)


def _by_forces(ties: _Ties, nodes: Sequence[str], seed: int) -> Vector:
    """Places by ForceAtlas2: of the communities first, then of their members from there."""
    if not nodes:
        return np.zeros((0, 2))
    pairs = zip(*(map(nodes.__getitem__, ends) for ends in ties[:2]), strict=True)
    pulls = dict(zip(pairs, ties.pull.tolist(), strict=True))
    # where forces start: the best of three trials would move no share of neighbours
    numbers = communities(pulls, list(nodes), seed=seed, resolution=1.0, trials=1)
    found = np.array([numbers[node] for node in nodes])
    random = np.random.default_rng(seed)
    start = _of_communities(ties, found, seed)[found] + random.random((len(nodes), 2))
    pull = ties.pull * np.where(found[ties.one] == found[ties.other], _INSIDE, 1)
    places = _forces(_Ties(ties.one, ties.other, pull), start)
    places -= places.mean(axis=0)
    # half of the nodes inside a disc in which each has the room that is wanted
    middle = float(np.median(np.hypot(places[:, 0], places[:, 1])))
    places *= _WIDE * math.sqrt(len(nodes) / (2 * math.pi)) / middle if middle else 0.0
    return places


def _of_communities(ties: _Ties, found: Numbers, seed: int) -> Vector:
    """A place for each community, by the ties between them; those of the nodes without one last."""
    count = int(found.max()) + 1
    ends = np.column_stack([found[ties.one], found[ties.other]])
    apart = ends[:, 0] != ends[:, 1]
    between = _Ties(*_merged(ends[apart], ties.pull[apart], count))
    places = _forces(between, np.random.default_rng(seed).random((count, 2)))
    return places * 100 / max(float(np.abs(places).max()), 1.0)


def _forces(ties: _Ties, start: Vector) -> Vector:
    places: Vector = forceatlas2.layout(
        len(start),
        np.column_stack(ties[:2]),
        init=start,
        weights=ties.pull,
        iterations=_STEPS,
        threads=1,  # the same places each time
        strongGravityMode=True,  # so that no part drifts away
        gravity=0.05,
        scalingRatio=10,
        barnesHutOptimize=len(start) > _EXACT,
        barnesHutTheta=_THETA,
    )
    return places


def _beside(x: float, y: float, angle: float, distance: float) -> tuple[float, float]:
    return x + distance * math.cos(angle), y + distance * math.sin(angle)
