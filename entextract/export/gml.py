"""GML, for igraph in R and Python, an element at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anyascii import anyascii

from entextract.export.changes import Changes
from entextract.export.checks import Shape, Value, clean, edges_of, number
from entextract.export.plain import check_plain
from entextract.records.files import replacing

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]
    Where = str | tuple[str, str]

_BREAKS = re.compile(r"\s*[\r\n]+\s*")


def write_gml(graph: Graph, path: str | Path) -> None:
    """Write GML in UTF-8, the id of a node as ``name``, which igraph finds it by.

    GML has no truth values, which are 1 and 0, and no accents or blanks in the names of attributes.
    In a graph of both, each edge says by ``directed`` if it is.

    Args:
        graph: a networkx graph whose nodes are strings.
        path: the file; missing folders are made.

    Warns:
        ExportWarning: something could not be written as it stands.

    Raises:
        TypeError, ValueError: as ``write_gexf``; also for two attributes whose names become one.
    """
    graph, shape = check_plain(graph, changes := Changes())
    nodes = _keys(("label", *shape.nodes), ("id", "name"), changes)
    edges = _keys(shape.edges, ("source", "target", "weight", "kind", "directed"), changes)
    numbers = {node: place for place, node in enumerate(graph)}
    with replacing(path) as file:
        file.write(f"graph [\n  directed {int(shape.direction != 'undirected')}\n")
        if graph.is_multigraph():
            file.write("  multigraph 1\n")
        for node, row in graph.nodes.items():
            if shape.id(node) != node:
                changes.add(f"id of {node!r}: written {shape.id(node)!r}")
            head: dict[str, Value] = {"id": numbers[node], "name": shape.id(node)}
            file.writelines(_element("node", head, row, nodes, node, changes))
        for own, given, ends in _edges(graph, shape, numbers):
            file.writelines(_element("edge", own, given, edges, ends, changes))
        file.write("]\n")
    changes.warn(path)


def _edges(
    graph: Graph, shape: Shape, numbers: Mapping[str, int]
) -> Iterator[tuple[dict[str, Value], Mapping[str, Any], tuple[str, str]]]:
    for edge in edges_of(graph):
        head: dict[str, Value] = {
            "source": numbers[edge.source],
            "target": numbers[edge.target],
            "weight": edge.weight,
        }
        if edge.kind:
            head["kind"] = edge.kind
        if shape.direction == "mixed":
            head["directed"] = edge.directed
        yield head, edge.row, (edge.source, edge.target)


def _keys(names: Iterable[str], taken: Iterable[str], changes: Changes) -> dict[str, str]:
    """What attributes are called in the file: ASCII letters, digits and _."""
    keys: dict[str, str] = {}
    for name in names:
        key = re.sub(r"\W+", "_", anyascii(name), flags=re.ASCII).strip("_")
        if key in taken or key in keys.values():
            raise ValueError(f"attribute {name!r}: GML has another one called {key!r}; rename it")
        if key != name:
            changes.add(f"attribute {name!r}: written {key!r}")
        keys[name] = key
    return keys


def _element(
    element: str,
    head: Mapping[str, Value],
    row: Mapping[str, Any],
    keys: Mapping[str, str],
    where: Where,
    changes: Changes,
) -> Iterator[str]:
    yield f"  {element} [\n"
    values = {**head, **{key: row[name] for name, key in keys.items() if name in row}}
    for key, value in values.items():
        if isinstance(value, str):
            text = _BREAKS.sub(" ", clean(value, key, where, changes)).strip()
            yield f'    {key} "{text.replace("&", "&amp;").replace(chr(34), "&quot;")}"\n'
        elif isinstance(value, bool):
            yield f"    {key} {int(value)}\n"
        else:
            yield f"    {key} {number(value, 'INF').replace('NaN', 'NAN')}\n"
    yield "  ]\n"
