"""Scores computed by hand, and gold files that cannot be read."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from entextract import Article, Entity, Extraction, Mention
from entextract.evaluation import MEASURES, GoldArticle, GoldError, read_gold, score

TEXT = "Moscou accuse la France.\nL'ONU et Vladimir Poutine répondent aux Français."
GOLD: dict[str, Any] = {
    "id": "a1",
    "text": TEXT,
    "entities": [
        {"id": "e1", "type": "COUNTRY", "code": "RU", "mentions": [(0, 6, "metonym")]},
        {
            "id": "e2",
            "type": "COUNTRY",
            "code": "FR",
            "mentions": [(17, 23, "name"), (65, 73, "demonym")],
        },
        {"id": "e3", "type": "ORG", "code": None, "mentions": [(27, 30, "name")]},
        {"id": "e4", "type": "PER", "code": None, "mentions": [(34, 50, "name")]},
    ],
}


def gold_line(**changes: Any) -> str:
    entities = [
        {
            **entity,
            "mentions": [
                {"start": start, "end": end, "kind": kind, "text": TEXT[start:end]}
                for start, end, kind in entity["mentions"]
            ],
        }
        for entity in GOLD["entities"]
    ]
    return json.dumps({**GOLD, "entities": entities, **changes}, ensure_ascii=False)


@pytest.fixture
def gold(tmp_path: Path) -> list[GoldArticle]:
    path = tmp_path / "gold.jsonl"
    path.write_text(gold_line() + "\n", encoding="utf-8")
    return read_gold(path)


def mention(start: int, end: int, label: str, kind: str, entity: str) -> Mention:
    return Mention("a1", start, end, TEXT[start:end], label, kind, entity, 0, 0, "test")  # type: ignore[arg-type]


def result(mentions: Sequence[Mention]) -> Extraction:
    labels = {m.entity: m.label for m in mentions}
    entities = tuple(
        Entity(i, i, label, i[-2:] if label == "COUNTRY" else None, (i,), 1, 1)
        for i, label in labels.items()
    )
    return Extraction(articles=(Article("a1", TEXT),), mentions=tuple(mentions), entities=entities)


PERFECT = [
    mention(0, 6, "COUNTRY", "metonym", "country:RU"),
    mention(14, 23, "COUNTRY", "name", "country:FR"),  # "la France": the article costs nothing
    mention(25, 30, "ORG", "name", "org:onu"),  # "L'ONU"
    mention(34, 50, "PER", "name", "per:vladimir-poutine"),
    mention(65, 73, "COUNTRY", "demonym", "country:FR"),
]


def row(scores: Any, measure: str) -> tuple[float, float, float, int, int]:
    return tuple(scores.set_index("measure").loc[measure])


def test_texts_of_this_file_say_what_they_mean() -> None:
    assert [m.text for m in PERFECT] == [
        "Moscou",
        "la France",
        "L'ONU",
        "Vladimir Poutine",
        "Français",
    ]


def test_a_perfect_result_scores_one(gold: list[GoldArticle]) -> None:
    scores = score(result(PERFECT), gold)
    assert list(scores["measure"]) == list(MEASURES)
    there = scores[scores["gold"] > 0]
    assert set(there["measure"]) == set(MEASURES) - {"LOC"}
    assert (there[["precision", "recall", "f"]] == 1).all().all()
    assert row(scores, "edges")[3] == 4  # RU–FR on the first line; ONU, Poutine, FR on the second
    assert row(scores, "LOC") == (0, 0, 0, 0, 0)


def test_an_imperfect_result_scores_as_counted_by_hand(gold: list[GoldArticle]) -> None:
    found = [
        mention(0, 6, "COUNTRY", "metonym", "country:US"),  # right span, wrong country
        mention(17, 23, "COUNTRY", "name", "country:FR"),
        mention(27, 30, "LOC", "name", "loc:onu"),  # wrong label
        mention(43, 50, "PER", "name", "per:poutine"),  # half of the name
        mention(65, 73, "COUNTRY", "demonym", "country:FR"),
        mention(51, 60, "PER", "name", "per:repondent"),  # not a name
    ]
    scores = score(result(found), gold)
    assert row(scores, "COUNTRY") == (1, 1, 1, 1, 1)
    assert row(scores, "PER") == (0, 0, 0, 1, 2)
    assert row(scores, "ORG") == (0, 0, 0, 1, 0)
    assert row(scores, "LOC") == (0, 0, 0, 0, 1)
    assert row(scores, "CORE") == pytest.approx((1 / 3, 1 / 3, 1 / 3, 3, 3))
    assert row(scores, "metonym") == (0, 0, 0, 1, 1)
    assert row(scores, "demonym") == (1, 1, 1, 1, 1)
    # aligned: US with RU (same span and label) and FR with FR; 2 of 4 gold, of 5 found
    assert row(scores, "identity") == pytest.approx((2 / 5, 2 / 4, 4 / 9, 4, 5))
    # found: RU–FR, and six pairs of the four entities of line two, none of them right
    assert row(scores, "edges") == pytest.approx((1 / 7, 1 / 4, 2 / 11, 4, 7))


def test_an_entity_cut_in_two_costs_identity_but_no_mention(gold: list[GoldArticle]) -> None:
    found = [*PERFECT[:4], mention(65, 73, "COUNTRY", "demonym", "country:BE")]
    scores = score(result(found), gold)
    assert row(scores, "CORE")[2] == 1
    # FR aligned with one of its halves: 2·1 / (2 + 1)
    assert row(scores, "identity")[:2] == pytest.approx(((3 + 2 / 3) / 5, (3 + 2 / 3) / 4))


def test_nothing_found_scores_zero(gold: list[GoldArticle]) -> None:
    scores = score(result([]), gold)
    assert (scores["f"] == 0).all()
    assert list(scores["predicted"]) == [0] * len(MEASURES)


def test_two_mentions_on_one_span_count_once(gold: list[GoldArticle]) -> None:
    scores = score(result([*PERFECT, PERFECT[1]]), gold)
    assert row(scores, "COUNTRY") == (1, 1, 1, 1, 1)


def test_gold_article_must_be_in_the_result(gold: list[GoldArticle]) -> None:
    with pytest.raises(ValueError, match="'a1' is not among the articles"):
        score(Extraction(), gold)


def test_gold_article_must_have_the_same_text(gold: list[GoldArticle]) -> None:
    with pytest.raises(ValueError, match="another text"):
        score(Extraction(articles=(Article("a1", "Autre texte."),)), gold)


def test_a_result_read_back_without_texts_scores_the_same(gold: list[GoldArticle]) -> None:
    full = result(PERFECT)
    bare = Extraction((Article("a1", ""),), full.mentions, full.entities)
    assert score(bare, gold).equals(score(full, gold))


def bad_entity(**changes: Any) -> str:
    mentions = [{"start": 0, "end": 6, "kind": "name", "text": "Moscou"}]
    entity = {"id": "e1", "type": "LOC", "code": None, "mentions": mentions, **changes}
    return gold_line(entities=[entity])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("[]", "expected a JSON object, found list"),
        ('{"id": "a1", "text": "x"}', "key 'entities' is missing"),
        (gold_line(id=1), "id and text must be strings"),
        (bad_entity(type="EVENT"), "type 'EVENT' is not one of PER, COUNTRY, ORG, LOC"),
        (bad_entity(type="COUNTRY"), "country 'e1' needs a code"),
        (bad_entity(mentions=[{"start": 0, "end": 999}]), "outside the text"),
        (bad_entity(mentions=[{"start": 3, "end": 3}]), "outside the text"),
        (bad_entity(mentions=[{"start": -1, "end": 3}]), "outside the text"),
        (bad_entity(mentions=[{"start": 0, "end": len(TEXT) + 1}]), "outside the text"),
        (bad_entity(type="COUNTRY", code="FRA"), "country 'e1' needs a code"),
        (bad_entity(mentions=[{"start": 0, "end": 5.0}]), "start and end must be integers"),
        (bad_entity(mentions=[{"start": 0, "end": 6, "kind": "nom"}]), "kind 'nom' is not one of"),
        (bad_entity(mentions=[{"start": 0, "end": 5, "text": "Moscou"}]), "not 'Moscou'"),
        (bad_entity(mentions=[{"start": "0", "end": 5}]), "start and end must be integers"),
        (gold_line(), "stands twice"),
    ],
)
def test_a_bad_gold_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{gold_line()}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(GoldError, match=message) as caught:
        read_gold(path)
    assert str(caught.value).startswith(f"{path}:3: ")


def test_a_gold_file_without_articles_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(GoldError, match="no article in this file"):
        read_gold(path)


def test_a_mention_may_be_the_whole_text(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(bad_entity(mentions=[{"start": 0, "end": len(TEXT)}]), encoding="utf-8")
    (article,) = read_gold(path)
    assert [(m.start, m.end, m.kind) for m in article.mentions] == [(0, len(TEXT), "name")]


def test_a_mention_that_is_an_article_alone_stays_whole(gold: list[GoldArticle]) -> None:
    # trimming it would leave nothing; and full stops at the end cost nothing
    alone = [mention(14, 17, "COUNTRY", "name", "country:FR"), mention(17, 24, "ORG", "name", "x")]
    scores = score(result(alone), gold)
    assert row(scores, "COUNTRY") == (0.0, 0.0, 0.0, 1, 1)
    assert row(scores, "ORG") == (0.0, 0.0, 0.0, 1, 1)


def test_edges_join_entities_of_one_line(gold: list[GoldArticle]) -> None:
    # the first line names two entities, the second three: 1 + 3 pairs
    assert row(score(result(PERFECT), gold), "edges") == (1.0, 1.0, 1.0, 4, 4)
    # at the first character of the second line, so that only that line counts
    first = [PERFECT[0], mention(25, 30, "ORG", "name", "org:onu")]
    assert row(score(result(first), gold), "edges")[4] == 0
