"""Readers of plain text, JSON Lines, tables, and DataFrames."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entextract.articles import texts
from entextract.articles.columns import Columns, set_apart
from entextract.articles.encoding import (
    LONGEST_LINE,
    is_cut,
    read_lines,
    read_whole_lines,
)
from entextract.articles.interface import LONGEST_TEXT, File, Refused, Row, nothing_in, repaired
from entextract.records.nouns import Problem

if TYPE_CHECKING:
    import pandas as pd

_LARGEST_CELL = LONGEST_TEXT  # characters of a CSV cell
_LONGEST_HEADER = 5000  # characters
_MISSING = "NA"  # what R writes for it
_EXCEL_SEPARATOR = re.compile(r'\ufeff?"?sep=(.)"?\s*', re.IGNORECASE)  # a first line for Excel


def read_text(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """A text file: one article, a corpus, or documents of a database."""
    lines, notes = read_whole_lines(file.path)
    any_row = False
    for row in texts.rows_of(lines):
        if row.line and not any_row:
            yield from repaired(file, notes)
        any_row = True
        yield row if row.line else replace(row, notes=notes)
    if not any_row:
        yield nothing_in(file)


def read_jsonl(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """JSON Lines: an object a line."""
    lines, notes = read_lines(file.path)
    yield from repaired(file, notes)
    empty = True
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        empty = False
        try:
            if is_cut(line):
                raise Refused(f"a line of more than {LONGEST_LINE} characters: this is no article")
            yield columns.row(_json_object(line), str(number))
        except Refused as error:
            yield Problem(file.where, f"{file.where}:{number}", str(error), "refused")
    if empty:
        yield nothing_in(file)


def _json_object(line: str) -> dict[str, Any]:
    try:
        # not strict: raw control characters in strings are common, and replaced later
        record = json.loads(line.strip(), strict=False)
    except json.JSONDecodeError as error:
        raise Refused(f"not JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:  # a number or a nesting without end
        raise Refused(f"JSON that cannot be read: {error}") from error
    if not isinstance(record, dict):
        raise Refused(f"expected a JSON object, found {type(record).__name__}")
    return record


def read_csv(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """A table with a header, separated by commas, semicolons or tabs."""
    lines, notes = read_whole_lines(file.path)
    yield from repaired(file, notes)
    records = _csv_records(lines)
    _, header, fault = next(records, (0, [], ""))
    if fault:
        raise Refused(f"the header is not CSV: {fault}")
    header, renamed = set_apart(name.strip() for name in header)
    yield from repaired(file, tuple(renamed))
    if header:
        columns.find(header)
    empty = True
    for line, cells, fault in records:
        empty = False
        if any(cells[len(header) :]):
            fault = (
                f"{len(cells)} cells where the header has {len(header)}: "
                "a cell that holds the separator must stand between quotes"
            )
        if fault:
            yield Problem(file.where, f"{file.where}:{line}", fault, "refused")
            continue
        cells += [""] * len(header)  # a row may be short
        cells = ["" if cell.strip() == _MISSING else cell for cell in cells]
        yield columns.row(dict(zip(header, cells, strict=False)), str(line))
    if empty:
        yield nothing_in(file)


def csv_table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table, by the names of its columns; what is broken in it is left out.

    Raises:
        Refused: this is not text.
    """
    lines, _ = read_whole_lines(path)
    header: list[str] = []
    for _, cells, fault in _csv_records(lines):
        if header and not fault:
            yield dict(zip(header, cells, strict=False))
        header = header or [name.strip() for name in cells]


def _csv_records(lines: Iterator[str]) -> Iterator[tuple[int, list[str], str]]:
    """Line, cells, and what is wrong with them, of each record that is not blank."""
    head, delimiter = [""], ""
    while not head[-1].strip() and (line := next(lines, "")):
        if found := _EXCEL_SEPARATOR.fullmatch(line):
            delimiter, line = found[1], "\n"
        head.append(line)
    csv.field_size_limit(max(csv.field_size_limit(), _LARGEST_CELL))
    # strict, or a quote that is never closed would take in the rest of the file without a word
    delimiter = delimiter or _delimiter(head[-1])
    reader = csv.reader(chain(head[1:], lines), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error) or "unexpected end" in str(error):
                yield number, [], "a quote opened here is never closed; nothing after it was read"
                return
            yield number, [], f"{error}; a quote inside quotes must be doubled"
            continue
        if any(cell.strip() for cell in cells):
            yield number, cells, ""


def is_header(line: str) -> bool:
    """Whether a line names a column of texts and another one that is known.

    >>> is_header("titre;date;texte\\n"), is_header("Titre, texte et contexte.\\n")
    (True, False)
    """
    delimiter = _delimiter(line)
    if len(line) > _LONGEST_HEADER or delimiter not in line:
        return False
    names = next(csv.reader([line], delimiter=delimiter), [])
    return Columns({}).is_header(name.strip() for name in names)


def _delimiter(header: str) -> str:
    bare = re.sub(r'"[^"]*"', "", header)
    return max(",;\t|", key=bare.count)


def read_frame(frame: pd.DataFrame, columns: Columns) -> Iterator[Row | Problem]:
    """A DataFrame, a row an article."""
    import pandas as pd

    names, notes = set_apart(str(name) for name in frame.columns)
    yield from repaired(File(Path("DataFrame"), "DataFrame"), tuple(notes))
    for index, *cells in frame.itertuples(name=None):
        values = [None if pd.api.types.is_scalar(c) and pd.isna(c) else c for c in cells]
        try:
            yield columns.row(dict(zip(names, values, strict=True)), str(index))
        except Refused as error:
            yield Problem(f"row:{index}", f"DataFrame:{index}", str(error), "refused")
    if frame.empty:
        yield Problem("DataFrame", "DataFrame", "there is no row in it", "empty")
