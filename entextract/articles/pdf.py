"""PDF with a text layer, which pypdf takes out: one article, or the documents of a database."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from typing import Any

from entextract.articles import texts
from entextract.articles.columns import Columns
from entextract.articles.interface import File, Refused, Row, nothing_in
from entextract.articles.pdf_columns import by_column
from entextract.records.nouns import Problem

_INSTALL = "PDF files are read with pypdf: pip install 'entextract[pdf]'; or export their text"
_NO_TEXT = "a PDF of images, without a text layer: its text must be recognised first (OCR)"
_MOST_PAGES = 5000
_FEWEST = 20  # characters a page below which it is an image with a stamp
_ENDS = re.compile(r"[.!?…:;»”\")]\s*$")
_CUT_WORD = re.compile(r"([^\W\d_])[-\xad\u2010]$")
_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:/|sur|of)\s*\d{1,4})?\W*", re.IGNORECASE)


def read_pdf(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The article of a PDF: lines are joined to paragraphs, and words that a line end cut."""
    pages = _pages(file)
    if sum(len("".join(page)) for page in pages) < _FEWEST * max(1, len(pages)):
        raise Refused(_NO_TEXT)
    lines = [line for page in _without_margins(pages) for line in page]
    if texts.is_export("\n".join(lines)):
        any_row = False
        for row in texts.rows_of(f"{line}\n" for line in lines):
            any_row = True
            yield row
        if not any_row:
            yield nothing_in(file)
        return
    text = "\n".join(joined(lines))
    texts.refuse_export(text)
    yield Row({"text": text})


def _pages(file: File) -> list[list[str]]:
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise Refused(_INSTALL) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # a problem says what is wrong
    try:
        reader = PdfReader(file.path, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused("an encrypted PDF: open it and save it without a password")
        if len(reader.pages) > _MOST_PAGES:
            raise Refused(f"a PDF of {len(reader.pages)} pages: this is no article; cut it first")
        return [_lines(page) for page in reader.pages]
    except Refused:
        raise
    # what pypdf and the decoders under it raise for files that are damaged
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise Refused(_broken(error)) from error
    except (RecursionError, OverflowError, AssertionError, NotImplementedError) as error:
        raise Refused(_broken(error)) from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] in ("zlib", "pypdf", "struct", "cryptography"):
            raise Refused(_broken(error)) from error
        raise


def _broken(error: Exception) -> str:
    return f"a PDF that cannot be read: {type(error).__name__}: {error}; export its text"


def _lines(page: Any) -> list[str]:
    """The lines of a page, those of one column after those of the other."""
    if "/Contents" not in page:
        return []
    laid_out = page.extract_text(extraction_mode="layout").split("\n")
    lines = by_column(laid_out) or page.extract_text().split("\n")
    return [line.strip() for line in lines]


def _without_margins(pages: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Pages without their numbers, nor the line that heads or ends most of them."""
    margins: dict[str, int] = {}
    for page in pages:
        filled = [line for line in page if line]
        for line in {*filled[:1], *filled[-1:]}:
            margins[line] = margins.get(line, 0) + 1
    repeated = {line for line, count in margins.items() if count > 2 and count > len(pages) / 2}
    for page in pages:
        yield [line for line in page if line not in repeated and not _NUMBER.fullmatch(line)]


def joined(lines: Sequence[str]) -> Iterator[str]:
    """Paragraphs of lines that a page set: a full stop before the margin ends one.

    >>> list(joined(["Le maire a reçu la délé-", "gation du Togo hier.", "", "Fin."]))
    ['Le maire a reçu la délégation du Togo hier.', 'Fin.']
    """
    widths = sorted(len(line) for line in lines if line)
    usual = widths[len(widths) * 3 // 4] if widths else 0  # of a full line
    paragraph = ""
    for line in lines:
        if not line:
            if paragraph and _ENDS.search(paragraph):
                yield paragraph
                paragraph = ""
            continue
        if paragraph and _CUT_WORD.search(paragraph) and line[0].islower():
            paragraph = paragraph[:-1] + line
        elif paragraph and _CUT_WORD.search(paragraph):  # « Saint- » and « Malo »
            paragraph += line
        else:
            paragraph = f"{paragraph} {line}" if paragraph else line
        if _ENDS.search(line) and len(line) < 0.85 * usual:
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph
