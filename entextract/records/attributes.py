"""Names that no attribute of a graph can have: the values would be lost, or overwrite others."""

from __future__ import annotations

KEPT_BY_GEPHI = frozenset({"id", "timeset", "size", "color", "x", "y", "z"})
