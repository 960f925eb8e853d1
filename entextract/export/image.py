"""Saves a matplotlib figure as PNG or SVG."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from entextract.records.files import replacing_bytes

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def write_image(
    figure: Figure, path: str | Path, kind: Literal["png", "svg"], *, dpi: int = 200
) -> None:
    """Write a picture; the same figure always gives the same file.

    Args:
        figure: what to save.
        path: the file; missing folders are made.
        kind: ``"png"`` or ``"svg"``.
        dpi: points per inch of a PNG.
    """
    import matplotlib

    # no hour, and ids that do not change from one writing to the next
    metadata: dict[str, Any] = {"Date": None} if kind == "svg" else {"Software": None}
    with (
        matplotlib.rc_context({"svg.hashsalt": "entextract"}),
        replacing_bytes(path) as file,
    ):
        figure.savefig(file, format=kind, dpi=dpi, metadata=metadata, facecolor="white")
