"""What stands round an article in a web page: its home, and boxes that sum up other articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from entextract.articles.page_lines import Line

ITEMS = frozenset(["article", "li"])  # boxes even inside an article
_LARGE = 0.3  # share of the sentences below a title, from which what holds them is no box
_BOXES = frozenset([*ITEMS, "div", "section"])


class Cards:
    """The boxes of a page, each with a title that leads elsewhere, that sum up other articles.

    Args:
        title: the line of the title of the article; what holds it is no such box.
        prose: the lines below it that may be its text; what holds much of them is none either.
    """

    def __init__(self, title: Line, prose: Collection[Line]) -> None:
        words = _words_in(prose)
        much = _LARGE * sum(len(line.words) for line in prose)
        self._above = set(title.block.iterancestors())
        self._above.update(element for element, n in words.items() if n > much)
        self._leading: set[Any] = set()
        for heading in title.block.getroottree().iter("h2", "h3", "h4", "h5"):
            parent = heading.getparent()
            link = parent if parent.tag == "a" else next(heading.iter("a"), None)
            if link is not None and "#" not in (link.get("href") or "#"):
                for element in heading.iterancestors():
                    if element in self._above or element in self._leading:
                        break
                    self._leading.add(element)

    def hold(self, line: Line, boxes: frozenset[str] = _BOXES) -> bool:
        """Whether a line stands in one of several such boxes, of elements of these names."""
        for element in (line.block, *line.block.iterancestors()):
            if element in self._above:
                break
            if element.tag in boxes and element in self._leading:
                beside = (element.getprevious(), element.getnext())
                return element.tag == "article" or any(
                    other is not None and other.tag == element.tag and other in self._leading
                    for other in beside
                )
        return False


def _words_in(lines: Iterable[Line]) -> Counter[Any]:
    """How many words of some lines each element holds."""
    words: Counter[Any] = Counter()
    for line in lines:
        words.update(dict.fromkeys(line.block.iterancestors(), len(line.words)))
    return words


def home_of(title: Line, lines: Iterable[Line], least: int) -> Any:
    """The smallest element around a title that holds so many words of these lines, or None."""
    words = _words_in(lines)
    return next(
        (element for element in title.block.iterancestors() if words[element] >= least), None
    )
