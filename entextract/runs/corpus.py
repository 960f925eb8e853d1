"""What a graph reads of the linked tables of a run: places as numbers, sentences when asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from entextract.graph.comentions import Place, Places
from entextract.graph.corpus import Corpus, Key, Part, Stated
from entextract.graph.periods import naming
from entextract.linking.near_duplicates import Unit
from entextract.profiles import Profiles
from entextract.records.arrow_tables import records_of
from entextract.records.calendar import Day, Period, day_of
from entextract.records.nouns import Article, Entity, Relation, Sentence
from entextract.runs.selection import Selection, columns_in_sql, record
from entextract.runs.views import column

if TYPE_CHECKING:
    pass

_BATCH = 10_000  # relations read at once


class OnDisk:
    """The rows of a run for a graph: a ``Corpus``.

    Args:
        rows: those that are wanted.
        whole: of what they are a part, if they are: what its articles say of entities holds.
    """

    def __init__(self, rows: Selection, whole: OnDisk | None = None) -> None:
        self.rows = rows
        self.whole = whole

    @property
    def entities(self) -> Sequence[Entity]:
        return self.rows.entities

    def counted(self, by: Unit) -> OnDisk:
        return OnDisk(self.rows.counted(by))

    def at_least(self, min_score: float) -> OnDisk:
        return OnDisk(self.rows.at_least(min_score))

    def unknown_entity(self) -> str | None:
        found: str | None
        ((found,),) = self.rows.all(
            "SELECT min(entity) FROM mentions ANTI JOIN every_entities AS e ON entity = e.id"
        )
        return found

    @property
    def profiles(self) -> Profiles:
        return self.whole.profiles if self.whole is not None else self.rows.profiles

    def count_articles(self) -> int:
        return self.rows.count("articles")

    def dates(self) -> Mapping[str, int]:
        return dict(
            self.rows.all("SELECT date, count(*) FROM articles GROUP BY date ORDER BY date")
        )

    def places(self, ids: Sequence[str]) -> Places:
        import pyarrow as pa

        nodes = pa.table({"id": pa.array(ids, pa.string()), "n": np.arange(len(ids))})
        query = """
            SELECT DISTINCT articles.file_row_number AS article, sentence::BIGINT AS sentence,
                paragraph::BIGINT AS paragraph, nodes.n AS entity
            FROM mentions
            JOIN articles ON mentions.article = articles.id
            JOIN nodes ON mentions.entity = nodes.id"""
        with self.rows.cursor({"nodes": nodes}) as cursor:
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
        rows = self.rows.all(
            """SELECT DISTINCT article, sentence, paragraph, entity
            FROM mentions SEMI JOIN nodes ON entity = nodes.id ORDER BY ALL""",
            nodes=column("id", ids),
        )
        return [Place(*row) for row in rows]

    def stated(
        self, ids: Collection[str], kinds: Collection[str] | None, statuses: Collection[str]
    ) -> Iterator[Stated]:
        narrowed = "" if kinds is None else "SEMI JOIN kinds USING (kind)"
        rows = self.rows.all(
            f"""SELECT r.source, r.target, kind, status, count(*), count(DISTINCT article),
                count(DISTINCT articles.source),
                arg_min(CASE WHEN plover = '' THEN NULL ELSE goldstein END, r.file_row_number)
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
        query = f"""SELECT {columns_in_sql("relations", "r.")}
            FROM relations AS r
            SEMI JOIN nodes AS a ON r.source = a.id
            SEMI JOIN nodes AS b ON r.target = b.id
            ORDER BY r.file_row_number"""
        with self.rows.cursor({"nodes": column("id", ids)}) as cursor:
            cursor.execute(query)
            while rows := cursor.fetchmany(_BATCH):
                yield from (record("relations", row) for row in rows)

    def articles(self, ids: Iterable[str]) -> Mapping[str, Article]:
        rows = self.rows.all(
            "SELECT id, title, date, source, url FROM articles SEMI JOIN wanted_ids USING (id)",
            wanted_ids=column("id", ids),
        )
        return {row[0]: Article(row[0], "", *row[1:]) for row in rows}

    def sentences(self, keys: Iterable[Key]) -> Mapping[Key, Sentence]:
        import pyarrow as pa

        names, numbers = zip(*keys, strict=True) if (keys := list(keys)) else ((), ())
        rows = self.rows.all(
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
        for group in self.rows.groups("articles", "mentions", "sentences"):
            named = zip(
                *(group["mentions"][name].to_pylist() for name in Place._fields), strict=True
            )
            places = {Place(*row) for row in named if row[3] in ids}
            articles = {a.id: a for a in records_of("articles", group["articles"])}
            sentences = {
                (s.article, s.sentence): s for s in records_of("sentences", group["sentences"])
            }
            yield Part(sorted(places), articles, sentences)

    def split(self, by: Period | Sequence[str | Day]) -> list[tuple[str, Corpus]]:
        days = {date: day for date in self.dates() if (day := day_of(date))}
        name, labels = naming(by, sorted(days.values()))
        dates: dict[str, set[str]] = {label: set() for label in labels}
        for date, day in days.items():
            dates[name(day)].add(date)
        return [
            (label, OnDisk(self.rows.of_dates(frozenset(dates[label])), self)) for label in labels
        ]
