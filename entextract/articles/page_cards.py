"""What stands round an article in a web page: its home, and boxes that sum up other articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from entextract.articles.page_lines import Line

_BOXES = frozenset(["article", "div", "li", "section"])


class Cards:
    """The boxes of a page, each with a title that leads elsewhere, that sum up other articles.

    Args:
        title: the line of the title of the article; what holds it is no such box.
    """

    def __init__(self, title: Line) -> None:
        self._above = set(title.block.iterancestors())
        self._leading: set[Any] = set()
        for heading in title.block.getroottree().iter("h2", "h3", "h4", "h5"):
            parent = heading.getparent()
            if next(heading.iter("a"), None) is not None or parent.tag == "a":
                for element in heading.iterancestors():
                    if element in self._above or element in self._leading:
                        break
                    self._leading.add(element)

    def hold(self, line: Line) -> bool:
        """Whether a line stands in one of several such boxes."""
        for element in (line.block, *line.block.iterancestors()):
            if element in self._above:
                break
            if element.tag in _BOXES and element in self._leading:
                beside = (element.getprevious(), element.getnext())
                return element.tag == "article" or any(
                    other is not None and other.tag == element.tag and other in self._leading
                    for other in beside
                )
        return False


def home_of(title: Line, lines: Iterable[Line], least: int) -> Any:
    """The smallest element around a title that holds so many words of these lines, or None."""
    words: Counter[Any] = Counter()
    for line in lines:
        words.update(dict.fromkeys(line.block.iterancestors(), len(line.words)))
    return next(
        (element for element in title.block.iterancestors() if words[element] >= least), None
    )
