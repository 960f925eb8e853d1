"""A verb with its auxiliaries, and the small words and lemmas by which verbs are read."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from entextract.pipes._arg import Arg

Forms = dict[str, list[tuple[str, str]]]  # small letters -> (lemma, tense)
FINITE = frozenset({"present", "past", "future", "conditional", "subjunctive"})
ZONE = 60  # tokens read after a verb, lists apart
DEPTH = 6  # verbs climbed from one to the next


@dataclass(slots=True)
class Verb:
    """A verb with its auxiliaries and clitics."""

    i: int
    start: int
    lemma: str
    lemmas: dict[str, str]  # lemma -> tense, all readings
    tense: str  # of the finite part
    form: str  # infinitive, participle, participle_present or finite: how the verb itself stands
    reflexive: bool = False
    negated: bool = False
    passive: bool = False
    bare: bool = False  # a participle without auxiliary


@dataclass(slots=True)
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
]


def from_morph(token: Token) -> tuple[str, str]:
    shape = token.morph.get("VerbForm", ["Fin"])[0]
    if shape == "Inf":
        return "infinitive", "infinitive"
    if shape == "Part":
        present = "Pres" in token.morph.get("Tense", [])
        form = "participle_present" if present else "participle"
        return form, form
    if "Cnd" in token.morph.get("Mood", []):
        return "finite", "conditional"
    tense = token.morph.get("Tense", ["Pres"])[0]
    return "finite", {"Fut": "future", "Pres": "present"}.get(tense, "past")
