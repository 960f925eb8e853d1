"""Finds the line ends that only a margin has made, in text copied from a PDF or a mail.

An article is wrapped when its lines break within sentences, near one margin; only then are its
line ends looked at one by one. A title, a paragraph's last line, a row of a list or of a table end
before the margin, and stay lines of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from entextract import tables
from entextract.records.spelling import joins_without_hyphen

_STARTS = re.compile(r"\n[^\S\n]*([^\W\d_])")
_ENDED = re.compile(r"[.!?…:;][\"'»”’)\]\s]*\Z")
_HYPHENATED = re.compile("[^\\W\\d_][-\u2010]\\Z")
_LAST_WORD, _FIRST_WORD = re.compile(r"[\w-]+\Z"), re.compile(r"[\w-]+")
_ITEM = re.compile(r"[-–—•·*▪►▶■>|]|\d+[.)°]")  # a row of a list
# Lines under four words say nothing of a margin: almost any word more would not have fitted. Above
# the widest page that is printed or mailed they are paragraphs.
_NARROWEST, _WIDEST = 24, 160
# Printed lines of one width hold up to a fifth more or fewer letters: « i » is narrower than « m ».
_NEAR = 0.8
_MOST = 0.7  # of the breaks within a sentence that stand near the margin of a wrapped text
_HALF = 0.5
# Of the breaks at the margin of French text, three in four fall within a sentence and before a
# small letter (press/dev.jsonl wrapped at 30 to 120 characters); in lists hardly any do.
_WITHIN = 0.35


@dataclass(frozen=True, slots=True)
class Join:
    """A stretch of text that is read as one blank, or as nothing within a word."""

    start: int
    end: int
    blank: bool


@dataclass(frozen=True, slots=True)
class _Line:
    start: int  # of what is not blank
    end: int
    indent: int
    text: str

    @property
    def first_word(self) -> str:
        return self.text.split(None, 1)[0]


@dataclass(frozen=True, slots=True)
class _Break:
    """Where one line follows another without a blank line between."""

    line: _Line
    after: _Line
    opens: bool  # whether the line is the first of its block

    @property
    def within(self) -> bool:
        """Whether it certainly falls within a sentence: « la Banque⏎mondiale », « Da-⏎kar »."""
        return self.parts_word or (self.after.text[0].islower() and not self.ended)

    @property
    def parts_word(self) -> bool:
        """« Da-⏎kar », « Croix-⏎Rouge »: no line ends so but at a margin, or after a dateline."""
        return self.hyphenated and not _opens_sentence(self.after.first_word)

    @property
    def hyphenated(self) -> bool:
        return bool(_HYPHENATED.search(self.line.text)) and self.after.text[0].isalpha()

    @property
    def ended(self) -> bool:
        return bool(_ENDED.search(self.line.text))

    def reach(self, margin: int) -> float:
        """How near the margin the line would come with one word more; 0 if it is beyond."""
        length = len(self.line.text)
        return (length + 1 + len(self.after.first_word)) / margin if length <= margin else 0.0


@dataclass(frozen=True, slots=True)
class _Margin:
    """Where the lines of a wrapped text end.

    Attributes:
        width: characters of a full line.
        least: how near it nine in ten of the lines come that break within a sentence.
    """

    width: int
    least: float


def margin_joins(text: str) -> list[Join]:
    """The line ends that a margin has made, in order.

    >>> text = "Le président Macky Sall a reçu Awa\\nSarr à Dakar. La Banque\\nmondiale prêtera."
    >>> [(text[j.start - 3 : j.start], text[j.end :][:4]) for j in margin_joins(text)]
    [('Awa', 'Sarr'), ('que', 'mond')]
    >>> margin_joins("Macron en visite à Dakar\\nLe président a reçu Awa Sarr.")
    []
    """
    if not any(
        found[1].islower()
        or text[max(0, found.start() - 4) : found.start()].rstrip()[-1:] in ("-", "\u2010")
        for found in _STARTS.finditer(text)
    ):
        return []  # nearly all texts
    breaks = list(_breaks(_lines(text)))
    return list(_joins(breaks, _margin(breaks)))


def _lines(text: str) -> list[_Line | None]:
    """The lines, None for those that are blank."""
    lines: list[_Line | None] = []
    at = 0
    for line in text.split("\n"):
        bare = line.strip()
        indent = len(line) - len(line.lstrip())
        start = at + indent
        lines.append(_Line(start, start + len(bare), indent, bare) if bare else None)
        at += len(line) + 1
    return lines


def _breaks(lines: list[_Line | None]) -> Iterator[_Break]:
    before: _Line | None = None
    for line, after in zip(lines, lines[1:], strict=False):
        if line and after:
            yield _Break(line, after, opens=before is None)
        before = line


def _margin(breaks: list[_Break]) -> _Margin | None:
    """Where the lines end; None where the text is not wrapped."""
    lengths = sorted({b.start: len(b.text) for x in breaks for b in (x.line, x.after)}.values())
    width = lengths[(len(lengths) * 95 - 1) // 100] if lengths else 0  # but for an address, a table
    if not _NARROWEST <= width <= _WIDEST:
        return None
    full = sum(each.reach(width) > _NEAR for each in breaks)
    reaches = sorted(each.reach(width) for each in breaks if each.within)
    at_margin = [reach for reach in reaches if reach > _NEAR]
    is_wrapped = (
        len(at_margin) >= max(1, _MOST * len(reaches))
        and len(at_margin) >= _WITHIN * full
        and full >= _HALF * len(breaks)
    )
    return _Margin(width, at_margin[len(at_margin) // 10]) if is_wrapped else None


def _joins(breaks: list[_Break], margin: _Margin | None) -> Iterator[Join]:
    joined = -1  # where the line starts that goes on from the one before
    for each in breaks:
        if each.parts_word or (
            margin and _goes_on(each, margin, continues=each.line.start == joined)
        ):
            joined = each.after.start
            yield _join(each)


def _goes_on(each: _Break, margin: _Margin, *, continues: bool) -> bool:
    """Whether the second line goes on with the first."""
    if each.within:
        return True
    if _ITEM.match(each.after.text) or each.after.indent > each.line.indent:
        return False
    reach = each.reach(margin.width)
    is_full = reach >= margin.least
    # a title has no full stop either, and what follows it starts with a capital
    if not each.ended and (each.opens or not is_full) and _opens_sentence(each.after.first_word):
        return False
    return is_full or (continues and not each.ended and reach > _HALF)


def _opens_sentence(word: str) -> bool:
    """« Le », « Dans », « L'accord »: a word that has a capital only where a sentence starts."""
    if not word[0].isupper():
        return False
    # not above: all of spaCy's French, for users of other languages, would take two seconds
    from spacy.lang.fr.stop_words import STOP_WORDS

    return re.split("['’]", word.lower())[0] in STOP_WORDS | {"l", "d", "c", "j", "s", "n", "qu"}


def _join(each: _Break) -> Join:
    start, end = each.line.end, each.after.start
    if not each.hyphenated:
        return Join(start, end, blank=True)
    halves = _LAST_WORD.search(each.line.text[:-1]), _FIRST_WORD.match(each.after.text)
    word = "-".join(half.group().lower() for half in halves if half)
    has_own = word in _compounds() or not joins_without_hyphen(each.after.text)
    return Join(start if has_own else start - 1, end, blank=False)


@lru_cache(maxsize=1)
def _compounds() -> frozenset[str]:
    """Words of the tables that have a hyphen: « porte-parole », « vice-président »."""
    forms = {row.form for row in tables.titles()} | set(tables.acting_forms())
    return frozenset(word for form in forms for word in form.lower().split() if "-" in word)
