"""Texts and numbers as GEXF, and Gephi, can take them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from operator import itemgetter
from xml.sax.saxutils import escape

from entextract.export.changes import Changes
from entextract.export.checks import Attributes, clean, number, warn_of_null, words

Where = str | tuple[str, str]

_INF = re.compile(r"\w*INF\w*")
_IN_ATTRIBUTE = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_MOST_PLAIN = 1000  # texts
_DELICATE = re.compile('[&<>"\n\r\t]')


def safe(text: str) -> str:
    return escape(text, _IN_ATTRIBUTE) if _DELICATE.search(text) else text


def numbers_template(columns: Mapping[str, type], indent: str = "", end: str = "") -> str:
    """What a row of finite numbers, given in the order of the columns, completes by ``%``."""
    names = [safe(name).replace("%", "%%") for name in columns]
    return "".join(f'{indent}<attvalue for="{name}" value="%r"/>{end}' for name in names)


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
    template = numbers_template(columns, indent, end)
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
