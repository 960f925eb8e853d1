"""Has an ``EntityRecognizer`` of spaCy score the tokens of its documents together.

spaCy scores a state at a time. Yet a greedy one of its default shape looks at three tokens only:
the one that is next and, within an entity, the first of that entity and the one before. So what is
best outside an entity is known of all tokens at once, what is best within one of all entities at
once, and there remains to walk from one entity to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.attrs import ENT_IOB, IS_SPACE, SENT_START
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span
from thinc.api import NumpyOps

from entextract.reading.layers import largest_piece

_Array = np.ndarray[Any, np.dtype[Any]]
_Scores = Callable[..., _Array]

_FEATURES = 3  # tokens that a state shows: spaCy's default
_WITHIN = (1, 3)  # of ENT_IOB: a token goes on with an entity, or begins one


def score_tokens_together(nlp: Language) -> None:
    """Put a ``BatchedEntityRecognizer`` in the place of every ``EntityRecognizer`` of a pipeline.

    Entities are those of before. A saved pipeline has spaCy's own.
    """
    for place, (name, pipe) in enumerate(nlp._components):
        if type(pipe) is EntityRecognizer:
            # spaCy has no other way to change what a pipe does and not what is saved of it
            nlp._components[place] = name, BatchedEntityRecognizer.of(pipe)


class BatchedEntityRecognizer(EntityRecognizer):  # type: ignore[misc]  # of Cython, without types
    """Finds what spaCy's ``EntityRecognizer`` of the same weights finds.

    A document that has entities already, a model of another shape, a beam and a graphics card are
    left to spaCy.
    """

    @classmethod
    def of(cls, pipe: EntityRecognizer) -> BatchedEntityRecognizer:
        """One that shares the model and the moves of another."""
        recognizer = cls(pipe.vocab, pipe.model, pipe.name, pipe.moves, scorer=pipe.scorer)
        recognizer.cfg = pipe.cfg
        return recognizer

    def greedy_parse(self, docs: Sequence[Doc], drop: float = 0.0) -> Any:
        """The entities of each document, or the states of spaCy's own parse."""
        tokens = _Tokens.of(docs)
        if drop or tokens.has_preset or not self._is_plain():
            return super().greedy_parse(docs, drop)
        names = [self.moves.get_class_name(move) for move in range(self.moves.n_moves)]
        return _entities(tokens, _Moves(names), self._scores(docs))

    def set_annotations(self, docs: Sequence[Doc], found: Any) -> None:
        """Write what ``greedy_parse`` found."""
        if not isinstance(found, _Found):
            super().set_annotations(docs, found)
            return
        for doc, entities in zip(docs, found.entities, strict=True):
            doc.set_ents([Span(doc, *entity) for entity in entities], default="outside")

    def _is_plain(self) -> bool:
        attrs = self.model.attrs
        return (
            type(self.model.ops) is NumpyOps
            and attrs["has_upper"]
            and not attrs["unseen_classes"]
            and self.model.get_ref("lower").get_dim("nF") == _FEATURES
        )

    def _scores(self, docs: Sequence[Doc]) -> _Scores:
        lower, upper = self.model.get_ref("lower"), self.model.get_ref("upper")
        hidden: _Array = lower.predict(self.model.get_ref("tok2vec").predict(docs))
        bias: _Array = lower.get_param("b")

        def scores(*features: _Array | int) -> _Array:
            # the first row stands for no token
            shown = [hidden[np.add(tokens, 1), place] for place, tokens in enumerate(features)]
            values: _Array = upper.predict(largest_piece(sum(shown[1:], shown[0]) + bias))
            return values

        return scores


@dataclass(frozen=True)
class _Found:
    """The entities of each document: first token, one past the last, label."""

    entities: list[list[tuple[int, int, str]]]


@dataclass(frozen=True)
class _Tokens:
    """The tokens of some documents, one after the other."""

    lengths: list[int]  # of the documents
    is_space: _Array
    closes: _Array  # whether no entity goes on behind it: the last of a sentence or a document
    has_preset: bool

    @classmethod
    def of(cls, docs: Sequence[Doc]) -> _Tokens:
        lengths = [len(doc) for doc in docs]
        rows = np.concatenate([doc.to_array([IS_SPACE, SENT_START, ENT_IOB]) for doc in docs])
        closes = np.append(rows[1:, 1] == 1, True)
        closes[np.cumsum(lengths) - 1] = True
        return cls(lengths, rows[:, 0] == 1, closes, bool(np.isin(rows[:, 2], _WITHIN).any()))


class _Moves:
    """The classes of the model, by what they do."""

    def __init__(self, names: Sequence[str]) -> None:
        self.labels = [name[2:] for name in names]
        number = {name: place for place, name in enumerate(names)}
        self.begins = np.array([name[0] == "B" for name in names])
        self.names_token = self.begins | [name[0] == "U" and name != "U-" for name in names]
        self.is_outside = self.names_token | [name == "O" for name in names]
        self.goes_on = np.array([number.get(f"I-{label}", 0) for label in self.labels])
        self.ends = np.array([number.get(f"L-{label}", 0) for label in self.labels])


def _entities(tokens: _Tokens, moves: _Moves, scores: _Scores) -> _Found:
    outside = scores(np.arange(len(tokens.closes)), -1, -1)
    outside[:, ~moves.is_outside] = -np.inf
    outside[np.ix_(tokens.closes, moves.begins)] = -np.inf
    outside[np.ix_(tokens.is_space, moves.names_token)] = -np.inf
    best = outside.argmax(axis=1)
    (named,) = moves.names_token[best].nonzero()
    ends = dict(zip(named.tolist(), (named + 1).tolist(), strict=True))
    open_ = named[moves.begins[best[named]]]
    after = open_ + 1
    while len(open_):
        within, rows = scores(after, open_, after - 1), np.arange(len(open_))
        # of equals spaCy takes the first
        goes_on = within[rows, moves.goes_on[best[open_]]] >= within[rows, moves.ends[best[open_]]]
        goes_on &= ~tokens.closes[after]
        ends.update(zip(open_[~goes_on].tolist(), (after[~goes_on] + 1).tolist(), strict=True))
        open_, after = open_[goes_on], after[goes_on] + 1
    spans = ((start, ends[start], moves.labels[best[start]]) for start in named.tolist())
    return _Found(_by_document(spans, tokens.lengths))


def _by_document(
    spans: Iterator[tuple[int, int, str]], lengths: Sequence[int]
) -> list[list[tuple[int, int, str]]]:
    """Of spans by their starts those that begin where none before is open."""
    found: list[list[tuple[int, int, str]]] = [[] for _ in lengths]
    document = offset = reached = 0
    for start, end, label in spans:
        if start < reached:
            continue
        reached = end
        while start >= offset + lengths[document]:
            offset += lengths[document]
            document += 1
        found[document].append((start - offset, end - offset, label))
    return found
