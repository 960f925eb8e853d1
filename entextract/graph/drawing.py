"""Draws a graph with matplotlib, which is imported only then."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from entextract.export import (
    OTHER_COLOUR,
    Language,
    clean_xml,
    colours_by,
    largest,
    node_size,
    words_of,
)
from entextract.graph.drawn_legend import names_of_values, write_legend
from entextract.graph.drawn_ties import Tie, draw_ties, middle, ties_of
from entextract.graph.layout import Points

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from matplotlib.axes import Axes

    Graph = nx.Graph[str]
    Vector = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

Box = tuple[float, ...]  # left, low, right, high, and how much it matters that it is seen
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
    lang: Language,
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
    ties = ties_of(graph, words_of(lang)["kinds"])
    draw_ties(ax, ties, points, crowd)
    shades = colours_by(rows.values(), color_by)
    values = {node: str(rows[node].get(color_by, "")) for node in ranked}
    x, y = zip(*(points[node] for node in ranked), strict=True)
    area = [size[node] ** 2 for node in ranked]
    colours = [shades.get(values[node], OTHER_COLOUR) for node in ranked]
    ax.scatter(x, y, area, colours, edgecolors="white", linewidths=0.8 * crowd, zorder=2)
    ax.margins(0.08)
    ax.autoscale_view()
    _even_scales(ax)
    if legend:
        named = names_of_values(graph, color_by, ranked, lang)
        write_legend(ax, shades, named, ties, size_by, most, 0.6 * crowd, lang)
    names = {node: str(rows[node].get("label") or node) for node in ranked[:max_labels]}
    taken = _write_names(ax, names, points, size)
    if max_labels:
        _write_kinds(ax, ties, points, taken)


def _even_scales(ax: Axes) -> None:
    """Make a distance as long across as upwards, for good: names are placed by these limits."""
    box = ax.get_window_extent()
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    scale = max((right - left) / box.width, (high - low) / box.height)
    across, upwards = scale * box.width / 2, scale * box.height / 2
    ax.set_xlim((left + right) / 2 - across, (left + right) / 2 + across)
    ax.set_ylim((low + high) / 2 - upwards, (low + high) / 2 + upwards)


def _write_names(
    ax: Axes, names: dict[str, str], points: Points, size: dict[str, float]
) -> list[Box]:
    """Write each name where it hides least, the most mentioned first.

    Returns:
        What is taken by dots and names.
    """
    import numpy as np
    from matplotlib.patheffects import withStroke

    point = 72 / ax.figure.dpi  # pixels to points, the unit of sizes and offsets
    centres = {node: ax.transData.transform(place) * point for node, place in points.items()}
    # what a name may hide: left, low, right, high, and how much that would matter
    taken: list[Box] = [
        (*(centres[n] - size[n] / 2), *(centres[n] + size[n] / 2), 0.4) for n in points
    ]
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
    return taken


def _write_kinds(ax: Axes, ties: Sequence[Tie], points: Points, taken: list[Box]) -> None:
    """Say what each relation is in its middle, where no name or dot stands, the heaviest first."""
    from matplotlib.patheffects import withStroke

    point = 72 / ax.figure.dpi
    for tie in sorted(ties, key=lambda one: (-one.weight, one.source, one.target, one.kind)):
        if not tie.said or tie.source == tie.target:
            continue
        text = ax.annotate(
            clean_xml(tie.said),
            middle(tie, points),
            ha="center",
            va="center",
            fontsize=7,
            style="italic",
            color=tie.colour,
            parse_math=False,
            path_effects=[withStroke(linewidth=2, foreground="white")],
            zorder=3,
        )
        low, high = text.get_window_extent().get_points() * point
        box = (*low, *high, 1.0)
        if any(_overlap(box, other) for other in taken):
            text.remove()
        else:
            taken.append(box)


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
