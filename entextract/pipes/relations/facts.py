"""Facts that titles, appositions and places side by side state."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span

from entextract import tables
from entextract.pipes.relations.arguments import Arg, Role, is_demonym
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.factuality import Factuality
from entextract.pipes.relations.frames import Found
from entextract.pipes.relations.noun_phrases import NounPhrases
from entextract.pipes.relations.parties import bracketed, is_party, of_leader
from entextract.pipes.relations.shared_roles import coordinated, roles_of
from entextract.records.rules import Rule

_PLACED = frozenset({"à", "en", "dans"})  # roles of prepositions, as the table has them


def facts_of(clauses: Clauses, factuality: Factuality) -> Iterator[Found]:
    """The facts of a sentence that neither a verb of action nor a noun of relation states."""
    s = clauses.noun_phrases
    for arg in s.args:
        yield from _offices(arg, s)
        yield from _located(arg, s)
        yield from of_leader(arg, s)
        yield from bracketed(arg, s)
        yield from _possessed(arg, s)
    yield from _predicates(clauses, factuality)
    yield from _heads(clauses, factuality)
    yield from _nationality(s)
    yield from _borders(s)
    yield from _seats(s)


# --- offices and nationality


def _offices(arg: Arg, s: NounPhrases) -> Iterator[Found]:
    for person, place, role in coordinated(arg, s):
        yield _fact(person, place, "position_held", role, s, "title")
    for role in roles_of(arg, s):
        if role.inner is not None and role.inner.person is not None:
            yield from of_role(role.inner.person, role.inner, s, "title")
        if arg.entity is None:
            continue
        if arg.entity.label_ == "PER":
            yield from of_role(arg.entity, role, s, "title")
        governs = s.low[role.start] in tables.words("cabinet_noun")
        if governs and role.holder is not None and role.adjective is not None:
            yield _fact(role.holder, role.adjective, "position_held", role, s, "title")


def of_role(
    person: Span, role: Role, s: NounPhrases, rule: str, status: str = "actual"
) -> Iterator[Found]:
    """What an office or a profession says of the person who bears it."""
    place = _place(role)
    if s.low[role.start] in tables.words("founder"):
        if place is not None and place.label_ == "ORG":
            at = (role.start, role.stop)
            yield Found(place, person, "founded_by", status, None, at, rule)
    elif role.kind == "body":
        return
    elif place is not None and is_party(place) and _belongs(role, place, s):
        yield _fact(person, place, "member_of", role, s, rule, status)
    elif role.kind == "profession" and place is not None and place is not role.adjective:
        if place.label_ == "ORG" and _is_employed(role, place, s):
            yield _fact(person, place, "position_held", role, s, rule, status)
    elif role.kind in ("office", "counterpart"):
        if place is not None and not _is_trade(role, s):
            yield _fact(person, place, "position_held", role, s, rule, status)
        elif place is not None and place.label_ == "COUNTRY" and place is role.adjective:
            # « l'avocat marocain », « le chef décorateur britannique »
            yield _fact(person, place, "citizen_of", role, s, rule, status)
    elif role.kind in ("profession", "people") and role.adjective is not None:
        yield _fact(person, role.adjective, "citizen_of", role, s, rule, status)


def _belongs(role: Role, party: Span, s: NounPhrases) -> bool:
    """« le député LFI X », « la sénatrice du PS X »: of the party, holding no office in it."""
    juxtaposed = s.low[party.start - 1] not in tables.determiners() | tables.prepositions().keys()
    return juxtaposed or s.low[role.start] in tables.words("elected_office")


def _is_employed(role: Role, body: Span, s: NounPhrases) -> bool:
    """« chercheur au CNRS », « journaliste de l'AFP », but not « otage du Hamas »."""
    word = s.low[role.start]
    if word in tables.words("no_employee"):
        return False
    at = not tables.spellings_of("à").isdisjoint(s.low[role.stop : body.start])
    at = at or "chez" in s.low[role.stop : body.start]
    return at or word in tables.words("employee_noun")


def _possessed(arg: Arg, s: NounPhrases) -> Iterator[Found]:
    """« le Canada …, sa ministre, X », « la Russie, dont l'ambassadeur, X, », « sa femme, Y »."""
    role = next(iter(arg.roles), None)
    person = arg.entity
    if role is None or role.kind not in ("office", "kin") or _place(role) or role.holder:
        return
    if person is None or person.label_ != "PER" or person.start < role.start:
        return
    if role.kind == "kin" and not {","}.issuperset(s.low[role.stop : person.start]):
        return  # « dont la cousine critique X »
    kind = "relative_of" if role.kind == "kin" else "position_held"
    labels = ("PER",) if role.kind == "kin" else ("COUNTRY", "ORG")
    first = s.tokens.determiner(role.start)
    if s.low[first - 1] == "dont":
        antecedent = s.at_comma(first - 2) or s.at.get(first - 2)
        owners = [antecedent.entity] if antecedent is not None else []
    elif s.low[first] in tables.words("possessive"):
        owners = [a.entity for a in s.args if a.end <= first and not a.prep and not a.via]
    else:
        return
    fitting = {o.kb_id_: o for o in owners if o is not None and o.label_ in labels}
    if len(fitting) == 1 and person.kb_id_ not in fitting:
        owner = next(iter(fitting.values()))
        yield _fact(person, owner, kind, role, s, "possessive")


def _is_trade(role: Role, s: NounPhrases) -> bool:
    """An office word that says a nationality, not a state: « le chef décorateur britannique »."""
    word = s.low[role.start]
    if word in tables.words("trade_without_office"):
        return True
    alone = word in tables.words("head_of_something")
    return (
        alone
        and tables.spellings_of("de").isdisjoint(s.low[role.start : role.end])
        and not role.places
    )


def _place(role: Role) -> Span | None:
    body = next((place for place in role.places if place.label_ == "ORG"), None)
    if body is not None and role.adjective is not None:  # « le président qatarien du PSG »
        return body
    if role.adjective is not None:
        return role.adjective
    if role.holder is not None:
        return None
    return role.places[0] if role.places else None


def _fact(
    person: Span,
    place: Span,
    kind: str,
    role: Role,
    s: NounPhrases,
    rule: str,
    status: str = "actual",
) -> Found:
    before = s.low[role.start - 2 : role.start]
    around = [*before, *s.low[role.stop : role.end]]
    former = not tables.words("former_adjective").isdisjoint(around) and "plus" not in before
    former = former or s.low[role.start].startswith("ex-")
    if status == "actual" and not tables.words("prospective_adjective").isdisjoint(before):
        status = "future"
    words = _office(role, s)
    office = words if kind == "position_held" else ""
    trigger = (role.start, role.stop)
    return Found(person, place, kind, status, None, trigger, rule, office, former)


def _office(role: Role, s: NounPhrases) -> str:
    """The words of an office without the state: « ministre des Affaires étrangères »."""
    words = []
    for k in range(role.start, role.end):
        entity = s.entities.get(k)
        if entity is not None:
            if is_demonym(entity):
                continue
            break
        words.append(s.doc[k].text_with_ws)
    small = _before_domains()
    while words and words[-1].strip().lower().replace("’", "'") in small | {"(", ","}:
        words.pop()
    return "".join(words).strip()


def _before_domains() -> frozenset[str]:
    """Small words that an office cannot end with: « ministre de la »."""
    of = tables.spellings_of("de") | tables.spellings_of("à")
    return of | tables.words("definite_article", "cut_article")


def _predicates(clauses: Clauses, factuality: Factuality) -> Iterator[Found]:
    """« X est le président de Y », « X a été nommé ministre », « pourrait devenir »."""
    s = clauses.noun_phrases
    for i in range(s.start, s.end):
        verb = clauses.copula(i)
        if verb is None:
            continue
        role = _role_after(i, s)
        if role is None:
            continue
        subject = verb.subject
        if subject is None or subject.entity is None or subject.entity.label_ != "PER":
            continue
        verdict = factuality.of(verb).status
        yield from of_role(subject.entity, role, s, "predicate", verdict)


def _heads(clauses: Clauses, factuality: Factuality) -> Iterator[Found]:
    """« X, à la tête de Y, », « X est à la tête de Y »."""
    s = clauses.noun_phrases
    for i in range(s.start, s.end):
        if s.low[i] != "tête" or s.low[i - 2 : i] != ["à", "la"]:
            continue
        body = next((a.entity for a in s.args if i + 1 < a.start <= i + 4 and a.prep == "de"), None)
        if body is None or body.label_ not in ("ORG", "COUNTRY"):
            continue
        bearer = s.at_comma(i - 3) if s.low[i - 3] == "," else s.at.get(i - 3)
        status = "actual"
        if bearer is None or bearer.entity is None or bearer.entity.label_ != "PER":
            verb = next(
                (clauses.verbs[k] for k in s.tokens.before(i, i) if k in clauses.verbs), None
            )
            bearer = verb.subject if verb is not None else None
            status = factuality.of(verb).status if verb is not None else status
        if bearer is not None and bearer.entity is not None and bearer.entity.label_ == "PER":
            at, office = (i - 2, i + 1), "à la tête"
            yield Found(bearer.entity, body, "position_held", status, None, at, "head", office)


def _nationality(s: NounPhrases) -> Iterator[Found]:
    """« X, de nationalité belge », « deux hommes de nationalité belge (X et Y) »."""
    for i in range(s.start, s.end):
        state = s.entities.get(i + 1) if s.low[i] == "nationalité" else None
        if state is None or not is_demonym(state):
            continue
        bearer = s.at.get(state.end + 1) if s.low[state.end] == "(" else None
        if bearer is None:
            bearer = s.at_comma(i - 2) if s.low[i - 2] == "," else None
        for person in s.members(bearer) if bearer is not None else ():
            if person.label_ == "PER":
                yield Found(person, state, "citizen_of", "actual", None, (i, i + 1), "nationality")


def _role_after(i: int, s: NounPhrases) -> Role | None:
    skipped = tables.articles() | tables.words("prenominal_adjective", "before_predicate")
    for j in s.tokens.after(i, 9):
        arg = s.at.get(j)
        if arg is not None and arg.start == j and arg.roles:
            role = arg.roles[0]
            return role if role.kind in ("office", "profession") and role.person is None else None
        timed = s.low[j] in tables.words("time") or s.doc[j].like_num
        if s.low[j] not in skipped and not timed:
            return None
    return None


# --- places


def _located(arg: Arg, s: NounPhrases) -> Iterator[Found]:
    """« à Salisbury, au Royaume-Uni », « le Hezbollah libanais »."""
    entity = arg.entity
    if entity is None or arg.via:
        return
    for role in arg.roles:
        if role.kind in ("body", "locality"):
            first = role.start
            plural = s.low[s.tokens.determiner(first)] in tables.words("plural_article")
            for state in role.places:
                for name in s.members(arg) if plural else (entity,):
                    if name.label_ == entity.label_ and state.kb_id_ != name.kb_id_:
                        at = (state.start, state.end)
                        yield Found(name, state, "located_in", "actual", None, at, "adjective")
    if any(role.kind not in ("body", "locality") for role in arg.roles):
        return
    following = s.entities.get(entity.end)
    if entity.label_ == "ORG" and following is not None and is_demonym(following):
        yield Found(
            entity,
            following,
            "located_in",
            "actual",
            None,
            (following.start, following.end),
            "adjective",
        )
    if entity.label_ != "LOC" or len(arg.group) > 1:
        return
    k = arg.end
    comma = s.low[k] == ","
    k += comma
    region = _inside(k, s)
    if region is not None and region.kb_id_ != entity.kb_id_:
        yield Found(entity, region, "located_in", "actual", None, (k, k + 1), "place")
        return
    if tables.prepositions().get(s.low[k]) not in _PLACED or s.low[k] == "à":
        return  # « à Salisbury, à Londres » are two places
    after = k + 1
    while s.low[after] in tables.words("definite_article", "region_kind") or s.low[after] == "de":
        after += 1
    place = s.entities.get(after)
    if place is None or place.label_ not in ("COUNTRY", "LOC"):
        return
    said = arg.start < entity.start or s.low[arg.start - 2] in _place_nouns()  # « la ville de X »
    opens = said or (not arg.prep and s.low[place.end] in (",", ".", ")"))
    if is_demonym(place) or Rule.parse(place.id_).kind == "metonym":
        return
    allowed = _PLACED if comma else (*_PLACED, "other")
    if arg.prep not in allowed and not (opens if comma else said):
        return
    listed = s.low[place.end] in tables.words("coordinator", "list_joiner")
    if listed and comma or (not comma and place.label_ != "COUNTRY"):
        return
    yield Found(entity, place, "located_in", "actual", None, (k, k + 1), "place")


def _inside(k: int, s: NounPhrases) -> Span | None:
    """« dans l'est de la RDC », « au sud-est de la Syrie »: the state or place around."""
    preposition = tables.prepositions().get(s.low[k])
    j = k + 1 + (s.low[k + 1] in tables.words("definite_article"))
    if s.low[j] == "extrême":
        j += 1
    if s.low[j] not in tables.words("direction") or s.low[j + 1] not in tables.spellings_of("de"):
        return None
    place = s.entities.get(j + 2 + (s.low[j + 2] in tables.words("definite_article")))
    if place is None or is_demonym(place) or place.label_ not in ("COUNTRY", "LOC"):
        return None
    # « au nord de Paris » is not in Paris
    inside = preposition == "dans" or (preposition == "à" and place.label_ == "COUNTRY")
    return place if inside else None


def _place_nouns() -> frozenset[str]:
    return tables.levelled_words("place_noun", "administrative_division", "capital")


def _seats(s: NounPhrases) -> Iterator[Found]:
    """« basée à New York », « dont le siège est à Moscou », « capitale de »."""
    seated, capital = tables.words("seat_participle"), tables.words("capital")
    for i in range(s.start, s.end):
        word = s.low[i]
        if word in seated:
            owner = _before(i, s)
            target = _first(i + 1, s, _PLACED)
        elif word == "siège" and "dont" in (near := s.low[i - 3 : i]):
            owner = _before(i - len(near) + near.index("dont"), s)
            denied = not tables.words("negative_clitic").isdisjoint(s.low[i : i + 5])
            target = None if denied else _first(i + 1, s, _PLACED)
        elif word == "siège" and s.low[i + 1] in tables.spellings_of("de"):
            owner, target = _seat_of(i, s)
        elif word in capital:
            owner = _before(i, s) or _named_after(i, s)
            target = _capital_of(i, s)
        else:
            continue
        if owner is None or target is None or owner.kb_id_ == target.kb_id_:
            continue
        if owner.label_ in ("LOC", "ORG") and target.label_ in ("LOC", "COUNTRY"):
            yield Found(owner, target, "located_in", "actual", None, (i, i + 1), "seat")


def _seat_of(i: int, s: NounPhrases) -> tuple[Span | None, Span | None]:
    """« le siège de X se trouve à Y », but not « l'attaque du siège de X à Y »."""
    owner = next((a for a in s.args if i < a.start <= i + 4), None)
    if owner is None or owner.prep != "de":
        return None, None
    target = _first(owner.end, s, _PLACED)
    between = s.doc[owner.end : target.start] if target is not None else ()
    told = any(token.pos_ in ("VERB", "AUX") for token in between)
    denied = not tables.words("negative_clitic").isdisjoint(t.lower_ for t in between)
    return (owner.entity, target) if told and not denied else (None, None)


def _before(i: int, s: NounPhrases) -> Span | None:
    k = i - 1
    while s.low[k] in tables.articles() or _is_being(s.low[k]):
        k -= 1
    if s.low[k] == "," and k not in s.at:
        k -= 1
    arg = s.at.get(k)
    return arg.entity if arg is not None and arg.end == k + 1 and not arg.via else None


def _is_being(word: str) -> bool:
    """« est », « étaient »."""
    readings = tables.verb_readings().get(word, ())
    return any(lemma == "être" and tense in ("present", "past") for lemma, tense in readings)


def _named_after(i: int, s: NounPhrases) -> Span | None:
    for arg in s.args:
        if i < arg.start <= i + 6 and s.low[arg.start - 1] == ",":
            return arg.entity if arg.entity is not None and arg.entity.label_ == "LOC" else None
    return None


def _capital_of(i: int, s: NounPhrases) -> Span | None:
    following = s.entities.get(i + 1)
    if following is not None and is_demonym(following):
        return following
    return _first(i + 1, s, frozenset({"de"}))


def _first(i: int, s: NounPhrases, prepositions: frozenset[str]) -> Span | None:
    for arg in s.args:
        if i <= arg.start <= i + 5:
            return arg.entity if arg.prep in prepositions else None
    return None


def _borders(s: NounPhrases) -> Iterator[Found]:
    """« la frontière russo-ukrainienne »."""
    for i in range(s.start, s.end):
        if s.low[i] not in tables.words("border"):
            continue
        a = s.entities.get(i + 1)
        b = s.entities.get(a.end + 1) if a is not None and s.low[a.end] == "-" else None
        if a is not None and b is not None and is_demonym(a) and is_demonym(b):
            yield Found(a, b, "shares_border_with", "actual", None, (i, i + 1), "adjective")
