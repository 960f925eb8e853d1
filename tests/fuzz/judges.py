"""Oracles: what must hold whatever the input."""

from __future__ import annotations

import csv
import json
import math
import re
import unicodedata
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import networkx as nx
import pandas as pd
from hypothesis import strategies as st
from lxml import etree
from strategies import damaged
from test_decisions import RESULT
from test_export import MAIN, SCHEMA
from test_periods import RESULT as DATED

import entextract as ee
from entextract.actors.actor import ActorError
from entextract.actors.lists import read_lists
from entextract.articles.given import articles_of
from entextract.articles.interface import ColumnError
from entextract.export import (
    clean_xml,
    page,
    read_gexf,
    report_losses,
    write_gephi_csv,
    write_gexf,
    write_graphml,
    write_json,
)
from entextract.export.changes import Changes
from entextract.export.gexf_values import without_inf
from entextract.export.plain import check_plain
from entextract.reading.load import FIRST, PIPES
from entextract.records.nouns import Action, Article
from entextract.records.spelling import INVISIBLE
from entextract.result import Extraction
from entextract.tables import check_tables

Graph = nx.Graph
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_ACTIONS = set(Action.__args__)  # type: ignore[attr-defined]


def _says(error: Exception, what: str = "") -> None:
    """The message of an error is there, and names what it is about."""
    if not str(error) or what not in str(error):
        raise AssertionError(f"{type(error).__name__} does not name {what!r}: {error}") from error


def is_iso(day: str) -> None:
    assert not day or date.fromisoformat(day).isoformat() == day


# ---- reading articles


def read_articles(path: Path, folder: Path) -> None:
    """Any file: articles that are sound, or a problem that says why not; never an exception."""
    stream = ee.read_articles(path)
    found = list(stream)
    _judge(found, stream, path.name)
    if zlib.crc32(path.read_bytes()) % 8 == 0:
        assert list(stream) == found


def read_frame(table: list[dict[str, Any]], folder: Path) -> None:
    """A DataFrame of anything: the same, but that a missing column is an error."""
    try:
        stream = ee.read_articles(pd.DataFrame(table, dtype=object))
    except ColumnError as error:
        _says(error, "text_column")
        return
    _judge(list(stream), stream, "")


def read_given(given: list[Any], folder: Path) -> None:
    """Articles made by hand of anything: sound ones, the others named; or a TypeError at once."""
    try:
        stream = articles_of(given, "texts")
    except TypeError as error:
        _says(error, "articles[0]")
        return
    found = list(stream)
    assert len({article.id for article in found}) == len(found)
    for article in found:
        assert article.id
        words = [article.id, article.text, article.title, article.date, article.source, article.url]
        assert all(type(text) is str for text in words)
        assert all(type(text) is str for pair in article.meta.items() for text in pair)
    left_out = [problem for problem in stream.problems if problem.action in ("refused", "empty")]
    assert len(found) + len(left_out) == len(given)
    assert all(problem.reason for problem in stream.problems)
    Extraction(articles=tuple(found), problems=tuple(stream.problems)).to_csv(folder)
    assert len(Extraction.from_csv(folder).articles) == len(found)


def _judge(found: list[Article], stream: Any, name: str) -> None:
    problems = stream.problems
    assert found or problems, "a file without article or problem"
    assert len({article.id for article in found}) == len(found)
    for article in found:
        assert article.id
        assert article.text.strip()
        is_iso(article.date)
        words = [article.id, article.text, article.title, article.source, article.url]
        for text in [*words, *article.meta, *article.meta.values()]:
            assert isinstance(text, str)
            assert not _FORBIDDEN.search(text)
    for problem in problems:
        assert problem.reason
        assert name in problem.where
        assert problem.action in _ACTIONS
        assert not _FORBIDDEN.search(problem.reason + problem.where + problem.article)


# ---- reading what is ours


def read_decisions(path: Path, folder: Path) -> None:
    """Decisions, which can be written and applied; or a DecisionError that names the file."""
    try:
        found = ee.Decisions.read(path)
    except ee.DecisionError as error:
        _says(error, str(path))
        return
    found.write(folder / "again.yml")
    assert ee.Decisions.read(folder / "again.yml") == found
    _apply(found)


def _apply(found: ee.Decisions) -> None:
    try:
        after = RESULT.apply(found)
    except ee.DecisionError:
        return
    assert {m.entity for m in after.mentions} <= {e.id for e in after.entities}


def write_decisions_back(given: dict[str, Any], folder: Path) -> None:
    try:
        found = ee.Decisions(**given)
    except ee.DecisionError:
        return
    found.write(folder / "d.yml")
    assert ee.Decisions.read(folder / "d.yml") == found
    _apply(found)


def read_actors(path: Path, folder: Path) -> None:
    """A user's list, or an ActorError that names the file."""
    try:
        found = list(read_lists([path])[1])
    except ActorError as error:
        _says(error, str(path))
        return
    assert all(actor.name and actor.entity for actor in found)


def check_table(path: Path, folder: Path) -> None:
    """Any table: problems that name the file, never an exception."""
    assert all(str(path) in problem for problem in check_tables([path]))


@cache
def _written_results() -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        return {path.name: path.read_bytes() for path in DATED.to_csv(folder)}


def damaged_results() -> st.SearchStrategy[tuple[str, bytes]]:
    """One file of a written result, damaged."""
    seeds = _written_results()
    return st.sampled_from(sorted(seeds)).flatmap(
        lambda name: st.tuples(st.just(name), damaged([seeds[name]]))
    )


def read_results(path: Path, folder: Path) -> None:
    """A folder of tables, one of them damaged: a result, or a ValueError that names the file."""
    for name, data in _written_results().items():
        if name != path.name:
            (path.parent / name).write_bytes(data)
    try:
        found = Extraction.from_csv(path.parent)
    except ValueError as error:
        _says(error, path.name)
        return
    found.to_csv(folder / "again")
    assert Extraction.from_csv(folder / "again") == found


def write_results_back(result: Extraction, folder: Path) -> None:
    """Tables come back as they were, without texts, and without what no file can hold."""
    result.to_csv(folder)
    back = Extraction.from_csv(folder)
    assert len(back.articles) == len(result.articles)
    for name in ("mentions", "entities", "relations", "sentences", "problems"):
        rows = getattr(back, name)
        assert len(rows) == len(getattr(result, name))
    assert [replace(m, text="", rule="") for m in back.mentions] == [
        replace(m, text="", rule="") for m in result.mentions
    ]
    back.to_csv(folder / "again")
    assert Extraction.from_csv(folder / "again") == back


def read_gexf_file(path: Path, folder: Path) -> None:
    """A graph, or a ValueError that names the file; a graph can be drawn or refused in words."""
    try:
        drawn = read_gexf(path)
    except ValueError as error:
        _says(error, str(path))
        return
    for node, row in drawn.graph.nodes.items():
        assert isinstance(node, str)
        assert all(type(value) in (str, int, float, bool) for value in row.values())
    assert drawn.positions.keys() <= set(drawn.graph)


# ---- writing graphs


@cache
def gexf_of_samples() -> list[bytes]:
    """GEXF files of ours."""
    found = []
    with TemporaryDirectory() as folder:
        path = Path(folder, "g.gexf")
        graph = ee.EntityGraph.of_comentions(DATED)
        graph.to_gexf(path, dynamic="month")
        found.append(path.read_bytes())
        found.append(path.with_name("g.static.gexf").read_bytes())
        ee.EntityGraph.of_all(DATED).to_gexf(path)
        found.append(path.read_bytes())
    return found


def _refused(write: Callable[[Graph, Path], Any], graph: Graph, path: Path) -> bool:
    """Whether a graph is refused; if it is, the check says so too and no file is left."""
    try:
        write(graph, path)
    except (TypeError, ValueError) as error:
        _says(error)
        assert not path.exists() or path.is_dir()
        return True
    report_losses(graph)
    return False


@cache
def _schema() -> Any:
    return etree.XMLSchema(etree.parse(SCHEMA)) if SCHEMA.exists() else None


def write_gexf_back(graph: Graph, folder: Path) -> None:
    """GEXF: valid, and read back with the same nodes, edges and values."""
    path = folder / "g.gexf"
    if _refused(write_gexf, graph, path):
        return
    document = etree.parse(path)
    if _schema() is not None:
        for element in document.iter(f"{{{MAIN}/viz}}*"):
            element.tag = f"{{{MAIN}}}{etree.QName(element).localname}"
        _schema().assertValid(document)
    back = read_gexf(path).graph
    graph, shape = check_plain(graph, Changes())
    assert list(back) == [shape.id(node) for node in graph]
    for node, row in graph.nodes.items():
        _same_values(row, back.nodes[shape.id(node)], gexf=True)
    assert back.number_of_edges() == graph.number_of_edges()
    weights = sorted(float(row.get("weight", 1)) for *_, row in graph.edges(data=True))
    assert sorted(float(row["weight"]) for *_, row in back.edges(data=True)) == weights


def _same_values(row: dict[str, Any], back: dict[str, Any], *, gexf: bool) -> None:
    for name, value in row.items():
        if isinstance(value, str):
            expected = clean_xml(value)
            expected = without_inf(expected) if gexf and name != "label" else expected
            assert back.get(name, "") == expected, (name, value, back)
        elif isinstance(value, float) and math.isnan(value):
            assert math.isnan(back[name])
        else:
            assert back[name] == value, (name, value, back)


def write_graphml_back(graph: Graph, folder: Path) -> None:
    """GraphML: read back by networkx with the same nodes, edges and values."""
    path = folder / "g.graphml"
    if _refused(write_graphml, graph, path):
        return
    etree.parse(path)
    if check_plain(graph, Changes())[1].direction == "mixed":
        return  # networkx does not read these
    back = nx.read_graphml(path, force_multigraph=graph.is_multigraph())
    graph, shape = check_plain(graph, Changes())
    assert list(back) == [shape.id(node) for node in graph]
    for node, row in graph.nodes.items():
        _same_values(row, back.nodes[shape.id(node)], gexf=False)
    assert back.number_of_edges() == graph.number_of_edges()


def write_json_back(graph: Graph, folder: Path) -> None:
    """JSON: strict, with the same nodes, labels and edges."""
    path = folder / "g.json"
    if _refused(write_json, graph, path):
        return
    data = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_constant)
    graph, shape = check_plain(graph, Changes())
    assert [node["key"] for node in data["nodes"]] == [shape.id(node) for node in graph]
    for node, row in zip(data["nodes"], graph.nodes.values(), strict=True):
        assert node["attributes"].get("label", "") == clean_xml(row.get("label", ""))
    assert len(data["edges"]) == graph.number_of_edges()


def _no_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def write_csv_back(graph: Graph, folder: Path) -> None:
    """CSV: rows of one length, one for each node and edge, with the ids of the graph."""
    folder = folder / "gephi"
    if _refused(write_gephi_csv, graph, folder):
        return
    tables = {}
    for name in ("nodes", "edges"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header, *tables[name] = csv.reader(file, strict=True)
        assert len(set(map(len, [header, *tables[name]]))) == 1
        assert len({column.lower() for column in header}) == len(header)
    graph, shape = check_plain(graph, Changes())
    shown = [unicodedata.normalize("NFC", row[0].replace("\\\\", "\\")) for row in tables["nodes"]]
    assert shown == [unicodedata.normalize("NFC", shape.id(node)) for node in graph]
    assert len(tables["edges"]) == graph.number_of_edges()
    assert {end for row in tables["edges"] for end in row[:2]} <= {
        row[0] for row in tables["nodes"]
    }


@cache
def _scripts() -> tuple[int, int]:
    text = page(nx.Graph(), positions={})
    return text.count("<script"), text.count("</script")


def write_html_back(graph: Graph, folder: Path) -> None:
    """The page: no more scripts than that of an empty graph, and data that is strict JSON."""
    title = next(iter(graph), "")
    try:
        text = page(graph, positions={}, title=title)
    except (TypeError, ValueError) as error:
        _says(error)
        return
    assert (text.count("<script"), text.count("</script")) == _scripts()
    text.encode("utf-8")
    found = re.search(r'id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    data = json.loads(found[1], parse_constant=_no_constant)
    graph, shape = check_plain(graph, Changes())
    assert [node["id"] for node in data["nodes"]] == [shape.id(node) for node in graph]
    assert len(data["edges"]) == graph.number_of_edges()


# ---- what the pipeline reads of a text


@cache
def _reader() -> Any:
    import spacy

    nlp = spacy.blank("fr")
    for name in (*FIRST, *PIPES):
        nlp.add_pipe(name)
    return nlp


def read_unseen(pieces: list[tuple[str, str, int]], folder: Path) -> None:
    """Characters that nobody sees change no name, and every offset gives back the text."""
    plain = " ".join(piece for piece, _, _ in pieces)
    text = " ".join(f"{piece[:at]}{unseen}{piece[at:]}" for piece, unseen, at in pieces)
    places = [i for i, character in enumerate(text) if not INVISIBLE.match(character)]
    assert [text[i] for i in places] == list(plain)
    seen, marked = (ee.extract([Article("a", t)], _reader()) for t in (plain, text))
    assert not marked.problems
    assert [(places[m.start], places[m.end - 1] + 1, m.entity) for m in seen.mentions] == [
        (m.start, m.end, m.entity) for m in marked.mentions
    ]
    assert seen.entities == marked.entities
    for row in (*marked.mentions, *marked.sentences):
        assert row.text == text[row.start : row.end]
