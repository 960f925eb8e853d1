"""How values stand in the cells of a table."""

from __future__ import annotations

import re
from typing import Any

_SURROGATE = re.compile("[\\ud800-\\udfff]")
_SEPARATOR = " | "


def writable(value: Any) -> Any:
    """The value without lone surrogates, which no file can hold.

    >>> writable("a\\ud800") == "a\\ufffd", writable(("a", 3))
    (True, ('a', 3))
    """
    if isinstance(value, str):
        return value if value.isascii() else _SURROGATE.sub("\ufffd", value)
    return tuple(map(writable, value)) if isinstance(value, tuple) else value


def join_forms(forms: tuple[str, ...]) -> str:
    r"""Spellings in one cell; a bar in one of them is kept apart from those between them.

    >>> join_forms(("Rivage", "Rivage | Mer"))
    'Rivage | Rivage \\| Mer'
    """
    return _SEPARATOR.join(form.replace("|", r"\|") for form in forms)


def split_forms(cell: str) -> tuple[str, ...]:
    r"""What ``join_forms`` joined.

    >>> split_forms(r"Rivage | Rivage \| Mer")
    ('Rivage', 'Rivage | Mer')
    >>> split_forms("")
    ()
    """
    return tuple(form.replace(r"\|", "|") for form in cell.split(_SEPARATOR)) if cell else ()
