"""The columns of each table, made once from the dataclasses in ``nouns``.

CSV, Arrow and pandas all ask here what a table holds: see ``csv_tables``, ``arrow_tables`` and
``entextract.result``. A field added to a noun is a column in each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

from entextract.records.cells import join_forms, split_forms, writable
from entextract.records.nouns import (
    NOT_WRITTEN,
    Article,
    Copy,
    Entity,
    Mention,
    Problem,
    Profile,
    Quote,
    Relation,
    Sentence,
)

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = 4  # of the columns: raised when one is added, taken away, or means something else
Table = Literal[
    "articles",
    "mentions",
    "entities",
    "relations",
    "quotes",
    "sentences",
    "problems",
    "copies",
    "profiles",
]
# of the tables that are kept; ``DERIVED`` ones are computed from them
RECORDS: dict[Table, type] = {
    "articles": Article,
    "mentions": Mention,
    "entities": Entity,
    "relations": Relation,
    "quotes": Quote,
    "sentences": Sentence,
    "problems": Problem,
    "copies": Copy,
}
_COMPUTED: dict[Table, type] = {"profiles": Profile}


@dataclass(frozen=True, slots=True)
class Kind:
    """How the values of one Python type stand in files.

    Attributes:
        arrow: name of the type in Arrow.
        dtype: name of the type in pandas.
        show: the cell of a CSV file that holds a value.
        parse: the value that a cell of a CSV file holds; a ValueError if it holds none.
        nullable: whether the value may be None.
        spread: whether the value is a mapping, each key of which is a column of its own in CSV.
    """

    arrow: str
    dtype: str
    show: Callable[[Any], str]
    parse: Callable[[str], Any]
    nullable: bool = False
    spread: bool = False

    def arrow_type(self) -> pa.DataType:
        """The type in Arrow."""
        import pyarrow as pa

        if self.arrow == "list":
            return pa.list_(pa.string())
        if self.arrow == "map":
            return pa.map_(pa.string(), pa.string())
        return pa.type_for_alias(self.arrow)


def _truth(cell: str) -> bool:
    found = {"true": True, "false": False}.get(cell.casefold())
    if found is None:
        raise ValueError(f"{cell!r} is neither True nor False")
    return found


_KINDS: dict[Any, Kind] = {
    str: Kind("string", "object", str, str),
    int: Kind("int32", "int64", str, int),
    float: Kind("float64", "float64", lambda value: repr(float(value)), float),
    bool: Kind("bool", "bool", str, _truth),
    str | None: Kind(
        "string", "object", lambda value: value or "", lambda cell: cell or None, nullable=True
    ),
    tuple[str, ...]: Kind("list", "object", join_forms, split_forms),
    Mapping[str, str]: Kind("map", "object", str, str, spread=True),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: the name of a field of its record, and how its values are written."""

    name: str
    kind: Kind


def columns(table: Table) -> tuple[Column, ...]:
    """The columns of a table, in the order of the fields of its record.

    Raises:
        ValueError: there is no such table.
        TypeError: a field has a type that no column can hold.

    >>> [column.name for column in columns("sentences")]
    ['article', 'sentence', 'start', 'end', 'text']
    """
    known = {**RECORDS, **_COMPUTED}
    if table not in known:
        raise ValueError(f"no table {table!r}: choose one of {', '.join(known)}")
    return _columns_of(known[table])


@lru_cache
def _columns_of(record: type) -> tuple[Column, ...]:
    types = get_type_hints(record)
    return tuple(
        Column(field.name, _kind_of(record, field.name, types[field.name]))
        for field in fields(record)
        if field.metadata != NOT_WRITTEN
    )


def _kind_of(record: type, name: str, kind: Any) -> Kind:
    if get_origin(kind) is Literal:
        kind = type(get_args(kind)[0])
    if kind not in _KINDS:
        raise TypeError(
            f"{record.__name__}.{name} is a {kind}, which no column holds: add it to the kinds of "
            "entextract.records.columns"
        )
    return _KINDS[kind]


def header(table: Table) -> list[str]:
    """The names of the columns that every CSV file and DataFrame of a table has.

    >>> header("articles")
    ['id', 'title', 'date', 'source', 'url']
    """
    return [column.name for column in columns(table) if not column.kind.spread]


def make(table: Table, values: Mapping[str, Any]) -> Any:
    """A record of a table from the values of its columns; what no table holds is empty.

    >>> make("copies", {"article": "b", "representative": "a", "similarity": 1.0})
    Copy(article='b', representative='a', similarity=1.0)
    """
    record = RECORDS[table]
    return record(**values, **_not_written(record))


@lru_cache
def _not_written(record: type) -> dict[str, str]:
    return {field.name: "" for field in fields(record) if field.metadata == NOT_WRITTEN}


def rows(table: Table, records: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Records as dictionaries of plain values, by the columns of a CSV file or a DataFrame."""
    spread = [column.name for column in columns(table) if column.kind.spread]
    names = header(table)
    for record in records:
        row = {name: writable(getattr(record, name)) for name in names}
        for name in spread:
            more = getattr(record, name).items()
            row = {**{key: writable(value) for key, value in more if key not in row}, **row}
        yield row
