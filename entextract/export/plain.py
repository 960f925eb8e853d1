"""Makes plain the values that users put into a graph: of numpy, missing, whole among decimal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from entextract.export.changes import Changes
from entextract.export.checks import Shape, check

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]

_PLAIN = (bool, int, float, str)


def check_plain(graph: Graph, changes: Changes) -> tuple[Graph, Shape]:
    """A graph that can be exported, and its shape: the graph itself, or a copy with plain values.

    Numpy's numbers and texts become those of Python, whole numbers among decimal ones decimal, and
    attributes that are None are left out; the changes say so, a sentence for each attribute.

    Raises:
        TypeError, ValueError: as ``check``.

    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_node("a", rank=np.int64(3), parti=None)
    >>> plain, shape = check_plain(graph, changes := Changes())
    >>> plain.nodes["a"], shape.nodes
    ({'rank': 3}, {'rank': <class 'int'>})
    >>> list(changes)
    ['rank of 1 node: int64 written as int', 'parti of 1 node: None left out']
    """
    try:
        return graph, check(graph)
    except (TypeError, ValueError):
        plain = graph.copy()
        changed = [
            *_made_plain("node", plain.nodes.values()),
            *_made_plain("edge", [row for *_, row in plain.edges(data=True)]),
        ]
        if not changed:
            raise
        shape = check(plain)
        for sentence in changed:
            changes.add(sentence)
        return plain, shape


def _made_plain(element: str, given: Iterable[Any]) -> list[str]:
    """Change the rows, and say in words what was changed."""
    rows: list[dict[str, Any]] = list(given)
    told: Counter[tuple[str, str]] = Counter()
    types: dict[str, set[type]] = defaultdict(set)
    for row in rows:
        for name, value in list(row.items()):
            if value is None:
                del row[name]
                told[name, "None left out"] += 1
                continue
            if type(value) not in _PLAIN:
                row[name] = _plain(value)
                if type(row[name]) in _PLAIN:
                    made = type(row[name]).__name__
                    told[name, f"{type(value).__name__} written as {made}"] += 1
            types[name].add(type(row[name]))
    for name in [name for name, found in types.items() if found == {int, float}]:
        whole = [row for row in rows if type(row.get(name)) is int]
        for row in whole:
            row[name] = float(row[name])
        if name != "weight":  # which is always written as a decimal number
            told[name, "whole numbers written as decimal ones, as the others are"] = len(whole)
    return [
        f"{name} of {count} {element}{'s' if count > 1 else ''}: {how}"
        for (name, how), count in told.items()
    ]


def _plain(value: object) -> object:
    """The value of Python that a scalar of numpy, or of a type made of a plain one, stands for."""
    if isinstance(value, np.generic):
        return value.item()
    return next((kind(value) for kind in _PLAIN[1:] if isinstance(value, kind)), value)
