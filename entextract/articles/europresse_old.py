"""Europresse before 2014: what follows the headline as loose lines, in a table or an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from lxml import html

from entextract.articles.interface import File
from entextract.articles.markup import parts_of, text_of

_START = re.compile(r"""<span\s+class\s*=\s*["']?DocPublicationName\b""", re.IGNORECASE)
# what stands below the text: rights, number, notes
_END = re.compile(
    r"(?:©|(?:Numéro de document|Document number|Note\(s\)|Illustration\(s\)|Catégories?|Type\(s\)"
    r"|Sujets?|Mots-clés|Lieux?)\s*:|(?:news|web|rdp|tvr)·\d{8}·)"
)
_PARAGRAPH = "¶"  # stands for the end of a paragraph
_LONGEST_AUTHOR = 150


def documents(file: File) -> Iterator[str]:
    """The source of each document of a file without articles.

    Raises:
        Refused: a document is longer than any.
    """
    yield from (part for part in parts_of(file, _START) if _START.match(part))


def text(document: Any, author: str, not_text: frozenset[str]) -> tuple[str, str]:
    """The text that follows the headline, and the author, whose line stands above it.

    A paragraph ends with ``<p></p>``, the line of the author with a mere ``<br>``.

    Args:
        document: of the old layout.
        author: if it is known already.
        not_text: names of elements to leave out.
    """
    title = next((node for node in document.iter("span") if _is_title(node)), None)
    if title is None:
        return "", author
    loose = html.Element("div")
    loose.text = title.tail
    for node in title.itersiblings():
        loose.append(deepcopy(node))
    for mark in loose.iter("p"):
        if not (mark.text or "").strip() and not len(mark):
            mark.text = _PARAGRAPH
    lines = text_of(loose, drop=not_text | {"table"}, classes="publiC-lblNodoc").split("\n")
    lines = lines[: next((n for n, line in enumerate(lines) if _END.match(line)), len(lines))]
    if not author and _PARAGRAPH in lines[2:] and lines[1] != _PARAGRAPH and _is_name(lines[0]):
        author = lines.pop(0)
    return "\n".join(line for line in lines if line != _PARAGRAPH), author


def _is_title(node: Any) -> bool:
    return "titrearticlevisu" in (node.get("class") or "").lower().split()


def _is_name(line: str) -> bool:
    return len(line) <= _LONGEST_AUTHOR and not line.endswith((".", "!", "?", "…", ":", "»"))
