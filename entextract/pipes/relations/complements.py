"""What stands between a verb of saying and what is said, or who says it."""

from __future__ import annotations

from entextract import tables
from entextract.pipes.relations.noun_phrases import NounPhrases


def before_complements(end: int, s: NounPhrases) -> int:
    """The token that times, adverbs and complements with a preposition follow.

    « a déclaré | mardi 24 août à la presse », « a annoncé | , lors d'une conférence, ». To whom
    it is said may be a name, a person or the press, and nothing else: « a répondu à la lettre ».

    Args:
        end: the last token of what may be complements.
        s: the sentence.
    """
    k = end
    while k >= s.start:
        arg = s.at.get(k)
        if arg is not None:
            if not arg.prep or arg.end != k + 1:
                break
            k = _before_preposition(arg.start, s)
        elif (words := s.tokens.phrase_before(k + 1, "aside", "interpolated_phrase")) is not None:
            k -= words
        elif _is_small(k, s):
            k -= 1
        else:
            noun = _noun(k, s)
            if noun is None or not s.tokens.preposition(noun):
                break
            to = s.tokens.preposition(noun) == "à"
            if to and s.low[noun] not in tables.words("audience", "occasion"):
                break
            k = _before_preposition(noun, s)
    return k


def _noun(k: int, s: NounPhrases) -> int | None:
    """The noun that ends at a token, or that adjectives there follow: « communiqué commun »."""
    while s.low[k] and k not in s.at and s.doc[k].pos_ == "ADJ":
        k -= 1
    return k if s.low[k] and k not in s.at and s.doc[k].pos_ in ("NOUN", "PROPN", "X") else None


def _before_preposition(start: int, s: NounPhrases) -> int:
    """The token before the preposition of a noun phrase: « dans le », « aux », « de l' »."""
    k = s.tokens.determiner(start) - 1
    role = tables.prepositions().get(s.low[k], "")
    if not role:
        return k  # « des », which is the determiner too
    return k - 1 - ((s.low[k - 1], role) in tables.compound_prepositions())


def _is_small(k: int, s: NounPhrases) -> bool:
    word = s.low[k]
    if (
        word == ","
        or word in tables.words("stressed_pronoun")
        or s.tokens.is_time(k)
        or s.doc[k].like_num
    ):
        return True
    if word in tables.articles() | tables.words("demonstrative_pronoun", "demonstrative"):
        return s.tokens.is_time(k + 1) or s.doc[k + 1].like_num
    adverb = s.doc[k].pos_ == "ADV" and not s.is_form(word)  # « Oslo dément que »
    return word in tables.prepositions() or adverb
