"""Builds the networkx graphs that ``EntityGraph`` covers, from the linked rows of a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, get_args

import networkx as nx
import numpy as np

from entextract.graph.backbone import Method, select_edges
from entextract.graph.comentions import Comentions, WindowUnit, count_comentions
from entextract.graph.corpus import Corpus
from entextract.graph.significance import MEASURES, significance_columns
from entextract.records.edge_keys import COMENTION, edge_key
from entextract.records.nouns import LABELS, Entity, Label, Status

if TYPE_CHECKING:
    Column = np.ndarray[tuple[int, ...], np.dtype[Any]]
    Graph = nx.Graph[str]

DEFAULT_LABELS: tuple[Label, ...] = ("PER", "COUNTRY", "ORG")
# the attributes of every edge of co-mention
COMENTION_COLUMNS = ("weight", "articles", "sources", *MEASURES)


def comention_graph(
    corpus: Corpus,
    window: WindowUnit | int,
    *,
    min_weight: int,
    labels: Sequence[str],
    backbone: Method | None,
) -> Graph:
    """See ``EntityGraph.of_comentions``."""
    check_options(window, min_weight, labels)
    graph: Graph = nx.Graph()
    add_nodes(graph, corpus, labels)
    ids = list(graph)
    comentions = count_comentions(corpus.places(ids), window)
    columns = comention_columns(comentions)
    mask = comentions.weight >= min_weight
    if backbone:
        heavy = np.flatnonzero(mask)
        kept = {name: column[heavy] for name, column in columns.items()}
        stays = select_edges(backbone, (comentions.a[heavy], comentions.b[heavy]), kept)
        mask = np.isin(np.arange(len(mask)), heavy[stays])
    add_comentions(
        graph,
        ids,
        (comentions.a[mask], comentions.b[mask]),
        {n: c[mask] for n, c in columns.items()},
    )
    if backbone:
        graph.remove_nodes_from(list(nx.isolates(graph)))
    return graph


def relation_graph(
    corpus: Corpus,
    *,
    kinds: Sequence[str] | None,
    status: Status | Sequence[Status],
    labels: Sequence[str],
) -> nx.MultiDiGraph[str]:
    """See ``EntityGraph.of_relations``."""
    check_options("sentence", 1, labels)
    statuses = (status,) if isinstance(status, str) else tuple(status)
    if unknown := [name for name in statuses if name not in get_args(Status)]:
        raise ValueError(f"no status {unknown[0]!r}: choose from {', '.join(get_args(Status))}")
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    add_nodes(graph, corpus, labels)
    for one in corpus.stated(graph.nodes, kinds, statuses):
        graph.add_edge(
            one.source,
            one.target,
            key=edge_key(one.kind, one.status),
            kind=one.kind,
            status=one.status,
            weight=one.weight,
            articles=one.articles,
            sources=one.sources,
            **({} if one.goldstein is None else {"goldstein": one.goldstein}),
        )
    graph.remove_nodes_from(list(nx.isolates(graph)))
    return graph


def mixed_graph(comentions: Graph, relations: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """One graph of both: ``directed`` tells a relation from a co-mention."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    rows = {**comentions.nodes, **relations.nodes}
    graph.add_nodes_from((node, dict(rows[node])) for node in sorted(rows))
    for a, b, row in comentions.edges(data=True):
        low, high = sorted((a, b))
        graph.add_edge(low, high, key=COMENTION, **row, kind=COMENTION, directed=False)
    for a, b, key, row in relations.edges(keys=True, data=True):
        graph.add_edge(a, b, key=key, **row, directed=True)
    return graph


def backbone_graph(graph: Graph, method: Method, *, by: str, **options: Any) -> Graph:
    """See ``EntityGraph.backbone``."""
    number = {node: n for n, node in enumerate(graph)}
    edges = list(graph.edges(data=True))
    shared = set.intersection(*({*row} for *_, row in edges)) if edges else {*COMENTION_COLUMNS, by}
    columns = {name: np.array([row[name] for *_, row in edges]) for name in sorted(shared)}
    ends = np.array([(number[a], number[b]) for a, b, _ in edges], dtype=np.int64).reshape(-1, 2)
    mask = select_edges(
        method, (ends[:, 0], ends[:, 1]), columns, directed=graph.is_directed(), by=by, **options
    )
    keyed = edge_ids(graph)
    return subgraph_of(graph, {edge for edge, stays in zip(keyed, mask, strict=True) if stays})


def edge_ids(graph: Graph) -> list[Any]:
    """What names each edge: its ends, and its key in a multigraph."""
    return list(graph.edges(keys=True) if isinstance(graph, nx.MultiGraph) else graph.edges())


def subgraph_of(graph: Graph, edges: set[Any], nodes: Collection[str] = ()) -> Graph:
    """A copy with these edges, their ends and these nodes only, in the same order."""
    part = graph.__class__(**graph.graph)
    ends = {*nodes, *(end for edge in edges for end in edge[:2])}
    part.add_nodes_from((node, dict(row)) for node, row in graph.nodes.items() if node in ends)
    for edge in edge_ids(graph):
        if edge in edges:
            part.add_edge(*edge, **graph.edges[edge])
    return part


def ego_graph(graph: Graph, centres: Sequence[str], steps: int) -> Graph:
    """See ``EntityGraph.ego``."""
    if not isinstance(steps, int) or isinstance(steps, bool) or steps < 1:
        raise ValueError(f"steps is {steps!r}: it must be a whole number, 1 or more")
    if not centres:
        raise ValueError("name one entity at least")
    either_way = graph.to_undirected(as_view=True)
    near: dict[str, int] = {}
    for centre in centres:
        far = nx.single_source_shortest_path_length(either_way, centre, cutoff=steps)
        near |= {node: min(step, near.get(node, step)) for node, step in far.items()}
    within = {edge for edge in edge_ids(graph) if edge[0] in near and edge[1] in near}
    part = subgraph_of(graph, within, near)
    nx.set_node_attributes(part, near, "steps")
    return part


def comention_columns(comentions: Comentions) -> dict[str, Column]:
    """The attributes of ``COMENTION_COLUMNS``, a column each."""
    counts = {
        "weight": comentions.weight,
        "articles": comentions.articles,
        "sources": comentions.sources,
    }
    return {**counts, **significance_columns(comentions)}


def add_comentions(
    graph: Graph, ids: Sequence[str], ends: tuple[Column, Column], columns: Mapping[str, Column]
) -> None:
    """Add edges between the entities so numbered, with plain values for attributes."""
    names = tuple(columns)
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    graph.add_edges_from(
        (ids[a], ids[b], dict(zip(names, row, strict=True)))
        for a, b, row in zip(ends[0].tolist(), ends[1].tolist(), rows, strict=True)
    )


def add_nodes(graph: Graph, corpus: Corpus, labels: Sequence[str]) -> None:
    """Add the entities with these labels, in the order of their ids."""
    known = {entity.id: entity for entity in corpus.entities}
    if len(known) < len(corpus.entities):
        twice = Counter(entity.id for entity in corpus.entities).most_common(1)[0][0]
        raise ValueError(f"entity {twice!r} stands twice in the entities: link the result again")
    if (lost := corpus.unknown_entity()) is not None:
        raise ValueError(f"mentions of {lost!r}, which is not among the entities")
    profiles = corpus.profiles
    for entity in sorted(known.values(), key=attrgetter("id")):
        if entity.label in labels:
            # what a list of the user says stands before what was read
            graph.add_node(entity.id, **{**profiles.attributes(entity), **_attributes(entity)})


def check_options(window: object, min_weight: object, labels: Sequence[str]) -> None:
    """Refuse what ``EntityGraph.of_comentions`` says it refuses."""
    number = isinstance(window, int) and not isinstance(window, bool) and window > 0
    if not number and window not in get_args(WindowUnit):
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
        **entity.attributes,
    }
