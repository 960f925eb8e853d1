"""Stretches of a text between quotation marks, and turns of a dialogue, by the marks alone."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

_PAIRS = {"«": "»", "“": "”", "„": "”“", "‹": "›"}  # « „ “ » as in German
_MARK = re.compile(r'[«»“”„‹›"]')
_TURN = re.compile(r"^[^\S\n]*[—–-][^\S\n]+(\S.*)$", re.MULTILINE)


class Stretch(NamedTuple):
    """What stands between two marks, in characters of the text; the marks are not part of it."""

    start: int
    end: int
    opened: int  # the opening mark, or ``start``
    closed: int  # the end of the closing mark, or ``end``
    turn: bool = False  # what follows a dash, in a dialogue


def stretches(text: str) -> list[Stretch]:
    """The outermost quoted stretches of a text, in order, without empty ones.

    A mark of another kind inside a stretch opens nothing, and one of the same kind is counted, so
    that only the last closes it. A speech runs over several lines if the next mark closes it, or
    if each line opens with a mark anew, as French typography has it (Imprimerie nationale,
    « Lexique des règles typographiques », article « Guillemets »); otherwise a mark that is not
    closed holds to the end of its line, and straight marks never leave their line.

    Lines that open with a dash are the turns of a dialogue where two or more follow each other and
    one of them asks something: those of a list do not.

    >>> [text[s.start : s.end] for text in ["Il dit « oui à « X » ! » et sort."]
    ...  for s in stretches(text)]
    ['oui à « X » !']
    >>> text = "— Partez-vous ?\\n— Nous restons."
    >>> [text[s.start : s.end] for s in stretches(text)]
    ['Partez-vous ?', 'Nous restons.']
    """
    text = text.replace("<<", "« ").replace(">>", " »")  # as typed without guillemets
    found: list[Stretch] = []
    pairs = {opening: _Pair(text, opening, closing) for opening, closing in _PAIRS.items()}
    turns = _turns(text)
    at = 0
    while mark := _MARK.search(text, at):
        while turns and turns[0].start <= mark.start():
            turn = turns.pop(0)
            if turn.start >= at:  # no line of a longer quotation
                found.append(turn)
                at = turn.end
        if at > mark.start():
            continue
        opening = mark.group()
        if opening in pairs:
            stretch = pairs[opening].stretch(mark.start())
        elif opening == '"' and _opens(text, mark.start()):
            stretch = _in_line(text, mark.start())
        else:
            at = mark.end()  # closes nothing
            continue
        at = max(stretch.closed, mark.end())
        if (trimmed := _trimmed(text, stretch)).start < trimmed.end:
            found.append(trimmed)
    return [*found, *(turn for turn in turns if turn.start >= at)]


def _turns(text: str) -> list[Stretch]:
    """The turns of dialogues: dashes open two lines or more, one after the other."""
    found: list[Stretch] = []
    run: list[re.Match[str]] = []
    for turn in (*_TURN.finditer(text), None):
        if run and (turn is None or text[run[-1].end() : turn.start()].strip()):
            if len(run) > 1 and any("?" in one[1] for one in run):
                spans = ((one.start(1), one.end(1)) for one in run)
                found += [_trimmed(text, Stretch(*span, *span, turn=True)) for span in spans]
            run = []
        if turn is not None:
            run.append(turn)
    return found


class _Pair:
    """Where stretches between two marks end; each mark of the text is looked at once or twice."""

    def __init__(self, text: str, opening: str, closing: str) -> None:
        self.text, self.opening, self.closing = text, opening, closing
        self.at = [mark.start() for mark in re.finditer(f"[{opening}{closing}]", text)]
        self.lines = [end.start() for end in re.finditer(r"\n|\Z", text)]
        anew = {mark.end() - 1 for mark in re.finditer(rf"^[^\S\n]*{opening}", text, re.MULTILINE)}
        # for each mark, the one that closes what is still open at the end of the line before
        self.closer: list[int | None] = [None] * (len(self.at) + 1)
        for place in reversed(range(len(self.at))):
            if text[self.at[place]] in closing:
                self.closer[place] = self.at[place]
            elif self.at[place] in anew:
                self.closer[place] = self.closer[place + 1]

    def stretch(self, opened: int) -> Stretch:
        """The stretch that a mark opens."""
        line = self.lines[bisect_left(self.lines, opened)]
        place, depth = bisect_right(self.at, opened), 1
        while place < len(self.at) and self.at[place] < line:
            depth += 1 if self.text[self.at[place]] == self.opening else -1
            if not depth:
                return Stretch(opened + 1, self.at[place], opened, self.at[place] + 1)
            place += 1
        if (closer := self.closer[place]) is not None:
            return Stretch(opened + 1, closer, opened, closer + 1)
        return Stretch(opened + 1, line, opened, line)


def _in_line(text: str, opened: int) -> Stretch:
    closed = text.find('"', opened + 1)
    if closed < 0 or "\n" in text[opened:closed]:
        return Stretch(opened + 1, opened + 1, opened, opened + 1)
    return Stretch(opened + 1, closed, opened, closed + 1)


def _opens(text: str, at: int) -> bool:
    """Whether a straight mark stands before a word and not behind one."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return not before.isalnum() and bool(after.strip())


def _trimmed(text: str, stretch: Stretch) -> Stretch:
    start, end = stretch.start, stretch.end
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return stretch._replace(start=start, end=end)
