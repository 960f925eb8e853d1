"""Who does, and who undergoes, what a noun of action tells: one function a construction."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span

from entextract import tables
from entextract.pipes.relations.arguments import PLACING, completes
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.deeds import adjectives_after, common_object
from entextract.pipes.relations.noun_phrases import NounPhrases
from entextract.pipes.relations.places import after, inner_place
from entextract.pipes.relations.verb import Clause, Slot
from entextract.tables.relation_rows import Trigger

Ends = tuple[list[Span], list[Span]]


def noun_ends(
    row: Trigger, i: int, end: int, clauses: Clauses
) -> tuple[Ends, Clause | None] | None:
    """The ends that a row finds around a noun, and the verb that makes it true.

    Args:
        row: what the noun states, and where its ends stand.
        i: the token of the noun.
        end: the token after its words: « accord de principe ».
        clauses: the sentence.
    """
    s = clauses.noun_phrases
    slots = clauses.slots(end - 1, noun=True)
    done = authored(end, clauses)
    if done is not None:
        slots = [*slots, *clauses.slots(done.i)]
    adjectives = adjectives_after(s, end)
    led = _led(end, clauses)
    if led is not None:
        return _of_led(row, led, clauses)
    support = _support(i, clauses) or _occasion(row, i, clauses)
    if support is None and done is not None and not done.without_auxiliary:
        support = done
    owned = s.low[s.tokens.determiner(i)] in tables.words("possessive")
    first = _first_of(slots, s) if row.source == "de" and slots and not owned else []
    if row.source == "entre" or "recip" in row.target:
        members = _between(slots, s) or (adjectives if len(adjectives) > 1 else first)
        if len(members) < 2 and support is not None and "recip" in row.target:
            members = _subject(support, s)
        if len(members) > 1:
            return (members, []), support
        if row.source == "entre":
            return None
    if adjectives and not any(span.label_ == "PER" for span in first):
        first = []  # « le soutien russe à A et l'aide de B »
    rest = slots[1:] if first else slots
    targets: list[Span] = []
    for place in row.target.split("|"):
        targets = targets or after(place, rest, s)
    if first and not targets and "de" in row.target.split("|"):
        targets = inner_place(slots[0].arg)
    agents = after("par", slots, s) if done is not None else []
    sources = agents or (first if row.source == "de" else after(row.source, slots, s))
    sources = sources or adjectives or _owner(i, clauses, support)
    return ((sources, targets), support) if sources and targets else None


def authored(end: int, clauses: Clauses) -> Clause | None:
    """The passive verb by which a noun is done: « prises par A », « a été conclu entre »."""
    s = clauses.noun_phrases
    for k in range(end, s.end):
        verb = clauses.verbs.get(k)
        if verb is not None:
            mine = verb.passive and not tables.words("authored_verb").isdisjoint(verb.lemmas)
            return verb if mine else None
        named = k in s.entities and s.tokens.demonym(k) is None
        apart = s.low[k] == "," and k + 1 not in clauses.verbs
        if named or apart or s.low[k] in tables.words("clause_boundary", "coordinator"):
            return None
    return None


def _led(end: int, clauses: Clauses) -> Clause | None:
    """The verb of « la guerre que A mène contre B », « le soutien qu'apporte A à B »."""
    s = clauses.noun_phrases
    k = end
    while s.low[k] and s.doc[k].pos_ == "ADJ":
        k += 1
    if s.low[k] not in tables.words("complementizer"):
        return None
    verb = next((clauses.verbs[j] for j in range(k, s.end) if j in clauses.verbs), None)
    if verb is None or verb.passive or verb.form != "finite":
        return None
    return verb if verb.lemmas.keys() & tables.words("support_verb") else None


def _of_led(row: Trigger, led: Clause, clauses: Clauses) -> tuple[Ends, Clause | None] | None:
    s = clauses.noun_phrases
    slots = clauses.slots(led.i)
    sources = _subject(led, s) or after("obj", slots, s)
    targets: list[Span] = []
    for place in row.target.split("|"):
        targets = targets or (after(place, slots, s) if place != "de" else [])
    return ((sources, targets), led) if sources and targets else None


def _first_of(slots: list[Slot], s: NounPhrases) -> list[Span]:
    first = slots[0]
    if first.prep == "de" and not completes(first.arg):
        return list(s.members(first.arg))
    return []


def _between(slots: list[Slot], s: NounPhrases) -> list[Span]:
    """« entre A et B », of the noun or of the participle after it."""
    for slot in slots:
        if slot.prep == "entre":
            return list(s.members(slot.arg))
        if not slot.prep or slot.prep == "de":
            return []
    return []


def _subject(verb: Clause, s: NounPhrases) -> list[Span]:
    return list(s.members(verb.subject)) if verb.subject is not None else []


def _support(i: int, clauses: Clauses) -> Clause | None:
    """The verb of which the noun is the object: « a eu un entretien »."""
    s = clauses.noun_phrases
    start = s.tokens.determiner(i)
    if s.low[start - 2] == "partie":
        return _earlier(start, clauses)
    if s.tokens.preposition(i) and s.low[start] not in ("des", "d'"):
        return None
    for k in range(start - 1, s.start - 1, -1):
        if k in clauses.verbs:
            verb = clauses.verbs[k]
            known = verb.lemmas.keys() & tables.words("support_verb")
            return verb if known and not verb.passive else None
        other = s.doc[k].pos_ == "NOUN" and not s.tokens.is_time(k)
        if k in s.at or other or s.low[k] in (",", ";", ":"):
            return None
    return None


def _earlier(start: int, clauses: Clauses) -> Clause | None:
    """The finite verb before a token, if its subject acts."""
    earlier = [v for k, v in clauses.verbs.items() if k < start]
    near = earlier[-1] if earlier else None
    acts = near is not None and near.form == "finite" and not near.passive
    return near if acts else None


def _occasion(row: Trigger, i: int, clauses: Clauses) -> Clause | None:
    """The verb of what happens « lors d'un entretien avec B », before or after it.

    Who meets is who does it; of an attack one cannot tell.
    """
    s = clauses.noun_phrases
    if row.kind != "consult":
        return None
    start = s.tokens.determiner(i)
    before = start - 1 - (s.low[start - 1] in tables.spellings_of("de"))
    if s.low[before] not in tables.words("occasion"):
        return None
    return opened(i, clauses) or _earlier(start, clauses)


def opened(i: int, clauses: Clauses) -> Clause | None:
    """The main verb after what opens a sentence: « En visite à Pékin, A a salué B ».

    None where a verb stands before, or where no comma is before the subject.
    """
    s = clauses.noun_phrases
    if any(k < i for k in clauses.verbs):
        return None
    main = next((v for k, v in clauses.verbs.items() if k > i and v.form == "finite"), None)
    if main is None or main.passive or main.subject is None or main.subject.prep:
        return None
    start = main.subject.start
    return main if i < start and s.low[s.tokens.determiner(start) - 1] == "," else None


def _owner(i: int, clauses: Clauses, support: Clause | None) -> list[Span]:
    """Whose « sa visite » is: the subject of the nearest verb, or of the one that has it."""
    s = clauses.noun_phrases
    if s.low[i - 1] == "en":
        return _on_visit(i - 2, clauses)
    if support is not None:
        return _subject(support, s)
    if s.low[s.tokens.determiner(i)] in tables.words("possessive") and not _completes_noun(i, s):
        if (blamed := _for_what(i, clauses)) is not None:
            return after("obj", clauses.slots(blamed.i), s)
        for verb in _nearest(i, clauses):
            if verb.subject is not None and verb.subject.entity is not None:
                return list(s.members(verb.subject))
    return []


def _for_what(i: int, clauses: Clauses) -> Clause | None:
    """The verb whose object did it: « sanctionne B pour son soutien à C », « en raison de »."""
    s = clauses.noun_phrases
    k = s.tokens.determiner(i) - 1
    cause = s.low[k] in tables.spellings_of("de") and s.low[k - 1] in tables.words("cause_noun")
    if s.tokens.preposition(i) != "pour" and not cause:
        return None
    earlier = next((clauses.verbs[j] for j in s.tokens.before(i, i) if j in clauses.verbs), None)
    if earlier is None or earlier.reflexive or earlier.passive:
        return None
    named = any(not slot.prep for slot in clauses.slots(earlier.i))
    return earlier if named or common_object(earlier.i, clauses) is not None else None


def _completes_noun(i: int, s: NounPhrases) -> bool:
    """« des comptes-rendus de ses rencontres », but not « au terme de sa visite »."""
    of = s.tokens.determiner(i) - 1
    k = of - 1
    while s.low[k] and s.doc[k].pos_ == "ADJ":
        k -= 1
    noun = bool(s.low[k]) and (s.doc[k].pos_ == "NOUN" or s.low[k - 1] == "-")  # « comptes-rendus »
    if s.low[of] not in tables.spellings_of("de") or not noun:
        return False
    if s.low[k] in tables.words("negative_noun"):
        return False  # « annonce la fin de sa coopération »
    return s.tokens.preposition(k) not in {*PLACING, "other"}


def _nearest(i: int, clauses: Clauses) -> Iterator[Clause]:
    """The verbs that have a subject, those before a token first, the nearest before others."""
    order = sorted(clauses.verbs.items(), key=lambda kv: (kv[0] > i, abs(kv[0] - i)))
    return (verb for _, verb in order if verb.form in ("finite", "infinitive"))


def _on_visit(k: int, clauses: Clauses) -> list[Span]:
    """Who is « en visite »: the name before a comma, the subject of « est », or of what follows."""
    s = clauses.noun_phrases
    if k < s.start:
        main = opened(k + 1, clauses)
        return _subject(main, s) if main is not None else []
    if s.low[k] == ",":
        arg = s.at_comma(k)
    else:
        arg = clauses.verbs[k].subject if k in clauses.verbs else None
    return list(s.members(arg)) if arg is not None else []
