"""What explain says of an entity, as text and as a table."""

import pytest

import entextract as ee
from entextract.decisions.explanation import Explanation

TEXT = "Antony Blinken est à Berlin. Blinken a vu Olaf Scholz. Paris salue Antony Blinken."
ARTICLE = ee.Article("a1", TEXT)


def mention(text: str, start: int, rule: str, sentence: int) -> ee.Mention:
    end = start + len(text)
    return ee.Mention("a1", start, end, text, "PER", "name", "per:blinken", sentence, 0, rule)


RESULT = ee.Extraction(
    articles=(ARTICLE,),
    mentions=(
        mention("Antony Blinken", 0, "model", 0),
        mention("Blinken", 29, "model+decision:merge", 1),
        mention("Antony Blinken", 67, "model", 2),
    ),
    entities=(
        ee.Entity(
            "per:blinken", "Antony Blinken", "PER", None, ("Antony Blinken", "Blinken"), 3, 1
        ),
        ee.Entity("org:paris", "Paris", "ORG", None, ("Paris",), 1, 1),
        ee.Entity("loc:paris", "Paris", "LOC", None, ("Paris",), 1, 1),
    ),
    sentences=(ee.Sentence("a1", 1, 29, 54, "Blinken a vu Olaf Scholz."),),
)


def test_as_text() -> None:
    assert repr(ee.explain(RESULT, "antony blinken")).splitlines() == [
        "Antony Blinken  per:blinken  PER, 3 mentions in 1 articles",
        "  Antony Blinken      2 ×  model",
        "  Blinken             1 ×  model+decision:merge  1.00  a1: Blinken a vu Olaf Scholz.",
        "  gender  m  1 ×  given-name  1.00",
    ]


def test_as_a_table() -> None:
    frame = ee.explain(RESULT, "per:blinken").to_frame()
    assert list(frame.columns) == (
        ["form", "kind", "rule", "score", "mentions", "articles", "article", "example"]
    )
    assert list(frame["form"]) == ["Antony Blinken", "Blinken"]
    assert frame["score"].isna().tolist() == [True, False]


def test_an_entity_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="no entity 'Antoni Blinken' here; close: Antony Blinken"):
        ee.explain(RESULT, "Antoni Blinken")
    with pytest.raises(ValueError, match="no entity 'Zzz' here$"):
        ee.explain(RESULT, "Zzz")
    with pytest.raises(ValueError, match="'Paris' may be loc:paris or org:paris: write one"):
        ee.explain(RESULT, "Paris")


def test_every_mention_is_explained(sample_result: ee.Extraction) -> None:
    for entity in sample_result.entities[::20]:
        explanation = ee.explain(sample_result, entity.id)
        assert sum(reason.mentions for reason in explanation.reasons) == entity.mentions
        assert {reason.form for reason in explanation.reasons} == set(entity.forms)


def one_entity(*mentions: ee.Mention, sentence: str = "") -> Explanation:
    entity = ee.Entity("per:blinken", "Blinken", "PER", None, ("Blinken",), len(mentions), 1)
    sentences = (ee.Sentence("a1", 0, 0, len(sentence), sentence),)
    return ee.explain(
        ee.Extraction((ARTICLE,), mentions, (entity,), sentences=sentences), "per:blinken"
    )


def test_an_entity_without_mentions_is_its_head_alone() -> None:
    assert repr(one_entity()) == "Blinken  per:blinken  PER, 0 mentions in 1 articles"


@pytest.mark.parametrize(
    ("rule", "sure"),
    [
        ("model", None),
        ("model+surname", 0.95),
        ("model+surname+corpus-spelling", 0.846),
        ("model+surname+decision:rename", 0.95),
        ("model+decision:rename", None),
        ("model+surname+decision:split", 1.0),
        ("model+ambiguous", 0.0),
    ],
)
def test_how_sure_a_link_is(rule: str, sure: float | None) -> None:
    assert one_entity(mention("Blinken", 0, rule, 0)).reasons[0].score == sure


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("x" * 90, "x" * 90),
        ("x" * 91, "x" * 89 + "…"),
        ("x" * 88 + " yz", "x" * 88 + "…"),  # no blank before the dots
        ("a\n b", "a b"),
    ],
)
def test_a_long_example_is_cut(sentence: str, shown: str) -> None:
    lines = repr(one_entity(mention("Blinken", 0, "model", 0), sentence=sentence)).splitlines()
    assert lines[1] == f"  Blinken      1 ×  model        a1: {shown}"


def test_the_most_frequent_form_and_rule_come_first() -> None:
    mentions = [
        mention("Blinken", 30, "model+surname", 0),
        mention("A. Blinken", 10, "model", 0),
        mention("Blinken", 20, "same-name", 0),
        mention("Blinken", 40, "same-name", 0),
        mention("Antony", 0, "model", 0),
    ]
    found = [(r.form, r.rule, r.mentions) for r in one_entity(*mentions).reasons]
    assert found == [
        ("Blinken", "same-name", 2),
        ("Blinken", "model+surname", 1),
        ("A. Blinken", "model", 1),
        ("Antony", "model", 1),
    ]


def test_five_names_near_a_wrong_one_are_proposed() -> None:
    names = ["Blinkem", "Blinker", "Blinket", "Blinkes", "Blinkel", "Blinkek"]
    entities = tuple(
        ee.Entity(f"per:{n}", name, "PER", None, (), 1, 1) for n, name in enumerate(names)
    )
    with pytest.raises(ValueError, match="close: \\w+(, \\w+){4}$"):
        ee.explain(ee.Extraction(entities=entities), "Blinken")
