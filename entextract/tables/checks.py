"""Reads tables and says what is wrong with them; nothing else opens the files of ``data/``."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import cache
from importlib.resources import as_file, files
from operator import itemgetter
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
_ISO = re.compile("[A-Z]{2}")
_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


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
    right: list[tuple[str, set[str]]] = [(name, set()) for name in names]  # cells met before
    rows: list[Row] = []
    key_of, order_of = _taken(names, key_fields), _taken(names, sort_fields)
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
            line = reader.line_num
            fault = _cells_fault(right, cells, closed) or _row_fault(names, cells)
            if fault:
                problems.append(f"{path}:{line}: {fault}")
                continue
            key, order = key_of(cells), order_of(cells)
            if key in first_line:
                problems.append(
                    f"{path}:{line}: {' '.join(key)!r} is already on line {first_line[key]}; "
                    "delete one"
                )
            first_line[key] = line
            if order < before:
                problems.append(f"{path}:{line}: {order} stands after {before}; sort the table")
            before = order
            if "id" in names:
                row = dict(zip(names, cells, strict=True))
                if fault := _shared_form_fault(row, strengths, line):
                    problems.append(f"{path}:{line}: {fault}")
            rows.append(record(*cells))
    return rows


def _taken(names: list[str], wanted: tuple[str, ...]) -> Callable[[list[str]], tuple[str, ...]]:
    """What takes the cells of these columns out of a row."""
    places = [names.index(name) for name in wanted]
    if len(places) < 2:  # itemgetter gives no tuple then
        return lambda cells: tuple([cells[place] for place in places])
    return itemgetter(*places)


def _closed_lists(record: type) -> dict[str, tuple[str, ...]]:
    hints = get_type_hints(record)
    return {name: get_args(hint) for name, hint in hints.items() if get_origin(hint) is Literal}


def _cells_fault(
    right: list[tuple[str, set[str]]], cells: list[str], closed: dict[str, tuple[str, ...]]
) -> str:
    """What is wrong with one of the cells of a row, or an empty string.

    Args:
        right: each column, and the cells of it that were found right; those of the row are added.
        cells: the row.
        closed: the columns that take some values only.
    """
    if len(cells) != len(right):
        return f"{len(cells)} cells where the header has {len(right)}; quote cells with a comma"
    for (name, met), cell in zip(right, cells, strict=True):
        if cell not in met:
            if fault := _cell_fault(name, cell, closed):
                return fault
            met.add(cell)
    return ""


def _cell_fault(name: str, cell: str, closed: dict[str, tuple[str, ...]]) -> str:
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
    if name == "example" and not _is_marked_rightly(cell):
        return f"example {cell!r} has a mark that is not closed, or not of our labels"
    if name == "country" and cell:
        return _code_fault(cell)
    return ""


def _code_fault(cell: str) -> str:
    return "" if _ISO.fullmatch(cell) else f"{cell!r} is not an ISO 3166-1 alpha-2 code"


def _row_fault(names: list[str], cells: list[str]) -> str:
    """What is wrong with a row whose cells are right, or an empty string."""
    if "reflexive" in names:
        return _frame_fault(dict(zip(names, cells, strict=True)))
    if "belief" in names:
        belief, part = cells[names.index("belief")], cells[names.index("part")]
        if not _is_belief(belief, part):
            said = f"belief {belief!r} is not a number from 0"
            return f"{said}, at most 1 for an actor, a link or a suspect"
    if "id" not in names:
        return ""
    id = cells[names.index("id")]
    if "name" not in names:
        return _code_fault(id) if "source" in names else ""
    if "label" in names and cells[names.index("label")] == "COUNTRY":
        wanted = "" if _ISO.fullmatch(id) else "an ISO 3166-1 alpha-2 code"
    else:
        wanted = "" if _SLUG.fullmatch(id) else "in small letters, digits and hyphens"
    return f"id {id!r} is not {wanted}" if wanted else ""


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
    return frozenset(classes | {row.role for row in shipped(Preposition)} | {"office"})


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
