"""The rows of a folder of linked tables that are wanted, read with DuckDB as far as is needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entextract.linking.entities import forms_of
from entextract.linking.near_duplicates import Unit, weights
from entextract.profiles import Profiles, profiles_of
from entextract.records.arrow_tables import records_of
from entextract.records.columns import Table, columns, make
from entextract.records.nouns import DERIVED, Copy, Entity, Rows
from entextract.runs.views import column, connect, left_out, read_copies

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


class Selection:
    """The rows of some articles of a run: those of some dates, each text counted once.

    Args:
        folder: of the tables.
        dates: only the articles of these dates; all by default.
        by: what counts once, see ``entextract.linking.near_duplicates.weights``; every article by
            default.
        min_score: only the mentions and relations that are at least so sure.
    """

    def __init__(
        self,
        folder: Path,
        dates: Collection[str] | None = None,
        by: Unit | None = None,
        min_score: float = 0.0,
    ) -> None:
        self.folder = folder
        self.dates = dates
        self.by = by
        self.min_score = min_score

    def counted(self, by: Unit) -> Selection:
        """The rows without the articles that another one stands for, if none were left out yet.

        Raises:
            ValueError: another word for ``by``.
        """
        weights((), (), by)
        return self if self.by else Selection(self.folder, self.dates, by, self.min_score)

    def at_least(self, min_score: float) -> Selection:
        """The rows without the mentions and relations that are less sure."""
        return Selection(self.folder, self.dates, self.by, min_score)

    def of_dates(self, dates: Collection[str]) -> Selection:
        """The rows of the articles of these dates."""
        part = Selection(self.folder, dates, self.by or "article", self.min_score)
        part.left_out, part.known = self.left_out, self.known
        return part

    @property
    def copies(self) -> tuple[Copy, ...]:
        """The articles that are copies of another, by id; none in rows that were counted."""
        return () if self.by else self._every_copy

    @cached_property
    def _every_copy(self) -> tuple[Copy, ...]:
        return read_copies(self.folder)

    @cached_property
    def left_out(self) -> Sequence[str]:
        """The ids of the articles that do not count."""
        return left_out(self.folder, self._every_copy, self.by or "article")

    @cached_property
    def _base(self) -> duckdb.DuckDBPyConnection:
        """A connection that knows the tables, narrowed to what is wanted."""
        return connect(
            self.folder,
            self.dates,
            self.left_out,
            counted=bool(self.by),
            min_score=self.min_score,
        )

    def all(self, query: str, **named: pa.Table) -> list[tuple[Any, ...]]:
        """Every row that a query gives; it may name these tables too."""
        with self.cursor(named) as cursor:
            return cursor.execute(query).fetchall()

    def cursor(self, named: Mapping[str, pa.Table]) -> duckdb.DuckDBPyConnection:
        """A connection of its own, that also knows these tables by name."""
        cursor = self._base.cursor()
        for name, table in named.items():
            cursor.register(name, table)
        return cursor

    def count(self, table: Table) -> int:
        """How many rows a table has."""
        if table in ("entities", *DERIVED):
            return len(self.entities)
        ((number,),) = self.all(f"SELECT count(*) FROM {table}")
        return int(number)

    @cached_property
    def entities(self) -> Sequence[Entity]:
        """Who or what is named; in the articles of some dates, counted there."""
        if self.dates is None:
            return self.known
        counts = self._counts("articles")
        ends = self.all("SELECT source FROM relations UNION SELECT target FROM relations")
        for (entity,) in ends:
            counts.setdefault(entity, (0, 0))
        return tuple(
            replace(entity, mentions=counts[entity.id][0], articles=counts[entity.id][1])
            for entity in self.known
            if entity.id in counts
        )

    @cached_property
    def known(self) -> Sequence[Entity]:
        """The entities of the articles that count, whatever their dates."""
        import pyarrow.parquet as pq

        rows = pq.read_table(self.folder / "entities.parquet")
        known: tuple[Entity, ...] = tuple(records_of("entities", rows))
        if not self.left_out and not self.min_score:
            return known
        counts, texts = self._counts("counted"), defaultdict(list)
        for entity, text, count in self.all(
            """SELECT entity, text, count(*)
            FROM every_mentions SEMI JOIN counted ON article = counted.id GROUP BY ALL"""
        ):
            texts[entity].append((text, count))
        return tuple(
            replace(one, forms=forms_of(texts[one.id]), mentions=mentions, articles=articles)
            for one in known
            if one.id in counts
            for mentions, articles in [counts[one.id]]
        )

    @cached_property
    def profiles(self) -> Profiles:
        """Who the entities are, read one shard after the other."""
        tables: tuple[Table, ...] = ("articles", "mentions", "relations", "quotes", "sentences")
        return profiles_of(map(_rows_of, self.groups(*tables)), self.entities)

    def _counts(self, articles: str) -> dict[str, tuple[int, int]]:
        """Mentions and articles of each entity, in the articles of a view."""
        rows = self.all(
            f"""SELECT entity, count(*), count(DISTINCT article)
            FROM every_mentions SEMI JOIN {articles} ON article = {articles}.id GROUP BY entity"""
        )
        return {entity: (mentions, spread) for entity, mentions, spread in rows}

    def groups(self, *tables: Table) -> Iterator[dict[Table, pa.Table]]:
        """The rows of each shard, those of the articles wanted."""
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        left_out = set(self.left_out)
        with ExitStack() as stack:
            files: dict[Table, pq.ParquetFile] = {
                table: stack.enter_context(pq.ParquetFile(self.folder / f"{table}.parquet"))
                for table in ("articles", *tables)
            }
            for number in range(files["articles"].num_row_groups):
                group = {table: file.read_row_group(number) for table, file in files.items()}
                kept = group["articles"]
                if self.dates is not None:
                    dates = column("date", self.dates)["date"]
                    kept = kept.filter(pc.is_in(kept["date"], dates))
                if left_out:
                    counts = [name not in left_out for name in kept["id"].to_pylist()]
                    kept = kept.filter(pa.array(counts, pa.bool_()))
                if kept.num_rows < group["articles"].num_rows:
                    for table in files:
                        key = group[table]["id" if table == "articles" else "article"]
                        group[table] = group[table].filter(pc.is_in(key, kept["id"]))
                yield group

    def records(self, table: Table) -> Iterator[Any]:
        """The records of a table, in order, one shard in memory at a time."""
        if table == "entities":
            yield from self.entities
        elif table == "copies":
            yield from self.copies
        elif table == "profiles":
            yield from self.profiles.records()
        elif table == "problems":
            names = columns_in_sql(table)
            for row in self.all(f"SELECT {names} FROM problems ORDER BY file_row_number"):
                yield record(table, row)
        else:
            for group in self.groups(table):
                yield from records_of(table, group[table])


def _rows_of(group: Mapping[Table, pa.Table]) -> Rows:
    """The records of one shard."""
    records: dict[str, Any] = {name: tuple(records_of(name, rows)) for name, rows in group.items()}
    return Rows(**records)


def columns_in_sql(table: Table, of: str = "") -> str:
    """The columns of a table as a query names them.

    >>> columns_in_sql("problems")
    '"article", "where", "reason", "action"'
    """
    return ", ".join(f'{of}"{one.name}"' for one in columns(table))


def record(table: Table, row: Sequence[Any]) -> Any:
    """The record of a row that a query for ``columns_in_sql`` gave."""
    return make(table, dict(zip((one.name for one in columns(table)), row, strict=True)))
