"""The formats that lists of actors come in, read row by row.

Each format gives ``Row``s; what cannot be read is a ``Fault``, and the rest is read. The structure
of the formats: W3C, "SPARQL 1.1 Query Results JSON Format", 2013, for Wikidata's query service;
https://www.opensanctions.org/docs/bulk/csv and /json for OpenSanctions and FollowTheMoney.
"""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol

from entextract.actors.actor import ActorError
from entextract.actors.columns import attribute_name, is_formula, role_of, says_person
from entextract.records.spelling import level

_ITEM = re.compile(r"https?://(?:www\.)?wikidata\.org/entity/([QLP]\d+)")
_QID = re.compile(r"[QLP]\d+")
_WIKIDATA = "http://www.wikidata.org/entity/"
_OPENSANCTIONS = "https://www.opensanctions.org/entities/"
_OPENSANCTIONS_COLUMNS = {"id", "schema", "name", "aliases"}
_OWN_COLUMNS = {"id", "name", "form", "label"}
# what a list of OpenSanctions has of each: names of another kind than those of the press, and dates
_NAMES_OF_FTM = ("name", "alias", "weakAlias", "previousName")
_ROLES = ("id", "name", "form", "type", "label", "given", "family")
_SEPARATOR = re.compile("[;|\n]")
_DELIMITERS = ",;\t"
_MOST_CELL = 0x7FFF_FFFF  # characters: the most that a C long of 32 bits holds
_LONGEST_LINE = 16_000_000  # bytes of a JSON line; one that is longer is passed over unread
_LONGEST_VALUE = 2_000  # characters of an attribute: what a node can carry
_RISKY = frozenset("=@+-\t\r")
_BULLET = re.compile(r"^(?:[-*•–—·]|\d+[.)])\s+")  # before an item of a list of names
_BLOCK = 1 << 20  # bytes read at once
_LOOKED_AT = 64_000  # bytes by which a format is told


@dataclass(slots=True)
class Row:
    """What a row says of an actor, before rows of the same actor are put together.

    Attributes:
        line: in the file.
        name: the one shown.
        id: in the list, if it has one.
        kinds: words for what it is.
        label: one of ours, where the list says it itself.
        is_person: whether it has what only a person has.
        aliases: further names.
        forms: what a newspaper prints, as the user says.
        attributes: all else, by the name of the column.
    """

    line: int
    name: str
    id: str = ""
    kinds: Sequence[str] = ()
    label: str = ""
    is_person: bool = False
    aliases: Sequence[str] = ()
    forms: Sequence[str] = ()
    attributes: dict[str, str] = field(default_factory=dict)


class Note(Protocol):
    """Takes note of what is wrong with a line, and whether it was mended."""

    def __call__(self, line: int, reason: str, *, mended: bool = False) -> None: ...


Cells = tuple[int, list[str]]


class Format(NamedTuple):
    """A format: its name, for people, and what reads it."""

    name: str
    rows: Callable[[Path, Note], Iterator[Row]]


def format_of(path: Path) -> Format:
    """The format of a list, told by its first bytes.

    Raises:
        ActorError: it is none of ours.
        FileNotFoundError: there is no such file.
    """
    with path.open("rb") as file:
        head = file.read(_LOOKED_AT)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b")) or b"\0" in head:
        raise ActorError(f"{path}: not a text file; save the list as CSV in UTF-8, or as JSON")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise ActorError(f"{path}: the list is empty")
    if start[:1] == b"{" and _is_one_line(start):
        return Format("FollowTheMoney", _follow_the_money)
    if start[:1] in (b"{", b"["):
        return Format("Wikidata, JSON", _wikidata_json)
    first = start.splitlines()[0].decode("utf-8", "replace")
    names = set(_header(first))
    if names >= _OWN_COLUMNS:
        return Format("CSV, one form a row", _table)
    if names >= _OPENSANCTIONS_COLUMNS:
        return Format("OpenSanctions, targets.simple.csv", _opensanctions)
    if any(f"{name}Label" in names for name in names):
        return Format("Wikidata, CSV", _wikidata_csv)
    roles = {role_of(name) for name in names}
    if "name" in roles or {"family", "given"} <= roles:
        return Format("CSV", _table)
    if len(names) == 1 or path.suffix.lower() == ".txt":
        return Format("names, one a line", _plain)
    known = "name (or nom), or itemLabel of Wikidata, or id,name,form,label"
    raise ActorError(
        f"{path}:1: no column of names among {', '.join(sorted(names))}; name it {known}"
    )


def _is_one_line(start: bytes) -> bool:
    """Whether the first line is a whole object with a schema, or opens one too long to see."""
    line = start.split(b"\n", 1)[0]
    return b'"schema"' in line or (b'"head"' not in line and b"\n" not in start)


# --- tables


def _header(line: str) -> list[str]:
    delimiter = max(_DELIMITERS, key=line.count)
    return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]


def _cells(path: Path, note: Note) -> Iterator[Cells]:
    """The header, then the rows that have as many cells, each with its line."""
    csv.field_size_limit(_MOST_CELL)
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        delimiter = max(_DELIMITERS, key=file.readline().count)
        file.seek(0)
        reader = csv.reader(file, delimiter=delimiter)
        header = [cell.strip() for cell in next(reader)]
        if twice := [name for name in header if name and header.count(name) > 1]:
            raise ActorError(f"{path}:1: column {twice[0]!r} stands twice; rename one")
        yield 1, header
        width = len(header)
        while True:
            try:
                for cells in reader:
                    if len(cells) == width:
                        yield reader.line_num, cells
                    elif cells:
                        told = f"{len(cells)} cells where the header has {width}"
                        note(reader.line_num, f"{told}; quote cells that hold {delimiter!r}")
                return
            except csv.Error as error:
                note(reader.line_num, f"{error}; mend the quotes of this line")


def _is_text(cells: Sequence[str]) -> bool:
    """Whether cells are UTF-8: what was not is a lone surrogate."""
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_utf8(path: Path) -> bool:
    """Whether a whole file is UTF-8, so that no row of it need be asked."""
    decode = codecs.getincrementaldecoder("utf-8")().decode
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decode(block)
            decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _rows_of(
    path: Path, note: Note, make: Callable[[list[str]], Callable[[int, list[str]], Row]]
) -> Iterator[Row]:
    """The rows of a table, made by what the header tells."""
    lines = _cells(path, note)
    _, header = next(lines)
    of = make(header)
    is_whole = _is_utf8(path)
    for line, cells in lines:
        if is_whole or _is_text(cells):
            yield of(line, cells)
        else:
            note(line, "not in UTF-8; save the list as CSV in UTF-8")


def _attributes(
    columns: Sequence[tuple[int, str]], note: Note
) -> Callable[[int, list[str]], dict[str, str]]:
    """A function that takes the other columns of a row, by the names under which they travel."""
    named = [(i, attribute_name(name)) for i, name in columns]
    kept = [(i, name) for i, name in named if name]

    def take(line: int, cells: list[str]) -> dict[str, str]:
        found = {name: cells[i].strip() for i, name in kept if cells[i]}
        for name, value in found.items():
            if value[:1] in _RISKY and is_formula(value):
                note(
                    line,
                    f"{name} {value[:40]!r} is a formula; a quote is put before it",
                    mended=True,
                )
                found[name] = f"'{value}"
            elif len(value) > _LONGEST_VALUE:
                found[name] = value[:_LONGEST_VALUE]
        return found

    return take


def _table(path: Path, note: Note) -> Iterator[Row]:
    """Any table with a column of names; ours with one form a row."""

    def make(header: list[str]) -> Callable[[int, list[str]], Row]:
        roles: dict[str, int] = {}
        aliases = []
        others = []
        for i, name in enumerate(header):
            role = role_of(name)
            if role == "alias":
                aliases.append(i)
            elif role in ("", "type", "url", "given") or role in roles:
                others.append((i, name))
                if role:
                    roles.setdefault(role, i)
            else:
                roles[role] = i
                if role == "family":
                    others.append((i, name))
        persons = [i for i, name in enumerate(header) if says_person(name)]
        take = _attributes(others, note)

        is_parted = "given" in roles and "family" not in roles  # « Prénom », « Nom »
        pick = itemgetter(*(roles.get(role, len(header)) for role in _ROLES))

        def of(line: int, cells: list[str]) -> Row:
            taken = take(line, cells)
            cells.append("")  # for what the list has no column of
            i, name, form, kind, label, given, family = map(str.strip, pick(cells))
            if is_parted and given and name and not _holds(name, given):
                name = f"{given} {name}"
            return Row(
                line,
                name or (f"{given} {family}" if given and family else ""),
                i,
                (kind,) if kind else (),
                label,
                any(cells[n] for n in persons) if persons else False,
                [one for n in aliases if cells[n] for one in _split(cells[n])] if aliases else (),
                (form,) if form else (),
                taken,
            )

        return of

    return _rows_of(path, note, make)


def _holds(name: str, given: str) -> bool:
    """Whether a name is whole: « Sarr, Awa », and not « Sarr », beside « Awa »."""
    words, own = level(name).lower().replace(",", " ").split(), level(given).lower().split()
    return len(words) > len(own) and all(word in words for word in own)


def _split(cell: str) -> list[str]:
    """The names in a cell.

    >>> _split("Awa S. Sarr; la dame de Plouvarec | A. Sarr")
    ['Awa S. Sarr', 'la dame de Plouvarec', 'A. Sarr']
    """
    return [name for part in _SEPARATOR.split(cell) if (name := part.strip())]


def _opensanctions(path: Path, note: Note) -> Iterator[Row]:
    def make(header: list[str]) -> Callable[[int, list[str]], Row]:
        at = {name: i for i, name in enumerate(header)}
        used = _OPENSANCTIONS_COLUMNS
        take = _attributes([(i, name) for i, name in enumerate(header) if name not in used], note)

        def of(line: int, cells: list[str]) -> Row:
            i = cells[at["id"]].strip()
            more = {"opensanctions": i, "url": f"{_OPENSANCTIONS}{i}/", **take(line, cells)}
            if _QID.fullmatch(i):
                more["wikidata"] = i
            aliases = _split(cells[at["aliases"]])
            kind = cells[at["schema"]]
            return Row(
                line, cells[at["name"]].strip(), i, (kind,), aliases=aliases, attributes=more
            )

        return of

    return _rows_of(path, note, make)


def _plain(path: Path, note: Note) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", errors="surrogateescape") as file:
        for number, line in enumerate(file, 1):
            name = _BULLET.sub("", line.strip(), count=1)
            if not name or name.startswith("#"):
                continue
            if number == 1 and role_of(name) == "name":
                continue
            if _is_text([name]):
                yield Row(number, name.strip('"'))
            else:
                note(number, "not in UTF-8; save the list in UTF-8")


# --- Wikidata


def _wikidata_csv(path: Path, note: Note) -> Iterator[Row]:
    def make(header: list[str]) -> Callable[[int, list[str]], Row]:
        item = next(name for name in header if f"{name}Label" in header)

        def of(line: int, cells: list[str]) -> Row:
            return _of_wikidata(item, line, dict(zip(header, cells, strict=True)), note)

        return of

    return _rows_of(path, note, make)


def _wikidata_json(path: Path, note: Note) -> Iterator[Row]:
    """Both downloads of the query service: « JSON file », and « JSON file (verbose) »."""
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ActorError(
            f"{path}: not a JSON file in UTF-8 ({error}); download it again"
        ) from error
    if isinstance(content, dict) and "schema" in content and "properties" in content:
        content = [content]
    found = content
    if isinstance(content, dict):
        results = content.get("results")
        found = results.get("bindings") if isinstance(results, dict) else None
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise ActorError(
            f"{path}: no list of results; give a result of the Wikidata query service, or "
            "FollowTheMoney entities, one a line"
        )
    if found and "properties" in found[0]:
        yield from _entities(enumerate(found, 1), note)
        return
    names = dict.fromkeys(name for row in islice(found, 100) for name in row)
    item = next((name for name in names if f"{name}Label" in names), "")
    if found and not item:
        raise ActorError(f"{path}: no variable with its label (item, itemLabel) in the results")
    for number, row in enumerate(found, 1):
        yield _of_wikidata(item, number, {k: _value(v) for k, v in row.items()}, note)


def _value(cell: Any) -> str:
    """The value of a binding, verbose or not."""
    return str(cell.get("value", "")) if isinstance(cell, dict) else str(cell)


def _of_wikidata(item: str, line: int, row: Mapping[str, str], note: Note) -> Row:
    qid = _ITEM.sub(r"\1", row.get(item, "").strip())
    name = row.get(f"{item}Label", "").strip()
    if name == qid:  # it has no label in the languages asked for
        name = ""
    used = {item, f"{item}Label", f"{item}AltLabel"}
    others: dict[str, str] = {}
    for column, value in row.items():
        base = column.removesuffix("Label")
        if column in used or (f"{column}Label" in row) or not value:
            continue
        others[base if base != column else column.removeprefix(item)] = _ITEM.sub(r"\1", value)
    columns = list(enumerate(others))
    more = _attributes(columns, note)(line, list(others.values()))
    wikidata = {"wikidata": qid, "url": f"{_WIKIDATA}{qid}"} if _QID.fullmatch(qid) else {}
    kinds = [value for column, value in others.items() if role_of(column) == "type"]
    return Row(
        line,
        name,
        qid,
        kinds,
        is_person=any(says_person(column) for column in others),
        aliases=[a for a in row.get(f"{item}AltLabel", "").split(", ") if a],
        attributes={**wikidata, **more},
    )


# --- FollowTheMoney


def _follow_the_money(path: Path, note: Note) -> Iterator[Row]:
    with path.open("rb") as file:
        yield from _entities(_objects(file, note), note)


def _objects(file: BinaryIO, note: Note) -> Iterator[tuple[int, Any]]:
    number = 0
    while line := file.readline(_LONGEST_LINE + 1):
        number += 1
        if len(line) > _LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := file.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            note(number, f"longer than {_LONGEST_LINE:,} bytes; cut this entity")
            continue
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except (ValueError, RecursionError):
            note(number, "not a JSON object in UTF-8; write each entity on a line of its own")


def _entities(objects: Iterator[tuple[int, Any]], note: Note) -> Iterator[Row]:
    takes: dict[tuple[str, ...], Callable[[int, list[str]], dict[str, str]]] = {}
    for number, entity in objects:
        properties = entity.get("properties") if isinstance(entity, dict) else None
        if not isinstance(properties, dict) or not isinstance(entity.get("id"), str):
            note(number, "no entity with an id and properties; write it as FollowTheMoney does")
            continue
        values = {name: _texts(found) for name, found in properties.items()}
        names = [one for key in _NAMES_OF_FTM for one in values.pop(key, ())]
        caption = entity.get("caption")
        name = caption if isinstance(caption, str) and caption else next(iter(names), "")
        joined = {key: " | ".join(found) for key, found in values.items() if found}
        for key in ("datasets", "topics"):
            if found := _texts(entity.get(key)):
                joined[key] = " | ".join(found)
        columns = tuple(joined)
        if columns not in takes:
            takes[columns] = _attributes(list(enumerate(columns)), note)
        more = takes[columns](number, list(joined.values()))
        i = entity["id"]
        if _QID.fullmatch(i):
            more.setdefault("wikidata", i)
        yield Row(
            number,
            name.strip(),
            i,
            (str(entity.get("schema", "")),),
            aliases=[one.strip() for one in names if one.strip() and one != name],
            attributes={"followthemoney": i, **more},
        )


def _texts(found: Any) -> list[str]:
    """The values of a property that are texts; others are entities in their own right."""
    found = found if isinstance(found, list) else [found]
    return [value for value in found if isinstance(value, str) and value]
