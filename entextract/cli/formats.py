"""Which file a graph is written to, by its ending."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entextract.cli.screen import fail

if TYPE_CHECKING:
    from entextract.graph.entity_graph import EntityGraph

ENDINGS = (".gexf", ".gexf.gz", ".html", ".json", ".graphml", ".png", ".svg")


class Unit(StrEnum):
    """Lengths of the periods of a time line."""

    week = "week"
    month = "month"
    year = "year"


def ending_of(out: Path, dynamic: Unit | None) -> str:
    """The ending of a file, empty for a folder; an ending that is not ours ends the command."""
    ending = next((one for one in ENDINGS if out.name.endswith(one)), out.suffix)
    if ending not in ("", *ENDINGS) and not out.is_dir():
        fail(f"{out}: no graph is written as {ending}; choose {', '.join(ENDINGS)} or a folder")
    if dynamic and not ending.startswith(".gexf"):
        fail(f"{out}: only a .gexf has a time line; --dynamic is for Gephi")
    return ending


def write_graph(
    drawn: EntityGraph,
    out: Path,
    ending: str,
    dynamic: Unit | None,
    english: bool,
    looks: tuple[str, str],
) -> None:
    """Write the file, with colours and sizes by ``looks``."""
    color_by, size_by = looks
    if ending in (".gexf", ".gexf.gz"):
        time: Any = dynamic.value if dynamic else None
        drawn.to_gexf(out, dynamic=time, color_by=color_by, size_by=size_by)
    elif ending == ".html":
        if color_by not in ("type", "community"):
            fail(f"--color-by {color_by}: a page has colours by type or by community")
        by: Any = color_by
        drawn.to_html(out, lang="en" if english else "fr", color_by=by, size_by=size_by)
    elif ending == ".json":
        drawn.to_json(out)
    elif ending == ".graphml":
        drawn.to_graphml(out)
    elif ending == ".png":
        drawn.to_png(out, color_by=color_by, size_by=size_by)
    elif ending == ".svg":
        drawn.to_svg(out, color_by=color_by, size_by=size_by)
    else:
        drawn.to_gephi_csv(out)
