"""Whose each body is that an article names barely: « le Sénat », « le Parti socialiste ».

The evidence is the states that the article names, by their names, demonyms, capitals and towns:
beside the body, in its sentence, or elsewhere. Pure functions on names and tables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Protocol

from entextract import tables
from entextract.names.bodies import states_by_word, words_of
from entextract.names.state_bodies import Body, having, names_by_id, open_id, parse_body, shared
from entextract.records.ids import has_label, key_of
from entextract.records.rules import AMBIGUOUS
from entextract.records.spelling import level

_ENOUGH = 3  # mentions of a state that make an article one about it
_MANY = 3  # times that it must be named more often than any other state
_BESIDE = (1, 3, 4)  # characters of « », « de », « du », « en » between a body and its state
_OPENING, _SENTENCE, _ARTICLE = (
    3,
    2,
    1,
)  # what a state weighs there, the article three times at most
_CLEARLY = 2  # times that the evidence for a state must outweigh that for the next


class Named(Protocol):
    """What is asked of a name: see ``in_article.Name``."""

    @property
    def text(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def entity(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def sentence(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Near:
    """The states named near a body.

    Attributes:
        beside: the state whose name or demonym follows it.
        opening: the state that opens its sentence.
        sentence: how often its sentence names each state.
        article: how often the article does, by names and demonyms.
        places: how often the article does, by towns too.
        company: how many other homonyms of the article each state has, and parties by their names.
        named: the states whose body of that name the article names in full.
    """

    beside: str = ""
    opening: str = ""
    sentence: Mapping[str, int] = field(default_factory=dict)
    article: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    company: Mapping[str, int] = field(default_factory=dict)
    named: frozenset[str] = frozenset()


def owner(body: Body, near: Near) -> tuple[str, str]:
    """Whose body a bare name means, and by which rule; two empty strings if unknown.

    The state beside it; the only one whose body of that name the article names in full. Then, for
    a form of the table of homonyms, the state with most evidence; for « Sénat », the state that
    the article is clearly about, when it has one; for « ministère de la Défense », the only state
    of the article, or the only one of the sentence, if it opens it.
    """
    if near.beside:
        return near.beside, "state-of-sentence"
    if len(near.named) == 1:
        return next(iter(near.named)), "only-body"
    if near.named:
        told = near.named & near.sentence.keys()
        return (next(iter(told)), "state-of-sentence") if len(told) == 1 else ("", AMBIGUOUS)
    states = having(body.kind)
    if body.kind in shared():
        return _best(states, near)
    about = dominating(near.article)
    if about in (states or (near.article if len(near.article) == 1 else ())):
        return about, "state-of-article"
    alone = near.opening if set(near.sentence) == {near.opening} else ""
    if alone and not about and not states:
        return alone, "state-of-sentence"
    return "", ""


def _best(states: frozenset[str], near: Near) -> tuple[str, str]:
    """The state that has such a body and clearly more evidence than the others.

    Where none of them is named, the only state that the article names.
    """
    weights = {state: _evidence(state, near) for state in states}
    first, second, *_ = sorted(((w, s) for s, w in weights.items()), reverse=True) + [(0, "")]
    if first[0] and first[0] >= _CLEARLY * second[0]:
        inside = first[1] in near.sentence
        return first[1], "state-of-sentence" if inside else "state-of-article"
    only = next(iter(near.places), "") if len(near.places) == 1 else ""
    if not first[0] and only and near.opening == only:
        return only, "state-of-sentence"
    return "", ""


def _evidence(state: str, near: Near) -> int:
    elsewhere = min(near.places.get(state, 0), _ENOUGH)
    return (
        _OPENING * (near.opening == state)
        + _SENTENCE * (state in near.sentence)
        + _ARTICLE * (elsewhere + near.company.get(state, 0))
    )


def count_states(entities: Iterable[str]) -> Counter[str]:
    """How often each state is named, by ISO code.

    >>> count_states(["country:ML", "org:onu", "country:ML"])
    Counter({'ML': 2})
    """
    return Counter(key_of(e) for e in entities if has_label(e, "COUNTRY"))


def dominating(states: Mapping[str, int]) -> str:
    """The state that an article is clearly about, or an empty string.

    >>> dominating({"ML": 4, "FR": 1}), dominating({"ML": 2, "FR": 2})
    ('ML', '')
    """
    if not states:
        return ""
    (state, often), *others = Counter(states).most_common(2)
    second = sum(times for _, times in others)
    return state if often >= max(_ENOUGH, _MANY * second) else ""


class Owners:
    """The owner of each bare body of an article.

    Args:
        names: all its names, in order.
    """

    def __init__(self, names: Sequence[Named]) -> None:
        bodies = [
            (i, body)
            for i, name in enumerate(names)
            if name.label == "ORG" and (body := parse_body(name.text))
        ]
        self._of: dict[int, tuple[str, str]] = {}
        self._of_form: dict[str, tuple[str, str]] = {}
        if not bodies:
            return
        evidence = _Evidence(names)
        company = _company(names, [body for _, body in bodies])
        named: dict[str, set[str]] = defaultdict(set)
        for _, body in bodies:
            if body.country:
                named[open_id(body.kind)].add(body.country)
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for i, body in bodies:
            if not body.country:
                family = open_id(body.kind)
                near = evidence.near(i, frozenset(named[family]))
                others = Counter(
                    s for one, states in company.items() if one != family for s in states
                )
                self._of[i] = state, rule = owner(body, replace(near, company=others))
                found[names[i].text][state] = rule
        for form, states in found.items():
            told = {state: rule for state, rule in states.items() if state}
            rest = ("", AMBIGUOUS if told else states.get("", ""))
            self._of_form[form] = next(iter(told.items())) if len(told) == 1 else rest

    def of_form(self, form: str) -> tuple[str, str]:
        """The owner of a bare name in the article, and by which rule."""
        return self._of_form.get(form, ("", ""))

    def of_mention(self, i: int, form: str) -> tuple[str, str]:
        """The same for one name, by its place: of several owners, that of its own sentence."""
        state, rule = self.of_form(form)
        return (state, rule) if state else self._of.get(i, ("", ""))


def _company(names: Sequence[Named], bodies: Iterable[Body]) -> dict[str, frozenset[str]]:
    """The states of each homonym of an article, and of each party whose name says its state.

    « le FFS et le RCD »: the only state that has both. « FPI »: « Front populaire ivoirien ».
    """
    bare = {body.kind for body in bodies if not body.country} & shared().keys()
    found = {open_id(kind): having(kind) for kind in bare}
    if bare:
        parties = {name.entity for name in names if name.label == "ORG"} & tables.parties()
        found |= {one: state for one in parties if (state := _state_in_name(one))}
    return found


@cache
def _state_in_name(entity: str) -> frozenset[str]:
    """The state whose demonym stands in the name that the table gives an organisation."""
    demonyms, _ = states_by_word()
    return frozenset(demonyms[w] for w in words_of(names_by_id()[entity]) if w in demonyms)


class _Evidence:
    """The states of an article, where they stand."""

    def __init__(self, names: Sequence[Named]) -> None:
        self.names = names
        self.sentences: dict[int, Counter[str]] = defaultdict(Counter)
        self.places: Counter[str] = Counter()
        self.first: dict[int, tuple[int, str]] = {}
        for name in names:
            state = state_of(name)
            if name.sentence >= 0:
                opens = (name.start, state)
                self.first[name.sentence] = min(opens, self.first.get(name.sentence, opens))
            if state:
                self.places[state] += 1
                self.sentences[name.sentence][state] += name.sentence >= 0
        self.article = count_states(n.entity for n in names if n.label == "COUNTRY")

    def near(self, i: int, named: frozenset[str]) -> Near:
        name = self.names[i]
        following = self.names[i + 1 : i + 2]
        beside = [n for n in following if n.start - name.end in _BESIDE and state_of(n)]
        inside = {s: n for s, n in self.sentences.get(name.sentence, Counter()).items() if n}
        opening = self.first[name.sentence][1] if name.sentence in self.first else ""
        beside_it = state_of(beside[0]) if beside else ""
        return Near(beside_it, opening, inside, self.article, self.places, named=named)


def state_of(name: Named) -> str:
    """The state that a name says, its own or that of a capital or town, or an empty string."""
    if name.label == "COUNTRY":
        return key_of(name.entity)
    return _state_of_places().get(level(name.text).lower(), "") if name.label == "LOC" else ""


@cache
def _state_of_places() -> dict[str, str]:
    """The state of each capital and town whose name no other state has."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in tables.countries():
        if row.kind == "capital":
            found[level(row.form).lower()].add(row.id)
    for place in tables.places():
        if place.country and place.strength == "strong":
            found[level(place.form).lower()].add(place.country)
    return {form: next(iter(states)) for form, states in found.items() if len(states) == 1}
