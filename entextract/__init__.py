"""People, countries and organisations in French news, their relations, and a graph for Gephi.

Public names are loaded on first use, so that ``import entextract`` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from entextract.articles import read_articles as read_articles
    from entextract.articles import sample_articles as sample_articles
    from entextract.decisions import DecisionError as DecisionError
    from entextract.decisions import Decisions as Decisions
    from entextract.decisions.explanation import explain as explain
    from entextract.export.changes import ExportWarning as ExportWarning
    from entextract.graph.entity_graph import EntityGraph as EntityGraph
    from entextract.linking.near_duplicates import distinct as distinct
    from entextract.linking.near_duplicates import find_copies as find_copies
    from entextract.reading.extraction import extract as extract
    from entextract.reading.load import load as load
    from entextract.records.nouns import Article as Article
    from entextract.records.nouns import Copy as Copy
    from entextract.records.nouns import Entity as Entity
    from entextract.records.nouns import Mention as Mention
    from entextract.records.nouns import Problem as Problem
    from entextract.records.nouns import Relation as Relation
    from entextract.records.nouns import Sentence as Sentence
    from entextract.result import Extraction as Extraction
    from entextract.runs.run import extract_corpus as extract_corpus
    from entextract.runs.shards import Shards as Shards
    from entextract.runs.tables import Tables as Tables
    from entextract.runs.tables import open_run as open_run
    from entextract.tables.schema import relation_kinds as relation_kinds

__version__ = "0.1.0"

_HOME = {
    "read_articles": "articles",
    "sample_articles": "articles",
    "distinct": "linking.near_duplicates",
    "find_copies": "linking.near_duplicates",
    "extract_corpus": "runs.run",
    "DecisionError": "decisions",
    "Decisions": "decisions",
    "explain": "decisions.explanation",
    "extract": "reading.extraction",
    "ExportWarning": "export.changes",
    "EntityGraph": "graph.entity_graph",
    "load": "reading.load",
    "Article": "records.nouns",
    "Copy": "records.nouns",
    "Entity": "records.nouns",
    "Extraction": "result",
    "Mention": "records.nouns",
    "Problem": "records.nouns",
    "Relation": "records.nouns",
    "Sentence": "records.nouns",
    "Shards": "runs.shards",
    "Tables": "runs.tables",
    "open_run": "runs.tables",
    "relation_kinds": "tables.schema",
}
__all__ = [*_HOME, "__version__"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'entextract' has no attribute {name!r}")
    value = getattr(import_module(f"entextract.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
