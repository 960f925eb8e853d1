"""Sentences given word by word, with the kind of each: what the rules of clauses start from.

After each word stands its part of speech, or COUNTRY, PER or ORG for a name, as in
« Chili/COUNTRY accuse/VERB Brésil/COUNTRY »; a word without either is of a kind no rule asks for.
"""

import spacy
from spacy.tokens import Doc, Span

from entextract.pipes._clauses import Clauses
from entextract.pipes._verb import Verb
from entextract.pipes.relations import Relations

NAMES = ("COUNTRY", "PER", "ORG")
VOCAB = spacy.blank("fr").vocab


def tagged(text: str, *arcs: tuple[str, str, str]) -> Doc:
    """A document of one sentence; an arc is (word, head, relation), as a parser would find."""
    pairs = [part.partition("/") for part in text.split(" ")]
    words = [word for word, _, _ in pairs]
    kinds = [kind or "X" for _, _, kind in pairs]
    pos = ["PROPN" if kind in NAMES else kind for kind in kinds]
    heads, deps = list(range(len(words))), ["dep"] * len(words)
    for word, head, relation in arcs:
        heads[words.index(word)], deps[words.index(word)] = words.index(head), relation
    doc = Doc(VOCAB, words, pos=pos, heads=heads if arcs else None, deps=deps if arcs else None)
    doc.set_ents(
        [Span(doc, i, i + 1, kind, kb_id=words[i]) for i, kind in enumerate(kinds) if kind in NAMES]
    )
    return doc


def clauses_of(relations: Relations, text: str, *arcs: tuple[str, str, str]) -> Clauses:
    """The sentence read."""
    doc = tagged(text, *arcs)
    low = [token.lower_ for token in doc]
    return relations.clauses(doc[:], low, {entity.start: entity for entity in doc.ents})


def last_verb(clauses: Clauses) -> Verb:
    return list(clauses.verbs.values())[-1]
