"""DOCX and ODT: the paragraphs of a document of Word or LibreOffice, without notes and changes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from entextract.articles import texts
from entextract.articles.columns import Columns
from entextract.articles.interface import File, Refused, Row, nothing_in
from entextract.articles.markup import local_name
from entextract.articles.office import elements, is_inside, opened, parts
from entextract.records.nouns import Problem

# names of the styles of a headline, in the languages of Word
_HEADLINE = re.compile(
    r"(?:title|titre|titel|heading\s?1|titre\s?1|.?berschrift\s?1)", re.IGNORECASE
)
_HEADLINES = (
    "read as one article, though {} headlines of the first level stand in it: if it is several, "
    "save each in a file of its own"
)
_ENCRYPTED = "encrypted with a password: open it and save it without one"

Paragraphs: TypeAlias = Iterator[tuple[str, bool]]  # text, whether it has the style of a headline


def read_docx(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """A document of Word: one article, or the documents of a database."""
    yield from _read(file, _of_word)


def read_odt(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """A text of LibreOffice: one article, or the documents of a database."""
    yield from _read(file, _of_opendocument)


def _read(
    file: File, paragraphs: Callable[[zipfile.ZipFile], Paragraphs]
) -> Iterator[Row | Problem]:
    title = ""
    headlines = 0
    with opened(file) as archive:
        for number, (text, headline) in enumerate(p for p in paragraphs(archive) if p[0].strip()):
            headlines += headline
            if number == 0 and headline:
                title = " ".join(text.split())
        lines = (f"{line}\n" for text, _ in paragraphs(archive) for line in text.split("\n"))
        any_row = False
        for row in texts.rows_of(lines, title):
            any_row = True
            yield row if row.line else _as_one(row)
            if not row.line and title and headlines > 1:
                reason = _HEADLINES.format(headlines)
                yield Problem(file.where, file.where, reason, "unknown")
        if not any_row:
            yield nothing_in(file)


def _as_one(row: Row) -> Row:
    """The article that a document is, without the empty paragraphs that set its others apart."""
    lines = (line.strip() for line in row.values["text"].split("\n"))
    return Row({**row.values, "text": "\n".join(line for line in lines if line)}, row.meta)


def _of_word(archive: zipfile.ZipFile) -> Paragraphs:
    for node in elements(archive, "word/document.xml", "p"):
        if not is_inside(node, "Fallback"):  # what older programs show instead of a text box
            style = next((n for n in node.iter("{*}pStyle")), None)
            name = "" if style is None else next(iter(style.attrib.values()), "")
            yield _word_text(node), bool(_HEADLINE.fullmatch(name))


def _word_text(paragraph: Any) -> str:
    pieces = []
    for node in paragraph.iter("{*}t", "{*}tab", "{*}br", "{*}cr", "{*}noBreakHyphen"):
        name = local_name(node)
        if is_inside(node, "del", "moveFrom", "Fallback", "tabs"):
            continue
        if name == "t":
            pieces.append(node.text or "")
        else:
            pieces.append({"tab": " ", "noBreakHyphen": "\u2011"}.get(name, "\n"))
    return "".join(pieces)


def _of_opendocument(archive: zipfile.ZipFile) -> Paragraphs:
    if "META-INF/manifest.xml" in parts(archive):
        for _ in elements(archive, "META-INF/manifest.xml", "encryption-data"):
            raise Refused(_ENCRYPTED)
    for node in elements(archive, "content.xml", "p", "h"):
        if not is_inside(node, "tracked-changes", "note", "annotation"):
            style = next((v for k, v in node.attrib.items() if k.endswith("}style-name")), "")
            level = next((v for k, v in node.attrib.items() if k.endswith("}outline-level")), "")
            headline = bool(_HEADLINE.fullmatch(style)) or (
                local_name(node) == "h" and level == "1"
            )
            yield open_text(node), headline


def open_text(paragraph: Any) -> str:
    """The text of a paragraph of an OpenDocument file: blanks and line breaks are elements."""
    pieces = [paragraph.text or ""]
    for node in paragraph:
        name = local_name(node)
        if name == "s":
            count = next((v for k, v in node.attrib.items() if k.endswith("}c")), "1")
            pieces.append(" " * min(int(count) if count.isdecimal() else 1, 100))
        elif name in ("tab", "line-break"):
            pieces.append(" " if name == "tab" else "\n")
        elif name and name not in ("note", "annotation", "p", "h"):
            pieces.append(open_text(node))
        pieces.append(node.tail or "")
    return "".join(pieces)
