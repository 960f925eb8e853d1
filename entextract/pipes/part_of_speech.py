"""What kind of word a token is: by the model or, in a pipeline without a tagger, by our tables."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Token

from entextract import tables
from entextract.pipes.relations.verb import FINITE
from entextract.records.spelling import level

_PARTICIPLE = re.compile(r"\w{2,}(?:é|i|u|is|it|ert|int)(?:es?|s)?")


def part_of_speech(token: Token) -> str:
    """The tag of the model, or ``VERB``, ``ADV`` or nothing by our tables."""
    if token.pos_:
        return token.pos_
    if level(token.text) in tables.context_words("adverb"):
        return "ADV"
    return "VERB" if token.text in _verb_forms() else ""


def is_finite(token: Token) -> bool:
    """Whether a token is a verb in a finite form."""
    if token.pos_:
        return token.pos_ == "VERB" and "Fin" in token.morph.get("VerbForm", [])
    return not FINITE.isdisjoint(_verb_forms().get(token.text, ()))


def is_participle(token: Token) -> bool:
    """Whether a token may be the participle that an auxiliary announces."""
    if token.pos_:
        return token.pos_ in ("VERB", "ADJ")
    is_one = _PARTICIPLE.fullmatch(token.lower_) is not None
    return is_one and part_of_speech(token) != "ADV"


def lemma(token: Token) -> str:
    """The lemma of the model or, for verbs alone, of our tables."""
    return token.lemma_ or _lemmas().get(token.lower_, token.lower_)


@cache
def _verb_forms() -> dict[str, set[str]]:
    """The tenses of each form; « accusé » is not « accuse »: accents are kept."""
    tenses: dict[str, set[str]] = {}
    for row in tables.trigger_forms():
        if row.tense != "noun":
            tenses.setdefault(row.form, set()).add(row.tense)
    return tenses


@cache
def _lemmas() -> dict[str, str]:
    lemmas = {row.form: row.lemma for row in tables.trigger_forms() if row.tense != "noun"}
    return {**lemmas, **{row.form: row.lemma for row in tables.verbs()}}
