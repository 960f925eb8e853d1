"""Goes through the rows of articles, and keeps of each entity what they say it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from entextract.actors.columns import gender_in, says_gender, says_party
from entextract.profiles.bodies import kind_before, kind_of_body, state_of
from entextract.profiles.gender import Sign, sign_before, sign_of_name, sign_of_office
from entextract.profiles.speech import counted_words
from entextract.profiles.stated import Attribute, Said, colleagues, said_by
from entextract.records.calendar import TimeOrder, day_of, time_order
from entextract.records.ids import has_label
from entextract.records.nouns import Entity, Profile, Relation, Rows, Sentence

# The share of the signs that one gender must have: one in four may be a slip, or a generic
# masculine, « le ministre Anne Rey ». On 141 pages 1 person of 387 has signs of both.
_AGREEING = 0.75
_ATTRIBUTES: tuple[Attribute, ...] = (
    "gender", "office", "former_office", "affiliation", "party", "kind_of_body", "owner", "head",
    "relative", "counterpart", "colleague",
)  # fmt: skip


class Place(NamedTuple):
    """Where something is said: the earliest place is the example that is shown."""

    time: TimeOrder
    article: str
    sentence: int
    rule: str


@dataclass(frozen=True, slots=True)
class Trait:
    """One value of an attribute of an entity, with its evidence.

    Attributes:
        entity: of whom.
        attribute: « gender », « office », « party » …, see ``Profile``.
        value: in words.
        other: id of the entity that the value speaks of; empty where there is none.
        count: how often it is said; 0 for what a table or the name alone says.
        share: of all that is said of this attribute.
        rule: what says it where it is first said: « civility », « position_held », « name » …
        article: where that is; empty for what a table or the name says.
        sentence: its number; -1 where there is none.
    """

    entity: str
    attribute: Attribute
    value: str
    other: str
    count: int
    share: float
    rule: str
    article: str = ""
    sentence: int = -1


class _Votes(NamedTuple):
    times: int
    first: Place


_Counted = dict[tuple[str, str], _Votes]  # by value in words and the entity that it speaks of


@dataclass(slots=True)
class _Speech:
    statements: int = 0
    words: int = 0


@dataclass(slots=True)
class Profiles:
    """What the articles say of each entity; made by ``profiles_of``."""

    entities: Mapping[str, Entity]
    votes: dict[str, dict[Attribute, _Counted]] = field(default_factory=dict)
    speech: dict[str, _Speech] = field(default_factory=dict)
    days: dict[str, tuple[str, str]] = field(default_factory=dict)

    def records(self) -> Iterator[Profile]:
        """The profile of each entity, in the order of the entities."""
        return map(self.profile, self.entities.values())

    def evidence(self, entity: Entity) -> list[Trait]:
        """The values of all attributes of an entity, each with where it is first said."""
        return [trait for name in _ATTRIBUTES for trait in self.traits(entity, name)]

    def profile(self, entity: Entity) -> Profile:
        """Who one entity is."""
        found = {name: self.traits(entity, name) for name in _ATTRIBUTES}
        spoken = self.speech.get(entity.id, _Speech())
        first, last = self.days.get(entity.id, ("", ""))

        def values(name: Attribute) -> tuple[str, ...]:
            return tuple(dict.fromkeys(trait.value for trait in found[name]))

        return Profile(
            entity=entity.id,
            name=entity.name,
            label=entity.label,
            gender=_agreed(found["gender"]),
            gender_share=round(found["gender"][0].share, 3) if found["gender"] else 0.0,
            offices=values("office"),
            former_offices=values("former_office"),
            affiliations=values("affiliation"),
            parties=values("party"),
            kind_of_body=next(iter(values("kind_of_body")), ""),
            owners=values("owner"),
            heads=values("head"),
            relatives=values("relative"),
            counterparts=values("counterpart"),
            colleagues=values("colleague"),
            statements=spoken.statements,
            words=spoken.words,
            first=first,
            last=last,
        )

    def attributes(self, entity: Entity) -> dict[str, str]:
        """What a graph shows of an entity: the first value of some attributes, if there is one."""
        found = {
            "gender": _agreed(self.traits(entity, "gender")),
            "office": self._first(entity, "office"),
            "affiliation": self._first(entity, "affiliation"),
            "party": self._first(entity, "party"),
            "kind_of_body": self._first(entity, "kind_of_body"),
        }
        return {name: value for name, value in found.items() if value}

    def _first(self, entity: Entity, name: Attribute) -> str:
        return next((trait.value for trait in self.traits(entity, name)), "")

    def traits(self, entity: Entity, name: Attribute) -> list[Trait]:
        """The values of one attribute of an entity, the most stated first."""
        if name == "gender":
            return self._gender(entity)
        known = self._known(entity, name)
        if known:
            return [known]
        votes = self.votes.get(entity.id, {}).get(name, {})
        if name == "affiliation" and not votes and entity.label == "PER":
            votes = self._state_of_offices(entity)
        return self._ranked(entity.id, name, votes)

    def _known(self, entity: Entity, name: Attribute) -> Trait | None:
        """What the tables or the name say, which no article needs to."""
        value = ""
        if name == "kind_of_body" and entity.label == "ORG":
            value = kind_of_body(entity)
        elif name == "party" and (said := _listed(entity, says_party)):
            return Trait(entity.id, name, said, "", 0, 1.0, "list")
        elif name == "affiliation":
            value = entity.country or (state_of(entity) if entity.label == "ORG" else "")
        return Trait(entity.id, name, value, "", 0, 1.0, "name") if value else None

    def _state_of_offices(self, entity: Entity) -> _Counted:
        """The states of the bodies in which a person holds an office."""
        found: _Counted = {}
        said = self.votes.get(entity.id, {})
        bodies: tuple[Attribute, ...] = ("office", "party")
        for name in bodies:
            for (_, other), votes in said.get(name, {}).items():
                body = self.entities.get(other)
                state = state_of(body) if body is not None and body.label == "ORG" else ""
                if state:
                    _add(found, (state, other), votes.times, votes.first)
        return found

    def _gender(self, entity: Entity) -> list[Trait]:
        """A list decides, then civilities; else other titles and the given name together."""
        if entity.label != "PER":
            return []
        if said := _listed(entity, says_gender, gender_in):
            return [Trait(entity.id, "gender", said, "", 0, 1.0, "list")]
        votes = dict(self.votes.get(entity.id, {}).get("gender", {}))
        civil = {key: vote for key, vote in votes.items() if key[1] == "civility"}
        if civil:
            votes = civil
        elif (sign := sign_of_name(entity.name)) is not None:
            own = Place(time_order(""), "", -1, sign.rule)
            _add(votes, (sign.gender, sign.rule), 1, own)
        merged: _Counted = {}
        for (gender, _), vote in votes.items():
            _add(merged, (gender, ""), vote.times, vote.first)
        return self._ranked(entity.id, "gender", merged)

    def _ranked(self, entity: str, name: Attribute, votes: _Counted) -> list[Trait]:
        total = sum(vote.times for vote in votes.values())
        traits = [
            Trait(
                entity,
                name,
                self._in_words(name, *key),
                key[1],
                vote.times,
                vote.times / total,
                vote.first.rule,
                vote.first.article,
                vote.first.sentence,
            )
            for key, vote in votes.items()
        ]
        return sorted(traits, key=lambda t: (-t.count, t.value, t.other))

    def _in_words(self, name: Attribute, value: str, other: str) -> str:
        known = self.entities.get(other)
        whom = known.name if known is not None else other
        if value and name in ("office", "former_office", "relative"):
            return value if not whom or whom in value else f"{value} ({whom})"
        return value or whom


def profiles_of(parts: Iterable[Rows], entities: Sequence[Entity]) -> Profiles:
    """Who the entities of some articles are.

    Args:
        parts: the rows, some articles at a time; the profiles do not depend on how they are cut.
        entities: of whom.

    Returns:
        The profiles, and what each value rests on.

    >>> rows = Rows(entities=(Entity("country:FR", "France", "COUNTRY", "FR", (), 0, 0),))
    >>> [profile.affiliations for profile in profiles_of([rows], rows.entities).records()]
    [('FR',)]
    """
    found = Profiles({entity.id: entity for entity in entities})
    for part in parts:
        _read(part, found)
    return found


def _read(part: Rows, found: Profiles) -> None:
    order = {article.id: time_order(article.date) for article in part.articles}
    dated = ((article.id, day_of(article.date)) for article in part.articles)
    days = {name: day.isoformat() for name, day in dated if day is not None}
    sentences = {(s.article, s.sentence): s for s in part.sentences}
    unknown = time_order("")
    signs: dict[tuple[str, str, int], set[Sign]] = defaultdict(set)
    for mention in part.mentions:
        day = days.get(mention.article)
        if day is not None:
            first, last = found.days.get(mention.entity, (day, day))
            found.days[mention.entity] = min(first, day), max(last, day)
        sentence = sentences.get((mention.article, mention.sentence))
        if sentence is None or mention.kind != "name":
            continue
        before = sentence.text[: max(mention.start - sentence.start, 0)]
        if mention.label == "PER":
            if sign := sign_before(before):
                signs[mention.entity, mention.article, mention.sentence].add(sign)
        elif mention.label == "ORG" and (kind := kind_before(before)):
            time = order.get(mention.article, unknown)
            said = Said(mention.entity, "kind_of_body", kind, "", "noun")
            _note(found, said, Place(time, mention.article, mention.sentence, said.rule))
    for relation in part.relations:
        time = order.get(relation.article, unknown)
        for said in said_by(relation):
            _note(found, said, Place(time, relation.article, relation.sentence, said.rule))
        sentence = sentences.get((relation.article, relation.sentence))
        if sentence is not None and (sign := _sign(relation, sentence)):
            signs[relation.source, relation.article, relation.sentence].add(sign)
    for same in _by_article(part.relations):
        for said, relation in colleagues(same):
            time = order.get(relation.article, unknown)
            _note(found, said, Place(time, relation.article, relation.sentence, said.rule))
    for (entity, article, number), told in signs.items():
        _note_signs(found, entity, told, (order.get(article, unknown), article, number))
    for quote, words in zip(part.quotes, counted_words(part.quotes), strict=True):
        if quote.speaker:
            spoken = found.speech.setdefault(quote.speaker, _Speech())
            spoken.statements += 1
            spoken.words += words


def _by_article(relations: Iterable[Relation]) -> Iterable[list[Relation]]:
    found: dict[str, list[Relation]] = defaultdict(list)
    for relation in relations:
        found[relation.article].append(relation)
    return found.values()


def _sign(relation: Relation, sentence: Sentence) -> Sign | None:
    """What the office that a person holds, or what they are to a relative, says of the gender."""
    stated = relation.kind in ("position_held", "relative_of") and relation.status == "actual"
    if not stated or not has_label(relation.source, "PER"):
        return None
    before = sentence.text[: max(relation.start - sentence.start, 0)]
    return sign_of_office(relation.office or relation.trigger, before)


def _note_signs(
    found: Profiles, entity: str, signs: set[Sign], where: tuple[TimeOrder, str, int]
) -> None:
    """Count the signs of a sentence: one of each gender, that of a civility before any other."""
    for gender in {sign.gender for sign in signs}:
        rules = {sign.rule for sign in signs if sign.gender == gender}
        rule = "civility" if "civility" in rules else min(rules)
        _note(found, Said(entity, "gender", gender, rule, rule), Place(*where, rule))


def _note(found: Profiles, said: Said, place: Place) -> None:
    votes = found.votes.setdefault(said.entity, {}).setdefault(said.attribute, {})
    _add(votes, (said.value, said.other), 1, place)


def _add(votes: _Counted, key: tuple[str, str], count: int, place: Place) -> None:
    known = votes.get(key)
    first = place if known is None else min(known.first, place)
    votes[key] = _Votes(count if known is None else known.times + count, first)


def _listed(
    entity: Entity, is_asked: Callable[[str], bool], read: Callable[[str], str] = str
) -> str:
    """What the list of a known actor says, in a column of that meaning."""
    cells = (read(cell) for name, cell in entity.attributes.items() if is_asked(name))
    return next(filter(None, cells), "")


def _agreed(traits: Sequence[Trait]) -> str:
    return traits[0].value if traits and traits[0].share >= _AGREEING else ""
