"""All that a sentence states, each thing once: by verbs, by nouns of action, by nouns said of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from entextract.pipes.relations.appositions import appositions
from entextract.pipes.relations.blame import blamed
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.facts import facts_of
from entextract.pipes.relations.factuality import Factuality
from entextract.pipes.relations.frames import Found, Frames


def statements(
    clauses: Clauses,
    frames: Frames,
    factuality: Factuality,
    nouns: Mapping[str, str],
    *,
    one_end: bool,
) -> Iterator[Found]:
    """Every relation of a sentence.

    Args:
        clauses: the sentence.
        frames: the rows of ``triggers.csv``.
        factuality: how true the sentence says that each is.
        nouns: the noun of action that each form is of.
        one_end: whether what someone undergoes is stated where nobody is said to do it.
    """
    s = clauses.noun_phrases
    blames = list(blamed(clauses, frames))
    inverted = {found.trigger[0] for found in blames}  # « …, a accusé A »: A accuses
    by_verbs: list[Found] = []
    for verb in clauses.verbs.values():
        if verb.i in inverted:
            continue
        by_verbs.extend(frames.of_verb(verb, clauses, factuality))
    yield from by_verbs
    yield from blames
    words = {i for found in by_verbs for i in range(*found.trigger)}
    if one_end:
        for verb in clauses.verbs.values():
            if words.isdisjoint(range(verb.start, verb.i + 1)):
                yield from frames.of_patient(verb, clauses, factuality)
    for i in s.low.among(nouns):
        if i in clauses.verbs or i in s.entities or i in words:
            continue
        for found in frames.of_noun(i, nouns[s.low[i]], clauses, factuality):
            if not _is_told(found, by_verbs, clauses):
                yield found
    yield from facts_of(clauses, factuality)
    yield from appositions(clauses, frames, factuality, nouns)


def _is_told(noun: Found, by_verbs: list[Found], clauses: Clauses) -> bool:
    """Whether a verb has said it: « a tué B dans une frappe », « allège son embargo contre B »."""
    pair = {noun.source_id, noun.target.kb_id_}
    governing = max((i for i in clauses.verbs if i < noun.trigger[0]), default=-1)
    return any(
        pair == {verb.source_id, verb.target.kb_id_}
        and (verb.kind == noun.kind or verb.trigger[0] == governing)
        for verb in by_verbs
    )
