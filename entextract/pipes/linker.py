"""Gives each mention of one article the id of its entity."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from entextract import tables
from entextract.forms import slug
from entextract.names import bearers

_PREFIX = {"PER": "per", "ORG": "org", "LOC": "loc", "COUNTRY": "country"}


@Language.factory("entextract_linker", requires=["doc.ents"], assigns=["doc.ents"])
class Linker:
    """Link « Blinken » to « Antony Blinken », and other names to themselves."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.organisations = {f"org:{row.id}": row.name for row in tables.organisations()}

    @property
    def names(self) -> dict[str, str]:
        """Canonical name of each entity that a table knows, by id."""
        states = {f"country:{code}": name for code, name in tables.country_names().items()}
        return {**states, **self.organisations}

    def find(self, doc: Doc) -> list[Span]:
        """The entities of the document, each with an id. The document is not changed."""
        persons = bearers(_clean(e) for e in doc.ents if e.label_ == "PER")
        shared = {_clean(e): e.kb_id_ for e in doc.ents if e.label_ == "ORG" and e.kb_id_}
        return [
            Span(
                doc,
                e.start,
                e.end,
                label=e.label,
                span_id=e.id,
                kb_id=e.kb_id_ or self._id(e, persons, shared),
            )
            for e in doc.ents
        ]

    def _id(self, entity: Span, persons: dict[str, str], shared: dict[str, str]) -> str:
        name = _clean(entity)
        if entity.label_ == "PER":
            name = persons[name]
        elif entity.label_ == "ORG" and name in shared:
            return shared[name]
        elif entity.label_ == "LOC" and entity[0].lower_ in ("le", "la", "les") and len(entity) > 1:
            name = _clean(entity[1:])  # « au Caire » and « Le Caire »
        return f"{_PREFIX.get(entity.label_, entity.label_.lower())}:{slug(name)}"

    def __call__(self, doc: Doc) -> Doc:
        doc.ents = self.find(doc)
        return doc


def _clean(entity: Span) -> str:
    return " ".join(entity.text.split())
