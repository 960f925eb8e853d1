"""Writes a graph as GEXF, Gephi CSV or GraphML, checking it first. Computes nothing.

The three writers share one contract. The whole graph is checked before a byte is written; the
file takes its final name only once it is complete, so a failure leaves what was there before.
Each returns the *changes*: sentences that say what could not be written as it stood ("label of
per:x: 1 character that XML forbids removed"), none when the file says exactly what the graph says.
"""

from __future__ import annotations

import csv
import datetime
import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO
from xml.sax.saxutils import escape

import networkx as nx

from entextract import __version__

if TYPE_CHECKING:
    Graph = nx.Graph[str]
    Value = bool | int | float | str
    Attributes = Mapping[str, Any]

# Okabe and Ito's palette: told apart by colour-blind readers too
COLOURS = {"PER": "#E69F00", "COUNTRY": "#0072B2", "ORG": "#009E73", "LOC": "#CC79A7"}
OTHER_COLOUR = "#999999"
SMALLEST, LARGEST = 10.0, 60.0  # node sizes; Gephi's own default is 10

# Names that Gephi or Gephi Lite keep for themselves: the values would be lost, or overwrite others
_FOR_ANY = {"id", "timeset", "size", "color", "x", "y", "z"}
_FOR_EDGES = {"label", "type", "kind", "source", "target", "start", "end"}
_ELSEWHERE = {"node": {"label"}, "edge": {"weight"}}  # these have a place of their own in a file
_DYNAMIC = ("interval", "timestamp")  # Gephi takes a CSV column so named for dates

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NAME = re.compile(r"[^\W\d_][\w-]*")
_INF = re.compile(r"\w*INF\w*")
_BREAKS = re.compile(r"\s*[\r\n]+\s*")
_IN_ATTRIBUTE = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def clean_xml(text: str) -> str:
    r"""The text without what XML 1.0 forbids: one such character and Gephi refuses the file.

    >>> clean_xml("Le\x0b Monde\ud800")
    'Le Monde'
    """
    return _FORBIDDEN.sub("", text)


def write_gexf(
    graph: Graph,
    path: str | Path,
    *,
    description: str = "",
    date: str = "",
    positions: Mapping[str, tuple[float, float]] | None = None,
) -> tuple[str, ...]:
    """Write GEXF 1.3 for Gephi and Gephi Lite, a node at a time.

    The node attribute ``label`` becomes the label, the edge attribute ``weight`` the weight (1 if
    there is none); ``type`` gives a node its colour and ``mentions`` its size.

    Args:
        graph: a networkx ``Graph`` or ``DiGraph`` whose nodes are strings.
        path: the file; missing folders are made.
        description: what the graph shows, for the ``meta`` element.
        date: ``YYYY-MM-DD``, the state of the data. It is not the day of writing, so that the
            same graph always gives the same file; left out when empty.
        positions: where to draw each node; without it Gephi scatters them at random.

    Returns:
        What was changed on the way, a sentence each.

    Raises:
        TypeError: an attribute is not a bool, int, float or str, or not the same type throughout.
        ValueError: a name is reserved, an id is empty or not unique, a weight is not above 0,
            or the date is not a date.
    """
    columns = _check(graph)
    changed = datetime.date.fromisoformat(date).isoformat() if date else ""
    changes: list[str] = []
    with _replacing(path) as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz"')
        file.write(' version="1.3">\n')
        file.write(f"  <meta{_attribute('lastmodifieddate', changed)}>")
        file.write(f"<creator>entextract {__version__}</creator>")
        file.write(f"<description>{escape(clean_xml(description))}</description></meta>\n")
        file.write(f'  <graph defaultedgetype="{_direction(graph)}" mode="static">\n')
        for element in ("node", "edge"):
            file.writelines(_gexf_columns(element, columns[element]))
        file.write("    <nodes>\n")
        file.writelines(_gexf_nodes(graph, positions or {}, changes))
        file.write("    </nodes>\n    <edges>\n")
        file.writelines(_gexf_edges(graph, changes))
        file.write("    </edges>\n  </graph>\n</gexf>\n")
    return tuple(changes)


def write_gephi_csv(graph: Graph, folder: str | Path) -> tuple[str, ...]:
    """Write ``nodes.csv`` and ``edges.csv`` for Gephi's « Import spreadsheet », nodes first.

    Args:
        graph: a networkx ``Graph`` or ``DiGraph`` whose nodes are strings.
        folder: where the two files go; it is made if need be.

    Returns:
        What was changed on the way, a sentence each.

    Raises:
        TypeError, ValueError: as ``write_gexf``; also for a column name that contains "interval"
            or "timestamp", which Gephi would take for dates.
    """
    columns = _check(graph)
    for name in [*columns["node"], *columns["edge"]]:
        if any(word in name for word in _DYNAMIC):
            raise ValueError(f"attribute {name!r}: Gephi takes a column so named for dates; rename")
    direction = _direction(graph).capitalize()
    changes: list[str] = []
    folder = Path(folder)
    with _replacing(folder / "nodes.csv") as nodes, _replacing(folder / "edges.csv") as edges:
        table = csv.writer(nodes, lineterminator="\n")
        table.writerow(["Id", "Label", *columns["node"]])
        for node, label, row in _nodes(graph, changes):
            name = _cell(label, "label", node, changes)
            table.writerow([_escaped(node), name, *_cells(row, columns["node"], node, changes)])
        table = csv.writer(edges, lineterminator="\n")
        table.writerow(["Source", "Target", "Type", "Weight", *columns["edge"]])
        for (source, target), weight, row in _edges(graph, changes):
            cells = _cells(row, columns["edge"], f"{source} – {target}", changes)
            ends = _escaped(source), _escaped(target)
            table.writerow([*ends, direction, _number(weight), *cells])
    return tuple(changes)


def write_graphml(graph: Graph, path: str | Path) -> tuple[str, ...]:
    """Write GraphML, for Cytoscape, igraph and the like.

    Args:
        graph: a networkx ``Graph`` or ``DiGraph`` whose nodes are strings.
        path: the file; missing folders are made.

    Returns:
        What was changed on the way, a sentence each.

    Raises:
        TypeError, ValueError: as ``write_gexf``.
    """
    _check(graph)
    changes: list[str] = []
    clean: Graph = nx.DiGraph() if graph.is_directed() else nx.Graph()
    for node, label, row in _nodes(graph, changes):
        clean.add_node(node, label=label, **row)
    for (source, target), weight, row in _edges(graph, changes):
        clean.add_edge(source, target, weight=weight, **row)
    with _replacing(path) as file:
        # not write_graphml, whose output depends on whether lxml is installed
        nx.write_graphml_xml(clean, file.buffer)
    return tuple(changes)


# --- checking: everything that can be wrong is found before a file is opened ---


def _check(graph: Graph) -> dict[str, dict[str, type]]:
    """The attribute columns of nodes and edges with their types, in alphabetical order."""
    if graph.is_multigraph():
        raise TypeError("a multigraph cannot be exported: Gephi would merge its parallel edges")
    _check_ids(graph)
    for source, target, row in graph.edges(data=True):
        weight = row.get("weight", 1)
        if type(weight) not in (int, float) or not 0 < weight < math.inf:
            raise ValueError(f"weight of {source} – {target} is {weight!r}: it must be above 0")
    edges = ((f"{source} – {target}", row) for source, target, row in graph.edges(data=True))
    return {"node": _columns("node", graph.nodes.items()), "edge": _columns("edge", edges)}


def _check_ids(graph: Graph) -> None:
    seen: dict[str, str] = {}
    for node, row in graph.nodes.items():
        label = row.get("label", "")
        if type(node) is not str or type(label) is not str:
            raise TypeError(f"node {node!r} with label {label!r}: both must be strings")
        if not _clean_id(node):
            raise ValueError(f"node id {node!r} has no visible character")
        if (other := seen.setdefault(_clean_id(node), node)) != node:
            raise ValueError(f"node ids {other!r} and {node!r} differ only by invisible characters")


def _columns(element: str, rows: Iterable[tuple[str, Attributes]]) -> dict[str, type]:
    types: dict[str, type] = {}
    for where, row in rows:
        for name, value in row.items():
            if name in _ELSEWHERE[element]:
                continue
            if name not in types:
                _check_name(element, name, where)
                types[name] = type(value)
            if type(value) not in (bool, int, float, str):
                raise TypeError(
                    f"attribute {name}={value!r} ({type(value).__name__}) of {where} cannot be "
                    "exported: use bool, int, float or str, and leave out what is not known"
                )
            if type(value) is not types[name]:
                raise TypeError(
                    f"attribute {name}={value!r} of {where} is {type(value).__name__}, but "
                    f"{types[name].__name__} elsewhere: an attribute has one type"
                )
            if isinstance(value, int) and not -(2**31) <= value < 2**31:
                raise ValueError(
                    f"attribute {name}={value!r} of {where} is too large for an integer of Gephi: "
                    "make it a float or a str"
                )
    return dict(sorted(types.items()))


def _check_name(element: str, name: object, where: str) -> None:
    if type(name) is not str or not _NAME.fullmatch(name) or name != name.lower():
        raise ValueError(
            f"attribute {name!r} of {where}: a name is made of small letters, digits, _ and -"
        )
    reserved = _FOR_ANY | (_FOR_EDGES if element == "edge" else set())
    if name in reserved:
        raise ValueError(
            f"attribute {name!r} of {where}: Gephi keeps this {element} name for itself; rename it "
            f"(reserved: {', '.join(sorted(reserved))})"
        )


# --- rows, cleaned of what no format can hold ---


def _nodes(graph: Graph, changes: list[str]) -> Iterator[tuple[str, str, dict[str, Value]]]:
    """Id, label and other attributes of each node."""
    for node, attributes in graph.nodes.items():
        if _clean_id(node) != node:
            changes.append(f"id of {node!r}: written {_clean_id(node)!r}")
        row = _clean_row(attributes, node, changes)
        yield _clean_id(node), str(row.pop("label", "")), row


def _edges(
    graph: Graph, changes: list[str]
) -> Iterator[tuple[tuple[str, str], float, dict[str, Value]]]:
    """Ends, weight and other attributes of each edge."""
    for source, target, attributes in graph.edges(data=True):
        row = _clean_row(attributes, f"{source} – {target}", changes)
        yield (_clean_id(source), _clean_id(target)), float(row.pop("weight", 1)), row


def _clean_row(attributes: Attributes, where: str, changes: list[str]) -> dict[str, Value]:
    row = dict(attributes)
    for name, value in row.items():
        if isinstance(value, str) and (lost := len(value) - len(clean_xml(value))):
            row[name] = clean_xml(value)
            some = "1 character" if lost == 1 else f"{lost} characters"
            changes.append(f"{name} of {_clean_id(where)}: {some} that XML forbids removed")
    return {name: value for name, value in row.items() if value != ""}


def _clean_id(node: str) -> str:
    return " ".join(_INVISIBLE.sub("", clean_xml(node)).split())


def _direction(graph: Graph) -> str:
    return "directed" if graph.is_directed() else "undirected"


def _number(value: float, infinity: str = "Infinity") -> str:
    return repr(value).replace("inf", infinity).replace("nan", "NaN")


# --- GEXF ---


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(clean_xml(value), _IN_ATTRIBUTE)}"' if value else ""


def _gexf_columns(element: str, columns: Mapping[str, type]) -> Iterator[str]:
    if not columns:
        return
    names = {bool: "boolean", int: "integer", float: "double", str: "string"}
    yield f'    <attributes class="{element}" mode="static">\n'
    for name, kind in columns.items():
        yield f'      <attribute id="{name}" title="{name}" type="{names[kind]}"/>\n'
    yield "    </attributes>\n"


def _gexf_nodes(
    graph: Graph, positions: Mapping[str, tuple[float, float]], changes: list[str]
) -> Iterator[str]:
    counts = [row.get("mentions") for row in graph.nodes.values()]
    most = max((count for count in counts if isinstance(count, int)), default=0)
    # by place in the graph: an id may have been cleaned
    for original, (node, label, row) in zip(graph, _nodes(graph, changes), strict=True):
        yield f"      <node{_attribute('id', node)}{_attribute('label', label)}>\n"
        yield from _gexf_values(row, node, changes)
        # "value" stands first: Gephi reads no size otherwise
        yield f'        <viz:size value="{node_size(row.get("mentions"), most):.1f}"/>\n'
        if original in positions:
            x, y = positions[original]
            yield f'        <viz:position x="{x:.1f}" y="{y:.1f}" z="0.0"/>\n'
        r, g, b = bytes.fromhex(COLOURS.get(str(row.get("type")), OTHER_COLOUR)[1:])
        yield f'        <viz:color r="{r}" g="{g}" b="{b}" a="1.0"/>\n'
        yield "      </node>\n"


def _gexf_edges(graph: Graph, changes: list[str]) -> Iterator[str]:
    for number, ((source, target), weight, row) in enumerate(_edges(graph, changes)):
        ends = _attribute("source", source) + _attribute("target", target)
        yield f'      <edge id="{number}"{ends} type="{_direction(graph)}"'
        yield f' weight="{_number(weight)}">\n'
        yield from _gexf_values(row, f"{source} – {target}", changes)
        yield "      </edge>\n"


def _gexf_values(row: Attributes, where: str, changes: list[str]) -> Iterator[str]:
    if not row:
        return
    yield "        <attvalues>\n"
    for name, value in sorted(row.items()):
        text = _gexf_value(name, value, where, changes)
        yield f'          <attvalue for="{name}"{_attribute("value", text)}/>\n'
    yield "        </attvalues>\n"


def _gexf_value(name: str, value: Value, where: str, changes: list[str]) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return _number(value, "INF")
    _warn_of_null(name, value, where, changes)
    # Gephi writes Infinity for INF, in strings too: FRANCE INFO would become FRANCE InfinityO
    safe = _INF.sub(lambda found: found[0].capitalize(), value)
    if safe != value:
        changes.append(f"{name} of {where}: {value!r} written {safe!r}, as Gephi would misread INF")
    return safe


def node_size(mentions: object, most: int) -> float:
    """Size of a node: its area grows with its mentions.

    >>> node_size(0, 400), node_size(100, 400), node_size(400, 400)
    (10.0, 35.0, 60.0)
    """
    if not isinstance(mentions, int) or most <= 0:
        return SMALLEST
    return SMALLEST + (LARGEST - SMALLEST) * math.sqrt(max(mentions, 0) / most)


# --- CSV ---


def _cells(row: Attributes, columns: Iterable[str], where: str, changes: list[str]) -> list[str]:
    return [_cell(row[name], name, where, changes) if name in row else "" for name in columns]


def _cell(value: Value, name: str, where: str, changes: list[str]) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return _number(value)
    _warn_of_null(name, value, where, changes)
    line = _BREAKS.sub(" ", value).strip()
    if line != value:
        changes.append(f"{name} of {where}: line breaks and outer blanks removed")
    return _escaped(line)


def _escaped(text: str) -> str:
    """The text with its backslashes doubled: to Gephi a single one is an escape character."""
    return text.replace("\\", "\\\\")


def _warn_of_null(name: str, value: str, where: str, changes: list[str]) -> None:
    if value.strip().lower() == "null":
        changes.append(f"{name} of {where}: Gephi will read {value!r} as no value")


@contextmanager
def _replacing(path: str | Path) -> Iterator[TextIO]:
    """A file that takes the place of ``path`` only if all goes well."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            yield file
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
