"""Finds the numbers of footnotes that stand glued to a word: « Boko Haram77 », « Wagner[12] »."""

from __future__ import annotations

import re
from collections.abc import Sequence

from entextract.reading.line_ends import Join

_BRACKETED = re.compile(r"(?<=[^\W\d_]{3})[^\S\n]?\[\d{1,3}\](?!\w)")
_ABOVE = "[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]"
# what must stand before is looked at once there is a digit: that is found fast
_RAISED = re.compile(f"{_ABOVE}(?<=[^\\W\\d_]{{3}}{_ABOVE}){_ABOVE}{{0,2}}(?!\\w)")
# a word, or what closes a quotation, a bracket or a sentence, and digits that nothing follows
_GLUED = re.compile(
    r"\d(?:(?<=[^\W\d_]{3}\d)|(?<=[»”\")\]]\d)|(?<=[^\W\d_]{3}[.,;!?…]\d)|(?<=[»”\")\]][.,;]\d))"
    r"\d{0,2}(?![\w%°€$])"
)
_FEWEST = 3  # numbers in turn: « France24 », « Médias24 » and « CM1 » never count up
_MISSED = 3  # the most by which one exceeds the one before: some notes follow a figure or a blank


def note_marks(text: str) -> list[Join]:
    """The stretches of a text that are numbers of notes, to be read as if they were not there.

    A number in brackets, or raised, that follows a word is one. Plain digits are, where at least
    three of them count up through the text.

    >>> text = "Le Tchad1 accuse Boko Haram2. « Faux »3, dit France24."
    >>> [text[mark.start : mark.end] for mark in note_marks(text)]
    ['1', '2', '3']
    """
    sure = [*(_BRACKETED.finditer(text) if "[" in text else ()), *_RAISED.finditer(text)]
    glued = list(_GLUED.finditer(text))
    counting = _counting_up([int(mark.group()) for mark in glued])
    found = [*sure, *(glued[i] for i in counting)]
    return [Join(m.start(), m.end(), blank=False) for m in sorted(found, key=lambda m: m.start())]


def _counting_up(numbers: Sequence[int]) -> list[int]:
    """The places of the longest series that counts up in small steps; none if it is short."""
    best: dict[int, tuple[int, int]] = {}  # of each number: how many lead to it, the last place
    before: list[int] = []
    for place, number in enumerate(numbers):
        steps = (best.get(number - step, (0, -1)) for step in range(1, _MISSED + 1))
        count, last = max(steps)
        before.append(last)
        if count + 1 > best.get(number, (0, -1))[0]:
            best[number] = (count + 1, place)
    count, place = max(best.values(), default=(0, -1))
    chain = []
    while count >= _FEWEST and place >= 0:
        chain.append(place)
        place = before[place]
    return chain[::-1]
