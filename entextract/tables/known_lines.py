"""Lines that are known not to be an article: share buttons, cookie banners, credits of pictures."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from entextract.records.spelling import level
from entextract.tables.checks import shipped
from entextract.tables.page_rows import BoilerplateForm

_EDGES = re.compile(r"^[\s|•·*►▶>»–-]+|[\s.,;:!…|•·*–-]+$")
_OPENING = re.compile(r"^[\s|•·*►▶>»–-]+")
_MARK = r"\s*[:|/>»›]|\s+-"  # what may stand where a form has a colon
_MARK_AT_END = re.compile(r"\s*[:/>»]$")
_WORD_GOES_ON = r"(?<![A-Z])[a-z0-9]|(?<=[A-Z0-9])[A-Z0-9]"  # « aussiTempête » is two words
_MAX_WORDS = 45  # the longest such line of 141 saved pages has 41
_INNER_END = re.compile(r"[.!?…][»\"')\]]*\s+(?=[«\"'(]*\s*[A-Z])")
_SENTENCE_END = re.compile(r"[.!?…][»\"')\]]*\s+(?=[«\"'(©]*\s*[A-ZÀ-ÞŒ0-9©])")
_TEASERS = ("related", "caption")  # kinds of rows that a title follows
_PROSE = 8  # words from which what goes on in small letters and ends with a full stop is a sentence
_GOES_ON = ("related", "caption", "meta", "share", "nav")  # kinds of rows that may open a sentence
_NOTICES = ("rights", "closed")  # kinds of rows that may close a paragraph
_DATED = 4  # one word in so many is a number where dates stand alone


class _Start(NamedTuple):
    """A form that opens a line."""

    words: str
    kind: str
    pattern: re.Pattern[str]


class _Forms(NamedTuple):
    """The forms of the table by how they match."""

    whole: frozenset[str]
    starts: tuple[_Start, ...]
    openings: tuple[str, ...]  # the words of each start
    contained: tuple[str, ...]
    notices: tuple[str, ...]  # those that may close a paragraph
    ends: tuple[str, ...]


@lru_cache(maxsize=128)  # lines of an article, which several pipes look at
def level_line(line: str) -> str:
    """A line without accents, its apostrophes and hyphens plain."""
    return level.__wrapped__(line)  # past its own cache: a line rarely comes back


@lru_cache(maxsize=128)
def line_key(line: str) -> str:
    """A line as it is compared: without case, accents and marks at its ends."""
    return _EDGES.sub("", " ".join(level_line(line).lower().split()))


def is_boilerplate(line: str, kind: str = "") -> bool:
    """Whether a line is known from the table: the whole of it, its opening, or words inside.

    A form keeps its colon and the end of its last word; a line longer than a teaser is text.

    Args:
        line: of a page or of an article.
        kind: of the rows that are looked at; all of them if empty.

    >>> is_boilerplate("Lire aussi : le port rouvre"), is_boilerplate("Le port rouvre.")
    (True, False)
    >>> is_boilerplate("Source : AFP"), is_boilerplate("Source de tensions")
    (True, False)
    """
    forms = _forms(kind)
    key = line_key(line)
    if key in forms.whole:
        return True
    if len(key.split()) > _MAX_WORDS:
        return False
    if key.endswith(forms.ends) or any(form in key for form in forms.contained):
        return True
    if any(form in key for form in forms.notices):
        return bool(kind) or notice_start(line) == 0
    if not key.startswith(forms.openings):
        return False
    spelled = _OPENING.sub("", " ".join(level_line(line).split()))
    return any(key.startswith(start.words) and _is_opened(spelled, start) for start in forms.starts)


def notice_start(line: str) -> int:
    """Where the notice starts that closes a line: all of it, none, or behind sentences of text.

    Returns:
        A character of the line; its length where no notice closes it.

    >>> text = "Le port de Brest rouvre ce lundi après dix jours de grève. "
    >>> notice_start(text + "© AFP. Tous droits réservés.") == len(text)
    True
    >>> notice_start("Le Courrier. Tous droits réservés."), notice_start("Il pleut.")
    (0, 9)
    """
    key = line_key(line)
    if not any(form in key for form in _forms("").notices):
        return len(line)
    starts = [0, *(found.end() for found in _SENTENCE_END.finditer(line))]
    prose = [
        end
        for start, end in pairwise((*starts, len(line)))
        if len(line[start:end].split()) >= _PROSE and not _is_notice(line[start:end])
    ]
    return prose[-1] if prose else 0


def _is_notice(sentence: str) -> bool:
    key = line_key(sentence)
    return key.startswith(_forms("").openings) or any(f in key for f in _forms("").notices)


def _is_opened(line: str, start: _Start) -> bool:
    """Whether a line is that form and what belongs to it, rather than a sentence."""
    found = start.pattern.match(line)
    if found is None:
        return False
    if start.kind in _TEASERS and len(_INNER_END.findall(line)) > 1:
        return False
    rest = line[found.end() :].lstrip()
    words = line.split()
    if start.kind not in _GOES_ON or not line.endswith(".") or len(words) < _PROSE:
        return True
    goes_on = rest[:1].islower() or (start.kind == "meta" and rest[:1].isdigit())
    numbers = sum(any(c.isdigit() for c in word) for word in words)
    return not goes_on or _DATED * numbers >= len(words)


@cache
def _forms(kind: str) -> _Forms:
    forms: dict[str, list[str]] = {"line": [], "contains": [], "end": [], "notice": []}
    starts = []
    for row in shipped(BoilerplateForm):
        if row.kind == "network" or (kind and row.kind != kind):
            continue
        if row.match == "start":
            starts.append(_start(row.form, row.kind))
        else:
            closes = row.match == "contains" and row.kind in _NOTICES
            forms["notice" if closes else row.match].append(line_key(row.form))
    return _Forms(
        frozenset(forms["line"]),
        tuple(starts),
        tuple(start.words for start in starts),
        tuple(forms["contains"]),
        tuple(forms["notice"]),
        tuple(forms["end"]),
    )


def _start(form: str, kind: str) -> _Start:
    spelled = _OPENING.sub("", level(form))
    words = _MARK_AT_END.sub("", spelled)
    marked = _MARK if words != spelled else f"(?!{_WORD_GOES_ON})"
    return _Start(line_key(words), kind, re.compile(f"(?i:{re.escape(words)})(?:{marked})"))
