"""Doubtful pairs of entities, for a person to settle. Keys, not all pairs: near-linear growth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz

from entextract.actors.actor import JOIN, NAMESAKES
from entextract.decisions.book import Decisions
from entextract.decisions.register import Register
from entextract.names.acronyms import unlettered
from entextract.names.person_keys import normalisation_key
from entextract.names.persons import is_part_of
from entextract.records.nouns import Entity, Mention, Rows
from entextract.records.spelling import level, spaced
from entextract.tables.beliefs import belief_of

if TYPE_CHECKING:
    import pandas as pd

# who is meant where several actors of lists share a name
_TOLD = "several actors of lists are called {name!r} ({rows}): their other columns told them apart"
_NOT_TOLD = "several actors of lists are called {name!r} ({rows}): the text does not tell which"
_NEAR = 88  # similarity, out of 100, from which two spellings may be one name
_NEIGHBOURS = 12  # names compared with each one, in the alphabetical order of its key
_MOST_BEARERS = 8  # a surname that more people bear tells nothing
_TOO_MANY = 200  # nor does a word that so many names begin or end with


@dataclass(frozen=True, slots=True)
class Suspect:
    """Two entities that may be one, or one that may hold two.

    Attributes:
        score: from 0 to 1: how likely, and how many mentions it would move.
        propose: ``merge``, the second into the first; or ``split``, to take from the first
            mentions of the second.
        why: what is doubtful, in words.
        entity: the one that would stay.
        other: the other.
        example: a sentence with the first; empty when sentences are not known.
        other_example: a sentence with the second, or with the form in doubt.
        articles: where the form in doubt stands, for a split.
    """

    score: float
    propose: Literal["merge", "split"]
    why: str
    entity: Entity
    other: Entity
    example: str = ""
    other_example: str = ""
    articles: tuple[str, ...] = ()


def find_suspects(result: Rows, decisions: Decisions | None = None) -> list[Suspect]:
    """Doubtful pairs, those first whose settling would change most.

    Args:
        result: an extraction.
        decisions: pairs that they never merge are left out.
    """
    named = _Names(result)
    found: dict[frozenset[str], Suspect] = {}
    for suspect in (
        *named.listed(),
        *named.same(),
        *named.alone(),
        *named.initials(),
        *named.near(),
        *named.read(),
    ):
        pair = frozenset((suspect.entity.id, suspect.other.id))
        if pair in named.apart and suspect.propose == "merge":
            continue  # a list says that they are two
        if pair not in found or suspect.score > found[pair].score:
            found[pair] = suspect
    for pair in _set_apart(result, decisions):
        found.pop(pair, None)
    return sorted(found.values(), key=lambda s: (-s.score, s.entity.id, s.other.id))


def suspects_frame(suspects: Iterable[Suspect]) -> pd.DataFrame:
    """One row a suspect."""
    import pandas as pd

    columns = ["score", "propose", "why", "entity", "name", "mentions", "example"]
    columns += ["other", "other_name", "other_mentions", "other_example"]
    rows = [
        (s.score, s.propose, s.why, s.entity.id, s.entity.name, s.entity.mentions, s.example)
        + (s.other.id, s.other.name, s.other.mentions, s.other_example)
        for s in suspects
    ]
    return pd.DataFrame(rows, columns=columns)


def _set_apart(result: Rows, decisions: Decisions | None) -> Iterator[frozenset[str]]:
    if decisions is None:
        return
    register = Register(result, decisions.rows)
    for row in decisions:
        if row.verb == "never-merge" and (known := register.resolved(row)):
            yield from map(frozenset, combinations(known.entities, 2))


class _Names:
    """The names of a result, by the keys under which two of them are worth comparing."""

    def __init__(self, result: Rows) -> None:
        self.entities = [e for e in result.entities if e.label != "COUNTRY"]
        self.persons = [e for e in self.entities if e.label == "PER"]
        self.by_id = {e.id: e for e in self.entities}
        self.words = {e.id: normalisation_key(e.name) for e in self.entities}
        self.mentions = result.mentions
        self.sentences = {(s.article, s.sentence): s.text for s in result.sentences}
        self.first: dict[str, Mention] = {}
        for mention in result.mentions:
            before = self.first.setdefault(mention.entity, mention)
            self.first[mention.entity] = min(before, mention, key=_place)
        self.rows = {m.entity: m.list_row for m in result.mentions if m.list_row}
        self.apart: set[frozenset[str]] = set()  # pairs that a list tells apart
        self.bearers: dict[str, list[Entity]] = defaultdict(list)
        for person in self.persons:
            words = self.words[person.id]
            for word in {words[0], words[-1]} if len(words) > 1 else ():
                self.bearers[word].append(person)

    def listed(self) -> Iterator[Suspect]:
        """Actors of lists that share a name: one whom no text tells, or several who were told."""
        articles: dict[str, set[str]] = defaultdict(set)
        for mention in self.mentions:
            articles[mention.entity].add(mention.article)
        groups: dict[tuple[str, str], list[Entity]] = defaultdict(list)
        for entity in self.entities:
            if entity.id in self.rows:
                groups[entity.label, "".join(self.words[entity.id])].append(entity)
        for group in groups.values():
            told = [entity for entity in group if NAMESAKES not in entity.attributes]
            pairs = [(a, b, _TOLD) for a, b in combinations(_by_weight(told), 2)]
            for entity in group:
                for i in filter(None, entity.attributes.get(NAMESAKES, "").split(JOIN)):
                    other = self.by_id.get(i) or Entity(
                        i, entity.name, entity.label, None, (), 0, 0
                    )
                    pairs.append((entity, other, _NOT_TOLD))
            for a, b, why in pairs:
                self.apart.add(frozenset((a.id, b.id)))
                rows = JOIN.join(dict.fromkeys(filter(None, map(self.rows.get, (a.id, b.id)))))
                score = _score(_likely("namesakes"), a.mentions)
                found = tuple(sorted(articles[a.id]))
                told_of = why.format(name=a.name, rows=rows)
                example, other_example = self._example(a), self._example(b)
                yield Suspect(score, "split", told_of, a, b, example, other_example, found)

    def same(self) -> Iterator[Suspect]:
        """Two ids for one name, of one label or of two."""
        groups: dict[str, list[Entity]] = defaultdict(list)
        for entity in self.entities:
            groups["".join(self.words[entity.id])].append(entity)
        for name, group in groups.items():
            for a, b in combinations(_by_weight(group), 2) if name else ():
                if a.label == b.label:
                    yield self._merge(_likely("same-name"), f"same name as {b.name!r}", a, b)
                else:
                    why = f"same name, {a.label} here and {b.label} there"
                    yield self._merge(_likely("other-label"), why, a, b)

    def alone(self) -> Iterator[Suspect]:
        """A surname or given name alone, and those who bear it."""
        for person in self.persons:
            words = self.words[person.id]
            bearers = [b for b in self._near(words) if is_part_of(words, self.words[b.id])]
            if len(bearers) <= _MOST_BEARERS:
                others = "one bearer" if len(bearers) == 1 else f"{len(bearers)} bearers"
                for bearer in bearers:
                    why = f"{person.name!r} alone, {others}"
                    yield self._merge(_likely("alone") / len(bearers), why, bearer, person)

    def initials(self) -> Iterator[Suspect]:
        """An acronym, and long names that have its initials."""
        long_forms: dict[str, list[Entity]] = defaultdict(list)
        organisations = [e for e in self.entities if e.label == "ORG"]
        for entity in organisations:
            for letters in _initials(entity.name):
                long_forms[letters].append(entity)
        for entity in organisations:
            near = long_forms.get(_letters(entity.name), ()) if _is_acronym(entity.name) else ()
            for other in near:
                if other.id != entity.id:
                    score = _likely("initials") / (len(near) + (len(entity.name) < 4))
                    yield self._merge(score, f"initials of {other.name!r}", other, entity)

    def near(self) -> Iterator[Suspect]:
        """Names that differ by a letter or two: compared with their neighbours under two keys."""
        blocks: dict[tuple[str, str], list[tuple[str, Entity]]] = defaultdict(list)
        for entity in self.entities:
            words = self.words[entity.id]
            if len("".join(words)) < 5:
                continue
            name = " ".join(words)
            for key in {f"^{words[0][:3]}", f"${words[-1][:4]}"}:
                blocks[entity.label, key].append((name, entity))
        likely = _likely("spelling")
        for block in blocks.values():
            block.sort(key=lambda item: (item[0], item[1].id))
            for after, (name, a) in enumerate(block, 1):
                for other, b in block[after : after + _NEIGHBOURS]:
                    ratio = fuzz.ratio(name, other, score_cutoff=_NEAR)
                    if ratio and name != other and not _numbers_differ(a.name, b.name):
                        one, two = _by_weight([a, b])
                        why = f"spelt nearly as {two.name!r}"
                        yield self._merge(likely * (ratio - 60) / 40, why, one, two)

    def read(self) -> Iterator[Suspect]:
        """A surname read as one person in articles that do not name him in full, and others."""
        persons = [m for m in self.mentions if m.label == "PER"]
        full = {
            (m.entity, m.article) for m in persons if len(normalisation_key(spaced(m.text))) > 1
        }
        lone: dict[tuple[str, str], list[Mention]] = defaultdict(list)
        for mention in persons:
            if (mention.entity, mention.article) not in full:
                lone[mention.entity, spaced(mention.text)].append(mention)
        for (i, form), mentions in lone.items():
            words, own = normalisation_key(form), self.words.get(i, ())
            if not (own[-1:] == words and is_part_of(words, own)):
                continue
            others = [b for b in self._near(words) if b.id != i and self._may_be(words, b)]
            for other in others if len(others) < _MOST_BEARERS else ():
                entity = self.by_id[i]
                yield Suspect(
                    _score(_likely("read-as"), len(mentions)),
                    "split",
                    f"{form!r} is read as {entity.name!r}, may be {other.name!r}",
                    entity,
                    other,
                    self._sentence(min(mentions, key=_place)),
                    self._example(other),
                    tuple(sorted({m.article for m in mentions})),
                )

    def _near(self, words: tuple[str, ...]) -> list[Entity]:
        """Persons of two words or more that begin or end as these words do, by id."""
        ends = {words[0], words[-1]} if words else ()
        lists = [self.bearers.get(word, []) for word in ends]
        near = {b.id: b for bearers in lists if len(bearers) < _TOO_MANY for b in bearers}
        return [near[i] for i in sorted(near)]

    def _may_be(self, words: tuple[str, ...], person: Entity) -> bool:
        full = self.words[person.id]
        return full[-1:] == words and is_part_of(words, full)

    def _merge(self, likely: float, why: str, a: Entity, b: Entity) -> Suspect:
        score = _score(likely, b.mentions)
        return Suspect(score, "merge", why, a, b, self._example(a), self._example(b))

    def _example(self, entity: Entity) -> str:
        mention = self.first.get(entity.id)
        return self._sentence(mention) if mention else ""

    def _sentence(self, mention: Mention) -> str:
        text = self.sentences.get((mention.article, mention.sentence), "")
        return spaced(text)


def _place(mention: Mention) -> tuple[str, int]:
    return mention.article, mention.start


def _score(likely: float, moved: int) -> float:
    """Halved for one mention moved, nearly whole for many."""
    return round(likely * (1 - 1 / (1 + moved)), 3)


def _by_weight(entities: Iterable[Entity]) -> Sequence[Entity]:
    """The one to keep first: most mentioned, then fullest, then first by id."""
    return sorted(entities, key=lambda e: (-e.mentions, -len(e.name), e.id))


def _likely(kind: str) -> float:
    """How likely such a pair is to be one entity, or to have been mixed up."""
    return belief_of("suspect", kind)


def _letters(name: str) -> str:
    return "".join(c for c in level(name).upper() if c.isalnum())


def _is_acronym(name: str) -> bool:
    letters = _letters(name)
    return len(letters) <= 8 and " " not in name and (name.isupper() or len(letters) < 6)


def _initials(name: str) -> set[str]:
    """Initials of a long name, without link words and with them."""
    words = level(name).lower().replace("'", "' ").replace("-", " ").split()
    full = [word for word in words if word.rstrip("'") not in unlettered()]
    if len(full) < 2:
        return set()
    return {"".join(word[0] for word in some).upper() for some in (full, words)}


def _numbers_differ(a: str, b: str) -> bool:
    """« Paris 2024 » and « Paris 2028 », « Jean XXII » and « Jean XXIII » are not one."""

    def numbers(name: str) -> set[str]:
        words = level(name).split()
        return {w for w in words if not w.isalpha() or (len(w) > 1 and not set(w) - set("IVXL"))}

    return numbers(a) != numbers(b)
