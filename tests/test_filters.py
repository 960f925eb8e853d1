"""What is no name, although a finder proposes it."""

import pytest
import spacy
from spacy.tokens import Doc

from entextract.pipes.arbitration.candidate import Candidate
from entextract.pipes.arbitration.filters import Filters

NLP = spacy.blank("fr")
REFUSALS = Filters()


def refused(marked: str, label: str, rule: str, tags: str = "", kb_id: str = "") -> bool:
    """Whether what stands in brackets is refused; tags are « word/TAG », the others have none."""
    given = dict(tag.split("/") for tag in tags.split())
    words = marked.replace("[", "").replace("]", "").split()
    doc = Doc(NLP.vocab, words=words, pos=[given.get(word, "") for word in words])
    start = next(i for i, word in enumerate(marked.split()) if word.startswith("["))
    end = next(i for i, word in enumerate(marked.split(), start=1) if word.endswith("]"))
    return REFUSALS.refuse(doc, Candidate(start, end, label, rule, kb_id))


@pytest.mark.parametrize(
    ("marked", "label", "expected"),
    [
        ("traité de [Sèvres]", "LOC", True),
        ("Le traité de [Sèvres]", "LOC", True),
        ("Le traité de [Sèvres]", "COUNTRY", False),
        ("Le traité sur [Sèvres]", "LOC", False),
        ("tournoi de [France]", "COUNTRY", True),
        ("Le tournoi de [Sèvres]", "LOC", True),
        ("Le tournoi de [Sèvres]", "ORG", False),
        ("tournoi [Sèvres]", "LOC", False),
        ("de [Sèvres] au tournoi", "LOC", False),
        ("[Sèvres] tournoi de", "LOC", False),
    ],
)
def test_place_in_the_name_of_an_event(marked: str, label: str, expected: bool) -> None:
    assert refused(marked, label, "table:places") is expected


@pytest.mark.parametrize(
    ("marked", "label", "expected"),
    [
        ("un [Airbus]", "ORG", True),
        ("Une [Airbus]", "ORG", True),
        ("114 [Airbus]", "ORG", True),
        ("un [Airbus]", "LOC", False),
        ("vers [Airbus]", "ORG", False),
        ("[Airbus] ou un", "ORG", False),
    ],
)
def test_one_of_the_things_that_a_body_makes(marked: str, label: str, expected: bool) -> None:
    assert refused(marked, label, "table:organisations") is expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("sur [Twitter]", True),
        ("Via [Truth Social]", True),
        ("pour [Twitter]", False),
        ("sur [Rivages]", False),
        ("[Twitter] et sur", False),
    ],
)
def test_where_something_is_written(marked: str, expected: bool) -> None:
    assert refused(marked, "ORG", "table:organisations") is expected


@pytest.mark.parametrize(
    ("marked", "label", "tags", "expected"),
    [
        ("famille [Zorblatt]", "PER", "", True),
        ("La famille [Zorblatt]", "PER", "", True),
        ("La famille belge [Zorblatt]", "PER", "", True),
        ("famille belge [Zorblatt]", "PER", "", True),
        ("La famille nombreuse [Zorblatt]", "PER", "nombreuse/ADJ", True),
        ("famille nombreuse [Zorblatt]", "PER", "nombreuse/ADJ", True),
        ("La famille de [Zorblatt]", "PER", "", False),
        ("La famille très nombreuse [Zorblatt]", "PER", "nombreuse/ADJ", False),
        ("La famille [Anna Zorblatt]", "PER", "", False),
        ("La famille [Zorblatt]", "ORG", "", False),
        ("[Zorblatt] et famille", "PER", "", False),
    ],
)
def test_a_family_is_no_person(marked: str, label: str, tags: str, expected: bool) -> None:
    assert refused(marked, label, "title-before-name", tags) is expected


@pytest.mark.parametrize(
    ("rule", "expected"), [("model", True), ("given-name", True), ("title-before-name", False)]
)
def test_the_name_of_a_thing(rule: str, expected: bool) -> None:
    assert refused("La sonde [Awa Zorblatt]", "PER", rule) is expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Minsk] II", True),
        ("[Minsk II]", True),
        ("[Minsk] III tient", True),
        ("[Minsk] IV", True),
        ("[Minsk] V", True),
        ("[Minsk] I", False),
        ("[Minsk] IIII", False),
        ("[Minsk] deux", False),
        ("[Minsk]", False),
        ("[Zorblatt] II", False),
    ],
)
def test_a_numbered_agreement_is_no_town(marked: str, expected: bool) -> None:
    assert refused(marked, "LOC", "table:places") is expected


@pytest.mark.parametrize(
    ("marked", "label", "rule", "expected"),
    [
        ("loi [Zorblatt]", "PER", "title-before-name", True),
        ("La loi [Zorblatt]", "PER", "title-before-name", True),
        ("La loi [Zorblatt]", "ORG", "model", False),
        ("La loi [Zorblatt]", "ORG", "closing-word", False),
        ("[loi Zorblatt]", "PER", "title-before-name", True),
        ("La [loi Zorblatt]", "ORG", "model", True),
        ("La [loi Zorblatt]", "ORG", "closing-word", False),
        ("[Zorblatt] loi", "PER", "title-before-name", False),
        ("La loi de [Zorblatt]", "PER", "title-before-name", False),
    ],
)
def test_what_has_a_name_after_it(marked: str, label: str, rule: str, expected: bool) -> None:
    assert refused(marked, label, rule) is expected


@pytest.mark.parametrize(
    ("marked", "rule", "kb_id", "expected"),
    [
        ("le [gouvernement espagnol]", "model", "", True),
        ("le [Gouvernement espagnol]", "model", "", True),
        ("le [Gouvernement]", "model", "", True),
        ("le [Gouvernement Zorblatt]", "model", "", False),
        ("le [gouvernement Zorblatt]", "model", "", True),
        ("le [Gouvernement espagnol]", "opening-word", "", False),
        ("le [Gouvernement espagnol]", "model", "org:g", False),
        ("le [Rivage espagnol]", "model", "", False),
    ],
)
def test_a_body_that_every_state_has(marked: str, rule: str, kb_id: str, expected: bool) -> None:
    assert refused(marked, "ORG", rule, kb_id=kb_id) is expected


@pytest.mark.parametrize(
    ("marked", "label", "rule", "expected"),
    [
        ("vu [Z]", "ORG", "model", True),
        ("vu [Z]", "ORG", "same-name", True),
        ("vu [Z]", "ORG", "closing-word", False),
        ("vu [Zy]", "ORG", "model", False),
        ("le [Tribunal]", "ORG", "model", True),
        ("le [Tribunal Zorblatt]", "ORG", "model", False),
        ("les [Zorblatt]", "PER", "model", True),
        ("Les [Zorblatt]", "PER", "model", True),
        ("aux [Zorblatt]", "LOC", "same-name", True),
        ("les [Zorblatt]", "ORG", "model", False),
        ("les [Minsk]", "LOC", "model", True),
        ("les [Marseille]", "LOC", "model", False),
        ("le [Zorblatt]", "PER", "model", False),
        ("[Zorblatt] et les", "PER", "model", False),
    ],
)
def test_a_word_alone(marked: str, label: str, rule: str, expected: bool) -> None:
    assert refused(marked, label, rule) is expected


@pytest.mark.parametrize(
    ("marked", "tags", "expected"),
    [
        ("[Réunis] mardi", "Réunis/VERB", True),
        ("[Serait] là", "Serait/AUX", True),
        ("[Zorblatt] là", "Zorblatt/PROPN", False),
        ("[RÉUNIS] mardi", "RÉUNIS/VERB", False),
        ("ont [Réunis] mardi", "Réunis/VERB", False),
    ],
)
def test_a_verb_that_opens_a_sentence(marked: str, tags: str, expected: bool) -> None:
    assert refused(marked, "ORG", "model", tags) is expected
