"""GEXF 1.3 for Gephi and Gephi Lite, static or dynamic, an element at a time."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar
from xml.sax.saxutils import escape

from entextract import __version__
from entextract.export.blocks import Block, edge_blocks
from entextract.export.changes import Changes
from entextract.export.checks import (
    TRUE_WEIGHT,
    Attributes,
    Columns,
    Shape,
    clean,
    clean_xml,
    kind_of,
    number,
    positive,
    presume,
)
from entextract.export.gexf_values import (
    NumberTexts,
    Where,
    number_template,
    safe,
    values_writer,
    without_inf,
)
from entextract.export.looks import OTHER_COLOUR, colours_by, largest, node_size
from entextract.export.plain import check_plain
from entextract.export.quotations import Quotation, Quotations
from entextract.export.timeline import Timeline
from entextract.records.files import replacing

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]
    Points = Mapping[str, tuple[float, float]]

QUOTATION = "quotation"  # quotation1, quotation2 …
_TYPES = {bool: "boolean", int: "integer", float: "double", str: "string"}
_Key = TypeVar("_Key")
_MOST_KEPT = 200_000  # ids, or sentences


def write_gexf(
    graph: Graph,
    path: str | Path,
    *,
    description: str = "",
    date: str = "",
    positions: Points | None = None,
    color_by: str = "type",
    size_by: str = "mentions",
    quotations: Quotations | None = None,
) -> None:
    """Write a static GEXF; compressed, for Gephi only, if the path ends in ``.gexf.gz``.

    The node attribute ``label`` becomes the label, the edge attribute ``weight`` the weight (1 if
    there is none) and ``kind`` the kind that tells parallel edges apart. An edge's ``directed``
    may differ from the graph's own: then every edge says what it is, as mixed graphs must.

    Args:
        graph: a networkx graph whose nodes are strings.
        path: the file; missing folders are made.
        description: what the graph shows, for the ``meta`` element.
        date: ``YYYY-MM-DD``, the state of the data. It is not the day of writing, so that the
            same graph always gives the same file; left out when empty.
        positions: where to draw each node; without it Gephi scatters them at random.
        color_by: node attribute that gives the colour.
        size_by: node attribute that gives the size.
        quotations: sentences for the attributes ``quotation1``, ``quotation2`` …

    Warns:
        ExportWarning: something could not be written as it stands.

    Raises:
        TypeError: an attribute is not a bool, int, float or str, nor made one by ``check_plain``,
            or not the same type throughout.
        ValueError: a name is reserved, an id is empty or not unique, a weight is not a number,
            two edges would be merged, or the date is not a date.
    """
    quoted = quotations or Quotations()
    looks = positions or {}, color_by, size_by, quoted
    # without attributes, an edge has an element or none, as it is quoted or not
    if (presumed := presume(graph)) and (presumed[0].edges or not quoted.edges):
        with suppress(_Unlike):
            writer = _Writer(graph, presumed[0], Changes(), *looks)
            writer.write(path, description, date, presumed[1])
            return
    graph, shape = check_plain(graph, changes := Changes())
    _Writer(graph, shape, changes, *looks).write(path, description, date)


def write_dynamic_gexf(
    graph: Graph,
    path: str | Path,
    *,
    timeline: Timeline,
    description: str = "",
    date: str = "",
    positions: Points | None = None,
    color_by: str = "type",
    size_by: str = "mentions",
    quotations: Quotations | None = None,
) -> None:
    """Write a dynamic GEXF, for Gephi's time line; Gephi Lite ignores time: give it a static one.

    Nodes and edges have spells, merged where one period follows another; edges have a weight for
    each period. What has no date has no spell: Gephi shows it at any time.

    Args:
        graph: as for ``write_gexf``, which explains the other arguments too.
        path: the file.
        timeline: when each node and edge is spoken of.
        description: what the graph shows.
        date: the state of the data.
        positions: where to draw each node.
        color_by: node attribute that gives the colour.
        size_by: node attribute that gives the size.
        quotations: sentences that travel with nodes and edges.

    Warns:
        ExportWarning: something could not be written as it stands.

    Raises:
        TypeError, ValueError: as ``write_gexf``.
    """
    quoted = quotations or Quotations()
    looks = positions or {}, color_by, size_by, quoted
    graph, shape = check_plain(graph, changes := Changes())
    _Writer(graph, shape, changes, *looks, timeline).write(path, description, date)


class _Writer:
    """One file being written."""

    def __init__(
        self,
        graph: Graph,
        shape: Shape,
        changes: Changes,
        positions: Points,
        color_by: str,
        size_by: str,
        quotations: Quotations,
        timeline: Timeline | None = None,
    ) -> None:
        self.graph = graph
        self.shape = shape
        self.positions = positions
        self.color_by, self.size_by = color_by, size_by
        self.quotations = quotations
        self.timeline = timeline
        self.changes = changes
        self.node_quotes = _depth(quotations.nodes.values())
        self.edge_quotes = _depth(quotations.edges.values())
        self._quoted = _Quoted(quotations, changes)
        for element, columns in (("node", self.shape.nodes), ("edge", self.shape.edges)):
            if (self.node_quotes or self.edge_quotes) and f"{QUOTATION}1" in columns:
                raise ValueError(
                    f"attribute {QUOTATION}1 of a {element}: this name is for the quotations that "
                    "are written with the graph; rename it, or write none"
                )

    def write(
        self, path: str | Path, description: str, date: str, alike: Columns | None = None
    ) -> None:
        """Write all; ``alike`` if the edges are presumed to be, and are still to be checked."""
        modified = datetime.date.fromisoformat(date).isoformat() if date else ""
        with replacing(path) as file:
            self._open(file, modified, description)
            file.write("    <nodes>\n")
            self._write_nodes(file)
            file.write("    </nodes>\n    <edges>\n")
            if alike is None:
                self._write_edges(file)
            else:
                file.writelines(self._alike_edges(alike))
            file.write("    </edges>\n  </graph>\n</gexf>\n")
        if self.timeline:
            self.timeline.tell_undated(self.changes)
        self.changes.warn(path)

    def _open(self, file: TextIO, modified: str, description: str) -> None:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz"')
        file.write(' version="1.3">\n')
        file.write(f"  <meta{_attribute('lastmodifieddate', modified)}>")
        file.write(f"<creator>entextract {__version__}</creator>")
        file.write(f"<description>{escape(clean_xml(description))}</description></meta>\n")
        # a default direction makes Gephi refuse every edge of the other one
        mixed = self.shape.direction == "mixed"
        default = "" if mixed else f' defaultedgetype="{self.shape.direction}"'
        if self.timeline is None:
            file.write(f'  <graph{default} mode="static">\n')
        else:
            file.write(f'  <graph{default} mode="dynamic" timeformat="dateTime"')
            file.write(' timerepresentation="interval" timezone="UTC">\n')
            # before the static block: Gephi Lite types only the last block of each class
            file.writelines(_columns("edge", {"weight": float}, 0, mode="dynamic"))
        file.writelines(_columns("node", self.shape.nodes, self.node_quotes))
        extra: dict[str, type] = {TRUE_WEIGHT: float} if self.shape.light else {}
        file.writelines(_columns("edge", self.shape.edges | extra, self.edge_quotes))

    def _write_nodes(self, file: TextIO) -> None:
        rows = self.graph.nodes
        colours = colours_by(rows.values(), self.color_by)
        paints = {name: _paint(colour) for name, colour in colours.items()}
        other = _paint(OTHER_COLOUR)
        most = largest(rows.values(), self.size_by)
        values = values_writer(self.shape.nodes, self.changes)
        for node, row in rows.items():
            written = self.shape.id(node)
            if written != node:
                self.changes.add(f"id of {node!r}: written {written!r}")
            label = clean(row.get("label", ""), "label", node, self.changes)
            quotes = self.quotations.nodes.get(node, ())
            inside = values(row, node) + self._quoted.elements(quotes, node)
            if inside:
                inside = f"        <attvalues>\n{inside}        </attvalues>\n"
            if self.timeline is not None:
                inside += _spells(self.timeline, self.timeline.nodes.get(node, ()))
            # "value" stands first: Gephi reads no size otherwise
            inside += f'        <viz:size value="{node_size(row.get(self.size_by), most):.1f}"/>\n'
            if node in self.positions:
                x, y = self.positions[node]
                inside += f'        <viz:position x="{x:.1f}" y="{y:.1f}" z="0.0"/>\n'
            named = f' label="{safe(label)}"' if label else ""
            colour = paints.get(str(row.get(self.color_by)), other)
            file.write(f'      <node id="{safe(written)}"{named}>\n{inside}{colour}      </node>\n')

    def _write_edges(self, file: TextIO) -> None:
        values = values_writer(self.shape.edges, self.changes, "", "", self.shape.finite)
        written = _Written(self.shape.renamed)
        own = self.graph.is_directed()
        varied = self.shape.has_kinds or self.shape.direction == "mixed"
        way, kind = str(self.shape.direction), ""
        if not (varied or self.shape.light or self.edge_quotes or self.timeline):
            file.writelines(self._plain_edges(values, written))
            return
        for count, (source, target, row) in enumerate(self.graph.edges(data=True)):
            ends = (source, target)
            if varied:
                way = "directed" if row.get("directed", own) else "undirected"
                kind = kind_of(row)
            weight = float(row.get("weight", 1))
            inside = values(row, ends)
            if self.edge_quotes:
                inside += self._quoted.elements(self.quotations.of_edge(source, target, kind), ends)
            if weight <= 0:
                inside += _value(TRUE_WEIGHT, number(weight))
                weight = positive(weight, ends, self.changes)
            spells = ""
            if self.timeline is not None:
                counts = self.timeline.of_edge(source, target, kind)
                inside += _weights(self.timeline, counts)
                spells = _spells(self.timeline, counts)
            if kind:
                kind = _attribute("kind", clean(kind, "kind", ends, self.changes))
            if inside:
                inside = f"<attvalues>{inside}</attvalues>"
            rest = f">{inside}{spells}</edge>\n" if inside or spells else "/>\n"
            file.write(
                f'      <edge id="{count}" source="{written[source]}" target="{written[target]}" '
                f'type="{way}"{kind} weight="{weight!r}"{rest}'
            )

    def _plain_edges(
        self, values: Callable[[Attributes, Where], str], written: _Written
    ) -> Iterator[str]:
        """Edges that have nothing but a weight and attributes, in a few lines: most files."""
        for rank, (source, target, row) in enumerate(self.graph.edges(data=True)):
            inside = values(row, (source, target))
            rest = f"><attvalues>{inside}</attvalues></edge>\n" if inside else "/>\n"
            yield (
                f'      <edge id="{rank}" source="{written[source]}" target="{written[target]}" '
                f'type="{self.shape.direction}" weight="{float(row.get("weight", 1))!r}"{rest}'
            )

    def _alike_edges(self, expected: Columns) -> Iterator[str]:
        """Edges of the same attributes, all numbers, quoted or not: checked and written at once."""
        written = _Written(self.shape.renamed)
        inside = bool(self.shape.edges or self.edge_quotes)
        start, end = ("><attvalues>", "</attvalues></edge>\n") if inside else ("/>\n", "")
        values = "".join(map(number_template, self.shape.edges))
        texts = NumberTexts(f'" type="{self.shape.direction}" weight="%r"{start}{values}')
        done = 0
        for block in edge_blocks(self.graph):
            columns = expected.numbers(block)
            if columns is None:
                raise _Unlike
            weights = [*map(float, columns["weight"])]
            some = len(block.rows)
            pieces = zip(
                map('      <edge id="%d" source="'.__mod__, range(done, done + some)),
                map(written.__getitem__, block.sources),
                repeat('" target="', some),
                map(written.__getitem__, block.targets),
                texts.of([weights, *(columns[name] for name in self.shape.edges)]),
                *([self._quoted.of_edges(block)] if self.edge_quotes else []),
                repeat(end, some),
                strict=True,
            )
            yield "".join(chain.from_iterable(pieces))
            done += some


class _Quoted:
    """Quotations as they stand in a file, each made once: it may stand at many edges."""

    def __init__(self, quotations: Quotations, changes: Changes) -> None:
        self._quotations = quotations
        self._changes = changes
        self._values: dict[Quotation, str] = {}
        # by the identity of their list, which edges share: eight texts need not be compared
        self._alone: dict[int, str] = {}

    def of_edges(self, block: Block) -> Iterator[str]:
        """The elements of what is quoted of each edge."""
        for ends in zip(block.sources, block.targets, strict=True):
            quotations = self._quotations.of_edge(*ends)
            if len(quotations) == 1:
                yield self._alone.get(id(quotations)) or self._element(quotations, ends)
            else:
                yield self.elements(quotations, ends)

    def elements(self, quotations: Sequence[Quotation], where: Where) -> str:
        """The elements of what is quoted of a node or an edge, best first."""
        inside = ""
        for rank, one in enumerate(quotations, start=1):
            name = f"{QUOTATION}{rank}"
            value = self._values.get(one)
            if value is None:
                value, is_clean = self._value(one, name, where)
                if is_clean:
                    _keep(self._values, one, value)
            inside += _value(name, value)
        return inside

    def _element(self, quotations: Sequence[Quotation], where: Where) -> str:
        name = f"{QUOTATION}1"
        value, is_clean = self._value(quotations[0], name, where)
        element = _value(name, value)
        if is_clean:
            _keep(self._alone, id(quotations), element)
        return element

    def _value(self, one: Quotation, name: str, where: Where) -> tuple[str, bool]:
        """A quotation, and whether nothing was removed from it, which is told for each place."""
        text = str(one)
        is_clean = text.isprintable()
        if not is_clean:
            text = clean(text, name, where, self._changes)
        return safe(without_inf(text)), is_clean


def _keep(kept: dict[_Key, str], key: _Key, text: str) -> None:
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    kept[key] = text


class _Unlike(Exception):
    """Some edges have other attributes than the first ones: the file is begun again."""


class _Written(dict[str, str]):
    """The ids as they stand in the file; of many only the last are kept, to spare memory."""

    def __init__(self, renamed: Mapping[str, str]) -> None:
        self._renamed = renamed

    def __missing__(self, node: str) -> str:
        if len(self) >= _MOST_KEPT:
            self.clear()
        written = self[node] = safe(self._renamed.get(node, node))
        return written


def _spells(timeline: Timeline, numbers: Iterable[int]) -> str:
    spells = "".join(
        f'          <spell start="{start}" end="{end}"/>\n'
        for start, end in timeline.intervals(numbers)
    )
    return f"        <spells>\n{spells}        </spells>\n" if spells else ""


def _weights(timeline: Timeline, counts: Mapping[int, int]) -> str:
    return "".join(
        f'          <attvalue for="weight" value="{float(count)!r}" start="{start}" end="{end}"/>\n'
        for period, count in sorted(counts.items())
        for start, end in timeline.intervals([period])
    )


def _depth(lists: Iterable[Sequence[Quotation]]) -> int:
    return max(map(len, lists), default=0)


def _attribute(name: str, value: str) -> str:
    return f' {name}="{safe(clean_xml(value))}"' if value else ""


def _paint(colour: str) -> str:
    r, g, b = bytes.fromhex(colour[1:])
    return f'        <viz:color r="{r}" g="{g}" b="{b}" a="1.0"/>\n'


def _value(name: str, value: str) -> str:
    return f'          <attvalue for="{name}" value="{value}"/>\n'


def _columns(
    element: str, columns: Mapping[str, type], quotes: int, *, mode: str = "static"
) -> Iterator[str]:
    names = {name: _TYPES[kind] for name, kind in columns.items()}
    names |= {f"{QUOTATION}{rank}": "string" for rank in range(1, quotes + 1)}
    if not names:
        return
    yield f'    <attributes class="{element}" mode="{mode}">\n'
    for name, kind in names.items():
        yield f'      <attribute id="{safe(name)}" title="{safe(name)}" type="{kind}"/>\n'
    yield "    </attributes>\n"
