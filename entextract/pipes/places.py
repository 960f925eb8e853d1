"""Proposes places that are not states, from a table."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from entextract import tables
from entextract.forms import level
from entextract.pipes._shape import name_end
from entextract.pipes._spans import (
    add_candidates,
    is_capitalised,
    is_half,
    matches,
    phrase_matcher,
    set_norms,
)

_LINKS = frozenset(["de", "du", "des", "d'", "la", "l'", "le", "les"])
_DIVIDED = ("region", "territory")  # kinds of places that states share


@Language.factory("entextract_places", assigns=["doc.spans"])
class Places:
    """Propose what the table of places lists."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        keys = ((f"{row.strength}:{row.kind}", row.form) for row in tables.places())
        self.matcher = phrase_matcher(nlp, keys)
        self.demonyms = tables.demonyms()

    def find(self, doc: Doc) -> list[Span]:
        """Candidates. Only token norms of the document are changed."""
        set_norms(doc)
        return [*self._listed(doc), *_opened(doc)]

    def _listed(self, doc: Doc) -> list[Span]:
        found = []
        for key, start, end in matches(self.matcher, doc):
            if is_half(doc, start, end):
                continue
            strength, kind = key.split(":")
            if kind in _DIVIDED and end < len(doc) and doc[end].norm_ in self.demonyms:
                end += 1  # « Kurdistan irakien », « Guyane française »
            rule = "table:places" if strength == "strong" else "weak:places"
            found.append(Span(doc, start, end, label="LOC", span_id=rule))
        return found

    def __call__(self, doc: Doc) -> Doc:
        add_candidates(doc, self.find(doc))
        return doc


def _opened(doc: Doc) -> Iterator[Span]:
    """« rue de Paris », « aéroport Charles-de-Gaulle »: the noun and the name it takes."""
    for token in doc:
        if level(token.lower_) not in tables.context_words("street_noun"):
            continue
        start = token.i + 1
        while start < len(doc) and level(doc[start].lower_) in _LINKS and start < token.i + 3:
            start += 1
        end = name_end(doc, start) if start < len(doc) and is_capitalised(doc[start]) else start
        if end > start:
            yield Span(doc, token.i, end, label="LOC", span_id="place-noun")
