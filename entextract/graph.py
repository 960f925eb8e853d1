"""Entities joined by co-mention: building, filtering, explaining and drawing the graph.

No spaCy and no file writing here; ``export`` writes what ``EntityGraph`` holds.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import combinations, groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

import networkx as nx

from entextract.drawing import draw, layout
from entextract.export import write_gephi_csv, write_gexf, write_graphml
from entextract.records import LABELS, Article, Entity, Extraction, Sentence

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

Unit = Literal["sentence", "paragraph", "article"]
Pair = tuple[str, str]


class Place(NamedTuple):
    """Where an entity is named; several mentions in one sentence are one place."""

    article: str
    sentence: int
    paragraph: int
    entity: str


class EntityGraph:
    """Entities and the links between them: a thin cover over the networkx graph in ``nx``.

    Nodes are entity ids, in alphabetical order. Their attributes: ``label`` (the readable name),
    ``type`` (PER, COUNTRY, ORG or LOC), ``country`` (absent when unknown), ``mentions`` and
    ``articles``. Edges have ``weight`` and ``articles``, the number of distinct articles that made
    them. Change ``nx`` freely: every method reads it afresh.
    """

    def __init__(
        self, graph: nx.Graph[str], result: Extraction, places: Iterable[Place], window: Unit | int
    ) -> None:
        """Made by ``of_comentions``, which is the way to build one."""
        self.nx = graph
        self.window = window
        self._articles = {article.id: article for article in result.articles}
        self._sentences = {(s.article, s.sentence): s for s in result.sentences}
        self._places: dict[str, list[Place]] = {}
        for place in places:
            self._places.setdefault(place.entity, []).append(place)

    @classmethod
    def of_comentions(
        cls,
        result: Extraction,
        window: Unit | int = "sentence",
        *,
        min_weight: int = 1,
        labels: Sequence[str] = ("PER", "COUNTRY", "ORG"),
    ) -> EntityGraph:
        """Join the entities that are mentioned together.

        The weight of an edge is the number of windows that mention both entities, however often
        each is named there. With a number ``n`` the window slides inside each article, and each
        sentence counts once at most: it counts if it mentions one of the two, and the other is
        mentioned in it or in one of the ``n - 1`` sentences before it. So ``n=1`` is
        ``"sentence"``, and a pair named in two neighbouring sentences weighs 1 for any ``n`` above
        1, where counting every position of the window would weigh it ``n - 1``.

        Args:
            result: what ``extract`` returned.
            window: ``"sentence"``, ``"paragraph"``, ``"article"``, or a number of consecutive
                sentences.
            min_weight: lighter edges are left out; 0 and 1 keep them all. Entities stay, linked or
                not, as in Gephi, where a filter on degree hides them.
            labels: the kinds of entity to keep; add ``"LOC"`` for other places.

        Returns:
            The graph; the same for any order of the rows of ``result``.

        Raises:
            ValueError: an unknown window or label, a negative weight, or a result whose mentions
                and entities do not agree.

        >>> graph = EntityGraph.of_comentions(Extraction(), window=3)
        >>> graph
        <EntityGraph: 0 entities, 0 edges, window 3 sentences>
        """
        _check_options(window, min_weight, labels)
        graph: nx.Graph[str] = nx.Graph()
        known = {entity.id: entity for entity in result.entities}
        if len(known) < len(result.entities):
            twice = Counter(entity.id for entity in result.entities).most_common(1)[0][0]
            raise ValueError(
                f"entity {twice!r} stands twice in the entities: link the result again"
            )
        for entity in sorted(known.values(), key=attrgetter("id")):
            if entity.label in labels:
                graph.add_node(entity.id, **_attributes(entity))
        if lost := {mention.entity for mention in result.mentions} - known.keys():
            raise ValueError(f"mentions of {min(lost)!r}, which is not among the entities")
        places = sorted(
            {
                Place(m.article, m.sentence, m.paragraph, m.entity)
                for m in result.mentions
                if m.entity in graph
            }
        )
        weights, articles = _count(places, window)
        for pair in sorted(weights):
            if weights[pair] >= min_weight:
                graph.add_edge(*pair, weight=weights[pair], articles=articles[pair])
        return cls(graph, result, places, window)

    def __len__(self) -> int:
        return len(self.nx)

    def __repr__(self) -> str:
        edges = self.nx.number_of_edges()
        return f"<EntityGraph: {len(self)} entities, {edges} edges, window {self._window_words()}>"

    def _window_words(self) -> str:
        if isinstance(self.window, str):
            return self.window
        return "1 sentence" if self.window == 1 else f"{self.window} sentences"

    def evidence(self, a: str, b: str) -> pd.DataFrame:
        """The sentences that link two entities, whatever the weight of their edge.

        A sentence stands once, even if it serves several windows; so there may be more rows than
        the weight (two sentences make one paragraph) or fewer (with a number of sentences).

        Args:
            a: id or name of an entity of the graph; case is ignored in names.
            b: the other.

        Returns:
            One row a sentence, by date, article and sentence, with columns article, date, source,
            url, sentence, start, end, text; no row if nothing links them.

        Raises:
            ValueError: a name is unknown, or borne by several entities; or a and b are the same.
        """
        import pandas as pd

        ids = {self._find(a), self._find(b)}
        if len(ids) == 1:
            raise ValueError(f"{a!r} and {b!r} are the same entity, {ids.pop()}")
        places = sorted(place for entity in ids for place in self._places.get(entity, ()))
        rows = [self._evidence_row(article, n) for article, n in _linking(places, self.window)]
        header = ["article", "date", "source", "url", "sentence", "start", "end", "text"]
        rows.sort(key=lambda row: (row["date"], row["article"], row["sentence"]))
        return pd.DataFrame(rows, columns=header)

    def _evidence_row(self, article: str, number: int) -> dict[str, Any]:
        known = self._articles.get(article, Article(id=article, text=""))
        sentence = self._sentences.get((article, number), Sentence(article, number, 0, 0, ""))
        return {
            "article": article,
            "date": known.date,
            "source": known.source,
            "url": known.url,
            "sentence": number,
            "start": sentence.start,
            "end": sentence.end,
            "text": sentence.text,
        }

    def _find(self, name: str) -> str:
        """The id of an entity given by id or by name."""
        if name in self.nx:
            return name
        names = {node: str(label) for node, label in self.nx.nodes(data="label", default="")}
        found = [node for node, label in names.items() if label == name] or [
            node for node, label in names.items() if label.casefold() == name.casefold()
        ]
        if len(found) > 1:
            raise ValueError(f"several entities are called {name!r}; give the id: {_list(found)}")
        if not found:
            raise ValueError(f"no entity {name!r} in the graph{_suggestion(name, names)}")
        return found[0]

    def to_frame(self, table: Literal["nodes", "edges"]) -> pd.DataFrame:
        """The nodes or the edges as a DataFrame, one row each.

        Args:
            table: ``"nodes"`` (id, label, type, country, mentions, articles) or ``"edges"``
                (source, target, weight, articles); attributes added to ``nx`` follow.

        Raises:
            ValueError: there is no such table.
        """
        import pandas as pd

        if table == "nodes":
            header = ["id", "label", "type", "country", "mentions", "articles"]
            rows = [{"id": node, **row} for node, row in self.nx.nodes(data=True)]
        elif table == "edges":
            header = ["source", "target", "weight", "articles"]
            rows = [{"source": a, "target": b, **row} for a, b, row in self.nx.edges(data=True)]
        else:
            raise ValueError(f"no table {table!r}: choose nodes or edges")
        extra = sorted({name for row in rows for name in row} - set(header))
        return pd.DataFrame(rows, columns=[*header, *extra])

    def to_gexf(self, path: str | Path) -> tuple[str, ...]:
        """Write GEXF 1.3, with colours, sizes and positions, so that Gephi opens a drawn graph.

        Returns:
            What was changed on the way, a sentence each; see ``export`` for this and for errors.
        """
        return write_gexf(
            self.nx,
            path,
            description=f"Entities mentioned together. Window: {self._window_words()}.",
            date=self._latest_date(),
            positions=layout(self.nx, seed=0, scale=100 * math.sqrt(len(self))),
        )

    def to_gephi_csv(self, folder: str | Path) -> tuple[str, ...]:
        """Write ``nodes.csv`` and ``edges.csv`` into a folder, for Gephi's « Import spreadsheet ».

        Returns:
            What was changed on the way, a sentence each; see ``export`` for this and for errors.
        """
        return write_gephi_csv(self.nx, folder)

    def to_graphml(self, path: str | Path) -> tuple[str, ...]:
        """Write GraphML, for Cytoscape, igraph and the like.

        Returns:
            What was changed on the way, a sentence each; see ``export`` for this and for errors.
        """
        return write_graphml(self.nx, path)

    def _latest_date(self) -> str:
        """Date of the last article, empty if none is dated: the same input gives the same file."""
        dates = set()
        for article in self._articles.values():
            try:
                dates.add(datetime.date.fromisoformat(article.date).isoformat())
            except ValueError:
                continue  # undated, or dated in words: such an article cannot be the last
        return max(dates, default="")

    def plot(self, ax: Axes | None = None, *, seed: int = 0, max_labels: int = 40) -> Axes:
        """Draw the graph with matplotlib: colours by type, sizes by mentions, widths by weight.

        Args:
            ax: where to draw; a new figure by default.
            seed: another number gives another layout.
            max_labels: the most mentioned entities are named, no more than this.

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
        draw(ax, self.nx, layout(self.nx, seed=seed), max_labels)
        return ax


def _check_options(window: object, min_weight: object, labels: Sequence[str]) -> None:
    number = isinstance(window, int) and not isinstance(window, bool) and window > 0
    if not number and window not in get_args(Unit):
        raise ValueError(
            f"no window {window!r}: choose sentence, paragraph, article, or a number of sentences"
        )
    if not isinstance(min_weight, int) or isinstance(min_weight, bool) or min_weight < 0:
        raise ValueError(f"min_weight is {min_weight!r}: it must be a whole number, 0 or more")
    if isinstance(labels, str) or (unknown := [name for name in labels if name not in LABELS]):
        wrong = labels if isinstance(labels, str) else unknown
        raise ValueError(f"labels {wrong!r}: give a list of some of {', '.join(LABELS)}")


def _attributes(entity: Entity) -> dict[str, str | int]:
    known = {"country": entity.country} if entity.country else {}
    return {
        "label": entity.name,
        "type": entity.label,
        **known,
        "mentions": entity.mentions,
        "articles": entity.articles,
    }


# --- counting: weights and evidence both come from _windows and so cannot disagree ---


def _windows(places: list[Place], window: Unit | int) -> Iterator[tuple[list[Place], list[Place]]]:
    """The windows, article by article: places that count now, and those only within reach."""
    if isinstance(window, str):
        unit = ("article",) if window == "article" else ("article", window)
        in_window = attrgetter(*unit)
        for _, group in groupby(sorted(places, key=in_window), key=in_window):
            yield list(group), []
        return
    for _, article in groupby(places, key=attrgetter("article")):
        recent: deque[list[Place]] = deque()
        for number, group in groupby(article, key=attrgetter("sentence")):
            while recent and recent[0][0].sentence <= number - window:
                recent.popleft()
            now = list(group)
            yield now, [place for sentence in recent for place in sentence]
            recent.append(now)


def _count(places: list[Place], window: Unit | int) -> tuple[Counter[Pair], Counter[Pair]]:
    """Number of windows and of articles for each pair of entities."""
    weights: Counter[Pair] = Counter()
    articles: Counter[Pair] = Counter()
    last: dict[Pair, str] = {}
    for now, before in _windows(places, window):
        article = now[0].article
        for pair in _pairs(now, before):
            weights[pair] += 1
            if last.get(pair) != article:
                last[pair] = article
                articles[pair] += 1
    return weights, articles


def _pairs(now: list[Place], before: list[Place]) -> Iterator[Pair]:
    here = sorted({place.entity for place in now})
    yield from combinations(here, 2)
    for other in {place.entity for place in before}.difference(here):
        for entity in here:
            yield (entity, other) if entity < other else (other, entity)


def _linking(places: list[Place], window: Unit | int) -> set[tuple[str, int]]:
    """The sentences, as (article, number), of the windows that hold both of two entities."""
    found = set()
    for now, before in _windows(places, window):
        here = {place.entity for place in now}
        reached = [place for place in before if place.entity not in here]
        if len(here) == 2 or reached:
            found |= {(place.article, place.sentence) for place in [*now, *reached]}
    return found


def _suggestion(name: str, names: dict[str, str]) -> str:
    wanted = name.casefold()
    by_text = {label.casefold(): label for label in names.values() if label}
    by_text |= {node.casefold(): node for node in names}
    near = [text for text in sorted(by_text) if wanted and wanted in text][:5]
    near = near or get_close_matches(wanted, sorted(by_text), n=5)
    return f"; close: {_list([by_text[text] for text in near])}" if near else ""


def _list(words: Iterable[str]) -> str:
    return ", ".join(repr(word) for word in words)
