"""Two CSV files for Gephi's « Import spreadsheet »."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from entextract.export.changes import Changes
from entextract.export.checks import (
    TRUE_WEIGHT,
    Value,
    clean,
    edges_of,
    number,
    positive,
    warn_of_null,
    words,
)
from entextract.export.plain import check_plain
from entextract.export.timeline import Timeline
from entextract.records.files import replacing

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]
    Where = str | tuple[str, str]

_DYNAMIC = ("interval", "timestamp")  # Gephi takes a CSV column so named for dates
_TIMES, _WEIGHTS = "Timeset", "weight_in_time"
_BREAKS = re.compile(r"\s*[\r\n]+\s*")
_FORMULA = re.compile(r"[=+\-@\t\r]")


def write_gephi_csv(
    graph: Graph,
    folder: str | Path,
    *,
    timeline: Timeline | None = None,
    neutralise_formulas: bool = False,
) -> None:
    """Write ``nodes.csv`` and ``edges.csv`` for Gephi's « Import spreadsheet », nodes first.

    Args:
        graph: a networkx graph whose nodes are strings.
        folder: where the two files go; it is made if need be.
        timeline: when each node and edge is spoken of, for a column ``Timeset``, which Gephi takes
            for their times, and ``weight_in_time``, the weight of an edge in each period.
        neutralise_formulas: put an apostrophe before a text that a spreadsheet would take for a
            formula (``=HYPERLINK(…)``). For files that go to Excel or LibreOffice: Gephi shows
            the apostrophe.

    Warns:
        ExportWarning: something could not be written as it stands.

    Raises:
        TypeError, ValueError: as ``write_gexf``; also for a column name that contains "interval"
            or "timestamp", which Gephi would take for dates, and for a node attribute "source" or
            "target", by which it would take the nodes for edges.
    """
    graph, shape = check_plain(graph, changes := Changes())
    for name in [*shape.nodes, *shape.edges]:
        if timeline and name.lower() == _WEIGHTS:
            raise ValueError(f"attribute {name!r}: this name is for the weights in time; rename it")
        if any(word in name.lower() for word in _DYNAMIC):
            raise ValueError(f"attribute {name!r}: Gephi takes a column so named for dates; rename")
    for name in shape.nodes:
        if name.lower() in ("source", "target"):
            raise ValueError(
                f"attribute {name!r} of nodes: Gephi would take them for edges; rename"
            )
    cell = _cell_writer(changes, neutralise_formulas)
    folder = Path(folder)
    with replacing(folder / "nodes.csv") as nodes, replacing(folder / "edges.csv") as edges:
        table = csv.writer(nodes, lineterminator="\n")
        table.writerow(["Id", "Label", *shape.nodes, *([_TIMES] if timeline else [])])
        for node, row in graph.nodes.items():
            written = shape.id(node)
            if written != node:
                changes.add(f"id of {node!r}: written {written!r}")
            values = [cell(row.get(name, ""), name, node) for name in ("label", *shape.nodes)]
            if timeline:
                values.append(_times(timeline, timeline.nodes.get(node, ())))
            table.writerow([cell(written, "id", node), *values])
        table = csv.writer(edges, lineterminator="\n")
        kind_header = ["Kind"] if shape.has_kinds else []
        extra = [TRUE_WEIGHT] if shape.light else []
        extra += [_TIMES, _WEIGHTS] if timeline else []
        table.writerow(["Source", "Target", "Type", *kind_header, "Weight", *shape.edges, *extra])
        for edge in edges_of(graph):
            ends = (edge.source, edge.target)
            line = [
                cell(shape.id(edge.source), "source", ends),
                cell(shape.id(edge.target), "target", ends),
                "Directed" if edge.directed else "Undirected",
                *([cell(edge.kind, "kind", ends)] if kind_header else []),
                number(positive(edge.weight, ends, changes)),
                *(cell(edge.row.get(name, ""), name, ends) for name in shape.edges),
                *([number(edge.weight) if edge.weight <= 0 else ""] if shape.light else []),
            ]
            if timeline:
                counts = timeline.of_edge(*ends, edge.kind)
                line += [_times(timeline, counts), _weights(timeline, counts)]
            table.writerow(line)
    if timeline:
        timeline.tell_undated(changes)
    changes.warn(folder)


def _times(timeline: Timeline, numbers: Iterable[int]) -> str:
    """Periods as Gephi reads them in a cell; nothing for what has no date, which is always there.

    >>> from entextract.records.calendar import Day
    >>> _times(Timeline([(Day(2024, 1, 1), Day(2024, 1, 31))]), [0])
    '<[2024-01-01T00:00:00, 2024-01-31T23:59:59]>'
    """
    spans = "; ".join(f"[{start}, {end}]" for start, end in timeline.intervals(numbers))
    return f"<{spans}>" if spans else ""


def _weights(timeline: Timeline, counts: Mapping[int, int]) -> str:
    spans = "; ".join(
        f"[{start}, {end}, {float(count)!r}]"
        for period, count in sorted(counts.items())
        for start, end in timeline.intervals([period])
    )
    return f"<{spans}>" if spans else ""


def _cell_writer(changes: Changes, neutralise: bool) -> Callable[[Value, str, Where], str]:
    def cell(value: Value, name: str, where: Where) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        if not isinstance(value, str):
            return number(value)
        text = clean(value, name, where, changes)
        warn_of_null(text, name, where, changes)
        line = _BREAKS.sub(" ", text).strip()
        if line != text:
            changes.add(f"{name} of {words(where)}: line breaks and outer blanks removed")
        if neutralise and _FORMULA.match(line):
            changes.add(f"{name} of {words(where)}: ' put before what looks like a formula")
            line = f"'{line}"
        # backslashes are doubled: to Gephi a single one is an escape character
        return line.replace("\\", "\\\\")

    return cell
