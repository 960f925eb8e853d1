"""Entities and the articles or newspapers that name them in one graph, and its projections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

import networkx as nx
import numpy as np

from entextract.graph.build import add_nodes, check_options
from entextract.graph.comentions import Place
from entextract.graph.corpus import Corpus, Part
from entextract.records.nouns import Article

if TYPE_CHECKING:
    Graph = nx.Graph[str]

Other = Literal["article", "source"]  # what entities are joined to
Onto = Literal["entity", "article", "source"]
MODE = "two_mode"  # attribute of a networkx graph: what its entities are, or were, joined to
ONTO = "onto"  # of a projection: what its nodes are
TYPES: dict[Other, str] = {"article": "ARTICLE", "source": "SOURCE"}  # of the other nodes


def two_mode_graph(
    corpus: Corpus, other: Other, *, min_weight: int, labels: Sequence[str]
) -> Graph:
    """See ``EntityGraph.of_articles``."""
    check_options("sentence", min_weight, labels)
    if other not in get_args(Other):
        raise ValueError(f"no second kind of node {other!r}: choose {' or '.join(get_args(Other))}")
    graph: Graph = nx.Graph()
    graph.graph[MODE] = other
    add_nodes(graph, corpus, labels)
    sentences: dict[tuple[str, str], int] = defaultdict(int)
    articles: dict[tuple[str, str], set[str]] = defaultdict(set)
    printed: dict[str, set[str]] = defaultdict(set)
    named: dict[str, Article] = {}
    for places, known, _ in corpus.parts(graph.nodes):
        for article, _number, entity in sorted({(p.article, p.sentence, p.entity) for p in places}):
            if not (node := _node(known.get(article), article, other)):
                continue
            named.setdefault(node, known.get(article, Article(article, "")))
            sentences[entity, node] += 1
            articles[entity, node].add(article)
            printed[node].add(article)
    for node in sorted(named):
        graph.add_node(node, **_attributes(named[node], other, len(printed[node])))
    for ends in sorted(sentences):
        if sentences[ends] >= min_weight:
            graph.add_edge(*ends, weight=sentences[ends], articles=len(articles[ends]))
    for node in named:
        graph.nodes[node]["mentions"] = sum(row["weight"] for row in graph[node].values())
    graph.remove_nodes_from([node for node in named if not graph[node]])
    return graph


def _attributes(article: Article, other: Other, articles: int) -> dict[str, str | int]:
    if other == "source":
        return {"label": article.source, "type": TYPES[other], "articles": articles}
    known = {"date": article.date, "newspaper": article.source, "url": article.url}
    return {
        "label": article.title or article.id,
        "type": TYPES[other],
        "articles": articles,
        **{name: value for name, value in known.items() if value},
    }


def places_of_both(graph: Graph, part: Part) -> list[Place]:
    """Where the entities of a two-mode graph are named, each with the article or newspaper.

    So that the windows of a sentence join the two, and their sentences and days are found as those
    of co-mentions are.
    """
    other = graph.graph[MODE]
    far = {
        place._replace(entity=node)
        for place in part.places
        if (node := _node(part.articles.get(place.article), place.article, other)) in graph
    }
    return sorted({*part.places, *far})


def _node(article: Article | None, name: str, other: Other) -> str:
    """The node of the article, or of its newspaper; empty if it has none."""
    if other == "article":
        return f"article:{name}"
    return f"source:{article.source}" if article and article.source else ""


def projection(graph: Graph, onto: Onto, *, min_weight: int) -> Graph:
    """See ``EntityGraph.projection``."""
    other = graph.graph.get(MODE)
    if other is None or ONTO in graph.graph:
        raise ValueError("only a graph of entities and articles or sources has projections")
    if onto not in ("entity", other):
        raise ValueError(f"no projection onto {onto!r}: choose entity or {other}")
    check_options("sentence", min_weight, ())
    far = TYPES[other]
    types = {node: str(row.get("type", "")) for node, row in graph.nodes.items()}
    kept = [node for node in graph if (types[node] == far) == (onto != "entity")]
    shared = [node for node in graph if (types[node] == far) == (onto == "entity")]
    part: Graph = nx.Graph()
    part.graph.update({MODE: other, ONTO: onto})
    part.add_nodes_from((node, dict(graph.nodes[node])) for node in kept)
    for a, b, row in _shared(graph, kept, shared):
        if row["weight"] >= min_weight:
            part.add_edge(a, b, **row)
    return part


def _shared(
    graph: Graph, kept: list[str], shared: list[str]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The pairs of ``kept`` that have neighbours in common, with how many, and how telling."""
    number = {node: n for n, node in enumerate(kept)}
    joined = {node: np.sort([number[end] for end in graph[node]]) for node in shared}
    shares = {node: np.full(len(ends), 1 / max(len(ends) - 1, 1)) for node, ends in joined.items()}
    for a in filter(graph.degree, kept):
        ends = np.concatenate([joined[node] for node in graph[a]])
        later = ends > number[a]
        others, which, counts = np.unique(ends[later], return_inverse=True, return_counts=True)
        newman = np.bincount(which, np.concatenate([shares[node] for node in graph[a]])[later])
        pairs = zip(others.tolist(), counts.tolist(), newman.tolist(), strict=True)
        for other, weight, sum_of_shares in pairs:
            b = kept[other]
            jaccard = weight / (graph.degree[a] + graph.degree[b] - weight)
            yield a, b, {"weight": weight, "jaccard": jaccard, "newman": sum_of_shares}
