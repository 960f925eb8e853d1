"""Marks long lists of names and tables of results: no sentence says what those named there do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from entextract import tables
from entextract.pipes.spans import (
    BOILERPLATE,
    add_candidates,
    boilerplate_mask,
    lines,
    text_between,
    text_of,
)
from entextract.tables.reference_lines import finite_verbs, french_words

LISTS = "list-of-names"  # the rule of the spans
_WORD = re.compile(r"[^\W\d_]+")
# words with a capital, some hundred names; a cabinet, two teams, a jury have fewer
_CAPITALS = 200
_SHARE = 0.4  # of the words that have a capital; prose has one in seven, a list of offices half
_VERBS = 50  # words of which one is a verb in a list that a sentence opens: « Ont signé : … »


class _Line(NamedTuple):
    start: int
    end: int
    capitals: int
    is_listed: bool


@Language.factory("entextract_name_lists", assigns=["doc.spans"])
class NameLists:
    """Mark lists of more than some hundred names, on one line or on many, and tables like them.

    A line belongs to one when four words in ten have a capital and hardly any is a verb. A
    shorter list is read. No name is found in a long one.

    Sets: ``doc.spans["entextract"]``, with the label ``BOILERPLATE`` and the rule
    ``list-of-names``.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> lists = nlp.add_pipe("entextract_name_lists")
    >>> doc = nlp("La pétition circule.\\n" + "Awa Sarr, Luc Morel\\n" * 60 + "Elle dure un an.")
    >>> [(len(span.text.split("\\n")), span.id_) for span in doc.spans["entextract"]]
    [(60, 'list-of-names')]
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def find(self, doc: Doc) -> list[Span]:
        """The lists. The document is not changed."""
        if sum(map(str.isupper, text_of(doc))) < _CAPITALS:
            return []
        known = boilerplate_mask(doc)  # references have as many capitals
        rows = (_read(doc, start, end) for start, end in lines(doc) if not known[start])
        return [
            Span(doc, block[0].start, block[-1].end, label=BOILERPLATE, span_id=LISTS)
            for block in _blocks(rows)
            if sum(line.capitals for line in block) >= _CAPITALS
        ]

    def __call__(self, doc: Doc) -> Doc:
        add_candidates(doc, self.find(doc))
        return doc


def _read(doc: Doc, start: int, end: int) -> _Line:
    text = text_between(doc, start, end)
    words = _WORD.findall(text)
    small = french_words()
    capitals = sum(
        word[0].isupper() and len(word) > 1 and word.lower() not in small for word in words
    )
    # states that vote are no list of strangers
    capitals -= sum(word in _words_of_states() for word in words)
    listed = capitals > 0 and capitals >= _SHARE * len(words)
    return _Line(start, end, capitals, listed and finite_verbs(text) * _VERBS <= len(words))


@cache
def _words_of_states() -> frozenset[str]:
    names = tables.country_names().values()
    return frozenset(word for name in names for word in _WORD.findall(name) if word[0].isupper())


def _blocks(rows: Iterable[_Line]) -> Iterator[list[_Line]]:
    """The lines of each list, which follow one another."""
    block: list[_Line] = []
    for row in rows:
        if row.is_listed:
            block.append(row)
        elif block:
            yield block
            block = []
    if block:
        yield block
