"""A verb with its auxiliaries, and the small words and lemmas by which verbs are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from entextract import tables
from entextract.pipes.relations.arguments import Arg

Forms = Mapping[str, Sequence[tuple[str, str]]]  # small letters -> (lemma, tense)
FoundBy = Literal["", "words", "tree", "both"]
FINITE = frozenset(
    {"present", "past", "future", "conditional", "subjunctive", "subjunctive_imperfect"}
)
ZONE = 60  # tokens read after a verb, lists apart
DEPTH = 6  # verbs climbed from one to the next


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with its auxiliaries and clitics, and whose doing it is."""

    i: int
    start: int
    lemma: str
    lemmas: Mapping[str, str]  # lemma -> tense, all readings
    tense: str  # of the finite part
    form: str  # infinitive, participle, participle_present or finite: how the verb itself stands
    reflexive: bool = False
    negated: bool = False
    passive: bool = False
    without_auxiliary: bool = False  # a participle without auxiliary
    subject: Arg | None = None  # who does it, or undergoes it where the verb is passive
    found_by: FoundBy = ""  # what its own subject was read from
    antecedent: Arg | None = None  # what « que » or « l' » stands for: its object
    recipient: Arg | None = None  # what « lui » stands for

    @property
    def takes_etre(self) -> bool:
        """« est parti » is no passive."""
        return not tables.words("etre_verb").isdisjoint(self.lemmas)


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands after a verb or noun: a possible end, and whether an object came before."""

    arg: Arg
    prep: str
    blocked: bool


ORDER = [
    "present",
    "past",
    "future",
    "conditional",
    "participle",
    "participle_present",
    "infinitive",
    "subjunctive",
    "subjunctive_imperfect",
]


def from_morph(token: Token) -> tuple[str, str]:
    """The form and tense of a verb that our tables do not list."""
    morph = token.morph.to_dict()
    if morph.get("VerbForm") == "Inf":
        return "infinitive", "infinitive"
    if morph.get("VerbForm") == "Part":
        form = "participle_present" if morph.get("Tense") == "Pres" else "participle"
        return form, form
    if morph.get("Mood") == "Cnd":
        return "finite", "conditional"
    return "finite", {"Fut": "future", "Pres": "present"}.get(morph.get("Tense", "Pres"), "past")
