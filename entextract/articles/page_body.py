"""Which lines of a web page are the text of its article.

trafilatura proposes; what it left out of the place where the article stands is put back, what the
page says of itself (``articleBody``) is a second opinion, and lines that are known not to be an
article are taken out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from entextract.articles.page_cards import ITEMS, Cards, home_of
from entextract.articles.page_lines import RUN, Line, runs, share, words_of
from entextract.tables.known_lines import is_boilerplate

_SAME = 0.6  # share of its runs from which a line stands in another text
_PLACE = 0.85  # share of the article that the place where it stands holds
_WRAPPER = 0.3  # share of the article from which what holds it is no part beside it
BELIEVED = 120  # words from which ``articleBody`` is more than a summary
_WHOLE = frozenset(["article", "body", "html", "main"])
_ARTICLE = 40  # words of prose below a title, from which they are an article
_BELOW = 120  # words of prose below a title, from which they are one where none was found
_LED = 3  # lines after a title, among which the text that it heads is looked for


def body_lines(
    lines: Sequence[Line], headline: Sequence[Line], proposed: str, said: str
) -> list[Line]:
    """The lines of the article, in the order of the page.

    Args:
        lines: those of the page.
        headline: those of its title, which stand above the article.
        proposed: the text that an extractor found.
        said: the text that the page declares, empty if it declares none.
    """
    choice = _Choice(lines, proposed)
    said_words = words_of(said)
    if len(said_words) >= BELIEVED:
        choice.hear(said_words)
    if not headline:
        return choice.kept()
    choice.leave_cards(headline[-1])
    kept = choice.kept()
    if sum(len(line.words) for line in kept) < _ARTICLE:
        choice.pick_below(headline[-1])
        kept = choice.kept()
    return kept


class _Choice:
    """The lines that were picked, and the place in the page where they stand."""

    def __init__(self, lines: Sequence[Line], proposed: str) -> None:
        self.lines = lines
        whole = runs(words_of(proposed))
        short = {words_of(line) for line in proposed.split("\n")}
        self.picked = {line for line in lines if share(line.words, whole) >= _SAME}
        self.short = {line for line in lines if len(line.words) < RUN and line.words in short}
        self.declared: set[Line] = set()
        self.cards: set[Line] = set()

    def hear(self, said: tuple[str, ...]) -> None:
        """Note the lines that stand in the text that the page declares."""
        known = runs(said)
        declared = {line for line in self.lines if share(line.words, known) >= _SAME}
        heard = set().union(*(runs(line.words) for line in declared)) if declared else set()
        if len(heard & known) > len(known) / 2:
            self.declared = declared

    def leave_cards(self, title: Line) -> None:
        """Unpick what stands above the title, and the summaries of other articles around it."""
        after = self.lines[self.lines.index(title) + 1 :]
        prose = [line for line in after if line in self.picked and line.is_prose]
        words = sum(len(line.words) for line in self.picked if line.is_prose)
        if 2 * sum(len(line.words) for line in prose) > words:
            self.picked.intersection_update(after)
        cards = Cards(title, prose)
        if (home := home_of(title, prose, _ARTICLE)) is not None:
            inside = set(home.iter())
            self.cards = {
                line
                for line in after
                if (cards.hold(line, ITEMS) if line.block in inside else cards.hold(line))
            }
            self.picked -= self.cards - self.declared

    def pick_below(self, title: Line) -> None:
        """Pick the sentences below the title, where nothing was found."""
        after = self.lines[self.lines.index(title) + 1 :]
        above = set(title.block.iterancestors())
        prose = [line for line in after if line.is_prose and above.issuperset(line.beside)]
        cards = Cards(title, prose)
        prose = [line for line in prose if not cards.hold(line)]
        if (home := home_of(title, prose, _BELOW)) is not None:
            inside = set(home.iter())
            self.picked.update(line for line in prose if line.block in inside)

    def kept(self) -> list[Line]:
        """The lines of the article."""
        core = self.picked | self.declared
        prose = [line for line in self.lines if line in core and line.is_prose]
        if not prose:
            return [line for line in self.lines if line in core]
        size, total = _sizes(prose)
        root = prose[0].block.getroottree().getroot()
        place = {element for part in _like(_place(size, total, root)) for element in part.iter()}
        size, total = _sizes(
            [line for line in self.lines if line.is_prose and (line in core or line.block in place)]
        )
        wrappers = {element for element, n in size.items() if n > _WRAPPER * total}

        def stays(line: Line) -> bool:
            if line in self.declared:
                return not is_boilerplate(line.text)
            if line in self.cards or _is_pointer(line):
                return False
            return wrappers.issuperset(line.beside) and not is_boilerplate(line.text)

        kept = [
            (line in core or (line.block in place and line.is_prose)) and stays(line)
            for line in self.lines
        ]
        self._keep_titles(kept, place, stays)
        self._cut_ends(kept, place)
        return _once(line for line, keep in zip(self.lines, kept, strict=True) if keep)

    def _keep_titles(self, kept: list[bool], place: set[Any], stays: Any) -> None:
        """Keep short lines between those of the article: titles, and what was picked."""
        ends = self._ends(kept)
        for number in range(*ends):
            line = self.lines[number]
            if kept[number] or not stays(line):
                continue
            heads = line.is_heading and line.block in place and not line.linked
            if line in self.short or (heads and any(kept[number + 1 : number + 1 + _LED])):
                kept[number] = True

    def _cut_ends(self, kept: list[bool], place: set[Any]) -> None:
        """Leave out labels before and after the article, away from it or not declared."""
        first, last = self._ends(kept)
        for number, line in enumerate(self.lines):
            if kept[number] and not first <= number <= last and not line.is_prose:
                kept[number] = not self.declared and line.block in place

    def _ends(self, kept: list[bool]) -> tuple[int, int]:
        """Where the article begins and ends: with sentences, the declared ones if any."""
        sure = [n for n, line in enumerate(self.lines) if kept[n] and line in self.declared]
        if not sure:
            sure = [n for n, line in enumerate(self.lines) if kept[n] and line.is_prose]
        return (sure[0], sure[-1]) if sure else (0, 0)


def _is_pointer(line: Line) -> bool:
    """Whether a line is nothing but a link to something else to read."""
    return 10 * line.linked > 9 * len(line.text) and not line.is_heading


def _sizes(lines: Iterable[Line]) -> tuple[Counter[Any], int]:
    """How many characters of some lines each element holds, and how many there are."""
    size: Counter[Any] = Counter()
    total = 0
    for line in lines:
        total += len(line.text)
        size.update(dict.fromkeys(line.block.iterancestors(), len(line.text)))
    return size, total


def _place(size: Counter[Any], total: int, root: Any) -> Any:
    """The smallest element that holds nearly all of the article; the root where it is loose."""
    holders = [element for element, n in size.items() if n >= _PLACE * total]
    return max(holders, key=lambda element: sum(1 for _ in element.iterancestors()), default=root)


def _like(place: Any) -> list[Any]:
    """An element, and those of the same kind beside it: some pages cut an article into blocks.

    Paragraphs beside it, or beside what holds it in the article, belong to it too.
    """
    found = [place]
    element = place
    while (parent := element.getparent()) is not None and element.tag not in _WHOLE:
        name = _first_class(element)
        for other in parent.iterchildren("p", "blockquote", element.tag):
            if other.tag in ("p", "blockquote") or (
                name
                and other is not element
                and _first_class(other) == name
                and next(other.iter("h1", "article"), None) is None
            ):
                found.append(other)
        element = parent
    return found


def _first_class(element: Any) -> str:
    return next(iter((element.get("class") or "").split()), "")


def _once(lines: Iterable[Line]) -> list[Line]:
    """Lines without those that say the same again."""
    seen: set[tuple[str, ...]] = set()
    found = []
    for line in lines:
        if len(line.words) >= RUN and line.words in seen:
            continue
        seen.add(line.words)
        found.append(line)
    return found
