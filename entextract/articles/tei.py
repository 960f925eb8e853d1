"""XML of articles: TEI, the corpora of TXM, and what trafilatura writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from entextract.articles.columns import Columns
from entextract.articles.interface import File, Row, nothing_in
from entextract.articles.markup import (
    bare_name,
    composed,
    html_tree,
    local_name,
    pieces_of,
    text_of,
    xml_elements,
)
from entextract.records.nouns import Problem

_BLOCK_NAMES = """
    ab argument body byline cell closer comments dateline div doc entry epigraph figure front group
    head item l lg list main note opener p quote row s salute sp stage table text
    trailer
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_RUNNING = frozenset({"p", "ab", "l", "head", "s", "q"})  # in which a note is called, not said
_SILENT = frozenset({"teiheader", "comments", "figdesc", "graphic", "fw", "desc"})
_TOKENS = re.compile(r"\s+([,.)\]…])|(['’(\[])\s+")
_ESCAPED_BREAK = re.compile(r"\s*<\s*lb\s*/?\s*>\s*(?:<\s*/\s*lb\s*>\s*)?")
_HOST = re.compile(r"\s+\([\w.-]+\.\w+\)$")


def read_txm(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The ``<text>`` elements of a corpus for TXM: their attributes are the columns."""
    own = Columns({})
    number = 0
    texts = xml_elements(file, {"text"}, rootless=True)  # Press Corpus Scraper writes no root
    for number, element in enumerate(texts, start=1):
        words = any(local_name(node) == "w" for node in element.iter(etree.Element))
        record = {bare_name(name): value for name, value in element.attrib.items()}
        link = None if words else _opening_link(element)
        record["text"] = _of_words(element) if words else xml_text(element, drop=link)
        row = own.row(record, str(number))
        title = row.values.get("title", "")
        plain = _line(text_of(html_tree(f"<div>{title}</div>"))) if "<" in title else title
        values = {**row.values, "title": plain}
        if link is not None and not values.get("url"):
            values["url"] = link.get("target") or ""
        yield Row(values, row.meta, row.line)
    if not number:
        yield nothing_in(file)


def _opening_link(element: Any) -> Any:
    """The address of the original, which Press Corpus Scraper puts before the text."""
    if (element.text or "").strip() or not len(element):
        return None
    return element[0] if local_name(element[0]) == "ref" and element[0].get("target") else None


def _of_words(element: Any) -> str:
    """Text of a corpus cut into words, a line a sentence or paragraph, as it was probably typed."""
    lines: list[list[str]] = [[]]
    for node in element.iter(etree.Element):
        if local_name(node) in ("p", "s", "div", "head"):
            lines.append([])
        elif local_name(node) == "w":
            form = next((n.text for n in node if local_name(n) == "form"), node.text) or ""
            lines[-1].append(form.strip())
    joined = (_TOKENS.sub(r"\1\2", " ".join(line)) for line in lines if line)
    return "\n".join(joined)


def read_tei(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The ``<TEI>`` elements of a file: their header says what the article is."""
    number = 0
    for number, element in enumerate(xml_elements(file, {"TEI", "TEI.2"}), start=1):
        header = next((n for n in element if local_name(n) == "teiHeader"), None)
        values, meta = ({}, {}) if header is None else _header(header)
        texts = (xml_text(n) for n in element if local_name(n) == "text")
        values["text"] = "\n".join(filter(None, texts))
        yield Row(values, meta, str(number))
    if not number:
        yield nothing_in(file)


def _header(header: Any) -> tuple[dict[str, str], dict[str, str]]:
    def first(*path: str) -> str:
        return next((text for text in map(_said, _at(header, path)) if text), "")

    title = first("titleStmt", "title")
    of_source = _at(header, ("sourceDesc", "title"))
    papers = [_said(node) for node in of_source if node.get("level") == "j"]
    if not papers and len(of_source) == 1 and of_source[0].get("level") != "a":
        papers = [said for said in map(_said, of_source) if said != title]
    publishers = (
        first("sourceDesc", "publisher"),
        *papers,
        first("publicationStmt", "publisher"),
    )
    dates = (
        node.get("when") or node.get("when-iso") or _said(node)
        for path in (("sourceDesc", "date"), ("publicationStmt", "date"), ("creation", "date"))
        for node in _at(header, path)
    )
    links = (
        n.get("target") or "" for name in ("ptr", "ref") for n in _at(header, ("sourceDesc", name))
    )
    authors = dict.fromkeys(_said(node) for node in _at(header, ("titleStmt", "author")))
    identifiers = (_said(n) for n in _at(header, ("publicationStmt", "idno")))
    values = {
        "title": title,
        "date": next((day for day in dates if day), ""),
        "source": _HOST.sub("", next((name for name in publishers if name), "")),
        "url": next((link for link in links if link.startswith("http")), ""),
        "id": next(identifiers, ""),
    }
    return values, {"author": "; ".join(author for author in authors if author)}


def _at(header: Any, path: tuple[str, ...]) -> list[Any]:
    """Elements of the last name that stand in one of each of the names before, in order."""
    nodes = [header]
    for name in path:
        nodes = [found for node in nodes for found in node.iter(f"{{*}}{name}")]
    return nodes


def _said(node: Any) -> str:
    return _line("".join(node.itertext()))


def read_trafilatura(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The ``<doc>`` elements that trafilatura writes: attributes, and the text in ``<main>``."""
    own = Columns({})
    number = 0
    for number, element in enumerate(xml_elements(file, {"doc"}), start=1):
        record = {bare_name(name): value for name, value in element.attrib.items()}
        mains = [node for node in element if local_name(node) == "main"]
        record["text"] = "\n".join(map(xml_text, mains or [element]))
        yield own.row(record, str(number))
    if not number:
        yield nothing_in(file)


def xml_text(element: Any, drop: Any = None) -> str:
    """Text of an element of TEI or TXM, a line a paragraph; ``<lb/>`` breaks a line.

    Args:
        element: what to read.
        drop: an element to leave out.
    """

    def is_silent(node: Any, name: str) -> bool:
        called = name == "note" and any(local_name(n) in _RUNNING for n in node.iterancestors())
        return node is drop or called or (name in _SILENT and node is not element)

    def closes(node: Any, name: str) -> bool:
        return name in _BLOCKS and not is_silent(node, name)

    def opens(node: Any, name: str) -> bool:
        return closes(node, name) or (name == "lb" and node.get("break") != "no")

    text = "".join(pieces_of(element, opens=opens, closes=closes, is_silent=is_silent))
    if "<" in text:  # Europarser writes breaks as escaped tags
        text = _ESCAPED_BREAK.sub("\n", text)
    lines = (" ".join(line.split(" ")).strip() for line in text.split("\n"))
    return composed("\n".join(line for line in lines if line))


def _line(text: str) -> str:
    return " ".join(text.split())
