"""The sentences and statements behind an edge, and the entity that a name means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import networkx as nx

from entextract.graph.comentions import WindowUnit, linking
from entextract.graph.corpus import Corpus
from entextract.graph.two_mode import ONTO, TYPES
from entextract.records.edge_keys import COMENTION, edge_key
from entextract.records.lookup import Lookup, Named
from entextract.records.nouns import Article, Entity, Relation, Sentence

if TYPE_CHECKING:
    import pandas as pd

    Graph = nx.Graph[str]

COLUMNS = ("article", "date", "source", "url", "sentence", "start", "end", "text")
STATED = ("kind", "status", "subject", "object")


def evidence_frame(
    graph: Graph, corpus: Corpus, window: WindowUnit | int | None, ids: set[str]
) -> pd.DataFrame:
    """The sentences and statements that link two entities; see ``EntityGraph.evidence``.

    Args:
        graph: the graph in which they are linked.
        corpus: where its rows are.
        window: what makes a co-mention; None in a graph of relations only.
        ids: the two entities.
    """
    import pandas as pd

    header, rows = [*COLUMNS], []
    if window is not None:
        found = linking(corpus.named(ids), window)
        articles = corpus.articles({article for article, _ in found})
        sentences = corpus.sentences(found)
        rows = [sentence_row(*one, articles, sentences) for one in found]
    if graph.is_multigraph():
        header += STATED
        between = (r for r in corpus.relations(ids) if r.source != r.target)
        stated = [*stated_in(graph, between)]
        articles = corpus.articles({relation.article for relation in stated})
        rows = [{**row, "kind": COMENTION} for row in rows] + [
            statement_row(relation, articles) for relation in stated
        ]
    rows.sort(key=lambda row: (row["date"], row["article"], row["sentence"]))
    return pd.DataFrame(rows, columns=header)


def articles_frame(graph: Graph, corpus: Corpus, ids: set[str]) -> pd.DataFrame:
    """The sentences of an article, or of a newspaper, that name an entity.

    Args:
        graph: of two modes.
        corpus: where its rows are.
        ids: an entity, and an article or a newspaper.

    Raises:
        ValueError: these are two entities, or two articles.
    """
    import pandas as pd

    far = [node for node in ids if graph.nodes[node].get("type") in TYPES.values()]
    if len(far) != 1 or ONTO in graph.graph:
        one, other = sorted(ids)
        raise ValueError(
            f"no sentence joins {one} and {other}: in this graph sentences stand between an entity "
            "and an article, or a newspaper, that names it"
        )
    kind, _, name = far[0].partition(":")
    named = corpus.named(ids - set(far))
    articles = corpus.articles({place.article for place in named})
    keys = {
        (place.article, place.sentence)
        for place in named
        if name == (place.article if kind == "article" else articles[place.article].source)
    }
    sentences = corpus.sentences(keys)
    rows = [sentence_row(*key, articles, sentences) for key in keys]
    rows.sort(key=lambda row: (row["date"], row["article"], row["sentence"]))
    return pd.DataFrame(rows, columns=[*COLUMNS])


def sentence_row(
    article: str,
    number: int,
    articles: Mapping[str, Article],
    sentences: Mapping[tuple[str, int], Sentence],
) -> dict[str, Any]:
    """A sentence and where it stands, by the names of ``COLUMNS``."""
    known = articles.get(article, Article(id=article, text=""))
    sentence = sentences.get((article, number), Sentence(article, number, 0, 0, ""))
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


def statement_row(relation: Relation, articles: Mapping[str, Article]) -> dict[str, Any]:
    """The same of the words that state a relation, with the names of ``STATED``."""
    return {
        **sentence_row(relation.article, -1, articles, {}),
        "start": relation.start,
        "end": relation.end,
        "text": relation.text,
        "kind": relation.kind,
        "status": relation.status,
        "subject": relation.source,
        "object": relation.target,
    }


def stated_in(graph: Graph, relations: Iterable[Relation]) -> Iterator[Relation]:
    """The relations that make an edge of a graph of relations, or of both."""
    if isinstance(graph, nx.MultiGraph):
        for one in relations:
            if graph.has_edge(one.source, one.target, edge_key(one.kind, one.status)):
                yield one


def find(graph: Graph, entities: Iterable[Entity], wanted: str) -> str:
    """The id of an entity of a graph, given by id, by name or by form.

    Args:
        graph: whose nodes have the name that they are shown by, ``label``.
        entities: those of its corpus, for their forms.
        wanted: see ``Lookup``.

    Raises:
        ValueError: nothing in the graph has this id, name or form, or several have it.
    """
    if wanted in graph:
        return wanted
    forms = {entity.id: entity.forms for entity in entities}
    labels = graph.nodes(data="label", default="")
    return Lookup(Named(node, str(label), forms.get(node, ())) for node, label in labels).find(
        wanted
    )
