"""Parquet tables, read a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator

from entextract.articles.columns import Columns
from entextract.articles.interface import File, Refused, Row, nothing_in
from entextract.records.nouns import Problem

_INSTALL = "Parquet files are read with pyarrow: pip install 'entextract[corpus]'"
_ROWS = 64  # of a batch: an article may be long


def read_parquet(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The rows of a Parquet file."""
    try:
        import pyarrow as pa  # slow to load
        from pyarrow import parquet
    except ImportError as error:
        raise Refused(_INSTALL) from error

    number = 0
    try:
        with parquet.ParquetFile(file.path) as table:
            columns.find(table.schema_arrow.names)
            for batch in table.iter_batches(batch_size=_ROWS):
                for record in batch.to_pylist():
                    number += 1
                    try:
                        yield columns.row(record, str(number))
                    except Refused as error:
                        where = f"{file.where}:{number}"
                        yield Problem(file.where, where, str(error), "refused")
    except Refused:
        raise
    # ValueError, OverflowError: a name that is no UTF-8, a day after the year 9999
    except (pa.ArrowException, OverflowError, ValueError) as error:
        raise Refused(f"a broken Parquet file: {_first_line(error)}") from error
    except OSError as error:
        if error.errno is None:  # of Arrow: what it read is no Parquet
            raise Refused(f"a broken Parquet file: {_first_line(error)}") from error
        raise
    if not number:
        yield nothing_in(file)


def _first_line(error: Exception) -> str:
    return str(error).split("\n")[0][:200]
