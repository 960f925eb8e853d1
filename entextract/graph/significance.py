"""How strong and how surprising a co-mention is: formulas on the counts of ``comentions``.

Notation: N windows, of which n_a mention the entity a and n_ab mention both a and b.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from entextract.graph.comentions import Comentions
from entextract.graph.special import entropy_term, logistic, normal_tail

if TYPE_CHECKING:
    Column = np.ndarray[tuple[int, ...], np.dtype[Any]]

MEASURES = ("jaccard", "npmi", "log_likelihood", "p_value", "p_adjusted")

_CHUNK = 50_000  # rows treated at once: what they need stays in the processor's cache
_STEPS = 200  # Newton steps to fit the null model; some 10 are the rule
_FEW = 8  # successes up to which the law is summed term by term
_CANCELLED = 1e-6  # below, 1 - P(X < k) keeps too few digits
_FAR = 36.0  # log-odds at which a probability is 1 in double precision


def significance_columns(comentions: Comentions) -> dict[str, Column]:
    """The measures of ``MEASURES`` for each co-mention, a column each."""
    total = len(comentions.sizes)
    alone = comentions.windows[comentions.a], comentions.windows[comentions.b]
    found = p_values(comentions)
    named = int((comentions.windows > 0).sum())
    return {
        "jaccard": jaccard(comentions.together, *alone),
        "npmi": npmi(comentions.together, *alone, total),
        "log_likelihood": log_likelihood(comentions.together, *alone, total),
        "p_value": found,
        "p_adjusted": adjusted(found, named * (named - 1) // 2),
    }


def jaccard(both: Column, a: Column, b: Column) -> Column:
    """Jaccard's coefficient, n_ab / (n_a + n_b - n_ab): 1 if the two are always together.

    Paul Jaccard, "Étude comparative de la distribution florale dans une portion des Alpes et du
    Jura", Bulletin de la Société vaudoise des sciences naturelles 37, 1901.

    >>> jaccard(np.array([2]), np.array([4]), np.array([3])).tolist()
    [0.4]
    """
    return np.asarray(both / (a + b - both))


def npmi(both: Column, a: Column, b: Column, total: int) -> Column:
    """Normalised pointwise mutual information, ln(n_ab N / (n_a n_b)) / -ln(n_ab / N).

    1 if the two are always together, 0 if as often as by chance, below 0 if less.
    Gerlof Bouma, "Normalized (pointwise) mutual information in collocation extraction", GSCL 2009.

    >>> npmi(np.array([2]), np.array([2]), np.array([2]), 8).tolist()
    [1.0]
    """
    everywhere = both == total
    joint = np.log(np.where(everywhere, 0.5, both / total))
    pmi = np.log(both / a) - np.log(b / total)
    return np.where(everywhere, 1.0, pmi / -joint)


def log_likelihood(both: Column, a: Column, b: Column, total: int) -> Column:
    """Dunning's log-likelihood ratio G² of the table of windows with or without each of the two.

    G² = 2 Σ O ln(O / E) over the four cells, never below 0: it is large for pairs that avoid each
    other too, which the sign of ``npmi`` tells apart.
    Ted Dunning, "Accurate methods for the statistics of surprise and coincidence", Computational
    Linguistics 19(1), 1993.

    >>> round(float(log_likelihood(np.array([10]), np.array([20]), np.array([30]), 100)[0]), 3)
    4.473
    """
    cells = both, a - both, b - both, total - a - b + both
    sides = a, total - a, b, total - b
    entropy = sum(map(entropy_term, cells)) - sum(map(entropy_term, sides))
    return np.asarray(np.maximum(2 * (entropy + entropy_term(np.asarray(total))), 0.0))


def adjusted(p: Column, tests: int) -> Column:
    """P-values adjusted for the number of tests, so that a threshold bounds the false discoveries.

    Yoav Benjamini and Yosef Hochberg, "Controlling the false discovery rate", Journal of the Royal
    Statistical Society B 57(1), 1995.

    Args:
        p: the p-values of what was seen.
        tests: all that could have been seen, never below ``len(p)``. Pairs that are never together
            are tests too, with p = 1: to forget them would make every co-mention look
            surprising.

    >>> adjusted(np.array([0.04, 0.01, 0.03]), 4).round(4).tolist()
    [0.0533, 0.04, 0.0533]
    """
    values, back, rank = _distinct(p)
    scaled = np.minimum(values * (tests / rank), 1.0)
    return np.asarray(np.minimum.accumulate(scaled[::-1])[::-1][back])


def _distinct(column: Column) -> tuple[Column, Column, Column]:
    """The distinct values in order, which of them each row has, and the rows up to each."""
    import pandas as pd

    # numpy would sort all rows; here they are few different values, which pandas finds by hashing
    back, values = pd.factorize(column, sort=True)
    return values, back, np.cumsum(np.bincount(back, minlength=len(values)))


def p_values(comentions: Comentions) -> Column:
    """Probability that chance puts two entities together in as many windows, or more.

    The null model is a bipartite configuration model: entities fall in windows at random, but each
    window keeps its number of entities, and each entity, on average, its number of windows. The
    hypergeometric law, its usual rival, keeps the second only: it takes all windows for equally
    crowded, and so calls significant whatever stands in a long enumeration or a long article.

    An entity i falls in the window w with the probability p_iw = x_i y_w / (1 + x_i y_w), fitted
    to the totals as in the BiCM of Saracco et al. There the number of entities of a window is kept
    on average too, so that a window of one entity has its share of pairs; with windows as small as
    sentences this would hide most co-mentions. Here it is kept exactly: two entities fall together
    with p_iw p_jw (1 - (1 - p_iw) (1 - p_jw) / d_w), where d_w = Σ p_iw (1 - p_iw) over all
    entities, Hájek's approximation for draws of a fixed number. The count of a pair is then a sum
    of independent draws of unequal probability, whose tail ``tail`` computes. As the number of
    windows of an entity may vary, the test is prudent for two entities that are both in a good part
    of all windows (a fifth and more).

    Windows are taken for independent: an article that names two people ten times counts ten times
    with ``window="sentence"``. For a stricter test, take ``window="article"``. With a number of
    sentences, windows overlap: the test counts those that make the weight, fewer than the model
    reckons with, and so errs on the side of prudence.

    Fabio Saracco, Riccardo Di Clemente, Andrea Gabrielli and Tiziano Squartini, "Randomizing
    bipartite networks: the case of the World Trade Web", Scientific Reports 5, 2015; Fabio Saracco
    et al., "Inferring monopartite projections of bipartite networks: an entropy-based approach",
    New Journal of Physics 19, 2017; Jaroslav Hájek, "Asymptotic theory of rejective sampling with
    varying probabilities from a finite population", Annals of Mathematical Statistics 35, 1964.
    """
    model = fit(comentions.windows, comentions.sizes)
    return model.at_least(comentions.a, comentions.b, comentions.weight)


@dataclass(frozen=True, slots=True)
class NullModel:
    """A fitted model, see ``p_values``.

    Entities named in as many windows share a class, and so do windows that name as many entities.

    Attributes:
        kind: the class of each entity.
        probability: for each class of entities and of windows, the chance of a link.
        windows: how many windows each class holds.
        spread: for each class of windows, the sum of p (1 - p) over the entities; infinitely small
            for windows of one entity, which hold no pair.
    """

    kind: Column
    probability: Column
    windows: Column
    spread: Column

    def at_least(self, a: Column, b: Column, together: Column) -> Column:
        """Chance that a and b are together in that many windows or more."""
        low, high = np.minimum(self.kind[a], self.kind[b]), np.maximum(self.kind[a], self.kind[b])
        # few pairs differ from all others in both classes and in their count
        classes = len(self.probability)
        most = int(together.max(initial=0)) + 1
        code, back, _ = _distinct((low * classes + high) * most + together)
        pair, k = np.divmod(code, most)
        low, high = np.divmod(pair, classes)
        result = np.empty(len(code))
        for start in range(0, len(code), _CHUNK):
            part = slice(start, start + _CHUNK)
            result[part] = tail(k[part], self.both(low[part], high[part]), self.windows)
        return result[back]

    def both(self, one: Column, other: Column) -> Column:
        """For each two classes of entities, the chance that a window of each class holds both."""
        p, q = self.probability[one], self.probability[other]
        return np.asarray(p * q * np.clip(1 - (1 - p) * (1 - q) / self.spread, 0.0, 1.0))


def fit(windows: Column, sizes: Column) -> NullModel:
    """Fit the probabilities, by Newton steps on the log-odds of entities and windows in turn.

    Args:
        windows: for each entity, the windows that mention it.
        sizes: for each window, the entities that it mentions.
    """
    rows, kind, many = np.unique(windows, return_inverse=True, return_counts=True)
    columns, width = np.unique(sizes, return_counts=True)
    links = max(float(sizes.sum()), 1.0)
    with np.errstate(divide="ignore"):
        theta = np.maximum(np.log(rows / np.sqrt(links)), -_FAR)[:, None]
    eta = np.log(columns / np.sqrt(links))[None, :]
    for _ in range(_STEPS):
        theta = theta + _newton(logistic(theta + eta), width, rows)[:, None]
        chance = logistic(theta + eta)
        eta = eta + _newton(chance.T, many, columns)[None, :]
        chance = logistic(theta + eta)
        if np.allclose(chance @ width, rows, rtol=1e-8, atol=1e-8):
            break
    chance = np.where(rows[:, None] > 0, logistic(theta + eta), 0.0)
    spread = np.maximum(many @ (chance * (1 - chance)), 1e-9)
    return NullModel(kind, chance, width, np.where(columns == 1, 1e-300, spread))


def _newton(chance: Column, many: Column, wanted: Column) -> Column:
    """The step that brings the expected sums nearer to those wanted."""
    slope = (chance * (1 - chance)) @ many
    step = (wanted - chance @ many) / np.maximum(slope, 1e-300)
    return np.asarray(np.clip(step, -1.0, 1.0))


def tail(k: Column, chance: Column, many: Column) -> Column:
    """P(X ≥ k), X the number of successes in independent draws of unequal probability.

    Exact for k = all draws, and up to 8 unless the value is below a millionth; else the
    saddlepoint approximation for lattice variables, which errs by some thousandths of the value
    itself, however small that is (by an eighth at most where all likely draws must succeed). The
    Poisson law, often used here, is too wide for pairs of frequent entities.
    Robert Lugannani and Stephen Rice, "Saddle point approximation for the distribution of the sum
    of independent random variables", Advances in Applied Probability 12(2), 1980; Henry Daniels,
    "Tail probability approximations", International Statistical Review 55(1), 1987.

    Args:
        k: a number of successes for each row.
        chance: for each row and class of draws, the probability of a success.
        many: how many draws each class holds.

    >>> tail(np.array([1, 3, 20]), np.full((3, 1), 0.1), np.array([20])).round(2).tolist()
    [0.88, 0.32, 0.0]
    """
    with np.errstate(divide="ignore"):
        none = -np.expm1(np.log1p(-chance) @ many)
        full = np.exp(_log(chance) @ many)
    possible = (chance > 0) @ many
    cases = [k > possible, k == 1, k == possible]
    result: Column = np.select(cases, [0.0, none, full], -1.0)
    few = np.flatnonzero((result < 0) & (k <= _FEW))
    exact = 1 - _below(k[few], chance[few], many)
    result[few] = np.where(exact > _CANCELLED, exact, -1.0)
    rest = np.flatnonzero(result < 0)
    result[rest] = _saddlepoint(k[rest].astype(float), chance[rest], many)
    return result


def _below(k: Column, chance: Column, many: Column) -> Column:
    """P(X < k) for small k: the law of each class up to there, folded one into the other."""
    terms = int(k.max(initial=1))
    law = np.zeros((len(k), terms))
    zero = np.zeros(len(k))
    law[:, 0] = 1.0
    for q, n in zip(chance.T, many.tolist(), strict=True):
        ways = [math.comb(n, j) * q**j * (1 - q) ** (n - j) for j in range(min(terms, n + 1))]
        law = np.stack(
            [
                sum((ways[j] * law[:, i - j] for j in range(min(i + 1, len(ways)))), zero)
                for i in range(terms)
            ],
            axis=1,
        )
    return np.asarray(np.where(np.arange(terms) < k[:, None], law, 0.0).sum(axis=1))


def _log(chance: Column) -> Column:
    return np.asarray(np.log(np.where(chance > 0, chance, 1.0)))


def _saddlepoint(k: Column, chance: Column, many: Column) -> Column:
    with np.errstate(divide="ignore"):
        odds = np.clip(np.log(chance) - np.log1p(-chance), -800.0, _FAR)
    mean = chance @ many
    tilt = np.clip(np.log(k) - np.log(mean), -_FAR, _FAR)  # the answer for a Poisson law
    for _ in range(50):
        tilted = logistic(odds + tilt[:, None])
        error = tilted @ many - k
        spread = (tilted * (1 - tilted)) @ many
        tilt -= np.clip(error / np.maximum(spread, 1e-300), -2.0, 2.0)
        if (np.abs(error) < 1e-9 * k).all():
            break
    tilted = logistic(odds + tilt[:, None])
    deviation = np.sqrt(np.maximum((tilted * (1 - tilted)) @ many, 1e-300))
    grown = np.logaddexp(0.0, odds + tilt[:, None]) - np.logaddexp(0.0, odds)
    w = np.sign(tilt) * np.sqrt(np.maximum(2 * (tilt * k - grown @ many), 0.0))
    # at the mean the two terms in 1/w and 1/u are both infinite: their difference has a limit
    near = np.abs(w) < 1e-3
    u = -np.expm1(-np.where(near, 1.0, tilt)) * deviation
    density = np.exp(-(w**2) / 2) / np.sqrt(2 * np.pi)
    skew = (tilted * (1 - tilted) * (1 - 2 * tilted)) @ many / deviation**3
    limit = 1 / (2 * deviation) - skew / 6
    with np.errstate(divide="ignore", invalid="ignore"):
        bracket = np.where(near, limit, 1 / u - 1 / np.where(near, 1.0, w))
        found = normal_tail(w) + density * bracket
    # Chernoff's bound holds always, and is the value itself where k is almost all draws
    bound = np.exp(-(np.maximum(w, 0.0) ** 2) / 2)
    return np.asarray(np.where(np.isfinite(found), np.clip(found, 0.0, bound), bound))
