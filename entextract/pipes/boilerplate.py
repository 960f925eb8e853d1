"""Marks what is not the article: share buttons, comment forms, cookie banners, doubled titles."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc, Span

from entextract import tables
from entextract.pipes.spans import BOILERPLATE, add_candidates, lines, text_between
from entextract.tables.known_lines import is_boilerplate, line_key, notice_start

_RUBRIC = re.compile(r"\s[|-]\s")
_TITLE_LINES = 6  # a doubled title stands among the first lines
_SHORTEST_TITLE = 20  # characters


@Language.factory("entextract_boilerplate", assigns=["doc.spans"])
class Boilerplate:
    """Mark lines known from a table, and a title that is repeated.

    No name is found there.

    Sets: ``doc.spans["entextract"]``, with the label ``BOILERPLATE``.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> boilerplate = nlp.add_pipe("entextract_boilerplate")
    >>> doc = nlp("La Grèce vote.\\nPartager sur Facebook")
    >>> [(span.text, span.label_) for span in doc.spans["entextract"]]
    [('Partager sur Facebook', 'BOILERPLATE')]
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        rows = tables.boilerplate()
        share = [line_key(row.form) for row in rows if row.kind == "share"]
        companies = [line_key(row.form) for row in rows if row.kind == "network"]
        self.bar = _bar([*share, *companies])
        self.companies = _bar(companies)

    def find(self, doc: Doc) -> list[Span]:
        """Lines that are boilerplate. The document is not changed."""
        found = []
        title = ""
        in_bar = False  # whether the line before is a share button
        for number, (start, end) in enumerate(lines(doc)):
            line = text_between(doc, start, end)
            key = line_key(line)
            in_bar = self._is_bar(key, in_bar)
            if in_bar or is_boilerplate(line):
                rule = "table:boilerplate"
            elif number < _TITLE_LINES and _is_repeat(key, title):
                rule = "title-repeated"
            else:
                title = title or key
                at = notice_start(line)
                if at == len(line):
                    continue
                at += doc[start].idx
                start = next((i for i in range(start, end) if doc[i].idx >= at), end)
                rule = "table:boilerplate"
            found.append(Span(doc, start, end, label=BOILERPLATE, span_id=rule))
        return found

    def _is_bar(self, key: str, after_bar: bool) -> bool:
        """« Facebook | Google »: share buttons, of which some could be companies in a list."""
        buttons = self.bar.fullmatch(key) is not None
        return buttons and (after_bar or self.companies.fullmatch(key) is None)

    def __call__(self, doc: Doc) -> Doc:
        add_candidates(doc, self.find(doc))
        return doc


def _bar(buttons: list[str]) -> re.Pattern[str]:
    longest_first = sorted(buttons, key=len, reverse=True)
    return re.compile(rf"(?:(?:{'|'.join(map(re.escape, longest_first))})[\s|,:•·–-]*)+")


def _is_repeat(line: str, title: str) -> bool:
    """Whether a line is the title again, with or without the rubric after « | ».

    « PARIS – » opens dispatches, « Guerre en Ukraine – » several titles: no repeated title.
    """
    (own, *rubric), (known, *other) = _RUBRIC.split(line), _RUBRIC.split(title)
    if own != known or len(own) < _SHORTEST_TITLE:
        return False
    return rubric == other or not (rubric and other)
