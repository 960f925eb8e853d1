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
    drawn = image_of(figure, kind, dpi=dpi)
    with replacing_bytes(path) as file:
        file.write(drawn)


def image_of(figure: Figure, kind: Literal["png", "svg"], *, dpi: int = 200) -> bytes:
    """The picture that ``write_image`` writes; in an SVG, text is text."""
    import matplotlib
    from matplotlib.text import Text

    # no hour, and ids that do not change from one writing to the next
    metadata: dict[str, Any] = {"Date": None} if kind == "svg" else {"Software": None}
    if kind == "svg":
        # with an effect, a text would be written as outlines, which no program edits or finds
        for text in figure.findobj(Text):
            text.set_path_effects([])
    drawn = BytesIO()
    with matplotlib.rc_context({"svg.hashsalt": "entextract", "svg.fonttype": "none"}):
        figure.savefig(drawn, format=kind, dpi=dpi, metadata=metadata, facecolor="white")
    return drawn.getvalue().replace(b"</style>", _HALO + b"</style>", 1)
