"""« la Commission », which is the only one that the article names in full, or no name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from entextract import tables
from entextract.pipes.arbitration.candidate import Candidate
from entextract.pipes.name_extent import is_of
from entextract.pipes.spans import at_words, is_capitalised, text_before
from entextract.records.rules import Rule
from entextract.records.spelling import level

_SAME_NAME = Rule("same-name")


class ShortNames:
    """Takes a capital noun of institution for a name only where one full name opens with it."""

    def __init__(self) -> None:
        self.heads = tables.levelled_words("institution_head")

    def __call__(self, doc: Doc, chosen: list[Candidate], blocked: list[bool]) -> list[Candidate]:
        """The chosen candidates with what is short for one of them, without what is for none.

        Args:
            doc: a document.
            chosen: its names.
            blocked: for each token, whether no name may stand there.
        """
        whole = self._full_names(doc, chosen)
        kept = [c for c in chosen if not self._is_bare(doc, c) or len(whole[_head(doc, c)]) == 1]
        taken = {i for c in kept for i in range(c.start, c.end)}
        return [*kept, *self._found(doc, whole, taken, blocked)] if whole else kept

    def _full_names(self, doc: Doc, chosen: Iterable[Candidate]) -> dict[str, set[str]]:
        """The names, or the ids that a table gives, that open with each noun."""
        found: dict[str, set[str]] = defaultdict(set)
        for c in chosen:
            if c.label == "ORG" and c.end - c.start > 1 and (head := _head(doc, c)) in self.heads:
                found[head].add(c.kb_id or level(doc[c.start : c.end].text).lower())
        return found

    def _is_bare(self, doc: Doc, c: Candidate) -> bool:
        return (
            c.label == "ORG"
            and c.end - c.start == 1
            and not c.kb_id
            and not doc[c.start].is_upper
            and _head(doc, c) in self.heads
        )

    def _found(
        self, doc: Doc, whole: dict[str, set[str]], taken: set[int], blocked: list[bool]
    ) -> Iterator[Candidate]:
        heads = [head for head, names in whole.items() if len(names) == 1]
        for token in (doc[i] for i in at_words(doc, heads)):
            if not is_capitalised(token):
                continue
            if token.i in taken or blocked[token.i] or _goes_on(doc, token):
                continue
            before = level(text_before(doc, token.i).lower())
            if before in tables.words("definite_article", "contracted_article", "demonstrative"):
                yield Candidate(token.i, token.i + 1, "ORG", _SAME_NAME)


def _head(doc: Doc, c: Candidate) -> str:
    return level(doc[c.start].lower_)


def _goes_on(doc: Doc, token: Token) -> bool:
    """Whether a capital, an adjective or a complement makes it another name."""
    return any(
        is_capitalised(t) or t.pos_ == "ADJ" or is_of(t) or t.text == "-"
        for t in doc[token.i + 1 : token.i + 2]
    )
