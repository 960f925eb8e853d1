"""What a text holds, whatever file it was in: documents of a database, a corpus, or one article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from entextract.articles import factiva_text, iramuteq, lexisnexis
from entextract.articles.interface import LONGEST_TEXT, Refused, Row

_HEAD = 2**20  # characters looked at
_EUROPRESSE = re.compile(r"\b(?:news|web|rdp|tvr|soc)·\d{8}·\w+·[\w.-]+")
_PROQUEST = re.compile(r"^\s*ProQuest document ID\s*:?\s*(\d+)", re.MULTILINE | re.IGNORECASE)
# marks of documents in HTML that has lost the classes of its database
_IN_HTML = (
    re.compile(r">\s*(?:Document|Dokument)\s+[A-Za-z]\w{0,11}\d{8}\w{4,12}\s*<"),
    re.compile(r">\s*\d+\s+(?:of|de|sur|von)\s+\d+\s+DO[CK]UMENT(?:S|EN)?\s*<"),
    re.compile(r">\s*Document\s+\d+\s+(?:of|de|sur)\s+\d+\s*<"),
    re.compile(r">\s*(?:End of Document|Fin du document)\s*<", re.IGNORECASE),
)
_EXPORTS = (
    # marks of documents, the database, and what to do instead
    (_EUROPRESSE, "Europresse", "in Europresse, choose HTML and read that file"),
    (_PROQUEST, "ProQuest", "in ProQuest, choose XLS (a table) and read that file"),
)
_HINTS = ("·", "&#183;", "&middot;", "ProQuest")  # what each mark has, as HTML may write it


def rows_of(lines: Iterable[str], title: str = "") -> Iterator[Row]:
    """The articles of a text.

    Args:
        lines: each ended by ``\\n``.
        title: of the article, if it is one, as its file tells.

    Raises:
        Refused: it is of a database whose documents cannot be told apart in it, or too long.
    """
    lines = iter(lines)
    start: list[str] = []
    length = 0
    for line in lines:
        start.append(line)
        length += len(line)
        if length > _HEAD:
            break
    lines = chain(start, lines)
    if split := _splitter("".join(start)):
        yield from split(lines)
        return
    pieces, length = [], 0
    for line in lines:
        length += len(line)
        if length > LONGEST_TEXT:
            raise Refused(f"more than {LONGEST_TEXT} characters: cut the file into articles first")
        pieces.append(line)
    text = "".join(pieces)
    refuse_export(text)
    yield Row({"text": text, "title": title})


def _splitter(head: str) -> Callable[[Iterable[str]], Iterator[Row]] | None:
    """What cuts a text into its documents; None if it is one article."""
    lines = head.split("\n")
    first = next((line for line in lines if line.strip()), "")
    headings = sum(map(iramuteq.has_variables, lines))
    if iramuteq.is_heading(first) or headings > 1:
        return iramuteq.articles
    if len(_PROQUEST.findall(head)) > 1:
        return None  # which refuse_export names
    if any(map(lexisnexis.is_start, lines)):
        return lexisnexis.numbered_documents
    if any(map(lexisnexis.is_end, lines)):
        return lexisnexis.ended_documents
    if factiva_text.has_codes(head):
        return factiva_text.coded_documents
    if any(map(factiva_text.is_end, lines)):
        return factiva_text.plain_documents
    return None


def is_export(head: str) -> bool:
    """Whether the beginning of a text shows that it is no single article."""
    return _splitter(head) is not None


def marks_in_html(line: str) -> int:
    """How many documents of a database a line of HTML closes or opens."""
    return sum(len(marks.findall(line)) for marks in _IN_HTML) if "ocument" in line.lower() else 0


def may_be_of_export(line: str) -> bool:
    """Whether a line of HTML can have a mark of a database: to look at it costs little."""
    return any(mark in line for mark in _HINTS)


def refuse_export(text: str) -> None:
    """Never read documents of a database as one article.

    Raises:
        Refused: two or more of them are in the text.
    """
    refuse_exports(text.split("\n"))


def refuse_exports(lines: Iterable[str]) -> None:
    """As ``refuse_export``, for the lines of a text.

    Raises:
        Refused: two or more documents of a database are in the text.
    """
    found: dict[str, set[str]] = {}
    for line in lines:
        for marks, database, remedy in _EXPORTS:
            for mark in marks.findall(line):
                seen = found.setdefault(f"{database}: {remedy}", set())
                seen.add(mark)
    for database, seen in found.items():
        if len(seen) > 1:
            raise Refused(f"{len(seen)} documents in one text, not told apart; of {database}")
