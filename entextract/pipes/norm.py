"""One spelling for apostrophes, hyphens and accents in token norms; the text never changes."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from entextract import tables
from entextract.pipes.spans import set_norms, set_sentence_starts
from entextract.pipes.words import texts
from entextract.records.spelling import level


@Language.factory("entextract_norm", assigns=["token.norm"])
class Norm:
    """Level token norms, and split compound demonyms so that both halves can be mentions.

    Tables are compared with norms, so that it comes before every other finder.

    Sets: ``token.norm`` of every token, case kept; more tokens where a word is split.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> norm = nlp.add_pipe("entextract_norm")
    >>> [token.norm_ for token in nlp("l’Égypte franco-allemande")]
    ["l'", 'Egypte', 'franco', '-', 'allemande']
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        rows = tables.countries()
        self.first_halves = {level(r.form) for r in rows if r.kind == "combining"}
        self.prefixes = tables.levelled_words("prefix")
        self.demonyms = tables.demonyms()
        self.last_halves = self.first_halves | self.demonyms
        names = (r for r in rows if r.kind in ("canonical", "name") and r.strength == "strong")
        self.states = {
            level(r.form).split(" ")[0] for r in names
        }  # « Corée » in « pro-Corée du … »

    def find(self, doc: Doc) -> list[Token]:
        """Tokens such as « franco-allemand » and « ex-soviétique ». The document is not changed."""
        words = texts(doc)
        compounds = {word for word in set(words) if "-" in word and self._parts(word)}
        return [doc[i] for i, word in enumerate(words) if word in compounds] if compounds else []

    def _parts(self, text: str) -> list[str]:
        """« sino », « sud-coréen »; « ex », « URSS »; nothing where a word is no compound."""
        pieces = text.split("-")
        for size in (2, 1):  # « sud-coréen » is one demonym
            if len(pieces) <= size:
                continue
            *firsts, last = *pieces[:-size], "-".join(pieces[-size:])
            before = [level(first).lower() for first in firsts]
            if level(last).lower() in (self.demonyms if size > 1 else self.last_halves) and (
                "-".join(before) in self.prefixes or self.first_halves.issuperset(before)
            ):
                return [*firsts, last]
        first, _, rest = text.partition("-")
        if level(first).lower() in self.prefixes and level(rest) in self.states:
            return [first, rest]
        return []

    def __call__(self, doc: Doc) -> Doc:
        compounds = self.find(doc)
        if compounds:
            first = {token.i for token in compounds}
            doc.ents = [
                _without_first_token(e) if e.start in first else e
                for e in doc.ents
                if not (e.start in first and len(e) == 1)
            ]
            starts = {token.idx for token in doc if token.is_sent_start}
            with doc.retokenize() as retokenizer:
                for token in compounds:
                    _split(retokenizer, token, self._parts(token.text))
            if starts:  # the parts have none of their own
                set_sentence_starts(doc, {token.i for token in doc if token.idx in starts})
        set_norms(doc)
        return doc


def _without_first_token(entity: Span) -> Span:
    """« Infantino » in « Italo-Suisse Infantino »."""
    return Span(entity.doc, entity.start + 1, entity.end, label=entity.label)


def _split(retokenizer: object, token: Token, pieces: list[str]) -> None:
    """Split at hyphens; the last part keeps the syntactic place of the whole."""
    parts: list[str] = []
    for i, piece in enumerate(pieces):
        parts.extend(["-", piece] if i else [piece])
    last = len(parts) - 1
    own = (token, last)
    heads = [own] * last + [own if token.head == token else token.head]
    tagged = [name for name in ("POS", "TAG", "DEP") if getattr(token, f"{name.lower()}_")]
    attrs = {name: [getattr(token, f"{name.lower()}_")] * len(parts) for name in tagged}
    retokenizer.split(token, parts, heads=heads, attrs=attrs)  # type: ignore[attr-defined]
