"""Proposes the names of a user's own table, which every other finder gives way to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from entextract import tables
from entextract.pipes.spans import add_candidates, is_half, matches, phrase_matcher, set_norms
from entextract.tables.row_classes import ActorForm

RULE = "table:actors"
_FILE = "actors.json"


@Language.factory("entextract_actors", assigns=["doc.spans"])
class Actors:
    """Propose the people, organisations, countries and places that a user lists.

    It finds nothing until ``read`` has given it a table; ``load(extra=...)`` does. The rows are
    saved with the pipeline, which needs the table no more.

    Sets: ``doc.spans["entextract"]``, by the rule ``table:actors``.

    Attributes:
        names: the name of each, by entity id.

    >>> import spacy
    >>> from tempfile import TemporaryDirectory
    >>> nlp = spacy.blank("fr")
    >>> actors = nlp.add_pipe("entextract_actors")
    >>> with TemporaryDirectory() as folder:
    ...     table = Path(folder, "acteurs.csv")
    ...     _ = table.write_text("id,name,form,label\\nrivage,Collectif Rivage,Rivage,ORG\\n")
    ...     actors.read(table)
    >>> doc = nlp("Rivage proteste.")
    >>> [(span.text, span.kb_id_) for span in doc.spans["entextract"]]
    [('Rivage', 'org:rivage')]
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.nlp = nlp
        self.name = name
        self._keep(())

    def read(self, path: str | Path) -> None:
        """Take the rows of a CSV file with the columns id, name, form, label; no others are kept.

        Raises:
            TableError: the file breaks a rule; the message says where and what to do.
            FileNotFoundError: there is no such file.
        """
        self._keep(tables.actors(path))

    def _keep(self, rows: Sequence[ActorForm]) -> None:
        self.rows = tuple(rows)
        self.labels = {row.entity: row.label for row in rows}
        self.names = {row.entity: row.name for row in rows}
        forms = ((row.entity, form) for row in rows for form in {row.form, row.name})
        self.matcher = phrase_matcher(self.nlp, forms)

    def find(self, doc: Doc) -> list[Span]:
        """Candidates, each with its id in the table. The document, with norms, is not changed."""
        return [
            Span(doc, start, end, label=self.labels[entity], kb_id=entity, span_id=RULE)
            for entity, start, end in matches(self.matcher, doc)
            if not is_half(doc, start, end)
        ]

    def __call__(self, doc: Doc) -> Doc:
        if self.rows:
            set_norms(doc)  # in a pipeline without entextract_norm
            add_candidates(doc, self.find(doc))
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The rows, as JSON."""
        return json.dumps([asdict(row) for row in self.rows], ensure_ascii=False).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Actors:
        """Take the rows that ``to_bytes`` gave; no others are kept."""
        self._keep([ActorForm(**row) for row in json.loads(data)])
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the rows into a folder, which is made."""
        Path(path).mkdir(parents=True, exist_ok=True)
        Path(path, _FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Actors:
        """Take the rows that ``to_disk`` wrote; no others are kept."""
        return self.from_bytes(Path(path, _FILE).read_bytes())
