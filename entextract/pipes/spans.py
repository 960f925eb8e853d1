"""Span helpers that several pipes share; no linguistic rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from itertools import chain

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from entextract.pipes.once import OncePerDoc
from entextract.pipes.phrases import Phrases
from entextract.pipes.words import norms_of, texts
from entextract.records.spelling import level

GROUP = "entextract"
_NOT_A_START = 0xFFFF_FFFF_FFFF_FFFF  # -1, as spaCy's unsigned arrays hold it
BOILERPLATE = "BOILERPLATE"


def set_norms(doc: Doc) -> None:
    """Set each token's norm to its levelled text, case kept, as table patterns have it.

    Does nothing when an earlier pipe has done it: a capital shows, since spaCy's norms are in
    lower case.
    """
    capital = next((i for i, text in enumerate(texts(doc)) if text[0].isupper()), None)
    if capital is not None and doc[capital].norm_ == level(texts(doc)[capital]):
        return
    strings = doc.vocab.strings
    words = doc.to_array(["ORTH"])
    spelled = words.tolist()
    norms = {}
    for word, text in dict(zip(spelled, texts(doc), strict=True)).items():
        norm = level(text)
        norms[word] = word if norm == text else strings.add(norm)
    words[:] = [norms[word] for word in spelled]
    doc.from_array(["NORM"], words)  # type: ignore[arg-type]  # it takes unsigned numbers
    norms_of.forget(doc)


def set_sentence_starts(doc: Doc, starts: set[int]) -> None:
    """Start a sentence at these tokens and at no other.

    All at once: setting the start of one token makes spaCy read the whole document.
    """
    values = doc.to_array(["SENT_START"])
    values[:] = [1 if i in starts else _NOT_A_START for i in range(len(doc))]
    doc.from_array(["SENT_START"], values)  # type: ignore[arg-type]  # it takes unsigned numbers


def sentence_starts(doc: Doc) -> list[int]:
    """The numbers of the tokens that start a sentence, by themselves or as they were told to."""
    starts = doc.to_array("SENT_START").tolist()
    return [i for i, value in enumerate(starts) if value == 1]


def phrase_matcher(nlp: Language, keys: Iterable[tuple[str, str]]) -> Phrases:
    """A matcher on norms that finds every spelling variant of each form.

    Args:
        nlp: gives the tokenizer and the vocabulary.
        keys: (what a match is reported as, form) pairs.
    """
    return Phrases(nlp, keys)


def matches(matcher: Phrases, doc: Doc) -> Iterator[tuple[str, int, int]]:
    """(key, start, end) of each match, in tokens."""
    yield from matcher(doc)


def add_candidates(doc: Doc, spans: Iterable[Span]) -> None:
    """Add spans to the candidates of a document."""
    if GROUP in doc.spans:
        doc.spans[GROUP].extend(spans)
    else:
        doc.spans[GROUP] = list(spans)


def _group(doc: Doc) -> Iterator[Span]:
    if GROUP in doc.spans:  # spaCy's own get() would make the group
        yield from doc.spans[GROUP]


def candidates(doc: Doc) -> Iterator[Span]:
    """Every candidate that the finders proposed, boilerplate apart."""
    for span in _group(doc):
        if span.label_ != BOILERPLATE:
            yield span


def boilerplate_mask(doc: Doc) -> list[bool]:
    """For each token, whether it stands in boilerplate."""
    mask = [False] * len(doc)
    for span in _group(doc):
        if span.label_ == BOILERPLATE:
            mask[span.start : span.end] = [True] * len(span)
    return mask


def words_under(doc: Doc, rules: Container[str]) -> Counter[str]:
    """How many words of a document stand in boilerplate of these rules, by the rule."""
    counts: Counter[str] = Counter()
    for span in _group(doc):
        if span.label_ == BOILERPLATE and span.id_ in rules:
            counts[span.id_] += sum(token.is_alpha for token in span)
    return counts


def is_capitalised(token: Token) -> bool:
    """Whether a token starts with a capital letter, a digit never counting as one."""
    return token.text[:1].isupper()


def places_of(doc: Doc, norm: str) -> list[int]:
    """The numbers of the tokens of a norm, in order. Norms are set, and stay as they are."""
    return norms_of(doc).places.of(norm)


def at_words(doc: Doc, words: Iterable[str]) -> list[int]:
    """The numbers of the tokens whose norm, in small letters, is one of these words, in order."""
    return norms_of(doc).small.of_all(words)


def at_norms(doc: Doc, norms: Iterable[str]) -> list[int]:
    """The numbers of the tokens whose norm is one of these, in order."""
    return norms_of(doc).places.of_all(norms)


@OncePerDoc
def text_of(doc: Doc) -> str:
    """The text of a document, which spaCy would put together each time, token by token."""
    blanks = map(" ".__mul__, doc.to_array("SPACY").tolist())
    return "".join(chain.from_iterable(zip(texts(doc), blanks, strict=True)))


@OncePerDoc
def _extents(doc: Doc) -> tuple[str, list[int], list[int]]:
    """The text of a document, and where in it each token starts and ends."""
    starts, lengths = doc.to_array(["IDX", "LENGTH"]).T
    return text_of(doc), starts.tolist(), (starts + lengths).tolist()


def text_between(doc: Doc, start: int, end: int) -> str:
    """The text of the tokens from ``start`` to ``end``, of which there may be none, as of a span.

    It takes a fifth of the time: spaCy makes four objects for ``doc[start:end].text``.
    """
    if start >= end:
        return ""
    text, starts, ends = _extents(doc)
    return text[starts[start] : ends[end - 1]]


def text_at(doc: Doc, i: int) -> str:
    """The text of the token at a place in a document, nothing outside of it."""
    words = texts(doc)
    return words[i] if 0 <= i < len(words) else ""


def text_before(doc: Doc, i: int) -> str:
    """The text of the token before a place in a document, nothing where it starts."""
    return text_at(doc, i - 1)


def is_half(doc: Doc, start: int, end: int) -> bool:
    """« Siemens » in « Siemens-Gamesa », « Londres » in « Albert-Londres »."""
    return other_half(doc, start, end) is not None


def other_half(doc: Doc, start: int, end: int) -> Token | None:
    """The capitalised word that a hyphen without blanks joins to a span, if any."""
    for hyphen, other in ((start - 1, start - 2), (end, end + 1)):
        if 0 <= other < len(doc) and doc[hyphen].text == "-" and is_capitalised(doc[other]):
            left = doc[hyphen - 1]
            if not (left.whitespace_ or doc[hyphen].whitespace_):
                return doc[other]
    return None


@OncePerDoc
def small_letters(doc: Doc) -> list[str]:
    """The tokens in small letters with straight apostrophes, as the tables hold words."""
    small = {text: text.replace("’", "'").lower() for text in set(texts(doc))}
    return [small[text] for text in texts(doc)]


@OncePerDoc
def lines(doc: Doc) -> list[tuple[int, int]]:
    """(start, end) in tokens of each line that is not blank, line breaks left out."""
    found = []
    start = 0
    for i, text in enumerate(texts(doc)):
        if "\n" in text or "\r" in text:
            if start < i:
                found.append((start, i))
            start = i + 1
    if start < len(doc):
        found.append((start, len(doc)))
    return found
