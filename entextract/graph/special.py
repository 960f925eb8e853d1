"""Special functions that the standard library has for one number, and numpy not for a column."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    Column = np.ndarray[tuple[int, ...], np.dtype[Any]]

_ERFC = np.frompyfunc(math.erfc, 1, 1)


def logistic(x: Column) -> Column:
    """The probability whose log-odds are ``x``: 1 / (1 + exp(-x)).

    >>> logistic(np.array([-800.0, 0.0, 800.0])).tolist()
    [0.0, 0.5, 1.0]
    """
    with np.errstate(over="ignore"):  # an infinite divisor gives the limit, 0
        return np.asarray(1 / (1 + np.exp(-x)))


def entropy_term(x: Column) -> Column:
    """x ln x, and its limit 0 at 0.

    >>> entropy_term(np.array([0, 1, 2])).round(4).tolist()
    [0.0, 0.0, 1.3863]
    """
    return np.asarray(x * np.log(np.where(x > 0, x, 1)))


def normal_tail(x: Column) -> Column:
    """P(Z > x), Z a standard normal variable.

    >>> normal_tail(np.array([0.0, 1.6449])).round(4).tolist()
    [0.5, 0.05]
    """
    return _erfc(x / math.sqrt(2)) / 2


def chi_square_tail(x: Column) -> Column:
    """P(X > x), X a chi-square variable with one degree of freedom, of ``x`` ≥ 0.

    >>> chi_square_tail(np.array([0.0, 3.8415])).round(4).tolist()
    [1.0, 0.05]
    """
    return _erfc(np.sqrt(x / 2))


def _erfc(x: Column) -> Column:
    return np.asarray(_ERFC(x), dtype=float)
