"""Who says a whole sentence: « Selon A, … », « …, a déclaré A », « A : « … » »."""

from __future__ import annotations

from entextract import tables
from entextract.pipes.relations.arguments import OPENING, Arg
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.noun_phrases import NounPhrases


def speaker_of(clauses: Clauses) -> tuple[Arg | None, bool]:
    """Who says the sentence, and whether what it says is credited to them alone.

    « Selon A »; « …, a déclaré A », « rapporte A », « A : « … » ».
    """
    s = clauses.noun_phrases
    for arg in s.args:
        if arg.entity is None:
            continue
        if arg.prep == "selon" or is_believed(s, arg.start):
            return arg, True
        if arg.start == s.start and s.low[arg.end] == ":" and s.low[arg.end + 1] in OPENING:
            return arg, False
        k = s.tokens.determiner(arg.start) - 1
        while s.low[k] in tables.words("time") and k not in s.at:
            k -= 1  # « a déclaré lundi A »
        if s.low[k] in tables.speech_forms() and k not in s.at:
            verb = clauses.verbs.get(k)
            if verb is not None and verb.subject is not None:
                continue  # « B, ministre, a critiqué A »
            while _is_before_inverted(s.low[k - 1]):
                k -= 1
            if s.low[k - 1] in (",", "»", '"', "”"):
                return arg, False
    return None, False


def is_believed(s: NounPhrases, i: int) -> bool:
    """Whether « à en croire » stands before what starts at a token."""
    k = s.tokens.determiner(i) - 1
    return k > 0 and s.low[k] in tables.words("credit_verb") and s.low[k - 1] == "en"


def _is_before_inverted(word: str) -> bool:
    """« a », « a-t- » before « déclaré A »."""
    of_avoir = any(lemma == "avoir" for lemma, _ in tables.verb_readings().get(word, ()))
    return of_avoir or word in tables.words("inversion_mark")
