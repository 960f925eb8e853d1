"""RSS and Atom feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from entextract.articles.columns import Columns
from entextract.articles.interface import File, Row, nothing_in
from entextract.articles.markup import html_tree, local_name, text_of, xml_elements
from entextract.records.nouns import Problem

_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>|&#?\w+;")


def read_feed(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The items of an RSS or Atom file."""
    number = 0
    source = ""
    for number, item in enumerate(xml_elements(file, {"item", "entry"}), start=1):
        source = source or _feed_title(item)
        yield _item(item, source, str(number))
    if not number:
        yield nothing_in(file)


def _item(item: Any, source: str, number: str) -> Row:
    texts = {name: _content(node) for name, node in _children(item)}
    best = ("encoded", "content", "description", "summary")
    values = {
        "text": next((texts[name] for name in best if texts.get(name)), ""),
        "id": texts.get("guid") or texts.get("id") or "",
        "title": _line(texts.get("title", "")),
        "date": next(
            (texts[n] for n in ("pubDate", "published", "date", "updated") if n in texts), ""
        ),
        "source": source,
        "url": _link(item),
    }
    kinds = ("category", "subject")
    sections = [_category(node) for node in item if local_name(node) in kinds]
    meta = {
        "author": _line(texts.get("creator") or texts.get("author") or ""),
        "section": "; ".join(section for section in sections if section),
    }
    if values["text"] == values["title"]:
        values["text"] = ""
    return Row(values, meta, number)


def _children(item: Any) -> Iterator[tuple[str, Any]]:
    # the last one wins in a dict, and media:title or media:content are no text of the article
    for node in reversed(item):
        if (name := local_name(node)) and "search.yahoo.com" not in node.tag:
            yield name, node


def _content(node: Any) -> str:
    """Text of an element that holds plain text, escaped HTML, or XHTML."""
    if local_name(node) == "author" and len(node):
        return next((text_of(n) for n in node if local_name(n) == "name"), "")
    if len(node):
        return text_of(node)
    text = node.text or ""
    return text_of(html_tree(f"<div>{text}</div>")) if _TAG.search(text) else text.strip()


def _link(item: Any) -> str:
    links = [node for name, node in _children(item) if name == "link"][::-1]
    for node in links:
        if node.get("rel", "alternate") == "alternate" and (node.get("href") or node.text):
            return str(node.get("href") or node.text).strip()
    return ""


def _category(node: Any) -> str:
    return _line((node.get("label") or node.get("term") or node.text or "").strip())


def _feed_title(item: Any) -> str:
    """Title of the feed: it stands before the items, beside them or, in RSS 1.0, in a channel."""
    for node in item.itersiblings(preceding=True):
        if local_name(node) == "title":
            return _line(_content(node))
        if local_name(node) == "channel":
            return next((_line(_content(n)) for n in node if local_name(n) == "title"), "")
    return ""


def _line(text: str) -> str:
    return " ".join(text.split())
