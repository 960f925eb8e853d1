"""Obvious columns: which one holds which field, and its values as strings and dates."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from math import isnan
from typing import Any, TypeAlias

from entextract.articles.interface import File, Refused, Row
from entextract.records.nouns import Problem

# the names by which a column is known without being told, the likeliest first
_ALIASES = {
    "text": "text texte contenu content full_text fulltext texte_integral body corps article",
    "id": "id identifiant identifier doc_id article_id",
    "title": "title titre headline",
    "date": "date date_publication publication_date date_de_publication published published_at",
    "source": "source journal media newspaper publication",
    "url": "url lien link permalink",
}


class Columns:
    """Which column holds which field: as the caller says, else by its name."""

    def __init__(self, named: Mapping[str, str | None]) -> None:
        self.named = {name: column for name, column in named.items() if column is not None}
        self.met: set[str] = set()  # fields whose named column was seen
        self.seen: dict[str, None] = {}  # every column, in order of appearance
        self._found: dict[tuple[str, ...], dict[str, str]] = {}

    def find(self, names: Iterable[str]) -> dict[str, str]:
        """The column of each field among these names.

        Raises:
            Refused: there is no column for the text.
        """
        names = tuple(names)
        if names not in self._found:
            self._found[names] = self._match(names)
            self.seen.update(dict.fromkeys(names))
            self.met.update(self.named.keys() & self._found[names].keys())
        if "text" not in self._found[names]:
            raise Refused(self.missing("text", names))
        return self._found[names]

    def _match(self, names: tuple[str, ...]) -> dict[str, str]:
        by_key = {_key(name): name for name in reversed(names)}
        found = {}
        for field_name, aliases in _ALIASES.items():
            wanted = self.named.get(field_name)
            if wanted in names:
                found[field_name] = wanted
                continue
            keys = aliases.split() if wanted is None else [_key(wanted)]
            if column := next((by_key[key] for key in keys if key in by_key), None):
                found[field_name] = column
        return found

    def row(self, record: Mapping[str, Any], line: str) -> Row:
        """A record of a table as a row; what is no field of an article goes to ``meta``.

        Raises:
            Refused: there is no text column, or it holds something else than text.
        """
        found = self.find(record)
        text = record[found["text"]]
        if text is not None and not isinstance(text, str):
            kind = type(text).__name__
            raise Refused(f"column {found['text']!r} holds a value of type {kind}, not a text")
        values = {field_name: _plain(record[name]) for field_name, name in found.items()}
        used = set(found.values())
        meta = {name: _plain(value) for name, value in record.items() if name not in used}
        return Row(values, meta, line)

    def missing(self, field_name: str, names: Iterable[str]) -> str:
        """What to say when no column holds a field."""
        wanted = self.named.get(field_name)
        what = f"no column for the {field_name}" if wanted is None else f"no column {wanted!r}"
        seen = ", ".join(name[:40] for name in islice(names, 20)) or "none"
        option = f"{field_name}_column (--{field_name}-column)"
        return f"{what}; columns seen: {seen}; name the right one with {option}"


def set_apart(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Names of columns, each one once; and what to say of those that stood twice.

    >>> set_apart(["texte", "date", "texte"])[0]
    ['texte', 'date', 'texte#2']
    """
    met: Counter[str] = Counter()
    apart, notes = [], []
    for name in names:
        met[name] += 1
        new = f"{name}#{met[name]}" if name and met[name] > 1 else name
        if new != name:
            notes.append(f"several columns are called {name!r}: one more is read as {new!r}")
        apart.append(new)
    return apart, notes


def _plain(value: Any) -> str:
    """A value of a table as a string; what is missing becomes empty.

    >>> [_plain(value) for value in (None, 12.0, 0.5, ["Lagos", "Paris"])]
    ['', '12', '0.5', '["Lagos", "Paris"]']
    """
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, float):
        if isnan(value):
            return ""
        # pandas turns integers to floats where one is missing
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


@lru_cache(maxsize=1000)
def _key(column: str) -> str:
    """A column name as it is compared.

    >>> _key(" Date de Publication"), _key("Média")
    ('date_de_publication', 'media')
    """
    letters = unicodedata.normalize("NFKD", column.casefold())
    bare = "".join(char for char in letters if not unicodedata.combining(char))
    return re.sub(r"\W+", "_", bare).strip("_")


Reader: TypeAlias = Callable[[File, Columns], Iterator[Row | Problem]]
