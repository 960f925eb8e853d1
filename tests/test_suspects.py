"""Doubtful pairs: which are proposed, in what order, and the file that proposes them."""

from pathlib import Path
from typing import Any

import pytest

import entextract as ee
from entextract.decisions.proposals import propose
from entextract.decisions.suspects import find_suspects
from entextract.linking.entities import count_entities

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


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        # a letter or two: 88 of 100 alike, of five letters or more
        (["org Vorlan Mirdo", "org Vorlen Mirdor"], {0.315: "spelt nearly as 'Vorlan Mirdo'"}),
        (["org Vorlando", "org Vorlandi"], {}),
        (["org Vorla", "org Vorlan"], {0.348: "spelt nearly as 'Vorla'"}),
        (["org Vorl", "org Vorla"], {}),
        (["org Vorlan", "loc Vorlam"], {}),
        (["per Ponant Lemoigne I", "per Ponant Lemoigne V"], {0.384: "Lemoigne V'"}),
        (["per Ponant Lemoigne II", "per Ponant Lemoigne IV"], {}),
        # acronyms: of eight letters at most, in small letters five at most
        (["org Phares bretons", "org PB"], {0.212: "initials of 'Phares bretons'"}),
        (["org Les phares", "org LP"], {}),
        (["org Phares et balises", "org PEB"], {0.212: "initials of"}),
        (["org Phares de la mer d'Iroise", "org PMI"], {0.212: "initials of"}),
        (["org Union bretonne des ports", "org UBDP"], {0.425: "initials of"}),
        (["org A bon chat bon rat noir", "org Bcbrn"], {0.425: "initials of"}),
        (["org Bons chats bons rats noirs ivres", "org Bcbrni"], {}),
        (["org Ah bons chats de bons rats noirs en mer", "org ABCDBRNEM"], {}),
        (["org Ah bons chats bons rats noirs gris verts", "org ABCBRNGV"], {0.425: "initials"}),
        (["org Phares bretons", "org Ponant brumeux", "org PB"], {0.142: "initials"}),
        (["org Office des phares", "org O P"], {}),
        (["org P-B"], {}),
        # names alone, and their bearers
        (["per Awa Kerbrat", "per Awa"], {0.3: "'Awa' alone, one bearer"}),
        (["per Awa Kerbrat", "per Ewen Kerbrat", "per Kerbrat"], {0.15: "alone, 2 bearers"}),
        (["per Maël Dorvan Kerbrat", "per Dorvan Kerbrat"], {0.3: "alone, one bearer"}),
        (["per Maël Dorvan Kerbrat", "per Maël Dorvan"], {0.3: "alone, one bearer"}),
        (["per Awa Kerbrat"] * 2 + ["per Kerbrat"] * 4, {0.48: "alone, one bearer"}),
        # one name under two ids, or two labels; a name that is but signs is none
        (["per Awa Vorlan", "org Awa-Vorlan"] * 2, {0.467: "ORG here and PER there"}),
        (["org !", "loc ?"], {}),
    ],
)
def test_score_and_reason(named: list[str], expected: dict[float, str]) -> None:
    rows = [name.split(" ", 1) for name in named]
    found = find_suspects(
        result_of(*(("a", text, f"{kind}:{text.lower()}") for kind, text in rows))
    )
    assert {s.score for s in found} == expected.keys()
    assert all(s.why.endswith(expected[s.score]) or expected[s.score] in s.why for s in found)


@pytest.mark.parametrize(("between", "found"), [(11, True), (12, False)])
def test_a_name_is_compared_with_its_neighbours(between: int, found: bool) -> None:
    others = [f"Kerdalo vizj{letter * 2}" for letter in map("{}o".format, "bdgklmnprstv")]
    names = ["Kerdalo vizir", "Kerdalo vizor", *(name + "unamidel" for name in others[:between])]
    suspects = pairs(result_of(*(("a", name, f"org:{name}") for name in names)))
    assert (("org:Kerdalo vizir", "org:Kerdalo vizor") in suspects) is found


@pytest.mark.parametrize(("bearers", "doubted"), [(8, 8), (9, 0)])
def test_a_surname_of_too_many_bearers_tells_nothing(bearers: int, doubted: int) -> None:
    full = [
        f"{given} Kerbrat"
        for given in ["Awa", "Ewen", "Maël", "Nolwenn", "Tifenn", "Goulc", "Yuna", "Brioc", "Lena"]
    ]
    named = [("a", name, f"per:{name}") for name in full[:bearers]]
    alone = find_suspects(result_of(*named, ("b", "Kerbrat", "per:kerbrat")))
    assert [(s.propose, s.score) for s in alone] == [("merge", 0.037)] * doubted
    # read as the first: the others are one less
    read = find_suspects(result_of(*named, ("b", "Kerbrat", named[0][2])))
    assert [(s.propose, s.score) for s in read] == [("split", 0.175)] * (7 if doubted else 0)


@pytest.mark.parametrize(("crowd", "found"), [(197, True), (198, False)])
def test_a_word_that_too_many_names_end_with(crowd: int, found: bool) -> None:
    names = ["Awa Kerbrat", "A. Kerbrat", "Kerbrat", *(f"N{i} Kerbrat" for i in range(crowd))]
    suspects = pairs(result_of(*(("a", name, f"per:{name}") for name in names)))
    assert (("per:Awa Kerbrat", "per:A. Kerbrat") in suspects) is found


def test_only_who_may_bear_a_surname_is_meant_by_it() -> None:
    named = [
        ("a", "Awa Kerbrat", "per:awa-kerbrat"),
        ("b", "Kerbrat", "per:awa-kerbrat"),
        ("c", "Awa", "per:awa-kerbrat"),  # a given name: nobody doubts it
        ("a", "Alan Kerbrat", "per:alan-kerbrat"),
        ("a", "Lena Kerbrat", "per:lena-kerbrat"),
        ("d", "Lena Awa", "per:lena-awa"),
        ("a", "Kerbrat Loïc", "per:kerbrat-loic"),
    ]
    assert pairs(result_of(*named)) == {
        ("per:awa-kerbrat", "per:alan-kerbrat"): (
            "'Kerbrat' is read as 'Awa Kerbrat', may be 'Alan Kerbrat'"
        ),
        ("per:awa-kerbrat", "per:lena-kerbrat"): (
            "'Kerbrat' is read as 'Awa Kerbrat', may be 'Lena Kerbrat'"
        ),
    }


def test_of_two_doubts_as_strong_the_first_is_told() -> None:
    result = result_of(
        ("a", "Awa Kerbrat", "per:awa-kerbrat"),
        ("b", "Ewen Kerbrat", "per:ewen-kerbrat"),
        ("c", "Kerbrat", "per:ewen-kerbrat"),
        ("d", "Kerbrat", "per:awa-kerbrat"),
    )
    assert list(pairs(result)) == [("per:ewen-kerbrat", "per:awa-kerbrat")]


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
