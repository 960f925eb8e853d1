"""The result of a run, in memory or on disk, and what may be done with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from entextract.export.followthemoney import write_followthemoney
from entextract.export.spreadsheets import write_excel_csv, write_workbook
from entextract.records.columns import Table, columns, rows
from entextract.records.csv_tables import read_rows, write_rows
from entextract.records.files import all_or_nothing
from entextract.records.frames import frame_of
from entextract.records.locking import locked
from entextract.records.nouns import DERIVED, TABLES, Copy, Entity, Problem, Profile, Rows
from entextract.records.report import COUNTED, REPORT, read_report, report_of, write_report
from entextract.records.stamp import check_readable, check_writable
from entextract.records.system import ADVICE

if TYPE_CHECKING:
    import pandas as pd

    from entextract.decisions import Decisions
    from entextract.decisions.explanation import Explanation
    from entextract.export.article import ShownArticle
    from entextract.graph.comentions import WindowUnit
    from entextract.graph.entity_graph import EntityGraph
    from entextract.linking.near_duplicates import Unit as Count
    from entextract.profiles import By


class Result(Protocol):
    """What is asked of a result, whether its rows are in memory or on disk.

    ``Extraction`` is one; so is what ``extract_corpus`` and ``open_run`` give.
    """

    @property
    def entities(self) -> Sequence[Entity]:
        """Who or what is named, by id."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What did not go as the user expects."""

    @property
    def copies(self) -> Sequence[Copy]:
        """The articles that are copies of another, by id."""

    @property
    def profiles(self) -> Sequence[Profile]:
        """Who each entity is, as the articles say, by id."""

    def count(self, table: Table) -> int:
        """How many rows a table has."""

    def to_frame(self, table: Table) -> pd.DataFrame:
        """One table as a DataFrame, one row a record."""

    def to_csv(self, folder: str | Path) -> list[Path]:
        """Write the tables and ``report.json`` into a folder."""

    def to_xlsx(self, path: str | Path) -> None:
        """Write all tables into an Excel workbook."""

    def to_excel_csv(self, folder: str | Path) -> list[Path]:
        """Write the tables as CSV that a French Excel opens by a double click."""

    def to_followthemoney(self, path: str | Path) -> None:
        """Write entities, links and documents for OpenAleph."""

    def apply(self, decisions: Decisions) -> Extraction:
        """The result with a person's decisions followed."""

    def suspects(self, decisions: Decisions | None = None) -> pd.DataFrame:
        """Doubtful pairs of entities, those first whose settling would change most."""

    def explain(self, entity: str) -> Explanation:
        """Why mentions are one entity: its forms, the rule of each, an example."""

    def quote_shares(self, *by: By, count: Count | None = None) -> pd.DataFrame:
        """How many words are quoted of whom."""

    def graph(self, window: WindowUnit | int = "sentence", **options: Any) -> EntityGraph:
        """Who is named with whom."""


@dataclass(frozen=True, repr=False)
class Extraction(Rows):
    """The result of a run: six tables, the copies and the problems met on the way.

    >>> empty = Extraction()
    >>> list(empty.to_frame("relations").columns)[:5]
    ['article', 'source', 'target', 'kind', 'status']
    """

    def __repr__(self) -> str:
        counts = ", ".join(f"{self.count(name)} {name}" for name in TABLES)
        return f"<Extraction: {counts}, {len(self.problems)} problems>"

    def _repr_html_(self) -> str:
        """Counts, the ten most mentioned entities and the first problems, for a notebook."""
        said = Counter(mention.entity for mention in self.mentions)
        main = sorted(self.entities, key=lambda one: (-said[one.id], one.id))[:_SHOWN]
        rows = [(one.name, one.label, str(said[one.id])) for one in main]
        problems = [(one.article, one.where, one.reason) for one in self.problems[:_SHOWN]]
        shown = _html_table(("entity", "label", "mentions"), rows)
        shown += _html_table(("article", "where", "reason"), problems)
        return f"<p>{escape(repr(self))}</p>{shown}"

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """Who each entity is, as the articles say, in the order of ``entities``."""
        from entextract.profiles import profiles_of

        return tuple(profiles_of([self], self.entities).records())

    def count(self, table: Table) -> int:
        """How many rows a table has.

        Raises:
            ValueError: there is no such table.
        """
        columns(table)
        return len(getattr(self, table))

    def to_frame(self, table: Table) -> pd.DataFrame:
        """One table as a DataFrame, one row a record.

        Args:
            table: ``"articles"``, ``"mentions"``, ``"entities"``, ``"relations"``,
                ``"quotes"``, ``"sentences"``, ``"problems"``, ``"copies"`` or ``"profiles"``.

        Returns:
            A DataFrame with the columns of the record; ``articles`` has no text, and one more
            column for each thing that a reader knew.

        Raises:
            ValueError: there is no such table.
        """
        columns(table)
        return frame_of(table, getattr(self, table))

    def rows(self, table: Table) -> Iterator[dict[str, Any]]:
        """The rows of one table as dictionaries of plain values."""
        columns(table)
        return rows(table, getattr(self, table))

    def apply(self, decisions: Decisions) -> Extraction:
        """The result with a person's decisions followed: see ``Decisions``.

        Raises:
            DecisionError: the decisions contradict each other on these entities.
        """
        from entextract.decisions import apply

        return apply(self, decisions)

    def suspects(self, decisions: Decisions | None = None) -> pd.DataFrame:
        """Doubtful pairs of entities, those first whose settling would change most.

        Args:
            decisions: pairs that they set apart for good are left out.

        Returns:
            One row a pair: score, propose (merge or split), why, id, name, mentions and an example
            of each of the two.
        """
        from entextract.decisions.suspects import find_suspects, suspects_frame

        return suspects_frame(find_suspects(self, decisions))

    def explain(self, entity: str) -> Explanation:
        """Why mentions are one entity: see ``entextract.explain``.

        Raises:
            ValueError: no entity is called so, or several are.
        """
        from entextract.decisions.explanation import explain

        return explain(self, entity)

    def quote_shares(self, *by: By, count: Count | None = None) -> pd.DataFrame:
        """How many words are quoted of whom: of women and men, of parties, by each newspaper.

        Args:
            by: ``"gender"``, ``"party"``, ``"source"``; of several, the last is shared out within
                the others: ``"source", "gender"`` gives women's share in each newspaper.
            count: as in ``EntityGraph.of_comentions``; by default a text counts once, or once for
                each newspaper where these are counted by.

        Returns:
            One row a group: a column for each of ``by``, then speakers, articles, quotes, direct,
            words, share. Speakers of unknown gender or party are ``unknown``, organisations and
            states ``body``; ``unnamed`` are « une source » and the like, ``nobody`` quotations that
            the text gives to no one.

        Raises:
            ValueError: nothing to count by, or something else.

        >>> list(Extraction().quote_shares("gender").columns)
        ['gender', 'speakers', 'articles', 'quotes', 'direct', 'words', 'share']
        """
        from entextract.linking.near_duplicates import distinct

        counted = distinct(self, by=count or count_of(by))
        return shares_frame(counted, counted.profiles, by)

    def graph(self, window: WindowUnit | int = "sentence", **options: Any) -> EntityGraph:
        """Who is named with whom: ``EntityGraph.of_comentions``, which has the options.

        >>> Extraction().graph("article")
        <EntityGraph: 0 entities, 0 edges, window article>
        """
        from entextract.graph.entity_graph import EntityGraph

        return EntityGraph.of_comentions(self, window, **options)

    def show(self, article: str) -> ShownArticle:
        """An article as Jupyter draws it: its entities in colour, its relations listed under it.

        Raises:
            ValueError: there is no such article, or its text is not here.
        """
        from entextract.export.article import show

        return show(self, article)

    def to_csv(self, folder: str | Path) -> list[Path]:
        """Write the tables and ``report.json`` into a folder, which is made if need be.

        All take the place of older ones together, once each is complete.

        Returns:
            The paths written, in the order of ``TABLES``, ``copies.csv`` if there are any,
            ``profiles.csv``, the report last.

        Raises:
            FolderTaken: another run writes into the folder; it is an OSError, like the next.
            FileExistsError: the folder holds a run by shards.
            OSError: the disk is full, or the folder cannot be written to; older tables stay.
        """
        return write_tables(folder, partial(getattr, self), self._counts(), self.former)

    def to_xlsx(self, path: str | Path) -> None:
        """Write all tables into an Excel workbook, a sheet for each; see ``write_workbook``.

        Texts are texts: nothing in a cell is a formula or a link.

        Warns:
            ExportWarning: a text was longer than a cell can hold, or a table than a sheet.
        """
        write_workbook(path, partial(getattr, self))

    def to_excel_csv(self, folder: str | Path) -> list[Path]:
        """Write the tables as CSV for a French Excel, to be read; see ``write_excel_csv``.

        Semicolons, decimal commas, a byte order mark, and an apostrophe before what Excel would
        take for a formula.

        Returns:
            The paths written.

        Raises:
            FileExistsError: the folder holds what ``to_csv`` wrote, which is for programs.
        """
        return write_excel_csv(folder, partial(getattr, self))

    def to_followthemoney(self, path: str | Path) -> None:
        """Write FollowTheMoney JSON lines, for OpenAleph; see ``write_followthemoney``."""
        write_followthemoney(path, partial(getattr, self))

    @classmethod
    def from_csv(cls, folder: str | Path) -> Extraction:
        """Read back what ``to_csv`` wrote. Article texts do not travel: they come back empty.

        Profiles are computed anew.

        Raises:
            FileNotFoundError: a table is missing from the folder.
            ValueError: a table lacks a column, holds a value of another type, has not as many
                rows as ``report.json`` says, or is not of the run whose shards are beside it.
        """
        folder = Path(folder)
        report = read_report(folder / REPORT)
        check_readable(folder, report.stamp)
        tables: dict[str, Any] = {}
        for table in (*TABLES, *_COPIES):
            path = folder / f"{table}.csv"
            if table in _LATER and not path.exists() and not report.counts.get(table):
                continue
            tables[table] = tuple(read_rows(path, table))
            if (found := len(tables[table])) != (told := report.counts.get(table, found)):
                raise ValueError(
                    f"{path}: {found} rows, and {REPORT} says {told}: the table was cut, or "
                    "belongs to another run; make it again, or copy all files of the folder "
                    f'anew (if you changed the rows yourself, write "{table}": {found} in {REPORT})'
                )
        return cls(**tables, problems=report.problems, former=report.former)

    def report(self) -> dict[str, Any]:
        """What was read and what went wrong, as plain values: the content of ``report.json``."""
        return report_of(self._counts(), self.problems, self.former)

    def _counts(self) -> dict[Table, int]:
        return {table: self.count(table) for table in COUNTED}


def count_of(by: Sequence[By]) -> Count:
    """What counts once where words are counted by these: a text, or a text of each newspaper."""
    return "source" if "source" in by else "text"


def shares_frame(result: Rows, profiles: Sequence[Profile], by: Sequence[By]) -> pd.DataFrame:
    """The shares of the words quoted in a result, see ``Extraction.quote_shares``."""
    import pandas as pd

    from entextract.profiles import Share, shares_of

    shares = shares_of(result.quotes, result.articles, profiles, by)
    counted = [name for name in Share.__dataclass_fields__ if name != "group"]
    rows = [[*share.group, *(getattr(share, name) for name in counted)] for share in shares]
    return pd.DataFrame(rows, columns=[*by, *counted])


_SHOWN = 10  # entities and problems in a notebook
_COPIES: tuple[Table, ...] = ("copies",)
_LATER = ("copies", "quotes")  # which folders of an older version, or without any, do not hold


def write_tables(
    folder: str | Path,
    records: Callable[[Table], Iterable[Any]],
    counts: Mapping[Table, int],
    former: Sequence[Entity] = (),
    stamp: str = "",
) -> list[Path]:
    """Write the tables of a result as CSV, and ``report.json``: all of them, or none.

    Args:
        folder: made if need be.
        records: gives the records of a table, anew at each call.
        counts: rows by table.
        former: entities as they were before decisions.
        stamp: of the run by shards to which the rows belong.

    Returns:
        The paths written, the report last.

    Raises:
        FolderTaken: another run writes into the folder.
        FileExistsError: the folder holds another run, by shards.
        OSError: the disk is full, or the folder cannot be written to.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with _advising(), locked(folder), all_or_nothing() as drafts:
        check_writable(folder, stamp)
        for table in (*TABLES, *_COPIES, *DERIVED):
            path = folder / f"{table}.csv"
            if table == "copies" and not counts[table]:
                drafts.remove(path)  # of an earlier run
                continue
            written.append(path)
            with drafts.text(path, "replace") as file:
                write_rows(file, table, partial(records, table))
        written.append(folder / REPORT)
        with drafts.text(folder / REPORT, "replace") as file:
            write_report(file, counts, partial(records, "problems"), former, stamp)
    return written


def _html_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""

    def line(cells: Sequence[str], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>"

    body = "".join(line(row, "td") for row in rows)
    return f"<table><thead>{line(heads, 'th')}</thead><tbody>{body}</tbody></table>"


@contextmanager
def _advising() -> Iterator[None]:
    """Say of an error of the disk what has become of the tables, and what to do."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        advice = ADVICE.get(error.errno, "mend this")
        said = f"{error.strerror}; tables that were there stay as they were: {advice}, or choose "
        raise OSError(error.errno, f"{said}another folder", error.filename) from error
