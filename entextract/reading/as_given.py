"""Gives a document that was read with other letters, or with fewer, the text that was given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from spacy.tokens import Doc, Span, SpanGroup

GIVEN = "entextract_given_text"  # where a document keeps its text while pipes read another
KEPT = "entextract_kept"  # and, for each character that they read, its place in that text
_NOT_A_START = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
# what counts characters in a row of relations; an end that the text leaves out has none
OFFSETS = ("start", "end", "source_start", "source_end", "target_start", "target_end")
_ROWS = {  # by where a document keeps them
    ("._.", "entextract_relations", None, None): OFFSETS,
    ("._.", "entextract_quotes", None, None): ("start", "end"),
}


def as_given(doc: Doc) -> Doc:
    """The document with the text that was given; what pipes have found in it stays.

    A character that was left out is part of the word in which it stands, else a token of its own,
    so that no name begins or ends with one.
    """
    if GIVEN not in doc.user_data:
        return doc
    text = str(doc.user_data[GIVEN])
    kept: list[int] = doc.user_data.get(KEPT) or list(range(len(text)))
    tokens = _tokens(doc, text, kept)
    given = carry(doc, _document(doc, text, tokens))
    user_data = {_moved(key, kept): value for key, value in doc.user_data.items()}
    user_data.pop(GIVEN)
    user_data.pop(KEPT, None)
    if KEPT in doc.user_data:
        for key, names in _ROWS.items():
            if key in user_data:
                user_data[key] = [
                    {**row, **{name: _offset(name, row[name], kept) for name in names}}
                    for row in user_data[key] or ()
                ]
    given.user_data = user_data
    return given


def carry(old: Doc, new: Doc) -> Doc:
    """The new document, with what a user or spaCy keeps on the old one."""
    new.user_data = old.user_data
    new.user_hooks = old.user_hooks
    new.user_token_hooks = old.user_token_hooks
    new.user_span_hooks = old.user_span_hooks
    new._context = old._context  # of nlp.pipe(..., as_tuples=True)
    return new


@dataclass(slots=True)
class _Tokens:
    """The tokens of a text as given."""

    lengths: list[int] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)  # in the document that was read, -1 for none

    def add(self, length: int, origin: int) -> None:
        self.lengths.append(length)
        self.spaces.append(False)
        self.origins.append(origin)

    def add_between(self, stretch: str) -> None:
        """What stands between two words: a blank that follows the first, characters left out."""
        if self.spaces and stretch.startswith(" "):
            self.spaces[-1] = True
            stretch = stretch[1:]
        if bare := stretch.rstrip(" ") and stretch.removesuffix(" "):
            self.add(len(bare), -1)
            self.spaces[-1] = len(bare) < len(stretch)
        elif stretch:
            self.add(len(stretch), -1)


def _tokens(doc: Doc, text: str, kept: list[int]) -> _Tokens:
    tokens = _Tokens()
    at = 0
    for i, (start, length) in enumerate(doc.to_array(["IDX", "LENGTH"]).tolist()):
        first, end = kept[start], kept[start + length - 1] + 1
        tokens.add_between(text[at:first])
        tokens.add(end - first, i)
        at = end
    tokens.add_between(text[at:])
    return tokens


def _document(doc: Doc, text: str, tokens: _Tokens) -> Doc:
    """A document of these tokens, with the annotation of those that were read."""
    parts: dict[str, Any] = doc.to_dict(exclude=("user_data", "user_hooks"))
    head, dep, starts = (
        parts["array_head"].index(doc.vocab.strings[name]) for name in ("HEAD", "DEP", "SENT_START")
    )
    origins = np.asarray(tokens.origins, dtype=np.int64)
    places = np.flatnonzero(origins >= 0)  # of each token that was read
    old = parts["array_body"]
    body = np.zeros((len(origins), old.shape[1]), dtype=np.uint64)
    body[places] = old
    body[:, 0], body[:, 1] = tokens.lengths, tokens.spaces
    # a token of its own hangs on the one before; at the start of the text, on the one after
    heads = np.maximum(np.arange(len(origins)) - 1, 0)
    if len(places):
        heads[: places[0]] = places[0]
        read = np.arange(len(places)) + old[:, head].astype(np.int64)
        heads[places] = places[read]
    body[:, head] = (heads - np.arange(len(origins))).astype(np.uint64)
    if old[:, dep].any():
        body[origins < 0, dep] = doc.vocab.strings.add("dep")
    if old[:, starts].any():  # as spaCy's unsigned arrays hold -1: no sentence starts here
        body[origins < 0, starts] = _NOT_A_START
        if origins[0] < 0 and len(places):
            body[0, starts], body[places[0], starts] = body[places[0], starts], _NOT_A_START
    if len(doc.tensor):
        parts["tensor"] = doc.tensor[np.maximum(origins, 0)]
    del parts["spans"]
    given = Doc(doc.vocab).from_dict({**parts, "text": text, "array_body": body})
    for name, group in doc.spans.items():
        spans = [_span(given, span, places) for span in group]
        given.spans[name] = SpanGroup(given, name=group.name, attrs=group.attrs, spans=spans)
    if doc.ents and len(places) < len(origins):
        given.ents = [_span(given, span, places) for span in doc.ents]
    return given


def _span(doc: Doc, span: Span, places: Any) -> Span:
    start, end = int(places[span.start]), int(places[span.end - 1]) + 1
    return Span(doc, start, end, label=span.label, kb_id=span.kb_id, span_id=span.id)


def _offset(name: str, at: int, kept: list[int]) -> int:
    """Where the first character of some words stands in the text as given, or the end of them."""
    return kept[at - 1] + 1 if at and name.endswith("end") else kept[at]


def _moved(key: Any, kept: list[int]) -> Any:
    """The key under which spaCy keeps what a user sets on a token or a span: it has offsets."""
    if not (isinstance(key, tuple) and len(key) == 4 and key[0] == "._." and key[2] is not None):
        return key
    start, end = key[2], key[3]
    return (*key[:2], kept[start], None if end is None else kept[end - 1] + 1)
