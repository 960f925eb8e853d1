"""Records as columns of Arrow, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from entextract.records.cells import writable
from entextract.records.columns import FORMAT, Table, columns, make

if TYPE_CHECKING:
    import pyarrow as pa


def schema(table: Table) -> pa.Schema:
    """The columns of a table, in the order of the fields of its record.

    >>> schema("sentences").names
    ['article', 'sentence', 'start', 'end', 'text']
    """
    import pyarrow as pa

    said = {"entextract.format": str(FORMAT), "entextract.table": table}
    shape = [
        pa.field(column.name, column.kind.arrow_type(), nullable=column.kind.nullable)
        for column in columns(table)
    ]
    return pa.schema(shape, metadata=said)


def arrow_table(table: Table, records: Iterable[Any]) -> pa.Table:
    """Records as Arrow columns; a lone surrogate, which no file can hold, becomes U+FFFD."""
    import pyarrow as pa

    shape, rows = schema(table), list(records)
    made = []
    for column, field in zip(columns(table), shape, strict=True):
        cells = [getattr(row, column.name) for row in rows]
        if column.kind.spread:
            cells = [tuple(cell.items()) for cell in cells]
        try:
            made.append(pa.array(cells, field.type))
        except UnicodeEncodeError:
            made.append(pa.array([writable(cell) for cell in cells], field.type))
    return pa.Table.from_arrays(made, schema=shape)


def records_of(table: Table, rows: pa.Table | pa.RecordBatch) -> Iterator[Any]:
    """Rows of Arrow as records; the text of articles is empty."""
    several = [
        (column.name, dict if column.kind.spread else tuple)
        for column in columns(table)
        if column.kind.arrow in ("map", "list")
    ]
    for row in rows.to_pylist():
        for name, kind in several:
            row[name] = kind(row[name])
        yield make(table, row)
