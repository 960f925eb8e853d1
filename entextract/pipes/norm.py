"""One spelling for apostrophes, hyphens and accents in token norms; the text never changes."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

from entextract import tables
from entextract.forms import level
from entextract.pipes._spans import set_norms


@Language.factory("entextract_norm", assigns=["token.norm"])
class Norm:
    """Level token norms, and split compound demonyms so that both halves can be mentions."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        rows = tables.countries()
        self.first_halves = {level(r.form) for r in rows if r.kind == "combining"}
        self.second_halves = {level(r.form) for r in rows if r.kind == "demonym"}

    def find(self, doc: Doc) -> list[Token]:
        """Tokens such as « franco-allemand ». The document is not changed."""
        return [token for token in doc if "-" in token.text and self._is_compound(token.text)]

    def _is_compound(self, text: str) -> bool:
        *firsts, last = level(text).lower().split("-")
        halves = self.first_halves
        return (
            bool(firsts)
            and all(first in halves for first in firsts)
            and (last in halves or last in self.second_halves)
        )

    def __call__(self, doc: Doc) -> Doc:
        compounds = self.find(doc)
        if compounds:
            alone = {(token.i, token.i + 1) for token in compounds}
            doc.ents = [e for e in doc.ents if (e.start, e.end) not in alone]
            with doc.retokenize() as retokenizer:
                for token in compounds:
                    _split(retokenizer, token)
        set_norms(doc)
        return doc


def _split(retokenizer: object, token: Token) -> None:
    """Split at hyphens; the last part keeps the syntactic place of the whole."""
    parts: list[str] = []
    for i, piece in enumerate(token.text.split("-")):
        parts.extend(["-", piece] if i else [piece])
    last = len(parts) - 1
    own = (token, last)
    heads = [own] * last + [own if token.head == token else token.head]
    retokenizer.split(token, parts, heads=heads)  # type: ignore[attr-defined]
