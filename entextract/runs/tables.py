"""The result of a large run: its linked tables, left on disk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entextract.export.followthemoney import write_followthemoney
from entextract.export.spreadsheets import write_excel_csv, write_workbook
from entextract.linking.near_duplicates import Unit as Count
from entextract.records.columns import RECORDS, Table, columns
from entextract.records.extras import need_shards
from entextract.records.frames import frame_of
from entextract.records.nouns import Copy, Entity, Problem, Profile
from entextract.records.report import COUNTED, former_of
from entextract.records.stamp import content_of, stamp_of
from entextract.result import Extraction, count_of, shares_frame, write_tables
from entextract.runs.corpus import OnDisk
from entextract.runs.link import link_run
from entextract.runs.selection import Selection

if TYPE_CHECKING:
    import pandas as pd

    from entextract.decisions import Decisions
    from entextract.decisions.explanation import Explanation
    from entextract.graph.comentions import WindowUnit
    from entextract.graph.entity_graph import EntityGraph
    from entextract.profiles import By


def open_run(folder: str | Path) -> Tables:
    """Open what ``extract_corpus`` made, for results and graphs of a corpus of any size.

    Ids are agreed over all articles first, unless this was done already.

    Args:
        folder: of the run.

    Returns:
        A result like that of ``extract``, whose rows stay on disk; ``EntityGraph.of_comentions``
        and the like take it too.

    Raises:
        FileNotFoundError: there is no run in the folder.
        ShardError: the run is not finished, or another version of entextract wrote it.
        ImportError: the extra ``corpus`` is not installed.
    """
    need_shards()
    return Tables(Selection(link_run(folder)))


class Tables:
    """The result of a run whose rows stay on disk; ``open_run`` and ``extract_corpus`` give it.

    It is asked what an ``Extraction`` is asked, in the same words.

    Args:
        rows: those that are wanted.
    """

    def __init__(self, rows: Selection) -> None:
        self._rows = rows

    def __repr__(self) -> str:
        counts = ", ".join(f"{self.count(name)} {name}" for name in RECORDS)
        return f"<Tables {self.folder}: {counts}>"

    @property
    def folder(self) -> Path:
        """Where the Parquet files are."""
        return self._rows.folder

    @property
    def corpus(self) -> OnDisk:
        """What a graph reads of it."""
        return OnDisk(self._rows)

    @cached_property
    def former(self) -> tuple[Entity, ...]:
        """Entities as they were before decisions, if the tables follow any."""
        return former_of(content_of(self.folder).get("former", ()))

    @property
    def entities(self) -> Sequence[Entity]:
        """Who or what is named, by id."""
        return self._rows.entities

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What went wrong, in reading and in the articles."""
        return tuple(self._rows.records("problems"))

    @property
    def copies(self) -> tuple[Copy, ...]:
        """The articles that are copies of another, by id; none in tables that were counted."""
        return self._rows.copies

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """Who each entity is, as the articles say, by id; rows are read a shard at a time."""
        return tuple(self._rows.records("profiles"))

    def count(self, table: Table) -> int:
        """How many rows a table has.

        Raises:
            ValueError: there is no such table.
        """
        columns(table)
        return self._rows.count(table)

    def counted(self, by: Count = "text") -> Tables:
        """The tables without the articles that another one stands for, as ``distinct`` has it.

        A graph counts so by itself: see ``count`` of ``EntityGraph.of_comentions``.

        Args:
            by: what counts once, see ``entextract.linking.near_duplicates.weights``. Tables that
                were counted are given back as they are.

        Raises:
            ValueError: another word for ``by``.
        """
        rows = self._rows.counted(by)
        return self if rows is self._rows else Tables(rows)

    def to_frame(self, table: Table) -> pd.DataFrame:
        """One table as a DataFrame, as ``Extraction.to_frame`` gives it; no other table is read.

        Raises:
            ValueError: there is no such table.
        """
        columns(table)
        return frame_of(table, self._rows.records(table))

    def apply(self, decisions: Decisions) -> Extraction:
        """The result with a person's decisions followed; all rows are read into memory.

        Raises:
            DecisionError: the decisions contradict each other on these entities.
        """
        return self.read().apply(decisions)

    def suspects(self, decisions: Decisions | None = None) -> pd.DataFrame:
        """Doubtful pairs, as ``Extraction.suspects`` gives them; all but relations is in memory."""
        return self._read("articles", "mentions", "entities", "sentences").suspects(decisions)

    def explain(self, entity: str) -> Explanation:
        """Why mentions are one entity, and who it is; all but quotations is read into memory.

        Raises:
            ValueError: no entity is called so, or several are.
        """
        names: tuple[Table, ...] = ("articles", "mentions", "entities", "relations", "sentences")
        return self._read(*names).explain(entity)

    def quote_shares(self, *by: By, count: Count | None = None) -> pd.DataFrame:
        """How many words are quoted of whom, as ``Extraction.quote_shares`` counts them.

        Quotations and articles are read into memory.

        Raises:
            ValueError: nothing to count by, or something else.
        """
        part = self.counted(count or count_of(by))
        return shares_frame(part._read("articles", "quotes"), part.profiles, by)

    def graph(self, window: WindowUnit | int = "sentence", **options: Any) -> EntityGraph:
        """Who is named with whom: ``EntityGraph.of_comentions``, which has the options.

        Places are read as numbers, sentences when they are asked for.
        """
        from entextract.graph.entity_graph import EntityGraph

        return EntityGraph.of_comentions(self, window, **options)

    def to_csv(self, folder: str | Path) -> list[Path]:
        """Write the tables as ``Extraction.to_csv`` does, one shard in memory at a time.

        ``Extraction.from_csv`` reads them back, if they fit in memory.

        Args:
            folder: made if need be.

        Returns:
            The paths written, the report last.

        Raises:
            FolderTaken: another run writes into the folder; it is an OSError, like the next.
            FileExistsError: the folder holds another run, by shards.
            OSError: the disk is full, or the folder cannot be written to; older tables stay.
        """
        counts = {table: self.count(table) for table in COUNTED}
        every_row = self._rows.dates is None and self._rows.by is None
        beside = Path(folder).resolve() == self.folder.parent.resolve()
        stamp = stamp_of(self.folder) if every_row and beside else ""
        return write_tables(folder, self._rows.records, counts, self.former, stamp)

    def to_xlsx(self, path: str | Path) -> None:
        """Write all tables into an Excel workbook, as ``Extraction.to_xlsx`` does."""
        write_workbook(path, self._rows.records)

    def to_excel_csv(self, folder: str | Path) -> list[Path]:
        """Write the tables as CSV for a French Excel, as ``Extraction.to_excel_csv`` does."""
        return write_excel_csv(folder, self._rows.records)

    def to_followthemoney(self, path: str | Path) -> None:
        """Write FollowTheMoney JSON lines, as ``Extraction.to_followthemoney`` does."""
        write_followthemoney(path, self._rows.records)

    def read(self) -> Extraction:
        """All the rows in memory, for what an ``Extraction`` alone can do; texts stay empty."""
        return self._read(*RECORDS)

    def _read(self, *tables: Table) -> Extraction:
        rows: dict[str, Any] = {table: tuple(self._rows.records(table)) for table in tables}
        return Extraction(**rows, former=self.former)
