"""Whose deed the object of a verb is: « l'invasion russe », « les violences commises par X »."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span

from entextract import tables
from entextract.pipes.relations.arguments import completes, is_demonym
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.noun_phrases import NounPhrases


def doers(i: int, clauses: Clauses) -> list[Span]:
    """Who did what the verb at a token has as its object; none where the text does not say.

    « de B » tells the doer of no noun whose victim it tells elsewhere: « l'invasion de B ».
    """
    s = clauses.noun_phrases
    k = common_object(i, clauses)
    if k is None:
        return []
    done = next(filter(lambda j: _is_done(j, clauses), _before_clause(k + 1, clauses)), None)
    if done is not None:
        return _agents(done, clauses)
    if s.low[k] not in tables.words("deed"):
        return []
    agents = _agents(k, clauses)
    return agents or adjectives_after(s, k + 1) or _authors_after_of(k, clauses)


def adjectives_after(s: NounPhrases, end: int) -> list[Span]:
    """The states whose demonyms follow a noun: « frappes aériennes israéliennes »."""
    found: list[Span] = []
    k = end
    while k < s.end:
        entity = s.entities.get(k)
        if entity is not None and is_demonym(entity):
            found.append(entity)
            k = entity.end
        elif (
            s.low[k] == "-"
            or s.low[k] in tables.words("relational_adjective")
            or s.doc[k].pos_ == "ADJ"
            and s.low[k].islower()
        ):
            k += 1
        else:
            break
    return found


def named_after(i: int, clauses: Clauses) -> list[Span]:
    """The people whom a common object names: « détient deux suspects (A et B) »."""
    s = clauses.noun_phrases
    k = common_object(i, clauses)
    if k is None:
        return []
    for j in range(k + 1, s.end):
        arg = s.at.get(j + 1)
        if s.low[j] in (",", "(", ":") and j not in s.entities:
            fits = arg is not None and arg.start == j + 1 and not arg.prep and arg.roles == []
            if not fits or arg is None or arg.entity is None or arg.entity.label_ != "PER":
                return []
            closed = s.low[arg.group[-1].end] in (",", ")", ".", "")
            return list(s.members(arg)) if closed else []
        if j in clauses.verbs or s.low[j] in tables.words("clause_boundary", "coordinator"):
            return []
    return []


def common_object(i: int, clauses: Clauses) -> int | None:
    """The common noun that is the object of the verb at a token."""
    s = clauses.noun_phrases
    for k in _before_clause(i + 1, clauses):
        word = s.low[k]
        if k in s.entities or word in tables.words("clause_boundary"):
            return None
        if s.doc[k].pos_ == "NOUN" or word in tables.words("deed"):
            timed = word in tables.words("time")
            free = not s.tokens.preposition(k) or s.low[s.tokens.determiner(k)] == "des"
            if free and not timed:  # « condamne à une large majorité les frappes »
                return k
    return None


def _before_clause(start: int, clauses: Clauses) -> Iterator[int]:
    """The tokens from one on, up to the next clause."""
    s = clauses.noun_phrases
    for k in range(start, s.end):
        verb = clauses.verbs.get(k)
        finite = verb is not None and verb.form == "finite" and not verb.without_auxiliary
        if finite or s.low[k] in tables.words("clause_boundary"):
            return
        yield k


def _is_done(k: int, clauses: Clauses) -> bool:
    """« commises », « présenté »: by whom follows."""
    verb = clauses.verbs.get(k)
    return (
        verb is not None
        and verb.without_auxiliary
        and not tables.words("authored_verb").isdisjoint(verb.lemmas)
    )


def _agents(k: int, clauses: Clauses) -> list[Span]:
    s = clauses.noun_phrases
    for slot in clauses.slots(k, noun=True):
        if slot.prep == "par" and not completes(slot.arg):
            return list(s.members(slot.arg))
        if not slot.prep:
            return []
    return []


def _authors_after_of(k: int, clauses: Clauses) -> list[Span]:
    """« les propos de X », but not « l'invasion de X »."""
    s = clauses.noun_phrases
    if s.low[k] in tables.words("suffered_deed"):
        return []
    slot = next(iter(clauses.slots(k, noun=True)), None)
    if slot is None or slot.prep != "de" or completes(slot.arg):
        return []
    return list(s.members(slot.arg))
