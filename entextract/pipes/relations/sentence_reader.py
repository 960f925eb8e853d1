"""Reads one sentence into clauses, for whoever asks who does what in it."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Span, Token

from entextract import tables
from entextract.pipes.relations.clauses import Clauses, read_clauses
from entextract.pipes.relations.noun_phrases import NounPhrases
from entextract.pipes.relations.role_words import RoleWords

_NOT_FINITE = frozenset({"infinitive", "participle", "participle_present"})


class SentenceReader:
    """Reads sentences with the verb forms and the words of roles of the tables."""

    def __init__(self, nlp: Language) -> None:
        self.forms = tables.verb_readings()
        self.role_words = RoleWords(nlp)

    def read(self, span: Span, low: list[str], at: dict[int, Span]) -> Clauses:
        """The clauses of a sentence; see ``noun_phrases``."""
        return read_clauses(self.noun_phrases(span, low, at), self.forms)

    def noun_phrases(self, span: Span, low: list[str], at: dict[int, Span]) -> NounPhrases:
        """What may be an end of a relation in a sentence.

        Args:
            span: the sentence.
            low: what ``small_letters`` gives of its document.
            at: the entities of the document by each of their tokens.
        """

        def is_finite(token: Token) -> bool:
            if token.i in at:
                return False
            tenses = {tense for _, tense in self.forms.get(low[token.i], ())}
            if tenses:
                return bool(tenses - _NOT_FINITE) and token.pos_ in ("VERB", "AUX")
            return token.pos_ in ("VERB", "AUX") and "Fin" in token.morph.get("VerbForm", [])

        return NounPhrases(span, low, at, self.role_words, is_finite, self.forms.__contains__)
