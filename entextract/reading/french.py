"""Imports spaCy's French without working the same classes of letters out a thousand times.

The words that French keeps whole are one regular expression there, in which all small letters of
Unicode stand nearly a thousand times; ``re`` brings each into a shorter form anew: 1.6 of the 2.2
seconds of the import, and a third of all that a first ``load`` takes. Of the rest a quarter goes
into letters that are written as escapes, « \\u00e9 », which it reads sign by sign.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Lock
from typing import Any

_MODULE = "spacy.lang.fr"
_lock = Lock()
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")


def import_french() -> None:
    """Import ``spacy.lang.fr``, unless it is there."""
    with _lock:
        if _MODULE not in sys.modules:
            with _classes_shortened_once(), _letters_for_escapes():
                import_module(_MODULE)


@contextmanager
def _classes_shortened_once() -> Iterator[None]:
    """While this lasts, ``re`` remembers the short form of each class; patterns are the same.

    In a Python whose ``re`` is made otherwise, nothing changes.
    """
    compiler = getattr(re, "_compiler", None)
    shorten: Callable[..., Any] | None = getattr(compiler, "_optimize_charset", None)
    if shorten is None:
        yield
        return
    known: dict[tuple[Any, ...], Any] = {}

    def remembered(members: list[tuple[Any, Any]], *how: Any) -> Any:
        key = (tuple(members), *map(id, how))  # how: functions and a dict of re's own
        if key not in known:
            known[key] = shorten(members, *how)
        return known[key]

    compiler._optimize_charset = remembered  # type: ignore[union-attr]
    try:
        yield
    finally:
        compiler._optimize_charset = shorten  # type: ignore[union-attr]


@contextmanager
def _letters_for_escapes() -> Iterator[None]:
    """While this lasts, ``re`` reads « \\u00e9 » as « é »; what is compiled is the same.

    In a Python whose ``re`` is made otherwise, nothing changes.
    """
    parser = getattr(getattr(re, "_compiler", None), "_parser", None)
    parse: Callable[..., Any] | None = getattr(parser, "parse", None)
    if parse is None:
        yield
        return

    def parsed(pattern: Any, *how: Any) -> Any:
        # after a backslash that stands for itself « u00e9 » would be no escape
        if isinstance(pattern, str) and "\\\\" not in pattern:
            pattern = _ESCAPE.sub(_letter, pattern)
        return parse(pattern, *how)

    parser.parse = parsed  # type: ignore[union-attr]
    try:
        yield
    finally:
        parser.parse = parse  # type: ignore[union-attr]


def _letter(escape: re.Match[str]) -> str:
    """What an escape stands for, unless it may have a meaning, as ASCII has, or is half a sign."""
    code = int(escape[1], 16)
    is_plain = code >= 0x80 and not 0xD800 <= code < 0xE000
    return chr(code) if is_plain else escape[0]
