"""Backbones: which edges of a weighted graph say more than the sizes of their ends would.

Functions on columns, one row an edge: the numbers of its two ends, and its weight.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

if TYPE_CHECKING:
    Column = np.ndarray[tuple[int, ...], np.dtype[Any]]

Method = Literal["noise_corrected", "disparity", "significance", "top"]


def select_edges(
    method: Method,
    ends: tuple[Column, Column],
    columns: dict[str, Column],
    *,
    directed: bool = False,
    alpha: float = 0.05,
    top: int = 1000,
    by: str = "weight",
) -> Column:
    """A mask of the edges to keep; see ``EntityGraph.backbone`` for the options.

    Args:
        method: the name of the method.
        ends: the numbers of the two ends of each edge.
        columns: the attributes of the edges by name; ``weight`` at least.
        directed: whether the ends are a source and a target.
        alpha: level of significance.
        top: how many edges ``"top"`` keeps.
        by: the attribute that ``"top"`` ranks by.

    Raises:
        ValueError: an unknown method or attribute, or a value out of range.
    """
    if method not in get_args(Method):
        raise ValueError(f"no method {method!r}: choose one of {', '.join(get_args(Method))}")
    if not 0 < alpha < 1:
        raise ValueError(f"alpha is {alpha!r}: it must be between 0 and 1")
    needed = {"significance": "p_adjusted", "top": by}.get(method, "weight")
    if needed not in columns:
        raise ValueError(f"edges have no {needed!r}: choose one of {', '.join(columns)}")
    if method == "top":
        return strongest_edges(columns[by], top)
    if method == "significance":
        return np.asarray(columns["p_adjusted"] <= alpha)
    weight = columns["weight"]
    if method == "disparity":
        return np.asarray(disparity(*ends, weight, directed=directed) < alpha)
    score, deviation = noise_corrected(*ends, weight, directed=directed)
    return np.asarray(score > -NormalDist().inv_cdf(alpha) * deviation)


def strongest_edges(values: Column, top: int) -> Column:
    """A mask of the highest values; among equals the first ones are kept.

    >>> strongest_edges(np.array([1, 3, 2, 3, 2]), 3).tolist()
    [False, True, True, True, False]
    """
    if not isinstance(top, int) or isinstance(top, bool) or top < 0:
        raise ValueError(f"top is {top!r}: it must be a whole number, 0 or more")
    mask = np.zeros(len(values), bool)
    mask[np.argsort(-values, kind="stable")[:top]] = True
    return mask


def disparity(a: Column, b: Column, weight: Column, *, directed: bool = False) -> Column:
    """Significance of each edge in the disparity filter: the lower, the less by chance.

    An end of degree k and strength s sees its weight w as the piece of a segment cut at k - 1
    random points: the chance of a piece so long is (1 - w / s)^(k - 1). The lower of the values at
    the two ends is given; an end with a single edge has nothing to say (its value is 1).
    M. Ángeles Serrano, Marián Boguñá and Alessandro Vespignani, "Extracting the multiscale
    backbone of complex weighted networks", PNAS 106(16), 2009.

    >>> a, b = np.array([0, 0, 0]), np.array([1, 2, 3])
    >>> disparity(a, b, np.array([8, 1, 1])).round(4).tolist()
    [0.04, 0.81, 0.81]
    """
    found = []
    degree, strength = _sums(a, b, np.ones(len(a)), directed), _sums(a, b, weight, directed)
    for side, end in enumerate((a, b)):
        share = weight / strength[side][end]
        found.append((1 - share) ** (degree[side][end] - 1))
    return np.asarray(np.minimum(*found))


def noise_corrected(
    a: Column, b: Column, weight: Column, *, directed: bool = False
) -> tuple[Column, Column]:
    """The noise-corrected score of each edge, from -1 to 1, and its standard deviation.

    The score compares the weight with what the strengths of the ends lead to expect: 0 if equal,
    (w - E) / (w + E) with E = n_i n_j / n. Its deviation comes from a binomial law whose
    probability is estimated with a Beta prior. An edge belongs to the backbone if its score is
    more than δ deviations above 0 (δ = 1.28, 1.64, 2.32 for 10, 5, 1 %).
    Michele Coscia and Frank Neffke, "Network backboning with noisy data", ICDE 2017. As in the
    authors' program, an undirected edge counts in both directions.

    >>> score, deviation = noise_corrected(np.array([0, 1]), np.array([1, 2]), np.array([6, 2]))
    >>> score.round(4).tolist(), deviation.round(4).tolist()
    ([0.3333, 0.3333], [0.0437, 0.0296])
    """
    w = weight.astype(float)
    n = w.sum() * (1 if directed else 2)
    out, into = _sums(a, b, w, directed)
    ni, nj = out[a], into[b]
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = ni * nj / n**2
        variance = ni * nj * (n - ni) * (n - nj) / (n**4 * (n - 1))
        alpha = mean**2 / variance * (1 - mean) - mean
        beta = mean / variance * (1 - mean**2) - (1 - mean)
        expected = (alpha + w) / (alpha + beta + n)
        kappa = n / (ni * nj)
        slope = 1 / (ni * nj) - n * (ni + nj) / (ni * nj) ** 2
        derivative = 2 * (kappa + w * slope) / (kappa * w + 1) ** 2
        deviation = np.sqrt(expected * (1 - expected) * n) * np.abs(derivative)
    return (kappa * w - 1) / (kappa * w + 1), deviation


def _sums(a: Column, b: Column, values: Column, directed: bool) -> tuple[Column, Column]:
    """Sum of the values at each node: as a source and as a target, the same if undirected."""
    nodes = int(max(a.max(initial=-1), b.max(initial=-1))) + 1
    out = np.bincount(a, values, minlength=nodes)
    into = np.bincount(b, values, minlength=nodes)
    return (out, into) if directed else (out + into, out + into)
