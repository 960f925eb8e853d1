"""The rows of the tables that tell an article from what stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class BoilerplateForm:
    """Words by which a line is known not to be the article."""

    form: str
    match: Literal["line", "start", "contains", "end"]
    kind: str
    example: str


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word by which an element of a web page, or a signature, says what it is."""

    word: str
    kind: Literal["agency", "beside", "byline", "other_byline", "other_role", "role", "standfirst"]


@dataclass(frozen=True, slots=True)
class SiteName:
    """The name of a newspaper or broadcaster whose pages lie on a host."""

    host: str
    name: str


@dataclass(frozen=True, slots=True)
class ReferenceMark:
    """What shows that a line is a reference or a note: a word, a shape, and how much it weighs.

    A ``limit`` is the weight that makes a reference of a line: alone, beside another one, or
    under a heading. ``foreign`` words are those of English that French has not.
    """

    form: str
    kind: Literal["foreign", "heading", "limit", "mark", "shape"]
    weight: str  # of a mark, a shape or a limit
    example: str  # of a shape
