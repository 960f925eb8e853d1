"""Of which states a text speaks: what each mention weighs, and what names a region instead."""

from collections import Counter
from dataclasses import dataclass

import pytest
import spacy
from spacy.tokens import Doc

from entextract.pipes.arbitration.country_prior import CountryPrior
from entextract.records.rules import Rule

VOCAB = spacy.blank("fr").vocab


@dataclass
class Read:
    """A candidate."""

    start: int
    found_by: str
    kb_id: str = ""
    label: str = "COUNTRY"

    @property
    def rule(self) -> Rule:
        return Rule.parse(self.found_by)

    @property
    def end(self) -> int:
        return self.start + 1


@pytest.fixture(scope="module")
def evidence() -> CountryPrior:
    return CountryPrior()


@pytest.mark.parametrize(
    ("word", "rule", "kb_id", "expected"),
    [
        ("Pérou", "table:countries", "country:PE", {"country:PE": 3}),
        ("péruvien", "demonym:table", "country:PE", {"country:PE": 3}),
        ("Lima", "table:capitals", "", {"country:PE": 2}),
        ("Lima", "metonym:verb", "country:PE", {"country:PE": 2}),
        ("Atlanta", "table:places", "", {"country:US": 1, "place:US": 1}),
        ("Plouvarec", "table:places", "", {}),
        ("Plouvarec", "table:capitals", "", {}),
        ("Pérou", "weak:name", "country:PE", {}),
    ],
)
def test_what_a_mention_weighs(
    word: str, rule: str, kb_id: str, expected: dict[str, int], evidence: CountryPrior
) -> None:
    doc = Doc(VOCAB, [word])
    assert evidence(doc, [Read(0, rule, kb_id)]) == Counter(expected)


def test_mentions_add_up(evidence: CountryPrior) -> None:
    doc = Doc(VOCAB, ["Pérou", "Lima", "Lima"])
    read = [Read(0, "table:countries", "country:PE"), *(Read(i, "table:capitals") for i in (1, 2))]
    assert evidence(doc, read) == {"country:PE": 7}


@pytest.mark.parametrize(
    ("words", "region"),
    [
        ("gouverneur de Géorgie", True),
        ("gouverneur x de Géorgie", True),
        ("gouverneur x x de Géorgie", False),
        ("gouverneur en Géorgie", False),
        ("x de Géorgie", False),
        ("Géorgie", False),
        ("gouverneur de Finlande", False),
    ],
)
def test_a_state_that_has_a_governor_is_a_region(
    words: str, region: bool, evidence: CountryPrior
) -> None:
    doc = Doc(VOCAB, words.split())
    read = Read(len(doc) - 1, "weak:name", "country:GE")
    assert evidence.is_region(doc, read, Counter()) is region
    assert not evidence.is_region(doc, Read(read.start, "table:countries", "country:GE"), Counter())
    assert not evidence.is_region(doc, Read(read.start, "weak:name", "x", "PER"), Counter())


@pytest.mark.parametrize(
    ("about", "region"),
    [
        ({"place:US": 1}, True),
        ({"country:US": 9}, False),
        ({"place:US": 9, "country:GE": 1}, False),
        ({}, False),
    ],
)
def test_towns_around_tell_a_region(
    about: dict[str, int], region: bool, evidence: CountryPrior
) -> None:
    doc = Doc(VOCAB, ["La", "Géorgie", "vote"])
    assert evidence.is_region(doc, Read(1, "weak:name", "country:GE"), Counter(about)) is region
