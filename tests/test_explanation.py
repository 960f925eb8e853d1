"""What explain says of an entity, as text and as a table."""

import pytest

import entextract as ee

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
    ]


def test_as_a_table() -> None:
    frame = ee.explain(RESULT, "per:blinken").to_frame()
    assert list(frame.columns) == (
        ["form", "kind", "rule", "confidence", "mentions", "articles", "article", "example"]
    )
    assert list(frame["form"]) == ["Antony Blinken", "Blinken"]
    assert frame["confidence"].isna().tolist() == [True, False]


def test_an_entity_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="no entity 'Antoni Blinken'; near it: Antony Blinken"):
        ee.explain(RESULT, "Antoni Blinken")
    with pytest.raises(ValueError, match="no entity 'Zzz'$"):
        ee.explain(RESULT, "Zzz")
    with pytest.raises(ValueError, match="several entities: write one of org:paris, loc:paris"):
        ee.explain(RESULT, "Paris")


def test_every_mention_is_explained(sample_result: ee.Extraction) -> None:
    for entity in sample_result.entities[::20]:
        explanation = ee.explain(sample_result, entity.id)
        assert sum(reason.mentions for reason in explanation.reasons) == entity.mentions
        assert {reason.form for reason in explanation.reasons} == set(entity.forms)
