"""Where the nodes of a graph are placed, and how they are drawn."""

from __future__ import annotations

import math
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from scipy.spatial import cKDTree

from entextract.export.looks import node_size
from entextract.graph import drawing
from entextract.graph.drawn_legend import names_of_values
from entextract.graph.layout import apart, layout


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


def of_communities(count: int, size: int) -> nx.Graph[str]:
    """Groups of entities that are mentioned together, with some ties between groups."""
    return nx.relabel_nodes(nx.random_partition_graph([size] * count, 0.15, 0.002, seed=3), str)


def test_communities_stand_apart() -> None:
    graph = of_communities(12, 60)
    points = layout(graph, seed=0)
    nodes = [node for node in graph if graph.degree(node)]
    _, near = cKDTree([points[node] for node in nodes]).query([points[n] for n in nodes], k=9)
    group = [int(node) // 60 for node in nodes]
    same = [group[other] == group[row[0]] for row in near for other in row[1:]]
    assert sum(same) / len(same) > 0.6


def test_no_dot_hides_another() -> None:
    graph = of_communities(4, 60)
    sizes = {node: 10.0 + 50 * (int(node) % 7 == 0) for node in graph}
    points = apart(layout(graph, seed=0), sizes)
    for a, b in combinations(graph, 2):
        assert math.dist(points[a], points[b]) >= (sizes[a] + sizes[b]) / 2


def test_dots_at_one_place_part() -> None:
    points = apart(dict.fromkeys("abcd", (5.0, 5.0)), dict.fromkeys("abcd", 10.0))
    assert min(math.dist(points[a], points[b]) for a, b in combinations("abcd", 2)) >= 10


def test_dots_that_hide_nothing_stay() -> None:
    points = {"a": (0.0, 0.0), "b": (100.0, 0.0)}
    moved = apart(points, {"a": 10.0, "b": 10.0})
    assert all(math.dist(points[node], moved[node]) < 0.1 for node in points)


def test_the_less_connected_are_put_beside_those_they_are_linked_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("entextract.graph.layout._CORE", 40)
    graph = nx.Graph(nx.relabel_nodes(nx.complete_graph(40), str))
    graph.add_edge("0", "new")
    points = layout(graph, seed=0)
    nearest = min("0123456789", key=lambda node: math.dist(points[node], points["new"]))
    assert nearest == "0"


def test_places_are_those_of_the_seed() -> None:
    graph = of_communities(3, 20)
    points = layout(graph, seed=1)
    assert points == layout(graph, seed=1)
    assert points != layout(graph, seed=2)
    assert layout(nx.Graph(), seed=1) == {}
    graph.add_edge("0", "1", weight=-3)  # a pair that counts for nothing draws nobody together
    assert all(math.isfinite(value) for point in layout(graph, seed=1).values() for value in point)


def draw(ax: Axes, graph: nx.Graph[str], points: dict[str, Any], *, max_labels: int) -> None:
    looks = {"color_by": "kind", "size_by": "mentions", "title": "", "legend": True, "lang": "fr"}
    drawing.draw(ax, graph, points, max_labels=max_labels, **looks)  # type: ignore[arg-type]


def picture() -> tuple[Axes, nx.Graph[str]]:
    """Axes of 400 pixels, and a graph of three entities drawn on them."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("a", label="Banque européenne pour la reconstruction", kind="ORG", mentions=9)
    graph.add_node("b", label="B$1$", kind="PER", mentions=4)
    graph.add_node("c", label="", mentions=1)
    graph.add_edge("a", "b", weight=4)
    graph.add_edge("b", "c", weight=1)
    graph.add_edge("a", "c", weight=-1)
    figure = Figure(figsize=(4, 4), dpi=100)
    FigureCanvasAgg(figure)
    return figure.add_axes((0, 0, 1, 1)), graph


POINTS = {"a": (0.0, 0.0), "b": (1.0, 1.0), "c": (1.0, 0.0)}


def test_what_is_drawn() -> None:
    ax, graph = picture()
    draw(ax, graph, POINTS, max_labels=2)
    lines = next(c for c in ax.collections if isinstance(c, LineCollection))
    assert list(lines.get_linewidths()) == pytest.approx([4.3, 0.3, 2.3])
    assert [segment.tolist() for segment in lines.get_segments()][0] == [[0, 0], [1, 1]]
    dots = next(c for c in ax.collections if c.get_zorder() == 2)
    assert dots.get_offsets().tolist() == [[0, 0], [1, 1], [1, 0]]  # the most mentioned first
    most = 9
    sizes = [(0.6 * node_size(n, most)) ** 2 for n in (9, 4, 1)]
    assert list(dots.get_sizes()) == pytest.approx(sizes)
    names = [text.get_text() for text in ax.texts if text.get_text()]
    assert names == ["Banque européenne pour la\nreconstruction", "B$1$"]  # « c » is the third
    legend = ax.get_legend()
    assert legend is not None
    assert {text.get_text() for text in legend.get_texts()} == {"ORG", "PER"}
    assert not ax.axison


def test_many_entities_are_drawn_smaller() -> None:
    ax, graph = picture()
    points = {**POINTS, **{f"n{i}": (float(i), 2.0) for i in range(197)}}
    graph.add_nodes_from(points)
    draw(ax, graph, points, max_labels=0)
    dots = next(c for c in ax.collections if c.get_zorder() == 2)
    assert max(dots.get_sizes()) == pytest.approx((0.6 * 0.5 * node_size(9, 9)) ** 2)
    lines = next(c for c in ax.collections if isinstance(c, LineCollection))
    assert max(lines.get_linewidths()) == pytest.approx(2.3)
    assert not ax.texts


def test_nothing_is_drawn_of_an_empty_graph() -> None:
    ax, _ = picture()
    draw(ax, nx.Graph(), {}, max_labels=5)
    assert not ax.collections
    assert not ax.axison


FRAME = np.array([0.0, 0.0, 300.0, 300.0])
HALF = np.array([20.0, 5.0])


def place(*taken: tuple[float, ...], at: tuple[float, float] = (150, 150)) -> tuple[Any, bool]:
    around = np.array(taken or [(0.0, 0.0, 0.0, 0.0, 1.0)])
    offset, far = drawing._free_place(np.array(at), HALF, 4.0, around, FRAME)
    return offset.tolist(), far


def test_a_name_stands_to_the_right_of_its_node_if_it_hides_nothing() -> None:
    assert place() == ([pytest.approx(25), pytest.approx(0)], False)
    # nothing is hidden by what stands far below, or far to the left
    below, left = (130.0, 0.0, 170.0, 10.0, 1.0), (0.0, 140.0, 10.0, 160.0, 1.0)
    assert place(below, left) == ([pytest.approx(25), pytest.approx(0)], False)


def test_a_name_turns_away_from_what_it_would_hide() -> None:
    slant = 5 / math.sqrt(2)
    right = (160.0, 140.0, 250.0, 152.0, 1.0)
    assert place(right)[0] == [pytest.approx(20 + slant), pytest.approx(5 + slant)]
    # the frame cuts what stands on the right, and above
    assert place(at=(290, 150))[0] == [pytest.approx(-20 - slant), pytest.approx(5 + slant)]
    assert place(at=(290, 299))[0] == [pytest.approx(-20 - slant), pytest.approx(-5 - slant)]


def test_a_name_far_from_its_node_is_joined_to_it() -> None:
    crowd = (90.0, 110.0, 210.0, 190.0, 1.0)  # all around
    offset, far = place(crowd)
    assert far
    assert max(abs(offset[0]) - 20, abs(offset[1]) - 5) > 20
    near = (120.0, 130.0, 180.0, 170.0, 0.0)  # hidden, but it does not matter
    assert place(near) == ([pytest.approx(25), pytest.approx(0)], False)


def overlapping(ax: Axes) -> list[tuple[str, str]]:
    """Pairs of texts of a picture of which one stands over the other."""
    texts = [(one.get_text(), one.get_window_extent().extents) for one in ax.texts]
    return [
        (a, b)
        for (a, x), (b, y) in combinations([text for text in texts if text[0]], 2)
        if x[0] < y[2] and y[0] < x[2] and x[1] < y[3] and y[1] < x[3]
    ]


@pytest.mark.parametrize("directed", [False, True], ids=["co-mentions", "relations"])
def test_no_name_stands_over_another(directed: bool) -> None:
    links = nx.random_partition_graph([50] * 5, 0.1, 0.01, seed=2)
    graph: nx.Graph[str] = nx.relabel_nodes(links, str)
    for number, row in enumerate(graph.nodes.values()):
        row.update(label=f"Prénom-Nom Composé {number}", mentions=2 + 900 // (number + 2))
    if directed:
        graph = nx.MultiDiGraph(graph.edges)
        nx.set_edge_attributes(graph, "accuse", "kind")
    figure = Figure(figsize=(11, 8), dpi=100)
    FigureCanvasAgg(figure)
    ax = figure.add_axes((0, 0.1, 1, 0.9))
    draw(ax, graph, layout(graph, seed=0), max_labels=250)
    assert sum(bool(one.get_text()) for one in ax.texts) > 60
    assert overlapping(ax) == []
    figure.set_dpi(150)
    figure.canvas.draw()
    assert overlapping(ax) == []  # nor once it is drawn in another size


def test_relations_are_drawn_with_their_way_and_kind() -> None:
    ax, _ = picture()
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from([("a", {"label": "Alpha"}), ("b", {"label": "Bêta"})])
    graph.add_edge("a", "b", kind="accuse", weight=1, directed=True)
    graph.add_edge("b", "a", kind="support", weight=1, directed=True)
    graph.add_edge("a", "b", kind="comention", weight=5, directed=False)
    draw(ax, graph, {"a": (0.0, 0.0), "b": (1.0, 0.0)}, max_labels=2)
    lines = next(one for one in ax.collections if isinstance(one, LineCollection))
    middles = [path.vertices[len(path.vertices) // 2][1] for path in lines.get_paths()]
    assert min(middles) < 0 < max(middles)  # there and back do not hide each other
    arrows = next(one for one in ax.collections if isinstance(one, PolyCollection))
    assert len(arrows.get_paths()) == 2
    assert {"accuse", "soutient"} <= {one.get_text() for one in ax.texts}
    legend = ax.get_legend()
    assert legend is not None
    assert {"coopération", "conflit"} <= {text.get_text() for text in legend.get_texts()}


def test_communities_and_countries_are_named_in_the_legend() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("country:ML", label="Mali", type="COUNTRY", country="ML", mentions=5)
    graph.add_node("country:FR", label="France", type="COUNTRY", country="FR", mentions=9)
    graph.add_edge("country:FR", "country:ML")
    assert names_of_values(graph, "country", [*graph], "fr") == {"ML": "Mali", "FR": "France"}
    nx.set_node_attributes(graph, 1, "community")
    assert names_of_values(graph, "community", ["country:FR", *graph], "fr") == {"1": "France"}
    assert names_of_values(graph, "type", [*graph], "en")["COUNTRY"] == "Countries"
    assert names_of_values(graph, "gender", [*graph], "fr")["f"] == "féminin"
