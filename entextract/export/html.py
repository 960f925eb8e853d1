"""One HTML page that shows the graph and its sentences, and fetches nothing.

The page's own code, in ``page/``, is modules of one idea each; here they are put into the page,
with the data as JSON in which no tag can end. A security policy forbids the browser to load
anything or to run another script. What articles say is put on the page as text only.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from entextract import __version__
from entextract.export.changes import Changes
from entextract.export.checks import Edge, Shape, clean, clean_xml, edges_of
from entextract.export.looks import (
    COLOURS,
    OTHER_COLOUR,
    PALETTE,
    ROOM,
    SMALLEST,
    TONES,
    largest,
    node_size,
)
from entextract.export.plain import check_plain
from entextract.export.quotations import Quotation, Quotations
from entextract.export.timeline import Tallies
from entextract.export.wording import WORDS, Language, tones, words_of
from entextract.records.calendar import name_of
from entextract.records.edge_keys import kind_of_key
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
# what could end the script, or is no character (half of one)
_NOT_IN_SCRIPT = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_MOST_ROWS = 5000  # of the table for browsers without scripts
# attributes of nodes that have a place of their own, or that say nothing of colour
_OWN = {"label", "type", "country", "community", "mentions", "articles", "url"}
_MOST_VALUES = 60  # an attribute with more, most of them of one node, gives no colours


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
    text, changes = _page_and_changes(
        graph, positions, title, lang, size_by, color_by, quotations, tallies, forms
    )
    with replacing(path) as file:
        file.write(text)
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
    text, changes = _page_and_changes(
        graph, positions, title, lang, size_by, color_by, quotations, tallies, forms
    )
    changes.warn("page")
    return text


def _page_and_changes(
    graph: Graph,
    positions: Points,
    title: str,
    lang: Language,
    size_by: str,
    color_by: str,
    quotations: Quotations | None,
    tallies: Tallies | None,
    forms: Mapping[str, Sequence[str]] | None,
) -> tuple[str, Changes]:
    if lang not in get_args(Language):
        raise ValueError(f"no page in {lang!r}: choose {' or '.join(get_args(Language))}")
    graph, shape = check_plain(graph, changes := Changes())
    known = {"type", *shape.nodes}
    if color_by not in known and graph:
        raise ValueError(f"color_by is {color_by!r}: the nodes have {', '.join(sorted(known))}")
    told = _Told(quotations or Quotations(), tallies or Tallies())
    nodes = _nodes(graph, shape, positions, size_by, told, forms or {}, changes)
    data = {
        "nodes": nodes,
        "edges": _edges(graph, shape, told, changes),
        "articles": told.articles,
        "sentences": told.sentences,
        "periods": [name_of(span) for span in told.tallies.periods],
        "sources": [clean_xml(name) for name in told.tallies.sources],
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
        "data": _in_script(data),
        "js": script,
    }
    text = re.sub(r"\{(\w+)\}", lambda found: parts[found[1]], _shipped("page.html"))
    return text, changes


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


class _Told:
    """Sentences and articles that nodes and edges share, each written once and then numbered."""

    def __init__(self, quotations: Quotations, tallies: Tallies) -> None:
        self.quotations = quotations
        self.tallies = tallies
        self.articles: list[dict[str, Any]] = []
        self.sentences: list[dict[str, Any]] = []
        self._article: dict[tuple[str, ...], int] = {}
        self._sentence: dict[Quotation, int] = {}
        self._source = {name: n for n, name in enumerate(tallies.sources)}

    def numbers(self, quoted: Sequence[Quotation]) -> list[int]:
        """The numbers of sentences, which are written if they are new."""
        return [self._number(one) for one in quoted]

    def _number(self, one: Quotation) -> int:
        if one not in self._sentence:
            self._sentence[one] = len(self.sentences)
            told = {
                "text": clean_xml(one.text),
                "article": self._number_of_article(one),
                "status": one.status,
                "speaker": clean_xml(one.speaker),
                "office": clean_xml(one.office),
            }
            self.sentences.append({name: value for name, value in told.items() if value != ""})
        return self._sentence[one]

    def _number_of_article(self, one: Quotation) -> int:
        key = (one.article, one.date, one.source, one.url)
        if key not in self._article:
            self._article[key] = len(self.articles)
            told = {
                "id": clean_xml(one.article),
                "source": clean_xml(one.source),
                "date": clean_xml(one.date),
                # a link is followed by a click only, but javascript: would run on it
                "url": clean_xml(one.url) if re.match(r"https?://", one.url, re.I) else "",
                "period": self.tallies.number_of(one.date),
                "sourceNumber": self._source.get(one.source, -1),
            }
            self.articles.append({name: value for name, value in told.items() if value != ""})
        return self._article[key]


def _nodes(
    graph: Graph,
    shape: Shape,
    positions: Points,
    size_by: str,
    told: _Told,
    forms: Mapping[str, Sequence[str]],
    changes: Changes,
) -> list[dict[str, Any]]:
    most = largest(graph.nodes.values(), size_by)
    named = [name for name, kind in shape.nodes.items() if kind is str and name not in _OWN]
    others = _colouring(graph, named)
    found = []
    for node, row in graph.nodes.items():
        x, y = positions.get(node, (0.0, 0.0))
        label = clean(row.get("label", ""), "label", node, changes)
        counts = told.tallies.nodes.get(node, [])
        one = {
            "id": shape.id(node),
            "label": " ".join(label.split()) or shape.id(node),
            "type": clean(str(row.get("type", "")), "type", node, changes),
            "country": clean_xml(str(row.get("country", ""))) or None,
            "mentions": row.get("mentions"),
            "articles": row.get("articles"),
            "community": row.get("community"),
            "attributes": {name: clean_xml(str(row[name])) for name in others if name in row},
            "facts": {
                name: clean_xml(str(row[name]))
                for name in named
                if row.get(name) and name not in others
            },
            "x": round(float(x), 1),
            "y": round(float(y), 1),
            "size": round(node_size(row.get(size_by), most), 1),
            "times": counts,
            "said": sum(count for *_, count in counts) or None,
            "url": clean_xml(str(row.get("url", ""))) or None,
            "forms": [clean_xml(form) for form in forms.get(node, ())],
            "quotes": told.numbers(told.quotations.nodes.get(node, ())),
        }
        found.append({name: value for name, value in one.items() if _is_told(value)})
    return found


def _colouring(graph: Graph, names: Sequence[str]) -> list[str]:
    """Those of these attributes by which nodes can be told apart: of few values, or shared ones."""
    found = []
    for name in names:
        values = [value for row in graph.nodes.values() if (value := row.get(name))]
        if (different := len(set(values))) <= _MOST_VALUES or 2 * different <= len(values):
            found.append(name)
    return found


def _edges(graph: Graph, shape: Shape, told: _Told, changes: Changes) -> list[dict[str, Any]]:
    number = {node: n for n, node in enumerate(graph)}
    found = []
    for edge in edges_of(graph):
        ends = (edge.source, edge.target)
        counts = told.tallies.of_edge(*ends, edge.kind)
        kind, status = _kind_and_status(edge)
        one: dict[str, Any] = {"a": number[edge.source], "b": number[edge.target]}
        numbers = {
            "weight": int(edge.weight) if edge.weight.is_integer() else edge.weight,
            "articles": edge.row.get("articles"),
        }
        one |= {name: value for name, value in numbers.items() if _is_told(value)}
        words = {
            "directed": edge.directed,
            "kind": clean(kind, "kind", ends, changes),
            "status": clean_xml(status),
            "times": counts,
            "said": sum([count for *_, count in counts]),
            "quotes": told.numbers(told.quotations.of_edge(*ends, edge.kind)),
        }
        found.append(one | {name: value for name, value in words.items() if value})
    return found


def _kind_and_status(edge: Edge) -> tuple[str, str]:
    status = str(edge.row.get("status", "") or "")
    return kind_of_key(edge.kind, status), "" if status == "actual" else status


def _is_told(value: object) -> bool:
    """Whether there is something to say; infinity and NaN would make the data no JSON."""
    return value not in (None, [], {}) and not (
        isinstance(value, float) and not math.isfinite(value)
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


def _in_script(value: object) -> str:
    """JSON that can stand in a script element: no tag, no comment can end or begin in it.

    >>> _in_script("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _NOT_IN_SCRIPT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


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
