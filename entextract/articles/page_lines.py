"""A web page as the lines that its reader sees, each with what stands around it in the tree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from entextract import tables

_BLOCK_NAMES = """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary
    table tbody td tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SILENT_NAMES = """
    audio button canvas datalist head iframe img input math noscript object option script select
    style svg template textarea video
"""
_SILENT = frozenset(_SILENT_NAMES.split())
_BESIDE = frozenset(["aside", "dialog", "figcaption", "figure", "footer", "form", "menu", "nav"])
_BESIDE_ROLES = frozenset(
    ["banner", "complementary", "contentinfo", "dialog", "navigation", "search"]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile("[ \t\r\n\f]+")
_INVISIBLE = {0xAD: None, 0x200B: None}
_ACCENTS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")
_PARTS = re.compile(r"[A-ZÀ-Ý]?[a-zà-ÿ]+|[A-ZÀ-Ý]+")
_SENTENCE_END = re.compile(r"[.!?…:;»”\")\]]$")
_KINDS = ("beside", "byline", "other_byline", "standfirst")
_NOT = frozenset(["disable", "disabled", "free", "hide", "no", "not", "sans", "without"])
_PROSE = 12  # words from which a line with an end is a sentence, not a button or a label
_LONG_PROSE = 25  # words from which it is, with or without an end
RUN = 5  # words: a run of five is rarely the same in two sentences


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of a page.

    Attributes:
        text: as the page shows it, blanks joined.
        words: its words, for comparing.
        block: the innermost element that holds it and makes a line.
        beside: the elements around it that are marked as something else than the article.
        linked: how many of its characters lead elsewhere.
    """

    text: str
    words: tuple[str, ...]
    block: Any
    beside: tuple[Any, ...]
    linked: int

    @property
    def is_heading(self) -> bool:
        """Whether the page gives it as a title of some level."""
        return self.block.tag in _HEADINGS

    @property
    def is_prose(self) -> bool:
        """Whether it reads as sentences rather than as labels or links."""
        if 2 * self.linked > len(self.text):
            return False
        return len(self.words) >= _LONG_PROSE or (
            len(self.words) >= _PROSE and bool(_SENTENCE_END.search(self.text))
        )


def page_lines(tree: Any) -> list[Line]:
    """The lines of a page, in order; what is never shown is left out.

    >>> from entextract.articles.markup import html_tree
    >>> page = html_tree("<nav>Accueil</nav><p>L'<b>Ukr</b>aine<br>gagne.<p>Fin")
    >>> [(line.text, bool(line.beside)) for line in page_lines(page)]
    [('Accueil', True), ("L'Ukraine", False), ('gagne.', False), ('Fin', False)]
    """
    walker = _Walker()
    walker.walk(tree, tree, (), linked=False)
    walker.end(tree, ())
    return walker.lines


class _Walker:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._linked = 0
        self._around: tuple[Any, ...] | None = None  # of the piece in fewest of them

    def walk(self, node: Any, block: Any, beside: tuple[Any, ...], *, linked: bool) -> None:
        """Add the lines of an element."""
        self._add(node.text, beside, linked=linked)
        for child in node:
            tag = child.tag
            if not isinstance(tag, str) or tag in _SILENT:
                pass
            elif tag == "br":
                self.end(block, beside)
            else:
                around = (*beside, child) if is_beside(child) else beside
                in_link = linked or tag == "a"
                if tag in _BLOCKS:
                    self.end(block, beside)
                    self.walk(child, child, around, linked=in_link)
                    self.end(child, around)
                else:
                    self.walk(child, block, around, linked=in_link)
            self._add(child.tail, beside, linked=linked)

    def _add(self, text: str | None, beside: tuple[Any, ...], *, linked: bool) -> None:
        if not text:
            return
        self._pieces.append(text)
        if linked:
            self._linked += len(text)
        if text.isspace():
            return
        # a legend may be a ``span`` that fills its paragraph
        if self._around is None or len(beside) < len(self._around):
            self._around = beside

    def end(self, block: Any, beside: tuple[Any, ...]) -> None:
        """Close the line that is open."""
        if not self._pieces:
            return
        text = _BLANKS.sub(" ", "".join(self._pieces)).strip(" ")
        if not text.isascii():
            text = unicodedata.normalize("NFC", text.translate(_INVISIBLE)).strip()
        if text:
            around = beside if self._around is None else self._around
            self.lines.append(Line(text, words_of(text), block, around, self._linked))
        self._pieces.clear()
        self._linked = 0
        self._around = None


def is_beside(element: Any) -> bool:
    """Whether an element says that it is not the article: by its name, role, class or id."""
    if element.tag in _BESIDE:
        return True
    for name, value in element.items():
        if name in ("class", "id"):
            if "beside" in _kinds(value):
                return True
        elif name == "role":
            if value in _BESIDE_ROLES:
                return True
        elif name == "style":
            if _HIDDEN.search(value):
                return True
        elif name == "hidden" or (name == "aria-hidden" and value == "true"):
            return True
    return False


def has_kind(element: Any, kind: str) -> bool:
    """Whether the class or the id of an element holds a word of the table of that kind."""
    return kind in _kinds(element.get("class") or "") or kind in _kinds(element.get("id") or "")


@lru_cache(maxsize=10_000)
def _kinds(names: str) -> frozenset[str]:
    """The kinds of words in the names of an element.

    >>> sorted(_kinds("c-chapo big")), sorted(_kinds("BlockNewsletter"))
    (['standfirst'], ['beside'])
    """
    found: set[str] = set()
    for name in names.split():
        parts = [part.lower() for part in _PARTS.findall(name)]
        if not _NOT.isdisjoint(parts):
            continue
        pairs = [f"{one}-{two}" for one, two in pairwise(parts)]
        found.update(
            kind for kind in _KINDS if not tables.page_words(kind).isdisjoint([*parts, *pairs])
        )
    return frozenset(found)


@lru_cache(maxsize=200)  # the lines of a page, each asked for several times
def words_of(text: str) -> tuple[str, ...]:
    """Words of a text, without case and accents.

    >>> words_of("L'Élysée réagit.")
    ('l', 'elysee', 'reagit')
    """
    letters = text.casefold()
    if not letters.isascii():
        letters = _ACCENTS.sub("", unicodedata.normalize("NFKD", letters))
    return tuple(_WORD.findall(letters))


def runs(words: Iterable[str]) -> set[tuple[str, ...]]:
    """Every run of ``RUN`` words."""
    words = tuple(words)
    return {words[at : at + RUN] for at in range(len(words) - RUN + 1)}


def share(words: tuple[str, ...], known: set[tuple[str, ...]]) -> float:
    """The share of the runs of these words that are known; 0 when they are too few for one."""
    if len(words) < RUN:
        return 0.0
    own = runs(words)
    return len(own & known) / len(own)
