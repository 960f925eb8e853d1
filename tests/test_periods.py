"""Graphs by period, and what changes between two of them."""

import datetime
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_graph import FR, KZ, MACRON, ONU, Corpus, corpora, edges, result_of

from entextract.graph.entity_graph import EntityGraph
from entextract.records.nouns import Relation
from entextract.result import Extraction

CORPUS: Corpus = {
    "a1": [[[FR, KZ], [FR, KZ]]],
    "a2": [[[FR, KZ, MACRON]]],
    "a3": [[[FR, ONU]]],
    "a4": [[[FR, KZ]]],
}
DATES = {"a1": "2024-12-30", "a2": "2025-01-01", "a3": "2025-03-02", "a4": ""}


def dated(corpus: Corpus, dates: dict[str, str]) -> Extraction:
    result = result_of(corpus)
    return replace(
        result, articles=tuple(replace(a, date=dates.get(a.id, "")) for a in result.articles)
    )


RESULT = dated(CORPUS, DATES)


@pytest.mark.parametrize(
    ("by", "labels"),
    [
        ("year", ["2024", "2025"]),
        ("month", ["2024-12", "2025-01", "2025-02", "2025-03"]),
        ("week", ["2025-W01", *(f"2025-W{n:02}" for n in range(2, 10))]),
        (["2025-01-01"], ["../2025-01-01", "2025-01-01/.."]),
        (
            [datetime.date(2025, 2, 1), "2025-01-01"],
            ["../2025-01-01", "2025-01-01/2025-02-01", "2025-02-01/.."],
        ),
    ],
)
def test_labels(by: str, labels: list[str]) -> None:
    graph = EntityGraph.of_comentions(RESULT)
    assert [label for label, _ in graph.slices(by)] == labels  # type: ignore[arg-type]


def test_a_slice_is_the_graph_of_its_articles() -> None:
    slices = dict(EntityGraph.of_comentions(RESULT).slices("month"))
    assert edges(slices["2024-12"]) == {(FR, KZ): (2, 1)}
    assert slices["2025-01"].nx.nodes[FR]["mentions"] == 1
    assert len(slices["2025-02"]) == 0
    assert list(slices["2025-01"].evidence(FR, KZ)["article"]) == ["a2"]


def test_what_was_filtered_out_stays_out() -> None:
    graph = EntityGraph.of_comentions(RESULT, min_weight=2)
    slices = dict(graph.slices("year"))
    assert edges(slices["2025"]) == {(FR, KZ): (1, 1)}


def test_no_dates_no_slices() -> None:
    assert EntityGraph.of_comentions(dated(CORPUS, {})).slices("month") == []


def test_wrong_periods() -> None:
    graph = EntityGraph.of_comentions(RESULT)
    with pytest.raises(ValueError, match="no period 'day': choose year, month, week"):
        graph.slices("day")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="2025-13-01|month must be"):
        graph.slices(["2025-13-01"])


@given(
    corpora, st.lists(st.dates(datetime.date(2024, 1, 1), datetime.date(2024, 6, 1)), max_size=3)
)
def test_slices_add_up(corpus: Corpus, days: list[datetime.date]) -> None:
    result = dated(corpus, {a: f"2024-0{n + 1}-15" for n, a in enumerate(corpus)})
    graph = EntityGraph.of_comentions(result, "paragraph")
    total = dict.fromkeys(edges(graph), 0)
    for _, part in graph.slices(days):
        for pair, (weight, _) in edges(part).items():
            total[pair] += weight
    assert total == {pair: weight for pair, (weight, _) in edges(graph).items()}


# --- comparing ---


def test_compare_by_hand() -> None:
    before = EntityGraph.of_comentions(result_of({"a": [[[FR, KZ]]], "b": [[[FR]]]}))
    after = EntityGraph.of_comentions(
        result_of({"c": [[[FR, MACRON]]], "d": [[[FR]]], "e": [[[KZ]]], "f": [[[KZ]]]})
    )
    table = before.compare(after)
    rows = {(row.what, row.source, row.target): row for row in table.itertuples()}
    assert rows["tie", FR, KZ].change == "vanishes"
    assert rows["tie", FR, MACRON].change == "appears"
    assert rows["entity", KZ, ""].change == "stays"  # one of 2, two of 4
    france = rows["entity", FR, ""]
    assert (france.before, france.after, france.change) == (2, 2, "shrinks")
    assert (france.share_before, france.share_after) == (1.0, 0.5)
    # with or without France, before and after: 2, 0, 2, 2 where 4/3, 2/3, 8/3, 4/3 are expected
    ratio = 2 * (2 * math.log(2 / (4 / 3)) + 2 * math.log(2 / (8 / 3)) + 2 * math.log(2 / (4 / 3)))
    assert france.log_likelihood == pytest.approx(ratio)
    assert france.p_value == pytest.approx(math.erfc(math.sqrt(ratio / 2)))
    assert rows["tie", FR, KZ].label == "France – Kazakhstan"
    assert table["log_likelihood"].is_monotonic_decreasing


def test_what_does_not_change() -> None:
    graph = EntityGraph.of_comentions(RESULT)
    table = graph.compare(graph)
    assert set(table["change"]) == {"stays"}
    assert table["p_adjusted"].tolist() == [1.0] * len(table)
    assert len(EntityGraph.of_comentions(Extraction()).compare(graph)) == len(table)
    empty = EntityGraph.of_comentions(Extraction())
    assert len(empty.compare(empty)) == 0


def test_a_true_change_comes_first() -> None:
    one = result_of({f"a{n}": [[[FR, KZ] if n < 40 else [FR]], [[ONU]]] for n in range(60)})
    two = result_of({f"b{n}": [[[FR, KZ] if n < 5 else [FR]], [[ONU]]] for n in range(60)})
    table = EntityGraph.of_comentions(one).compare(EntityGraph.of_comentions(two))
    assert set(table["change"][:2]) == {"shrinks"}
    assert (table["p_adjusted"][:2] < 1e-6).all()
    assert (table["p_adjusted"][2:] == 1.0).all()


# --- relations, which are sliced and compared too ---


def relation(article: str, source: str, target: str, kind: str, status: str = "actual") -> Relation:
    rest = ("", "verbe", 0, 5, "Texte", "rule")
    row = Relation(article, source, target, kind, status, *rest)  # type: ignore[arg-type]
    return replace(row, plover="CONSULT", goldstein=2.5) if kind == "meets" else row


STATED = replace(
    RESULT,
    relations=(
        relation("a1", FR, KZ, "meets"),
        relation("a2", FR, KZ, "meets"),
        relation("a2", FR, KZ, "accuses"),
        relation("a2", KZ, FR, "accuses", "negated"),
        relation("a3", MACRON, ONU, "meets"),
    ),
)


def test_relations_stay_apart() -> None:
    graph = EntityGraph.of_relations(STATED)
    assert set(graph.nx.edges(keys=True)) == {
        (FR, KZ, "meets"), (FR, KZ, "accuses"), (MACRON, ONU, "meets"),
    }  # fmt: skip
    assert graph.nx.edges[FR, KZ, "meets"] == {
        "kind": "meets", "status": "actual", "weight": 2, "articles": 2, "sources": 1,
        "goldstein": 2.5,
    }  # fmt: skip
    assert "goldstein" not in graph.nx.edges[FR, KZ, "accuses"]
    assert list(graph.to_frame("edges"))[:7] == [
        "source", "target", "kind", "status", "weight", "articles", "sources",
    ]  # fmt: skip
    table = graph.evidence("France", "Kazakhstan")
    assert table[["article", "kind", "text"]].values.tolist() == [
        ["a1", "meets", "Texte"], ["a2", "meets", "Texte"], ["a2", "accuses", "Texte"],
    ]  # fmt: skip


def test_kinds_and_status() -> None:
    graph = EntityGraph.of_relations(STATED, kinds=["accuses"], status=["actual", "negated"])
    assert set(graph.nx.edges(keys=True)) == {
        (FR, KZ, "accuses"), (KZ, FR, "accuses (negated)"),
    }  # fmt: skip
    with pytest.raises(ValueError, match="no status 'false'"):
        EntityGraph.of_relations(STATED, status="false")  # type: ignore[arg-type]


def test_both_in_one_graph() -> None:
    graph = EntityGraph.of_all(STATED)
    assert repr(graph) == "<EntityGraph: 4 entities, 7 edges, window sentence, stated relations>"
    comention = graph.nx.edges[FR, KZ, "comention"]
    assert (comention["kind"], comention["directed"], comention["weight"]) == (
        "comention",
        False,
        4,
    )
    assert graph.nx.edges[FR, KZ, "meets"]["directed"] is True
    kinds = graph.evidence(FR, KZ)["kind"].value_counts().to_dict()
    assert kinds == {"comention": 4, "meets": 2, "accuses": 1}
    graph.measure()


def test_relations_by_period() -> None:
    for graph in (EntityGraph.of_relations(STATED), EntityGraph.of_all(STATED)):
        parts = dict(graph.slices("year"))
        assert parts["2024"].nx.edges[FR, KZ, "meets"]["weight"] == 1
        assert not parts["2024"].nx.has_edge(FR, KZ, "accuses")
        table = parts["2024"].compare(parts["2025"])
        change = table.set_index(["source", "target", "kind"])["change"]
        assert change[FR, KZ, "accuses"] == "appears"
