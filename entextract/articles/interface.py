"""What readers are given and give: a file; a row of values, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from entextract.records.nouns import Problem

LONGEST_TEXT = 2**24  # characters: more than any article, less than the memory


class Refused(ValueError):
    """Why a file or a line of it cannot be read, and what to do."""


class ColumnError(Refused):
    """A column that the caller named is nowhere."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to read; one that was in an archive lies elsewhere than where the user knows it."""

    path: Path
    where: str  # as the user knows it


@dataclass(frozen=True, slots=True)
class Row:
    """What a reader knows of one article; the stream checks it and makes the ``Article``."""

    values: Mapping[str, str]  # by field of Article; "text" is always there
    meta: Mapping[str, str] = field(default_factory=dict)
    line: str = ""  # line or number in the file, empty when the file is one article
    notes: tuple[str, ...] = ()  # what was repaired
    inner: str = ""  # name in the archive, empty when the file is none
    heading: tuple[str, ...] = ()  # lines that stand above the text: headline, standfirst
    missing: str = ""  # what could not be read of it, and why


def repaired(file: File, notes: tuple[str, ...]) -> Iterator[Problem]:
    """The notes on a file of several articles, which belong to no one of them."""
    for note in notes:
        yield Problem(file.where, file.where, note, "repaired")


def nothing_in(file: File) -> Problem:
    """No article in a file."""
    return Problem(file.where, file.where, "there is no article in this file", "empty")
