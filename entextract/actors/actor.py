"""One actor of a list, and what is wrong with a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from entextract.records.ids import make_id
from entextract.records.nouns import Label

NAMESAKES = "namesakes"  # the attribute that holds the ids of all who have a name
JOIN = " | "  # of several values of one attribute
_NOTHING: Mapping[str, str] = {}


class Actor(NamedTuple):
    """Who or what a list names.

    Attributes:
        id: what stands after the colon of the id of its entity; ISO 3166-1 for a state.
        label: of its entity.
        name: the one shown.
        aliases: further names.
        forms: what the user says a newspaper prints; each is found as it stands.
        row: the list and its line: ``elus.csv:12``.
        attributes: the other columns of its row, by name.

    >>> Actor("q42", "PER", "Awa Sarr").entity
    'per:q42'
    """

    id: str
    label: Label
    name: str
    aliases: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    row: str = ""
    attributes: Mapping[str, str] = _NOTHING

    @property
    def entity(self) -> str:
        """The id of its entity."""
        return make_id(self.label, self.id)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the one shown first."""
        if not self.aliases and not self.forms:
            return (self.name,)
        return tuple(dict.fromkeys((self.name, *self.aliases, *self.forms)))


class Fault(NamedTuple):
    """A row of a list that is left out, or a cell that is not taken as it stands."""

    path: str
    line: int
    reason: str
    mended: bool = False  # the row is taken all the same

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}"


class ActorWarning(UserWarning):
    """Rows of a list of actors are left out; the first of them is named."""


class ActorError(ValueError):
    """A list of actors cannot be read; the message names file, line, value and remedy."""
