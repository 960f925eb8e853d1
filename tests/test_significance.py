"""Weights on counts small enough to be done by hand, and a null model put to the test."""

import math
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.stats import binom, kstest
from test_graph import FR, KZ, MACRON, ONU, Corpus, corpora, result_of, windows

from entextract.graph import significance as weights
from entextract.graph.comentions import Places, Ties, count
from entextract.graph.entity_graph import EntityGraph
from entextract.graph.significance import (
    adjusted,
    fit,
    log_likelihood,
    measure,
    npmi,
    p_values,
    tail,
)


def ties_of(groups: list[set[int]], entities: int) -> Ties:
    """Each group is an article, and so a window."""
    rows = [(n, entity) for n, group in enumerate(groups) for entity in sorted(group)]
    article, entity = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    zero = np.zeros(len(rows), np.int64)
    source = np.zeros(len(groups), np.int64)
    return count(Places(article, zero, zero, entity, source, entities), "article")


def column(values: float | list[float]) -> np.ndarray:
    return np.array(values, ndmin=1)


# --- by hand ---


def test_measures_of_a_small_corpus() -> None:
    # 8 windows: France in 4, Kazakhstan in 3, both in 2
    corpus: Corpus = {
        "a1": [[[FR, KZ], [FR], [KZ], [ONU]]],
        "a2": [[[FR, KZ], [FR], [ONU], [MACRON]]],
    }
    edge = EntityGraph.of_comentions(result_of(corpus)).nx.edges[FR, KZ]
    assert (edge["weight"], edge["articles"], edge["sources"]) == (2, 2, 1)
    assert edge["jaccard"] == pytest.approx(2 / 5)
    assert edge["npmi"] == pytest.approx(math.log(2 * 8 / (4 * 3)) / -math.log(2 / 8))
    # cells 2, 2, 1, 3 where 1.5, 2.5, 1.5, 2.5 are expected
    cells = [(2, 1.5), (2, 2.5), (1, 1.5), (3, 2.5)]
    assert edge["log_likelihood"] == pytest.approx(2 * sum(o * math.log(o / e) for o, e in cells))
    assert [type(value) for value in edge.values()] == [int] * 3 + [float] * 5


def test_distinct_sources() -> None:
    result = result_of({name: [[[FR, KZ]]] for name in "abcd"})
    sources = ["Le Quotidien", "La Gazette", "", "La Gazette"]
    articles = [replace(a, source=s) for a, s in zip(result.articles, sources, strict=True)]
    graph = EntityGraph.of_comentions(replace(result, articles=tuple(articles)))
    assert graph.nx.edges[FR, KZ]["sources"] == 3


def test_always_together_and_never_by_chance() -> None:
    assert npmi(column(8), column(8), column(8), 8) == [1.0]
    assert npmi(column(1), column(2), column(4), 8) == pytest.approx([0.0])
    assert npmi(column(1), column(4), column(4), 8)[0] < 0
    assert log_likelihood(column(1), column(2), column(4), 8) == pytest.approx([0.0], abs=1e-12)


def test_adjusted_counts_the_tests_that_were_not_seen() -> None:
    # 0.01·5/1, 0.02·5/2, 0.9·5/3 -> 1; the first cannot be above the second
    assert adjusted(column([0.02, 0.01, 0.9]), 5) == pytest.approx([0.05, 0.05, 1.0])
    assert adjusted(column([0.5]), 1) == [0.5]
    assert len(adjusted(np.array([]), 0)) == 0


def test_null_model_of_equal_windows_by_hand() -> None:
    # all windows hold 2 of 4 entities: the chance of each link is 1 / 2, and d = 4 · 1/2 · 1/2 = 1;
    # of a pair 1/4 · (1 - 1/4 / 1) = 3/16 (1/6 without the approximation)
    groups = [{0, 1}, {2, 3}, {0, 2}, {1, 3}]
    ties = ties_of(groups, 4)
    model = fit(ties.windows, ties.sizes)
    assert model.probability == pytest.approx(np.array([[0.5]]))
    assert p_values(ties) == pytest.approx(np.full(4, 1 - (13 / 16) ** 4))


def test_a_long_enumeration_surprises_less_than_many_pairs() -> None:
    # both times 30 windows, each entity in 2 and with 0 and 1 together once: the hypergeometric
    # law cannot tell them apart
    alone = [{n} for n in range(20)]
    pairs = [*({n, n + 1} for n in range(0, 20, 2)), *alone]
    enumeration = [set(range(20)), *alone, *[{20}] * 9]
    assert p_values(ties_of(pairs, 21))[0] < 0.1
    assert p_values(ties_of(enumeration, 21))[0] > 0.5


# twenty windows of one to four entities; 4 is always alone, 5 nowhere
MIXED = [{0, 1}, {0, 1}, {0, 1, 2}, {0, 2, 3}, {0, 3}, {0}, {1}, {4}, {4}, {0, 1, 2, 3}] * 2


def test_all_measures_of_a_mixed_corpus() -> None:
    ties = ties_of(MIXED, 6)
    pairs = list(zip(ties.a.tolist(), ties.b.tolist(), ties.weight.tolist(), strict=True))
    assert pairs == [(0, 1, 8), (0, 2, 6), (0, 3, 6), (1, 2, 4), (1, 3, 2), (2, 3, 4)]
    model = fit(ties.windows, ties.sizes)
    assert model.kind.tolist() == [4, 3, 2, 2, 1, 0]
    assert model.windows.tolist() == [8, 6, 4, 2]
    # what the fitted model has been found to be; that it keeps the totals is tested below
    expected = [
        [0, 0, 0, 0],
        [0.05453366, 0.16113085, 0.34160766, 0.61525747],
        [0.10193940, 0.27431541, 0.50521554, 0.75886511],
        [0.25187755, 0.52856849, 0.75177442, 0.90323549],
        [0.48970999, 0.76166985, 0.89618683, 0.96377683],
    ]
    assert model.probability == pytest.approx(np.array(expected), abs=1e-7)
    assert model.spread[0] < 1e-200
    by_hand = [sum(p * (1 - p) for p in np.array(expected)[model.kind, n]) for n in (1, 2, 3)]
    assert model.spread[1:] == pytest.approx(by_hand, abs=1e-6)
    found = measure(ties)
    assert list(found) == ["jaccard", "npmi", "log_likelihood", "p_value", "p_adjusted"]
    assert found["jaccard"] == pytest.approx([1 / 2, 3 / 7, 3 / 7, 1 / 3, 1 / 7, 1 / 2])
    assert found["npmi"][:2] == pytest.approx(
        [math.log(8 * 20 / 140) / math.log(20 / 8), math.log(6 * 20 / 84) / math.log(20 / 6)]
    )
    p = [0.26208819, 0.18711626, 0.18711626, 0.40366325, 0.90613632, 0.10221366]
    assert found["p_value"] == pytest.approx(p, abs=1e-7)
    # five entities are named somewhere: ten pairs, of which six are seen
    adjusted = [p[0] * 10 / 4, p[1] * 10 / 3, p[1] * 10 / 3, p[3] * 10 / 5, 1, p[1] * 10 / 3]
    assert found["p_adjusted"] == pytest.approx(adjusted, abs=1e-6)


def test_the_model_where_all_is_certain() -> None:
    ties = ties_of([{0, 1}] * 3, 3)
    model = fit(ties.windows, ties.sizes)
    assert model.probability[model.kind] == pytest.approx(np.array([[1], [1], [0]]), abs=1e-6)
    assert p_values(ties) == pytest.approx([1.0], abs=1e-5)
    empty = ties_of([], 0)
    assert [len(column) for column in measure(empty).values()] == [0] * 5


def test_entities_named_once_or_never() -> None:
    # eleven windows of two, so that each entity has its share of them; 5 is named nowhere
    ties = ties_of([{0, 1}] * 3 + [{2, 4}] * 7 + [{2, 3}], 6)
    model = fit(ties.windows, ties.sizes)
    assert model.probability[1:, 0] == pytest.approx([1 / 11, 3 / 11, 7 / 11, 8 / 11])
    assert model.probability[0].tolist() == [0]
    found = measure(ties)
    p = 0.00411535, 0.41845389, 0.11524490
    assert found["p_value"] == pytest.approx(p, abs=1e-7)
    # ten pairs of the five that are named, of which three are seen
    assert found["p_adjusted"] == pytest.approx([p[0] * 10, 1.0, p[2] * 10 / 2], abs=1e-6)


# --- properties ---


@given(st.lists(st.sets(st.integers(0, 6), min_size=1), min_size=1, max_size=12))
def test_model_keeps_the_totals(groups: list[set[int]]) -> None:
    ties = ties_of(groups, 7)
    model = fit(ties.windows, ties.sizes)
    expected = (model.probability @ model.windows)[model.kind]
    assert expected == pytest.approx(ties.windows, abs=0.01)
    sizes = np.unique(ties.sizes)
    assert model.probability[model.kind].sum(axis=0) == pytest.approx(sizes, abs=0.01)


@given(corpora, windows)
def test_measures_stay_in_their_range(corpus: Corpus, window: str | int) -> None:
    graph = EntityGraph.of_comentions(result_of(corpus), window)
    for _, _, edge in graph.nx.edges(data=True):
        assert 1 <= edge["sources"] <= edge["articles"] <= edge["weight"]
        assert 0 < edge["jaccard"] <= 1
        assert -1 <= edge["npmi"] <= 1 + 1e-9
        assert edge["log_likelihood"] >= 0
        assert 0 <= edge["p_value"] <= 1
        assert edge["p_value"] <= edge["p_adjusted"] + 1e-12


@given(
    st.lists(st.tuples(st.integers(1, 60), st.floats(0.001, 0.95)), min_size=1, max_size=4),
    st.integers(0, 60),
)
@example([(1, 0.5), (1, 0.5), (1, 0.00390625)], 2)
def test_tail_is_near_the_exact_law(classes: list[tuple[int, float]], k: int) -> None:
    law = np.ones(1)
    for many, chance in classes:
        law = np.convolve(law, binom.pmf(np.arange(many + 1), many, chance))
    exact = law[k:].sum()
    many, chance = (np.array(values) for values in zip(*classes, strict=True))
    found = tail(np.array([k]), chance[None, :], many)[0]
    assert found == pytest.approx(exact, rel=0.13, abs=1e-13)


def test_tail_is_sharp_when_the_draws_are_many() -> None:
    many, chance = np.array([400, 150, 30]), np.array([0.002, 0.05, 0.4])
    law = np.ones(1)
    for n, q in zip(many, chance, strict=True):
        law = np.convolve(law, binom.pmf(np.arange(n + 1), n, q))
    k = np.arange(2, 60)
    exact = law[::-1].cumsum()[::-1][k]
    found = tail(k, np.tile(chance, (len(k), 1)), many)
    assert np.abs(found / exact - 1).max() < 0.005
    assert exact[-1] < 1e-14  # that far into the tail


@pytest.mark.parametrize(
    ("many", "chance", "values"),
    [
        # exact: none, one at least, all, more than there are
        ([3], [0.5], {-1: 1.0, 0: 1.0, 1: 7 / 8, 2: 1 / 2, 3: 1 / 8, 4: 0.0, 5: 0.0}),
        # two draws succeed always, five never
        ([4, 2, 5], [0.25, 1.0, 0.0], {1: 1.0, 2: 1.0, 3: 175 / 256, 5: 13 / 256, 6: 1 / 256}),
        ([4, 2, 5], [0.25, 1.0, 0.0], {7: 0.0, 11: 0.0}),
        # up to 8 term by term, from 9 on by the approximation, whose values are not the exact ones
        ([400, 150, 30], [0.002, 0.05, 0.4], {2: 0.9999999986572423, 8: 0.9998645890596496}),
        ([400, 150, 30], [0.002, 0.05, 0.4], {9: 0.9995439362936673, 15: 0.9368064078663108}),
        ([400, 150, 30], [0.002, 0.05, 0.4], {20: 0.5722241021652651, 30: 0.011486390910012544}),
        ([400, 150, 30], [0.002, 0.05, 0.4], {60: 4.708917887227366e-18}),
        ([12], [0.9], {8: 0.99567065673, 9: 0.9762905722365789, 11: 0.6890253065525236}),
        # at the mean itself, where two infinite terms cancel
        ([40], [0.5], {20: 0.563078313050504, 21: 0.4377186427717219}),
        ([40], [0.25], {10: 0.5606971350328933}),
        ([40, 20], [0.25, 0.5], {20: 0.550777062519298}),
        # where all likely draws succeed the approximation is too high: the bound is given
        ([10, 2], [0.5, 1e-11], {11: 2.2007984576389742e-14}),
        # one at least, however unlikely
        ([10], [1e-9], {1: 9.999999955e-09}),
        # below a millionth, few as they are
        ([1000], [1e-9], {2: 5.188251655339714e-13, 3: 1.7045621961850155e-19}),
    ],
)
def test_tails(many: list[int], chance: list[float], values: dict[int, float]) -> None:
    k = np.array(list(values))
    found = tail(k, np.tile(chance, (len(k), 1)), np.array(many))
    assert found == pytest.approx(list(values.values()), rel=1e-9, abs=0)


def test_no_success_is_certain() -> None:
    assert tail(np.array([0]), np.array([[0.5]]), np.array([3])).tolist() == [1.0]
    assert tail(np.zeros(0, int), np.zeros((0, 1)), np.array([3])).tolist() == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.integers(0, 50))
def test_adjusted_keeps_the_order(p: list[float], unseen: int) -> None:
    found = adjusted(np.array(p), len(p) + unseen)
    assert ((found >= np.array(p) - 1e-12) & (found <= 1)).all()
    order = np.argsort(p)
    assert (np.diff(found[order]) >= -1e-12).all()


# --- the null model put to the test ---

ENTITIES, WINDOWS = 60, 4000


def structureless(seed: int) -> list[set[int]]:
    """Entities fall in windows at random; both are of unequal size."""
    rng = np.random.default_rng(seed)
    entity = rng.lognormal(-3.5, 0.6, ENTITIES)
    window = rng.lognormal(0, 0.8, WINDOWS)
    odds = np.outer(window, entity)
    return [set(np.flatnonzero(row).tolist()) for row in rng.random(odds.shape) < odds / (1 + odds)]


def together(groups: list[set[int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    pairs = np.array(list(combinations(range(ENTITIES), 2))).T
    inside = np.zeros((len(groups), ENTITIES), int)
    for n, group in enumerate(groups):
        inside[n, list(group)] = 1
    return pairs[0], pairs[1], (inside.T @ inside)[pairs[0], pairs[1]]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_p_values_are_uniform_where_there_is_no_structure(seed: int) -> None:
    groups = structureless(seed)
    ties = ties_of(groups, ENTITIES)
    a, b, counts = together(groups)
    model = fit(ties.windows, ties.sizes)
    # counts are whole numbers: a draw between P(X > k) and P(X ≥ k) makes up for the steps
    low, high = model.at_least(a, b, counts + 1), model.at_least(a, b, counts)
    p = low + np.random.default_rng(seed).random(len(low)) * (high - low)
    assert kstest(p, "uniform").pvalue > 0.01
    assert (measure(ties)["p_adjusted"] > 0.05).all()


def test_a_few_steps_fit_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "_STEPS", 4)
    ties = ties_of(structureless(1), ENTITIES)
    model = fit(ties.windows, ties.sizes)
    assert (model.probability @ model.windows)[model.kind] == pytest.approx(ties.windows, abs=1e-4)


def test_planted_pairs_are_found() -> None:
    groups = structureless(4)
    rng = np.random.default_rng(4)
    planted = {(n, n + 1) for n in range(0, 20, 2)}
    for pair in planted:
        for window in rng.choice(WINDOWS, 60, replace=False):
            groups[window] |= set(pair)
    ties = ties_of(groups, ENTITIES)
    significant = measure(ties)["p_adjusted"] < 0.05
    found = set(zip(ties.a[significant].tolist(), ties.b[significant].tolist(), strict=True))
    assert planted <= found
    assert len(found - planted) <= 2
