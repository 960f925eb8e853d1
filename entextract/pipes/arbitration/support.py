"""What the words around a weak candidate say for it: an article, a preposition, a noun."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc

from entextract import tables
from entextract.pipes.arbitration.candidate import Candidate
from entextract.pipes.name_extent import is_of
from entextract.pipes.spans import is_capitalised, text_before
from entextract.records.spelling import level


def is_presented(doc: Doc, c: Candidate) -> bool:
    """« le Circ », « les Samoa », « selon l'IRC »: an acronym, or a capital after an article."""
    first = doc[c.start]
    if c.label not in ("ORG", "COUNTRY"):
        return False
    if not is_capitalised(first):  # « les taliban »
        return text_before(doc, c.start).lower() in tables.words("plural_article")
    if c.end - c.start == 1 and first.is_upper and len(first) > 2:
        return True
    word = level(text_before(doc, c.start).lower())
    if word in tables.words("definite_article") or word in tables.words("contracted_article"):
        return True
    return c.label == "ORG" and _is_owned(doc, c)


def _is_owned(doc: Doc, c: Candidate) -> bool:
    """« patron de X », « le réseau social X », « X (ex-Twitter) »."""
    before = [level(t.lower_) for t in doc[max(c.start - 2, 0) : c.start]]
    if before and before[-1] in tables.without_article("de"):
        return any(word in _leaders() for word in before[:-1])
    return " ".join(before) in _kinds() or _is_renamed(doc, c)


def _is_renamed(doc: Doc, c: Candidate) -> bool:
    """« X (ex-Twitter) », « X (anciennement Twitter) »."""
    bracket, word = (doc[c.end + n : c.end + n + 1].text.lower() for n in (0, 1))
    mark, _, _ = level(word).partition("-")
    return bracket == "(" and mark in tables.levelled_words("former_name_mark")


def is_newspaper(doc: Doc, c: Candidate) -> bool:
    """« Marianne » in « une information de Marianne »: read there, though it names persons too."""
    before = doc[max(c.start - 2, 0) : c.start]
    if c.label != "ORG" or len(before) < 2 or not is_of(before[1]):
        return False
    return level(before[0].lower_) in tables.levelled_words("press_noun")


@cache
def _leaders() -> frozenset[str]:
    return frozenset(level(r.form.lower()) for r in tables.titles() if r.kind == "office")


@cache
def _kinds() -> frozenset[str]:
    """Nouns of two words that say the kind of the body named next: « réseau social »."""
    words = (level(row.form.lower()) for row in tables.org_words() if row.pattern == "apposed")
    return frozenset(word for word in words if " " in word)


def is_located(doc: Doc, c: Candidate) -> bool:
    """« en Géorgie », « vers Fatima »: a weak place or state after a preposition of place.

    Not after « à », which also introduces those whom one speaks to.
    """
    words = [level(token.lower_) for token in doc[max(c.start - 2, 0) : c.start]]
    if words and words[-1] in tables.words("definite_article"):
        words.pop()  # « vers l'Ouest »
    word = words[-1] if words else ""
    return (
        c.label in ("LOC", "COUNTRY")
        and word in tables.levelled_words("place_preposition")
        and word not in tables.levelled_words("person_preposition")
    )
