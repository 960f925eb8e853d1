"""Stretches of a document in English: titles and quotations, whose capitals name nobody."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from entextract.pipes.once import OncePerDoc
from entextract.pipes.spans import small_letters
from entextract.records.spelling import level
from entextract.tables.reference_lines import foreign_words, french_words

_FEWEST = 2  # words of English grammar: « The » alone may open the name of a newspaper
_PARTS = frozenset('«»“”"()[];')


@OncePerDoc
def foreign_tokens(doc: Doc) -> frozenset[int]:
    """The tokens of each stretch that words of English, and hardly any of French, hold together.

    A stretch is what quotation marks, brackets, the ends of a line or of a sentence enclose.
    """
    foreign = foreign_words()
    if sum(map(foreign.__contains__, small_letters(doc))) < _FEWEST:
        return frozenset()
    found: set[int] = set()
    for stretch in _stretches(doc):
        words = [level(token.lower_) for token in stretch]
        english = sum(word in foreign for word in words)
        if english >= _FEWEST and english > sum(word in french_words() for word in words):
            found.update(token.i for token in stretch)
    return frozenset(found)


def _stretches(doc: Doc) -> Iterator[list[Token]]:
    stretch: list[Token] = []
    for token in doc:
        if token.is_sent_start or token.text in _PARTS or "\n" in token.text:
            yield stretch
            stretch = []
        stretch.append(token)
    yield stretch
