"""Where the ends of a row of ``triggers.csv`` stand: « à », « obj », « à_via »."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span

from entextract.pipes.relations.arguments import Arg, completes
from entextract.pipes.relations.noun_phrases import NounPhrases
from entextract.pipes.relations.verb import Slot


def after(place: str, slots: Sequence[Slot], s: NounPhrases) -> list[Span]:
    """Who stands at a place of the table among what follows a verb or a noun."""
    name, _, part = place.partition(".")
    for slot in slots:
        arg = slot.arg
        if place == "obj":
            if not slot.prep and not slot.blocked and not completes(arg):
                return list(s.members(arg))
        elif part:
            if not slot.prep and arg.via == "transparent_noun" and not slot.blocked:
                return list(s.members(arg))
        elif name == "à_via":
            if slot.prep in ("à", "dans", "sur", "de") and arg.via in (
                "border",
                "transparent_noun",
            ):
                return list(s.members(arg))
        elif place == "de" and not slot.prep and (inside := _place_of(arg)) is not None:
            return [inside]
        elif slot.prep == name.removesuffix("_actor") and not completes(arg):
            return list(s.members(arg))
    return []


def inner_place(arg: Arg) -> list[Span]:
    """« le retrait des soldats français du Niger »: the place, where the adjective says whose."""
    role = arg.roles[0] if arg.roles else None
    return role.places[:1] if role is not None and role.adjective is arg.entity else []


def _place_of(arg: Arg) -> Span | None:
    """« retire ses soldats du Niger »: the place that the parser of roles gave to the soldiers."""
    role = arg.roles[0] if arg.roles else None
    if role is None or role.kind not in ("institution", "profession") or role.person is not None:
        return None
    return role.places[0] if role.places else None
