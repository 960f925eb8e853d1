"""Says whether a capital or a seat of power stands for those who govern there."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Span, Token

from entextract import tables
from entextract.forms import level

_REACH = 5  # tokens between a name and the verb that it governs
_PAIR_REACH = 6  # tokens between « entre » and the « et » of its pair


def acts(span: Span, *, seat: bool) -> str:
    """How a place name acts, or an empty string where it is only a place.

    Args:
        span: a capital (« Moscou ») or a seat of power (« le Kremlin »).
        seat: a seat acts unless it is said to be a place; a capital only when something says so.

    Returns:
        ``"subject"``, ``"agent"``, ``"between"``, ``"possessor"``, ``"seat"`` or ``""``.
    """
    before = _before(span)
    word = level(before.lower_) if before is not None else ""
    if word in tables.context_words("place_preposition"):
        return ""
    if before is not None and word in ("de", "d'", "du"):
        if _follows(before, "power_noun"):
            return "possessor"
        return "seat" if seat and not _follows(before, "place_noun") else ""
    if word == "entre" or (before is not None and word == "et" and _is_in_pair(before)):
        return "between"
    if word in tables.context_words("actor_preposition"):
        return "agent"
    if _is_subject(span):
        return "subject"
    return "seat" if seat else ""


@lru_cache(maxsize=None)
def _verb_forms() -> frozenset[str]:
    return frozenset(level(row.form) for row in tables.verbs())


def _before(span: Span) -> Token | None:
    """The word before a name on its line, its article and quotes skipped."""
    for token in reversed(span.doc[max(0, span.start - 4) : span.start]):
        if "\n" in token.text:
            return None
        if not (token.is_quote or token.is_space or level(token.lower_) in _articles()):
            return token
    return None


def _articles() -> frozenset[str]:
    return tables.context_words("article")


def _follows(preposition: Token, kind: str) -> bool:
    """Whether a noun of that kind stands before, one adjective allowed between."""
    words = tables.context_words(kind)
    for j in (1, 2):
        if preposition.i < j:
            return False
        token = preposition.nbor(-j)
        if level(token.lower_) in words:
            return True
        if token.pos_ not in ("ADJ", "VERB"):
            return False
    return False


def _is_in_pair(conjunction: Token) -> bool:
    """« entre Paris et Berlin »: an « entre » opens the pair."""
    start = max(conjunction.sent.start, conjunction.i - _PAIR_REACH)
    return any(token.lower_ == "entre" for token in conjunction.doc[start : conjunction.i])


def _is_subject(span: Span) -> bool:
    """A verb of acting or speaking follows, or the parser says that the name is its subject."""
    auxiliaries, clitics = tables.context_words("auxiliary"), tables.context_words("clitic")
    has_auxiliary = False
    for token in span.doc[span.end : span.end + _REACH]:
        word = level(token.lower_)
        if word in _verb_forms():
            return True
        if word in auxiliaries:
            has_auxiliary = word in ("a", "avait", "aura", "aurait")
        elif has_auxiliary and token.pos_ == "VERB" and "Part" in token.morph.get("VerbForm"):
            return word not in tables.context_words("stative_participle")
        elif word not in clitics and token.pos_ != "ADV":
            break
    root = span.root
    is_subject = root.dep_ in ("nsubj", "nsubj:pass", "obl:agent")
    return is_subject and level(root.head.lower_) in _verb_forms()
