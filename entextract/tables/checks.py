"""Reads tables and says what is wrong with them; nothing else opens the files of ``data/``."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Literal, TypeVar, get_args, get_origin, get_type_hints

from entextract.tables.catalogue import OPTIONAL, TABLES, Row
from entextract.tables.relation_rows import Preposition, TriggerNoun, Verb
from entextract.tables.row_classes import WordClass

R = TypeVar("R")

# where an end of a relation may stand: a part of the clause, or after a preposition of the table;
# ``obj.de`` is the complement of a transparent object, ``à_via`` that of a noun after « à »,
# ``xcomp`` the object of the infinitive, ``recip`` the other members of the subject, ``bearer`` who
# a noun is said of, ``act`` whose deed the object is
_PARTS = frozenset({"subj", "obj", "obj.de", "xcomp", "recip", "bearer", "act", "à_actor", "à_via"})
_MARK = re.compile(r"<(/?(?:PER|COUNTRY|ORG|LOC))>")
_CURLY = re.compile("[’‘ʼ]")


class TableError(ValueError):
    """A table breaks a rule; the message names file, line, value and remedy."""


@cache
def shipped(record: type[R]) -> tuple[R, ...]:
    """The rows of the table of the package that holds such records."""
    stem = next(stem for stem, (kind, _, _) in TABLES.items() if kind is record)
    with as_file(files("entextract.data") / f"{stem}.csv") as path:
        return tuple(row for row in read_rows(path, stem) if isinstance(row, record))


def read_table(path: str | Path) -> list[Row]:
    """Read and check a table.

    Args:
        path: a CSV file whose header is that of one of the shipped tables.

    Returns:
        One record a row, in the order of the file.

    Raises:
        TableError: the file breaks a rule; the message says where and what to do.
        FileNotFoundError: there is no such file.
    """
    path = Path(path)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file), [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(path, error) from error
    for stem, (record, _, _) in TABLES.items():
        if header == [f.name for f in fields(record)]:
            return read_rows(path, stem)
    known = "; ".join(",".join(f.name for f in fields(r)) for r, _, _ in TABLES.values())
    raise TableError(f"{path}:1: header {','.join(header)!r} is none of: {known}")


def read_rows(path: Path, stem: str) -> list[Row]:
    """Read a file as the table of that name, refusing the first row that breaks a rule."""
    problems: list[str] = []
    try:
        rows = _checked(path, stem, problems)
    except (UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(path, error) from error
    if problems:
        raise TableError(problems[0])
    return rows


def _unreadable(path: Path, error: Exception) -> TableError:
    return TableError(f"{path}: not a CSV file in UTF-8 ({error}); save it as one")


def check_tables(paths: Iterable[str | Path] | None = None) -> list[str]:
    """Every problem of the given tables, or of the shipped ones; an empty list when all is well.

    >>> check_tables()
    []
    """
    problems: list[str] = []
    if paths is None:
        for stem in TABLES:
            with as_file(files("entextract.data") / f"{stem}.csv") as path:
                _checked(path, stem, problems)
        return problems
    for given in paths:
        try:
            read_table(given)
        except (OSError, ValueError) as error:
            problems.append(str(error))
    return problems


def _checked(path: Path, stem: str, problems: list[str]) -> list[Row]:
    record, key_fields, sort_fields = TABLES[stem]
    names = [f.name for f in fields(record)]
    closed = _closed_lists(record)
    rows: list[Row] = []
    first_line: dict[tuple[str, ...], int] = {}
    strengths: dict[tuple[str, str], tuple[str, str, int]] = {}
    before: tuple[str, ...] = ()
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if header != names:
            problems.append(f"{path}:1: header is {','.join(header)!r}, not {','.join(names)!r}")
            return rows
        for cells in reader:
            at = f"{path}:{reader.line_num}"
            fault = _cell_fault(names, cells, closed)
            if fault:
                problems.append(f"{at}: {fault}")
                continue
            row = dict(zip(names, cells, strict=True))
            key = tuple(row[name] for name in key_fields)
            if key in first_line:
                problems.append(
                    f"{at}: {' '.join(key)!r} is already on line {first_line[key]}; delete one"
                )
            first_line[key] = reader.line_num
            order = tuple(row[name] for name in sort_fields)
            if order < before:
                problems.append(f"{at}: {order} stands after {before}; sort the table")
            before = order
            fault = _shared_form_fault(row, strengths, reader.line_num)
            if fault:
                problems.append(f"{at}: {fault}")
            rows.append(record(**row))
    return rows


def _closed_lists(record: type) -> dict[str, tuple[str, ...]]:
    hints = get_type_hints(record)
    return {name: get_args(hint) for name, hint in hints.items() if get_origin(hint) is Literal}


def _cell_fault(names: list[str], cells: list[str], closed: dict[str, tuple[str, ...]]) -> str:
    """What is wrong with the cells of one row, or an empty string."""
    if len(cells) != len(names):
        return f"{len(cells)} cells where the header has {len(names)}; quote cells with a comma"
    for name, cell in zip(names, cells, strict=True):
        if not cell and name not in OPTIONAL:
            return f"{name} is empty"
        if cell != cell.strip() and name != "replacement":
            return f"{name} {cell!r} has blanks around it"
        if not unicodedata.is_normalized("NFC", cell):
            return f"{name} {cell!r} is not in Unicode form NFC"
        if name == "form" and _CURLY.search(cell):
            return f"form {cell!r} has a curly apostrophe; write a straight one"
        if name in closed and cell not in closed[name]:
            return f"{name} {cell!r} is none of {', '.join(closed[name])}"
    row = dict(zip(names, cells, strict=True))
    if not _is_marked_rightly(row.get("example", "")):
        return f"example {row['example']!r} has a mark that is not closed, or not of our labels"
    code = row.get(
        "country", row.get("id", "") if "source" in names and "name" not in names else ""
    )
    if code and not re.fullmatch("[A-Z]{2}", code):
        return f"{code!r} is not an ISO 3166-1 alpha-2 code"
    if "reflexive" in row:
        return _frame_fault(row)
    if "qid" in row and not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", row["id"]):
        return f"id {row['id']!r} is not in small letters, digits and hyphens"
    if "belief" in row and not _is_belief(row["belief"], row["part"]):
        said = f"belief {row['belief']!r} is not a number from 0"
        return f"{said}, at most 1 for an actor, a link or a suspect"
    return ""


def _is_belief(cell: str, part: str) -> bool:
    is_number = re.fullmatch(r"\d+(\.\d+)?", cell) is not None
    return is_number and (part not in ("actor", "link", "suspect") or float(cell) <= 1)


def _is_marked_rightly(example: str) -> bool:
    """Whether marks follow one another as ``<PER>…</PER>``, none inside another."""
    marks = _MARK.findall(example)
    return marks[1::2] == [f"/{mark}" for mark in marks[::2]] and "<" not in _MARK.sub("", example)


def _frame_fault(row: dict[str, str]) -> str:
    """A trigger whose places are not known, or whose lemma has no form."""
    if not row["order"].isdecimal():
        return f"order {row['order']!r} is not a number"
    for name in ("source", "target"):
        for place in row[name].split("|"):
            if place not in places():
                return f"{name} {place!r} is none of {', '.join(sorted(places()))}"
    if row["lemma"].split()[0] not in _lemmas():
        return f"lemma {row['lemma']!r} has no form; add it to verbs.csv and run `make tables`"
    for guard in row["object"].split():
        known = _LABELS if guard[0] in "@<" else _guards()
        if guard[0] not in "+-!@<" or not known.issuperset(guard[1:].split("|")):
            return (
                f"object {guard!r} is neither +, - or ! and a class of words, nor @ or < and labels"
            )
    return ""


@cache
def places() -> frozenset[str]:
    """Where the end of a relation may stand.

    >>> {"subj", "obj", "auprès"} <= places()
    True
    """
    roles = {row.role for row in shipped(Preposition)}
    return _PARTS | roles - {"other", "selon"}


_LABELS = frozenset({"PER", "COUNTRY", "ORG", "LOC"})


@cache
def _guards() -> frozenset[str]:
    classes = {row.kind for row in shipped(WordClass)}
    return frozenset(classes | {row.role for row in shipped(Preposition)})


@cache
def _lemmas() -> frozenset[str]:
    return frozenset(row.lemma for table in (Verb, TriggerNoun) for row in shipped(table))


def _shared_form_fault(
    row: dict[str, str], seen: dict[tuple[str, str], tuple[str, str, int]], line: int
) -> str:
    """A form that two ids share must be weak in both."""
    if "id" not in row or "strength" not in row:
        return ""
    key = (row["form"], "capital" if row.get("kind") in ("capital", "metonym") else "")
    other = seen.setdefault(key, (row["id"], row["strength"], line))
    if other[0] != row["id"] and "strong" in (other[1], row["strength"]):
        return (
            f"form {row['form']!r} is also on line {other[2]} (id {other[0]}); "
            "make both weak, or delete one"
        )
    return ""
