"""Pajek's .net: nodes by number and label, then the edges of each kind."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from entextract.export.changes import Changes
from entextract.export.checks import clean, edges_of, number
from entextract.export.plain import check_plain
from entextract.records.files import replacing

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]

_BLANKS = re.compile(r"\s+")
_MARK = "\ufeff"  # without which Pajek does not read UTF-8


def write_pajek(graph: Graph, path: str | Path) -> None:
    """Write a network for Pajek: labels, weights, directions and kinds; no other attribute.

    Args:
        graph: a networkx graph whose nodes are strings.
        path: the file; missing folders are made.

    Warns:
        ExportWarning: something could not be written as it stands.

    Raises:
        TypeError, ValueError: as ``write_gexf``.
    """
    graph, _shape = check_plain(graph, changes := Changes())
    numbers = {node: place for place, node in enumerate(graph, start=1)}
    lines: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for edge in edges_of(graph):
        ends = f"{numbers[edge.source]} {numbers[edge.target]}"
        lines[edge.kind, edge.directed].append(f"{ends} {number(edge.weight)}\n")
    kinds = {kind: place for place, kind in enumerate(sorted({kind for kind, _ in lines}), start=1)}
    with replacing(path) as file:
        file.write(f"{_MARK}*Vertices {len(graph)}\n")
        for node, place in numbers.items():
            label = clean(graph.nodes[node].get("label", "") or node, "label", node, changes)
            shown = _BLANKS.sub(" ", label.replace('"', "'")).strip()
            if shown != label:
                changes.add(f"label of {node}: written {shown!r}")
            file.write(f'{place} "{shown}"\n')
        for (kind, directed), rows in sorted(lines.items()):
            named = f' :{kinds[kind]} "{kind}"' if kind else ""
            file.write(f"*{'Arcs' if directed else 'Edges'}{named}\n")
            file.writelines(rows)
    changes.warn(path)
