"""What the pipes are to read of a text: no character that nobody sees, no line end of a margin, no
number of a footnote.

Two kinds of change. Some characters are read as blanks, one for one. Others are left out; then each
character read knows the place that it has in the text as given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from entextract.reading.line_ends import margin_joins
from entextract.reading.note_marks import note_marks
from entextract.records.spelling import INVISIBLE

# control characters, hard spaces of every width, the place of an object, halves of a character
_UNREADABLE = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\xa0"
    "\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000\\ufffc\\ud800-\\udfff]"
)
_SOFT_HYPHEN_SEEN = re.compile("\u00ad(?=[^\\S\n]*\n)")
_LONGEST_RUN = 200  # marks; spaCy's tokenizer takes the square of their number: 8,000 take 20 s
_MARKS = re.compile(rf"(?<![^\w\s])[^\w\s]{{{_LONGEST_RUN + 1},}}|(?<!_)_{{{_LONGEST_RUN + 1},}}")
_MARK = re.compile(r"[^\w\s]|_")
_LONGEST_WORD = 1_000  # characters; « l'l'l'… » costs the square as well: 8,000 take 20 s
_WORDS = re.compile(rf"(?<!\S)\S{{{_LONGEST_WORD + 1},}}")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, and what is read of it.

    Attributes:
        given: the text as given, but for blanks.
        read: what the pipes read.
        kept: for each character read, its place in the text as given; None where it is the same.
    """

    given: str
    read: str
    kept: list[int] | None = None


def readable(text: str) -> str:
    """The text with what spaCy cannot read made blank, and hard spaces made plain ones.

    A control character would be part of a word, a non-breaking space a word of its own; of a run
    of more than 200 marks, the rest is blank, and so is a mark in every 200 characters of what goes
    on for more than 1,000 without a blank. The length does not change.

    >>> readable("a\\x00b\\u202f!")
    'a b !'
    """
    if not (text.isascii() and text.isprintable()):
        text = _UNREADABLE.sub(" ", text)
    return without_runs(text)


def marks_left_out(text: str) -> int:
    """How many characters ``readable`` makes blank because they are marks without end.

    >>> marks_left_out("Paris" + "," * 1000)
    800
    """
    cut = without_runs(text)
    return 0 if cut == text else sum(one != other for one, other in zip(text, cut, strict=True))


def without_runs(text: str) -> str:
    """The text with blanks in what would take spaCy's tokenizer the square of its length.

    >>> without_runs("Paris" + "," * 1000).rstrip() == "Paris" + "," * 200
    True
    """
    if _may_have_run(text):
        text = _MARKS.sub(_cut_short, text)
    return _WORDS.sub(_parted, text)


def _may_have_run(text: str) -> bool:
    """Whether two of every hundredth character are marks one after the other, as in any run."""
    marks = [not (c.isalnum() or c.isspace()) for c in text[:: _LONGEST_RUN // 2]]
    return any(one and other for one, other in zip(marks, marks[1:], strict=False))


def _cut_short(run: re.Match[str]) -> str:
    return run.group()[:_LONGEST_RUN].ljust(len(run.group()))


def _parted(word: re.Match[str]) -> str:
    letters = list(word.group())
    at = 0
    for mark in _MARK.finditer(word.group()):
        if mark.start() - at >= _LONGEST_RUN:
            at = mark.start()
            letters[at] = " "
    return "".join(letters)


def reading_of(text: str) -> Reading:
    """What is to be read of a text.

    >>> reading_of("Em\\u00admanuel Macron")
    Reading(given='Em\\xadmanuel Macron', read='Emmanuel Macron', kept=[0, 1, 3, ...])
    """
    given = readable(text)
    return _joined(_without_invisible(given))


def _without_invisible(given: str) -> Reading:
    if given.isascii() or not INVISIBLE.search(given):
        return Reading(given, given)
    visible = _SOFT_HYPHEN_SEEN.sub("-", given)
    kept: list[int] = []
    at = 0
    for run in INVISIBLE.finditer(visible):
        kept += range(at, run.start())
        at = run.end()
    kept += range(at, len(given))
    return Reading(given, INVISIBLE.sub("", visible), kept)


def _joined(reading: Reading) -> Reading:
    """With the lines of a wrapped text put together, without the numbers of notes."""
    joins = [*margin_joins(reading.read), *note_marks(reading.read)]
    joins.sort(key=lambda join: join.start)
    if not joins:
        return reading
    places = reading.kept or range(len(reading.given))
    given, read = list(reading.given), []
    kept: list[int] = []
    at = 0
    for join in joins:
        read += [reading.read[at : join.start], " " if join.blank else ""]
        kept += places[at : join.start + join.blank]
        for i in range(join.start, join.end):
            if reading.read[i].isspace():
                given[places[i]] = " "
        at = join.end
    read.append(reading.read[at:])
    kept += places[at:]
    text = "".join(given)
    is_same = len(kept) == len(text)
    return Reading(text, "".join(read), None if is_same else kept)
