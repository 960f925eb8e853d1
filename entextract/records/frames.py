"""Records as DataFrames."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from entextract.records.columns import Table, columns, header, rows

if TYPE_CHECKING:
    import pandas as pd


def frame_of(table: Table, records: Iterable[Any]) -> pd.DataFrame:
    """One row a record, with the columns of its table, then those that only some records have.

    >>> list(frame_of("copies", []).dtypes.astype(str))
    ['object', 'object', 'float64']
    """
    import pandas as pd

    listed, names = list(rows(table, records)), header(table)
    extra = sorted({name for row in listed for name in row} - {*names})
    frame = pd.DataFrame(listed, columns=[*names, *extra])
    if listed:
        return frame
    return frame.astype({c.name: c.kind.dtype for c in columns(table) if not c.kind.spread})
