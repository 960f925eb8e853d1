"""The linked tables of a large corpus, left on disk and read with DuckDB as far as is needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from entextract.graph.comentions import Place, Places
from entextract.graph.corpus import Corpus, Key, Part, Stated
from entextract.graph.periods import naming
from entextract.linking import forms_of
from entextract.linking.near_duplicates import Unit as Count
from entextract.linking.near_duplicates import weights
from entextract.records.calendar import Day, Period, day_of
from entextract.records.nouns import TABLES as CSV_TABLES
from entextract.records.nouns import Article, Copy, Entity, Problem, Relation, Sentence, TableName
from entextract.result import Extraction, report_of, write_copies, write_frames, write_report
from entextract.runs.link import LINKED_TABLES, LinkedTable, link_run, linked_schema
from entextract.runs.shards import SHARD_TABLES, ShardTable, records_of
from entextract.runs.views import column, connect, left_out, read_copies

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa

_BATCH = 10_000  # relations read at once


def open_run(folder: str | Path) -> Tables:
    """Open what ``extract_corpus`` made, for graphs of a corpus that does not fit in memory.

    Ids are agreed over all articles first, unless this was done already.

    Args:
        folder: of the run.

    Returns:
        What ``EntityGraph.of_comentions`` and the like take in place of an ``Extraction``. Places
        are read as numbers, sentences when they are asked for.

    Raises:
        FileNotFoundError: there is no run in the folder.
        ShardError: the run is not finished, or another version of entextract wrote it.
    """
    return Tables(link_run(folder))


class Tables:
    """The tables of a linked run; ``open_run`` makes them.

    Args:
        folder: of the tables.
        dates: only the articles of these dates; all by default.
        by: what counts once, see ``counted``; every article by default.
    """

    def __init__(
        self, folder: Path, dates: Collection[str] | None = None, by: Count | None = None
    ) -> None:
        self.folder = folder
        self._dates = dates
        self._by = by

    def __repr__(self) -> str:
        counts = ", ".join(f"{self.count(name)} {name}" for name in LINKED_TABLES)
        return f"<Tables {self.folder}: {counts}>"

    def count(self, table: LinkedTable) -> int:
        """How many rows a table has.

        Raises:
            ValueError: there is no such table.
        """
        if table not in LINKED_TABLES:
            raise ValueError(f"no table {table!r}: choose one of {', '.join(LINKED_TABLES)}")
        if table == "entities":
            return len(self.entities)
        ((number,),) = self._all(f"SELECT count(*) FROM {table}")
        return int(number)

    def counted(self, by: Count = "text") -> Tables:
        """The tables without the articles that another one stands for, as ``distinct`` has it.

        A graph counts so by itself: see ``count`` of ``EntityGraph.of_comentions``.

        Args:
            by: what counts once, see ``entextract.linking.near_duplicates.weights``.
                Tables that were counted, or
                that ``split`` gave, are given back as they are.

        Raises:
            ValueError: another word for ``by``.
        """
        weights((), (), by)
        return self if self._by else Tables(self.folder, self._dates, by)

    @property
    def copies(self) -> tuple[Copy, ...]:
        """The articles that are copies of another, by id; none in tables that were counted."""
        return () if self._by else self._every_copy

    @cached_property
    def _every_copy(self) -> tuple[Copy, ...]:
        return read_copies(self.folder)

    @cached_property
    def _left_out(self) -> Sequence[str]:
        """The ids of the articles that do not count."""
        return left_out(self.folder, self._every_copy, self._by or "article")

    @cached_property
    def _base(self) -> duckdb.DuckDBPyConnection:
        """A connection that knows the tables, narrowed to what is wanted."""
        return connect(self.folder, self._dates, self._left_out, counted=bool(self._by))

    def _all(self, query: str, **named: pa.Table) -> list[tuple[Any, ...]]:
        with self._cursor(named) as cursor:
            return cursor.execute(query).fetchall()

    def _cursor(self, named: Mapping[str, pa.Table]) -> duckdb.DuckDBPyConnection:
        """A connection of its own, that also knows these tables by name."""
        cursor = self._base.cursor()
        for name, table in named.items():
            cursor.register(name, table)
        return cursor

    @cached_property
    def entities(self) -> Sequence[Entity]:
        """Who or what is named; in the articles of some dates, counted there."""
        if self._dates is None:
            return self._known
        counts = self._counts("articles")
        ends = self._all("SELECT source FROM relations UNION SELECT target FROM relations")
        for (entity,) in ends:
            counts.setdefault(entity, (0, 0))
        return [
            replace(entity, mentions=counts[entity.id][0], articles=counts[entity.id][1])
            for entity in self._known
            if entity.id in counts
        ]

    @cached_property
    def _known(self) -> Sequence[Entity]:
        """The entities of the articles that count, whatever their dates."""
        import pyarrow.parquet as pq

        rows = pq.read_table(self.folder / "entities.parquet").to_pylist()
        known = [Entity(**{**row, "forms": tuple(row["forms"])}) for row in rows]
        if not self._left_out:
            return known
        counts, texts = self._counts("counted"), defaultdict(list)
        for entity, text, count in self._all(
            """SELECT entity, text, count(*)
            FROM every_mentions SEMI JOIN counted ON article = counted.id GROUP BY ALL"""
        ):
            texts[entity].append((text, count))
        return [
            replace(one, forms=forms_of(texts[one.id]), mentions=mentions, articles=articles)
            for one in known
            if one.id in counts
            for mentions, articles in [counts[one.id]]
        ]

    def _counts(self, articles: str) -> dict[str, tuple[int, int]]:
        """Mentions and articles of each entity, in the articles of a view."""
        rows = self._all(
            f"""SELECT entity, count(*), count(DISTINCT article)
            FROM every_mentions SEMI JOIN {articles} ON article = {articles}.id GROUP BY entity"""
        )
        return {entity: (mentions, spread) for entity, mentions, spread in rows}

    def unknown_entity(self) -> str | None:
        found: str | None
        ((found,),) = self._all(
            "SELECT min(entity) FROM mentions ANTI JOIN every_entities AS e ON entity = e.id"
        )
        return found

    def count_articles(self) -> int:
        return self.count("articles")

    def dates(self) -> Mapping[str, int]:
        return dict(self._all("SELECT date, count(*) FROM articles GROUP BY date ORDER BY date"))

    def places(self, ids: Sequence[str]) -> Places:
        import pyarrow as pa

        nodes = pa.table({"id": pa.array(ids, pa.string()), "n": np.arange(len(ids))})
        query = """
            SELECT DISTINCT articles.file_row_number AS article, sentence::BIGINT AS sentence,
                paragraph::BIGINT AS paragraph, nodes.n AS entity
            FROM mentions
            JOIN articles ON mentions.article = articles.id
            JOIN nodes ON mentions.entity = nodes.id"""
        with self._cursor({"nodes": nodes}) as cursor:
            rows = cursor.execute(query).fetchnumpy()
            source = cursor.execute(
                """SELECT dense_rank() OVER (ORDER BY coalesce(articles.source, '')) - 1 AS n
                FROM every_articles LEFT JOIN articles USING (file_row_number)
                ORDER BY file_row_number"""
            ).fetchnumpy()["n"]
        article, sentence, paragraph, entity = (
            np.asarray(rows[name], np.int64) for name in Place._fields
        )
        numbered = np.asarray(source, np.int64)
        return Places(article, sentence, paragraph, entity, numbered, len(ids))

    def named(self, ids: Iterable[str]) -> list[Place]:
        rows = self._all(
            """SELECT DISTINCT article, sentence, paragraph, entity
            FROM mentions SEMI JOIN nodes ON entity = nodes.id ORDER BY ALL""",
            nodes=column("id", ids),
        )
        return [Place(*row) for row in rows]

    def stated(
        self, ids: Collection[str], kinds: Collection[str] | None, statuses: Collection[str]
    ) -> Iterator[Stated]:
        narrowed = "" if kinds is None else "SEMI JOIN kinds USING (kind)"
        rows = self._all(
            f"""SELECT r.source, r.target, kind, status, count(*), count(DISTINCT article),
                count(DISTINCT articles.source),
                arg_min(CASE WHEN plover = '' THEN NULL ELSE score END, r.file_row_number)
            FROM relations AS r
            JOIN articles ON article = articles.id
            SEMI JOIN nodes AS a ON r.source = a.id
            SEMI JOIN nodes AS b ON r.target = b.id
            SEMI JOIN statuses USING (status)
            {narrowed}
            GROUP BY ALL ORDER BY 1, 2, 3, 4""",
            nodes=column("id", ids),
            kinds=column("kind", kinds or ()),
            statuses=column("status", statuses),
        )
        return (Stated(*row) for row in rows)

    def relations(self, ids: Collection[str]) -> Iterator[Relation]:
        columns = ", ".join(f'r."{name}"' for name in linked_schema("relations").names)
        query = f"""SELECT {columns}
            FROM relations AS r
            SEMI JOIN nodes AS a ON r.source = a.id
            SEMI JOIN nodes AS b ON r.target = b.id
            ORDER BY r.file_row_number"""
        with self._cursor({"nodes": column("id", ids)}) as cursor:
            cursor.execute(query)
            while rows := cursor.fetchmany(_BATCH):
                yield from (Relation(*row) for row in rows)

    def articles(self, ids: Iterable[str]) -> Mapping[str, Article]:
        rows = self._all(
            "SELECT id, title, date, source, url FROM articles SEMI JOIN wanted_ids USING (id)",
            wanted_ids=column("id", ids),
        )
        return {row[0]: Article(row[0], "", *row[1:]) for row in rows}

    def sentences(self, keys: Iterable[Key]) -> Mapping[Key, Sentence]:
        import pyarrow as pa

        names, numbers = zip(*keys, strict=True) if (keys := list(keys)) else ((), ())
        rows = self._all(
            """SELECT article, sentence, start, "end", text
            FROM sentences SEMI JOIN wanted_keys USING (article, sentence)""",
            wanted_keys=pa.table(
                {
                    "article": pa.array(names, pa.string()),
                    "sentence": pa.array(numbers, pa.int32()),
                }
            ),
        )
        return {(row[0], row[1]): Sentence(*row) for row in rows}

    def parts(self, ids: Collection[str]) -> Iterator[Part]:
        """See ``Corpus``: what each shard held, one after the other."""
        for group in self._groups("articles", "mentions", "sentences"):
            named = zip(
                *(group["mentions"][name].to_pylist() for name in Place._fields), strict=True
            )
            places = {Place(*row) for row in named if row[3] in ids}
            articles = {a.id: a for a in records_of("articles", group["articles"])}
            sentences = {
                (s.article, s.sentence): s for s in records_of("sentences", group["sentences"])
            }
            yield Part(sorted(places), articles, sentences)

    def _groups(self, *tables: ShardTable) -> Iterator[dict[ShardTable, pa.Table]]:
        """The rows of each shard, those of the articles wanted."""
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        left_out = set(self._left_out)
        with ExitStack() as stack:
            files = {
                table: stack.enter_context(pq.ParquetFile(self.folder / f"{table}.parquet"))
                for table in ("articles", *tables)
            }
            for number in range(files["articles"].num_row_groups):
                group = {table: file.read_row_group(number) for table, file in files.items()}
                kept = group["articles"]
                if self._dates is not None:
                    dates = column("date", self._dates)["date"]
                    kept = kept.filter(pc.is_in(kept["date"], dates))
                if left_out:
                    counts = [name not in left_out for name in kept["id"].to_pylist()]
                    kept = kept.filter(pa.array(counts, pa.bool_()))
                if kept.num_rows < group["articles"].num_rows:
                    for table in files:
                        key = group[table]["id" if table == "articles" else "article"]
                        group[table] = group[table].filter(pc.is_in(key, kept["id"]))
                yield group

    def to_csv(self, folder: str | Path) -> list[Path]:
        """Write the tables as ``Extraction.to_csv`` does, one shard in memory at a time.

        ``Extraction.from_csv`` reads them back, if they fit in memory.

        Args:
            folder: made if need be.

        Returns:
            The paths written, the report last.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        paths = [folder / f"{table}.csv" for table in CSV_TABLES]
        for table, path in zip(CSV_TABLES, paths, strict=True):
            write_frames(path, self._frames(table))
        paths += write_copies(folder, self.copies)
        counts = {table: self.count(table) for table in CSV_TABLES}
        write_report(folder / "report.json", report_of(counts, self.problems))
        return [*paths, folder / "report.json"]

    def read(self) -> Extraction:
        """All the rows in memory, to apply decisions or look for suspects; texts stay empty."""
        tables: dict[ShardTable, list[Any]] = {table: [] for table in SHARD_TABLES[:-1]}
        for group in self._groups(*tables):
            for table, rows in tables.items():
                rows.extend(records_of(table, group[table]))
        kept: dict[str, Any] = {table: tuple(rows) for table, rows in tables.items()}
        return Extraction(
            **kept, entities=tuple(self.entities), problems=self.problems, copies=self.copies
        )

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What went wrong, in reading and in the articles."""
        columns = ", ".join(f'"{name}"' for name in linked_schema("problems").names)
        rows = self._all(f"SELECT {columns} FROM problems ORDER BY file_row_number")
        return tuple(Problem(*row) for row in rows)

    def _frames(self, table: TableName) -> Iterator[pd.DataFrame]:
        header = Extraction().to_frame(table)
        if table == "articles":
            known = self._all("SELECT DISTINCT unnest(map_keys(meta)) AS name FROM articles")
            extra = sorted({name for (name,) in known} - {"text", *header.columns})
            header = header.reindex(columns=[*header.columns, *extra])
        yield header
        if table == "entities":
            for start in range(0, len(self.entities), _BATCH):
                batch = self.entities[start : start + _BATCH]
                yield Extraction(entities=tuple(batch)).to_frame(table)
            return
        for group in self._groups(table):
            part = Extraction(**{table: tuple(records_of(table, group[table]))})
            yield part.to_frame(table).reindex(columns=header.columns)

    def split(self, by: Period | Sequence[str | Day]) -> list[tuple[str, Corpus]]:
        days = {date: day for date in self.dates() if (day := day_of(date))}
        name, labels = naming(by, sorted(days.values()))
        dates: dict[str, set[str]] = {label: set() for label in labels}
        for date, day in days.items():
            dates[name(day)].add(date)
        parts: list[tuple[str, Corpus]] = []
        for label in labels:
            part = Tables(self.folder, frozenset(dates[label]), self._by or "article")
            part._left_out, part._known = self._left_out, self._known
            parts.append((label, part))
        return parts
