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
_BY = re.compile(r"^(?:Par|By|Von|De)\s+(?=[A-ZÀ-Þ])")
# « Par Awa Sarr », « Awa Sarr et Koffi Adjo », « AWA SARR »
_NAME = re.compile(
    r"(?:(?:Par|By|Von|De notre)\s.+"
    r"|[A-ZÀ-Þ][\w'’-]*(?:(?:\s+|\s*,\s*)(?:[A-ZÀ-Þ][\w'’.-]*|de|du|von|et|and|und)){1,6})"
)
# what the product prints above documents and between pages
_PRODUCT = re.compile(
    r"\s*(?:Dow Jones(?: Factiva)?|Factiva|(?:©|\(c\))\s*\d{4} Factiva\b.*"
    r"|Page \d+ (?:of|sur|de) \d+.*)\s*",
    re.IGNORECASE,
)
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
    bare = (line.strip().strip("|").strip() for line in document[:-1])
    lines = [line for line in bare if not _PRODUCT.fullmatch(line)]
    place = _header_end(lines)
    known = next((n for n, line in enumerate(lines[:place]) if _is_known(line)), place)
    section, title, author = _above(list(blocks(lines[:known])))
    found, meta = header(section, [line for line in lines[known:place] if line], author)
    accession = ACCESSION.search(document[-1])
    text = "\n".join(paragraphs(lines[place:]))
    identifier = accession[1] if accession else ""
    return Row({**found, "title": title, "id": identifier, "text": text}, meta, str(at))


def _above(parts: list[list[str]]) -> tuple[list[str], str, str]:
    """Section, headline and author of the lines above the number of words or the date.

    A blank line parts headline and author where the program that saved the text left it.
    """
    first, *rest = parts or [[]]
    author = " ".join(line for part in rest for line in part)
    if rest and len(rest[-1]) > 1 and not _NAME.fullmatch(author):  # a box of its own above
        first, author = rest[-1], ""
    if not author and len(first) > 1 and _NAME.fullmatch(first[-1]):
        author = first[-1]
        first = first[:-1]
    return first[:-1], first[-1] if first else "", _BY.sub("", author)


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
