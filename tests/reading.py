"""A sentence read for relations from words and names written by hand, without a model."""

from collections.abc import Collection

import spacy
from spacy.tokens import Doc, Span

from entextract.pipes.relations.noun_phrases import Arg, Sentence
from entextract.pipes.relations.role_words import Lexicon

NLP = spacy.blank("fr")
LEXICON = Lexicon(NLP)
LABELS = ("PER", "ORG", "LOC", "COUNTRY", "DEM")


def read(text: str, *, finite: Collection[str] = (), forms: Collection[str] = ()) -> Sentence:
    """The sentence « … ^ le ministre DEM:russe PER:Paul_Mercier dort/VERB | Elle … ».

    Words stand between blanks, a part of speech after a slash, the label of a name before a colon
    (``DEM`` for a demonym); a caret opens the sentence and a bar ends it, if there are others.
    """
    words: list[str] = []
    pos: list[str] = []
    found: list[tuple[int, int, str]] = []
    begin = end = 0
    for part in text.split():
        if part == "^":
            begin = len(words)
            continue
        if part == "|":
            end = len(words)
            continue
        label, _, name = part.partition(":")
        if name and label in LABELS:
            tokens = name.split("_")
            found.append((len(words), len(words) + len(tokens), label))
        else:
            tokens = [part.partition("/")[0] or part]
        words += tokens
        pos += [part.partition("/")[2] or "X"] * len(tokens)
    doc = Doc(NLP.vocab, words, pos=pos)
    entities: dict[int, Span] = {}
    for start, stop, label in found:
        span = Span(doc, start, stop, label=label, kb_id=words[start])
        if label == "DEM":
            span.label_, span.id_ = "COUNTRY", "demonym:table"
        entities.update(dict.fromkeys(range(start, stop), span))
    low = [word.lower() for word in words]
    return Sentence(
        doc[begin : end or len(words)],
        low,
        entities,
        LEXICON,
        lambda token: token.lower_ in finite,
        lambda word: word in forms,
    )


def shown(s: Sentence) -> list[str]:
    """Each argument: preposition, words, whose it is."""
    return [_shown(arg, s) for arg in s.args]


def _shown(arg: Arg, s: Sentence) -> str:
    entity = arg.entity.text if arg.entity is not None else "-"
    words = " ".join(t.text for t in s.doc[arg.start : arg.end])
    return f"{arg.prep or '-'} | {words} | {entity}"
