"""Lines of a bibliography, notes and references: told by their shape, not by what they name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from entextract.records.spelling import level
from entextract.tables.checks import shipped
from entextract.tables.known_lines import level_line, line_key
from entextract.tables.lexicon import words
from entextract.tables.page_rows import ReferenceMark
from entextract.tables.relation_rows import VerbForm

_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"«[^«»\n]*»|“[^“”\n]*”|\"[^\"\n]*\"")
_DAY = r"(?:\d{1,2}(?:er)?\s+)?[A-Za-z]{3,9}\.?\s+"  # « 6 août », « juin »
_YEAR = r"(?:1[5-9]|20)\d\d[a-z]?"
_NUMBER = re.compile(r"\s*(?:\(\d{1,3}\)|\[\d{1,3}\]|\d{1,3}[.)]?\s|[\^↑])\s*")
_BULLET = re.compile(r"\s*[–—•*-]\s+")
_NAME = r"(?:[A-Z][\w'.-]*|de|du|van|von|el|al)"
# on a line without accents and with straight marks
_SHAPES: Mapping[str, re.Pattern[str]] = {
    "address": re.compile(r"https?://\S|\bwww\.\w|\bdoi\s?:|\b10\.\d{4,}/", re.I),
    "pages": re.compile(r"(?<![\w.])pp?\.\s?\d", re.I),
    "extent": re.compile(r"\b\d{2,4}\s?p(?:ages)?\b\.?", re.I),
    "volume": re.compile(r"\b(?:vol|nos?|t|tome|fasc)\.\s?\d|\bn[°º]\s?\d", re.I),
    "issue-and-pages": re.compile(r"\b\d+\s?(?:\(\d+(?:-\d+)?\))?\s?:\s?\d+\s?-\s?\d+"),
    "year-in-brackets": re.compile(rf"\({_YEAR}\)"),
    "date-at-end": re.compile(rf"[,.)]\s*(?:{_DAY})?{_YEAR}\)?\.?\s*$"),
    "title-in-quotes": re.compile(r"[^\s,]\s?[»\"”]\s?[,.]?\s(?:in\b|[A-Z\d])"),
    "opens-with-author": re.compile(
        rf"\s*{_NAME}(?:\s{_NAME}){{0,4}}(?:,|\s&|\set al\b|\s[«(\"“])"
    ),
    "initials": re.compile(r"\b[A-Z]\.(?:[\s-]?[A-Z]\.)*[\s,]"),
}
_LONGEST = 40  # words of a reference; a longer line holds several, or is a paragraph
_FOREIGN = 2  # words of English: one may be in the name of a newspaper


class Evidence(NamedTuple):
    """What speaks for a line being a reference or a note.

    Attributes:
        weight: of all its marks and shapes, which nobody asks of prose.
        is_prose: whether a verb of French says something in it, outside of quotation marks.
        is_numbered: whether the number of a note opens it.
    """

    weight: float
    is_prose: bool
    is_numbered: bool


def is_heading(line: str) -> bool:
    """Whether a line stands over references or notes.

    >>> is_heading("Bibliographie :"), is_heading("Les notes de frais")
    (True, False)
    """
    return line_key(line) in _headings()


def evidence_of(line: str) -> Evidence:
    """What speaks for a line being a reference.

    >>> evidence_of("Luc Morel, « La digue », Revue du port, vol. 2, 2019, p. 3-14.").weight
    5.0
    >>> evidence_of("Luc Morel a écrit « La digue » en 2019.").is_prose
    True
    """
    bare = level_line(line)
    number = _NUMBER.match(bare)
    opening = number or _BULLET.match(bare)
    weight = 0.0
    if opening:
        bare = bare[opening.end() :]
        weight = _weights()["opens-with-number" if number else "opens-with-dash"]
    length = len(_WORD.findall(bare))
    several = max(1.0, length / _LONGEST)  # references that one line holds
    if finite_verbs(_QUOTED.sub(" ", line)) > several - 1:
        return Evidence(0.0, True, number is not None)
    weight += _weight(bare, several) / several
    return Evidence(weight, False, number is not None)


def is_foreign(text: str) -> bool:
    """Whether words of English, and hardly any of French, hold a text together.

    >>> is_foreign("How the West was won"), is_foreign("Le Bureau of Investigation enquête")
    (True, False)
    """
    found = [word.lower() for word in _WORD.findall(level.__wrapped__(text))]
    foreign = sum(word in foreign_words() for word in found)
    return foreign >= _FOREIGN and foreign > sum(word in french_words() for word in found)


def finite_verbs(text: str) -> int:
    """How many words are a verb of the tables in a finite form, and hardly ever a noun.

    >>> finite_verbs("Awa Sarr accuse le port."), finite_verbs("Awa Sarr, Luc Morel")
    (1, 0)
    """
    return sum(word in _finite_forms() for word in _WORD.findall(text))


def limit_of(place: str) -> float:
    """The weight from which a line is a reference: ``alone``, ``beside`` one, ``under-heading``.

    >>> limit_of("alone") > limit_of("beside")
    True
    """
    return _limits()[place]


def _weight(bare: str, several: float) -> float:
    """The weight of all marks and shapes; each counts once a reference."""
    weight = 0.0
    for name, shape in _SHAPES.items():
        if name != "opens-with-author":
            weight += _weights()[name] * min(len(shape.findall(bare)), several)
        elif shape.match(bare) and _WORD.findall(bare)[0].lower() not in french_words():
            weight += _weights()[name]
    marks = Counter(mark.lower() for mark in _marks().findall(bare))
    weight += sum(_mark_weights()[mark] * min(n, several) for mark, n in marks.items())
    return weight + _weights()["foreign-words"] * several * is_foreign(bare)


@cache
def foreign_words() -> frozenset[str]:
    """Words of the grammar of English that French has not."""
    return frozenset(row.form for row in shipped(ReferenceMark) if row.kind == "foreign")


@cache
def french_words() -> frozenset[str]:
    """Words of the grammar of French, without accents."""
    return frozenset(level(word) for word in words("function_word", "contracted_article", "clitic"))


@cache
def _headings() -> frozenset[str]:
    return frozenset(line_key(row.form) for row in shipped(ReferenceMark) if row.kind == "heading")


@cache
def _weights() -> dict[str, float]:
    return {row.form: float(row.weight) for row in shipped(ReferenceMark) if row.kind == "shape"}


@cache
def _limits() -> dict[str, float]:
    return {row.form: float(row.weight) for row in shipped(ReferenceMark) if row.kind == "limit"}


@cache
def _mark_weights() -> dict[str, float]:
    marks = (row for row in shipped(ReferenceMark) if row.kind == "mark")
    return {level(row.form).lower(): float(row.weight) for row in marks}


@cache
def _marks() -> re.Pattern[str]:
    longest_first = sorted(_mark_weights(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.I)


@cache
def _finite_forms() -> frozenset[str]:
    finite = ("present", "past", "future", "conditional")
    skipped = words("verb_homograph")
    forms = (row.form for row in shipped(VerbForm) if row.tense in finite)
    return frozenset(form for form in forms if form not in skipped)
