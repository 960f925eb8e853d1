"""The result of a run in memory: its tables, their CSV files, and what may be done with them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

from entextract.records.cells import join_forms, split_forms, writable
from entextract.records.nouns import (
    TABLES,
    Action,
    Article,
    Copy,
    Entity,
    Mention,
    Problem,
    Relation,
    Rows,
    Sentence,
    TableName,
)

if TYPE_CHECKING:
    import pandas as pd

    from entextract.decisions import Decisions
    from entextract.export.article import ShownArticle

_MAX_CELL = 0x7FFF_FFFF  # characters: the most that a C long of 32 bits holds


@dataclass(frozen=True, repr=False)
class Extraction(Rows):
    """The result of a run: five tables, the copies and the problems met on the way.

    >>> empty = Extraction()
    >>> list(empty.to_frame("relations").columns)[:5]
    ['article', 'source', 'target', 'kind', 'status']
    """

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(getattr(self, name))} {name}" for name in TABLES)
        return f"<Extraction: {counts}, {len(self.problems)} problems>"

    def to_frame(self, table: TableName | Literal["copies"]) -> pd.DataFrame:
        """One table as a DataFrame, one row a record.

        Args:
            table: ``"articles"``, ``"mentions"``, ``"entities"``, ``"relations"``,
                ``"sentences"`` or ``"copies"``.

        Returns:
            A DataFrame with the columns of the record; ``articles`` has no text, and one more
            column for each thing that a reader knew.

        Raises:
            ValueError: there is no such table.
        """
        import pandas as pd

        header = _columns(table)
        rows = list(self.rows(table))
        extra = sorted({name for row in rows for name in row} - set(header))
        return pd.DataFrame(rows, columns=[*header, *extra])

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

    def rows(self, table: TableName | Literal["copies"]) -> Iterator[dict[str, Any]]:
        """The rows of one table as dictionaries of plain values."""
        _columns(table)
        for record in getattr(self, table):
            row = {f.name: getattr(record, f.name) for f in fields(record)}
            if table == "articles":
                del row["text"]
                row = {**{k: v for k, v in row.pop("meta").items() if k not in row}, **row}
            yield {name: writable(value) for name, value in row.items()}

    def show(self, article: str) -> ShownArticle:
        """An article as Jupyter draws it: its entities in colour, its relations listed under it.

        Raises:
            ValueError: there is no such article, or its text is not here.
        """
        from entextract.export.article import show

        return show(self, article)

    def to_csv(self, folder: str | Path) -> list[Path]:
        """Write the tables and ``report.json`` into a folder, which is made if need be.

        Returns:
            The paths written, in the order of ``TABLES``, ``copies.csv`` if there are any, the
            report last.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for table in TABLES:
            paths.append(folder / f"{table}.csv")
            write_frames(paths[-1], [self.to_frame(table)])
        paths += write_copies(folder, self.copies)
        paths.append(folder / "report.json")
        write_report(paths[-1], self.report())
        return paths

    @classmethod
    def from_csv(cls, folder: str | Path) -> Extraction:
        """Read back what ``to_csv`` wrote. Article texts do not travel: they come back empty.

        Raises:
            FileNotFoundError: a table is missing from the folder.
            ValueError: a table lacks a column or holds a value of another type.
        """
        folder = Path(folder)
        problems, former = _read_report(folder / "report.json")
        return cls(
            articles=tuple(_read(folder, "articles", _article)),
            mentions=tuple(_read(folder, "mentions", _record(Mention))),
            entities=tuple(_read(folder, "entities", _record(Entity))),
            relations=tuple(_read(folder, "relations", _record(Relation))),
            sentences=tuple(_read(folder, "sentences", _record(Sentence))),
            problems=problems,
            former=former,
            copies=tuple(_read(folder, "copies", _record(Copy)))
            if (folder / "copies.csv").exists()
            else (),
        )

    def report(self) -> dict[str, Any]:
        """What was read and what went wrong, as plain values: the content of ``report.json``."""
        counts = {table: len(getattr(self, table)) for table in TABLES}
        former = {"former": [asdict(entity) for entity in self.former]} if self.former else {}
        return {**report_of(counts, self.problems), **former}


def report_of(counts: Mapping[TableName, int], problems: Sequence[Problem]) -> dict[str, Any]:
    """What ``Extraction.report`` says, from the number of rows of each table."""
    actions = dict.fromkeys(get_args(Action), 0)
    for problem in problems:
        actions[problem.action] += 1
    told = {table: counts[table] for table in TABLES if table != "sentences"}
    return {**told, **actions, "problems": [asdict(problem) for problem in problems]}


def write_report(path: Path, report: Mapping[str, Any]) -> None:
    """Write ``report.json``."""
    text = json.dumps(report, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8", errors="replace")


def write_copies(folder: Path, copies: tuple[Copy, ...]) -> list[Path]:
    """Write ``copies.csv`` if there are any, and take away that of an earlier run."""
    path = folder / "copies.csv"
    path.unlink(missing_ok=True)
    if not copies:
        return []
    write_frames(path, [Extraction(copies=copies).to_frame("copies")])
    return [path]


def write_frames(path: Path, frames: Iterable[pd.DataFrame]) -> None:
    """Write a table that comes in parts, as ``to_frame`` makes them, into one CSV file."""
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        for number, frame in enumerate(frames):
            if "forms" in frame:
                frame = frame.assign(forms=[join_forms(forms) for forms in frame["forms"]])
            # the writer leaves a bare carriage return unquoted; readers take it for a line's end
            cells = frame.to_numpy().ravel()
            risky = any(isinstance(cell, str) and "\r" in cell for cell in cells)
            frame.to_csv(
                file,
                index=False,
                header=not number,
                lineterminator="\n",
                quoting=csv.QUOTE_ALL if risky else csv.QUOTE_MINIMAL,
            )


_RECORDS: dict[TableName | Literal["copies"], type] = {
    "articles": Article,
    "mentions": Mention,
    "entities": Entity,
    "relations": Relation,
    "sentences": Sentence,
    "copies": Copy,
}
_R = TypeVar("_R")


def _columns(table: TableName | Literal["copies"]) -> list[str]:
    if table not in _RECORDS:
        raise ValueError(f"no table {table!r}: choose one of {', '.join(_RECORDS)}")
    return [
        f.name
        for f in fields(_RECORDS[table])
        if f.name not in ("text", "meta") or table != "articles"
    ]


def _read(
    folder: Path, table: TableName | Literal["copies"], make: Callable[[dict[str, str]], _R]
) -> Iterator[_R]:
    path = folder / f"{table}.csv"
    csv.field_size_limit(_MAX_CELL)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        try:
            header = reader.fieldnames or ()
            if missing := set(_columns(table)) - set(header):
                raise ValueError(f"missing column {', '.join(sorted(missing))}")
            if twice := [name for name in header if list(header).count(name) > 1]:
                raise ValueError(f"column {twice[0]!r} stands twice; take one out")
            for row in reader:
                if None in row or None in row.values():
                    raise ValueError("the row is too short or too long; mend or remove it")
                yield make(row)
        except (ValueError, TypeError, AttributeError, csv.Error) as error:
            at = f"{path}:{reader.line_num}" if reader.line_num > 1 else f"{path}"
            raise ValueError(f"{at}: {error}") from error


def _read_report(path: Path) -> tuple[tuple[Problem, ...], tuple[Entity, ...]]:
    """The problems, and the entities as they were before decisions."""
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        problems = tuple(Problem(**problem) for problem in report["problems"])
        former = tuple(
            Entity(**{**entity, "forms": tuple(entity["forms"])})
            for entity in report.get("former", ())
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"{path}: not a report of ours ({error}); make it again") from error
    return problems, former


def _article(row: dict[str, str]) -> Article:
    known = {name: row.pop(name) for name in _columns("articles")}
    return Article(text="", meta={k: v for k, v in row.items() if v}, **known)


def _record(record: Callable[..., _R]) -> Callable[[dict[str, str]], _R]:
    """A function that makes a record of a CSV row, each cell turned into its column's type."""
    names = [f.name for f in fields(record)]  # type: ignore[arg-type]
    integers = {f.name for f in fields(record) if f.type == "int"}  # type: ignore[arg-type]

    def make(row: dict[str, str]) -> _R:
        values: dict[str, Any] = {k: int(row[k]) if k in integers else row[k] for k in names}
        if "former" in values:
            values["former"] = values["former"] == "True"
            values["score"] = float(values["score"])
        if "similarity" in values:
            values["similarity"] = float(values["similarity"])
        if "forms" in values:
            values["forms"] = split_forms(values["forms"])
            values["country"] = values["country"] or None
        return record(**values)

    return make
