"""One HTML page that shows the graph and its sentences, and fetches nothing.

Bokeh draws it, from the JavaScript that its wheel ships, written into the page. A security policy
in the page forbids the browser to load anything. What articles say is carried as JSON in which no
tag can end, and put on the page as text only.
"""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from entextract import __version__
from entextract.export.changes import Changes
from entextract.export.checks import Shape, check, clean, clean_xml, edges_of
from entextract.export.looks import OTHER_COLOUR, colours_of, largest, node_size
from entextract.export.quotations import Quotation, Quotations
from entextract.export.timeline import Timeline
from entextract.export.wording import WORDS
from entextract.records.calendar import name_of
from entextract.records.files import replacing

if TYPE_CHECKING:
    import networkx as nx
    from bokeh.models import Plot, Scatter
    from bokeh.models.renderers import GlyphRenderer

    Graph = nx.Graph[str]
    Points = Mapping[str, tuple[float, float]]

Language = Literal["fr", "en"]
_COMMUNITY = "community"


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
    timeline: Timeline | None = None,
    forms: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Write the page, for any recent browser; it works without a network.

    Args:
        graph: a networkx graph whose nodes are strings. The node attributes ``label``, ``type``
            and, if it is there, ``community`` serve to name, colour and filter.
        path: the file; missing folders are made.
        positions: where to draw each node.
        title: above the page.
        lang: language of the page, ``"fr"`` or ``"en"``.
        size_by: node attribute that gives the size.
        color_by: ``"type"``, or ``"community"`` to colour by community first, if there are any.
        quotations: sentences that a click on a node or an edge shows.
        timeline: when each is spoken of, for the filter by period.
        forms: other spellings of the names, to be marked in the sentences.

    Warns:
        ExportWarning: something could not be written as it stands.

    Raises:
        TypeError, ValueError: as ``write_gexf``; also for an unknown language.
    """
    text, changes = _page_and_changes(
        graph,
        positions=positions,
        title=title,
        lang=lang,
        size_by=size_by,
        color_by=color_by,
        quotations=quotations or Quotations(),
        timeline=timeline or Timeline(),
        forms=forms or {},
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
    timeline: Timeline | None = None,
    forms: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """The page as text; the arguments are those of ``write_html``.

    Warns:
        ExportWarning: something could not be written as it stands.
    """
    text, changes = _page_and_changes(
        graph,
        positions=positions,
        title=title,
        lang=lang,
        size_by=size_by,
        color_by=color_by,
        quotations=quotations or Quotations(),
        timeline=timeline or Timeline(),
        forms=forms or {},
    )
    changes.warn("page")
    return text


def _page_and_changes(
    graph: Graph,
    *,
    positions: Points,
    title: str,
    lang: Language,
    size_by: str,
    color_by: str,
    quotations: Quotations,
    timeline: Timeline,
    forms: Mapping[str, Sequence[str]],
) -> tuple[str, Changes]:
    if lang not in get_args(Language):
        raise ValueError(f"no page in {lang!r}: choose {' or '.join(get_args(Language))}")
    if color_by not in ("type", _COMMUNITY):
        raise ValueError(f"color_by is {color_by!r}: a page has colours by type or {_COMMUNITY}")
    changes = Changes()
    shape = check(graph)
    data = {
        "nodes": _nodes(graph, shape, positions, size_by, quotations, timeline, forms, changes),
        "edges": _edges(graph, shape, quotations, timeline, changes),
        "periods": [name_of(span) for span in timeline.periods],
        "colours": {
            "type": colours_of(row.get("type") for row in graph.nodes.values()),
            _COMMUNITY: colours_of(row.get(_COMMUNITY) for row in graph.nodes.values()),
            "other": OTHER_COLOUR,
        },
        "hasCommunities": _COMMUNITY in shape.nodes,
        "byCommunity": color_by == _COMMUNITY and _COMMUNITY in shape.nodes,
    }
    parts = {
        "lang": lang,
        "version": __version__,
        "title": html.escape(clean(title, "title", "graph", changes) or WORDS[lang]["title"]),
        "css": _shipped("page.css"),
        "bokeh": _bokeh_js(),
        "data": _in_script(data | {"words": WORDS[lang]["words"]}),
        "plot": _plot(),
        "js": _shipped("page.js"),
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
            'sandbox="allow-scripts allow-popups" style="border:1px solid #ddd"></iframe>'
        )


def _nodes(
    graph: Graph,
    shape: Shape,
    positions: Points,
    size_by: str,
    quotations: Quotations,
    timeline: Timeline,
    forms: Mapping[str, Sequence[str]],
    changes: Changes,
) -> list[dict[str, Any]]:
    most = largest(graph.nodes.values(), size_by)
    crowd = min(1.0, (60 / max(len(graph), 1)) ** 0.5)  # the more there are, the smaller
    found = []
    for node, row in graph.nodes.items():
        x, y = positions.get(node, (0.0, 0.0))
        label = clean(row.get("label", ""), "label", node, changes)
        one = {
            "id": shape.id(node),
            "label": " ".join(label.split()) or shape.id(node),
            "type": clean(str(row.get("type", "")), "type", node, changes),
            "mentions": row.get("mentions"),
            "articles": row.get("articles"),
            "x": round(float(x), 2),
            "y": round(float(y), 2),
            "size": round(max(7.0, node_size(row.get(size_by), most) * 0.85 * crowd), 1),
            _COMMUNITY: row.get(_COMMUNITY),
            "times": sorted(timeline.nodes.get(node, {}).items()),
            "forms": [clean_xml(form) for form in forms.get(node, ())],
            "quotes": _quotes(quotations.nodes.get(node, ())),
        }
        found.append({name: value for name, value in one.items() if _is_told(value)})
    return found


def _edges(
    graph: Graph, shape: Shape, quotations: Quotations, timeline: Timeline, changes: Changes
) -> list[dict[str, Any]]:
    found = []
    for edge in edges_of(graph):
        ends = (edge.source, edge.target)
        one = {
            "source": shape.id(edge.source),
            "target": shape.id(edge.target),
            "weight": int(edge.weight) if edge.weight.is_integer() else edge.weight,
            "articles": edge.row.get("articles"),
            "directed": edge.directed or None,
            "kind": clean(edge.kind, "kind", ends, changes) or None,
            "times": sorted(timeline.of_edge(*ends, edge.kind).items()),
            "quotes": _quotes(quotations.of_edge(*ends, edge.kind)),
        }
        found.append({name: value for name, value in one.items() if _is_told(value)})
    return found


def _is_told(value: object) -> bool:
    """Whether there is something to say; infinity and NaN would make the data no JSON."""
    return value not in (None, []) and not (isinstance(value, float) and not math.isfinite(value))


def _quotes(quotations: Sequence[Quotation]) -> list[dict[str, str]]:
    return [
        {
            "text": clean_xml(one.text),
            "source": clean_xml(one.source or one.article),
            "date": clean_xml(one.date),
            # a link is followed by a click only, but javascript: would run on it
            "url": clean_xml(one.url) if re.match(r"https?://", one.url, re.IGNORECASE) else "",
        }
        for one in quotations
    ]


def _in_script(value: object) -> str:
    """JSON that can stand in a script element: no tag, no comment can end or begin in it.

    >>> _in_script("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def _shipped(name: str) -> str:
    return (files("entextract.export") / "page" / name).read_text(encoding="utf-8")


@cache
def _bokeh_js() -> str:
    from bokeh.resources import Resources

    return "\n".join(Resources(mode="inline", components=["bokeh"]).js_raw)


@cache
def _plot() -> str:
    """An empty drawing; the page's own script fills it, and filters it."""
    from bokeh.embed import json_item
    from bokeh.models import CustomJS, HoverTool, PanTool, Plot, Range1d, WheelZoomTool

    plot = Plot(
        name="drawing",
        x_range=Range1d(start=-1, end=1),
        y_range=Range1d(start=-1, end=1),
        sizing_mode="stretch_both",
        toolbar_location=None,
        min_border=0,
        outline_line_color=None,
        lod_threshold=1500,  # while the drawing is being moved, few of the lines are drawn
    )
    drawn = _add_glyphs(plot)
    wheel = WheelZoomTool()
    plot.add_tools(PanTool(), wheel, HoverTool(renderers=[drawn], tooltips="@label"))
    plot.toolbar.active_scroll = wheel
    plot.toolbar.logo = None
    plot.js_on_event("tap", CustomJS(code="window.entextract.tap(cb_obj.x, cb_obj.y)"))
    # Bokeh numbers its objects in order of making: renumbered, the same graph gives the same file
    text = json.dumps(json_item(plot), separators=(",", ":"))
    text = re.sub(r'"docid":\s*"[^"]*"', '"docid":"entextract"', text)
    numbers: dict[str, str] = {}
    text = re.sub(
        r'"p\d+"', lambda found: numbers.setdefault(found[0], f'"p{len(numbers) + 1}"'), text
    )
    return text.replace("<", "\\u003c")


def _add_glyphs(plot: Plot) -> GlyphRenderer[Scatter]:
    """Put lines, arrows, circles and names on a drawing, without data yet; returns the circles."""
    from bokeh.core.properties import value
    from bokeh.models import ColumnDataSource, Scatter, Segment, Text

    def source(name: str, columns: str) -> ColumnDataSource:
        return ColumnDataSource({column: [] for column in columns.split()}, name=name)

    lines = Segment(
        x0="x0", y0="y0", x1="x1", y1="y1",
        line_width="width", line_alpha="alpha", line_color="colour",
    )  # fmt: skip
    plot.add_glyph(source("edges", "x0 y0 x1 y1 width alpha colour"), lines)
    arrows = Scatter(
        x="x", y="y", angle="angle", size=9, marker="triangle",
        fill_alpha="alpha", fill_color="#4a545e", line_color=None,
    )  # fmt: skip
    plot.add_glyph(source("arrows", "x y angle alpha"), arrows)
    circles = Scatter(
        x="x", y="y", size="size", fill_color="colour", fill_alpha="alpha",
        line_color="line", line_alpha="alpha", line_width=1.5,
    )  # fmt: skip
    drawn = plot.add_glyph(source("nodes", "x y size colour alpha label line"), circles)
    names = Text(
        x="x", y="y", y_offset="dy", text="text", text_align="center", text_baseline="top",
        text_font_size="12px", text_color="#1d232a", text_font=value("system-ui, sans-serif"),
        background_fill_color="white", background_fill_alpha=0.6,
    )  # fmt: skip
    plot.add_glyph(source("names", "x y dy text"), names)
    return drawn
