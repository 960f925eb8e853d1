"""What a writer had to change: collected in words, told as one Python warning a file."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

_MOST_CHANGES = 1000
_SHOWN = 3
_OURS = ("entextract", "contextlib")  # the second calls what a context manager decorates


class ExportWarning(UserWarning):
    """A file does not say exactly what the graph says.

    Attributes:
        path: the file.
        changes: a sentence for each change, such as "label of per:x: 1 character that XML forbids
            removed"; the first thousand, then how many more there are.

    >>> print(ExportWarning("g.gexf", ("id of 'a b ': written 'a b'",)))
    g.gexf: id of 'a b ': written 'a b'
    """

    def __init__(self, path: str, changes: tuple[str, ...]) -> None:
        super().__init__(path, changes)
        self.path = path
        self.changes = changes

    def __str__(self) -> str:
        rest = len(self.changes) - _SHOWN
        more = f"; and {rest} more (all in the attribute changes of this warning)"
        return f"{self.path}: {'; '.join(self.changes[:_SHOWN])}{more if rest > 0 else ''}"


class Changes:
    """What could not be written as it stood; the first thousand in words, the others counted."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self._unsaid = 0

    def add(self, sentence: str) -> None:
        if len(self._said) < _MOST_CHANGES:
            self._said.append(sentence)
        else:
            self._unsaid += 1

    def __iter__(self) -> Iterator[str]:
        yield from self._said
        if self._unsaid:
            yield f"and {self._unsaid} more changes"

    def warn(self, path: str | Path) -> None:
        """Warn of the changes, if there are any, at the line outside the package that writes."""
        if self._said:
            warnings.warn(ExportWarning(str(path), tuple(self)), stacklevel=_callers_level())


def _callers_level() -> int:
    """The ``stacklevel`` at which ``Changes.warn`` names code that is not ours."""
    level, frame = 1, sys._getframe(1)
    while frame.f_back and str(frame.f_globals.get("__name__")).partition(".")[0] in _OURS:
        level, frame = level + 1, frame.f_back
    return level
