"""What a sequence of capitalised words looks like: the extent of a person's name."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from entextract import tables
from entextract.forms import level
from entextract.pipes._spans import is_capitalised

OF = frozenset(["de", "du", "des", "d'"])
_MAX_NAME = 8  # tokens, hyphens and particles included


def name_end(doc: Doc, start: int) -> int:
    """Where the name that starts at a token ends, or ``start`` when none starts there.

    A name is capitalised words, joined by hyphens (« al-Sissi ») and by particles that a
    capitalised word follows (« ben », « von »); « de » belongs to it only after one word
    (« Charles de Gaulle », but « Paul Pogba » in « Paul Pogba de Manchester United »).
    """
    end = i = start
    words = 0
    while i < len(doc) and i - start < _MAX_NAME:
        token = doc[i]
        if i > start and token.lower_ in tables.context_words("weekday"):
            break
        if _is_name_word(token) or (i > start and is_glued(token)):
            i += 1
            end = i
            words += i - 2 < start or doc[i - 2].text != "-"
        elif i > start and token.text == "-" and not doc[i - 1].whitespace_ and i <= end + 1:
            i += 1
        elif words > 1 and level(token.lower_) in OF:
            break
        elif is_particle(token) and (i > start or _opens(doc, i)):
            i += 1
        else:
            break
    return end


def is_glued(token: Token) -> bool:
    """The end of a Breton name that the tokenizer cuts: « h » in « Le Floc'h »."""
    return (
        token.i > 0
        and token.is_lower
        and (
            level(token.nbor(-1).text).endswith("'")
            and not token.nbor(-1).whitespace_
            and is_capitalised(token.nbor(-1))
        )
    )


def is_particle(token: Token) -> bool:
    """« de », « ben », « al », « von » …"""
    return level(token.lower_) in tables.context_words("particle")


def is_name_start(doc: Doc, i: int) -> bool:
    """Whether a person's name may start at this token."""
    return i < len(doc) and (_is_name_word(doc[i]) or (is_particle(doc[i]) and _opens(doc, i)))


def _opens(doc: Doc, i: int) -> bool:
    """A particle that opens a surname: « al-Sissi », « ben Salmane », « de Gaulle »."""
    j = i + 1
    if j < len(doc) and doc[j].text == "-":
        j += 1
    return j < len(doc) and _is_name_word(doc[j])


def _is_name_word(token: Token) -> bool:
    return is_capitalised(token) and (token.is_alpha or _has_name_marks(token.text))


def _has_name_marks(text: str) -> bool:
    """« Jean-Luc », « O'Neill », « A. », « J.-P. »"""
    return all(c.isalpha() or c in "-'’." for c in text) and len(text) > 1
