"""The sentences and statements behind an edge, and the entity that a name means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import networkx as nx

from entextract.records.edge_keys import edge_key
from entextract.records.lookup import Lookup, Named
from entextract.records.nouns import Article, Entity, Relation, Sentence

if TYPE_CHECKING:
    Graph = nx.Graph[str]

COLUMNS = ("article", "date", "source", "url", "sentence", "start", "end", "text")
STATED = ("kind", "status", "subject", "object")


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
