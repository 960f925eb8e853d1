"""A list of some hundred names or a table of results gives no names; a shorter list does."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc

import entextract as ee

LEAD = "Awa Sarr accuse la Grèce."
END = "La Grèce dément et Awa Sarr se tait."
SYLLABLES = ("Mar", "Lin", "Kor", "Bel", "Tan", "Vol", "Zer", "Dru", "Gas", "Pen", "Rik", "Sol")
SURNAMES = [a + b.lower() + c.lower() for a in SYLLABLES for b in SYLLABLES for c in ("o", "ix")]
NAMES = [f"Luc {surname}" for surname in SURNAMES]
LISTS = {
    "signatures": "Ont signé : " + ", ".join(NAMES[:150]) + ".",
    "professions": " ; ".join(f"{name}, enseignante" for name in NAMES[:150]),
    "one a line": "\n".join(NAMES[:120]),
    "arrivals": "\n".join(f"{i}. {name} (SEN) 12'{i:02}" for i, name in enumerate(NAMES[:120])),
    "scores": "\n".join(
        f"{a} - {b} : 2-1" for a, b in zip(SURNAMES[:110], SURNAMES[110:220], strict=True)
    ),
    "cells": "\n".join(f"{name}\t{town}\t12" for name, town in zip(NAMES, SURNAMES, strict=True)),
}
SHORT = {
    "a cabinet": "\n".join(f"{name}, ministre" for name in NAMES[:35]),
    "two teams": "Lens : " + ", ".join(NAMES[:22]) + ".",
    "prose with many names": " ".join(f"{name} a vu {name} à Dakar." for name in NAMES[:150]),
}


def listed(doc: Doc) -> list[str]:
    return [s.text for s in doc.spans["entextract"] if s.id_ == "list-of-names"]


@pytest.mark.parametrize("names", LISTS.values(), ids=LISTS)
def test_a_long_list_gives_no_names(names: str, nlp_rules: Language) -> None:
    doc = nlp_rules(f"{LEAD}\n{names}\n{END}")
    assert listed(doc) == [names]
    assert {e.text for e in doc.ents} == {"Awa Sarr", "Grèce"}


@pytest.mark.parametrize("names", SHORT.values(), ids=SHORT)
def test_a_short_list_and_prose_are_read(names: str, nlp_rules: Language) -> None:
    doc = nlp_rules(f"{LEAD}\n{names}\n{END}")
    assert listed(doc) == []
    assert "Luc Marmaro" in [e.text for e in doc.ents]


def test_the_report_says_how_much_was_left_out(nlp_rules: Language) -> None:
    result = ee.extract([f"{LEAD}\n{LISTS['one a line']}\n{END}"], nlp_rules)
    (problem,) = result.problems
    assert problem.action == "shortened"
    assert "240 words of long lists of names" in problem.reason
    assert {e.name for e in result.entities} == {"Awa Sarr", "Grèce"}
