"""``EntityGraph``: the graph as users have it; other modules of this package do the work."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import networkx as nx

from entextract.export import (
    Shown,
    read_gexf,
    write_gml,
    write_graphml,
    write_neo4j,
    write_pajek,
)
from entextract.graph.backbone import Method
from entextract.graph.build import (
    DEFAULT_LABELS,
    backbone_graph,
    comention_graph,
    edge_ids,
    ego_graph,
    mixed_graph,
    relation_graph,
    subgraph_of,
)
from entextract.graph.centrality import write_measures
from entextract.graph.comentions import WindowUnit
from entextract.graph.corpus import Corpus, HasCorpus, InMemory, corpus_of
from entextract.graph.evidence import articles_frame, evidence_frame, find
from entextract.graph.frames import frame_of_graph, graph_of_frames
from entextract.graph.outputs import Outputs, View, content
from entextract.graph.periods import compare
from entextract.graph.two_mode import MODE, ONTO, Onto, Other, projection, two_mode_graph
from entextract.linking.near_duplicates import Unit as Count
from entextract.records.calendar import Period
from entextract.records.nouns import LABELS, Rows, Status

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


class EntityGraph:
    """Entities and the links between them: a thin cover over the networkx graph in ``nx``.

    Nodes are entity ids, in alphabetical order. Their attributes: ``label`` (the readable name),
    ``type`` (PER, COUNTRY, ORG or LOC), ``country`` (absent when unknown), ``mentions`` and
    ``articles``; and, where the articles or the tables tell, the first values of a ``Profile``:
    ``gender``, ``office``, ``affiliation``, ``party``, ``kind_of_body``. Edges of co-mention have
    ``weight``, the number of windows that made them, ``articles`` and ``sources``, how many
    distinct ones these windows are from, and the measures that ``weights`` explains: ``jaccard``,
    ``npmi``, ``log_likelihood``, ``p_value``, ``p_adjusted``. Edges of stated relations have
    ``kind`` and ``status``; ``weight`` counts the
    statements. Change ``nx`` freely: every method reads it afresh.
    """

    def __init__(
        self,
        graph: nx.Graph[str],
        corpus: Corpus,
        window: WindowUnit | int | None,
    ) -> None:
        """Made by ``of_comentions``, ``of_relations``, ``of_all`` or ``of_articles``."""
        self.nx = graph
        self.window = window
        self.positions: dict[str, tuple[float, float]] | None = None  # laid out when none
        self._corpus = corpus
        self._outputs = Outputs(corpus)

    @classmethod
    def from_frame(cls, nodes: pd.DataFrame, edges: pd.DataFrame) -> EntityGraph:
        """A graph from two tables, such as those of ``to_frame``; it has no sentences.

        Args:
            nodes: a column ``id``; every other column is an attribute, missing values left out.
            edges: columns ``source`` and ``target``; with a column ``directed`` or ``kind``,
                edges may be parallel.

        Returns:
            The graph.

        Raises:
            ValueError: a column is missing, an id stands twice, or an edge ends nowhere.

        >>> import pandas as pd
        >>> nodes = pd.DataFrame({"id": ["a", "b"], "label": ["A", "B"]})
        >>> EntityGraph.from_frame(nodes, pd.DataFrame({"source": ["a"], "target": ["b"]}))
        <EntityGraph: 2 entities, 1 edges, window sentence>
        """
        return cls(graph_of_frames(nodes, edges), InMemory(Rows()), "sentence")

    @classmethod
    def from_gexf(cls, path: str | Path) -> EntityGraph:
        """A graph from a GEXF, ours or one that Gephi saved; places are kept in ``positions``.

        Raises:
            ValueError: the file is not GEXF, or not whole.
        """
        drawn = read_gexf(path)
        graph = cls(drawn.graph, InMemory(Rows()), "sentence")
        graph.positions = drawn.positions or None
        return graph

    @classmethod
    def of_comentions(
        cls,
        result: Rows | HasCorpus | Corpus,
        window: WindowUnit | int = "sentence",
        *,
        min_weight: int = 1,
        labels: Sequence[str] = DEFAULT_LABELS,
        backbone: Method | None = None,
        count: Count = "text",
        min_score: float = 0.0,
    ) -> EntityGraph:
        """Join the entities that are mentioned together.

        The weight of an edge is the number of windows that mention both entities, however often
        each is named there. With a number ``n`` the window slides inside each article, and each
        sentence counts once at most: it counts if it mentions one of the two, and the other is
        mentioned in it or in one of the ``n - 1`` sentences before it. So ``n=1`` is
        ``"sentence"``, and a pair named in two neighbouring sentences weighs 1 for any ``n`` above
        1, where counting every position of the window would weigh it ``n - 1``.

        Args:
            result: what ``extract`` returned, or what ``open_run`` opened.
            window: ``"sentence"``, ``"paragraph"``, ``"article"``, or a number of consecutive
                sentences.
            min_weight: lighter edges are left out; 0 and 1 keep them all. Entities stay, linked or
                not, as in Gephi, where a filter on degree hides them.
            labels: the kinds of entity to keep; add ``"LOC"`` for other places.
            backbone: keep only the backbone found by this method, with its usual options, after
                ``min_weight``. The rest is never made into a networkx graph, which would not fit
                in memory for a large corpus. All measures count the whole.
            count: ``"text"`` counts a text once, however many articles are copies of it;
                ``"source"`` once for each source that printed it; ``"article"`` each time.
            min_score: mentions that are less sure, from 0 to 1, do not count.

        Returns:
            The graph; the same for any order of the rows of ``result``.

        Raises:
            ValueError: an unknown window or label, a negative weight, or a result whose mentions
                and entities do not agree.

        >>> graph = EntityGraph.of_comentions(Rows(), window=3)
        >>> graph
        <EntityGraph: 0 entities, 0 edges, window 3 sentences>
        """
        corpus = corpus_of(result, count, min_score)
        graph = comention_graph(
            corpus, window, min_weight=min_weight, labels=labels, backbone=backbone
        )
        return cls(graph, corpus, window)

    @classmethod
    def of_relations(
        cls,
        result: Rows | HasCorpus | Corpus,
        *,
        kinds: Sequence[str] | None = None,
        status: Status | Sequence[Status] = "actual",
        labels: Sequence[str] = DEFAULT_LABELS,
        count: Count = "text",
        min_score: float = 0.0,
    ) -> EntityGraph:
        """Join the entities between which a sentence states a relation, from source to target.

        ``nx`` is a ``MultiDiGraph``: relations of several kinds or statuses between two entities
        stay apart. Its keys are the kinds, with the status added unless it is ``actual``. Edges of
        events carry ``goldstein``, from -10 (conflict) to 10 (cooperation), that of their PLOVER
        type.

        Args:
            result: what ``extract`` returned, or what ``open_run`` opened.
            kinds: the kinds of relation to keep; all by default.
            status: the status to keep, or several.
            labels: the kinds of entity to keep.
            count: as in ``of_comentions``.
            min_score: mentions and relations that are less sure, from 0 to 1, do not count.

        Returns:
            The graph, with the entities that take part in a relation only.

        Raises:
            ValueError: as ``of_comentions``; also for an unknown status.

        >>> EntityGraph.of_relations(Rows())
        <EntityGraph: 0 entities, 0 edges, stated relations>
        """
        corpus = corpus_of(result, count, min_score)
        graph = relation_graph(corpus, kinds=kinds, status=status, labels=labels)
        return cls(graph, corpus, None)

    @classmethod
    def of_all(
        cls,
        result: Rows | HasCorpus | Corpus,
        window: WindowUnit | int = "sentence",
        *,
        min_weight: int = 1,
        kinds: Sequence[str] | None = None,
        status: Status | Sequence[Status] = "actual",
        labels: Sequence[str] = DEFAULT_LABELS,
        backbone: Method | None = None,
        count: Count = "text",
        min_score: float = 0.0,
    ) -> EntityGraph:
        """Co-mentions and stated relations in one graph, with the options of both.

        ``nx`` is a ``MultiDiGraph``. The edge attribute ``directed`` is false for co-mentions,
        whose ``kind`` is ``comention`` and which stand once, in alphabetical order of their ends.
        ``min_weight`` and ``backbone`` concern co-mentions; relations all stay.
        """
        corpus = corpus_of(result, count, min_score)
        comentions = comention_graph(
            corpus, window, min_weight=min_weight, labels=labels, backbone=backbone
        )
        stated = relation_graph(corpus, kinds=kinds, status=status, labels=labels)
        return cls(mixed_graph(comentions, stated), corpus, window)

    @classmethod
    def of_articles(
        cls,
        result: Rows | HasCorpus | Corpus,
        other: Other = "article",
        *,
        min_weight: int = 1,
        labels: Sequence[str] = DEFAULT_LABELS,
        count: Count = "text",
        min_score: float = 0.0,
    ) -> EntityGraph:
        """A two-mode graph: each entity is joined to the articles, or the newspapers, that name it.

        The other nodes have the type ARTICLE (ids ``article:…``; with ``date``, ``newspaper`` and
        ``url``) or SOURCE (ids ``source:…``). The ``weight`` of an edge is the number of sentences
        of the article, or of the newspaper, that name the entity; ``articles`` says in how many.

        Args:
            result: what ``extract`` returned, or what ``open_run`` opened.
            other: ``"article"`` or ``"source"``; articles without a source are in no newspaper.
            min_weight: lighter edges are left out, and articles or newspapers without any.
            labels: the kinds of entity to keep.
            count: as in ``of_comentions``.
            min_score: as in ``of_comentions``.

        Returns:
            The graph; ``projection`` makes it one of entities, of articles or of newspapers alone.

        Raises:
            ValueError: as ``of_comentions``; also for another word for ``other``.

        >>> EntityGraph.of_articles(Rows(), "source")
        <EntityGraph: 0 nodes, 0 edges, entities and sources>
        """
        corpus = corpus_of(result, count, min_score)
        graph = two_mode_graph(corpus, other, min_weight=min_weight, labels=labels)
        return cls(graph, corpus, None)

    def projection(self, onto: Onto = "entity", *, min_weight: int = 1) -> EntityGraph:
        """The one-mode graph of a two-mode one: nodes are joined by the neighbours they share.

        The ``weight`` of an edge is the number of these; ``jaccard`` their share among the
        neighbours of either; ``newman`` counts each of them for 1/(k - 1), where k is how many
        neighbours it has itself (Newman 2001), so that an article that names forty says little.
        Onto entities by articles, weights are those of ``of_comentions(window="article")``.

        Args:
            onto: ``"entity"``, or what the entities are joined to: ``"article"``, ``"source"``.
            min_weight: lighter edges are left out; nodes stay.

        Raises:
            ValueError: the graph has not two modes, or not this one.
        """
        graph = projection(self.nx, onto, min_weight=min_weight)
        if (graph.graph[MODE], onto) == ("article", "entity"):
            graph.graph.clear()  # co-mentions, as those of any other window
            return EntityGraph(graph, self._corpus, "article")
        return EntityGraph(graph, self._corpus, None)

    def ego(self, *names: str, steps: int = 1) -> EntityGraph:
        """The neighbourhood of some entities: all that is so many edges away, whatever their way.

        Args:
            names: id, name or form of each, however it is spelt.
            steps: how many edges away; 2 has the neighbours of neighbours too.

        Returns:
            A new graph, with the edges among neighbours; the node attribute ``steps`` says how far
            each is from the nearest of those named, which have 0.

        Raises:
            ValueError: a name is unknown, or borne by several entities; no name; or no step.
        """
        centres = [find(self.nx, self._corpus.entities, name) for name in names]
        return self._with(ego_graph(self.nx, centres, steps))

    def __len__(self) -> int:
        return len(self.nx)

    def __repr__(self) -> str:
        edges = self.nx.number_of_edges()
        nodes = "nodes" if MODE in self.nx.graph else "entities"
        return f"<EntityGraph: {len(self)} {nodes}, {edges} edges, {content(self._view)}>"

    def _repr_html_(self) -> str:
        """What it holds, and its strongest entities drawn, for a notebook."""
        return f"<p>{escape(repr(self))}</p>{self._outputs.sketch(self._view)}"

    @property
    def _view(self) -> View:
        return View(self.nx, self.window, self.positions)

    def evidence(self, a: str, b: str) -> pd.DataFrame:
        """The sentences that link two entities, whatever the weight of their edge.

        A sentence stands once, even if it serves several windows; so there may be more rows than
        the weight (two sentences make one paragraph) or fewer (with a number of sentences).

        Args:
            a: id, name or form of an entity of the graph, however it is spelt.
            b: the other.

        Returns:
            One row a sentence, by date, article and sentence, with columns article, date, source,
            url, sentence, start, end, text; no row if nothing links them. A graph of relations
            adds kind, status, subject and object, and has a row for each statement, whose words
            are the text and whose sentence is -1. In a two-mode graph, the sentences of the
            article, or of the newspaper, that name the entity.

        Raises:
            ValueError: a name is unknown, or borne by several entities; a and b are the same; or
                the graph is a projection that no sentence stands behind.
        """
        ids = {find(self.nx, self._corpus.entities, wanted) for wanted in (a, b)}
        if len(ids) == 1:
            raise ValueError(f"{a!r} and {b!r} are the same entity, {ids.pop()}")
        if MODE in self.nx.graph:
            return articles_frame(self.nx, self._corpus, ids)
        return evidence_frame(self.nx, self._corpus, self.window, ids)

    def backbone(
        self,
        method: Method = "noise_corrected",
        *,
        alpha: float = 0.05,
        top: int = 1000,
        by: str = "weight",
    ) -> EntityGraph:
        """The graph without the edges that chance or the size of their ends would explain.

        Args:
            method: ``"noise_corrected"`` compares the weight of an edge with the strengths of both
                ends (Coscia and Neffke 2017); ``"disparity"`` with the other edges of either end
                (Serrano et al. 2009); ``"significance"`` asks the null model of co-mentions, with
                ``p_adjusted``; ``"top"`` keeps the highest values, whatever they mean.
            alpha: level of significance; for ``noise_corrected``, the one-sided level of a normal
                law: 0.05 stands for 1.64 deviations.
            top: how many edges ``"top"`` keeps.
            by: the edge attribute that ``"top"`` ranks by.

        Returns:
            A new graph. Entities left without an edge are dropped; attributes stay as they were.

        Raises:
            ValueError: an unknown method or attribute, or a value out of range.
        """
        graph = backbone_graph(self.nx, method, alpha=alpha, top=top, by=by)
        return self._with(graph)

    def _with(self, graph: nx.Graph[str]) -> EntityGraph:
        """A cover over a part of this graph."""
        part = EntityGraph(graph, self._corpus, self.window)
        part.positions = self.positions
        return part

    def measure(
        self, *, seed: int = 0, resolution: float = 1.0, betweenness: bool | None = None
    ) -> None:
        """Write on each node its community and how central it is; see ``structure``.

        New attributes: ``community`` (Leiden, numbered from 1 by size; 0 for an entity without an
        edge), ``degree``, ``strength``, ``betweenness`` and ``pagerank``.

        Args:
            seed: another number may give other communities; the same gives the same.
            resolution: above 1 for more and smaller communities, below for fewer.
            betweenness: false leaves it out: at 20,000 entities it takes minutes, the rest seconds.
                By default it is left out above 5,000 linked entities, with a warning that says so.
        """
        write_measures(self.nx, seed=seed, resolution=resolution, betweenness=betweenness)

    def slices(self, by: Period | Sequence[str | datetime.date]) -> list[tuple[str, EntityGraph]]:
        """The graph of each period, with the edges of this one that it holds, and their ends.

        Weights, counts and measures are those of the period. What was filtered out of this graph
        stays out. Articles without a date are in no period.

        Args:
            by: ``"year"``, ``"month"``, ``"week"``, or the dates at which a new period begins: one
                date gives what was before it, and what came from that day on.

        Returns:
            Pairs of a label (``2024``, ``2024-03``, ``2024-W10``, ``../2024-03-01``,
            ``2024-03-01/..``) and a graph, in order, without gaps: a period may be empty.

        Raises:
            ValueError: an unknown period, or a date that is not one.
        """
        return [(label, self._within(part)) for label, part in self._corpus.split(by)]

    def _within(self, part: Corpus) -> EntityGraph:
        """This graph as some of its articles alone would make it."""
        labels = sorted({str(kind) for _, kind in self.nx.nodes(data="type")})
        every: tuple[Status, ...] = get_args(Status)
        if mode := self.nx.graph.get(MODE):
            own = [label for label in labels if label in LABELS] or LABELS
            other = EntityGraph.of_articles(part, mode, labels=own)
            if onto := self.nx.graph.get(ONTO):
                other = other.projection(onto)
        elif self.window is None:
            other = EntityGraph.of_relations(part, labels=labels, status=every)
        elif self.nx.is_multigraph():
            other = EntityGraph.of_all(part, self.window, labels=labels, status=every)
        else:
            other = EntityGraph.of_comentions(part, self.window, labels=labels)
        other.positions = self.positions  # so that an entity stays where it is as time goes
        return other._with(subgraph_of(other.nx, set(edge_ids(self.nx))))

    def compare(self, other: EntityGraph) -> pd.DataFrame:
        """What changes from this graph to another: two periods, two sources or two corpora.

        Entities and ties are counted in articles, and measured against the number of articles of
        each side, with the log-likelihood ratio of Paul Rayson and Roger Garside ("Comparing
        corpora using frequency profiling", 2000): as Dunning's, it follows a χ² law with 1 degree
        of freedom, roughly so below 5 articles. What a graph has filtered out counts as absent:
        compare graphs made with ``min_weight=1``.

        Returns:
            One row an entity or tie, the most significant first, with columns what (entity, tie),
            source, target, kind, label, before, after (articles), share_before, share_after,
            change (appears, vanishes, grows, shrinks, stays), log_likelihood, p_value, p_adjusted.
        """
        sides = [(graph.nx, graph._corpus.count_articles()) for graph in (self, other)]
        return compare(*sides)

    def to_frame(self, table: Literal["nodes", "edges"]) -> pd.DataFrame:
        """The nodes or the edges as a DataFrame, one row each.

        Args:
            table: ``"nodes"`` (id, label, type, country, mentions, articles) or ``"edges"``
                (source, target, the kind and status of relations, then weight and the other
                measures); attributes added to ``nx`` follow, in alphabetical order.

        Raises:
            ValueError: there is no such table.
        """
        return frame_of_graph(self.nx, table, relations_only=self.window is None)

    def to_gexf(
        self,
        path: str | Path,
        *,
        dynamic: Period | None = None,
        most_quotations: int = 3,
        color_by: str = "type",
        size_by: str = "mentions",
    ) -> None:
        """Write GEXF 1.3, with colours, sizes and positions, so that Gephi opens a drawn graph.

        All files of one graph are made of one layout and one reading of the corpus.

        Args:
            path: the file; ``.gexf.gz`` is compressed, for Gephi only.
            dynamic: ``"week"``, ``"month"`` or ``"year"`` gives nodes and edges their times, for
                Gephi; a static file is then written beside it, ``NAME.static.gexf``, for Gephi
                Lite, which ignores time.
            most_quotations: how many sentences travel with each node and edge.
            color_by: node attribute that gives the colour.
            size_by: node attribute that gives the size.

        Warns:
            ExportWarning: something could not be written as it stands; its ``changes`` say what.
        """
        self._outputs.gexf(
            self._view,
            path,
            dynamic=dynamic,
            most_quotations=most_quotations,
            color_by=color_by,
            size_by=size_by,
        )

    def to_gephi_csv(
        self,
        folder: str | Path,
        *,
        dynamic: Period | None = None,
        neutralise_formulas: bool = False,
    ) -> None:
        """Write ``nodes.csv`` and ``edges.csv`` into a folder, for Gephi's « Import spreadsheet ».

        Args:
            folder: where the files go.
            dynamic: ``"week"``, ``"month"`` or ``"year"`` adds a column ``Timeset``, which Gephi
                takes for the times of nodes and edges, and for edges their weight in each period.
            neutralise_formulas: for files that go to a spreadsheet; see ``write_gephi_csv``.

        Warns:
            ExportWarning: as ``to_gexf``.
        """
        self._outputs.gephi_csv(
            self._view, folder, dynamic=dynamic, neutralise_formulas=neutralise_formulas
        )

    def to_graphml(self, path: str | Path) -> None:
        """Write GraphML, for Cytoscape and the like; warns as ``to_gexf``."""
        write_graphml(self.nx, path)

    def to_gml(self, path: str | Path) -> None:
        """Write GML, for igraph in R or Python; warns as ``to_gexf``.

        In R: ``igraph::read_graph("presse.gml", format = "gml")``.
        """
        write_gml(self.nx, path)

    def to_pajek(self, path: str | Path) -> None:
        """Write Pajek's .net: labels, weights, directions and kinds; warns as ``to_gexf``."""
        write_pajek(self.nx, path)

    def to_neo4j(self, folder: str | Path) -> None:
        """Write two CSV files for Neo4j, and the Cypher that loads them; see ``write_neo4j``.

        Warns:
            ExportWarning: as ``to_gexf``.
        """
        write_neo4j(self.nx, folder, kind="NAMED_IN" if MODE in self.nx.graph else "COMENTION")

    def to_json(self, path: str | Path) -> None:
        """Write JSON as graphology has it, for Gephi Lite and sigma.js; warns as ``to_gexf``."""
        self._outputs.json(self._view, path)

    def to_html(
        self,
        path: str | Path,
        *,
        title: str = "",
        lang: Literal["fr", "en"] = "fr",
        period: Period = "month",
        most_quotations: int = 20,
        color_by: str = "type",
        size_by: str = "mentions",
    ) -> None:
        """Write one page that any browser opens, offline: search, filter, read, correct, save.

        A large graph opens with its strongest entities; all are one click away.

        Args:
            path: the file.
            title: above the page.
            lang: language of the page.
            period: what the filter by period counts in.
            most_quotations: how many sentences of each entity and link can be read; the page says
                how many there are in all.
            color_by: node attribute that gives the colour at first, such as ``"community"`` once
                ``measure`` has found them; a box on the page changes it.
            size_by: node attribute that gives the size.

        Warns:
            ExportWarning: as ``to_gexf``.
        """
        self._outputs.html(
            self._view,
            path,
            title=title,
            lang=lang,
            period=period,
            most_quotations=most_quotations,
            color_by=color_by,
            size_by=size_by,
        )

    def to_png(self, path: str | Path, *, dpi: int = 200, **options: Any) -> None:
        """Write the figure of ``plot`` as PNG; the options are those of ``plot``."""
        self._outputs.image(self._view, path, "png", dpi=dpi, **options)

    def to_svg(self, path: str | Path, **options: Any) -> None:
        """Write the figure of ``plot`` as SVG; the options are those of ``plot``."""
        self._outputs.image(self._view, path, "svg", dpi=100, **options)

    def show(self, *, lang: Literal["fr", "en"] = "fr", height: int = 640) -> Shown:
        """The page of ``to_html`` inside a notebook; nothing is fetched there either."""
        return self._outputs.shown(self._view, lang, height)

    def layout(self, *, seed: int = 0) -> dict[str, tuple[float, float]]:
        """A place for each node, always the same for the same graph and seed."""
        return self._outputs.places(replace(self._view, positions=None), seed=seed)

    def plot(
        self,
        ax: Axes | None = None,
        *,
        seed: int = 0,
        max_labels: int = 40,
        color_by: str = "type",
        size_by: str = "mentions",
        title: str = "",
        legend: bool = True,
        unlinked: bool = False,
        lang: Literal["fr", "en"] = "fr",
    ) -> Axes:
        """Draw the graph with matplotlib; the widths of edges show their weights.

        Args:
            ax: where to draw; a new figure by default.
            seed: another number gives another layout, unless ``positions`` has every entity.
            max_labels: the largest entities are named, no more than this, and none over another.
            color_by: node attribute that gives the colour, such as ``"community"`` once ``measure``
                has found them.
            size_by: node attribute that gives the size.
            title: above the picture.
            legend: whether to say what colours, sizes and lines mean.
            unlinked: whether to draw the entities without a link too.
            lang: language of the legend and of the kinds of relation.

        Returns:
            The axes drawn on.

        Raises:
            ImportError: matplotlib is not installed.
        """
        return self._outputs.plot(
            self._view,
            ax,
            seed=seed,
            max_labels=max_labels,
            color_by=color_by,
            size_by=size_by,
            title=title,
            legend=legend,
            unlinked=unlinked,
            lang=lang,
        )
