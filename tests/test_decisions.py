"""A person's decisions: which files are refused, what applying changes, and what it never does."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import entextract as ee
from entextract.decisions.decision import EXAMPLES, VERBS
from entextract.linking.entities import count_entities

LABELS = {"per": "PER", "org": "ORG", "loc": "LOC", "country": "COUNTRY"}


def mention(article: str, text: str, entity: str, start: int = 0) -> ee.Mention:
    label: Any = LABELS[entity.partition(":")[0]]
    return ee.Mention(article, start, start + len(text), text, label, "name", entity, 0, 0, "model")


def result_of(*mentions: ee.Mention, relations: tuple[ee.Relation, ...] = ()) -> ee.Extraction:
    articles = [
        ee.Article("a", "", date="2024-01-10", source="Le Phare"),
        ee.Article("b", "", date="2024-02-20", source="La Digue"),
        ee.Article("c", "", date="", source="Le Phare"),
    ]
    return ee.Extraction(
        articles=tuple(articles),
        mentions=mentions,
        entities=tuple(count_entities(mentions)),
        relations=relations,
    )


RESULT = result_of(
    mention("a", "Awa Kerbrat", "per:awa-kerbrat"),
    mention("a", "Kerbrat", "per:awa-kerbrat", 20),
    mention("b", "Ewen Kerbrat", "per:ewen-kerbrat"),
    mention("b", "E. Kerbrat", "per:e-kerbrat", 20),
    mention("b", "BERD", "org:berd", 40),
    mention("c", "Awa Kerbrat", "per:awa-kerbrat"),
    mention("c", "Tolgoï", "per:tolgoi", 20),
)


def of(result: ee.Extraction) -> dict[str, str]:
    """Entity of each mention, by article and text."""
    return {f"{m.article} {m.text}": m.entity for m in result.mentions}


def rules(result: ee.Extraction) -> dict[str, str]:
    return {f"{m.article} {m.text}": m.rule for m in result.mentions if "decision" in m.rule}


def entity(result: ee.Extraction, i: str) -> ee.Entity:
    return next(e for e in result.entities if e.id == i)


# ---- what each decision does


def test_merge_by_id_or_by_name() -> None:
    for name in ("per:e-kerbrat", "E. Kerbrat", "e. KERBRAT"):
        decisions = ee.Decisions(merge=[{"into": "Ewen Kerbrat", "from": [name]}])
        after = RESULT.apply(decisions)
        assert of(after)["b E. Kerbrat"] == "per:ewen-kerbrat"
        assert rules(after) == {"b E. Kerbrat": "model+decision:merge"}
        assert entity(after, "per:ewen-kerbrat").mentions == 2
        assert "per:e-kerbrat" not in {e.id for e in after.entities}
        assert after.problems == ()


def test_merges_are_followed_to_their_end() -> None:
    merge = [
        {"into": "per:ewen-kerbrat", "from": ["per:e-kerbrat"]},
        {"into": "per:awa-kerbrat", "from": ["per:ewen-kerbrat"]},
    ]
    assert of(RESULT.apply(ee.Decisions(merge=merge)))["b E. Kerbrat"] == "per:awa-kerbrat"


def test_merged_mentions_take_the_label_of_the_other() -> None:
    decisions = ee.Decisions(merge=[{"into": "country:MN", "from": ["Tolgoï"]}])
    after = RESULT.apply(decisions)
    assert entity(after, "country:MN").country == "MN"
    assert {m.label for m in after.mentions if m.entity == "country:MN"} == {"COUNTRY"}
    assert [p.reason for p in after.problems] == [
        "no country:MN here: it is made of what is merged into it"
    ]


@pytest.mark.parametrize(
    ("condition", "moved"),
    [
        ({"articles": ["c"]}, {"c Awa Kerbrat"}),
        ({"sources": ["Le Phare"]}, {"a Awa Kerbrat", "a Kerbrat", "c Awa Kerbrat"}),
        ({"until": "2024-01-31"}, {"a Awa Kerbrat", "a Kerbrat"}),
        ({"since": "2024-01-10", "until": "2024-01-10"}, {"a Awa Kerbrat", "a Kerbrat"}),
        ({"since": "2024-01-11"}, set()),
    ],
)
def test_split(condition: dict[str, Any], moved: set[str]) -> None:
    split = [{"entity": "per:awa-kerbrat", "as": "Awa Kerbrat (poète)", **condition}]
    after = RESULT.apply(ee.Decisions(split=split))
    part = {name for name, i in of(after).items() if i == "per:awa-kerbrat-poete"}
    assert part == moved == set(rules(after))
    if moved:
        assert entity(after, "per:awa-kerbrat-poete").name == "Awa Kerbrat (poète)"


@pytest.mark.parametrize("hour", ["", "T00:00", "T10:30", " 23:59:59"])
def test_a_split_until_a_day_covers_the_hours_of_that_day(hour: str) -> None:
    dated = replace(
        RESULT, articles=tuple(replace(a, date=f"2024-03-31{hour}") for a in RESULT.articles)
    )
    for days, moved in (
        ({"until": "2024-03-31"}, True),
        ({"since": "2024-03-31"}, True),
        ({"until": "2024-03-30"}, False),
        ({"since": "2024-04-01"}, False),
    ):
        split = [{"entity": "per:awa-kerbrat", "as": "Awa Kerbrat (poète)", **days}]
        found = of(dated.apply(ee.Decisions(split=split))).values()
        assert ("per:awa-kerbrat-poete" in found) is moved


def test_a_split_by_date_leaves_articles_without_a_day() -> None:
    for date in ("", "hier"):
        undated = replace(RESULT, articles=tuple(replace(a, date=date) for a in RESULT.articles))
        split = [{"entity": "per:awa-kerbrat", "as": "Une autre", "until": "2024-03-31"}]
        assert undated.apply(ee.Decisions(split=split)).entities == undated.entities


def test_an_article_says_more_than_a_source() -> None:
    split = [
        {"entity": "per:awa-kerbrat", "as": "per:phare", "sources": ["Le Phare"]},
        {"entity": "per:awa-kerbrat", "as": "per:ewen-kerbrat", "articles": ["c"]},
    ]
    after = of(RESULT.apply(ee.Decisions(split=split)))
    assert after["a Awa Kerbrat"] == "per:phare"
    assert after["c Awa Kerbrat"] == "per:ewen-kerbrat"


def test_rename_relabel_and_drop() -> None:
    decisions = ee.Decisions(
        rename=[{"entity": "BERD", "name": "Banque pour la reconstruction"}],
        relabel=[{"entity": "Tolgoï", "label": "LOC", "reason": "une mine"}],
        drop=[{"entity": "per:e-kerbrat"}],
    )
    after = RESULT.apply(decisions)
    assert entity(after, "org:berd").name == "Banque pour la reconstruction"
    assert entity(after, "per:tolgoi").label == "LOC"
    assert "b E. Kerbrat" not in of(after)
    assert rules(after) == {
        "b BERD": "model+decision:rename",
        "c Tolgoï": "model+decision:relabel",
    }
    assert {e.id for e in after.former} == {"org:berd", "per:e-kerbrat", "per:tolgoi"}


def test_never_merge_undoes_what_the_resolver_merged() -> None:
    decisions = ee.Decisions(never_merge=[{"entities": ["per:kerbrat", "Awa Kerbrat"]}])
    after = RESULT.apply(decisions)
    assert of(after)["a Kerbrat"] == "per:kerbrat"
    assert of(after)["a Awa Kerbrat"] == "per:awa-kerbrat"
    assert rules(after) == {"a Kerbrat": "model+decision:never-merge"}


def test_relations_follow_their_entities() -> None:
    def relation(source: str, target: str) -> ee.Relation:
        return ee.Relation("b", source, target, "meets", "actual", "", "", 0, 1, "", "verb")

    result = result_of(
        *RESULT.mentions,
        relations=(
            relation("per:e-kerbrat", "org:berd"),
            relation("per:e-kerbrat", "per:ewen-kerbrat"),
            relation("per:ewen-kerbrat", "per:tolgoi"),
        ),
    )
    decisions = ee.Decisions(
        merge=[{"into": "per:ewen-kerbrat", "from": ["per:e-kerbrat"]}],
        drop=[{"entity": "per:tolgoi"}],
    )
    (kept,) = result.apply(decisions).relations
    assert (kept.source, kept.rule) == ("per:ewen-kerbrat", "verb+decision:merge")


def test_another_corpus_reports_what_it_does_not_know() -> None:
    other = result_of(mention("a", "E. Kerbrat", "per:e-kerbrat"), mention("a", "X", "loc:x"))
    decisions = ee.Decisions(
        merge=[{"into": "Ewen Kerbrat", "from": ["per:e-kerbrat"]}],
        drop=[{"entity": "loc:x"}],
        rename=[{"entity": "org:berd", "name": "BERD"}],
    )
    after = other.apply(decisions)
    assert of(after) == {"a E. Kerbrat": "per:e-kerbrat"}
    assert [(p.where, p.reason, p.action) for p in after.problems] == [
        ("merge per:e-kerbrat Ewen Kerbrat", "no entity 'Ewen Kerbrat' here", "unknown"),
        ("rename org:berd BERD", "no entity 'org:berd' here", "unknown"),
    ]


def test_a_name_that_two_share_is_reported() -> None:
    both = result_of(mention("a", "Breton", "per:breton"), mention("a", "Breton", "org:breton", 9))
    after = both.apply(ee.Decisions(drop=[{"entity": "Breton"}]))
    assert after.mentions == both.mentions
    reason = "'Breton' may be org:breton or per:breton: write one of these ids"
    assert [p.reason for p in after.problems] == [reason]


def test_a_name_and_an_id_that_contradict_are_refused() -> None:
    decisions = ee.Decisions(
        drop=[{"entity": "Ewen Kerbrat"}], rename=[{"entity": "per:ewen-kerbrat", "name": "E. K."}]
    )
    with pytest.raises(ee.DecisionError, match="is dropped at drop Ewen Kerbrat|dropped at"):
        RESULT.apply(decisions)


def test_what_was_settled_survives_on_disk(tmp_path: Path) -> None:
    decisions = ee.Decisions(
        merge=[{"into": "per:ewen-kerbrat", "from": ["E. Kerbrat"]}],
        drop=[{"entity": "Tolgoï"}],
        rename=[{"entity": "BERD", "name": "Banque"}],
    )
    after = RESULT.apply(decisions)
    after.to_csv(tmp_path)
    back = ee.Extraction.from_csv(tmp_path)
    assert back == after
    assert back.apply(decisions) == after


def reasons(after: ee.Extraction) -> list[str]:
    return [problem.reason for problem in after.problems]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"merge": [{"into": "per:ewen-kerbrat", "from": ["Ewen Kerbrat"]}]}, []),
        ({"merge": [{"into": "per:absent", "from": ["Inconnu"]}]}, ["no entity 'Inconnu' here"]),
        (
            {"never_merge": [{"entities": ["Ewen Kerbrat", "per:ewen-kerbrat"]}]},
            ["Ewen Kerbrat and per:ewen-kerbrat are not two entities here"],
        ),
        (
            {"never_merge": [{"entities": ["per:absent", "Inconnu"]}]},
            [
                "no entity 'Inconnu' here: if it is a form of another, "
                "write the id that it would have",
                "no entity 'per:absent' here",
            ],
        ),
        (
            {"never_merge": [{"entities": ["per:absent", "BERD"]}]},
            ["no entity 'per:absent' here", "per:absent and BERD are not two entities here"],
        ),
        ({"never_merge": [{"entities": ["Awa Kerbrat", "BERD"]}]}, []),
        ({"drop": [{"entity": "Inconnu"}]}, ["no entity 'Inconnu' here"]),
        (
            {"split": [{"entity": "BERD", "as": "org:autre", "articles": ["b", "zz"]}]},
            ["no article of 'zz' here"],
        ),
        (
            {"split": [{"entity": "BERD", "as": "org:autre", "sources": ["La Digue", "b"]}]},
            ["no article of 'b' here"],
        ),
        (
            {"split": [{"entity": "Inconnu", "as": "Autre", "articles": ["b"]}]},
            ["no entity 'Inconnu' here"],
        ),
    ],
)
def test_what_is_not_found_is_told_once(given: dict[str, Any], said: list[str]) -> None:
    after = RESULT.apply(ee.Decisions(**given))
    assert reasons(after) == said
    assert all(problem.action == "unknown" for problem in after.problems)
    assert after.apply(ee.Decisions(**given)) == after


def test_a_part_of_a_country_needs_an_id() -> None:
    result = result_of(mention("a", "Congo", "country:CD"))
    split = {"entity": "Congo", "as": "Autre Congo", "articles": ["a"]}
    after = result.apply(ee.Decisions(split=[split]))
    assert (of(after), reasons(after)) == (of(result), ["no entity 'Autre Congo' here"])
    after = result.apply(ee.Decisions(split=[{**split, "as": "country:CG"}]))
    assert (of(after), reasons(after)) == ({"a Congo": "country:CG"}, [])


def test_a_part_may_be_an_entity_that_is_there() -> None:
    split = [{"entity": "Awa Kerbrat", "as": "Ewen Kerbrat", "articles": ["c"]}]
    after = RESULT.apply(ee.Decisions(split=split))
    assert of(after)["c Awa Kerbrat"] == "per:ewen-kerbrat"
    assert entity(after, "per:ewen-kerbrat").name == "Ewen Kerbrat"


def test_parts_of_two_entities_in_two_spellings_are_one() -> None:
    split = [
        {"entity": "Awa Kerbrat", "as": "Le poète", "articles": ["c"]},
        {"entity": "Ewen Kerbrat", "as": "LE POÈTE", "articles": ["b"]},
    ]
    after = RESULT.apply(ee.Decisions(split=split))
    assert entity(after, "per:le-poete").name == "LE POÈTE"
    assert entity(after, "per:le-poete").mentions == 2


def test_decisions_may_name_what_other_decisions_make() -> None:
    decisions = ee.Decisions(
        split=[{"entity": "Awa Kerbrat", "as": "per:poete", "articles": ["c"]}],
        merge=[
            {"into": "per:z", "from": ["E. Kerbrat"]},
            {"into": "per:ewen-kerbrat", "from": ["per:z"]},
        ],
        never_merge=[{"entities": ["per:kerbrat", "Awa Kerbrat"]}],
        rename=[{"entity": "per:poete", "name": "Le poète"}, {"entity": "Kerbrat", "name": "K."}],
    )
    after = RESULT.apply(decisions)
    assert of(after)["b E. Kerbrat"] == "per:ewen-kerbrat"
    assert entity(after, "per:poete").name == "Le poète"
    assert entity(after, "per:kerbrat").name == "K."
    assert reasons(after) == ["no per:z here: it is made of what is merged into it"]


def test_what_is_made_of_several_has_the_name_of_the_most_mentioned() -> None:
    merge = [{"into": "per:famille", "from": ["Ewen Kerbrat", "Awa Kerbrat", "E. Kerbrat"]}]
    assert entity(RESULT.apply(ee.Decisions(merge=merge)), "per:famille").name == "Awa Kerbrat"
    merge = [{"into": "per:famille", "from": ["Ewen Kerbrat", "E. Kerbrat"]}]
    assert entity(RESULT.apply(ee.Decisions(merge=merge)), "per:famille").name == "E. Kerbrat"


@pytest.mark.parametrize(
    ("ends", "given", "expected"),
    [
        (("per:e-kerbrat", "org:berd", ""), "merge", ("per:ewen-kerbrat", "org:berd", "", "merge")),
        (("org:berd", "per:e-kerbrat", ""), "merge", ("org:berd", "per:ewen-kerbrat", "", "merge")),
        (
            ("org:berd", "per:tolgoi", "per:e-kerbrat"),
            "merge",
            ("org:berd", "per:tolgoi", "per:ewen-kerbrat", "merge"),
        ),
        (("per:ewen-kerbrat", "org:berd", ""), "split", ("per:autre", "org:berd", "", "split")),
        (("org:berd", "per:ewen-kerbrat", ""), "split", ("org:berd", "per:autre", "", "split")),
        (
            ("per:e-kerbrat", "org:berd", ""),
            "merge split",
            ("per:autre", "org:berd", "", "merge+decision:split"),
        ),
        (("org:berd", "per:tolgoi", ""), "merge split", ("org:berd", "per:tolgoi", "", "")),
        (("org:berd", "per:tolgoi", "per:awa-kerbrat"), "drop", ("org:berd", "per:tolgoi")),
        (("per:awa-kerbrat", "org:berd", ""), "drop", ()),
        (("org:berd", "per:awa-kerbrat", ""), "drop", ()),
        (("per:e-kerbrat", "per:ewen-kerbrat", ""), "merge", ()),
        (("per:e-kerbrat", "per:e-kerbrat", ""), "split", ("per:e-kerbrat", "per:e-kerbrat", "")),
    ],
)
def test_the_ends_and_the_speaker_of_a_relation(
    ends: tuple[str, str, str], given: str, expected: tuple[str, ...]
) -> None:
    source, target, speaker = ends
    relation = ee.Relation("b", source, target, "meets", "actual", speaker, "", 0, 1, "", "verb")
    every: dict[str, list[dict[str, Any]]] = {
        "merge": [{"into": "per:ewen-kerbrat", "from": ["per:e-kerbrat"]}],
        "split": [{"entity": "per:ewen-kerbrat", "as": "per:autre", "articles": ["b"]}],
        "drop": [{"entity": "Awa Kerbrat"}],
    }
    decisions = ee.Decisions(**{verb: every[verb] for verb in given.split()})
    found = result_of(*RESULT.mentions, relations=(relation,)).apply(decisions).relations
    marks = [(r.source, r.target, r.speaker, r.rule.partition("+decision:")[2]) for r in found]
    assert [mark[: len(expected)] for mark in marks] == ([expected] if expected else [])


# ---- properties

IDS = ["per:ana-bel", "per:ana", "per:bel", "org:bel", "loc:bel", "per:absente"]
NAMES = ["Ana Bel", "Ana", "Bel", "Absente"]
entities = st.sampled_from([*IDS, *NAMES])
texts = st.sampled_from(["Ana Bel", "Ana", "Bel", "ANA BEL"])
results = st.lists(
    st.tuples(st.sampled_from("abc"), texts, st.sampled_from(IDS[:-1])), max_size=8
).map(lambda rows: result_of(*(mention(a, t, e, 9 * i) for i, (a, t, e) in enumerate(rows))))
conditions = st.sampled_from(
    [
        {"articles": ["a"]},
        {"articles": ["b", "zz"]},
        {"sources": ["Le Phare"]},
        {"until": "2024-01-31"},
    ]
)
given_rows = {
    "merge": st.builds(
        lambda a, b: {"into": a, "from": b}, entities, st.lists(entities, min_size=1)
    ),
    "split": st.builds(lambda a, b, c: {"entity": a, "as": b, **c}, entities, entities, conditions),
    "rename": st.builds(lambda a, b: {"entity": a, "name": b}, entities, st.sampled_from(NAMES)),
    "relabel": st.builds(
        lambda a, b: {"entity": a, "label": b}, entities, st.sampled_from(["PER", "ORG", "LOC"])
    ),
    "drop": st.builds(lambda a: {"entity": a}, entities),
    "never_merge": st.lists(entities, min_size=2, max_size=3, unique=True).map(
        lambda names: {"entities": names}
    ),
}


def in_harmony(given: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Without the rows that contradict those before them: few lists drawn by lot have none."""
    kept: dict[str, list[Any]] = {verb: [] for verb in given}
    for verb, rows in given.items():
        for row in rows:
            kept[verb].append(row)
            try:
                ee.Decisions(**kept)
            except ee.DecisionError:
                kept[verb].pop()
    return kept


several = st.fixed_dictionaries(
    {verb: st.lists(rows, max_size=2) for verb, rows in given_rows.items()}
).map(in_harmony)
often = settings(max_examples=300, suppress_health_check=list(HealthCheck), deadline=None)


def settled(result: ee.Extraction, given: dict[str, Any]) -> tuple[ee.Decisions, ee.Extraction]:
    """Decisions and what they give; contradictory ones are passed over."""
    try:
        decisions = ee.Decisions(**given)
        return decisions, result.apply(decisions)
    except ee.DecisionError:
        assume(False)
        raise


@often
@given(results, several)
def test_twice_changes_nothing_more(result: ee.Extraction, given: dict[str, Any]) -> None:
    decisions, once = settled(result, given)
    assert once.apply(decisions) == once


def test_a_name_that_what_is_set_apart_bears_too() -> None:
    result = result_of(mention("a", "Ana", "per:ana-bel"))
    decisions, once = settled(
        result,
        {
            "split": [{"entity": "per:ana", "as": "Absente", "articles": ["a"]}],
            "rename": [{"entity": "Ana", "name": "Absente"}],
            "never_merge": [{"entities": ["per:ana-bel", "per:ana"]}],
        },
    )
    assert once.apply(decisions) == once


def test_two_splits_into_one_new_entity() -> None:
    result = result_of(mention("a", "Ana Bel", "per:ana-bel"), mention("a", "Ana", "per:bel"))
    parts = [
        {"entity": entity, "as": "per:ana", "articles": ["a"]}
        for entity in ("per:ana-bel", "per:bel")
    ]
    _, one = settled(result, {"split": parts})
    assert settled(result, {"split": parts[::-1]})[1] == one


@often
@given(results, several, st.randoms())
def test_order_is_indifferent(result: ee.Extraction, given: dict[str, Any], random: Any) -> None:
    _, one = settled(result, given)
    shuffled = {verb: random.sample(rows, len(rows)) for verb, rows in given.items()}
    assert result.apply(ee.Decisions(**shuffled)) == one


@often
@given(results, several)
def test_entities_are_those_of_the_mentions(result: ee.Extraction, given: dict[str, Any]) -> None:
    _, once = settled(result, given)
    counted = count_entities(once.mentions, {e.id: e.name for e in once.entities})
    assert once.entities == tuple(counted)


@often
@given(several)
def test_a_file_gives_back_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, given: dict[str, Any]
) -> None:
    decisions, _ = settled(RESULT, given)
    path = tmp_path_factory.mktemp("d") / "decisions.yml"
    decisions.write(path)
    assert ee.Decisions.read(path) == decisions


# ---- files


def read(tmp_path: Path, text: str) -> ee.Decisions:
    path = tmp_path / "decisions.yml"
    path.write_text(text, encoding="utf-8")
    return ee.Decisions.read(path)


def test_the_examples_of_the_messages_can_be_read(tmp_path: Path) -> None:
    text = "".join(f"{verb}:\n  - {EXAMPLES[verb]}\n" for verb in VERBS)
    assert {row.verb for row in read(tmp_path, text)} == set(VERBS)


@pytest.mark.parametrize(
    "text", ["", "# rien\n", "merge:\n  # - {}\nsplit:\n", "\ufeffmerge: []\n"]
)
def test_a_file_may_hold_nothing(tmp_path: Path, text: str) -> None:
    assert len(read(tmp_path, text)) == 0


REFUSED = {
    "cycle": (
        "merge:\n  - into: per:a\n    from: [per:b]\n  - into: per:b\n    from: [per:a]\n",
        ":4: the merges go round: per:a → per:b → …; choose which one stays",
    ),
    "itself": ("merge:\n  - {into: Ana, from: [ana]}\n", ":2: ana is merged into itself"),
    "two targets": (
        "merge:\n  - {into: per:a, from: [per:c]}\n  - {into: per:b, from: [per:c]}\n",
        ":3: per:c is merged into per:b, and into per:a at ",
    ),
    "merge and never": (
        "merge:\n  - {into: per:a, from: [per:b]}\nnever-merge:\n  - entities: [per:a, per:b]\n",
        ":4: per:a and per:b are never to be merged, and are merged at ",
    ),
    "two names": (
        "rename:\n  - {entity: per:a, name: A}\n  - {entity: per:a, name: B}\n",
        ":3: per:a is A at ",
    ),
    "two labels": (
        "relabel:\n  - {entity: per:a, label: ORG}\n  - {entity: per:a, label: LOC}\n",
        ":3: per:a is ORG at ",
    ),
    "drop and rename": (
        "drop:\n  - entity: per:a\nrename:\n  - {entity: per:a, name: A}\n",
        ":4: per:a is dropped at ",
    ),
    "drop and merge": (
        "drop:\n  - entity: per:a\nmerge:\n  - {into: per:a, from: [per:b]}\n",
        ":4: per:a is dropped at ",
    ),
    "drop and split": (
        "drop:\n  - entity: per:a\nsplit:\n  - {entity: per:a, as: B, articles: [x]}\n",
        ":4: per:a is dropped at ",
    ),
    "merge and split": (
        "merge:\n  - {into: per:a, from: [per:b]}\n"
        "split:\n  - {entity: per:b, as: C, articles: [x]}\n",
        ":4: per:b is merged into per:a at ",
    ),
    "split twice": (
        "split:\n  - {entity: A, as: B, articles: [x]}\n  - {entity: A, as: C, articles: [x, y]}\n",
        ":3: A is split the same way at ",
    ),
    "split of a part": (
        "split:\n  - {entity: A, as: B, articles: [x]}\n  - {entity: B, as: C, articles: [y]}\n",
        ":2: B is split too; split A part by part",
    ),
    "python tag": (
        "drop:\n  - entity: !!python/object/apply:os.system [rm]\n",
        ":2: tag !!python/object/apply:os.system is not read; remove it",
    ),
    "other tag": ("drop: !!set {per:a}\n", ":1: tag !!set is not read"),
    "alias": ("drop:\n  - &x {entity: per:a}\n  - *x\n", ":3: *x points to another place"),
    "number": ("drop:\n  - entity: 1789\n", ":2: entity is a number, not a text; put it between"),
    "yes": ("rename:\n  - entity: per:a\n    name: yes\n", ":3: name is yes or no, not a text"),
    "text for a list": ("merge:\n  - {into: A, from: B}\n", ":2: from is a list; write from: [B]"),
    "list for a text": ("drop:\n  - entity: [A]\n", ":2: entity is one text, not a list"),
    "empty": ("drop:\n  - entity:\n", ":2: entity is empty; write it, or delete the line"),
    "unknown verb": ("fusion: []\n", ":1: unknown key 'fusion'; the decisions are merge, split"),
    "near verb": ("never_merge: []\n", ":1: unknown key 'never_merge'; do you mean 'never-merge'?"),
    "unknown key": (
        "merge:\n  - into: A\n    form: [B]\n",
        ":3: unknown key 'form' in merge; do you mean 'from'? the keys are into, from, reason",
    ),
    "missing key": ("merge:\n\n  - into: A\n", ":3: merge without 'from'; write for instance: {"),
    "unknown label": (
        "relabel:\n  - {entity: A, label: PERS}\n",
        ":2: unknown label 'PERS'; the labels are PER, COUNTRY, ORG, LOC",
    ),
    "country": (
        "relabel:\n  - {entity: per:a, label: COUNTRY}\n",
        ":2: a country has an id of its",
    ),
    "no condition": ("split:\n  - {entity: A, as: B}\n", ":2: a split takes one of articles"),
    "two conditions": (
        "split:\n  - {entity: A, as: B, articles: [x], since: 2024-01-01}\n",
        ":2: a split takes one of articles",
    ),
    "no day": (
        "split:\n  - {entity: A, as: B, since: 2024}\n",
        ":2: since is a number, not a text",
    ),
    "wrong day": ("split:\n  - {entity: A, as: B, since: mai}\n", ":2: since 'mai' is not a day"),
    "days reversed": (
        "split:\n  - {entity: A, as: B, since: 2024-02-01, until: 2024-01-01}\n",
        ":2: since 2024-02-01 is after until 2024-01-01",
    ),
    "key twice": ("drop: []\nmerge: []\ndrop: []\n", ":3: 'drop' is already on line 1; put all"),
    "one alone": ("never-merge:\n  - entities: [A]\n", ":2: never-merge takes two entities"),
    "list on top": ("- A\n", ":1: start with a decision"),
    "no list": ("drop: per:a\n", ":1: under drop, start each decision with « - »"),
    "bare name": ("drop:\n  - per:a\n", ":2: a decision is keys with values; write for instance"),
    "not yaml": ("drop:\n  - entity: 'A\n", "not YAML"),
    "tab": ("drop:\n\t- entity: A\n", ":2: not YAML: found character"),
    "two documents": ("drop: []\n---\nmerge: []\n", ":2: not YAML"),
    "control character": ("drop: \x00\n", "not YAML"),
    "too deep": ("drop:\n" + "[" * 900, ":2: too many levels"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_file_line_and_remedy(tmp_path: Path, case: str) -> None:
    text, said = REFUSED[case]
    with pytest.raises(ee.DecisionError) as error:
        read(tmp_path, text)
    assert str(error.value).startswith(str(tmp_path / "decisions.yml"))
    assert said in str(error.value)


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "latin.yml"
    path.write_bytes("drop:\n  - entity: Élysée\n".encode("latin-1"))
    with pytest.raises(ee.DecisionError, match="not UTF-8"):
        ee.Decisions.read(path)


def test_a_notebook_is_told_which_decision(tmp_path: Path) -> None:
    with pytest.raises(ee.DecisionError, match="^merge, number 2: merge without 'from'"):
        ee.Decisions(merge=[{"into": "A", "from": ["B"]}, {"into": "A"}])
    with pytest.raises(ee.DecisionError, match="^drop, number 1: entity is a number"):
        ee.Decisions(drop=[{"entity": 3}])
