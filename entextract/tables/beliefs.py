"""How much each finder and each link is believed: ``data/rules.csv``, ready to look up."""

from __future__ import annotations

from functools import cache
from typing import Literal

from entextract import tables

Part = Literal["finder", "link"]


def belief_of(part: Part, name: str) -> float:
    """How much a finder or a link is believed.

    Args:
        part: which of the two.
        name: ``title-before-name``, ``metonym:subject`` … of a finder; ``surname`` … of a link.

    Raises:
        ValueError: the table has no such rule.

    >>> belief_of("finder", "title-before-name") > belief_of("finder", "model")
    True
    >>> belief_of("link", "ambiguous")
    0.0
    """
    beliefs = _beliefs(part)
    if name not in beliefs:
        known = ", ".join(beliefs)
        raise ValueError(f"no {part} {name!r} in rules.csv; those known are {known}")
    return beliefs[name]


@cache
def _beliefs(part: Part) -> dict[str, float]:
    return {row.name: float(row.belief) for row in tables.rules() if row.part == part}
