"""The rules of mentions: printed and parsed alike, each known to the table with an example."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

import entextract as ee
from entextract import tables
from entextract.records.rules import DECISIONS, Link, Rule
from entextract.tables import TableError, read_table
from entextract.tables.beliefs import belief_of

FINDERS = [row.name for row in tables.rules() if row.part == "finder"]
LINKS = [row.name for row in tables.rules() if row.part == "link" and row.name != "corpus"]


@given(
    st.builds(
        Rule,
        st.sampled_from([*FINDERS, "verb:union douanière", "title", ""]),
        st.lists(st.builds(Link, st.sampled_from(LINKS), st.booleans()), max_size=3).map(tuple),
        st.sets(st.sampled_from(DECISIONS)).map(
            lambda found: tuple(one for one in DECISIONS if one in found)
        ),
    )
)
def test_what_is_printed_is_parsed_back(rule: Rule) -> None:
    assert Rule.parse(str(rule)) == rule


def test_the_parts_of_a_rule() -> None:
    rule = Rule.parse("title-before-name+surname+corpus-spelling+decision:merge+decision:rename")
    assert rule.found_by == "title-before-name"
    assert rule.links == (Link("surname"), Link("spelling", over_corpus=True))
    assert rule.decisions == ("merge", "rename")
    assert rule.steps == "surname+corpus-spelling+decision:merge+decision:rename"


@pytest.mark.parametrize(
    ("text", "kind", "weak", "of_table", "decided", "settled"),
    [
        ("model", "model", False, False, False, False),
        ("weak:places", "weak", True, False, False, False),
        ("metonym:subject", "metonym", False, True, False, False),
        ("table:organisations+state-of-article", "table", False, True, False, False),
        ("agreed:countries", "agreed", False, True, False, False),
        ("demonym:table+decision:rename", "demonym", False, False, True, False),
        ("model+decision:relabel+decision:split", "model", False, False, True, True),
        ("", "", False, False, False, False),
    ],
)
def test_what_a_rule_says(
    text: str, kind: str, weak: bool, of_table: bool, decided: bool, settled: bool
) -> None:
    rule = Rule.parse(text)
    assert (rule.kind, rule.weak, rule.has_id_of_table) == (kind, weak, of_table)
    assert (rule.is_decided, rule.is_settled) == (decided, settled)


def test_an_unknown_decision_is_an_error() -> None:
    with pytest.raises(
        ValueError, match="unknown decision 'fusion'; the decisions are never-merge"
    ):
        Rule.parse("model+decision:fusion")


def test_examples_have_their_rule(nlp_full: Language) -> None:
    rows = [row for row in tables.rules() if row.example]
    articles = [ee.Article(str(i), row.example) for i, row in enumerate(rows)]
    given: dict[str, list[Rule]] = {article.id: [] for article in articles}
    for mention in ee.extract(articles, nlp_full).mentions:
        given[mention.article].append(Rule.parse(mention.rule))
    for row, rules in zip(rows, given.values(), strict=True):
        found = {rule.found_by for rule in rules}
        linked = {link.why for rule in rules for link in rule.links}
        assert row.name in (found if row.part == "finder" else linked), row


def test_what_the_sample_articles_give_is_known(sample_result: ee.Extraction) -> None:
    for mention in sample_result.mentions:
        rule = Rule.parse(mention.rule)
        assert belief_of("finder", rule.found_by) > 0
        assert all(0 <= belief_of("link", link.why) <= 1 for link in rule.links)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("finder,model,beaucoup,Said by the model.,", "belief 'beaucoup' is not a number from 0"),
        ("finder,model,-1,Said by the model.,", "belief '-1' is not a number from 0"),
        ("link,surname,1.5,A surname.,", "belief '1.5' is not a number from 0, at most 1"),
        ("nom,surname,0.5,A surname.,", "part 'nom' is none of actor, finder, link"),
    ],
)
def test_the_table_refuses(line: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "rules.csv"
    path.write_text(f"part,name,belief,definition,example\n{line}\n", encoding="utf-8")
    with pytest.raises(TableError, match=fault):
        read_table(path)
