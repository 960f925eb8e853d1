"""Fixes sentence starts before the parser, which would cut inside clauses."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from entextract.pipes.spans import set_sentence_starts
from entextract.pipes.words import texts

_FINAL = frozenset({".", "!", "?", "…", "...", "?!", "!?"})
_CLOSING = frozenset("»\"”’')]")


@Language.factory("entextract_sentences", assigns=["token.is_sent_start"])
class Sentences:
    """Start a sentence after final punctuation and at each line, and nowhere else.

    Sets: ``token.is_sent_start`` of every token.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> sentences = nlp.add_pipe("entextract_sentences")
    >>> [s.text for s in nlp("« Non ! », dit-il. M. Diop se tait").sents]
    ['« Non ! », dit-il.', 'M. Diop se tait']
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def find(self, doc: Doc) -> list[int]:
        """Numbers of the tokens that start a sentence. The document is not changed."""
        starts = []
        ended = True
        before = ""
        for i, text in enumerate(texts(doc)):
            if "\n" in text:
                ended = True
            elif text.isspace():
                before = text
                continue
            elif ended and not _continues(text, before):
                starts.append(i)
                ended = False
            elif ended and text.lstrip("-").isalpha():
                ended = False  # « C'est fini ! », a déclaré …
            if text in _FINAL:
                ended = True
            before = text
        return starts

    def __call__(self, doc: Doc) -> Doc:
        set_sentence_starts(doc, {0, *self.find(doc)})
        return doc


def _continues(text: str, before: str) -> bool:
    """A closing mark, more final punctuation, or a lower-case word after an abbreviation."""
    if not before or "\n" in before:
        return False
    return (
        text in _FINAL
        or text in _CLOSING
        or text.startswith((",", ";", ":"))
        or text.lstrip("-")[:1].islower()
    )
