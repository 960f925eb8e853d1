"""Makes a networkx graph of two tables, and two tables of a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import networkx as nx

from entextract.graph.build import COMENTION_COLUMNS

if TYPE_CHECKING:
    import pandas as pd


def graph_of_frames(nodes: pd.DataFrame, edges: pd.DataFrame) -> nx.Graph[str]:
    """The graph whose nodes and edges are the rows; missing values are left out.

    A column ``directed`` makes a graph that may be mixed, ``kind`` one whose edges may be parallel.

    Raises:
        ValueError: a column is missing, an id stands twice, an edge ends nowhere, or two edges of
            a graph without kinds have the same ends.
    """
    for table, frame, wanted in (("nodes", nodes, ("id",)), ("edges", edges, ("source", "target"))):
        if missing := [name for name in wanted if name not in frame]:
            raise ValueError(f"{table}: no column {missing[0]!r} among {list(frame)}")
    several = "kind" in edges
    directed = "directed" in edges and bool(edges["directed"].any())
    graph: nx.Graph[str]
    if several:
        graph = nx.MultiDiGraph() if directed else nx.MultiGraph()
    else:
        graph = nx.DiGraph() if directed else nx.Graph()
    for number, row in enumerate(_rows(nodes)):
        node = row.pop("id", "")
        if not isinstance(node, str) or not node:
            raise ValueError(f"nodes, row {number}: id {node!r} is not a text")
        if node in graph:
            raise ValueError(f"nodes, row {number}: id {node!r} stands twice")
        graph.add_node(node, **row)
    for number, row in enumerate(_rows(edges)):
        source, target = row.pop("source", ""), row.pop("target", "")
        for end in (source, target):
            if end not in graph:
                raise ValueError(f"edges, row {number}: {end!r} is not among the nodes")
        if not several and graph.has_edge(source, target):
            raise ValueError(
                f"edges, row {number}: {source!r} and {target!r} are joined already; add a column "
                "kind, or add their weights"
            )
        graph.add_edge(source, target, **row)
    return graph


def frame_of_graph(
    graph: nx.Graph[str], table: Literal["nodes", "edges"], *, relations_only: bool
) -> pd.DataFrame:
    """The nodes or the edges, one row each; see ``EntityGraph.to_frame``.

    Args:
        graph: what is told.
        table: ``"nodes"`` or ``"edges"``.
        relations_only: whether no edge is a co-mention, so that none has its measures.

    Raises:
        ValueError: there is no such table.
    """
    import pandas as pd

    if table == "nodes":
        header = ["id", "label", "type", "country", "mentions", "articles"]
        rows = [{"id": node, **row} for node, row in graph.nodes(data=True)]
    elif table == "edges":
        stated = ["kind", "status"] if graph.is_multigraph() else []
        header = [
            "source",
            "target",
            *stated,
            *(COMENTION_COLUMNS[:3] if relations_only else COMENTION_COLUMNS),
        ]
        rows = [{"source": a, "target": b, **row} for a, b, row in graph.edges(data=True)]
    else:
        raise ValueError(f"no table {table!r}: choose nodes or edges")
    extra = sorted({name for row in rows for name in row} - set(header))
    return pd.DataFrame(rows, columns=[*header, *extra])


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    columns = {str(name): frame[name] for name in frame}
    present = {name: column.notna().tolist() for name, column in columns.items()}
    values = {name: _plain(column) for name, column in columns.items()}
    return [
        {name: values[name][number] for name in columns if present[name][number]}
        for number in range(len(frame))
    ]


def _plain(column: pd.Series[Any]) -> list[Any]:
    """Values of Python; whole numbers that pandas made floats for want of a value are whole again.

    >>> import pandas as pd
    >>> _plain(pd.Series([1.0, None]))[0]
    1
    """
    values: list[Any] = column.tolist()
    known = [value for value in values if value == value and value is not None]
    if column.hasnans and known and all(isinstance(v, float) and v.is_integer() for v in known):
        return [int(value) if value == value else value for value in values]
    return values
