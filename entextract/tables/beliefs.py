"""How much finders, links, votes and suspicions are believed: ``data/rules.csv``, to look up."""

from __future__ import annotations

from functools import cache
from typing import Literal

from entextract import tables

Part = Literal["actor", "finder", "link", "no-person", "person", "suspect", "vote"]


def belief_of(part: Part, name: str) -> float:
    """How much a rule of the table is believed.

    Args:
        part: which kind of rule.
        name: ``title-before-name``, ``metonym:subject`` … of a finder; ``surname`` … of a link;
            ``same-name`` … of a suspect; ``short-form`` … of a vote.

    Raises:
        ValueError: the table has no such rule.

    >>> belief_of("finder", "title-before-name") > belief_of("finder", "model")
    True
    >>> belief_of("link", "ambiguous")
    0.0
    """
    known = beliefs(part)
    if name not in known:
        names = ", ".join(known)
        raise ValueError(f"no {part} {name!r} in rules.csv; those known are {names}")
    return known[name]


@cache
def beliefs(part: Part) -> dict[str, float]:
    """How much each rule of one kind is believed, by its name."""
    return {row.name: float(row.belief) for row in tables.rules() if row.part == part}
