"""Architectures of a ``tok2vec`` that several pipes listen to, each to the layers that serve it.

spaCy's own ``tok2vec`` gives its last layer only. What a network that was trained for names knows
of parts of speech stands in its first layers: one hidden layer reads 0.92 of them right off the
last one, 0.96 off the first three.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Maxout, Model, chain, concatenate, noop, with_array

_Layer = Model[Any, Any]
_Tok2Vec = Model[list[Doc], list[Any]]


def layered_tok2vec(
    embed: _Tok2Vec, width: int, depth: int, window_size: int, maxout_pieces: int, kept: int
) -> _Tok2Vec:
    """``spacy.Tok2Vec.v2`` with ``spacy.MaxoutWindowEncoder.v2``, which gives several layers.

    Args:
        embed: gives vectors of ``width`` numbers.
        width: of each layer.
        depth: number of layers that encode.
        window_size: words on each side that a layer looks at.
        maxout_pieces: of each layer.
        kept: how many layers it gives before the last one: 1 for that which embeds, 2 for the first
            that encodes as well … At most ``depth``.

    Returns:
        A model that gives, side by side, the layers kept and the last one.
    """
    encoder = registry.architectures.get("spacy.MaxoutWindowEncoder.v2")
    encode = encoder(width=width, depth=depth, window_size=window_size, maxout_pieces=maxout_pieces)
    layers = encode.layers[0].layers
    stack = chain(*layers[kept - 1 :]) if kept < depth else layers[-1]
    for layer in reversed(layers[: kept - 1]):
        stack = chain(layer, concatenate(noop(), stack))
    stack = concatenate(noop(), stack)
    model: _Tok2Vec = chain(embed, with_array(stack, pad=depth * window_size))
    model.set_ref("embed", embed)
    model.set_dim("nO", width * (kept + 1))
    return model


def columns(tok2vec: _Tok2Vec, start: int, stop: int) -> _Tok2Vec:
    """Some of the numbers that a ``tok2vec`` gives, from ``start`` to ``stop``."""
    cut: _Layer = Model("columns", _cut, dims={"nO": stop - start}, attrs={"start": start})
    return chain(tok2vec, with_array(cut))


def _cut(model: _Layer, vectors: Any, is_train: bool) -> tuple[Any, Callable[[Any], Any]]:
    start = model.attrs["start"]
    stop = start + model.get_dim("nO")

    def backprop(gradient: Any) -> Any:
        whole = model.ops.alloc2f(*vectors.shape)
        whole[:, start:stop] = gradient
        return whole

    return model.ops.as_contig(vectors[:, start:stop]), backprop


def maxout(tok2vec: _Tok2Vec, width: int, maxout_pieces: int) -> _Tok2Vec:
    """A ``tok2vec`` and one layer more, which looks at one word at a time."""
    layer = Maxout(width, tok2vec.get_dim("nO"), nP=maxout_pieces, normalize=True, dropout=0.0)
    return chain(tok2vec, with_array(layer))
