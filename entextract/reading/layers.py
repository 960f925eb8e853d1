"""Has two layers of thinc predict in fewer passes over memory than they train in.

The products of matrices apart, they are a fifth of the time of a ``tok2vec``: thinc's ``Maxout``
also notes which piece was the largest, and its ``LayerNorm`` centres each vector twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from spacy.language import Language
from thinc.api import Model, NumpyOps

_Floats = np.ndarray[Any, np.dtype[np.float32]]
_Forward = Callable[[Any, Any, bool], tuple[Any, Callable[..., Any]]]

_EPSILON = 1e-8  # that thinc adds to a variance


def predict_lean(nlp: Language) -> None:
    """Have every ``Maxout`` and ``LayerNorm`` of a pipeline that is on the processor predict so.

    Results are those of thinc's own layers but for rounding. Training is thinc's own.
    """
    for _, pipe in nlp.components:
        model = getattr(pipe, "model", None)
        for node in model.walk() if model else ():
            lean = _LEAN.get(node.name)
            if lean is not None and not isinstance(node._func, _Lean):
                # thinc has no other way to change what a layer does and not what is saved of it
                node._func = _Lean(node._func, lean)


class _Lean:
    """The forward function of a layer: one for predictions, thinc's for all else."""

    def __init__(
        self, forward: _Forward, predict: Callable[[Model[Any, Any], _Floats], _Floats]
    ) -> None:
        self.forward = forward
        self.predict = predict

    def __call__(
        self, model: Model[Any, Any], X: Any, is_train: bool
    ) -> tuple[Any, Callable[..., Any]]:
        plain = type(model.ops) is NumpyOps and isinstance(X, np.ndarray) and X.dtype == np.float32
        if is_train or not plain:
            return self.forward(model, X, is_train)
        return self.predict(model, X), no_backprop


def no_backprop(gradient: object) -> None:
    """What a prediction has in the place of a function of gradients."""
    raise RuntimeError("a prediction keeps no gradient; call the model with is_train=True")


def _maxout(model: Model[Any, Any], vectors: _Floats) -> _Floats:
    weights = _parameter(model, "W")
    outputs, pieces, inputs = weights.shape
    each = vectors @ weights.reshape(-1, inputs).T
    each += _parameter(model, "b").reshape(-1)
    return largest_piece(each.reshape(-1, outputs, pieces))


def largest_piece(each: _Floats) -> _Floats:
    """The largest of the pieces, which are the last axis; numpy's ``max`` is slow on so few."""
    largest: _Floats = each[:, :, 0].copy()
    for piece in range(1, each.shape[2]):
        np.maximum(largest, each[:, :, piece], out=largest)
    return largest


def _layer_norm(model: Model[Any, Any], vectors: _Floats) -> _Floats:
    width = vectors.shape[1]
    centred: _Floats = vectors - vectors @ np.full((width, 1), 1 / width, np.float32)
    scale: _Floats = np.einsum("ij,ij->i", centred, centred)
    scale /= width
    scale += _EPSILON
    np.reciprocal(np.sqrt(scale, out=scale), out=scale)
    centred *= scale[:, None]
    centred *= _parameter(model, "G")
    centred += _parameter(model, "b")
    return centred


def _parameter(model: Model[Any, Any], name: str) -> _Floats:
    values: Any = model.get_param(name)
    return cast(_Floats, values)


_LEAN = {"maxout": _maxout, "layernorm": _layer_norm}
