"""Doubtful pairs: which are proposed, in what order, and the file that proposes them."""

from pathlib import Path
from typing import Any

import pytest

import entextract as ee
from entextract.decisions.proposals import propose
from entextract.linking import count_entities
from entextract.suspects import find_suspects

LABELS = {"per": "PER", "org": "ORG", "loc": "LOC", "country": "COUNTRY"}


def result_of(*named: tuple[str, str, str]) -> ee.Extraction:
    """A result with one sentence for each (article, text, entity)."""
    mentions, sentences = [], []
    for i, (article, text, entity) in enumerate(named):
        label: Any = LABELS[entity.partition(":")[0]]
        mentions.append(
            ee.Mention(article, 9 * i, 9 * i + 8, text, label, "name", entity, i, 0, "m")
        )
        sentences.append(ee.Sentence(article, i, 9 * i, 9 * i + 8, f"On cite {text}."))
    articles = tuple(ee.Article(a, "") for a in sorted({a for a, _, _ in named}))
    entities = tuple(count_entities(mentions))
    return ee.Extraction(articles, tuple(mentions), entities, (), tuple(sentences))


def pairs(result: ee.Extraction) -> dict[tuple[str, str], str]:
    return {(s.entity.id, s.other.id): s.why for s in find_suspects(result)}


@pytest.mark.parametrize(
    ("named", "pair", "why"),
    [
        (
            [("a", "Awa Kerbrat", "per:awa-kerbrat"), ("b", "Kerbrat", "per:kerbrat")],
            ("per:awa-kerbrat", "per:kerbrat"),
            "'Kerbrat' alone, one bearer",
        ),
        (
            [("a", "Ligue du Ponant", "org:lp-1"), ("b", "Ligue du ponant", "org:lp-2")],
            ("org:lp-1", "org:lp-2"),
            "same name as 'Ligue du ponant'",
        ),
        (
            [("a", "Tolgoï", "per:tolgoi"), ("b", "Tolgoi", "loc:tolgoi")],
            ("loc:tolgoi", "per:tolgoi"),
            "same name, LOC here and PER there",
        ),
        (
            [("a", "Gaspard Lemoinne", "per:g-l"), ("b", "Gaspard Lemoigne", "per:g-ly")],
            ("per:g-l", "per:g-ly"),
            "spelt nearly as 'Gaspard Lemoigne'",
        ),
        (
            [("a", "Office des phares et balises", "org:office"), ("b", "OPB", "org:opb")],
            ("org:office", "org:opb"),
            "initials of 'Office des phares et balises'",
        ),
    ],
)
def test_a_doubtful_pair(named: Any, pair: tuple[str, str], why: str) -> None:
    assert pairs(result_of(*named)) == {pair: why}


def test_a_surname_that_two_bear_is_doubted_on_both_sides() -> None:
    result = result_of(
        ("a", "Awa Kerbrat", "per:awa-kerbrat"),
        ("a", "Kerbrat", "per:awa-kerbrat"),  # named in full beside it: no doubt
        ("c", "Kerbrat", "per:awa-kerbrat"),
        ("b", "Ewen Kerbrat", "per:ewen-kerbrat"),
    )
    (suspect,) = find_suspects(result)
    assert suspect.propose == "split"
    assert suspect.why == "'Kerbrat' is read as 'Awa Kerbrat', may be 'Ewen Kerbrat'"
    assert (suspect.example, suspect.articles) == ("On cite Kerbrat.", ("c",))


@pytest.mark.parametrize(
    "named",
    [
        [("a", "Awa Kerbrat", "per:awa-kerbrat"), ("b", "Ewen Kerbrat", "per:ewen-kerbrat")],
        [("a", "Plouvarec 2024", "org:p-2024"), ("b", "Plouvarec 2028", "org:p-2028")],
        [("a", "Niger", "country:NE"), ("b", "Niger", "loc:niger")],
        [("a", "Office des phares", "org:office"), ("b", "OPB", "org:opb")],
    ],
)
def test_what_is_not_doubtful(named: Any) -> None:
    assert pairs(result_of(*named)) == {}


def test_the_most_useful_come_first() -> None:
    often = [("a", "Gaspard Lemoinne", "per:g-l"), ("b", "Gaspard Lemoigne", "per:g-ly")] * 5
    once = [("a", "Solveig Hartmann", "per:s-h"), ("b", "Solveig Hartman", "per:s-hn")]
    frame = result_of(*once, *often).suspects()
    assert list(frame["entity"]) == ["per:g-l", "per:s-h"]
    assert frame["score"].is_monotonic_decreasing
    assert list(frame.columns) == (
        ["score", "propose", "why", "entity", "name", "mentions", "example"]
        + ["other", "other_name", "other_mentions", "other_example"]
    )
    assert frame["example"][0] == "On cite Gaspard Lemoinne."


def test_order_is_indifferent_and_nothing_gives_nothing() -> None:
    named = [("a", "Awa Kerbrat", "per:awa-kerbrat"), ("b", "Kerbrat", "per:kerbrat")]
    assert pairs(result_of(*named)) == pairs(result_of(*named[::-1]))
    assert len(ee.Extraction().suspects()) == 0


def test_what_is_settled_is_proposed_no_more() -> None:
    result = result_of(("a", "Awa Kerbrat", "per:awa-kerbrat"), ("b", "Kerbrat", "per:kerbrat"))
    apart = ee.Decisions(never_merge=[{"entities": ["Kerbrat", "Awa Kerbrat"]}])
    assert len(result.suspects(apart)) == 0
    merge = ee.Decisions(merge=[{"into": "Awa Kerbrat", "from": ["Kerbrat"]}])
    assert len(result.apply(merge).suspects()) == 0


def test_the_file_proposed_decides_nothing_until_uncommented(tmp_path: Path) -> None:
    result = result_of(
        ("a", "Awa Kerbrat", "per:awa-kerbrat"),
        ("l'article: 1", "Kerbrat", "per:awa-kerbrat"),
        ("b", "Ewen Kerbrat", "per:ewen-kerbrat"),
        ("b", "Gaspard Lemoinne", "per:g-l"),
        ("b", "Gaspard Lemoigne", "per:g-ly"),
    )
    path = tmp_path / "decisions.yml"
    text = propose(find_suspects(result))
    path.write_text(text, encoding="utf-8")
    assert len(ee.Decisions.read(path)) == 0
    assert "« On cite Gaspard Lemoigne. »" in text
    for line in ("- into", "  from", "- entity", "  as", "  articles"):
        text = text.replace(f"  # {line}", f"  {line}")
    path.write_text(text, encoding="utf-8")
    merge, split = ee.Decisions.read(path)
    assert (merge.to, merge.entities) == ("per:g-l", ("per:g-ly",))
    assert split.articles == ("l'article: 1",)
    after = result.apply(ee.Decisions.read(path))
    assert {m.entity for m in after.mentions if m.text == "Kerbrat"} == {"per:ewen-kerbrat"}
