"""Says whether a capital or a seat of power stands for those who govern there."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Span, Token

from entextract import tables
from entextract.pipes.part_of_speech import (
    auxiliary_of,
    is_finite,
    is_infinitive,
    is_participle,
    lemma,
    part_of_speech,
    verbs_of,
)
from entextract.pipes.spans import is_capitalised
from entextract.records.spelling import level
from entextract.tables.row_classes import WordKind

_REACH = 6  # tokens around a name in which the words that it depends on are looked for


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
    how = _after(before, seat=seat) if before is not None else None
    if how is not None:
        return how
    if _is_subject(span):
        return "subject"
    if before is not None and _is_patient(_opening(before)):
        return "patient"
    if _is_speaker(span):
        return "subject"
    return "seat" if seat else ""


def _after(before: Token, *, seat: bool) -> str | None:
    """How a place acts after a preposition or in a pair; none where another word stands before."""
    word = level(before.lower_)
    if word in _words("place_preposition"):
        return "addressee" if word in ("a", "au") and _governed(before) else ""
    if word in tables.spellings_of("de") and word != "des":
        if _follows(before, "power_noun") or _comes_from(before):
            return "possessor"
        return "seat" if seat and not _follows(before, "place_noun") else ""
    if word == "entre" or (word == "et" and _is_in_pair(before)):
        return "between"
    if word in _words("actor_preposition"):
        return "" if _moves(before) else "agent"
    return None


def _near(token: Token, reach: int = _REACH) -> Span:
    """So many words before a token, in its sentence."""
    return token.doc[max(token.sent.start, token.i - reach) : token.i]


def _comes_from(preposition: Token) -> bool:
    """« la réponse est venue de Budapest »: what an actor gives comes from there."""
    near = _near(preposition)
    if not any("venir" in verbs_of(token) for token in near[-1:]):
        return False
    return any(level(token.lower_) in _words("power_noun") for token in near)


def _moves(preposition: Token) -> bool:
    """« a quitté Doha pour Ankara », « en passant par Alger »: on the way, not by an actor."""
    if preposition.lower_ == "par":
        return _is_any(_near(preposition, 1), "route_verb")
    return preposition.lower_ == "pour" and _is_any(_near(preposition), "departure_verb")


def _is_any(words: Span, kind: WordKind) -> bool:
    return any(level(lemma(token)) in _words(kind) for token in words)


def _words(*kinds: WordKind) -> frozenset[str]:
    return tables.levelled_words(*kinds)


def _governed(preposition: Token) -> bool:
    """« reproche à Kigali »: a verb of saying or giving stands within two words before.

    Not « s'impose à Madrid ».
    """
    near = _near(preposition, 3)
    for token in near[-2:]:
        if verbs := _lemmas(token) & _words("addressee_verb"):
            reflexive = any(level(t.lower_) in _words("reflexive_clitic") for t in near)
            return not (reflexive and verbs <= _words("reflexive_victory_verb"))
    return False


def _lemmas(token: Token) -> frozenset[str]:
    """The verbs of the table that a word may be a form of."""
    return _verb_forms().get(level(token.lower_), frozenset())


@cache
def _verb_forms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for form, lemmas in tables.acting_forms().items():
        found.setdefault(level(form), set()).update(map(level, lemmas))
    return {form: frozenset(lemmas) for form, lemmas in found.items()}


def _before(span: Span) -> Token | None:
    """The word before a name on its line, its article and quotes skipped."""
    for token in reversed(span.doc[: span.start]):
        if "\n" in token.text:
            return None
        if not (
            token.is_quote or token.is_space or level(token.lower_) in _words("definite_article")
        ):
            return token
    return None


def _follows(preposition: Token, kind: WordKind) -> bool:
    """Whether a noun of that kind stands before, one adjective allowed between."""
    for token in reversed(_near(preposition, 2)):
        if level(token.lower_) in _words(kind):
            return True
        if part_of_speech(token) not in ("ADJ", "VERB"):
            return False
    return False


def _opening(before: Token) -> Token | None:
    """The word before a list of names, « félicité » in « félicité Rome et Madrid »."""
    word: Token | None = before
    while word is not None and (word.lower_ in _words("coordinator") or word.text == ","):
        earlier = reversed(word.doc[: word.i])
        name = next(earlier, None)
        if name is None or not is_capitalised(name):
            return None
        word = next((t for t in earlier if t.is_sent_start or not _is_in_list(t)), None)
    return word


def _is_in_list(token: Token) -> bool:
    return is_capitalised(token) or level(token.lower_) in _words("definite_article")


def _is_patient(verb: Token | None) -> bool:
    """« condamné Pyongyang », « loin de condamner Damas »."""
    if verb is None:
        return False
    return not _words("patient_verb").isdisjoint({level(verb.lower_), *_lemmas(verb)})


def _is_speaker(span: Span) -> bool:
    """« , a prévenu Moscou. », « », insiste Kigali, »: said by the one that closes the incise."""
    after = span.doc[span.end].text if span.end < span.sent.end else "."
    earlier = reversed(span.doc[: span.start])
    verb = next(earlier, None)
    if verb is None or level(verb.lower_) not in _speech():
        return False
    first = next((t for t in earlier if not _is_auxiliary_or_adverb(t)), None)
    closes = after.startswith(tuple(",.;:!?–\n"))
    return closes and first is not None and first.text in (",", "»", '"', "”")


def _is_auxiliary_or_adverb(token: Token) -> bool:
    return bool(auxiliary_of(token)) or part_of_speech(token) == "ADV"


@cache
def _speech() -> frozenset[str]:
    return frozenset(map(level, tables.speech_forms()))


def _is_in_pair(conjunction: Token) -> bool:
    """« entre Paris et Berlin »: an « entre » opens the pair."""
    return any(token.lower_ == "entre" for token in _near(conjunction))


def _is_subject(span: Span) -> bool:
    """A finite verb, or « à » and an infinitive, follows, or the parser says so.

    Only clitics, adverbs and the names coordinated with the span (« Niamey et Ouagadougou n'ont
    pas répondu ») may stand between; « être » counts only before the participle of an actor's
    verb.
    """
    auxiliary = ""
    for token in span.doc[span.end : span.end + _REACH]:
        if _lemmas(token) or _does(token):
            return True
        if found := auxiliary_of(token):
            auxiliary = auxiliary or found
        elif auxiliary and is_participle(token):
            stative = level(token.lower_) in _words("stative_participle")
            return auxiliary == "avoir" and not stative
        elif token.lower_ == "à":  # « appelle Moscou à négocier »
            return is_infinitive(token.nbor()) if token.i + 1 < len(token.doc) else False
        elif is_finite(token):
            return level(lemma(token)) not in _words("stative_verb")
        elif not _is_between_subject_and_verb(token):
            break
    return span.root.dep_ in ("nsubj", "nsubj:pass", "obl:agent") and bool(_lemmas(span.root.head))


def _does(token: Token) -> bool:
    """« fait savoir », « compte sur », « se renvoyant la faute »: what no place does."""
    after = level(token.nbor().lower_) if token.i + 1 < len(token.doc) else ""
    verbs = verbs_of(token)
    if "faire" in verbs:
        return after in _words("faire_complement")
    if "compter" in verbs:
        return after == "sur"
    return (
        token.lower_.endswith("ant")
        and level(token.nbor(-1).lower_) in _words("reflexive_clitic")
        and after in tables.articles()
    )


def _is_between_subject_and_verb(token: Token) -> bool:
    return (
        level(token.lower_) in _words("clitic")
        or part_of_speech(token) == "ADV"
        or token.lower_ in _words("coordinator")
        or token.lower_ == "qui"
        or (token.text == "," and token.i + 1 < len(token.doc) and token.nbor().lower_ == "qui")
        or is_capitalised(token)
    )
