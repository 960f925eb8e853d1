"""What every writer asks of a graph, in one place, and how it cleans what no format can hold."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from entextract.export.blocks import Block, columns_of, edge_blocks
from entextract.export.changes import Changes
from entextract.records.attributes import KEPT_BY_GEPHI
from entextract.records.edge_keys import edge_key

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]
Value = bool | int | float | str
Attributes = Mapping[str, Any]
Direction = Literal["directed", "undirected", "mixed"]

TRUE_WEIGHT = "true_weight"  # where the weight stands that Gephi would not take
LEAST_WEIGHT = 1e-6

# of edges Gephi or Gephi Lite keep these too: the values would be lost, or overwrite others
_FOR_EDGES = {"label", "type", "source", "target", "start", "end", TRUE_WEIGHT}
# these have a place of their own in a file
_ELSEWHERE = {"node": {"label"}, "edge": {"weight", "kind", "directed"}}

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NAME = re.compile(r"[^\W\d_](?:[\w'’()./%°&+-]| (?! ))*")
_LARGEST = sys.float_info.max


def clean_xml(text: str) -> str:
    r"""The text without what XML 1.0 forbids: one such character and Gephi refuses the file.

    >>> clean_xml("Le\x0b Monde\ud800")
    'Le Monde'
    """
    # what can be printed can be written: spares a search in nearly every text
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


def clean_id(node: str) -> str:
    r"""The id without what cannot be seen, which Gephi Lite and people take for another id.

    >>> clean_id("per:ma\u00adcron ")
    'per:macron'
    """
    if node.isascii() and node.isprintable() and " " not in node:
        return node
    return " ".join(_INVISIBLE.sub("", clean_xml(node)).split())


@dataclass(slots=True)
class Shape:
    """What the whole graph is like; attribute columns with their types, in alphabetical order."""

    nodes: dict[str, type]
    edges: dict[str, type]
    direction: Direction = "undirected"
    has_kinds: bool = False
    light: bool = False  # whether a weight is 0 or less
    finite: bool = True  # whether every decimal number of an edge is one, not INF or NaN
    renamed: dict[str, str] = field(default_factory=dict)  # ids that cannot be written as they are

    def id(self, node: str) -> str:
        return self.renamed.get(node, node)


class Edge(NamedTuple):
    """An edge as every writer sees it; ``row`` is the graph's own, to be read and not changed."""

    source: str
    target: str
    directed: bool
    kind: str
    weight: float
    row: Attributes


def check(graph: Graph) -> Shape:
    """The shape of a graph that can be exported.

    Edges may be mixed: in a multigraph each has a ``kind`` that tells it from its parallels, and
    a ``directed`` that may differ from the graph's own.

    Raises:
        TypeError: an attribute is not a bool, int, float or str, or not the same type throughout.
        ValueError: a name is reserved, an id is empty or not unique, a weight is not a number, or
            two edges have the same ends, direction and kind.
    """
    shape = _check_nodes(graph)
    edges = Columns("edge")
    found: set[bool] = set()
    own = graph.is_directed()
    for block in edge_blocks(graph):
        if edges.numbers(block) is not None:
            found.add(own)
            continue
        for source, target, row in zip(*block, strict=True):
            ends = (source, target)
            edges.take(ends, row)
            if not 0 < row.get("weight", 1) <= _LARGEST:
                shape.light = _is_light(row["weight"], ends)
            found.add(_check_way(row, own, ends))
            shape.has_kinds = shape.has_kinds or row.get("kind", "") != ""
    shape.edges = edges.in_order()
    shape.finite = edges.finite
    if len(found) == 2:
        shape.direction = "mixed"
    elif found.pop() if found else own:
        shape.direction = "directed"
    if graph.is_multigraph() or (own and shape.direction != "directed"):
        _check_parallels(graph)
    return shape


def presume(graph: Graph) -> tuple[Shape, Columns] | None:
    """The shape if every edge is like the first ones, which spares a pass over a large graph.

    Whoever writes the graph then asks ``Columns.numbers`` of each block of edges, and if it has
    no answer, drops what is written and calls ``check``.

    Returns:
        The shape, and the columns that tell if a block conforms; none if the edges are parallel,
        have a kind or a direction, or attributes that are not numbers, and if ``check`` would
        refuse the nodes or the first edge.
    """
    first = next(edge_blocks(graph), None)
    if first is None or graph.is_multigraph():
        return None
    edges = Columns("edge")
    try:
        shape = _check_nodes(graph)
        edges.take((first.sources[0], first.targets[0]), first.rows[0])
    except (TypeError, ValueError):  # which ``check`` says again, if it cannot be mended
        return None
    if edges.numbers(first) is None:
        return None
    shape.edges = edges.in_order()
    shape.direction = "directed" if graph.is_directed() else "undirected"
    return shape, edges


def _check_nodes(graph: Graph) -> Shape:
    nodes = Columns("node")
    renamed = _check_ids(graph)
    for node, row in graph.nodes.items():
        nodes.take(node, row)
    return Shape(nodes.in_order(), {}, renamed=renamed)


def edges_of(graph: Graph) -> Iterator[Edge]:
    """The edges, one at a time, in the order of the graph."""
    own = graph.is_directed()
    for source, target, row in graph.edges(data=True):
        yield Edge(
            source,
            target,
            row.get("directed", own),
            kind_of(row),
            float(row.get("weight", 1)),
            row,
        )


def kind_of(row: Attributes) -> str:
    """The kind of an edge in a file, which tells it from its parallels."""
    kind: str = row.get("kind", "")
    return edge_key(kind, str(row.get("status", "actual"))) if kind else ""


def clean(value: str, name: str, where: str | tuple[str, str], changes: Changes) -> str:
    """The text without forbidden characters, which the changes then tell."""
    text = clean_xml(value)
    if lost := len(value) - len(text):
        some = "1 character" if lost == 1 else f"{lost} characters"
        changes.add(f"{name} of {words(where)}: {some} that XML forbids removed")
    return text


def positive(weight: float, where: tuple[str, str], changes: Changes) -> float:
    """The weight that Gephi is given: it removes an edge that weighs 0 and warns of less."""
    if weight > 0:
        return weight
    changes.add(
        f"weight of {words(where)}: {weight!r} written {LEAST_WEIGHT!r}, as Gephi drops an edge "
        f"without weight; the attribute {TRUE_WEIGHT} keeps it"
    )
    return LEAST_WEIGHT


def warn_of_null(value: str, name: str, where: str | tuple[str, str], changes: Changes) -> None:
    if value.strip().lower() == "null":
        changes.add(f"{name} of {words(where)}: Gephi will read {value!r} as no value")


def number(value: float, infinity: str = "Infinity") -> str:
    """A number as the readers want it.

    >>> number(0.5), number(float("-inf"), "INF"), number(float("nan"))
    ('0.5', '-INF', 'NaN')
    """
    return repr(value).replace("inf", infinity).replace("nan", "NaN")


def words(where: str | tuple[str, str]) -> str:
    """A node or an edge, for people."""
    return clean_id(where) if isinstance(where, str) else _pair(*map(clean_id, where))


def _pair(source: str, target: str) -> str:
    return f"{source} – {target}"


def _check_ids(graph: Graph) -> dict[str, str]:
    renamed: dict[str, str] = {}
    for node, row in graph.nodes.items():
        label = row.get("label", "")
        if type(node) is not str or type(label) is not str:
            raise TypeError(f"node {node!r} with label {label!r}: both must be strings")
        if (cleaned := clean_id(node)) != node:
            renamed[node] = cleaned
        if not cleaned:
            raise ValueError(f"node id {node!r} has no visible character")
    taken: dict[str, str] = {}
    for node, cleaned in renamed.items():
        other = cleaned if cleaned in graph else taken.setdefault(cleaned, node)
        if other != node:
            raise ValueError(f"node ids {other!r} and {node!r} differ only by invisible characters")
    return renamed


def _check_parallels(graph: Graph) -> None:
    """Edges that Gephi would merge; looked for between neighbours, which takes no memory."""
    own = graph.is_directed()
    multi = graph.is_multigraph()
    for source, neighbours in graph.adjacency():
        for target, data in neighbours.items():
            rows = list(data.values()) if multi else [data]
            seen = [(row.get("directed", own), kind_of(row)) for row in rows]
            if own and source < target and target in graph and source in graph[target]:
                back = graph[target][source]
                seen += [
                    (False, kind_of(row))
                    for row in (back.values() if multi else [back])
                    if not row.get("directed", own)
                ]
            if len(seen) > 1 and (twice := {one for one in seen if seen.count(one) > 1}):
                raise ValueError(
                    f"{_pair(source, target)}: two edges of kind {min(twice)[1]!r}; Gephi would "
                    "merge these parallel edges: add their weights, or give each a kind"
                )


class Columns:
    """The attributes met so far with their types; rows of a form met before are soon checked."""

    def __init__(self, element: str) -> None:
        self.element = element
        self.types: dict[str, type] = {}
        self.finite = True
        # names of the whole and of the decimal numbers in rows of a form
        self._known: dict[tuple[object, ...], tuple[list[str], list[str]]] = {}

    def in_order(self) -> dict[str, type]:
        return dict(sorted(self.types.items()))

    def numbers(self, block: Block) -> dict[str, list[Any]] | None:
        """The values of a block of edges if all have the same attributes, numbers seen before.

        None when there is anything to look at more closely, or to refuse.
        """
        columns = columns_of(block.rows)
        if columns is None or columns.keys() - {"weight"} != self.types.keys():
            return None
        weights = columns.setdefault("weight", [1] * len(block.rows))
        if set(map(type, weights)) <= {int, float} and (
            0 < min(weights) <= max(weights) <= _LARGEST
            and sum(weights) < math.inf  # not NaN either
            and all(_all_of(kind, columns[name]) for name, kind in self.types.items())
        ):
            return columns
        return None

    def take(self, where: str | tuple[str, str], row: Attributes) -> None:
        form = (*row, *map(type, row.values()))
        whole, decimal = self._known.get(form) or self._learn(form, where, row)
        for name in whole:
            if not -2147483648 <= row[name] < 2147483648:
                raise ValueError(
                    f"attribute {name}={row[name]!r} of {words(where)} is too large for an integer "
                    "of Gephi: make it a float or a str"
                )
        for name in decimal:
            if not -math.inf < row[name] < math.inf:
                self.finite = False

    def _learn(
        self, form: tuple[object, ...], where: str | tuple[str, str], row: Attributes
    ) -> tuple[list[str], list[str]]:
        for name, value in row.items():
            if name in _ELSEWHERE[self.element]:
                continue
            kind = type(value)
            if name not in self.types:
                _check_name(self.element, name, where)
                self._check_other_case(name, where)
                self.types[name] = kind
            if kind not in (int, float, str, bool):
                raise TypeError(
                    f"attribute {name}={value!r} ({kind.__name__}) of {words(where)} cannot be "
                    "exported: use bool, int, float or str, and leave out what is not known"
                )
            if kind is not self.types[name]:
                raise TypeError(
                    f"attribute {name}={value!r} of {words(where)} is {kind.__name__}, but "
                    f"{self.types[name].__name__} elsewhere: an attribute has one type"
                )
        if type(weight := row.get("weight", 1)) not in (int, float) and self.element == "edge":
            raise ValueError(f"weight of {words(where)} is {weight!r}: it is not a number")
        own = [name for name in row if name not in _ELSEWHERE[self.element]]
        whole = [name for name in own if type(row[name]) is int]
        decimal = [name for name in own if type(row[name]) is float]
        self._known[form] = whole, decimal
        return whole, decimal

    def _check_other_case(self, name: str, where: str | tuple[str, str]) -> None:
        for other in self.types:
            if other.lower() == name.lower():
                raise ValueError(
                    f"attributes {other!r} and {name!r} of {words(where)} differ by capitals only: "
                    "Gephi would take them for one; rename one"
                )


def _all_of(kind: type, values: Sequence[Any]) -> bool:
    """Whether all are whole numbers that Gephi can hold, or all are finite decimal numbers."""
    if set(map(type, values)) != {kind}:
        return False
    if kind is int:
        return bool(min(values) >= -2147483648 and max(values) < 2147483648)
    return kind is float and math.isfinite(sum(values))  # it is if every term is


def _is_light(weight: float, ends: tuple[str, str]) -> bool:
    if not -_LARGEST <= weight <= _LARGEST:
        raise ValueError(f"weight of {words(ends)} is {weight!r}: it is not a number")
    return True


def _check_way(row: Attributes, own: bool, ends: tuple[str, str]) -> bool:
    directed, kind = row.get("directed", own), row.get("kind", "")
    if type(directed) is not bool or type(kind) is not str:
        raise TypeError(
            f"edge {words(ends)}: directed is a bool, kind a str, not {directed!r}, {kind!r}"
        )
    return directed


def _check_name(element: str, name: object, where: str | tuple[str, str]) -> None:
    if type(name) is not str or not _NAME.fullmatch(name) or name.endswith(" "):
        raise ValueError(
            f"attribute {name!r} of {words(where)}: a name begins with a letter, and is made of "
            "letters, digits, single blanks and _ - ' ( ) . / % ° & +"
        )
    reserved = KEPT_BY_GEPHI | _ELSEWHERE[element] | (_FOR_EDGES if element == "edge" else set())
    if name.lower() in reserved:
        raise ValueError(
            f"attribute {name!r} of {words(where)}: Gephi keeps this {element} name for itself; "
            f"rename it (reserved: {', '.join(sorted(reserved))})"
        )
