"""Reads something of a document once, for all pipes that ask for it one after the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, NamedTuple, TypeVar
from weakref import ref

from spacy.tokens import Doc

# a batch goes through some pipes before it goes through the next
_MOST_DOCUMENTS = 16
_MOST_TOKENS = 10_000  # of all of them, so that long ones do not fill the memory

Read = TypeVar("Read")


class _Known(NamedTuple, Generic[Read]):
    number: int  # the id of the document
    doc: ref[Doc]
    tokens: int  # of the document when it was read; pipes may split one
    read: Read


class OncePerDoc(Generic[Read]):
    """A function of a document that keeps what it gave for the last ones, and no document.

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
        self._known: dict[int, _Known[Read]] = {}  # by id

    def __call__(self, doc: Doc) -> Read:
        known = self._known.get(id(doc))
        if known is None or known.doc() is not doc or known.tokens != len(doc):
            held = ref(doc, partial(self._drop, id(doc)))
            known = _Known(id(doc), held, len(doc), self.function(doc))
            self._known[id(doc)] = known
            self._leave_out_oldest()
        return known.read

    def _leave_out_oldest(self) -> None:
        # of a list of keys: to make a pair may free a document, which is dropped at that moment
        kept = [known for number in list(self._known) if (known := self._known.get(number))]
        tokens = sum([known.tokens for known in kept])
        for left, known in zip(range(len(kept), 1, -1), kept, strict=False):
            if left <= _MOST_DOCUMENTS and tokens <= _MOST_TOKENS:
                return
            tokens -= known.tokens
            self._known.pop(known.number, None)

    def forget(self, doc: Doc) -> None:
        """Say that a document was changed."""
        self._known.pop(id(doc), None)

    def _drop(self, number: int, doc: ref[Doc]) -> None:
        known = self._known.get(number)
        if known is not None and known.doc is doc:  # and no newer document with that id
            self._known.pop(number, None)
