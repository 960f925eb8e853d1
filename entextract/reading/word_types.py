"""Has a pipeline embed each word once, where spaCy embeds it wherever it stands.

The layer of a ``tok2vec`` that embeds looks at one token at a time, and at nothing but its
spelling: a third of the time of a ``tok2vec`` would go into vectors that are known already.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model, NumpyOps

from entextract.reading.layers import no_backprop

_MAX_TYPES = 20_000  # words whose vectors are kept: some ten megabytes

_Floats = np.ndarray[Any, np.dtype[np.float32]]
_Features = np.ndarray[Any, np.dtype[np.uint64]]
_Forward = Callable[[Any, Any, bool], tuple[Any, Callable[..., Any]]]


def embed_types_once(nlp: Language) -> None:
    """Have every ``spacy.MultiHashEmbed`` of a pipeline keep the vectors that it makes.

    Results are those of spaCy's own layers but for rounding. Training is spaCy's own, and so is
    what is computed on a graphics card.
    """
    for _, pipe in nlp.components:
        model = getattr(pipe, "model", None)
        for node in model.walk() if model else ():
            embed = node.maybe_get_ref("embed")
            if embed is None or isinstance(embed._func, _OncePerType):
                continue
            names = {inner.name: inner for inner in embed.walk()}
            if "hashembed" in names:
                columns = names["extract_features"].attrs["columns"]
                # thinc has no other way to change what a layer does and not what is saved of it
                embed._func = _OncePerType(embed._func, columns)


class _Types:
    """Words in the place of a document, for layers that ask it for nothing but features."""

    def __init__(self, vocab: Vocab, features: _Features) -> None:
        self.vocab = vocab
        self.features = features

    def __len__(self) -> int:
        return len(self.features)

    def to_array(self, columns: int | Sequence[int | str]) -> _Features:
        """The column of ``ORTH``, which alone is asked for by itself, or all others."""
        return self.features[:, 0] if isinstance(columns, int) else self.features[:, 1:]


class _OncePerType:
    """The forward function of an embedding layer, which computes no vector twice."""

    def __init__(self, forward: _Forward, columns: Sequence[int | str]) -> None:
        self.forward = forward
        self.columns = [ORTH, *columns]
        self.weights: list[object] = []  # that the vectors were made with
        self.vectors: dict[bytes, bytes] = {}  # by the features of a word

    def __call__(
        self, model: Model[Any, Any], docs: Sequence[Doc], is_train: bool
    ) -> tuple[Any, Callable[..., Any]]:
        if is_train:
            self.vectors = {}  # which training changes in place
        if is_train or not any(map(len, docs)) or not _is_plain(model, docs[0].vocab):
            return self.forward(model, docs, is_train)
        features = np.concatenate([doc.to_array(self.columns) for doc in docs])
        words: list[bytes] = features.view(f"V{features.strides[0]}").ravel().tolist()
        vectors = self._vectors(model, docs[0].vocab)
        if new := [word for word in dict.fromkeys(words) if word not in vectors]:
            types = np.frombuffer(b"".join(new), np.uint64).reshape(len(new), -1)
            (made,), _ = self.forward(model, [_Types(docs[0].vocab, types)], False)
            vectors.update(zip(new, [vector.tobytes() for vector in made], strict=True))
        values = bytearray().join([vectors[word] for word in words])
        rows: _Floats = np.frombuffer(values, np.float32).reshape(len(words), -1)
        return np.split(rows, np.cumsum([len(doc) for doc in docs])[:-1]), no_backprop

    def _vectors(self, model: Model[Any, Any], vocab: Vocab) -> dict[bytes, bytes]:
        """What is known already, by the weights as they are now."""
        weights: list[object] = []
        weights += [node.get_param(name) for node in model.walk() for name in node.param_names]
        weights.append(vocab.vectors.data)
        same = len(weights) == len(self.weights)
        if not same or any(a is not b for a, b in zip(weights, self.weights, strict=True)):
            self.weights, self.vectors = weights, {}
        if len(self.vectors) > _MAX_TYPES:
            self.vectors = {}
        return self.vectors

    def __getstate__(self) -> dict[str, object]:
        return {**vars(self), "weights": [], "vectors": {}}


def _is_plain(model: Model[Any, Any], vocab: Vocab) -> bool:
    """Whether a layer computes on the processor, with vectors by the spelling of words."""
    by_spelling = getattr(vocab.vectors, "attr", ORTH) == ORTH
    return type(model.ops) is NumpyOps and by_spelling
