"""Who belongs to a party or body: « X (PS) », « le SPD de X », « le G5, à savoir le Mali »."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span

from entextract import tables
from entextract.names.state_bodies import parse_body, shared
from entextract.pipes.relations.arguments import Arg
from entextract.pipes.relations.frames import Found
from entextract.pipes.relations.noun_phrases import NounPhrases


def is_party(entity: Span) -> bool:
    """Whether the table of organisations, or its own words, call an organisation a party.

    A party is known by its id, so that « PS » is one because « Parti socialiste » is.
    """
    if entity.label_ != "ORG":
        return False
    words = entity.text.replace("’", "'").lower()
    if words in tables.words("party") or entity.kb_id_ in tables.parties():
        return True
    body = parse_body(entity.text)
    if body is not None and not tables.parties().isdisjoint(shared().get(body.kind, {}).values()):
        return True
    return not tables.words("party_noun").isdisjoint(words.split())


def bracketed(arg: Arg, s: NounPhrases) -> Iterator[Found]:
    """« X (PS) », « X (LR, Gironde) »."""
    person = arg.entity
    if person is None or person.label_ != "PER" or s.low[person.end] != "(":
        return
    party = s.entities.get(person.end + 1)
    if party is not None and is_party(party) and s.low[party.end] in (")", ",", "-", "–", "/"):
        at = (party.start, party.end)
        yield Found(person, party, "member_of", "actual", None, at, "bracket")


def of_leader(arg: Arg, s: NounPhrases) -> Iterator[Found]:
    """« le Parti libéral de X », « le SPD de X »: its leader."""
    party = arg.entity
    if party is None or not is_party(party) or s.low[party.end] not in tables.without_article("de"):
        return
    leader = s.entities.get(party.end + 1)
    if leader is not None and leader.label_ == "PER":
        at = (party.start, party.start + 1)
        yield Found(leader, party, "member_of", "actual", None, at, "party")


def enumerated(arg: Arg, s: NounPhrases) -> Iterator[Found]:
    """« le G5, à savoir le Mali et le Niger, »: those of whom a body is made."""
    body = arg.entity
    if body is None or body.label_ != "ORG" or s.low[body.end] != ",":
        return
    k = body.end + 1
    for words in tables.phrases("namely"):
        end = k + len(words)
        if tuple(s.low[k:end]) != words:
            continue
        listed = next((a for a in s.args if end <= a.start <= end + 1), None)
        names = list(s.members(listed)) if listed is not None else []
        for name in names if len(names) > 1 else ():
            if name.label_ in ("COUNTRY", "ORG") and name.kb_id_ != body.kb_id_:
                yield Found(name, body, "member_of", "actual", None, (k, end), "enumeration")
