"""What stands above the text of an article: its headline and its standfirst."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, dropwhile, islice
from typing import Any

from entextract.articles.page_lines import Line, has_kind, words_of
from entextract.tables.known_lines import is_boilerplate

_SHORTEST = 8  # words of a standfirst that only its place or its name tells
_LONGEST = 150
_FEWEST, _MOST = 6, 400  # words of a description that is looked for in the page
_LOOKED_AT = 100_000  # words of a page in which it is
_NAMED_ABOVE = 3  # elements above a line whose class may name it


def headline_of(lines: Sequence[Line], said: str) -> list[Line]:
    """The lines of the title of the article: of the ``h1`` that is most like what the page says."""
    root = lines[0].block.getroottree() if lines else None
    titles = {} if root is None else {e: title for title in root.iter("h1") for e in title.iter()}
    groups: dict[Any, list[Line]] = {}
    for line in lines:
        if line.block in titles:
            groups.setdefault(titles[line.block], []).append(line)
    wanted = set(words_of(said))
    best: list[Line] = []
    most = 0.0
    for group in groups.values():
        words = {word for line in group for word in line.words}
        alike = len(words & wanted) / max(len(words), 1)
        if alike > most:
            best, most = group, alike
    if most > 0.3:
        return best
    shown = [g for g in groups.values() if not any(line.beside or line.linked for line in g)]
    return shown[0] if len(shown) == 1 or (shown and not wanted) else []


def title_of(shown: str, said: str) -> str:
    """The title: as shown, unless the page declares another one.

    >>> title_of("Le port rouvre après dix ans", "Le port rouvre après d")
    'Le port rouvre après dix ans'
    """
    there, wanted = words_of(shown), words_of(said)
    cut = there[: len(wanted) - 1] == wanted[:-1] and len(wanted) < len(there)
    return shown if shown and (not said or cut) else said


def standfirst_of(
    lines: Sequence[Line], title: Sequence[Line], body: Sequence[Line], said: str
) -> list[Line]:
    """The lines of the standfirst: what the page shows of its description, else what a class names.

    Args:
        lines: those of the page.
        title: those of the headline.
        body: those of the text.
        said: the description that the page gives.
    """
    numbers = {line: number for number, line in enumerate(lines)}
    start = numbers[title[-1]] + 1 if title else 0
    text = [line for line in body if line.is_prose and numbers[line] >= start]
    text = list(dropwhile(_is_named, text))
    first = numbers[text[0]] if text else len(lines)
    around = set(text[0].block.iterancestors()) if text else set()
    found = _described(lines, words_of(said), start, first, around)
    if found and not (set(found).issubset(body) and _is_paragraph(found[-1], text)):
        return found
    named = [
        line
        for line in lines[start:first]
        if _SHORTEST <= len(line.words) <= _LONGEST
        and around.issuperset(line.beside)
        and _is_named(line)
        and not is_boilerplate(line.text)
    ]
    return [line for line in named if not _is_within(line, named)]


def _is_paragraph(line: Line, text: Sequence[Line]) -> bool:
    """Whether a line is a paragraph like that which follows it in the text."""
    after = list(dropwhile(lambda other: other is not line, text))[1:2] or text[:1]
    same = [other for other in after if other is not line]
    return line in text[1:] or not same or line.block.getparent() is same[0].block.getparent()


def _described(
    lines: Sequence[Line], wanted: tuple[str, ...], start: int, first: int, around: set[Any]
) -> list[Line]:
    """The lines that show the description where the article begins, if any do."""
    if not _FEWEST <= len(wanted) <= _MOST:
        return []
    every = ((word, number) for number, line in enumerate(lines) for word in line.words)
    stream = list(islice(every, _LOOKED_AT))
    words = tuple(word for word, _ in stream)
    places = [
        list(dict.fromkeys(number for _, number in stream[at : at + len(wanted)]))
        for at, word in enumerate(words)
        if word == wanted[0] and words[at : at + len(wanted)] == wanted
    ]
    if not places:
        return []

    def rank(numbers: list[int]) -> tuple[bool, bool, int]:
        beside = any(not around.issuperset(lines[number].beside) for number in numbers)
        return beside, not start <= numbers[0] <= first, numbers[0]

    return [lines[number] for number in min(places, key=rank)]


def _is_named(line: Line) -> bool:
    """Whether an element close above a line names it a standfirst."""
    above = islice(chain([line.block], line.block.iterancestors()), _NAMED_ABOVE)
    return any(
        element.get("itemprop") in ("description", "alternativeHeadline")
        or has_kind(element, "standfirst")
        for element in above
    )


def _is_within(line: Line, others: Sequence[Line]) -> bool:
    size = len(line.words)
    return any(len(other.words) > size and other.words[:size] == line.words for other in others)
