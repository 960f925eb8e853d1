"""The rows of the tables that relations are read by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RelationName = Literal[
    "accuse",
    "agree",
    "aid",
    "appoint",
    "assault",
    "citizen_of",
    "coerce",
    "concede",
    "consult",
    "cooperate",
    "dismiss",
    "founded_by",
    "located_in",
    "member_of",
    "mobilize",
    "owns",
    "position_held",
    "protest",
    "reject",
    "relative_of",
    "request",
    "retreat",
    "sanction",
    "shares_border_with",
    "succeed",
    "support",
    "threaten",
]


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that a rule knows; its forms are made from this row by ``make tables``."""

    lemma: str
    like: str  # the verb whose endings it has, where the conjugator does not know it
    kind: Literal["", "speech", "action"]  # how an actor, and no mere place, is shown by it
    relations: Literal["yes", "no"]  # whether the rules of relations read it


@dataclass(frozen=True, slots=True)
class VerbForm:
    """A third person, infinitive or participle of a listed verb."""

    form: str
    lemma: str
    tense: Literal[
        "present",
        "past",
        "future",
        "conditional",
        "subjunctive",
        "subjunctive_imperfect",
        "infinitive",
        "participle",
        "participle_present",
    ]


@dataclass(frozen=True, slots=True)
class Preposition:
    """A preposition, simple or compound, and the complement that it introduces."""

    form: str
    role: Literal[
        "auprès",
        "autour",
        "avec",
        "chez",
        "contre",
        "dans",
        "de",
        "en",
        "entre",
        "envers",
        "other",
        "par",
        "pour",
        "selon",
        "sur",
        "vers",
        "à",
    ]
    example: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """A verb or noun that states a relation, and where its two ends stand."""

    lemma: str  # the first word varies; of the others only the content words must follow
    pos: Literal["verb", "noun"]
    order: str  # among the rows of its first word: the first that fits is taken
    kind: RelationName
    source: str  # a place in the clause, or several joined by |
    target: str
    reflexive: Literal["yes", "no", ""]
    # +class: such a word must follow; -class: must not; !class: not among the next three;
    # @labels of the target; <labels of the source
    object: str
    example: str


@dataclass(frozen=True, slots=True)
class TriggerNoun:
    """A form of a noun that states a relation."""

    form: str
    lemma: str


Factuality = Literal["actual", "negated", "hypothetical", "future", "reported"]


@dataclass(frozen=True, slots=True)
class Governor:
    """An embedding verb: how true is what stands under it, an infinitive, a clause or a noun."""

    lemma: str
    status: Factuality | Literal[""]  # of the infinitive or the clause
    denied: Factuality | Literal[""]  # the same where the verb is negated and this is special
    conditional: Factuality | Literal[""]  # … where it is in the conditional
    past: Factuality | Literal[""]  # … where it is in a past tense
    perfect: Factuality | Literal[""]  # … where it is in the perfect: « il a fallu »
    noun: Factuality | Literal[""]  # of a noun of action that is its object: « annule une visite »
    kind: Literal[
        "", "agree", "reject", "threaten"
    ]  # what it states itself, the verb under it then stating none
    example: str


@dataclass(frozen=True, slots=True)
class RelationKind:
    """A kind of relation, with what its ends may be."""

    kind: RelationName
    label: str  # between its two ends: « accuse », « est membre de »
    family: Literal["static", "event"]
    sources: str  # labels joined by |
    targets: str
    symmetric: Literal["yes", "no"]
    wikidata: str  # properties joined by |, for facts
    plover: str  # type, for events
    quad: str
    goldstein: str
    definition: str
    default: Literal["on", "off"]
    contest: Literal["yes", "no"]  # whether its words mean a contest in a sentence on sport
    example: str
