"""JSON: a list of articles, an object of them, one article, or one after the other (JSON Lines).

Read as a stream: a list of a million articles needs the memory of one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from entextract.articles.columns import Columns
from entextract.articles.encoding import read_chunks
from entextract.articles.interface import File, Refused, Row, nothing_in, repaired
from entextract.records.nouns import Problem

LARGEST = 2**26  # characters of one value: an article, or an object of many
_BLANKS = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder(strict=False)  # raw control characters in strings are common
_KEY = re.compile(r'\s*,?\s*"((?:[^"\\]|\\.)*)"\s*:\s*')
# a beginning that shows JSON, whatever the extension
START = re.compile(r'\ufeff?\s*(?:\[\s*\{\s*"|\{\s*"(?:[^"\\]|\\.){0,200}"\s*:|\[\s*\]\s*$)')


def read_json(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The articles of a JSON file."""
    chunks, notes = read_chunks(file.path)
    yield from repaired(file, notes)
    text = _Buffer(chunks)
    number = 0
    for number, (key, record) in enumerate(_records(text, columns), start=1):
        where = key or str(number)
        if key and isinstance(record, dict) and not key.isdecimal():
            record = {"id": key, **record}  # an object of records names each one
        try:
            if not isinstance(record, dict):
                raise Refused(f"expected a JSON object, found {type(record).__name__}")
            yield columns.row(record, str(number))
        except Refused as error:
            yield Problem(file.where, f"{file.where}:{where}", str(error), "refused")
    if not number:
        yield nothing_in(file)


def _records(text: _Buffer, columns: Columns) -> Iterator[tuple[str, Any]]:
    """Each record, with its key if it stands in an object of records."""
    first = text.peek()
    if first == "[":
        yield from _elements(text)
    elif first == "{" and text.is_long() and text.opens_objects():
        yield from _entries(text)  # too large an object for the memory
    else:
        while text.peek():
            value = text.value()
            yield from _of_object(value, columns) if isinstance(value, dict) else [("", value)]


def _elements(text: _Buffer) -> Iterator[tuple[str, Any]]:
    text.skip("[")
    while text.peek() != "]":
        yield "", text.value()
    text.skip("]")


def _entries(text: _Buffer) -> Iterator[tuple[str, Any]]:
    text.skip("{")
    while text.peek() != "}":
        yield text.key(), text.value()
    text.skip("}")


def _of_object(value: Mapping[str, Any], columns: Columns) -> Iterator[tuple[str, Any]]:
    """The records of an object: one article, or several in one of the usual ways."""
    values = list(value.values())
    if columns.knows_text(value):
        by_column = [v for v in values if isinstance(v, dict)]
        if len(by_column) == len(values) > 0:  # pandas: a column is an object of its cells
            for key in by_column[0]:
                yield key, {name: cells.get(key) for name, cells in value.items()}
        elif all(isinstance(v, list) for v in values):  # a column is a list
            for cells in zip_longest(*values):
                yield "", dict(zip(value, cells, strict=True))
        else:
            yield "", value
    elif isinstance(names := value.get("columns"), list) and isinstance(value.get("data"), list):
        for cells in value["data"]:
            yield "", dict(zip(map(str, names), cells, strict=False)) if cells else {}
    elif inner := _answer(value):  # what a search engine found
        for record in inner:
            own = record.get("_source")
            yield "", own if isinstance(own, dict) else record
    elif values and all(isinstance(v, dict) for v in values):
        yield from value.items()
    elif lists := [v for v in values if _is_list_of_objects(v)]:
        for record in max(lists, key=len):
            yield "", record
    else:
        yield "", value


def _answer(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The records in the answer of Solr or Elasticsearch, one level down; none in others.

    >>> _answer({"took": 3, "hits": {"total": 1, "hits": [{"_source": {"titre": "Un"}}]}})
    [{'_source': {'titre': 'Un'}}]
    """
    for name, key in (("response", "docs"), ("hits", "hits")):
        inner = value.get(name)
        if isinstance(inner, dict) and _is_list_of_objects(inner.get(key)):
            return list(inner[key])
    return []


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


class _Buffer:
    """Values of a JSON text, of which no more is in memory than the next one."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self._text = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """The next character that is no blank nor comma; empty at the end."""
        while True:
            found = _BLANKS.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def skip(self, char: str) -> None:
        """Pass a character that must be the next one."""
        if self.peek() != char:
            raise Refused(f"broken JSON: {char!r} is missing; the file may have been cut")
        self._at += 1

    def key(self) -> str:
        """The next key of an object."""
        self.peek()
        while not (found := _KEY.match(self._text, self._at)):
            if not self._more():
                raise Refused("broken JSON: a key is missing; the file may have been cut")
        self._at = found.end()
        return found[1]

    def value(self) -> Any:
        """The next value."""
        self.peek()
        while True:
            try:
                value, self._at = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if not self._more():
                    reason = f"broken JSON: {error.msg}; the file may have been cut"
                    raise Refused(reason) from error
            except (ValueError, RecursionError) as error:  # a number or a nesting without end
                raise Refused(f"JSON that cannot be read: {error}") from error
            else:
                return value

    def is_long(self) -> bool:
        """Whether there is more text than one value may have."""
        while len(self._text) - self._at <= LARGEST:
            if not self._more():
                return False
        return True

    def opens_objects(self) -> bool:
        """Whether the object that is next holds objects."""
        found = _KEY.match(self._text, self._at + 1)
        return found is not None and self._text[found.end() : found.end() + 1] == "{"

    def _more(self) -> bool:
        """Take in as much again as is held, so that a long value is tried few times."""
        if self._ended:
            return False
        held = self._text[self._at :]
        if len(held) > 2 * LARGEST:
            raise Refused(f"a value of more than {LARGEST} characters: this is no article")
        pieces, length, wanted = [held], 0, max(2**16, len(held))
        while length < wanted:
            chunk = next(self._chunks, "")
            if not chunk:
                self._ended = True
                break
            pieces.append(chunk)
            length += len(chunk)
        self._text, self._at = "".join(pieces), 0
        return length > 0
