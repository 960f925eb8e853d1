"""What a sequence of capitalised words looks like: the extent of a person's name."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from entextract import tables
from entextract.pipes.spans import is_capitalised, text_at
from entextract.records.spelling import level

# Tokens, hyphens and particles included: 5 cuts « Mohammed ben Salmane ben Abdelaziz al-Saoud »,
# and without a limit nothing longer is found in our texts.
_MAX_NAME = 8


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
        if i > start and token.lower_ in tables.words("weekday"):
            break
        if is_elided_word(doc, i):
            break
        if _is_name_word(token) or (i > start and (is_glued(token) or is_hyphenated(token))):
            words += i == start or doc[i - 1].text != "-"
            i += 1
            end = i
            if words > 1 and _is_cut_pronoun(doc, i):
                return i + 1
            nickname = nickname_end(doc, i) if words == 1 else i
            if nickname > i:
                i = nickname
        elif i > start and token.text == "-" and not doc[i - 1].whitespace_:
            i += 1
        elif words > 1 and is_of(token):
            break
        elif is_particle(token) and (i > start or _opens(doc, i)):
            i += 1
        else:
            break
    return end


def _is_cut_pronoun(doc: Doc, i: int) -> bool:
    """« -il » of « Kim Jong-il », which the tokenizer takes for the pronoun of « dit-il »."""
    return text_at(doc, i) in ("-il", "-elle") and not doc[i - 1].whitespace_


def capitalised_end(doc: Doc, start: int) -> int:
    """The same for a name whose first word has a capital: « al-Sissi » is none."""
    return name_end(doc, start) if text_at(doc, start)[:1].isupper() else start


def is_glued(token: Token) -> bool:
    """The end of a Breton name that the tokenizer cuts: « h » in « Le Floc'h ».

    The token is not the first of its document.
    """
    before = token.nbor(-1)
    return (
        token.is_lower
        and level(before.text).endswith("'")
        and not before.whitespace_
        and is_capitalised(before)
    )


def is_hyphenated(token: Token) -> bool:
    """« un » in « Kim Jong-un », not « il » in « dit-il ».

    The token is not the first of its document.
    """
    hyphen = token.nbor(-1)
    if hyphen.text != "-" or hyphen.whitespace_ or hyphen.i == 0 or not token.is_alpha:
        return False
    return (
        token.is_lower
        and len(token) > 1
        and is_capitalised(hyphen.nbor(-1))
        and not hyphen.nbor(-1).whitespace_
        and token.lower_ not in tables.words("hyphened_pronoun", "clitic")
        and not text_at(token.doc, token.i + 1).startswith("-")
    )


def is_elided_word(doc: Doc, i: int) -> bool:
    """« D'abord », « J'écris », « Qu'il »: a word that opens a sentence, unlike « M'hamed »."""
    head = level(doc[i].text).lower()
    if head not in tables.words("elided_word") or doc[i].whitespace_ or i + 1 >= len(doc):
        return False
    rest = doc[i + 1]
    if not rest.is_lower:
        return False
    if head in ("m'", "n'"):
        return rest.lower_ in tables.words("auxiliary_form", "clitic", "function_word")
    return head != "c'" or not rest.text.startswith("h")  # « Erwan Ar C'hoat »


def nickname_end(doc: Doc, i: int) -> int:
    """Where a nickname in quotes ends, before the surname: « « Johnny » » in « Jean « Johnny »
    Lambert »; its start when none stands there."""
    if i >= len(doc) or not doc[i].is_quote:
        return i
    for end in range(i + 2, min(i + 5, len(doc) - 1)):
        if doc[end].is_quote and not doc[end].whitespace_ and doc[end].text == doc[i].text:
            continue
        if doc[end].is_quote:
            named = is_capitalised(doc[i + 1]) and _is_name_word(doc[end + 1])
            return end + 1 if named else i
    return i


def is_of(token: Token) -> bool:
    """« de », « du », « des », « d' »."""
    return level(token.lower_) in tables.spellings_of("de")


def is_particle(token: Token) -> bool:
    """« de », « ben », « al », « von » …"""
    return level(token.lower_) in tables.levelled_words("name_particle")


def _opens(doc: Doc, i: int) -> bool:
    """A particle that opens a surname: « al-Sissi », « ben Salmane », « de Gaulle »."""
    word = next((t for t in doc[i + 1 : i + 3] if t.text != "-"), None)
    return word is not None and _is_name_word(word)


def _is_name_word(token: Token) -> bool:
    """« Dupont », « Jean-Luc », « O'Neill », « A. », « J.-P. »"""
    return is_capitalised(token) and all(c.isalpha() or c in "-'’." for c in token.text)
