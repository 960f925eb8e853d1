"""What may be an end of a relation: a name with its offices, on a preposition, in a list."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Span

from entextract import tables
from entextract.records.rules import Rule

PLACING = frozenset({"à", "en", "dans"})  # roles of prepositions, as the table has them
OPENING, CLOSING = frozenset({"«", '"', "“"}), frozenset({"»", '"', "”"})  # of a quotation


@dataclass(slots=True)
class Role:
    """An office, a body of state or another noun that tells whose doing it is."""

    start: int
    stop: int  # end of the head word or words
    end: int
    kind: str
    places: list[Span] = field(default_factory=list)
    adjective: Span | None = None  # the first demonym
    person: Span | None = None
    holder: Span | None = None  # « le gouvernement de X »: a person after « de »
    inner: Role | None = None  # « l'épouse du président X »: the office in the complement


@dataclass(slots=True)
class Arg:
    """Something that can be an end of a relation, or stands where one could."""

    start: int
    end: int  # with its apposition
    entity: Span | None
    prep: str = ""
    via: str = ""  # class of the noun that it completes
    group: list[Arg] = field(default_factory=list)  # the list it stands in, itself included
    roles: list[Role] = field(default_factory=list)
    name_end: int = 0


def is_demonym(entity: Span) -> bool:
    return Rule.parse(entity.id_).kind == "demonym"


def is_guessed(entity: Span) -> bool:
    """Whether only the model calls it a name."""
    return Rule.parse(entity.id_).found_by == "model"


def completes(arg: Arg) -> bool:
    return arg.via not in ("", "people")


def acts(arg: Arg) -> bool:
    """Whether it can do something: « les Russes », not « les otages russes »."""
    undergoes = bool(arg.roles) and arg.roles[0].kind == "group" and arg.roles[0].person is None
    return not completes(arg) and not undergoes


def is_holder(arg: Arg) -> bool:
    """Whether an office stands for whoever holds it: « le patron de Renault »."""
    role = next(iter(arg.roles), None)
    return role is not None and role.person is None and role.kind in ("office", "counterpart")


def is_named(arg: Arg) -> bool:
    """Whether a name stands for itself, and does not complete a noun: « le ministre russe »."""
    if arg.entity is None or arg.via:
        return False
    role = next(iter(arg.roles), None)
    if role is not None and role.person is None and role.holder is not None:
        return False  # « le rapport de X »
    named = role is None or role.person is not None or role.kind in ("body", "locality")
    return named or arg.entity.label_ == "PER"


def is_ordinal(word: str) -> bool:
    return word in tables.words("ordinal_adjective")
