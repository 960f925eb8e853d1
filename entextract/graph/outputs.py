"""The ways out of a graph, files, pages and pictures, and what they share, computed once."""

from __future__ import annotations

import base64
import hashlib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from entextract.export import (
    ExportWarning,
    Language,
    Shown,
    image_of,
    largest,
    node_size,
    page,
    static_name,
    write_dynamic_gexf,
    write_gephi_csv,
    write_gexf,
    write_html,
    write_image,
    write_json,
)
from entextract.export.blocks import edge_blocks
from entextract.export.occurrences import Occurrences, Seen
from entextract.graph.comentions import WindowUnit, windows
from entextract.graph.corpus import Corpus
from entextract.graph.drawing import draw
from entextract.graph.evidence import stated_in
from entextract.graph.layout import Points, apart, layout
from entextract.graph.two_mode import MODE, ONTO, places_of_both
from entextract.records.calendar import Period, latest_day
from entextract.records.edge_keys import COMENTION
from entextract.records.garbage import making_what_stays

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes

    Graph = nx.Graph[str]

_USUAL = 20  # quotations of a node or an edge: the most that a file has unless more are asked for


@dataclass(frozen=True)
class View:
    """An ``EntityGraph`` as it is now: its public attributes may be changed between two files."""

    graph: Graph
    window: WindowUnit | int | None
    positions: Points | None

    @cached_property
    def fingerprint(self) -> str:
        """A digest of all that a layout and the search for sentences depend on.

        Other attributes, such as the measures of ``EntityGraph.measure``, may change meanwhile.
        """
        digest = hashlib.blake2b(type(self.graph).__name__.encode(), digest_size=16)
        digest.update("\n".join(self.graph).encode(errors="surrogatepass"))
        for sources, targets, rows in edge_blocks(self.graph):
            values = [[row.get(name) for row in rows] for name in ("weight", "kind", "status")]
            told = "\n".join([*sources, *targets, repr(values)])
            digest.update(told.encode(errors="surrogatepass"))
        return digest.hexdigest()


class Outputs:
    """Writes the files of one graph; its layout and its sentences are found once for all of them.

    What was found is used again as long as the nodes, edges, weights and window are the same.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._placed: tuple[tuple[str, int], Points] | None = None
        self._read: tuple[str, Occurrences] | None = None

    @making_what_stays()
    def gexf(
        self,
        view: View,
        path: str | Path,
        *,
        dynamic: Period | None,
        most_quotations: int,
        color_by: str,
        size_by: str,
    ) -> None:
        """See ``EntityGraph.to_gexf``."""
        latest = latest_day(self._corpus.dates())
        options: dict[str, Any] = {
            "description": f"Entities and their links: {content(view)}.",
            # not the day of writing: the same input gives the same file
            "date": latest.isoformat() if latest else "",
            "positions": self.places(view, size_by=size_by),
            "color_by": color_by,
            "size_by": size_by,
        }
        if most_quotations:
            found = self.occurrences(view, most_quotations)
            options["quotations"] = found.quotations(most_quotations)
        if dynamic is None:
            write_gexf(view.graph, path, **options)
            return
        timeline = self.occurrences(view, most_quotations).timeline(dynamic)
        write_dynamic_gexf(view.graph, path, timeline=timeline, **options)
        with warnings.catch_warnings():
            # the same changes, which were just told
            warnings.simplefilter("ignore", ExportWarning)
            write_gexf(view.graph, static_name(path), **options)

    def gephi_csv(
        self, view: View, folder: str | Path, *, dynamic: Period | None, neutralise_formulas: bool
    ) -> None:
        """See ``EntityGraph.to_gephi_csv``."""
        timeline = self.occurrences(view).timeline(dynamic) if dynamic else None
        write_gephi_csv(
            view.graph,
            folder,
            timeline=timeline,
            neutralise_formulas=neutralise_formulas,
        )

    def json(self, view: View, path: str | Path) -> None:
        """See ``EntityGraph.to_json``."""
        write_json(view.graph, path, positions=self.places(view))

    @making_what_stays()
    def html(
        self,
        view: View,
        path: str | Path,
        *,
        title: str,
        lang: Literal["fr", "en"],
        period: Period,
        most_quotations: int,
        color_by: str,
        size_by: str,
    ) -> None:
        """See ``EntityGraph.to_html``."""
        options = self._page_options(view, title, lang, period, most_quotations, size_by)
        write_html(view.graph, path, **options, color_by=color_by)

    def shown(self, view: View, lang: Literal["fr", "en"], height: int) -> Shown:
        """See ``EntityGraph.show``."""
        return Shown(
            page(view.graph, **self._page_options(view, "", lang, "month", _USUAL, "mentions")),
            height,
        )

    def _page_options(
        self,
        view: View,
        title: str,
        lang: Literal["fr", "en"],
        period: Period,
        most: int,
        size_by: str,
    ) -> dict[str, Any]:
        found = self.occurrences(view, most, each=period)
        return {
            "title": title,
            "lang": lang,
            "size_by": size_by,
            "positions": self.places(view, size_by=size_by),
            "quotations": found.quotations(most, each=True),
            "tallies": found.tallies(period),
            "forms": {entity.id: entity.forms for entity in self._corpus.entities},
        }

    def image(
        self,
        view: View,
        path: str | Path,
        kind: Literal["png", "svg"],
        *,
        dpi: int,
        **options: Any,
    ) -> None:
        """See ``EntityGraph.to_png``."""
        from matplotlib.figure import Figure

        # a figure of its own: pyplot would keep it, and open windows
        figure = Figure(figsize=(11, 8), dpi=100)
        self.plot(view, figure.add_axes(_TITLED if options.get("title") else _MARGINS), **options)
        write_image(figure, path, kind, dpi=dpi)

    def sketch(self, view: View) -> str:
        """What a notebook shows of the graph: its strongest entities, drawn."""
        from matplotlib.figure import Figure

        strength = dict(view.graph.degree(weight="weight"))
        ranked = sorted(strength, key=lambda node: (-strength[node], node))
        core = view.graph.subgraph(ranked[:_SKETCHED])
        if not core.number_of_edges():
            return ""
        figure = Figure(figsize=(9, 6.5), dpi=100)
        self.plot(replace(view, graph=core), figure.add_axes(_MARGINS), max_labels=_SKETCHED)
        # as an image, so that nothing of it, such as its style, concerns the rest of the notebook
        drawn = base64.b64encode(image_of(figure, "svg")).decode()
        return f'<img alt="" style="max-width:100%" src="data:image/svg+xml;base64,{drawn}">'

    def plot(
        self,
        view: View,
        ax: Axes | None = None,
        *,
        seed: int = 0,
        max_labels: int = 40,
        color_by: str = "type",
        size_by: str = "mentions",
        title: str = "",
        legend: bool = True,
        unlinked: bool = False,
        lang: Language = "fr",
    ) -> Axes:
        """See ``EntityGraph.plot``."""
        try:
            import matplotlib.pyplot as plt
        except ImportError as error:
            raise ImportError("plot needs matplotlib: pip install matplotlib") from error
        if ax is None:
            ax = plt.figure(figsize=(11, 8)).add_axes(_TITLED if title else _MARGINS)
        fixed = view.positions or {}
        known = {node: fixed[node] for node in view.graph if node in fixed}
        if len(known) < len(view.graph):
            known = self.places(replace(view, positions=None), seed=seed, size_by=size_by)
        graph = view.graph
        if not unlinked and graph.number_of_edges():
            graph = graph.subgraph([node for node, ties in graph.degree if ties])
        draw(
            ax,
            graph,
            {node: known[node] for node in graph},
            max_labels=max_labels,
            color_by=color_by,
            size_by=size_by,
            title=title,
            legend=legend,
            lang=lang,
        )
        return ax

    def places(self, view: View, *, seed: int = 0, size_by: str = "mentions") -> Points:
        """The positions that were set, or a layout in which no dot hides another.

        Args:
            view: the graph.
            seed: another number gives another layout.
            size_by: the node attribute that gives the sizes of the dots.
        """
        if view.positions:
            return view.positions
        rows = view.graph.nodes
        most = largest(rows.values(), size_by)
        sizes = {node: node_size(row.get(size_by), most) for node, row in rows.items()}
        return apart(self._layout(view, seed), sizes)

    def _layout(self, view: View, seed: int) -> Points:
        key = view.fingerprint, seed
        if self._placed is None or self._placed[0] != key:
            self._placed = key, layout(view.graph, seed=seed)
        return self._placed[1]

    def occurrences(self, view: View, most: int = 0, *, each: Period | None = None) -> Occurrences:
        """What the corpus says of each node and edge, read again only if something changed.

        Args:
            view: the graph.
            most: how many quotations of a node or an edge will be asked for.
            each: the periods of which each needs quotations of its own; None if none does.
        """
        if most < 0:
            raise ValueError(f"most_quotations is {most!r}: it must be 0 or more")
        key = f"{view.window} {view.fingerprint}"
        if (
            self._read is None
            or self._read[0] != key
            or self._read[1].most < most
            or each not in (None, self._read[1].each)
        ):
            kept = max(most, _USUAL) if most else 0
            self._read = key, self._read_corpus(view, kept, each or "month")
        return self._read[1]

    def _read_corpus(self, view: View, most: int, each: Period | None) -> Occurrences:
        return Occurrences(
            _seen(view, self._corpus),
            self._corpus,
            dates=self._corpus.dates(),
            most=most,
            relations=[*stated_in(view.graph, self._corpus.relations(view.graph.nodes))],
            pairs={} if ONTO in view.graph.graph else _comentions(view.graph),
            each=each,
        )


_SKETCHED = 60  # entities in a notebook
_MARGINS = (0.01, 0.1, 0.98, 0.89)  # of a figure: left, bottom, width, height
_TITLED = (0.01, 0.1, 0.98, 0.84)


def content(view: View) -> str:
    """What the edges are, in words.

    >>> import networkx as nx
    >>> content(View(nx.Graph(), 3, None))
    'window 3 sentences'
    """
    if mode := view.graph.graph.get(MODE):
        onto = view.graph.graph.get(ONTO)
        if onto:
            return f"shared {mode}s" if onto == "entity" else "shared entities"
        return f"entities and {mode}s"
    if view.window is None:
        return "stated relations"
    also = ", stated relations" if view.graph.is_multigraph() else ""
    window: str | int = view.window
    if isinstance(window, int):
        window = "1 sentence" if window == 1 else f"{window} sentences"
    return f"window {window}{also}"


def _comentions(graph: Graph) -> dict[tuple[str, str], tuple[str, str]]:
    """The edges of co-mention, the ends of each in order; keys and values are the same."""
    return {
        pair: pair
        for block in edge_blocks(graph)
        for a, b, row in zip(*block, strict=True)
        if row.get("kind", COMENTION) == COMENTION
        for pair in [(a, b) if a < b else (b, a)]
    }


def _seen(view: View, corpus: Corpus) -> Iterator[Seen]:
    # without co-mentions the windows show where entities are named, one sentence at a time
    both = MODE in view.graph.graph and ONTO not in view.graph.graph
    for part in corpus.parts(view.graph.nodes):
        places = places_of_both(view.graph, part) if both else part.places
        yield Seen(windows(places, view.window or "sentence"), part.articles, part.sentences)
