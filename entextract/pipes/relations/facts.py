"""Facts that titles and appositions state: offices, parties, nationality, kin."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span

from entextract import tables
from entextract.pipes.relations.arguments import Arg, Role, is_demonym
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.factuality import Factuality
from entextract.pipes.relations.frames import Found
from entextract.pipes.relations.locations import borders, located, seats
from entextract.pipes.relations.noun_phrases import NounPhrases
from entextract.pipes.relations.parties import bracketed, enumerated, is_party, of_leader
from entextract.pipes.relations.shared_roles import coordinated, roles_of


def facts_of(clauses: Clauses, factuality: Factuality) -> Iterator[Found]:
    """The facts of a sentence that neither a verb of action nor a noun of relation states."""
    s = clauses.noun_phrases
    for arg in s.args:
        yield from _offices(arg, s)
        yield from located(arg, s)
        yield from of_leader(arg, s)
        yield from bracketed(arg, s)
        yield from enumerated(arg, s)
        yield from _possessed(arg, s)
    yield from _predicates(clauses, factuality)
    yield from _heads(clauses, factuality)
    yield from _nationality(s)
    yield from borders(s)
    yield from seats(s)


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
    former = former or s.low[role.start].startswith("ex-") or _is_over(role.end, s)
    if status == "actual" and not tables.words("prospective_adjective").isdisjoint(before):
        status = "future"
    words = _office(role, s)
    office = words if kind == "position_held" else ""
    trigger = (role.start, role.stop)
    return Found(person, place, kind, status, None, trigger, rule, office, former)


def _is_over(i: int, s: NounPhrases) -> bool:
    """« de 2000 à 2012 », « entre 2011 et 2019 », « jusqu'en 2020 » after an office."""
    opening, first, to, last = (s.low[i + n] for n in range(4))
    if opening in tables.spellings_of("de") or opening == "entre":
        joined = to in tables.spellings_of("à") or to in tables.words("coordinator")
        return _is_year(first) and joined and _is_year(last)
    return opening == "jusqu'" and first == "en" and _is_year(to)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal()


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
    for i in s.low.among(("tête",)):
        if s.low[i - 2 : i] != ["à", "la"]:
            continue
        body = next((a.entity for a in s.args if i + 1 < a.start <= i + 4 and a.prep == "de"), None)
        if body is None or body.label_ not in ("ORG", "COUNTRY"):
            continue
        bearer = s.at_comma(i - 3) if s.low[i - 3] == "," else s.at.get(i - 3)
        status = "actual"
        if bearer is None or bearer.entity is None or bearer.entity.label_ != "PER":
            earlier = (clauses.verbs.get(k) or clauses.copula(k) for k in s.tokens.before(i, i))
            verb = next(filter(None, earlier), None)
            bearer = verb.subject if verb is not None else None
            status = factuality.of(verb).status if verb is not None else status
        if bearer is not None and bearer.entity is not None and bearer.entity.label_ == "PER":
            at, office = (i - 2, i + 1), "à la tête"
            yield Found(bearer.entity, body, "position_held", status, None, at, "head", office)


def _nationality(s: NounPhrases) -> Iterator[Found]:
    """« X, de nationalité belge », « deux hommes de nationalité belge (X et Y) »."""
    for i in s.low.among(("nationalité",)):
        state = s.entities.get(i + 1)
        if state is None or not is_demonym(state):
            continue
        bearer = s.at.get(state.end + 1) if s.low[state.end] == "(" else None
        if bearer is None:
            bearer = s.at_comma(i - 2) if s.low[i - 2] == "," else s.at.get(state.end)
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
