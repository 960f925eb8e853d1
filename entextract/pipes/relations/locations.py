"""Facts of place: what lies where, where a body has its seat, which states share a border."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span

from entextract import tables
from entextract.pipes.relations.arguments import PLACING, Arg, is_demonym
from entextract.pipes.relations.frames import Found
from entextract.pipes.relations.noun_phrases import NounPhrases
from entextract.records.rules import Rule
from entextract.records.spelling import level


def located(arg: Arg, s: NounPhrases) -> Iterator[Found]:
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
    one = s.low[entity.start - 1] in tables.words("singular_article", "singular_indefinite")
    like = one and entity.text.lower() in tables.words("byname")  # « le Google chinois »
    if entity.label_ == "ORG" and following is not None and is_demonym(following) and not like:
        yield Found(
            entity,
            following,
            "located_in",
            "actual",
            None,
            (following.start, following.end),
            "adjective",
        )
    if entity.label_ == "ORG" and (place := _in_brackets(entity, s)) is not None:
        at = (place.start, place.end)
        yield Found(entity, place, "located_in", "actual", None, at, "bracket")
    if entity.label_ != "LOC" or len(arg.group) > 1 or level(entity.text) in tables.continents():
        return
    k = arg.end
    comma = s.low[k] == ","
    k += comma
    region = _inside(k, s)
    if region is not None and region.kb_id_ != entity.kb_id_:
        yield Found(entity, region, "located_in", "actual", None, (k, k + 1), "place")
        return
    if tables.prepositions().get(s.low[k]) not in PLACING or s.low[k] == "à":
        return  # « à Salisbury, à Londres » are two places
    if any(s.doc[j].like_num for j in range(entity.end, k)):
        return  # « en Guyane (2,1 %), dans l'Hérault (1,2 %) »
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
    again = s.low[s.tokens.determiner(arg.start) - 1] == s.low[k]
    if comma and again and place.label_ != "COUNTRY":
        return  # « en Afrique, en Amérique latine »
    allowed = PLACING if comma else (*PLACING, "other")
    if arg.prep not in allowed and not (opens if comma else said):
        return
    listed = s.low[place.end] in tables.words("coordinator", "list_joiner")
    if listed and comma or (not comma and place.label_ != "COUNTRY"):
        return
    yield Found(entity, place, "located_in", "actual", None, (k, k + 1), "place")


def _in_brackets(body: Span, s: NounPhrases) -> Span | None:
    """« l'Institut Pasteur (Paris) »: the place alone in the brackets after a body."""
    place = s.entities.get(body.end + 1) if s.low[body.end] == "(" else None
    if place is None or place.label_ not in ("LOC", "COUNTRY") or s.low[place.end] != ")":
        return None
    return None if is_demonym(place) else place


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


def seats(s: NounPhrases) -> Iterator[Found]:
    """« basée à New York », « dont le siège est à Moscou », « capitale de »."""
    seated, capital = tables.words("seat_participle"), tables.words("capital")
    for i in s.low.among(seated | capital | {"siège"}):
        word = s.low[i]
        if word in seated:
            owner = _before(i, s)
            target = _first(i + 1, s, PLACING)
        elif word == "siège" and "dont" in (near := s.low[i - 3 : i]):
            owner = _before(i - len(near) + near.index("dont"), s)
            denied = not tables.words("negative_clitic").isdisjoint(s.low[i : i + 5])
            target = None if denied else _first(i + 1, s, PLACING)
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
    target = _first(owner.end, s, PLACING)
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


def borders(s: NounPhrases) -> Iterator[Found]:
    """« la frontière russo-ukrainienne »."""
    for i in s.low.among(tables.words("border")):
        a = s.entities.get(i + 1)
        b = s.entities.get(a.end + 1) if a is not None and s.low[a.end] == "-" else None
        if a is not None and b is not None and is_demonym(a) and is_demonym(b):
            yield Found(a, b, "shares_border_with", "actual", None, (i, i + 1), "adjective")
