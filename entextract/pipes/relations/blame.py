"""What a quotation says against whom: « A ment », a dénoncé B: B blames A."""

from __future__ import annotations

from collections.abc import Iterator

from entextract import tables
from entextract.pipes.relations.arguments import CLOSING, OPENING, Arg, acts
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.frames import Found, Frames
from entextract.pipes.relations.verb import Clause


def blamed(clauses: Clauses, frames: Frames) -> Iterator[Found]:
    """Whom the words that a verb of blame ends are about: the subject of their first verb."""
    s = clauses.noun_phrases
    for verb in clauses.verbs.values():
        if verb.passive or verb.form != "finite" or not _is_blame(verb):
            continue
        speaker, target = _speaker(verb, clauses), _about(verb, clauses)
        if speaker is None or target is None:
            continue
        for source in s.members(speaker):
            for other in s.members(target):
                if frames.fits("accuse", source, other):
                    trigger = (verb.i, verb.i + 1)
                    yield Found(source, other, "accuse", "actual", None, trigger, "verb:quotation")


def _is_blame(verb: Clause) -> bool:
    return not tables.words("blaming_verb").isdisjoint(verb.lemmas)


def _speaker(verb: Clause, clauses: Clauses) -> Arg | None:
    """Who stands right after the verb, days between them apart."""
    s = clauses.noun_phrases
    k = verb.i + 1
    while s.tokens.is_time(k) or s.low[k] in tables.articles():
        k += 1
    arg = s.at.get(k)
    return arg if arg is not None and arg.start == k and not arg.prep and acts(arg) else None


def _about(verb: Clause, clauses: Clauses) -> Arg | None:
    """The subject of the first verb of the quotation that ends before a verb."""
    s = clauses.noun_phrases
    ends = [k for k in (verb.start - 1, verb.start - 2) if s.low[k] in CLOSING]
    if not ends:
        return None
    opening = next((k for k in range(ends[0] - 1, s.start - 1, -1) if s.low[k] in OPENING), None)
    if opening is None:
        return None
    inside = {**clauses.copulas, **clauses.verbs}
    first = next((inside[k] for k in range(opening, ends[0]) if k in inside), None)
    if first is None or first.passive or first.form != "finite" or first.subject is None:
        return None
    return first.subject if first.subject.start > opening and acts(first.subject) else None
