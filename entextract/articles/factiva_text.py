"""Factiva exports as text: RTF, or a page saved as text, with the codes of the index or without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from entextract.articles.factiva import ACCESSION, CODES, header, row_of_codes
from entextract.articles.interface import LONGEST_TEXT, Refused, Row
from entextract.articles.paragraphs import blocks, documents, paragraphs

# a code alone on its line, or parted from its value by stars, a tab, two blanks or a cell of RTF
_CODE = re.compile(
    rf"\s*(?:\|\s*)?\*?({'|'.join(sorted(CODES, key=len, reverse=True))})\b"
    r"(?:\*\s*|\s*\|\s*|\s*\t\s*|\s{2,}|\s*$)(.*)",
    re.DOTALL,
)
_END = re.compile(r"\s*(?:Document[oe]?|Dokument)\s+[A-Za-z]\w{0,11}\d{8}\w{4,12}\s*$")
_TEXTS = {"LP", "TD"}
_LAST_OF_HEADER = re.compile(r"\s*(?:copyright|©|\(c\))", re.IGNORECASE)


def has_codes(head: str) -> bool:
    """Whether a text shows the codes of Factiva's index."""
    codes = {found[1] for line in head.split("\n") if (found := _CODE.match(line))}
    return len(codes & {"HD", "PD", "SN", "LP", "TD", "WC", "AN"}) >= 4


def is_end(line: str) -> bool:
    """Whether a line is the accession number that closes a document."""
    return bool(_END.match(line))


def coded_documents(lines: Iterable[str]) -> Iterator[Row]:
    """The documents of a text with codes.

    Raises:
        Refused: a document is longer than any article.
    """
    coded: dict[str, list[str]] = {}
    code, at, length = "", 1, 0
    for number, line in enumerate(lines, start=1):
        if found := _CODE.match(line):
            if found[1] in coded or ("AN" in coded and found[1] in ("SE", "HD")):
                yield _of_codes(coded, at)
                coded, at, length = {}, number, 0
            code, line = found[1], found[2]
            coded[code] = []
        if code:
            coded[code].append(line)
            length += len(line)
            if length > LONGEST_TEXT:
                raise Refused(f"more than {LONGEST_TEXT} characters without a code of Factiva")
    if coded:
        yield _of_codes(coded, at)


def _of_codes(coded: dict[str, list[str]], at: int) -> Row:
    values = {}
    for code, lines in coded.items():
        bare = [line.strip().strip("|") for line in lines]
        if code in _TEXTS:
            values[code] = "\n".join(paragraphs(bare))
        else:
            values[code] = " ".join(" ".join(bare).split())
    return row_of_codes(values, str(at))


def plain_documents(lines: Iterable[str]) -> Iterator[Row]:
    """The documents of a text without codes: each ends with its accession number."""
    for at, document in documents(lines, lambda line: False, is_end):
        if is_end(document[-1]):
            yield _of_lines(document, at)


def _of_lines(document: Sequence[str], at: int) -> Row:
    lines = [line.strip().strip("|").strip() for line in document[:-1]]
    place = _header_end(lines)
    head = list(blocks(lines[:place]))
    found: dict[str, str] = {}
    meta: dict[str, str] = {}
    title = ""
    if head:
        first = head.pop(0)
        rest = [line for block in head for line in block]
        if not rest:  # no blank line after the headline
            first, rest = first[:1], first[1:]
        title = first[-1]
        dates = header((), rest)[0].get("date")
        known = next((n for n, line in enumerate(rest) if _is_known(line)), 0) if dates else 0
        author = " ".join(rest[:known])
        found, meta = header(first[:-1], rest[known:], author)
    accession = ACCESSION.search(document[-1])
    text = "\n".join(paragraphs(lines[place:]))
    identifier = accession[1] if accession else ""
    return Row({**found, "title": title, "id": identifier, "text": text}, meta, str(at))


def _is_known(line: str) -> bool:
    """Whether the form of a line of a header says what it is: number of words, date."""
    values, meta = header((), (line,))
    return "date" in values or "words" in meta


def _header_end(lines: Sequence[str]) -> int:
    """Where the text begins: after the line of rights, else after the block that holds the date."""
    for place, line in enumerate(lines):
        if _LAST_OF_HEADER.match(line):
            return place + 1
    for place, line in enumerate(lines):
        if "date" in header((), (line,))[0]:
            blank = (n for n in range(place, len(lines)) if not lines[n])
            return next(blank, place + 1)
    return 0
