"""What a reader says of one article: a row of values, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class Refused(ValueError):
    """Why a file or a line of it cannot be read, and what to do."""


class ColumnError(Refused):
    """A column that the caller named is nowhere."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a reader knows of one article; the stream checks it and makes the ``Article``."""

    values: Mapping[str, str]  # by field of Article; "text" is always there
    meta: Mapping[str, str] = field(default_factory=dict)
    line: str = ""  # line of the file, empty when the file is one article
    notes: tuple[str, ...] = ()  # what was repaired
