"""The ties of a picture: lines as wide as their weight, relations with an arrow and a colour."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from entextract.export import TONES, tones
from entextract.graph.layout import Points
from entextract.records.edge_keys import COMENTION

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes

    Graph = nx.Graph[str]

_BEND = 0.12  # of its length, by which a relation leaves the straight line; more where several do
_STEPS = 12  # pieces of a bent line


class Tie(NamedTuple):
    """A tie as it is drawn."""

    source: str
    target: str
    weight: float
    kind: str
    directed: bool
    said: str  # what the relation is, in words; empty for a co-mention
    tone: str  # plain, fact, cooperation or conflict
    bend: float

    @property
    def colour(self) -> str:
        return TONES[self.tone]


def ties_of(graph: Graph, words: Mapping[str, str]) -> list[Tie]:
    """The ties of a graph; those between the same two are bent apart."""
    known = tones()
    seen: Counter[frozenset[str]] = Counter()
    found = []
    for a, b, row in graph.edges(data=True):
        kind = str(row.get("kind") or COMENTION)
        directed = bool(row.get("directed", graph.is_directed()))
        bend = 0.0
        if directed:
            # a bend is to the left of the way: there and back are apart already
            seen[frozenset((a, b))] += 1
            bend = _BEND * min(seen[frozenset((a, b))], 8)
        weight = row.get("weight", 1)
        said = "" if kind == COMENTION else words.get(kind, kind)
        tone = known.get(kind, "plain")
        found.append(Tie(a, b, weight, kind, directed, said, tone, bend))
    return found


def draw_ties(ax: Axes, ties: Sequence[Tie], points: Points, crowd: float) -> None:
    """Draw the lines, and an arrow on each relation, from its subject to its object."""
    from matplotlib.collections import LineCollection, PolyCollection

    heaviest = max((tie.weight for tie in ties if tie.weight > 0), default=1)
    widths = [0.3 + 4 * crowd * math.sqrt(max(tie.weight, 0) / heaviest) for tie in ties]
    lines = [_line(tie, points) for tie in ties]
    colours = ["#00000030" if tie.tone == "plain" else f"{tie.colour}90" for tie in ties]
    ax.add_collection(LineCollection(lines, linewidths=widths, colors=colours, zorder=1))
    arrows = [
        (line, tie.colour)
        for line, tie in zip(lines, ties, strict=True)
        if tie.directed and tie.source != tie.target
    ]
    if not arrows:
        return
    xs, ys = zip(*points.values(), strict=True)
    long = 0.014 * max(max(xs) - min(xs), max(ys) - min(ys)) * max(crowd, 0.4)
    shapes = [_arrow(line, long) for line, _ in arrows]
    shades = [colour for _, colour in arrows]
    ax.add_collection(PolyCollection(shapes, facecolors=shades, edgecolors="none", zorder=1.5))


def middle(tie: Tie, points: Points) -> tuple[float, float]:
    """Where a tie is half way."""
    (ax, ay), (bx, by) = points[tie.source], points[tie.target]
    aside = tie.bend / 2
    return (ax + bx) / 2 - (by - ay) * aside, (ay + by) / 2 + (bx - ax) * aside


def _line(tie: Tie, points: Points) -> list[tuple[float, float]]:
    (ax, ay), (bx, by) = points[tie.source], points[tie.target]
    if not tie.bend:
        return [(ax, ay), (bx, by)]
    cx, cy = (ax + bx) / 2 - (by - ay) * tie.bend, (ay + by) / 2 + (bx - ax) * tie.bend
    parts = [(step / _STEPS, 1 - step / _STEPS) for step in range(_STEPS + 1)]
    return [
        (u * u * ax + 2 * u * t * cx + t * t * bx, u * u * ay + 2 * u * t * cy + t * t * by)
        for t, u in parts
    ]


def _arrow(line: Sequence[tuple[float, float]], long: float) -> list[tuple[float, float]]:
    """A triangle on a line, some way before its end."""
    if len(line) > 2:
        at = round(len(line) * 0.62)
        (ax, ay), (bx, by) = line[at - 1], line[at]
    else:
        (ax, ay), (bx, by) = line
        ax, ay = ax + 0.6 * (bx - ax), ay + 0.6 * (by - ay)
    far = math.hypot(bx - ax, by - ay) or 1.0
    ux, uy = (bx - ax) / far * long, (by - ay) / far * long
    return [
        (ax + ux, ay + uy),
        (ax - ux - uy * 0.6, ay - uy + ux * 0.6),
        (ax - ux + uy * 0.6, ay - uy - ux * 0.6),
    ]
