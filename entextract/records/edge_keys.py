"""What tells parallel edges apart: co-mention, or a relation that is stated, denied, or called for.

An edge's ``kind`` and ``status`` together make its key in a multigraph, and its kind in a file.
"""

from __future__ import annotations

COMENTION = "comention"  # the kind of an edge of co-mention, where relations stand beside it


def edge_key(kind: str, status: str) -> str:
    """What keeps apart the relations between two entities.

    >>> edge_key("accuse", "actual"), edge_key("accuse", "negated")
    ('accuse', 'accuse (negated)')
    """
    return kind if not kind or status == "actual" else f"{kind} ({status})"


def kind_of_key(key: str, status: str) -> str:
    """The kind that ``edge_key`` made a key of.

    >>> kind_of_key("accuse (negated)", "negated")
    'accuse'
    """
    return key.removesuffix(f" ({status})")
