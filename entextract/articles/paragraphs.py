"""Paragraphs of a text whose lines may be wrapped, and documents that follow one another in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from entextract.articles.interface import LONGEST_TEXT, Refused

_WIDEST = 120  # characters of a line that a program wrapped
_ENDS = re.compile(r"[.!?…»”\"]\s*$")
_BLANKS = re.compile(r"[ \t\xa0]+")


def paragraphs(lines: Iterable[str]) -> list[str]:
    """The paragraphs of a text: blank lines part them, and wrapped lines are joined.

    Lines that no blank one parts are paragraphs if each ends with a full stop, or one is long;
    else a program wrapped them, and a full stop well before the margin ends a paragraph.

    >>> paragraphs(["Le maire de Plouvarec", "est venu.", "", "Il est parti."])
    ['Le maire de Plouvarec est venu.', 'Il est parti.']
    >>> paragraphs(["Le maire est venu hier.", "Il est parti aujourd'hui."])
    ['Le maire est venu hier.', "Il est parti aujourd'hui."]
    """
    found: list[str] = []
    for block in blocks(lines):
        width = max(map(len, block))
        wrapped = width <= _WIDEST and not all(map(_ENDS.search, block[:-1]))
        joined: list[str] = []
        last = ""
        last = ""
        for line in block:
            if joined and wrapped and not _closes(last, width):
                joined[-1] += f" {line}"
            else:
                joined.append(line)
            last = line
        found += joined
    return found


def _closes(line: str, width: int) -> bool:
    """Whether a line ends a paragraph: a full stop well before the margin."""
    return bool(_ENDS.search(line)) and (len(line) < 0.8 * width or width < 40)


def blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    """Lines that no blank line parts, without the blanks around them."""
    block: list[str] = []
    for line in lines:
        if bare := _BLANKS.sub(" ", line).strip():
            block.append(bare)
        elif block:
            yield block
            block = []
    if block:
        yield block


def documents(
    lines: Iterable[str], starts: Callable[[str], bool], ends: Callable[[str], bool] | None = None
) -> Iterator[tuple[int, Sequence[str]]]:
    """The documents of a text, each with the number of its first line.

    Args:
        lines: of the whole text.
        starts: whether a line opens a document; what stands before the first is given too.
        ends: whether a line closes one; it belongs to the document that it closes.

    Raises:
        Refused: a document is longer than any article.
    """
    document: list[str] = []
    at, length = 1, 0
    for number, line in enumerate(lines, start=1):
        if starts(line) and document:
            yield at, document
            document, at, length = [], number, 0
        document.append(line)
        length += len(line)
        if length > LONGEST_TEXT:
            raise Refused(f"more than {LONGEST_TEXT} characters without the end of a document")
        if ends and ends(line):
            yield at, document
            document, at, length = [], number + 1, 0
    if document:
        yield at, document
