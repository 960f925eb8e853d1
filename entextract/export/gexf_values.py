"""Texts and numbers as GEXF, and Gephi, can take them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from xml.sax.saxutils import escape

from entextract.export.changes import Changes
from entextract.export.checks import Attributes, clean, number, warn_of_null, words

Where = str | tuple[str, str]

_INF = re.compile(r"\w*INF\w*")
_IN_ATTRIBUTE = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_MOST_PLAIN = 1000  # texts
_MOST_ROWS = 50_000  # some tens of megabytes
_DELICATE = re.compile('[&<>"\n\r\t]')


def safe(text: str) -> str:
    return escape(text, _IN_ATTRIBUTE) if _DELICATE.search(text) else text


def number_template(name: str) -> str:
    """What a number of an attribute completes by ``%`` to the element of its value."""
    return f'<attvalue for="{safe(name).replace("%", "%%")}" value="%r"/>'


class NumberTexts:
    """What a template makes of rows of numbers, each made once.

    Measures are made of counts, so that the rows of most edges are those of others.

    >>> [*NumberTexts("<%r %r>").of([[1, 2, 1], [0.5, 0.1, 0.5]])]
    ['<1 0.5>', '<2 0.1>', '<1 0.5>']
    """

    def __init__(self, template: str) -> None:
        self._make = template.__mod__
        self._made: dict[tuple[float, ...], str] = {}

    def of(self, columns: Sequence[Sequence[float]]) -> Iterator[str]:
        """The texts of some more rows, in order.

        Args:
            columns: finite numbers, those of a column all of the type that it always has.
        """
        rows = [*zip(*columns, strict=True)]
        if any(map(_has_minus_zero, columns)):  # which equals 0.0, and is not written alike
            return map(self._make, rows)
        different = set(rows)
        new = different.difference(self._made)
        if len(self._made) + len(new) > _MOST_ROWS:
            self._made.clear()
            new = different
        self._made.update(zip(new, map(self._make, new), strict=True))
        return map(self._made.__getitem__, rows)


def _has_minus_zero(column: Sequence[float]) -> bool:
    return 0 in column and any(not value and math.copysign(1, value) < 0 for value in column)


def values_writer(
    columns: Mapping[str, type],
    changes: Changes,
    indent: str = "          ",
    end: str = "\n",
    finite: bool = False,
) -> Callable[[Attributes, Where], str]:
    """A function that writes the values of a row; its tests of types are made once, here."""
    parts = [
        (name, f'{indent}<attvalue for="{safe(name)}" value="', kind)
        for name, kind in columns.items()
    ]

    plain: set[str] = set()  # short lists of words, such as types, come back all the time

    def write(row: Attributes, where: Where) -> str:
        written = ""
        for name, start, kind in parts:
            value = row.get(name)
            if value is None or value == "":
                continue
            if kind is int:
                text = str(value)
            elif kind is float:
                text = repr(value)
                if not text[-1].isdigit():  # inf, nan
                    text = number(value, "INF")
            elif kind is bool:
                text = "true" if value else "false"
            elif value in plain:
                text = value
            elif not (text := _text(value, name, where, changes)):
                continue
            elif text == value and text.strip().lower() != "null" and len(plain) < _MOST_PLAIN:
                plain.add(value)
            written += f'{start}{text}"/>{end}'
        return written

    if not (finite and columns and set(columns.values()) <= {int, float}):
        return write
    # numbers only: one template serves every row that has them all
    template = "".join(f"{indent}{number_template(name)}{end}" for name in columns)
    all_of = itemgetter(*columns)

    def write_numbers(row: Attributes, where: Where) -> str:
        try:
            written: str = template % all_of(row)
            return written
        except KeyError:
            return write(row, where)

    return write_numbers


def _text(value: str, name: str, where: Where, changes: Changes) -> str:
    cleaned = clean(value, name, where, changes)
    warn_of_null(cleaned, name, where, changes)
    written = without_inf(cleaned)
    if written != cleaned:
        changes.add(
            f"{name} of {words(where)}: {value!r} written {written!r}, as Gephi would misread INF"
        )
    return safe(written)


def without_inf(text: str) -> str:
    """Gephi writes Infinity for INF, in strings too: FRANCE INFO would become FRANCE InfinityO."""
    return _INF.sub(lambda found: found[0].capitalize(), text) if "INF" in text else text
