"""Reads GEXF: what we wrote, and what Gephi saved back."""

from __future__ import annotations

import gzip
import math
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import networkx as nx
from lxml import etree

from entextract.export.checks import TRUE_WEIGHT, Value
from entextract.records.edge_keys import kind_of_key

if TYPE_CHECKING:
    Element = Any  # of lxml, which has no types
    Graph = nx.Graph[str]

_V = TypeVar("_V")
_INTEGERS = {"integer", "int", "long", "short", "byte", "biginteger"}
_DECIMALS = {"float", "double", "bigdecimal"}
_OWN = {"timeset", "label", "id", "weight"}
_SAVED_BY_GEPHI = {"timeset", "label", "id"}  # columns that repeat what stands elsewhere


@dataclass(slots=True)
class Drawn:
    """A graph, and how it was drawn."""

    graph: Graph
    positions: dict[str, tuple[float, float]] = field(default_factory=dict)
    colours: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Column:
    name: str
    read: Callable[[str], Value]


def read_gexf(path: str | Path) -> Drawn:
    """Read a GEXF of any version, an element at a time; ``.gexf.gz`` too.

    Attributes are named by their titles. Colours and places go beside the graph.
    Of a dynamic file the weights of an edge are summed, other values are the last, and spells are
    left out.

    Args:
        path: the file.

    Returns:
        The graph and its drawing. Edges of both directions, or parallel ones, give a
        ``MultiDiGraph`` whose edges say ``directed`` and ``kind``.

    Raises:
        ValueError: the file is not GEXF, or not whole.
    """
    path = Path(path)
    reader = _Reader()
    opened = gzip.open if path.name.endswith(".gz") else open
    with opened(path, "rb") as file:
        try:
            for event, element in _elements(file):
                reader.take(event, element)
        except (etree.XMLSyntaxError, EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise ValueError(f"{path}: not a whole GEXF file ({error})") from error
        except _Fault as fault:
            raise ValueError(f"{path}: {fault}") from fault
    if not reader.seen_graph:
        raise ValueError(f"{path}: no graph in it; GEXF was expected")
    return Drawn(reader.graph(), reader.positions, reader.colours)


def _elements(file: Any) -> Iterator[tuple[str, Element]]:
    """The elements as they begin and end; nothing is fetched, and no entity may be declared."""
    first = True
    for event, element in etree.iterparse(
        file,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    ):
        dtd = element.getroottree().docinfo.internalDTD if first else None
        if dtd is not None and any(True for _ in dtd.iterentities()):
            raise _Fault("it declares entities, which are not read: they can be used to harm")
        first = False
        yield event, element


class _Fault(ValueError):
    """What a GEXF must not hold, and where."""


class _Reader:
    def __init__(self) -> None:
        self.columns: dict[str, dict[str, _Column]] = {"node": {}, "edge": {}}
        self.positions: dict[str, tuple[float, float]] = {}
        self.colours: dict[str, str] = {}
        self.seen_graph = False
        self._default = "directed"
        self._class = "node"
        self._nodes: dict[str, dict[str, Value]] = {}
        self._edges: list[tuple[str, str, bool, dict[str, Value]]] = []

    def take(self, event: str, element: Element) -> None:
        name = _local(element)
        if event == "start":
            if name == "graph":
                self.seen_graph = True
                self._default = element.get("defaultedgetype") or "directed"
            elif name == "attributes":
                self._class = element.get("class", "node")
            return
        if name == "attribute":
            self._add_column(element)
        elif name == "node":
            self._add_node(element)
            _forget(element)
        elif name == "edge":
            self._add_edge(element)
            _forget(element)

    def graph(self) -> Graph:
        directions = {directed for _, _, directed, _ in self._edges}
        pairs = {(a, b) if directed else tuple(sorted((a, b))) for a, b, directed, _ in self._edges}
        mixed = len(directions) == 2
        graph: Graph
        if mixed or len(pairs) < len(self._edges):
            graph = nx.MultiDiGraph() if True in directions else nx.MultiGraph()
        elif directions == {True} or (not directions and self._default == "directed"):
            graph = nx.DiGraph()
        else:
            graph = nx.Graph()
        for node, row in self._nodes.items():
            graph.add_node(node, **row)
        for source, target, directed, row in self._edges:
            own: dict[str, Any] = {"directed": directed} if mixed else {}
            graph.add_edge(source, target, **row, **own)
        return graph

    def _add_column(self, element: Element) -> None:
        key = element.get("id", "")
        name = " ".join((element.get("title") or key).split())
        if name.lower() in _OWN:  # Gephi saves them with a capital
            name = name.lower()
        kind = element.get("type", "string").lower()
        read: Callable[[str], Value] = str
        if kind in _INTEGERS:
            read = int
        elif kind in _DECIMALS:
            read = _decimal
        elif kind in ("boolean", "bool"):
            read = _is_true
        if self._class in self.columns:
            self.columns[self._class][key] = _Column(name, read)

    def _add_node(self, element: Element) -> None:
        node = element.get("id", "")
        if not node:
            raise _Fault(f"line {element.sourceline}: a node without an id")
        row = self._values(element, "node")
        if label := element.get("label"):
            row = {"label": label, **row}
        self._nodes[node] = row
        for child in element:
            kind = _local(child)
            if kind == "position":
                x, y = (_read(float, child.get(axis, "0"), axis, child) for axis in "xy")
                if math.isfinite(x) and math.isfinite(y):
                    self.positions[node] = x, y
            elif kind == "color":
                self.colours[node] = child.get("hex") or "#{:02x}{:02x}{:02x}".format(
                    *(_read(int, child.get(part, "0"), part, child) for part in "rgb")
                )

    def _add_edge(self, element: Element) -> None:
        row = self._values(element, "edge")
        weight = row.pop("weight", None)
        if weight is None and (given := element.get("weight")) is not None:
            weight = _read(float, given, "weight", element)
        if TRUE_WEIGHT in row:
            weight = row.pop(TRUE_WEIGHT)
        if weight is not None:
            row["weight"] = _whole(weight)
        if kind := element.get("kind"):
            row["kind"] = kind_of_key(kind, str(row.get("status", "")))
        way = element.get("type") or self._default
        source, target = element.get("source", ""), element.get("target", "")
        if not (source and target):
            raise _Fault(f"line {element.sourceline}: an edge without a source or a target")
        self._edges.append((source, target, way == "directed", row))

    def _values(self, element: Element, kind: str) -> dict[str, Value]:
        row: dict[str, Value] = {}
        for value in element.iter():
            if _local(value) != "attvalue":
                continue
            column = self.columns[kind].get(value.get("for") or value.get("id") or "")
            text = value.get("value", "")
            if column is None or text == "" or column.name in _SAVED_BY_GEPHI:
                continue
            read = _read(column.read, text, column.name, value)
            if kind == "edge" and column.name == "weight" and value.get("start"):
                before = row.get("weight", 0.0)
                row["weight"] = float(before) + float(read)
            else:
                row[column.name] = read
        return row


def _forget(element: Element) -> None:
    """Free an element that was read, and what stands before it: files can hold millions."""
    element.clear()
    if (before := element.getprevious()) is not None:
        element.getparent().remove(before)


def _read(read: Callable[[str], _V], text: str, name: str, element: Element) -> _V:
    try:
        return read(text)
    except ValueError as error:
        raise _Fault(f"line {element.sourceline}: {name} is {text[:40]!r}, no number") from error


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _decimal(text: str) -> float:
    return float({"INF": "inf", "-INF": "-inf"}.get(text, text))


def _is_true(text: str) -> bool:
    return text.strip().lower() in ("true", "1")


def _whole(value: Value) -> Value:
    """2.0 as 2: our own weights are counts."""
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        return int(value)
    return value
