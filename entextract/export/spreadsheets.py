"""The tables of a result for spreadsheets: one workbook, or CSV as a French Excel opens it."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from entextract.export.changes import Changes
from entextract.export.checks import clean_xml
from entextract.records.columns import RECORDS, Table, columns, rows
from entextract.records.csv_tables import names_of
from entextract.records.files import all_or_nothing, replacing_bytes
from entextract.records.nouns import DERIVED, TABLES
from entextract.records.report import REPORT

Records = Callable[[Table], Iterable[Any]]

_MOST_ROWS, _MOST_CHARACTERS = 1_048_576, 32_767  # of a sheet, the header too; of a cell
_WIDE, _NARROW = 60, 14  # characters shown of a column of texts, and of any other
_TEXTS = {"text", "forms", "title", "reason"}
_FORMULA = re.compile(r"[=+\-@\t\r]")
_MARK = "\ufeff"  # by which Excel knows UTF-8


def write_workbook(path: str | Path, records: Records) -> None:
    """Write the tables as an Excel workbook (.xlsx), a sheet for each, a row at a time.

    Texts are texts: nothing in a cell is ever a formula or a link. The same tables give the same
    bytes.

    Args:
        path: of the workbook.
        records: gives the records of a table, anew at each call.

    Warns:
        ExportWarning: a text was longer than a cell can hold and was cut, or a table longer than a
            sheet and goes on in another.

    Raises:
        OSError: the disk is full, or the folder cannot be written to; an older file stays.
    """
    from xlsxwriter import Workbook

    changes = Changes()
    options = {"constant_memory": True, "in_memory": False, "strings_to_formulas": False}
    with replacing_bytes(path) as file, Workbook(file, options) as book:
        # not the hour of writing: the same tables give the same file
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        bold = book.add_format({"bold": True})
        for table in _told(records):
            names = names_of(table, records(table))
            lines = _lines(table, records(table), names)
            for number, first in enumerate(_batches(lines), start=1):
                title = table if number == 1 else f"{table} {number}"
                if number > 1:
                    changes.add(f"{table}: too long for a sheet, goes on in {title!r}")
                sheet = book.add_worksheet(title)
                sheet.freeze_panes(1, 0)
                for place, name in enumerate(names):
                    sheet.set_column(place, place, _WIDE if name in _TEXTS else _NARROW)
                    sheet.write_string(0, place, name, bold)
                for row, line in enumerate(first, start=1):
                    for place, value in enumerate(line):
                        _write(sheet, row, place, value, f"{names[place]} in {title}", changes)
    changes.warn(path)


def write_excel_csv(folder: str | Path, records: Records) -> list[Path]:
    """Write the tables as CSV that a French Excel opens by a double click.

    Semicolons, decimal commas, and a byte order mark; an apostrophe stands before a text that Excel
    would take for a formula (``=HYPERLINK(…)``). These are for reading: ``Extraction.from_csv``
    reads those of ``to_csv``.

    Args:
        folder: made if need be.
        records: gives the records of a table, anew at each call.

    Returns:
        The paths written.

    Raises:
        FileExistsError: the folder holds the tables of a result, which these would replace.
        OSError: the disk is full, or the folder cannot be written to; older files stay.
    """
    folder = Path(folder)
    if (folder / REPORT).exists():
        raise FileExistsError(
            f"{folder}: it holds the tables of a result, which graphs are made of; choose another "
            "folder for those of Excel"
        )
    written = []
    with all_or_nothing() as drafts:
        for table in _told(records):
            path = folder / f"{table}.csv"
            names = names_of(table, records(table))
            with drafts.text(path, "replace") as file:
                file.write(_MARK)
                writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
                writer.writerow(names)
                writer.writerows(map(_cell, line) for line in _lines(table, records(table), names))
            written.append(path)
    return written


def _told(records: Records) -> Iterator[Table]:
    """The tables of a result; those of copies and problems if they hold something."""
    every: tuple[Table, ...] = (*TABLES, *DERIVED)
    yield from every
    for table in RECORDS:
        if table not in TABLES and any(True for _ in records(table)):
            yield table


def _lines(table: Table, records: Iterable[Any], names: list[str]) -> Iterator[list[Any]]:
    """The values of each row: numbers as they are, lists of forms in one text."""
    show = {c.name: c.kind.show for c in columns(table) if c.kind.arrow in ("list", "bool")}

    def value(row: Mapping[str, Any], name: str) -> Any:
        found = row.get(name)
        return show[name](found) if name in show and found is not None else found

    return ([value(row, name) for name in names] for row in rows(table, records))


def _batches(lines: Iterator[list[Any]]) -> Iterator[Iterable[list[Any]]]:
    """The rows of each sheet; of an empty table, none on one sheet."""
    yield islice(lines, _MOST_ROWS - 1)
    while (first := next(lines, None)) is not None:
        yield _after(first, islice(lines, _MOST_ROWS - 2))


def _after(first: list[Any], others: Iterable[list[Any]]) -> Iterator[list[Any]]:
    yield first
    yield from others


def _write(sheet: Any, row: int, place: int, value: Any, where: str, changes: Changes) -> None:
    if value is None or value == "":
        return
    if not isinstance(value, str):
        sheet.write_number(row, place, value)
        return
    text = clean_xml(value)
    if len(text) > _MOST_CHARACTERS:
        changes.add(f"{where}: a text of {len(text)} characters cut to {_MOST_CHARACTERS}")
        text = text[:_MOST_CHARACTERS]
    sheet.write_string(row, place, text)


def _cell(value: Any) -> str:
    """A cell of CSV.

    >>> _cell(0.25), _cell("=1+1"), _cell("Sénégal"), _cell(None)
    ('0,25', "'=1+1", 'Sénégal', '')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    text = str(value)
    return f"'{text}" if isinstance(value, str) and _FORMULA.match(text) else text
