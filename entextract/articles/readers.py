"""One reader for each format, registered by extension in ``READERS``."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from entextract.articles.columns import Columns
from entextract.articles.encoding import read_lines
from entextract.articles.rows import Refused, Row
from entextract.records import Problem

if TYPE_CHECKING:
    import pandas as pd

Reader: TypeAlias = Callable[[Path, Columns], Iterator[Row | Problem]]

_LARGEST_CELL = 2**24  # characters of a CSV cell: more than any article, less than the memory


def _read_text(path: Path, columns: Columns) -> Iterator[Row | Problem]:
    lines, notes = read_lines(path)
    text = "".join(lines)
    yield Row({"text": text}, notes=notes)


def _read_jsonl(path: Path, columns: Columns) -> Iterator[Row | Problem]:
    lines, notes = read_lines(path)
    yield from _repaired(path, notes)
    empty = True
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if empty and line.strip() in ("[", "[{", "{"):
            raise Refused("this is JSON but not JSON Lines: write each article on one line")
        empty = False
        try:
            yield columns.row(_json_object(line), str(number))
        except Refused as error:
            yield Problem(str(path), f"{path}:{number}", str(error), "refused")
    if empty:
        yield _nothing_in(path)


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


def _read_csv(path: Path, columns: Columns) -> Iterator[Row | Problem]:
    lines, notes = read_lines(path)
    yield from _repaired(path, notes)
    records = _csv_records(lines)
    _, header, fault = next(records, (0, [], ""))
    if fault:
        raise Refused(f"the header is not CSV: {fault}")
    header = [name.strip() for name in header]
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
            yield Problem(str(path), f"{path}:{line}", fault, "refused")
            continue
        cells += [""] * (len(header) - len(cells))
        yield columns.row(dict(zip(header, cells, strict=False)), str(line))
    if empty:
        yield _nothing_in(path)


def _csv_records(lines: Iterator[str]) -> Iterator[tuple[int, list[str], str]]:
    """Line, cells, and what is wrong with them, of each record that is not blank."""
    head = [""]
    while not head[-1].strip() and (line := next(lines, "")):
        head.append(line)
    csv.field_size_limit(max(csv.field_size_limit(), _LARGEST_CELL))
    # strict, or a quote that is never closed would take in the rest of the file without a word
    reader = csv.reader(chain(head[1:], lines), delimiter=_delimiter(head[-1]), strict=True)
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


def _delimiter(header: str) -> str:
    bare = re.sub(r'"[^"]*"', "", header)
    return max(",;\t", key=bare.count)


def read_frame(frame: pd.DataFrame, columns: Columns) -> Iterator[Row | Problem]:
    import pandas as pd

    names = [str(name) for name in frame.columns]
    for index, *cells in frame.itertuples(name=None):
        values = [None if pd.api.types.is_scalar(c) and pd.isna(c) else c for c in cells]
        try:
            yield columns.row(dict(zip(names, values, strict=True)), str(index))
        except Refused as error:
            yield Problem(f"row:{index}", f"DataFrame:{index}", str(error), "refused")
    if frame.empty:
        yield Problem("DataFrame", "DataFrame", "there is no row in it", "empty")


def read_unknown(path: Path, columns: Columns) -> Iterator[Row | Problem]:
    raise Refused(f"files of the kind {path.suffix!r} are not read; {what_is_read()}")


def _repaired(path: Path, notes: Iterable[str]) -> Iterator[Problem]:
    for note in notes:
        yield Problem(str(path), str(path), note, "repaired")


def _nothing_in(path: Path) -> Problem:
    return Problem(str(path), str(path), "there is no article in this file", "empty")


READERS: dict[str, Reader] = {
    ".txt": _read_text,
    ".jsonl": _read_jsonl,
    ".csv": _read_csv,
    ".tsv": _read_csv,
}


def what_is_read() -> str:
    return f"what is read: {', '.join(READERS)}"
