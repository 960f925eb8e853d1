"""The quality gate: what is reached on our own gold articles does not fall unnoticed."""

import floors
import pytest
from spacy.language import Language

from entextract.evaluation import MEASURES

GOLD_DIGEST, FLOORS = floors.pinned()


@pytest.fixture(scope="module")
def reached(nlp_full: Language) -> dict[str, float]:
    return floors.reached(nlp_full)


def test_gold_is_the_one_that_was_pinned() -> None:
    assert floors.digest() == GOLD_DIGEST, "the gold has changed: read the change, then make floors"


def test_every_measure_has_a_floor() -> None:
    assert set(FLOORS) == set(MEASURES)


@pytest.mark.parametrize("measure", MEASURES)
def test_quality_is_not_below_its_floor(measure: str, reached: dict[str, float]) -> None:
    assert reached[measure] >= FLOORS[measure]
