"""Marks bibliographies, references and notes: what they name is no part of what is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from entextract.pipes.spans import BOILERPLATE, add_candidates, lines, text_between
from entextract.tables.reference_lines import Evidence, evidence_of, is_heading, limit_of

REFERENCES = "references"  # the rule of the spans
_TELLING = frozenset(".:«")
_SHORTEST = 3  # words: « Ibid., p. 12 »


class _Line(NamedTuple):
    start: int
    end: int
    evidence: Evidence | None  # None where nothing can speak for a reference
    is_heading: bool


@Language.factory("entextract_references", assigns=["doc.spans"])
class References:
    """Mark the lines of a bibliography, of references and of notes.

    A line is one by its own shape (a year in brackets, pages, an address, « et al. »), by less of
    it beside another one or under a heading such as « Bibliographie »; a sentence of the article
    is none. No name is found there.

    Sets: ``doc.spans["entextract"]``, with the label ``BOILERPLATE`` and the rule ``references``.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> references = nlp.add_pipe("entextract_references")
    >>> doc = nlp("La dune recule.\\nNotes\\n(1) Luc Morel, La Digue, 2019.\\n(2) Ibid., p. 12.")
    >>> [(span.text, span.id_) for span in doc.spans["entextract"]]
    [('Notes\\n(1) Luc Morel, La Digue, 2019.\\n(2) Ibid., p. 12.', 'references')]
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def find(self, doc: Doc) -> list[Span]:
        """Runs of lines that are references. The document is not changed."""
        rows = [_read(doc, start, end) for start, end in lines(doc)]
        marked = _marked(rows)
        return [
            Span(doc, rows[a].start, rows[b - 1].end, label=BOILERPLATE, span_id=REFERENCES)
            for a, b in _runs(marked)
        ]

    def __call__(self, doc: Doc) -> Doc:
        add_candidates(doc, self.find(doc))
        return doc


def _read(doc: Doc, start: int, end: int) -> _Line:
    text = text_between(doc, start, end)
    heads = is_heading(text)
    telling = not heads and (not _TELLING.isdisjoint(text) or any(map(str.isdigit, text)))
    words = end - start >= _SHORTEST
    return _Line(start, end, evidence_of(text) if telling and words else None, heads)


def _marked(rows: list[_Line]) -> list[bool]:
    """Whether each line is a reference, or stands over some."""
    marked = [_is_enough(row, limit_of("alone")) for row in rows]
    for number, row in enumerate(rows):
        if row.is_heading:
            following = number + 1
            while following < len(rows) and _is_under_heading(rows[following]):
                marked[following] = True
                following += 1
            marked[number] = following > number + 1
    for order in (range(1, len(rows)), range(len(rows) - 2, -1, -1)):
        step = order.step
        for number in order:
            if not marked[number] and marked[number - step]:
                marked[number] = _is_enough(rows[number], limit_of("beside"))
    for number in range(1, len(rows) - 1):
        if not marked[number] and marked[number - 1] and marked[number + 1]:
            marked[number] = _is_enough(rows[number], limit_of("under-heading"))
    return marked


def _is_under_heading(row: _Line) -> bool:
    numbered = row.evidence is not None and row.evidence.is_numbered
    return numbered or _is_enough(row, limit_of("under-heading"))


def _is_enough(row: _Line, limit: float) -> bool:
    if row.evidence is None or row.evidence.is_prose:
        return False
    return row.evidence.weight >= limit


def _runs(marked: list[bool]) -> Iterator[tuple[int, int]]:
    """(first, end) of each run of marked lines."""
    start = None
    for number, is_marked in enumerate([*marked, False]):
        if is_marked and start is None:
            start = number
        elif not is_marked and start is not None:
            yield start, number
            start = None
