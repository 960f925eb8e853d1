"""Backbones on small graphs: values done by hand, and what the published methods are known for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_graph import FR, KZ, MACRON, ONU, Corpus, corpora, result_of

from entextract.graph.backbone import chosen, disparity, noise_corrected, strongest
from entextract.graph.entity_graph import EntityGraph

CORPUS: Corpus = {
    "a1": [[[FR, KZ]] * 8, [[FR, MACRON], [FR, ONU]]],
    "a2": [[[KZ, ONU]], [[MACRON], [ONU], [KZ]]],
}
A, B = np.array([0, 0, 1, 2]), np.array([1, 2, 2, 3])
WEIGHT = np.array([10, 1, 1, 5])


def test_disparity_by_hand() -> None:
    # strengths 11, 11, 7, 5; degrees 2, 2, 3, 1
    expected = [
        1 - 10 / 11,  # the same at both ends
        min(1 - 1 / 11, (1 - 1 / 7) ** 2),
        min(1 - 1 / 11, (1 - 1 / 7) ** 2),
        min((1 - 5 / 7) ** 2, 1.0),  # node 3 has one edge: nothing to say
    ]
    assert disparity(A, B, WEIGHT) == pytest.approx(expected)


def test_disparity_with_directions() -> None:
    # only what leaves node 0 counts at its end; node 2 receives 1 + 1
    found = disparity(A, B, WEIGHT, directed=True)
    assert found == pytest.approx([1 / 11, min(10 / 11, 1 / 2), min(1.0, 1 / 2), 1.0])


def test_disparity_of_equal_weights_depends_on_degree_alone() -> None:
    ends = np.zeros(5, int), np.arange(1, 6)
    assert disparity(*ends, np.full(5, 3)) == pytest.approx(np.full(5, 0.8**4))


def test_noise_corrected_by_hand() -> None:
    # both directions: n = 34; for the first edge n_i = n_j = 11
    score, deviation = noise_corrected(A, B, WEIGHT)
    lift = 34 * 10 / (11 * 11)
    assert score[0] == pytest.approx((lift - 1) / (lift + 1))
    mean = 11 * 11 / 34**2
    variance = (11 * 11 * 23 * 23) / (34**4 * 33)
    alpha = mean**2 / variance * (1 - mean) - mean
    beta = mean / variance * (1 - mean**2) - (1 - mean)
    expected = (alpha + 10) / (alpha + beta + 34)
    slope = 1 / 121 - 34 * 22 / 121**2
    derivative = 2 * (34 / 121 + 10 * slope) / (lift + 1) ** 2
    by_hand = (34 * expected * (1 - expected)) ** 0.5 * abs(derivative)
    assert deviation[0] == pytest.approx(by_hand)
    # what the authors' program gives for the four edges
    assert score.tolist() == pytest.approx([0.475054, -0.387387, -0.387387, 0.658537], abs=1e-6)
    assert deviation.tolist() == pytest.approx([0.042235, 0.423566, 0.423566, 0.049939], abs=1e-6)


def test_noise_corrected_with_directions_by_hand() -> None:
    # n = 17; what leaves 0, 1, 2, 3 is 11, 1, 5, 0, what comes in is 0, 10, 2, 5
    score, deviation = noise_corrected(A, B, WEIGHT, directed=True)
    lift = 17 * WEIGHT / (np.array([11, 11, 1, 5]) * np.array([10, 2, 2, 5]))
    assert score == pytest.approx((lift - 1) / (lift + 1))
    mean = 11 * 10 / 17**2
    variance = (11 * 10 * 6 * 7) / (17**4 * 16)
    alpha = mean**2 / variance * (1 - mean) - mean
    beta = mean / variance * (1 - mean**2) - (1 - mean)
    expected = (alpha + 10) / (alpha + beta + 17)
    derivative = 2 * abs(17 / 110 + 10 * (1 / 110 - 17 * 21 / 110**2)) / (lift[0] + 1) ** 2
    assert deviation[0] == pytest.approx((17 * expected * (1 - expected)) ** 0.5 * derivative)
    for column in (*noise_corrected(A[:0], B[:0], WEIGHT[:0]), disparity(A[:0], B[:0], WEIGHT[:0])):
        assert len(column) == 0


COLUMNS = {"weight": WEIGHT, "p_adjusted": np.array([0.05, 0.06, 0.5, 0.01])}


@pytest.mark.parametrize(
    ("method", "options", "kept"),
    [
        ("disparity", {}, "0000"),
        (
            "disparity",
            {"alpha": 4 / 49},
            "0000",
        ),  # 2/7 squared is the chance of the last: not below
        ("disparity", {"alpha": 4 / 49 + 1e-12}, "0001"),
        ("disparity", {"alpha": 0.1}, "1001"),
        ("disparity", {"alpha": 0.1, "directed": True}, "1000"),
        ("significance", {}, "1001"),
        ("significance", {"alpha": 0.0499}, "0001"),
        # scores of 0.475 and 0.659, of 11.2 and 13.2 deviations; the others are below 0
        ("noise_corrected", {}, "1001"),
        ("noise_corrected", {"alpha": 1e-30}, "0001"),
        ("noise_corrected", {"alpha": 1e-40}, "0000"),
        ("noise_corrected", {"alpha": 0.9}, "1111"),
        ("noise_corrected", {"directed": True}, "1011"),
        ("top", {}, "1111"),
        ("top", {"top": 2}, "1001"),
        ("top", {"top": 2, "by": "p_adjusted"}, "0110"),
        ("top", {"top": 0}, "0000"),
    ],
)
def test_what_is_chosen(method: str, options: dict[str, float], kept: str) -> None:
    mask = chosen(method, (A, B), COLUMNS, **options)  # type: ignore[arg-type]
    assert "".join(str(int(stays)) for stays in mask) == kept


def test_the_usual_options() -> None:
    many = np.zeros(1002, int)
    assert chosen("top", (many, many), {"weight": many}).sum() == 1000
    for wrong in (0, 1, -0.1, 1.5):
        with pytest.raises(ValueError, match=f"alpha is {wrong}: it must be between 0 and 1"):
            chosen("top", (A, B), COLUMNS, alpha=wrong)
    for top in (True, 2.0, -1):
        with pytest.raises(ValueError, match=f"top is {top}: it must be a whole number, 0 or more"):
            chosen("top", (A, B), COLUMNS, top=top)  # type: ignore[arg-type]
    assert strongest(WEIGHT, 0).tolist() == [False] * 4


def test_noise_corrected_does_not_depend_on_the_side() -> None:
    one, other = noise_corrected(A, B, WEIGHT), noise_corrected(B, A, WEIGHT)
    assert one[0] == pytest.approx(other[0])
    assert one[1] == pytest.approx(other[1])


def test_noise_corrected_keeps_the_tie_of_two_small_ones() -> None:
    # 20 small nodes hang on a hub; two of them are also tied, less strongly than to the hub.
    # The disparity filter sees nothing there, which is why Coscia and Neffke made theirs
    a = np.array([*[0] * 20, 1])
    b = np.array([*range(1, 21), 2])
    weight = np.array([*[10] * 20, 6])
    score, deviation = noise_corrected(a, b, weight)
    assert score[-1] > 1.64 * deviation[-1]
    assert (score[:2] < score[2:20].min()).all()
    assert disparity(a, b, weight)[-1] > 0.05


@given(st.lists(st.integers(1, 50), min_size=2, max_size=12), st.integers(2, 5))
def test_scale_changes_scores_of_neither(weights: list[int], times: int) -> None:
    weight = np.array(weights)
    ends = np.arange(len(weight)) // 2, np.arange(len(weight)) + 1
    assert disparity(*ends, weight) == pytest.approx(disparity(*ends, weight * times))
    score, deviation = noise_corrected(*ends, weight)
    more, surer = noise_corrected(*ends, weight * times)
    assert score == pytest.approx(more)
    assert (surer <= deviation + 1e-9).all()  # more data, less doubt


def test_strongest_keeps_the_first_of_equals() -> None:
    assert strongest(np.array([1, 1, 1]), 2).tolist() == [True, True, False]
    assert strongest(np.array([1, 2]), 9).tolist() == [True, True]
    with pytest.raises(ValueError, match="whole number"):
        strongest(np.array([1]), -1)


# --- on a graph ---


def test_top() -> None:
    graph = EntityGraph.of_comentions(result_of(CORPUS))
    top = graph.backbone("top", top=1)
    assert [tuple(sorted(edge)) for edge in top.nx.edges] == [(FR, KZ)]
    assert set(top.nx) == {FR, KZ}
    assert top.nx.edges[FR, KZ] == graph.nx.edges[FR, KZ]
    assert len(top.evidence(FR, KZ)) == 8
    likely = graph.backbone("top", top=1, by="p_value").nx.edges
    assert set(next(iter(likely))) != {FR, KZ}
    assert graph.nx.number_of_edges() == 4  # unchanged


@pytest.mark.parametrize("method", ["noise_corrected", "disparity", "significance", "top"])
def test_early_and_late_backbones_agree(method: str) -> None:
    late = EntityGraph.of_comentions(result_of(CORPUS)).backbone(method)  # type: ignore[arg-type]
    early = EntityGraph.of_comentions(result_of(CORPUS), backbone=method)  # type: ignore[arg-type]
    assert sorted(late.nx.edges(data="p_value")) == sorted(early.nx.edges(data="p_value"))
    assert set(late.nx) == set(early.nx)


def test_looser_levels_keep_more() -> None:
    graph = EntityGraph.of_comentions(result_of(CORPUS), "article")
    for method in ("noise_corrected", "disparity", "significance"):
        sizes = [len(graph.backbone(method, alpha=alpha).nx.edges) for alpha in (0.01, 0.3, 0.99)]
        assert sizes == sorted(sizes)


def test_wrong_options() -> None:
    graph = EntityGraph.of_comentions(result_of(CORPUS))
    with pytest.raises(ValueError, match="no method 'strong': choose one of noise_corrected"):
        graph.backbone("strong")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="between 0 and 1"):
        graph.backbone(alpha=1.0)
    with pytest.raises(ValueError, match="edges have no 'beauty': choose one of articles"):
        graph.backbone("top", by="beauty")


@given(corpora)
def test_a_backbone_is_a_part(corpus: Corpus) -> None:
    graph = EntityGraph.of_comentions(result_of(corpus), "paragraph")
    for method in ("noise_corrected", "disparity", "significance", "top"):
        part = graph.backbone(method).nx
        assert set(part.edges) <= set(graph.nx.edges)
        assert all(degree for _, degree in part.degree)
