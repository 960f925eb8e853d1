"""Two CSV files for Neo4j's bulk import, and the Cypher that loads them into a running server."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entextract.export.changes import Changes
from entextract.export.checks import Value, clean, edges_of, number
from entextract.export.plain import check_plain
from entextract.records.files import all_or_nothing

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]
    Where = str | tuple[str, str]

NODES, RELATIONSHIPS, LOAD = "nodes.csv", "relationships.csv", "load.cypher"
_TYPES = {bool: "boolean", int: "int", float: "double", str: "string"}
_READ = {bool: "toBoolean({})", int: "toInteger({})", float: "toFloat({})", str: "{}"}
_LABELS = {
    "PER": "Person",
    "ORG": "Organisation",
    "COUNTRY": "Country",
    "LOC": "Place",
    "ARTICLE": "Article",
    "SOURCE": "Newspaper",
}
_EVERY = "Entity"  # label of all nodes, for which ids are unique
_BREAKS = re.compile(r"\s*[\r\n]+\s*")


def write_neo4j(graph: Graph, folder: str | Path, *, kind: str = "COMENTION") -> None:
    """Write ``nodes.csv``, ``relationships.csv`` and ``load.cypher`` into a folder.

    The first two have the headers of ``neo4j-admin database import``; the third loads them into a
    server that runs, and says at its head how to do either. The label of a node is its ``name``;
    types are node labels (Person, Country …), and kinds of relation are types of relationship.

    Args:
        graph: a networkx graph whose nodes are strings.
        folder: where the three files go; it is made if need be.
        kind: type of the relationships whose edges have no kind.

    Warns:
        ExportWarning: something could not be written as it stands.

    Raises:
        TypeError, ValueError: as ``write_gexf``; also for a node attribute ``name``.
    """
    graph, shape = check_plain(graph, changes := Changes())
    if "name" in shape.nodes:
        raise ValueError("attribute 'name' of nodes: in Neo4j it is the label; rename it")
    nodes = {"name": str} | shape.nodes
    edges = {"weight": float, "directed": bool} | shape.edges
    folder = Path(folder)
    labels: set[str] = set()
    kinds: set[str] = set()
    with all_or_nothing() as drafts:
        with drafts.text(folder / NODES) as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(["id:ID", *_header(nodes), ":LABEL"])
            for node, row in graph.nodes.items():
                if shape.id(node) != node:
                    changes.add(f"id of {node!r}: written {shape.id(node)!r}")
                label = _label(row)
                labels.add(label)
                cells = _cells({**row, "name": row.get("label", "")}, nodes, node, changes)
                table.writerow([shape.id(node), *cells, label])
        with drafts.text(folder / RELATIONSHIPS) as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow([":START_ID", ":END_ID", *_header(edges), ":TYPE"])
            for edge in edges_of(graph):
                named = _type(str(edge.row.get("kind", "")) or kind)
                kinds.add(named)
                ends = (edge.source, edge.target)
                row = {**edge.row, "weight": edge.weight, "directed": edge.directed}
                table.writerow([*map(shape.id, ends), *_cells(row, edges, ends, changes), named])
        with drafts.text(folder / LOAD) as file:
            file.writelines(_cypher(nodes, edges, sorted(labels), sorted(kinds)))
    changes.warn(folder)


def _label(row: Mapping[str, Any]) -> str:
    own = _LABELS.get(str(row.get("type", "")))
    return f"{_EVERY};{own}" if own else _EVERY


def _type(kind: str) -> str:
    """The type of a relationship, in the manner of Neo4j.

    >>> _type("position_held"), _type("né à")
    ('POSITION_HELD', 'NÉ_À')
    """
    return re.sub(r"\W+", "_", kind).strip("_").upper() or "RELATED"


def _header(columns: Mapping[str, type]) -> Iterator[str]:
    return (f"{name}:{_TYPES[kind]}" for name, kind in columns.items())


def _cells(
    row: Mapping[str, Any], columns: Iterable[str], where: Where, changes: Changes
) -> Iterator[str]:
    return (_cell(row.get(name, ""), name, where, changes) for name in columns)


def _cell(value: Value, name: str, where: Where, changes: Changes) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return number(value)
    text = clean(value, name, where, changes)
    line = _BREAKS.sub(" ", text)
    if line != text:
        changes.add(f"{name} of {where}: line breaks removed")
    return line


def _cypher(
    nodes: Mapping[str, type], edges: Mapping[str, type], labels: list[str], kinds: list[str]
) -> Iterator[str]:
    yield (
        "// Into a server that runs: put the two CSV files into its folder « import », then\n"
        "//   cypher-shell -u neo4j -f load.cypher\n"
        "// Into a new database, faster for millions of rows:\n"
        f"//   neo4j-admin database import full --nodes={NODES} --relationships={RELATIONSHIPS}"
        " neo4j\n"
        "// Relationships that have no direction say so: directed is false.\n"
        f"CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:{_EVERY}) REQUIRE n.id IS UNIQUE;\n"
    )
    for label in labels:
        own = f"n:{label.partition(';')[2]}, " if ";" in label else ""
        values = ", ".join(
            f"n.{_quoted(name)} = {_read(name, kind)}" for name, kind in nodes.items()
        )
        yield (
            f"LOAD CSV WITH HEADERS FROM 'file:///{NODES}' AS row\n"
            f"WITH row WHERE row.`:LABEL` = '{label}'\n"
            f"MERGE (n:{_EVERY} {{id: row.`id:ID`}}) SET {own}{values};\n"
        )
    for named in kinds:
        values = ", ".join(f"{_quoted(name)}: {_read(name, kind)}" for name, kind in edges.items())
        yield (
            f"LOAD CSV WITH HEADERS FROM 'file:///{RELATIONSHIPS}' AS row\n"
            f"WITH row WHERE row.`:TYPE` = '{named}'\n"
            f"MATCH (a:{_EVERY} {{id: row.`:START_ID`}}) MATCH (b:{_EVERY} {{id: row.`:END_ID`}})\n"
            f"CREATE (a)-[:{_quoted(named)} {{{values}}}]->(b);\n"
        )


def _read(name: str, kind: type) -> str:
    return _READ[kind].format(f"row.`{name}:{_TYPES[kind]}`")


def _quoted(name: str) -> str:
    return name if name.isidentifier() and name.isascii() else f"`{name}`"
