"""Draws a graph with matplotlib, which is imported only then."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING

from entextract.export import COLOURS, OTHER_COLOUR, clean_xml, colours_of, largest, node_size
from entextract.graph.layout import Points

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from matplotlib.axes import Axes

    Graph = nx.Graph[str]
    Vector = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

_LINE = 26  # characters; a longer name is written on several lines


def draw(
    ax: Axes, graph: Graph, points: Points, max_labels: int, color_by: str, size_by: str
) -> None:
    """Draw the graph on the axes; only the entities of the largest sizes are named."""
    ax.set_axis_off()
    if not points:
        return
    rows = dict(graph.nodes.items())
    weighed = {node: rows[node].get(size_by, 0) for node in points}
    most = largest(rows.values(), size_by)
    ranked = sorted(points, key=lambda node: (-node_size(weighed[node], most), node))
    crowd = min(1.0, math.sqrt(50 / len(points)))  # the more entities, the smaller each is drawn
    size = {node: 0.6 * crowd * node_size(weighed[node], most) for node in points}  # in points
    _draw_edges(ax, graph, points, crowd)
    shades = colours_of(row.get(color_by) for row in rows.values())
    values = {node: str(rows[node].get(color_by, "")) for node in ranked}
    x, y = zip(*(points[node] for node in ranked), strict=True)
    area = [size[node] ** 2 for node in ranked]
    colours = [shades.get(values[node], OTHER_COLOUR) for node in ranked]
    ax.scatter(x, y, area, colours, edgecolors="white", linewidths=0.8 * crowd, zorder=2)
    for value, colour in shades.items():
        if colour != OTHER_COLOUR:
            ax.scatter([], [], 80, colour, label=value)  # for the legend
    ax.margins(0.08)
    ax.autoscale_view()
    columns = max(len(COLOURS), len(set(shades.values())))
    ax.legend(ncols=columns, loc="upper center", bbox_to_anchor=(0.5, 0), frameon=False)
    names = {node: str(rows[node].get("label") or node) for node in ranked[:max_labels]}
    _write_names(ax, names, points, size)


def _draw_edges(ax: Axes, graph: Graph, points: Points, crowd: float) -> None:
    from matplotlib.collections import LineCollection

    edges = [(a, b, row.get("weight", 1)) for a, b, row in graph.edges(data=True)]
    heaviest = max((weight for _, _, weight in edges if weight > 0), default=1)
    widths = [0.3 + 4 * crowd * math.sqrt(max(weight, 0) / heaviest) for _, _, weight in edges]
    lines = [[points[a], points[b]] for a, b, _ in edges]
    ax.add_collection(LineCollection(lines, linewidths=widths, colors="#00000030", zorder=1))


def _write_names(ax: Axes, names: dict[str, str], points: Points, size: dict[str, float]) -> None:
    """Write each name where it hides least, the most mentioned first."""
    import numpy as np
    from matplotlib.patheffects import withStroke

    point = 72 / ax.figure.dpi  # pixels to points, the unit of sizes and offsets
    centres = {node: ax.transData.transform(place) * point for node, place in points.items()}
    # what a name may hide: left, low, right, high, and how much that would matter
    taken = [(*(centres[n] - size[n] / 2), *(centres[n] + size[n] / 2), 0.4) for n in points]
    frame = np.array(ax.get_window_extent().extents) * point
    for node, name in names.items():
        text = ax.annotate(
            textwrap.fill(" ".join(clean_xml(name).split()), _LINE),
            points[node],
            (0, 0),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=9,
            linespacing=1.0,
            parse_math=False,  # a name may hold a dollar sign
            path_effects=[withStroke(linewidth=2.5, foreground="white")],
            zorder=4,
        )
        box = text.get_window_extent()
        half = np.array([box.width, box.height]) * point / 2
        offset, far = _free_place(centres[node], half, size[node] / 2, np.array(taken), frame)
        text.xyann = (float(offset[0]), float(offset[1]))
        taken.append((*(centres[node] + offset - half), *(centres[node] + offset + half), 1.0))
        if far:
            thin = {"arrowstyle": "-", "linewidth": 0.6, "color": "#555555", "shrinkB": 0}
            ax.annotate("", points[node], text.xyann, textcoords="offset points", arrowprops=thin)


def _free_place(
    centre: Vector, half: Vector, radius: float, taken: Vector, frame: Vector
) -> tuple[Vector, bool]:
    """Where to centre a name: of the places around its node the freest, then the nearest.

    Returns:
        The offset from the node, and whether it is so far that a line should join them.
    """
    import numpy as np

    best, chosen, far = math.inf, half, False
    for step in range(6):
        for turn in range(8):
            way = np.array([math.cos(turn * math.pi / 4), math.sin(turn * math.pi / 4)])
            offset = np.sign(way.round(6)) * half + way * (radius + 1 + 9 * step)
            low, high = centre + offset - half, centre + offset + half
            shared = np.minimum(taken[:, 2:4], high) - np.maximum(taken[:, :2], low)
            outside = np.maximum(frame[:2] - low, 0) + np.maximum(high - frame[2:], 0)
            hidden = np.clip(shared, 0, None).prod(axis=1) @ taken[:, 4] + 50 * outside.sum()
            if (cost := float(hidden) + 12 * step + turn / 10) < best:
                best, chosen, far = cost, offset, step > 1
    return chosen, far
