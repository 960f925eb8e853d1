"""Which of the organisations that share a form the words of a text speak of: « CAF », « FIS »."""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Doc

from entextract import tables
from entextract.names.bodies import words_of
from entextract.names.state_bodies import open_id
from entextract.pipes.words import norms_of
from entextract.records.ids import make_id
from entextract.records.spelling import level


class Homonyms:
    """Tells organisations of one form apart by what a text is about; states are judged later.

    >>> import spacy
    >>> doc = spacy.blank("fr")("La CAF a désigné le pays hôte du tournoi de football.")
    >>> homonyms = Homonyms()
    >>> words = homonyms.words_of(doc)
    >>> homonyms.meant("CAF", words), homonyms.meant("FIS", words), homonyms.meant("ONU", words)
    ('org:caf-football', 'org:fis', '')
    """

    def __init__(self) -> None:
        self._topics: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
        self._default: dict[str, str] = {}
        for row in tables.homonyms():
            kind, entity = " ".join(words_of(row.form)), make_id("ORG", row.id)
            self._topics[kind][entity] = frozenset(level(row.topic).lower().split())
            if not row.topic and not row.country:
                self._default[kind] = entity
        self._words = frozenset(
            word for topics in self._topics.values() for words in topics.values() for word in words
        )

    def words_of(self, doc: Doc) -> frozenset[str]:
        """The words of a document that are a topic."""
        return self._words.intersection(norms_of(doc).small.first)

    def meant(self, form: str, words: frozenset[str]) -> str:
        """The id of the only bearer whose topic the words are, or of the one meant by default.

        Returns:
            The id of none of them where nothing tells; an empty string for a form of one bearer.
        """
        kind = " ".join(words_of(form))
        if kind not in self._topics:
            return ""
        found = [entity for entity, topic in self._topics[kind].items() if topic & words]
        return found[0] if len(found) == 1 else self._default.get(kind, open_id(kind))
