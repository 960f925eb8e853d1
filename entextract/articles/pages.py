"""Saved web pages, of which trafilatura finds the article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from entextract.articles.columns import Columns
from entextract.articles.encoding import read_at_once
from entextract.articles.interface import File, Refused, Row
from entextract.articles.markup import LARGEST_PAGE, html_tree
from entextract.records.nouns import Problem

_MOST_ELEMENTS = 200_000  # trafilatura takes minutes for a million


def read_page(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The article of a web page, with what the page says of it; comments are left out."""
    refusal = f"a page of more than {LARGEST_PAGE} characters: no article"
    source, notes = read_at_once(file.path, LARGEST_PAGE, refusal)
    tree = html_tree(source)
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise Refused(f"a page of more than {_MOST_ELEMENTS} elements: no article")
    section = _named(tree, "article:section")
    page = _extracted(tree)
    if page is None:
        yield Problem(file.where, file.where, "no article found in this page", "empty")
        return
    values = {
        "text": page.text or "",
        "title": page.title or "",
        "date": page.date or "",
        "source": page.sitename or page.hostname or "",
        "url": page.url or "",
    }
    meta = {
        "author": page.author or "",
        "section": section or "; ".join(page.categories or ()),
        "tags": "; ".join(page.tags or ()),
        "description": page.description or "",
    }
    yield Row(values, meta, notes=notes)


def _extracted(tree: Any) -> Any:
    from trafilatura import bare_extraction  # slow to load

    try:
        return bare_extraction(tree, with_metadata=True, include_comments=False)
    except (RecursionError, ValueError, AttributeError, TypeError, etree.LxmlError) as error:
        raise Refused(f"a page that cannot be read: {type(error).__name__}: {error}") from error


def _named(tree: Any, name: str) -> str:
    for node in tree.iter("meta"):
        if name in (node.get("property"), node.get("name")):
            return (node.get("content") or "").strip()
    return ""
