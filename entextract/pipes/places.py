"""Proposes places that are not states, from a table."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from entextract import tables
from entextract.forms import level
from entextract.pipes._spans import add_candidates, matches, phrase_matcher, set_norms

_DIVIDED = ("region", "territory")  # kinds of places that states share


@Language.factory("entextract_places", assigns=["doc.spans"])
class Places:
    """Propose what the table of places lists."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        keys = ((f"{row.strength}:{row.kind}", row.form) for row in tables.places())
        self.matcher = phrase_matcher(nlp, keys)
        self.demonyms = frozenset(
            level(row.form) for row in tables.countries() if row.kind == "demonym"
        )

    def find(self, doc: Doc) -> list[Span]:
        """Candidates. Only token norms of the document are changed."""
        set_norms(doc)
        found = []
        for key, start, end in matches(self.matcher, doc):
            strength, kind = key.split(":")
            if kind in _DIVIDED and end < len(doc) and doc[end].norm_ in self.demonyms:
                end += 1  # « Kurdistan irakien », « Guyane française »
            rule = "table:places" if strength == "strong" else "weak:places"
            found.append(Span(doc, start, end, label="LOC", span_id=rule))
        return found

    def __call__(self, doc: Doc) -> Doc:
        add_candidates(doc, self.find(doc))
        return doc
