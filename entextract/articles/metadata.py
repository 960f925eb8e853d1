"""The folder of TXM: texts, and beside them a table « metadata.csv » that says what each one is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath

from entextract.articles.columns import Columns
from entextract.articles.interface import Refused, Row
from entextract.articles.readers import csv_table
from entextract.articles.stream import Source
from entextract.records.nouns import Problem

_NAMES = frozenset({"metadata.csv", "metadata.tsv", "metadata.txt"})
_MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of a table of metadata, by the name of the file that each one is of."""

    where: str
    rows: Mapping[str, Mapping[str, str]]


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
    tables: dict[Path, _Table] = {}
    used: set[str] = set()
    for folder, inside in folders.items():
        for source in inside:
            named = {_stem(one): one for one in inside if one is not source}
            if table := _table_of(source, set(named)):
                tables[folder] = table
                used.add(source.where)
                found += _unmatched(table, named)
    return [
        _described(source, tables.get(source.path.parent)) if source.path else source
        for source in sources
        if source.where not in used
    ]


def _table_of(source: Source, stems: set[str]) -> _Table | None:
    """The table that a file is, if it is one of metadata: it has no texts, and names files."""
    if source.path is None or source.path.name.lower() not in _NAMES:
        return None
    try:
        records = list(csv_table(source.path))
    except (Refused, OSError):
        return None  # to read it will say why
    if not records or Columns({}).knows_text(records[0]):
        return None
    rows = {_bare(next(iter(record.values()), "")): record for record in records}
    return _Table(source.where, rows) if rows.keys() & stems else None


def _stem(source: Source) -> str:
    return PurePath(source.name).stem


def _bare(name: str) -> str:
    """The name of a file without its extension, as the first column gives it."""
    name = name.strip()
    suffix = PurePath(name).suffix
    return name.removesuffix(suffix) if suffix.lower() in (".txt", ".xml", ".odt", ".doc") else name


def _unmatched(table: _Table, named: Mapping[str, Source]) -> Iterator[Problem]:
    if missing := sorted(table.rows.keys() - named.keys() - {""}):
        reason = f"rows of files that are not beside it: {shown(missing)}"
        yield Problem(table.where, table.where, reason, "refused")
    if others := sorted(named.keys() - table.rows.keys()):
        reason = f"files beside it without a row in it, read without metadata: {shown(others)}"
        yield Problem(table.where, table.where, reason, "repaired")


def shown(names: Sequence[str]) -> str:
    """Names for a message, the first of them if they are many.

    >>> shown(["a.doc", "b.doc"])
    'a.doc, b.doc'
    """
    more = len(names) - _MOST_NAMED
    listed = ", ".join(names[:_MOST_NAMED])
    return f"{listed} and {more} more" if more > 0 else listed


def _described(source: Source, table: _Table | None) -> Source:
    record = table.rows.get(_stem(source)) if table else None
    return replace(source, read=partial(_read, source, record)) if record else source


def _read(source: Source, record: Mapping[str, str], columns: Columns) -> Iterator[Row | Problem]:
    """The articles of a file, with what the table says of it where the file itself is silent."""
    own = Columns({name: column for name, column in columns.named.items() if name != "text"})
    for row in source.read(columns):
        if isinstance(row, Row):
            said = own.row({**record, "text": row.values["text"]}, row.line)
            columns.seen.update(own.seen)
            columns.met.update(own.met)
            values = {**row.values, **{k: v for k, v in said.values.items() if v}}
            if row.line:  # several articles in the file: the id is not theirs
                values.pop("id", None)
            row = replace(row, values=values, meta={**said.meta, **row.meta})
        yield row
