"""Gives each mention of one article the id of its entity."""

from __future__ import annotations

from bisect import bisect_right

from spacy.language import Language
from spacy.tokens import Doc, Span

from entextract import tables
from entextract.names.in_article import Name, resolve
from entextract.pipes.spans import sentence_starts
from entextract.records.ids import id_of_name, make_id
from entextract.records.rules import Link, Rule
from entextract.records.spelling import spaced


@Language.factory("entextract_linker", requires=["doc.ents"], assigns=["doc.ents"])
class Linker:
    """Give each mention the id of its entity: « Blinken » that of « Antony Blinken ».

    It looks at one article. Ids are agreed over all articles by ``extract``.

    Sets: ``kb_id_`` of ``doc.ents``, and in their ``id_`` what linked them.

    Attributes:
        names: the name of each entity that a table knows, by id.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> for name in ("people", "arbiter", "linker"):
    ...     pipe = nlp.add_pipe(f"entextract_{name}")
    >>> for e in nlp("Mme Awa Sarr rit. Mme Sarr part.").ents:
    ...     print(e.text, e.kb_id_, e.id_)
    Awa Sarr per:awa-sarr title-before-name:f
    Sarr per:awa-sarr title-before-name:f+surname
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.organisations = {make_id("ORG", row.id): row.name for row in tables.organisations()}

    @property
    def names(self) -> dict[str, str]:
        """Canonical name of each entity that a table knows, by id."""
        states = {make_id("COUNTRY", code): name for code, name in tables.country_names().items()}
        return {**states, **self.organisations}

    def find(self, doc: Doc) -> list[Span]:
        """The entities of the document, each with an id. The document is not changed."""
        starts, entities = sentence_starts(doc), doc.ents
        names = [
            Name(
                spaced(e.text),
                e.label_,
                e.kb_id_ or _own_id(e),
                Rule.parse(e.id_),
                e.start_char,
                e.end_char,
                bisect_right(starts, e.start),
            )
            for e in entities
        ]
        return [
            Span(
                doc,
                e.start,
                e.end,
                label=e.label,
                span_id=_rule(name.rule, link.rule),
                kb_id=link.entity,
            )
            for e, name, link in zip(entities, names, resolve(names), strict=True)
        ]

    def __call__(self, doc: Doc) -> Doc:
        doc.ents = self.find(doc)
        return doc


def _rule(found: Rule, link: str) -> str:
    """What found the name, and what linked it: « model+surname »."""
    return str(found.linked([Link(link)] if link else []))


def _own_id(entity: Span) -> str:
    """The id of a name taken alone."""
    name = entity.text
    if (
        entity.label_ == "LOC"
        and entity[0].lower_ in tables.words("definite_article")
        and len(entity) > 1
    ):
        name = entity[1:].text  # « au Caire » and « Le Caire »
    return id_of_name(entity.label_, name)
