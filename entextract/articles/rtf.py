"""RTF documents, of which striprtf takes the text: one article, or the documents of a database."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from entextract.articles import texts
from entextract.articles.columns import Columns
from entextract.articles.interface import File, Refused, Row, nothing_in
from entextract.records.nouns import Problem

LARGEST = 2**27  # bytes: an export of a hundred articles has less than one million
_PICTURE = re.compile(r"\{\\\*?\\?(?:pict|shppict|objdata)\b[^{}]*\}")
# striprtf compares each font with the rest of their table
_MOST_FONTS, _LONGEST_FONTS = 1000, 200_000  # fonts, characters
_FONT = re.compile(r"\\f\d+")
_CHARACTER_SET = re.compile(rb"\\(mac|pca|pc)(?![a-z])")
_CHARACTER_SETS = {b"mac": "mac_roman", b"pca": "cp850", b"pc": "cp437"}
_CODEPAGE = re.compile(rb"\\ansicpg(\d{3,5})")


def read_rtf(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The articles of an RTF document."""
    text = _text(file)
    any_row = False
    for row in texts.rows_of(line + "\n" for line in text.split("\n")):
        any_row = True
        yield row if row.line else _as_one(row)
    if not any_row:
        yield nothing_in(file)


def _text(file: File) -> str:
    from striprtf.striprtf import font_table_group, rtf_to_text  # slow to load

    size = file.path.stat().st_size
    if size > LARGEST:
        raise Refused(f"an RTF document of {size} bytes: cut it, or save it as plain text")
    data = file.path.read_bytes()
    codec = _codec(data[:4096])
    source = data.decode(codec, "replace")
    table: Any = font_table_group  # it has no types
    fonts = table(source)
    if len(fonts) > _LONGEST_FONTS or len(_FONT.findall(fonts)) > _MOST_FONTS:
        raise Refused(f"an RTF document of more than {_MOST_FONTS} fonts: save it as DOCX")
    try:
        convert: Any = rtf_to_text  # it has no types
        return str(convert(_PICTURE.sub("", source), encoding=codec, errors="replace"))
    except (ValueError, TypeError, LookupError, IndexError, OverflowError) as error:
        raise Refused(f"a broken RTF document: {error}; save it as DOCX") from error


def _codec(head: bytes) -> str:
    """The code page that a document declares, if Python knows it."""
    if found := _CODEPAGE.search(head):
        codec = f"cp{found[1].decode()}"
    else:
        declared = _CHARACTER_SET.search(head)
        codec = _CHARACTER_SETS[declared[1]] if declared else "cp1252"
    try:
        codecs.lookup(codec)
    except LookupError:
        return "cp1252"
    return codec


def _as_one(row: Row) -> Row:
    """The article that a document is, a line a paragraph; cells of its tables are parted by |."""
    lines = (line.strip().strip("|").strip() for line in row.values["text"].split("\n"))
    return Row({**row.values, "text": "\n".join(line for line in lines if line)}, row.meta)
