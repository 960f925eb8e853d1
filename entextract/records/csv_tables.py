"""Records as lines of CSV files, and back."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from entextract.records.columns import Table, columns, header, make, rows

_MAX_CELL = 0x7FFF_FFFF  # characters: the most that a C long of 32 bits holds


def write_rows(
    file: TextIO,
    table: Table,
    records: Callable[[], Iterable[Any]],
) -> None:
    """Write a table, its header first.

    Args:
        file: that takes the lines.
        table: what is written.
        records: gives the records, anew at each call.
    """
    names = names_of(table, records())
    show: Mapping[str, Callable[[Any], str]] = {c.name: c.kind.show for c in columns(table)}

    def cells(row: Mapping[str, Any]) -> list[str]:
        found = (row.get(name) for name in names)
        return [
            "" if value is None else show.get(name, str)(value)
            for name, value in zip(names, found, strict=True)
        ]

    lines = (cells(row) for row in rows(table, records()))
    # the writer leaves a bare carriage return unquoted; readers take it for a line's end
    risky = any("\r" in cell for line in lines for cell in line)
    writer = csv.writer(
        file, lineterminator="\n", quoting=csv.QUOTE_ALL if risky else csv.QUOTE_MINIMAL
    )
    writer.writerows(chain([names], (cells(row) for row in rows(table, records()))))


def names_of(table: Table, records: Iterable[Any]) -> list[str]:
    """The columns of a table, then those that some records have beside them: see ``meta``."""
    spread = [column.name for column in columns(table) if column.kind.spread]
    if not spread:
        return header(table)
    found = {name for record in records for field in spread for name in getattr(record, field)}
    return [*header(table), *sorted(found - set(header(table)))]


def read_rows(path: Path, table: Table) -> Iterator[Any]:
    """The records of a table; the text of articles is empty.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it lacks a column, or a row holds a value of another type.
    """
    csv.field_size_limit(_MAX_CELL)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        try:
            found = reader.fieldnames or ()
            if missing := set(header(table)) - set(found):
                raise ValueError(
                    f"missing column {', '.join(sorted(missing))}; if an older version of "
                    "entextract wrote it, extract the articles again"
                )
            if twice := [name for name in found if list(found).count(name) > 1]:
                raise ValueError(f"column {twice[0]!r} stands twice; take one out")
            for row in reader:
                if None in row or None in row.values():
                    raise ValueError("the row is too short or too long; mend or remove it")
                yield _record(table, row)
        except (ValueError, TypeError, AttributeError, csv.Error) as error:
            at = f"{path}:{reader.line_num}" if reader.line_num > 1 else f"{path}"
            raise ValueError(f"{at}: {error}") from error


def _record(table: Table, row: dict[str, str]) -> Any:
    values: dict[str, Any] = {}
    for column in columns(table):
        if not column.kind.spread:
            try:
                values[column.name] = column.kind.parse(row[column.name])
            except ValueError as error:
                raise ValueError(f"column {column.name}: {error}") from error
    for column in columns(table):
        if column.kind.spread:
            values[column.name] = {k: v for k, v in row.items() if v and k not in values}
    return make(table, values)
