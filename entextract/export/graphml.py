"""GraphML, for Cytoscape, igraph, yEd and the like, an element at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from entextract.export.changes import Changes
from entextract.export.checks import Attributes, Shape, Value, clean, edges_of
from entextract.export.checks import number as number_text
from entextract.export.plain import check_plain
from entextract.records.files import replacing

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]
    Where = str | tuple[str, str]

_TYPES = {bool: "boolean", int: "int", float: "double", str: "string"}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)


def write_graphml(graph: Graph, path: str | Path) -> None:
    """Write GraphML.

    Args:
        graph: a networkx graph whose nodes are strings.
        path: the file; missing folders are made.

    Warns:
        ExportWarning: something could not be written as it stands.

    Raises:
        TypeError, ValueError: as ``write_gexf``.
    """
    graph, shape = check_plain(graph, changes := Changes())
    edge_columns = {"weight": float} | ({"kind": str} if shape.has_kinds else {}) | shape.edges
    nodes = _Columns("node", {"label": str} | shape.nodes, 0, changes)
    edges = _Columns("edge", edge_columns, len(nodes.keys), changes)
    default = "directed" if shape.direction == "directed" else "undirected"
    with replacing(path) as file:
        file.write(_HEAD)
        file.writelines([*nodes.declared(), *edges.declared()])
        file.write(f'  <graph edgedefault="{default}">\n')
        for node, row in graph.nodes.items():
            if shape.id(node) != node:
                changes.add(f"id of {node!r}: written {shape.id(node)!r}")
            file.write(f'    <node id="{_safe(shape.id(node))}">\n')
            file.writelines(nodes.values(row, node))
            file.write("    </node>\n")
        file.writelines(_edges(graph, shape, edges, default))
        file.write("  </graph>\n</graphml>\n")
    changes.warn(path)


def _edges(graph: Graph, shape: Shape, columns: _Columns, default: str) -> Iterator[str]:
    for edge in edges_of(graph):
        way = "directed" if edge.directed else "undirected"
        own = f' directed="{str(edge.directed).lower()}"' if way != default else ""
        source, target = _safe(shape.id(edge.source)), _safe(shape.id(edge.target))
        yield f'    <edge source="{source}" target="{target}"{own}>\n'
        row = {**edge.row, "weight": edge.weight}
        yield from columns.values(row, (edge.source, edge.target))
        yield "    </edge>\n"


class _Columns:
    """The keys of nodes or of edges: GraphML names each attribute by a key of its own."""

    def __init__(
        self, element: str, columns: Mapping[str, type], first: int, changes: Changes
    ) -> None:
        self.element = element
        self.columns = columns
        self.keys = {name: f"d{first + place}" for place, name in enumerate(columns)}
        self.changes = changes

    def declared(self) -> Iterable[str]:
        for name, kind in self.columns.items():
            yield (
                f'  <key id="{self.keys[name]}" for="{self.element}" attr.name="{_safe(name)}" '
                f'attr.type="{_TYPES[kind]}"/>\n'
            )

    def values(self, row: Attributes, where: Where) -> Iterator[str]:
        for name, key in self.keys.items():
            value = row.get(name)
            if value is not None and (text := self._text(value, name, where)):
                yield f'      <data key="{key}">{text}</data>\n'

    def _text(self, value: Value, name: str, where: Where) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, str):
            return _safe(clean(value, name, where, self.changes))
        return number_text(value, "INF") if isinstance(value, float) else str(value)


def _safe(text: str) -> str:
    return escape(text, {'"': "&quot;", "\r": "&#13;"})
