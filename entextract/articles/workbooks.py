"""XLSX and ODS: the sheets of a workbook, a row an article, read as a stream.

The strings that Excel shares between cells lie in a temporary file: they are most of a corpus.
Formulas, macros and links to other files are not followed; a formula gives its last value.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from array import array
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import IO, Any, TypeAlias

from entextract.articles.columns import Columns
from entextract.articles.documents import open_text
from entextract.articles.interface import File, Refused, Row, nothing_in
from entextract.articles.markup import local_name
from entextract.articles.office import elements, is_inside, opened, parts
from entextract.records.nouns import Problem

LONGEST_CELL = 32_767  # characters that Excel keeps in a cell
_CUT = (
    f"the text has {LONGEST_CELL} characters, the most that Excel keeps: its end is probably lost"
)
_ABOVE_HEADER = 20  # rows in which the header is looked for
_WIDEST = 16_384  # columns of a sheet
_REPEATED = 10_000  # times that a row with text may stand in a sheet
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')

Cells: TypeAlias = list[str]
Sheet: TypeAlias = tuple[str, Iterator[tuple[int, Cells]]]  # name; numbers of rows and their cells


def read_xlsx(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The rows of the sheets of Excel."""
    with opened(file) as archive, tempfile.TemporaryFile(prefix="entextract-") as kept:
        yield from _rows(file, columns, _sheets_of_excel(archive, _Strings(kept)))


def read_ods(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The rows of the sheets of LibreOffice."""
    with opened(file) as archive:
        if "META-INF/manifest.xml" in parts(archive):
            for _ in elements(archive, "META-INF/manifest.xml", "encryption-data"):
                raise Refused("encrypted with a password: open it and save it without one")
        yield from _rows(file, columns, _sheets_of_opendocument(archive))


def _rows(file: File, columns: Columns, sheets: Iterator[Sheet]) -> Iterator[Row | Problem]:
    refused: list[Problem] = []
    any_row = False
    for place, (name, rows) in enumerate(sheets):
        try:
            for number, record in _records(rows, columns):
                any_row = True
                line = f"{name}!{number}" if place else str(number)
                row = columns.row(record, line)
                cut = len(row.values["text"]) == LONGEST_CELL
                yield replace(row, notes=(_CUT,)) if cut else row
        except Refused as error:
            reason = f"sheet {name!r}: {error}"
            refused.append(Problem(file.where, f"{file.where}:{name}", reason, "refused"))
    yield from refused
    if not any_row and not refused:
        yield nothing_in(file)


def _records(
    rows: Iterator[tuple[int, Cells]], columns: Columns
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows below the header, which is the first row that names a column of texts."""
    above: list[Cells] = []
    header: Cells = []
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if header:
            cells += [""] * len(header)
            values = ("" if cell.strip() == "NA" else cell for cell in cells)
            record = dict(zip(header, values, strict=False))
            yield number, {name: value for name, value in record.items() if name}
            continue
        above.append([cell.strip() for cell in cells])
        if columns.knows_text(above[-1]):
            header = above[-1]
        elif len(above) >= _ABOVE_HEADER:
            break
    if above and not header:
        columns.find(above[0])


def _sheets_of_excel(archive: zipfile.ZipFile, strings: _Strings) -> Iterator[Sheet]:
    names = parts(archive)
    targets: dict[str, str] = {}
    shared = "xl/sharedStrings.xml"
    if "xl/_rels/workbook.xml.rels" in names:
        for node in elements(archive, "xl/_rels/workbook.xml.rels", "Relationship"):
            target = node.get("Target") or ""
            target = target[1:] if target.startswith("/") else f"xl/{target}"
            targets[node.get("Id") or ""] = target
            if (node.get("Type") or "").endswith("/sharedStrings"):
                shared = target
    sheets: list[tuple[str, str]] = []
    since_1904 = False
    for node in elements(archive, "xl/workbook.xml", "sheet", "workbookPr"):
        if local_name(node) == "workbookPr":
            since_1904 = node.get("date1904") in ("1", "true")
        else:
            target = next((v for k, v in node.attrib.items() if k.endswith("}id")), "")
            sheets.append((node.get("name") or "", targets.get(target, "")))
    if shared in names:
        for node in elements(archive, shared, "si"):
            strings.append(_rich_text(node))
    dates = _date_styles(archive) if "xl/styles.xml" in names else set()
    epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)

    def value(cell: Any) -> str:
        return _value(cell, strings, dates, epoch)

    for name, target in sheets:
        if target in names:
            yield name, _rows_of_excel(archive, target, value)


def _rows_of_excel(
    archive: zipfile.ZipFile, part: str, value: Callable[[Any], str]
) -> Iterator[tuple[int, Cells]]:
    number = 0
    for row in elements(archive, part, "row"):
        given = row.get("r") or ""
        number = int(given) if given.isdecimal() and len(given) < 10 else number + 1
        cells: Cells = []
        for cell in row.iterchildren("{*}c"):
            place = _column(cell.get("r") or "")
            if place is not None and place >= len(cells):
                cells += [""] * (place - len(cells))
            cells.append(value(cell))
            if len(cells) > _WIDEST:
                raise Refused(f"row {number} has more than {_WIDEST} cells: this is no table")
        yield number, cells


def _column(reference: str) -> int | None:
    """The place of a column, from 0, by the letters of a cell.

    >>> _column("A1"), _column("AB12"), _column("")
    (0, 27, None)
    """
    place = 0
    for char in reference[:4]:
        if not "A" <= char <= "Z":
            break
        place = place * 26 + ord(char) - ord("A") + 1
    return min(place, _WIDEST + 1) - 1 if place else None


def _value(cell: Any, strings: _Strings, dates: set[int], epoch: datetime) -> str:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        return _rich_text(cell)
    node = next(cell.iterchildren("{*}v"), None)
    text = "" if node is None else node.text or ""
    if kind == "s":
        return strings[int(text)] if text.isdecimal() else ""
    if kind == "b":
        return "TRUE" if text == "1" else "FALSE"
    if kind == "e":
        return ""  # #N/A, #REF!
    if kind != "n" or not text:
        return text
    try:
        number = float(text)
        style = cell.get("s") or "0"
        if style.isdecimal() and int(style) in dates:
            # to the second: the number is a share of a day
            return (epoch + timedelta(seconds=round(number * 86_400))).isoformat(" ")
        return str(int(number)) if number.is_integer() else text
    except (ValueError, OverflowError):
        return text


def _rich_text(node: Any) -> str:
    """The text of a cell, whose letters may be set in several ways, without its phonetic guide."""
    return "".join(t.text or "" for t in node.iter("{*}t") if not is_inside(t, "rPh"))


def _date_styles(archive: zipfile.ZipFile) -> set[int]:
    """The numbers of the styles that show a number as a date."""
    formats = set(_DATE_FORMATS)
    styles: list[int] = []
    for node in elements(archive, "xl/styles.xml", "numFmt", "xf"):
        number = node.get("numFmtId") or ""
        if not number.isdecimal():
            continue
        if local_name(node) == "numFmt":
            bare = _LITERAL.sub("", node.get("formatCode") or "")
            if re.search("[dmyDMY]", bare) and bare.casefold() not in ("general", "standard"):
                formats.add(int(number))
        elif local_name(node.getparent()) == "cellXfs":
            styles.append(int(number))
    return {place for place, number in enumerate(styles) if number in formats}


class _Strings:
    """Strings by their number, kept in a file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._ends = array("Q", [0])

    def append(self, text: str) -> None:
        self._file.write(text.encode("utf-8", "surrogatepass"))
        self._ends.append(self._file.tell())

    def __getitem__(self, number: int) -> str:
        if number + 1 >= len(self._ends):
            return ""  # a broken workbook
        start, end = self._ends[number], self._ends[number + 1]
        self._file.seek(start)
        return self._file.read(end - start).decode("utf-8", "surrogatepass")


def _sheets_of_opendocument(archive: zipfile.ZipFile) -> Iterator[Sheet]:
    """The tables of content.xml; each is read once, in order."""
    rows = elements(archive, "content.xml", "table-row")
    held = next(rows, None)
    while held is not None:
        table = next(held.iterancestors("{*}table"), held.getparent())
        first, held = held, None
        end: list[Any] = []
        inside = _rows_of_table(first, rows, table, end)
        yield _attribute(table, "name"), inside
        for _ in inside:  # what the caller left, to come to the next table
            pass
        held = end[0] if end else None


def _rows_of_table(
    first: Any, rows: Iterator[Any], table: Any, end: list[Any]
) -> Iterator[tuple[int, Cells]]:
    number = 1
    row = first
    while row is not None:
        if next(row.iterancestors("{*}table"), table) is not table:
            end.append(row)
            return
        times = _attribute(row, "number-rows-repeated") or "1"
        count = int(times) if times.isdecimal() and len(times) < 10 else 1
        cells = _cells(row)
        if any(cells):
            if count > _REPEATED:
                raise Refused(f"row {number} is repeated {count} times: this is no table of texts")
            for place in range(count):
                yield number + place, list(cells)
        number += count
        row = next(rows, None)


def _cells(row: Any) -> Cells:
    cells: Cells = []
    for cell in row:
        if local_name(cell) not in ("table-cell", "covered-table-cell"):
            continue
        times = _attribute(cell, "number-columns-repeated") or "1"
        count = int(times) if times.isdecimal() and len(times) < 10 else 1
        cells += [_open_value(cell)] * min(count, _WIDEST - len(cells))
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _open_value(cell: Any) -> str:
    kind = _attribute(cell, "value-type")
    if kind == "date":
        return _attribute(cell, "date-value")
    if kind == "float":
        number = _attribute(cell, "value")
        return number.removesuffix(".0")
    return "\n".join(open_text(node) for node in cell if local_name(node) in ("p", "h"))


def _attribute(node: Any, name: str) -> str:
    return next((str(v) for k, v in node.attrib.items() if k.rpartition("}")[2] == name), "")
