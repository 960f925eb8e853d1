"""Sentences given word by word, with the kind of each: what the rules of clauses start from.

After each word stands its part of speech, or COUNTRY, PER or ORG for a name, and its morphology:
« Chili/COUNTRY dort/VERB/VerbForm=Fin »; a word without either is of a kind no rule asks for.
"""

import spacy
from spacy.tokens import Doc, Span

from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.component import Relations
from entextract.pipes.relations.verb import Verb

NAMES = ("COUNTRY", "PER", "ORG")
VOCAB = spacy.blank("fr").vocab


def tagged(text: str, *arcs: tuple[str, str, str]) -> Doc:
    """A document of one sentence; an arc is (word, head, relation), as a parser would find."""
    parts = [f"{part}//".split("/") for part in text.split(" ")]
    words, kinds = [part[0] for part in parts], [part[1] or "X" for part in parts]
    morphs = [part[2] for part in parts]
    pos = ["PROPN" if kind in NAMES else kind for kind in kinds]
    heads, deps = list(range(len(words))), ["dep"] * len(words)
    for word, head, relation in arcs:
        heads[words.index(word)], deps[words.index(word)] = words.index(head), relation
    parse = (heads, deps) if arcs else (None, None)
    doc = Doc(VOCAB, words, pos=pos, morphs=morphs, heads=parse[0], deps=parse[1])
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
