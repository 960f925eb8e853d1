"""The closed list of relation kinds, as a table to read."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from entextract import tables

if TYPE_CHECKING:
    import pandas as pd


def relation_kinds() -> pd.DataFrame:
    """The kinds of relation: what their ends may be, their codes, definition and an example.

    >>> kinds = relation_kinds().set_index("kind")
    >>> kinds.loc["consult", "plover"]
    'CONSULT'
    """
    import pandas as pd

    frame = pd.DataFrame([asdict(row) for row in tables.kind_rows()])
    frame["symmetric"] = frame["symmetric"] == "yes"
    frame["goldstein"] = pd.to_numeric(frame["goldstein"]).fillna(0.0)
    return frame
