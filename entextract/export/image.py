"""Saves a matplotlib figure as PNG or SVG."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from entextract.records.files import replacing_bytes

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_HALO = b"text{paint-order:stroke;stroke:#fff;stroke-width:2.5px}"


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
    from matplotlib.text import Text

    # no hour, and ids that do not change from one writing to the next
    metadata: dict[str, Any] = {"Date": None} if kind == "svg" else {"Software": None}
    with (
        matplotlib.rc_context({"svg.hashsalt": "entextract", "svg.fonttype": "none"}),
        replacing_bytes(path) as file,
    ):
        if kind == "png":
            figure.savefig(file, format=kind, dpi=dpi, metadata=metadata, facecolor="white")
            return
        # with an effect, a text would be written as outlines, which no program edits or finds
        for text in figure.findobj(Text):
            text.set_path_effects([])
        drawn = BytesIO()
        figure.savefig(drawn, format=kind, dpi=dpi, metadata=metadata, facecolor="white")
        file.write(drawn.getvalue().replace(b"</style>", _HALO + b"</style>", 1))
