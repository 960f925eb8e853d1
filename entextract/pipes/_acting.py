"""Says whether a capital or a seat of power stands for those who govern there."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Span, Token

from entextract import tables
from entextract.forms import level
from entextract.pipes._words import is_finite, is_participle, lemma, part_of_speech

_REACH = 6  # tokens between a name and the verb that it governs
_PAIR_REACH = 6  # tokens between « entre » and the « et » of its pair


def acts(span: Span, *, seat: bool) -> str:
    """How a place name acts, or an empty string where it is only a place.

    Args:
        span: a capital (« Moscou ») or a seat of power (« le Kremlin »).
        seat: a seat acts unless it is said to be a place; a capital only when something says so.

    Returns:
        how: ``"subject"``, ``"agent"``, ``"addressee"``, ``"patient"``, ``"between"``,
        ``"possessor"``, ``"seat"``; or ``""``.
    """
    before = _before(span)
    word = level(before.lower_) if before is not None else ""
    if word in tables.context_words("place_preposition"):
        return "addressee" if word in ("a", "au") and _governed(before, "addressee_lemma") else ""
    if before is not None and word in ("de", "d'", "du"):
        if _follows(before, "power_noun") or _comes_from(before):
            return "possessor"
        return "seat" if seat and not _follows(before, "place_noun") else ""
    if word == "entre" or (before is not None and word == "et" and _is_in_pair(before)):
        return "between"
    if word in tables.context_words("actor_preposition"):
        return "" if _moves(before) else "agent"
    if _is_subject(span):
        return "subject"
    if _is_patient(_opening(before)):
        return "patient"
    if _is_speaker(span):
        return "subject"
    return "seat" if seat else ""


def _comes_from(preposition: Token) -> bool:
    """« la réponse est venue de Budapest »: what an actor gives comes from there."""
    start = max(preposition.sent.start, preposition.i - _REACH)
    near = [level(t.lower_) for t in preposition.doc[start : preposition.i]]
    if not near or not near[-1].startswith(("venu", "vien")):
        return False
    return any(word in _words("power_noun") for word in near)


def _moves(preposition: Token | None) -> bool:
    """« a quitté Doha pour Ankara », « en passant par Alger »: on the way, not by an actor."""
    if preposition is None or preposition.i == 0:
        return False
    if preposition.lower_ == "par":
        return level(lemma(preposition.nbor(-1))) in _words("route_lemma")
    start = max(preposition.sent.start, preposition.i - _REACH)
    near = preposition.doc[start : preposition.i]
    return preposition.lower_ == "pour" and any(
        level(lemma(t)) in _words("motion_lemma") for t in near
    )


def _words(kind: str) -> frozenset[str]:
    return tables.context_words(kind)


def _governed(preposition: Token | None, kind: str) -> bool:
    """« reproche à Kigali »: a verb of that kind stands within two words before."""
    if preposition is None:
        return False
    words = preposition.doc[max(0, preposition.i - 2) : preposition.i]
    return any(_lemmas(token) & _words(kind) for token in words)


def _lemmas(token: Token) -> frozenset[str]:
    """The verbs of the table that a word may be a form of."""
    return _verb_forms().get(level(token.lower_), frozenset())


@cache
def _verb_forms() -> dict[str, frozenset[str]]:
    lemmas: dict[str, set[str]] = {}
    for row in tables.verbs():
        lemmas.setdefault(level(row.form), set()).add(level(row.lemma))
    return {form: frozenset(found) for form, found in lemmas.items()}


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
        if part_of_speech(token) not in ("ADJ", "VERB"):
            return False
    return False


def _opening(before: Token | None) -> Token | None:
    """The word before a list of names, « félicité » in « félicité Rome et Madrid »."""
    while before is not None and (before.lower_ in ("et", "ni", "ou", ",") and before.i > 0):
        name = before.nbor(-1)
        if not name.text[:1].isupper():
            return None
        while name.i > 0 and (name.text[:1].isupper() or level(name.lower_) in _articles()):
            name = name.nbor(-1)
        before = name
    return before


def _is_patient(verb: Token | None) -> bool:
    """« condamné Pyongyang », « loin de condamner Damas »."""
    if verb is None:
        return False
    return bool((_lemmas(verb) | {level(verb.lower_)}) & _words("patient_lemma"))


def _is_speaker(span: Span) -> bool:
    """« , a prévenu Moscou. », « », insiste Kigali, »: said by the one that closes the incise."""
    doc, i = span.doc, span.start - 1
    after = doc[span.end].text if span.end < span.sent.end else "."
    if after[0] not in ",.;:!?–\n" or i < 1 or level(doc[i].lower_) not in _speech():
        return False
    i -= 1
    while i > 0 and (
        level(doc[i].lower_) in _words("auxiliary") or part_of_speech(doc[i]) == "ADV"
    ):
        i -= 1
    return doc[i].text in (",", "»", '"', "”")


@cache
def _speech() -> frozenset[str]:
    return frozenset(level(row.form) for row in tables.verbs() if row.kind == "speech")


def _is_in_pair(conjunction: Token) -> bool:
    """« entre Paris et Berlin »: an « entre » opens the pair."""
    start = max(conjunction.sent.start, conjunction.i - _PAIR_REACH)
    return any(token.lower_ == "entre" for token in conjunction.doc[start : conjunction.i])


def _is_subject(span: Span) -> bool:
    """A finite verb follows that is not said of places, or the parser says so.

    Only clitics, adverbs and the names coordinated with the span (« Niamey et Ouagadougou n'ont
    pas répondu ») may stand between; « être » counts only before the participle of an actor's
    verb.
    """
    auxiliary = ""
    for token in span.doc[span.end : span.end + _REACH]:
        word = level(token.lower_)
        if _lemmas(token) or _does(token):
            return True
        if word in _words("auxiliary"):
            auxiliary = auxiliary or word
        elif auxiliary and is_participle(token):
            return _has_avoir(auxiliary) and word not in _words("stative_participle")
        elif is_finite(token):
            return level(lemma(token)) not in _words("place_lemma")
        elif not _is_between_subject_and_verb(token):
            break
    return span.root.dep_ in ("nsubj", "nsubj:pass", "obl:agent") and bool(_lemmas(span.root.head))


def _does(token: Token) -> bool:
    """« fait savoir », « compte sur », « se renvoyant la faute »: what no place does."""
    after = level(token.nbor().lower_) if token.i + 1 < len(token.doc) else ""
    word = level(token.lower_)
    if re.fullmatch("f(ai|er|on)\\w*", word):
        return after in _words("faire_complement")
    if word.startswith("compt"):
        return after == "sur"
    return (
        word.endswith("ant")
        and level(token.nbor(-1).lower_) in ("se", "s'")
        and after in ("le", "la", "l'", "les", "un", "une", "des")
    )


def _has_avoir(auxiliary: str) -> bool:
    return auxiliary[0] == "a" or auxiliary == "ont"


def _is_between_subject_and_verb(token: Token) -> bool:
    return (
        level(token.lower_) in _words("clitic")
        or part_of_speech(token) == "ADV"
        or token.lower_ in ("et", "ni", "ou")
        or token.text[:1].isupper()
    )
