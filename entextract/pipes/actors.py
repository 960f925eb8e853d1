"""Proposes the names of a user's own table, which every other finder gives way to."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from entextract import tables
from entextract.pipes.spans import add_candidates, is_half, matches, phrase_matcher, set_norms

RULE = "table:actors"


@Language.factory("entextract_actors", assigns=["doc.spans"], default_config={"extra": ""})
class Actors:
    """Propose the people, organisations, countries and places that a user lists.

    Args:
        extra: a CSV file with the columns id, name, form, label; without one, nothing is found.

    Attributes:
        names: the name of each, by entity id.
    """

    def __init__(self, nlp: Language, name: str, *, extra: str) -> None:
        self.name = name
        rows = tables.actors(extra) if extra else []
        self.labels = {row.entity: row.label for row in rows}
        self.names = {row.entity: row.name for row in rows}
        forms = ((row.entity, form) for row in rows for form in {row.form, row.name})
        self.matcher = phrase_matcher(nlp, forms)

    def find(self, doc: Doc) -> list[Span]:
        """Candidates, each with the id of the table. Only token norms are changed."""
        if not self.names:
            return []
        set_norms(doc)
        return [
            Span(doc, start, end, label=self.labels[entity], kb_id=entity, span_id=RULE)
            for entity, start, end in matches(self.matcher, doc)
            if not is_half(doc, start, end)
        ]

    def __call__(self, doc: Doc) -> Doc:
        add_candidates(doc, self.find(doc))
        return doc
