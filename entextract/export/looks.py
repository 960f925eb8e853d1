"""Colours and sizes of nodes, the same in every picture and every file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Any

# Okabe and Ito's palette: told apart by colour-blind readers too
COLOURS = {"PER": "#E69F00", "COUNTRY": "#0072B2", "ORG": "#009E73", "LOC": "#CC79A7"}
OTHER_COLOUR = "#999999"
# Paul Tol's "muted" scheme, told apart by colour-blind readers too; further communities are grey
PALETTE = (
    "#332288",  # indigo
    "#DDCC77",  # sand
    "#CC6677",  # rose
    "#117733",  # green
    "#88CCEE",  # cyan
    "#882255",  # wine
    "#44AA99",  # teal
    "#999933",  # olive
    "#AA4499",  # purple
)
# what a tie is: of the same palette, apart for colour-blind readers too
TONES = {
    "plain": "#8a95a1",
    "fact": "#7a6fb0",
    "cooperation": "#0a8f8f",
    "conflict": "#c2410c",
}
SMALLEST, LARGEST = 10.0, 60.0  # node sizes; Gephi's own default is 10
ROOM = 3.0  # how many times its size a node has for itself, so that the page draws it that large


def colours_of(values: Iterable[Any], weights: Iterable[float] = ()) -> dict[str, str]:
    """A colour for each value: types have their own, of others the most frequent are told apart.

    >>> colours_of(["PER", "ORG"])
    {'ORG': '#009E73', 'PER': '#E69F00'}
    >>> colours_of([2, 2, 1])
    {'2': '#332288', '1': '#DDCC77'}

    Args:
        values: one for each node.
        weights: how much each value counts, such as mentions; 1 if not given.
    """
    # 0 is no community, and an empty text says nothing: both are grey
    counts: dict[str, float] = {}
    for value, weight in zip_longest(values, weights, fillvalue=1):
        if value not in (None, 0, ""):
            counts[str(value)] = counts.get(str(value), 0) + max(weight, 0)
    if counts.keys() <= COLOURS.keys():
        return {name: COLOURS[name] for name in sorted(counts)}
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    return {
        name: PALETTE[rank] if rank < len(PALETTE) else OTHER_COLOUR
        for rank, name in enumerate(ranked)
    }


def colours_by(rows: Iterable[Mapping[str, Any]], name: str) -> dict[str, str]:
    """The colours of an attribute of nodes: the values of the most mentioned are told apart.

    Communities are ranked by how many they are, as they are numbered.

    >>> rows = [{"country": "FR"}, {"country": "FR"}, {"country": "ML", "mentions": 5}]
    >>> colours_by(rows, "country")
    {'ML': '#332288', 'FR': '#DDCC77'}
    """
    nodes = [*rows]
    weights = [1.0 if name == "community" else _mentions(row) for row in nodes]
    return colours_of([row.get(name) for row in nodes], weights)


def _mentions(row: Mapping[str, Any]) -> float:
    said = row.get("mentions")
    return said if isinstance(said, int | float) and 0 < said < math.inf else 1.0


def node_size(value: object, most: float) -> float:
    """Size of a node: its area grows with its mentions, or with another measure.

    >>> node_size(0, 400), node_size(100, 400), node_size(400, 400)
    (10.0, 35.0, 60.0)
    """
    if not isinstance(value, int | float) or most <= 0 or not math.isfinite(value):
        return SMALLEST
    return SMALLEST + (LARGEST - SMALLEST) * math.sqrt(max(value, 0) / most)


def largest(rows: Iterable[Mapping[str, Any]], name: str) -> float:
    """The largest finite number under a name, 0 if there is none.

    >>> largest([{"mentions": 3}, {}, {"mentions": 8}], "mentions")
    8
    """
    numbers = (row.get(name) for row in rows)
    return max((n for n in numbers if isinstance(n, int | float) and math.isfinite(n)), default=0)
