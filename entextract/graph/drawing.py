"""Draws a graph with matplotlib, which is imported only then."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
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
    ax: Axes,
    graph: Graph,
    points: Points,
    *,
    max_labels: int,
    color_by: str,
    size_by: str,
    title: str,
    legend: bool,
) -> None:
    """Draw the graph on the axes; only the entities of the largest sizes are named."""
    ax.set_axis_off()
    if title:
        ax.set_title(clean_xml(title), parse_math=False)
    if not points:
        return
    rows = dict(graph.nodes.items())
    weighed = {node: rows[node].get(size_by, 0) for node in points}
    most = largest(rows.values(), size_by)
    ranked = sorted(points, key=lambda node: (-node_size(weighed[node], most), node))
    crowd = min(1.0, math.sqrt(50 / len(points)))  # the more entities, the smaller each is drawn
    size = {node: 0.6 * crowd * node_size(weighed[node], most) for node in points}  # in points
    _draw_edges(ax, graph, points, crowd)
    counts = [1 if color_by == "community" else row.get("mentions", 1) for row in rows.values()]
    shades = colours_of((row.get(color_by) for row in rows.values()), counts)
    values = {node: str(rows[node].get(color_by, "")) for node in ranked}
    x, y = zip(*(points[node] for node in ranked), strict=True)
    area = [size[node] ** 2 for node in ranked]
    colours = [shades.get(values[node], OTHER_COLOUR) for node in ranked]
    ax.scatter(x, y, area, colours, edgecolors="white", linewidths=0.8 * crowd, zorder=2)
    ax.margins(0.08)
    ax.autoscale_view()
    if legend:
        _write_legend(ax, shades, size_by, most, 0.6 * crowd)
    names = {node: str(rows[node].get("label") or node) for node in ranked[:max_labels]}
    _write_names(ax, names, points, size)


def _write_legend(
    ax: Axes, shades: dict[str, str], size_by: str, most: float, scale: float
) -> None:
    """What sizes mean, on the right below the picture, and colours, on the left."""
    given = sorted({most, most / 4}) if most > 0 else []
    sizes = [
        ax.scatter(
            [],
            [],
            (scale * node_size(value, most)) ** 2,
            OTHER_COLOUR,
            label=f"{value:.3g} {size_by}",
        )
        for value in given
    ]
    if sizes:
        placed = ax.legend(
            handles=sizes,
            ncols=2,
            columnspacing=2,
            handletextpad=1.5,
            frameon=False,
            loc="upper right",
            bbox_to_anchor=(1, 0),
        )
        ax.add_artist(placed)
    dots = [
        ax.scatter([], [], 80, colour, label=value)
        for value, colour in shades.items()
        if colour != OTHER_COLOUR
    ]
    columns = max(len(COLOURS), len(set(shades.values())))
    ax.legend(handles=dots, ncols=columns, loc="upper left", bbox_to_anchor=(0, 0), frameon=False)


def _draw_edges(ax: Axes, graph: Graph, points: Points, crowd: float) -> None:
    import numpy as np
    from matplotlib.collections import LineCollection

    edges = [
        (a, b, row.get("weight", 1), row.get("directed", graph.is_directed()))
        for a, b, row in graph.edges(data=True)
    ]
    heaviest = max((weight for _, _, weight, _ in edges if weight > 0), default=1)
    widths = [0.3 + 4 * crowd * math.sqrt(max(weight, 0) / heaviest) for _, _, weight, _ in edges]
    lines = [[points[a], points[b]] for a, b, _, _ in edges]
    ax.add_collection(LineCollection(lines, linewidths=widths, colors="#00000030", zorder=1))
    # an arrow in the middle of a relation, from its subject to its object
    ways = {(a, b) for a, b, _, directed in edges if directed and a != b}
    if ways:
        starts = np.array([points[a] for a, _ in sorted(ways)])
        steps = np.array([points[b] for _, b in sorted(ways)]) - starts
        lengths = np.hypot(*steps.T)
        units = steps / np.where(lengths == 0, 1, lengths)[:, None]
        ax.quiver(
            *(starts + 0.6 * steps).T, *units.T,
            angles="xy", pivot="middle", color="#00000080", zorder=1.5,
            units="inches", width=0.02, scale_units="inches", scale=14,
            headwidth=5, headlength=4, headaxislength=4,
        )  # fmt: skip


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
        box_here = (*(centres[node] + offset - half), *(centres[node] + offset + half), 1.0)
        if any(_overlap(box_here, other) for other in taken[len(points) :]):
            text.remove()  # no place is left for it
            continue
        taken.append(box_here)
        if far:
            thin = {"arrowstyle": "-", "linewidth": 0.6, "color": "#555555", "shrinkB": 0}
            ax.annotate("", points[node], text.xyann, textcoords="offset points", arrowprops=thin)


def _overlap(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


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
