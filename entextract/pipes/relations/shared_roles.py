"""Roles that several people share: « les présidents russe X et français Y »."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span

from entextract import tables
from entextract.pipes.relations.arguments import Arg, Role, is_guessed
from entextract.pipes.relations.noun_phrases import NounPhrases
from entextract.pipes.spans import is_capitalised

_DOMAIN = 8  # tokens of « des Affaires étrangères et du Commerce », the longest in the tables


def roles_of(arg: Arg, s: NounPhrases) -> Iterator[Role]:
    """The roles of a name, those that it has as a member of a list too."""
    first = arg.group[0] if arg.group else arg
    shared = next(iter(first.roles), None)
    plural = s.low[s.tokens.determiner(first.start)] in tables.words("plural_article")
    if shared is None or first is arg or not plural or arg.entity is None:
        yield from arg.roles
        return
    own = next(iter(arg.roles), None)
    if own is None and arg.entity.label_ == "PER":  # « les Brésiliens X et Y »
        yield replace(shared, person=arg.entity)
    elif own is not None and own.kind == "people" and shared.kind == "office":
        if is_capitalised(s.doc[own.start]):
            yield own
        else:  # « les présidents russe X et français Y »
            yield replace(shared, person=arg.entity, adjective=own.adjective, places=[])
    else:
        yield from arg.roles


def coordinated(arg: Arg, s: NounPhrases) -> Iterator[tuple[Span, Span, Role]]:
    """« les ministres russes de la Défense, X, et des Sports, Y, », « ainsi que celui de Z, W »."""
    role = next(iter(arg.roles), None)
    plural = s.low[s.tokens.determiner(arg.start)] in tables.words("plural_article")
    if role is None or role.kind != "office" or role.person is None or not plural:
        return
    place = role.adjective or next(iter(role.places), None)
    for j in range(arg.end, s.end):
        joins = s.low[j - 1] in tables.words("coordinator") and j <= arg.end + 2
        again = s.low[j] in tables.words("demonstrative_pronoun")
        if not joins and not again:
            continue
        found = _of_and_name(j + again, s)
        if found is not None:
            state, person = found
            if state is not None or place is not None:
                yield person, state or place, role  # type: ignore[misc]


def _of_and_name(j: int, s: NounPhrases) -> tuple[Span | None, Span] | None:
    """What stands in « des Sports, Y »: a state, if one does, and the person."""
    if s.low[j] not in tables.spellings_of("de"):
        return None
    state: Span | None = None
    for k in s.tokens.after(j, _DOMAIN):
        name = s.entities.get(k)
        if s.low[k] == ",":
            person = s.entities.get(k + 1)
            is_person = person is not None and person.label_ == "PER"
            return (state, person) if person is not None and is_person else None
        if name is not None and name.label_ == "COUNTRY":
            state = name
        elif name is not None and not is_guessed(name) or s.doc[k].pos_ in ("VERB", "AUX"):
            return None
    return None
