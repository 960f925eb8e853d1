"""JSON in the form of graphology, for Gephi Lite and sigma.js, an element at a time."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entextract.export.changes import Changes
from entextract.export.checks import Attributes, clean, edges_of, words
from entextract.export.looks import OTHER_COLOUR, colours_by, largest, node_size
from entextract.export.plain import check_plain
from entextract.records.files import replacing

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]
    Where = str | tuple[str, str]

CATEGORY = "category"  # sigma.js takes a node's "type" for the program that draws it, and fails


def write_json(
    graph: Graph,
    path: str | Path,
    *,
    name: str = "",
    positions: Mapping[str, tuple[float, float]] | None = None,
    color_by: str = "type",
    size_by: str = "mentions",
) -> None:
    """Write the JSON that graphology imports; the node attribute ``type`` becomes ``category``.

    Args:
        graph: a networkx graph whose nodes are strings.
        path: the file; missing folders are made.
        name: what the graph shows.
        positions: where to draw each node; sigma.js draws nothing without them.
        color_by: node attribute that gives the colour.
        size_by: node attribute that gives the size.

    Warns:
        ExportWarning: something could not be written as it stands.

    Raises:
        TypeError, ValueError: as ``write_gexf``; also for a node that has a ``category`` as well
            as a ``type``.
    """
    graph, shape = check_plain(graph, changes := Changes())
    if CATEGORY in shape.nodes and "type" in shape.nodes:
        raise ValueError("nodes have a type and a category: sigma.js needs the second name; rename")
    colours = colours_by(graph.nodes.values(), color_by)
    most = largest(graph.nodes.values(), size_by)
    options = {
        "type": shape.direction,
        "multi": graph.is_multigraph(),
        "allowSelfLoops": True,
    }
    with replacing(path) as file:
        head = {"name": clean(name, "name", "graph", changes)} if name else {}
        file.write(f'{{"attributes":{_json(head)},"options":{_json(options)},\n"nodes":[')
        comma = "\n"
        for node, row in graph.nodes.items():
            if shape.id(node) != node:
                changes.add(f"id of {node!r}: written {shape.id(node)!r}")
            values = _clean(row, ("label", *shape.nodes), node, changes)
            if "type" in values:
                values[CATEGORY] = values.pop("type")
            values["size"] = round(node_size(row.get(size_by), most) / 3, 2)
            values["color"] = colours.get(str(row.get(color_by)), OTHER_COLOUR)
            if positions and node in positions:
                values["x"], values["y"] = (round(float(axis), 2) for axis in positions[node])
            file.write(comma + _json({"key": shape.id(node), "attributes": values}))
            comma = ",\n"
        file.write('\n],\n"edges":[')
        comma = "\n"
        for count, edge in enumerate(edges_of(graph)):
            ends = (edge.source, edge.target)
            values = {"weight": edge.weight}
            if edge.kind:
                values["kind"] = clean(edge.kind, "kind", ends, changes)
            written: dict[str, Any] = {
                "key": str(count),
                "source": shape.id(edge.source),
                "target": shape.id(edge.target),
                "attributes": values | _clean(edge.row, shape.edges, ends, changes),
            }
            if not edge.directed:
                written["undirected"] = True
            file.write(comma + _json(written))
            comma = ",\n"
        file.write("\n]}\n")
    changes.warn(path)


def _clean(row: Attributes, names: Any, where: Where, changes: Changes) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in names:
        value = row.get(name)
        if isinstance(value, str):
            value = clean(value, name, where, changes)
        elif isinstance(value, float) and not math.isfinite(value):
            changes.add(f"{name} of {words(where)}: {value!r} left out, which JSON cannot say")
            continue
        if value is not None:
            found[name] = value
    return found


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
