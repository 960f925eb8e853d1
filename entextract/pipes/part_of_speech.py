"""What kind of word a token is: by the model or, in a pipeline without a tagger, by our tables."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Token

from entextract import tables
from entextract.pipes.relations.verb import FINITE
from entextract.records.spelling import level

_OF_AUXILIARY = frozenset({"present", "past", "future", "conditional", "subjunctive"})
_PARTICIPLE = re.compile(r"\w{2,}(?:é|i|u|is|it|ert|int)(?:es?|s)?")


def part_of_speech(token: Token) -> str:
    """The tag of the model, or ``VERB``, ``ADV`` or nothing by our tables."""
    if token.pos_:
        return token.pos_
    if level(token.text) in tables.levelled_words("adverb"):
        return "ADV"
    return "VERB" if token.text in tables.verb_readings() else ""


def is_finite(token: Token) -> bool:
    """Whether a token is a verb in a finite form."""
    if token.pos_:
        return token.pos_ == "VERB" and "Fin" in token.morph.get("VerbForm", [])
    return any(tense in FINITE for _, tense in tables.verb_readings().get(token.text, ()))


def is_infinitive(token: Token) -> bool:
    """Whether a token is a verb in the infinitive."""
    if token.pos_:
        return token.pos_ == "VERB" and "Inf" in token.morph.get("VerbForm", [])
    readings = tables.verb_readings().get(token.text, ())
    return any(tense == "infinitive" for _, tense in readings)


def is_participle(token: Token) -> bool:
    """Whether a token may be the participle that an auxiliary announces."""
    if token.pos_:
        return token.pos_ in ("VERB", "ADJ")
    is_one = _PARTICIPLE.fullmatch(token.lower_) is not None
    return is_one and part_of_speech(token) != "ADV"


def lemma(token: Token) -> str:
    """The lemma of the model or, for verbs alone, of our tables."""
    return token.lemma_ or _lemmas().get(token.lower_, token.lower_)


def verbs_of(token: Token) -> frozenset[str]:
    """The verbs of our tables that a token may be a form of: « fit » is « faire »."""
    readings = tables.verb_readings().get(token.lower_, ())
    return frozenset(of for of, _ in readings)


def auxiliary_of(token: Token) -> str:
    """« avoir » for « ont », « être » for « était », nothing for any other word."""
    for verb, tense in tables.verb_readings().get(token.lower_, ()):
        if verb in ("avoir", "être") and tense in _OF_AUXILIARY:
            return verb
    return ""


@cache
def _lemmas() -> dict[str, str]:
    lemmas = {form: readings[-1][0] for form, readings in tables.verb_readings().items()}
    return {**lemmas, **{form: max(of) for form, of in tables.acting_forms().items()}}
