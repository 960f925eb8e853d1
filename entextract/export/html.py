"""One HTML page that shows the graph and its sentences, and fetches nothing.

The page's own code, in ``page/``, is modules of one idea each; here they are put into the page,
with the data as JSON in which no tag can end. A security policy forbids the browser to load
anything or to run another script. What articles say is put on the page as text only.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from entextract import __version__
from entextract.export.changes import Changes
from entextract.export.checks import clean, clean_xml
from entextract.export.looks import COLOURS, OTHER_COLOUR, PALETTE, ROOM, SMALLEST, TONES
from entextract.export.page_data import Said, edges_of_page, in_script, nodes_of_page
from entextract.export.plain import check_plain
from entextract.export.quotations import Quotations
from entextract.export.timeline import Tallies
from entextract.export.wording import WORDS, Language, tones, words_of
from entextract.records.calendar import name_of
from entextract.records.files import replacing

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]
    Points = Mapping[str, tuple[float, float]]

# modules of the page's code, each after those that it imports
_MODULES = (
    "text", "model", "camera", "scene", "gl", "lines", "layer", "atlas", "webgl", "canvas",
    "evidence", "files", "decisions", "draft", "address", "histogram", "tables", "pointer",
    "reading", "controls", "main",
)  # fmt: skip
_IMPORT = re.compile(r'^import (?:\* as )?(\{[^}]*\}|\w+) from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:const|function|class) (\w+))", re.MULTILINE)
_MOST_ROWS = 5000  # of the table for browsers without scripts


def write_html(
    graph: Graph,
    path: str | Path,
    *,
    positions: Points,
    title: str = "",
    lang: Language = "fr",
    size_by: str = "mentions",
    color_by: str = "type",
    quotations: Quotations | None = None,
    tallies: Tallies | None = None,
    forms: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Write the page, for any recent browser; it works without a network.

    Args:
        graph: a networkx graph whose nodes are strings. The node attributes ``label``, ``type``
            and, if they are there, ``community``, ``country`` and others serve to name, colour and
            filter.
        path: the file; missing folders are made.
        positions: where to draw each node.
        title: above the page.
        lang: language of the page, ``"fr"`` or ``"en"``.
        size_by: node attribute that gives the size.
        color_by: node attribute that gives the colour at first.
        quotations: sentences behind the nodes and the edges.
        tallies: how often each is spoken of, by period and newspaper, for the filters.
        forms: other spellings of the names, to be searched and marked in the sentences.

    Warns:
        ExportWarning: something could not be written as it stands.

    Raises:
        TypeError, ValueError: as ``write_gexf``; also for an unknown language or colour.
    """
    pieces, changes = _pieces_and_changes(
        graph, positions, title, lang, size_by, color_by, quotations, tallies, forms
    )
    with replacing(path) as file:
        file.writelines(pieces)
    changes.warn(path)


def page(
    graph: Graph,
    *,
    positions: Points,
    title: str = "",
    lang: Language = "fr",
    size_by: str = "mentions",
    color_by: str = "type",
    quotations: Quotations | None = None,
    tallies: Tallies | None = None,
    forms: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """The page as text; the arguments are those of ``write_html``.

    Warns:
        ExportWarning: something could not be written as it stands.
    """
    pieces, changes = _pieces_and_changes(
        graph, positions, title, lang, size_by, color_by, quotations, tallies, forms
    )
    changes.warn("page")
    return "".join(pieces)


def _pieces_and_changes(
    graph: Graph,
    positions: Points,
    title: str,
    lang: Language,
    size_by: str,
    color_by: str,
    quotations: Quotations | None,
    tallies: Tallies | None,
    forms: Mapping[str, Sequence[str]] | None,
) -> tuple[list[str], Changes]:
    if lang not in get_args(Language):
        raise ValueError(f"no page in {lang!r}: choose {' or '.join(get_args(Language))}")
    graph, shape = check_plain(graph, changes := Changes())
    known = {"type", *shape.nodes}
    if color_by not in known and graph:
        raise ValueError(f"color_by is {color_by!r}: the nodes have {', '.join(sorted(known))}")
    tallies = tallies or Tallies()
    said = Said(quotations or Quotations(), tallies)
    nodes = nodes_of_page(graph, shape, positions, size_by, said, forms or {}, changes)
    data = {
        "nodes": in_script(nodes),
        "edges": edges_of_page(graph, said, changes),
        "articles": said.articles(),
        "sentences": said.sentences(),
    }
    settings = {
        "periods": [name_of(span) for span in tallies.periods],
        "sources": [clean_xml(name) for name in tallies.sources],
        "colours": {"type": COLOURS, "palette": PALETTE, "other": OTHER_COLOUR},
        "edgeColours": TONES,
        "tones": tones(),
        "colourBy": color_by,
        "sizeBy": size_by,
        "smallest": SMALLEST,
        "room": ROOM,
        "generator": f"entextract {__version__}",
        "words": words_of(lang),
    }
    data |= {name: in_script(value) for name, value in settings.items()}
    members = [piece for name, text in data.items() for piece in (f',"{name}":', text)]
    members[0] = "{" + members[0].removeprefix(",")
    script = _script()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    words = WORDS[lang]["words"]
    parts = {
        "lang": lang,
        "version": __version__,
        "hash": f"sha256-{digest}",
        "title": html.escape(clean(title, "title", "graph", changes) or WORDS[lang]["title"]),
        "search": html.escape(words["search"]),
        "filter": html.escape(words["filterRows"]),
        "css": _shipped("page.css"),
        "noscript": _without_script(nodes, words),
        "js": script,
    }
    before, after = (
        re.sub(r"\{(\w+)\}", lambda found: parts[found[1]], half)
        for half in _shipped("page.html").split("{data}")
    )
    return [before, *members, "}", after], changes


class Shown:
    """An interactive page that a notebook shows in a frame."""

    def __init__(self, text: str, height: int) -> None:
        self.text = text
        self.height = height

    def __repr__(self) -> str:
        return "<page of a graph: a notebook shows it; to_html writes it to a file>"

    def _repr_html_(self) -> str:
        # sandboxed: what the page runs cannot touch the notebook
        return (
            f'<iframe srcdoc="{html.escape(self.text)}" width="100%" height="{self.height}" '
            'sandbox="allow-scripts allow-popups allow-downloads" style="border:1px solid #ddd">'
            "</iframe>"
        )


def _without_script(nodes: Sequence[Mapping[str, Any]], words: Mapping[str, Any]) -> str:
    """The entities as a plain table, for browsers that run no script."""
    ranked = sorted(nodes, key=lambda row: (-(row.get("mentions") or 0), row["label"]))
    lines = [
        "<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in cells) + "</tr>"
        for row in ranked[:_MOST_ROWS]
        for cells in [
            (
                row["label"],
                words["typeName"].get(row.get("type"), row.get("type", "")),
                row.get("mentions", ""),
            )
        ]
    ]
    return f"<p>{html.escape(words['noScript'])}</p><table>{''.join(lines)}</table>"


@cache
def _shipped(name: str) -> str:
    return (files("entextract.export") / "page" / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    """The modules of the page as one script: each is a function that gives what it exports."""
    parts = ['"use strict";', "const modules = {};"]
    for name in _MODULES:
        source = _IMPORT.sub(r"const \1 = modules.\2;", _shipped(f"{name}.js"))
        names = [found[2] for found in _EXPORT.finditer(source)]
        source = _EXPORT.sub(r"\1", source)
        parts.append(
            f"modules.{name} = (() => {{\n{source}\nreturn {{ {', '.join(names)} }};\n}})();"
        )
    return "\n".join(parts)
