"""Which file a graph is written to, by its ending."""

from __future__ import annotations

from enum import StrEnum
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entextract.cli.screen import fail

if TYPE_CHECKING:
    from entextract.graph.entity_graph import EntityGraph

ENDINGS = (".gexf", ".gexf.gz", ".html", ".json", ".graphml", ".gml", ".net", ".png", ".svg")

NEO4J = "/neo4j"  # no ending of a file


class Unit(StrEnum):
    """Lengths of the periods of a time line."""

    week = "week"
    month = "month"
    year = "year"


def ending_of(out: Path, dynamic: Unit | None, neo4j: bool = False) -> str:
    """The ending of a file, empty for a folder; an ending that is not ours ends the command.

    The folder for Neo4j has an ending of its own.
    """
    ending = next((one for one in ENDINGS if out.name.endswith(one)), out.suffix)
    if ending not in ("", *ENDINGS) and not out.is_dir():
        told = _("{path}: no graph is written as {ending}; choose {endings} or a folder")
        fail(told.format(path=out, ending=ending, endings=", ".join(ENDINGS)))
    if neo4j:
        if ending or dynamic:
            fail(_("--neo4j writes a folder, without time: -o neo4j/"))
        return NEO4J
    if dynamic and ending and not ending.startswith(".gexf"):
        told = _("{path}: only a .gexf or a folder has a time line; --dynamic is for Gephi")
        fail(told.format(path=out))
    return ending


def write_graph(
    drawn: EntityGraph,
    out: Path,
    ending: str,
    dynamic: Unit | None,
    english: bool,
    looks: dict[str, Any],
    picture: dict[str, Any],
) -> None:
    """Write the file, with colours and sizes by ``looks``; a picture has options of its own."""
    lang: Any = "en" if english else "fr"
    time: Any = dynamic.value if dynamic else None
    if ending in (".gexf", ".gexf.gz"):
        drawn.to_gexf(out, dynamic=time, **looks)
    elif ending == ".html":
        drawn.to_html(out, lang=lang, title=picture["title"], **looks)
    elif ending == ".json":
        drawn.to_json(out)
    elif ending == ".graphml":
        drawn.to_graphml(out)
    elif ending == ".gml":
        drawn.to_gml(out)
    elif ending == ".net":
        drawn.to_pajek(out)
    elif ending == ".png":
        drawn.to_png(out, **picture, **looks, lang=lang)
    elif ending == ".svg":
        options = {name: picture[name] for name in picture if name != "dpi"}
        drawn.to_svg(out, **options, **looks, lang=lang)
    elif ending == NEO4J:
        drawn.to_neo4j(out)
    else:
        drawn.to_gephi_csv(out, dynamic=time)
