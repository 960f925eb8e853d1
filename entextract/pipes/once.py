"""Reads something of a document once, for all pipes that ask for it one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar
from weakref import ref

from spacy.tokens import Doc

Read = TypeVar("Read")


class _Known(NamedTuple, Generic[Read]):
    doc: ref[Doc]
    tokens: int  # of the document when it was read; pipes may split one
    read: Read


class OncePerDoc(Generic[Read]):
    """A function of a document that keeps what it gave for the last one, and not the document.

    Args:
        function: reads a document; what it gives holds no part of spaCy's, such as tokens, which
            would keep the document in memory.

    >>> import spacy
    >>> doc = spacy.blank("fr")("Awa Sarr rit.")
    >>> length = OncePerDoc(lambda doc: print("read") or len(doc))
    >>> length(doc), length(doc)
    read
    (4, 4)
    """

    def __init__(self, function: Callable[[Doc], Read]) -> None:
        self.function = function
        self._known: _Known[Read] | None = None

    def __call__(self, doc: Doc) -> Read:
        known = self._known  # once: another thread may read another document meanwhile
        if known is None or known.doc() is not doc or known.tokens != len(doc):
            known = _Known(ref(doc, self._forget), len(doc), self.function(doc))
            self._known = known
        return known.read

    def forget(self) -> None:
        """Say that the document was changed."""
        self._known = None

    def _forget(self, doc: ref[Doc]) -> None:
        known = self._known
        if known is not None and known.doc is doc:
            self._known = None
