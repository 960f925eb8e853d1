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
from entextract.pipes.spans import is_capitalised, text_at
from entextract.records.spelling import level
from entextract.tables.row_classes import WordKind

# Tokens around a name in which the words that it depends on are looked for: 3 loses 12 metonyms in
# 2,118 texts, 8 and 12 find one more: « Oslo et Stockholm n'ont pas toujours répondu ».
_REACH = 6


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
    if not _is_object_of_participle(before) and (_is_subject(span) or _is_asked(span)):
        return "subject"
    if before is not None and _is_patient(_opening(before)):
        return "patient"
    if _is_speaker(span):
        return "subject"
    return "seat" if seat else ""


def _after(before: Token, *, seat: bool) -> str | None:
    """How a place acts after a preposition or in a pair; none where another word stands before."""
    word = level(before.lower_)
    if _closes_phrase(before):
        return "addressee"
    if word in _words("place_preposition"):
        given = word in ("a", "au") and (_governed(before) or _is_given(before))
        return "addressee" if given else ""
    if word in tables.spellings_of("de") and word != "des":
        if _stands_after_noun(before, "power_noun") or _comes_from(before):
            return "possessor"
        return "seat" if seat and not _stands_after_noun(before, "place_noun") else ""
    if word == "entre" or (word == "et" and _is_in_pair(before)):
        return "" if _is_among_places(before) else "between"
    if word in _words("coordinator") or word == ",":  # « négocié par Ankara et Moscou »
        first = _opening(before)
        if first is None or first.is_punct or not before.sent.start <= first.i < before.i:
            return None
        how = _after(first, seat=False) or None
        return None if how == "between" else how
    if word in _words("actor_preposition"):
        return "" if _moves(before) else "agent"
    return None


def _closes_phrase(before: Token) -> bool:
    """« face à », « de la part de », « vis-à-vis de »: what introduces an actor alone."""
    near = level(_near(before, _REACH).text.lower() + before.doc[before.i - 1].whitespace_)
    text = near + level(before.lower_)
    return any(f" {text}".endswith((f" {p}", f"\n{p}")) for p in _words("actor_phrase"))


def _is_given(preposition: Token) -> bool:
    """« soutien à Oslo », « livrer deux drones à Oslo », « la livraison d'armes à Oslo »."""
    if _stands_after_noun(preposition, "addressee_noun"):
        return True
    for token in reversed(_near(preposition)):
        word = level(token.lower_)
        if word in _words("delivery_noun") or level(lemma(token)) in _words("transfer_verb"):
            return True
        if token.text == "," or word in _words("coordinator"):
            return False
    return False


def _is_among_places(word: Token) -> bool:
    """« entre la Flandre, la Wallonie et Bruxelles »: in a list of regions, a place."""
    sentence = word.sent
    opening = next(
        (t for t in reversed(word.doc[sentence.start : word.i + 1]) if t.lower_ == "entre"), word
    )
    for token in word.doc[opening.i + 1 : min(sentence.end, opening.i + 2 * _REACH)]:
        if token.norm_ in _regions():
            return True
        if token.is_punct and token.text != ",":
            return False
        if not (_is_in_list(token) or token.text == "," or token.lower_ in _words("coordinator")):
            return False
    return False


@cache
def _regions() -> frozenset[str]:
    towns = {level(r.form) for r in tables.countries() if r.kind in ("capital", "metonym")}
    return frozenset(level(r.form) for r in tables.places() if r.strength == "strong") - towns


def _is_object_of_participle(before: Token | None) -> bool:
    """« les communes entourant Rome réclament »: Rome is not who claims."""
    return before is not None and before.lower_.endswith("ant") and part_of_speech(before) == "VERB"


def _is_asked(span: Span) -> bool:
    """« Que peut faire Bruxelles ? »: the subject stands last in a question."""
    if text_at(span.doc, span.end) != "?":
        return False
    first = next((t for t in span.sent if t.is_alpha or t.lower_ == "qu'"), None)
    if first is None or level(first.lower_) not in ("que", "qu'"):
        return False
    before = span.doc[span.start - 1]
    return is_infinitive(before) or is_finite(before)


def _near(token: Token, reach: int = _REACH) -> Span:
    """So many words before a token, in its sentence."""
    doc, start = token.doc, token.i
    while start > max(0, token.i - reach) and not doc[start].is_sent_start:
        start -= 1
    return doc[start : token.i]


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


def _stands_after_noun(preposition: Token, kind: WordKind) -> bool:
    """Whether a noun of that kind stands before, adjectives allowed between."""
    for token in reversed(_near(preposition)):
        if level(token.lower_) in _words(kind):
            return True
        if auxiliary_of(token):
            return False
        joins = token.lower_ == "et" and token.i + 1 < preposition.i  # « politique et économique »
        if not joins and part_of_speech(token) not in ("ADJ", "VERB"):
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
    reflexive = False
    first = _after_aside(span)
    for token in span.doc[first : first + _REACH]:
        reflexive = reflexive or level(token.lower_) in _words("reflexive_clitic")
        if auxiliary == "être" and level(token.lower_) in _words("attitude_adjective"):
            return True
        if _lemmas(token) or _takes_an_actor(token):
            return True
        if found := auxiliary_of(token):
            auxiliary = auxiliary or found
        elif auxiliary and is_participle(token):
            stative = level(token.lower_) in _words("stative_participle")
            return (auxiliary == "avoir" or reflexive) and not stative
        elif token.lower_ == "à":  # « appelle Moscou à négocier »
            return is_infinitive(token.nbor()) if token.i + 1 < len(token.doc) else False
        elif is_finite(token):
            return level(lemma(token)) not in _words("stative_verb")
        elif not _is_between_subject_and_verb(token):
            break
    return span.root.dep_ in ("nsubj", "nsubj:pass", "obl:agent") and bool(_lemmas(span.root.head))


def _after_aside(span: Span) -> int:
    """Where the clause goes on: after « , de son côté, » and after « , l'ONU et Oslo », or at once.

    Only where the name opens its sentence or a clause: « il a quitté Lima, lundi, a dit Awa ».
    """
    doc, end = span.doc, span.end
    if text_at(doc, end) != ",":
        return end
    before = _before(span)
    opens = before is None or before.i < span.sent.start or before.is_punct and before.text != ","
    opens = opens or before is not None and before.lower_ in ("que", "qu'")
    if not opens:
        return end
    limit = min(span.sent.end, end + 2 * _REACH)
    listed = False
    for token in doc[end + 1 : limit]:
        if token.text == "," and not listed:
            aside = doc[end + 1 : token.i]
            if not is_capitalised(aside[-1]) and not any(is_capitalised(t) for t in aside):
                return token.i + 1 if not any(map(_is_verb, aside)) else end
        if token.lower_ == "et":
            listed = True
        elif _is_verb(token):
            return token.i if listed else end
        elif listed and not (
            _is_in_list(token) or token.text == "," or part_of_speech(token) == "ADJ"
        ):
            return end
    return end


def _is_verb(token: Token) -> bool:
    return bool(auxiliary_of(token)) or is_finite(token)


def _takes_an_actor(token: Token) -> bool:
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
