"""The folder of TXM: texts, and beside them a table « metadata.csv » that says what each one is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from typing import TypeAlias

from entextract.articles.columns import Columns
from entextract.articles.interface import Refused, Row
from entextract.articles.readers import csv_table
from entextract.articles.stream import Source
from entextract.records.nouns import Problem

_NAMES = frozenset({"metadata.csv", "metadata.tsv", "metadata.txt"})
_MOST_NAMED = 50


Records: TypeAlias = Mapping[str, Mapping[str, str]]  # rows of a table, by the file of each


def with_metadata(sources: Sequence[Source], found: list[Problem]) -> list[Source]:
    """The sources without the tables of metadata beside them, each with its row of one.

    Args:
        sources: files to read.
        found: problems are added: rows without a file, files without a row.
    """
    folders: dict[Path, list[Source]] = {}
    for source in sources:
        if source.path is not None:
            folders.setdefault(source.path.parent, []).append(source)
    tables: dict[Path, Records] = {}
    used: set[str] = set()
    for folder, inside in folders.items():
        for source in inside:
            if source.path is None or not is_table(source.path.name):
                continue
            stems = {PurePath(one.name).stem for one in inside if one is not source}
            if records := records_of(source.path, stems):
                tables[folder] = records
                used.add(source.where)
                found += unmatched(source.where, records, stems)
    return [
        _described(source, tables.get(source.path.parent)) if source.path else source
        for source in sources
        if source.where not in used
    ]


def is_table(name: str) -> bool:
    """Whether a file has the name of a table of metadata."""
    return name.lower() in _NAMES


def records_of(path: Path, stems: Set[str]) -> Records:
    """The rows of a table of metadata; none if it has texts, or names no file beside it.

    Args:
        path: of the table.
        stems: names, without their extension, of the files beside it.
    """
    try:
        records = list(csv_table(path))
    except (Refused, OSError):
        return {}  # to read it will say why
    if not records or Columns({}).knows_text(records[0]):
        return {}
    rows = {_bare(next(iter(record.values()), "")): record for record in records}
    return rows if rows.keys() & stems else {}


def _bare(name: str) -> str:
    """The name of a file without its extension, as the first column gives it."""
    name = name.strip()
    suffix = PurePath(name).suffix
    return name.removesuffix(suffix) if suffix.lower() in (".txt", ".xml", ".odt", ".doc") else name


def unmatched(where: str, records: Records, stems: Set[str]) -> Iterator[Problem]:
    """Rows without a file, and files without a row."""
    if missing := sorted(records.keys() - stems - {""}):
        reason = f"rows of files that are not beside it: {shown(missing)}"
        yield Problem(where, where, reason, "refused")
    if others := sorted(stems - records.keys()):
        reason = f"files beside it without a row in it, read without metadata: {shown(others)}"
        yield Problem(where, where, reason, "repaired")


def shown(names: Sequence[str]) -> str:
    """Names for a message, the first of them if they are many.

    >>> shown(["a.doc", "b.doc"])
    'a.doc, b.doc'
    """
    more = len(names) - _MOST_NAMED
    listed = ", ".join(names[:_MOST_NAMED])
    return f"{listed} and {more} more" if more > 0 else listed


def _described(source: Source, records: Records | None) -> Source:
    record = (records or {}).get(PurePath(source.name).stem)
    return replace(source, read=partial(_read, source, record)) if record else source


def _read(source: Source, record: Mapping[str, str], columns: Columns) -> Iterator[Row | Problem]:
    yield from described(source.read(columns), record, columns)


def described(
    rows: Iterable[Row | Problem], record: Mapping[str, str], columns: Columns
) -> Iterator[Row | Problem]:
    """The articles of a file, with what a table says of it."""
    own = Columns({name: column for name, column in columns.named.items() if name != "text"})
    for row in rows:
        if isinstance(row, Row):
            said = own.row({**record, "text": row.values["text"]}, row.line)
            columns.seen.update(own.seen)
            columns.met.update(own.met)
            values = {**row.values, **{k: v for k, v in said.values.items() if v}}
            if row.line:  # several articles in the file: the id is not theirs
                values["id"] = row.values.get("id", "")
            row = replace(row, values=values, meta={**said.meta, **row.meta})
        yield row
