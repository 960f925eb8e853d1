"""The ways out of a graph: files, pages and pictures."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from entextract.export import (
    Shown,
    page,
    static_name,
    write_dynamic_gexf,
    write_gephi_csv,
    write_gexf,
    write_graphml,
    write_html,
    write_image,
    write_json,
)
from entextract.export.quotations import Quotations, Seen, Timeline, link_of, quotations, timeline
from entextract.graph.comentions import Unit, windows
from entextract.graph.corpus import Corpus
from entextract.graph.drawing import draw, layout
from entextract.graph.evidence import stated_in
from entextract.records.calendar import Period, day_of
from entextract.records.edge_keys import COMENTION

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes

    Graph = nx.Graph[str]


class Drawable:
    """What ``EntityGraph`` can be written or drawn as; the attributes are made there."""

    nx: Graph
    window: Unit | int | None
    positions: dict[str, tuple[float, float]] | None
    _corpus: Corpus

    def _content(self) -> str:
        if self.window is None:
            return "stated relations"
        also = ", stated relations" if self.nx.is_multigraph() else ""
        window: str | int = self.window
        if isinstance(window, int):
            window = "1 sentence" if window == 1 else f"{window} sentences"
        return f"window {window}{also}"

    def to_gexf(
        self,
        path: str | Path,
        *,
        dynamic: Period | None = None,
        most_quotations: int = 3,
        color_by: str = "type",
        size_by: str = "mentions",
    ) -> tuple[str, ...]:
        """Write GEXF 1.3, with colours, sizes and positions, so that Gephi opens a drawn graph.

        Args:
            path: the file; ``.gexf.gz`` is compressed, for Gephi only.
            dynamic: ``"week"``, ``"month"`` or ``"year"`` gives nodes and edges their times, for
                Gephi; a static file is then written beside it, ``NAME.static.gexf``, for Gephi
                Lite, which ignores time.
            most_quotations: how many sentences travel with each node and edge.
            color_by: node attribute that gives the colour.
            size_by: node attribute that gives the size.

        Returns:
            What was changed on the way, a sentence each; see ``export`` for this and for errors.
        """
        options: dict[str, Any] = {
            "description": f"Entities and their links: {self._content()}.",
            "date": self._latest_date(),
            "positions": self.positions or self.layout(),
            "color_by": color_by,
            "size_by": size_by,
            "quotations": self._quotations(most_quotations),
        }
        if dynamic is None:
            return write_gexf(self.nx, path, **options)
        times = self._timeline(dynamic)
        changes = write_dynamic_gexf(self.nx, path, timeline=times, **options)
        write_gexf(self.nx, static_name(path), **options)
        return changes

    def to_gephi_csv(
        self, folder: str | Path, *, neutralise_formulas: bool = False
    ) -> tuple[str, ...]:
        """Write ``nodes.csv`` and ``edges.csv`` into a folder, for Gephi's « Import spreadsheet ».

        Args:
            folder: where the files go.
            neutralise_formulas: for files that go to a spreadsheet; see ``write_gephi_csv``.

        Returns:
            What was changed on the way, a sentence each; see ``export`` for this and for errors.
        """
        return write_gephi_csv(self.nx, folder, neutralise_formulas=neutralise_formulas)

    def to_graphml(self, path: str | Path) -> tuple[str, ...]:
        """Write GraphML, for Cytoscape, igraph and the like.

        Returns:
            What was changed on the way, a sentence each; see ``export`` for this and for errors.
        """
        return write_graphml(self.nx, path)

    def to_json(self, path: str | Path) -> tuple[str, ...]:
        """Write JSON in the form of graphology, for Gephi Lite and sigma.js.

        Returns:
            What was changed on the way, a sentence each; see ``export`` for this and for errors.
        """
        return write_json(self.nx, path, positions=self.positions or self.layout())

    def to_html(
        self,
        path: str | Path,
        *,
        title: str = "",
        lang: Literal["fr", "en"] = "fr",
        period: Period = "month",
        most_quotations: int = 5,
        color_by: Literal["type", "community"] = "type",
        size_by: str = "mentions",
    ) -> tuple[str, ...]:
        """Write one page that any browser opens, offline: search, filter, click to read sentences.

        Args:
            path: the file.
            title: above the page.
            lang: language of the page.
            period: what the filter by period counts in.
            most_quotations: how many sentences a click shows.
            color_by: what the colours show first, if ``measure`` has found communities; a box on
                the page changes it.
            size_by: node attribute that gives the size.

        Returns:
            What was changed on the way, a sentence each; see ``export`` for this and for errors.
        """
        options = self._page_options(title, lang, period, most_quotations)
        return write_html(self.nx, path, **options, color_by=color_by, size_by=size_by)

    def to_png(self, path: str | Path, *, dpi: int = 200, **options: Any) -> None:
        """Write the figure of ``plot`` as PNG; the options are those of ``plot``."""
        self._to_image(path, "png", dpi, options)

    def to_svg(self, path: str | Path, **options: Any) -> None:
        """Write the figure of ``plot`` as SVG; the options are those of ``plot``."""
        self._to_image(path, "svg", 100, options)

    def show(self, *, lang: Literal["fr", "en"] = "fr", height: int = 640) -> Shown:
        """The page of ``to_html`` inside a notebook; nothing is fetched there either."""
        text, _ = page(self.nx, **self._page_options("", lang, "month", 5))
        return Shown(text, height)

    def _to_image(
        self, path: str | Path, kind: Literal["png", "svg"], dpi: int, options: dict[str, Any]
    ) -> None:
        from matplotlib.figure import Figure

        # a figure of its own: pyplot would keep it, and open windows
        figure = Figure(figsize=(11, 8), dpi=100)
        ax = figure.add_axes((0.01, 0.06, 0.98, 0.93))
        write_image(self.plot(ax, **options).figure, path, kind, dpi=dpi)  # type: ignore[arg-type]

    def _page_options(
        self, title: str, lang: Literal["fr", "en"], period: Period, most: int
    ) -> dict[str, Any]:
        return {
            "title": title,
            "lang": lang,
            "positions": self.positions or self.layout(),
            "quotations": self._quotations(most),
            "timeline": self._timeline(period),
            "forms": {entity.id: entity.forms for entity in self._corpus.entities},
        }

    def layout(self, *, seed: int = 0) -> dict[str, tuple[float, float]]:
        """A place for each node; set ``positions`` to it to compute it once for several files."""
        return layout(self.nx, seed=seed, scale=100 * math.sqrt(len(self.nx)))

    def _seen(self) -> Iterator[Seen]:
        # without co-mentions the windows show where entities are named, one sentence at a time
        for places, articles, sentences in self._corpus.parts(self.nx.nodes):
            yield Seen(windows(places, self.window or "sentence"), articles, sentences)

    def _links(self) -> dict[str, Any]:
        """What makes the edges that are left: pairs named together, and relations."""
        pairs = {
            link_of(a, b)
            for a, b, row in self.nx.edges(data=True)
            if row.get("kind", COMENTION) == COMENTION
        }
        relations = self._corpus.relations(self.nx.nodes)
        return {"pairs": pairs, "relations": [*stated_in(self.nx, relations)]}

    def _quotations(self, most: int) -> Quotations:
        return quotations(self._seen(), self._corpus, most=most, **self._links())

    def _timeline(self, unit: Period) -> Timeline:
        dates, links = self._corpus.dates(), self._links()
        return timeline(self._seen(), dates, unit, texts=self._corpus, **links)

    def _latest_date(self) -> str:
        """Date of the last article, empty if none is dated: the same input gives the same file."""
        days = [day for date in self._corpus.dates() if (day := day_of(date))]
        return max(days).isoformat() if days else ""

    def plot(
        self,
        ax: Axes | None = None,
        *,
        seed: int = 0,
        max_labels: int = 40,
        color_by: str = "type",
        size_by: str = "mentions",
    ) -> Axes:
        """Draw the graph with matplotlib; the widths of edges show their weights.

        Args:
            ax: where to draw; a new figure by default.
            seed: another number gives another layout, unless ``positions`` has every entity.
            max_labels: the largest entities are named, no more than this.
            color_by: node attribute that gives the colour, such as ``"community"`` once ``measure``
                has found them.
            size_by: node attribute that gives the size.

        Returns:
            The axes drawn on.

        Raises:
            ImportError: matplotlib is not installed.
        """
        try:
            import matplotlib.pyplot as plt
        except ImportError as error:
            raise ImportError("plot needs matplotlib: pip install matplotlib") from error
        if ax is None:
            ax = plt.figure(figsize=(11, 8)).add_axes((0.01, 0.06, 0.98, 0.93))
        fixed = self.positions or {}
        known = {node: fixed[node] for node in self.nx if node in fixed}
        places = known if len(known) == len(self.nx) else layout(self.nx, seed=seed)
        draw(ax, self.nx, places, max_labels, color_by, size_by)
        return ax
