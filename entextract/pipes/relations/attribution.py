"""Who says a sentence: « selon A », « …, a déclaré lundi à la presse A », « A : « … » »."""

from __future__ import annotations

from dataclasses import dataclass

from entextract import tables
from entextract.pipes.relations.arguments import OPENING, Arg
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.complements import before_complements
from entextract.pipes.relations.noun_phrases import NounPhrases


@dataclass(frozen=True, slots=True)
class Credit:
    """Who says what a sentence states.

    Attributes:
        speaker: the one who says it.
        alone: whether it is credited to them alone: « selon A ».
        start: the first token of what they say.
        end: the token after the last one.
    """

    speaker: Arg
    alone: bool
    start: int
    end: int


def credit(clauses: Clauses) -> Credit | None:
    """Who says a sentence, or the clause that « , selon A, » stands in."""
    s = clauses.noun_phrases
    spoken = not tables.speech_forms().isdisjoint(s.low[s.start : s.end])
    for arg in s.args:
        if arg.entity is None:
            continue
        if arg.prep == "selon":
            return Credit(arg, True, *_told(arg, s))
        if is_believed(s, arg.start):
            return Credit(arg, True, s.start, s.end)
        quoted = s.low[arg.end] == ":" and s.low[arg.end + 1] in OPENING
        if arg.start == s.start and quoted or spoken and _is_inverted(arg, clauses):
            return Credit(arg, False, s.start, s.end)
    return None


def is_believed(s: NounPhrases, i: int) -> bool:
    """Whether « à en croire » stands before what starts at a token."""
    k = s.tokens.determiner(i) - 1
    return k > 0 and s.low[k] in tables.words("credit_verb") and s.low[k - 1] == "en"


def _told(arg: Arg, s: NounPhrases) -> tuple[int, int]:
    """The clause of « selon A »: a relative one, up to a comma, or the whole sentence.

    « X accuse Y d'une attaque qui a fait, selon A, dix morts »: A tells how many died.
    """
    whole = s.start, s.end
    if s.low[arg.end] in (".", "!", "?", "»", ""):
        return whole
    opening = tables.words("relative_pronoun", "complementizer")
    start = next((k for k in s.tokens.before(arg.start, arg.start) if s.low[k] in opening), None)
    if start is None:
        return whole
    return start, next((k for k in range(arg.end + 1, s.end) if s.low[k] == ","), s.end)


def _is_inverted(arg: Arg, clauses: Clauses) -> bool:
    """« …, a déclaré A », « », rapporte dans un communiqué A », but not « B, qui a critiqué A »."""
    s = clauses.noun_phrases
    if arg.prep:
        return False
    k = before_complements(s.tokens.determiner(arg.start) - 1, s)
    if s.low[k] not in tables.speech_forms() or k in s.at:
        return False
    verb = clauses.verbs.get(k)
    if verb is not None and verb.subject is not None:
        return False  # « B, ministre, a critiqué A »
    while _is_before_inverted(s.low[k - 1]):
        k -= 1
    return s.low[k - 1] in (",", "»", '"', "”")


def _is_before_inverted(word: str) -> bool:
    """« a », « a-t- » before « déclaré A »."""
    lemmas = {lemma for lemma, _ in tables.verb_readings().get(word, ())}
    helps = not lemmas.isdisjoint(tables.words("perfect_auxiliary"))
    return helps or word in tables.words("inversion_mark")
