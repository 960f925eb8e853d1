"""What a reader of the GEXF would drop or change: told before the file is opened there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, get_args

from entextract.export.changes import Changes
from entextract.export.checks import LEAST_WEIGHT, Shape, edges_of
from entextract.export.plain import check_plain

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]

Reader = Literal["gephi", "gephi-lite", "networkx"]


def report_losses(
    graph: Graph, reader: Reader = "gephi", *, dynamic: bool = False
) -> tuple[str, ...]:
    """What Gephi, Gephi Lite or networkx will not take from the GEXF of a graph, a sentence each.

    What ``networkx.read_gexf`` refuses, ``EntityGraph.from_gexf`` reads.

    Args:
        graph: a networkx graph whose nodes are strings.
        reader: ``"gephi"``, ``"gephi-lite"`` or ``"networkx"``.
        dynamic: whether the file has time in it.

    Returns:
        The losses; none if the reader takes all there is.

    Raises:
        TypeError, ValueError: as ``write_gexf``; also for an unknown reader.

    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_node("org:x", label="")
    >>> report_losses(graph)
    ('1 node without a label: shown without a name',)
    """
    if reader not in get_args(Reader):
        raise ValueError(f"no reader {reader!r}: choose {', '.join(get_args(Reader))}")
    graph, shape = check_plain(graph, Changes())
    found = [*_common(graph, shape)]
    if reader == "gephi":
        found += _in_gephi(graph)
    elif reader == "gephi-lite":
        found += _in_gephi_lite(dynamic)
    else:
        found += _in_networkx(graph, dynamic)
    return tuple(found)


def _common(graph: Graph, shape: Shape) -> Iterator[str]:
    unnamed = sum(not row.get("label") for row in graph.nodes.values())
    yield from _some(unnamed, "node", "without a label: shown without a name")
    empty = sum(
        value == "" and name != "label"
        for rows in (graph.nodes.values(), (row for *_, row in graph.edges(data=True)))
        for row in rows
        for name, value in row.items()
    )
    yield from _some(empty, "empty value", "not kept")
    yield from _some(len(shape.renamed), "id", "written without invisible characters")


def _in_gephi(graph: Graph) -> Iterator[str]:
    texts = [
        value
        for rows in (graph.nodes.values(), (row for *_, row in graph.edges(data=True)))
        for row in rows
        for name, value in row.items()
        if isinstance(value, str) and name not in ("label", "kind")
    ]
    yield from _some(sum(t.strip().lower() == "null" for t in texts), "text", "“null” read as none")
    yield from _some(sum("INF" in t for t in texts), "text", "with INF written in small letters")
    yield from _light(graph)
    if graph.is_multigraph():
        pairs = Counter((min(e.source, e.target), max(e.source, e.target)) for e in edges_of(graph))
        hidden = sum(count - 1 for count in pairs.values())
        yield from _some(hidden, "edge", "of another kind, drawn on top of its parallel")


def _in_gephi_lite(dynamic: bool) -> Iterator[str]:
    if dynamic:
        yield "time: spells are ignored, and the last weight of each edge stands for all"


def _in_networkx(graph: Graph, dynamic: bool) -> Iterator[str]:
    edges = [*edges_of(graph)]
    if dynamic:
        yield "time: read_gexf refuses the file; the static one beside it is read"
    if len({edge.directed for edge in edges}) > 1:
        yield "directed and undirected edges in one graph: read_gexf refuses the file"
    yield from _some(sum(edge.kind != "" for edge in edges), "edge", "without kind")
    yield from _light(graph)


def _light(graph: Graph) -> Iterator[str]:
    light = sum(edge.weight <= 0 for edge in edges_of(graph))
    yield from _some(light, "edge", f"that weighs 0 or less, given {LEAST_WEIGHT!r}")


def _some(count: int, what: str, how: str) -> Iterator[str]:
    if count:
        yield f"{count} {what}{'s' if count > 1 else ''} {how}"
