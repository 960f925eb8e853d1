"""Views on the linked tables of a run, without the articles that are not wanted."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from entextract.linking.near_duplicates import Unit, weights
from entextract.records.arrow_tables import records_of
from entextract.records.columns import RECORDS, Table
from entextract.records.files import TEMPORARY
from entextract.records.nouns import Article, Copy
from entextract.records.system import temporary_folder

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_MEMORY = "1GB"  # that DuckDB takes before it writes to the disk


def connect(
    folder: Path,
    dates: Collection[str] | None,
    left_out: Sequence[str],
    *,
    counted: bool,
    min_score: float,
) -> duckdb.DuckDBPyConnection:
    """A connection to the tables of a folder.

    A view of its name has the rows of each table that are wanted, and ``every_articles`` and so on
    all of them; ``counted`` has the articles that are not left out, whatever their dates.

    Args:
        folder: of the tables.
        dates: only the articles of these dates.
        left_out: ids of articles that do not count.
        counted: copies have been dealt with: there are none.
        min_score: mentions and relations that are less sure are in no view.
    """
    import duckdb  # slow to load

    base = duckdb.connect(config={"memory_limit": _MEMORY, "autoload_known_extensions": False})
    base.execute("SET enable_progress_bar = false")
    # a name of its own: another user may own the folder of a name that all share
    scratch = temporary_folder(folder.parent) / f"{TEMPORARY}{uuid.uuid4().hex}"
    base.execute("SET temp_directory = ?", [str(scratch)])
    for table in RECORDS:
        path = str(folder / f"{table}.parquet")
        every = base.read_parquet(path, file_row_number=True)
        if min_score and table in ("mentions", "relations"):
            every = every.filter(f"score >= {float(min_score)}")
        every.create_view(f"every_{table}")
    for name, given in (("wanted", dates or ()), ("left_out", left_out)):
        base.register("given", column("given", given))
        base.execute(f"CREATE TABLE {name} AS FROM given")
    base.execute("CREATE VIEW counted AS FROM every_articles ANTI JOIN left_out ON id = given")
    narrowed = dates is not None or bool(left_out)
    for table in RECORDS:
        rows = _rows_of(table, dates is not None, narrowed, counted)
        base.execute(f"CREATE VIEW {table} AS FROM {rows}")
    return base


def _rows_of(table: Table, dated: bool, narrowed: bool, counted: bool) -> str:
    if table == "articles":
        return "counted" + (" SEMI JOIN wanted ON date = given" if dated else "")
    if table == "copies" and counted:
        return "every_copies LIMIT 0"
    if not narrowed or table in ("copies", "entities") or (table == "problems" and not dated):
        return f"every_{table}"
    return f"every_{table} SEMI JOIN articles ON every_{table}.article = articles.id"


def read_copies(folder: Path) -> tuple[Copy, ...]:
    """The copies of a folder of tables."""
    import pyarrow.parquet as pq

    rows = pq.read_table(folder / "copies.parquet")
    return tuple(records_of("copies", rows))


def left_out(folder: Path, copies: Sequence[Copy], by: Unit) -> list[str]:
    """The ids of the articles that do not count; see ``near_duplicates.weights``."""
    import pyarrow.parquet as pq

    if by == "article" or not copies:
        return []
    grouped = {name for copy in copies for name in (copy.article, copy.representative)}
    path, columns = folder / "articles.parquet", ["id", "date", "source"]
    rows = pq.read_table(path, columns=columns, filters=[("id", "in", grouped)])
    articles = [Article(text="", **row) for row in rows.to_pylist()]
    counted = weights(articles, copies, by)
    return [name for name, weight in counted.items() if not weight]


def column(name: str, values: Iterable[str]) -> pa.Table:
    """A table of one column of words."""
    import pyarrow as pa

    return pa.table({name: pa.array(list(values), pa.string())})
