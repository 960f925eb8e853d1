"""Columns of a page that was laid out with blanks: the lines of one after those of another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_SEGMENT = re.compile(r"\S+(?: {1,3}\S+)*")  # four blanks part two columns
_FEWEST = 3  # rows of several segments that make columns, and no heading with a date beside it
_SLACK = 3  # characters by which the starts of lines of one column differ

_Segment = tuple[int, str]  # where it begins, in characters, and its text


def by_column(rows: Sequence[str]) -> list[str] | None:
    """The lines of a page, column after column; None if the page has but one.

    A line that spans columns ends those above it.

    >>> by_column(["Le maire       Une digue", "a reçu         a cédé", "la presse.     hier."])
    ['Le maire', 'a reçu', 'la presse.', 'Une digue', 'a cédé', 'hier.']
    >>> by_column(["Le maire a reçu la presse."]) is None
    True
    """
    cut = [[(found.start(), found[0]) for found in _SEGMENT.finditer(row)] for row in rows]
    counts = Counter(len(row) for row in cut if row)
    several = {count: n for count, n in counts.items() if count > 1}
    if sum(several.values()) < max(_FEWEST, counts[1]):
        return None
    width = max(several, key=lambda count: several[count])
    full = [row for row in cut if len(row) == width]
    starts = [min(row[place][0] for row in full) for place in range(width)]
    lines: list[str] = []
    columns: list[list[str]] = [[] for _ in starts]
    for row in cut:
        if _spans(row, starts):
            lines += [line for column in columns for line in column]
            columns = [[] for _ in starts]
            lines.append(row[0][1])
            continue
        for at, text in row:
            place = max(n for n, start in enumerate(starts) if not n or start <= at + _SLACK)
            columns[place].append(text)
    return lines + [line for column in columns for line in column]


def _spans(row: Sequence[_Segment], starts: Sequence[int]) -> bool:
    """Whether a row is one line over several columns."""
    if len(row) != 1:
        return False
    at, text = row[0]
    return any(at + _SLACK < start < at + len(text) - 2 * _SLACK for start in starts)
