"""Bodies that no table knows, told by what is near: « la SONEDE dit », « le PDG de Zontec »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from entextract import tables
from entextract.pipes.name_extent import capitalised_end, is_of
from entextract.pipes.spans import at_norms, is_capitalised, matches, phrase_matcher, text_before
from entextract.pipes.words import norms_of
from entextract.records.spelling import level

_ACRONYM = re.compile("[A-Z]{3,7}")


class Unlisted:
    """Acronyms that act or that someone belongs to, and names of what someone is the head of.

    >>> import spacy
    >>> from entextract.pipes.spans import set_norms
    >>> nlp = spacy.blank("fr")
    >>> doc = nlp("Le PDG de Zontec et la patronne d'Orvelis sont partis.")
    >>> set_norms(doc)
    >>> [span.text for span in Unlisted(nlp).find(doc)]
    ['Zontec', 'Orvelis']
    """

    def __init__(self, nlp: Language) -> None:
        titles = {row.form.lower(): row.form for row in tables.titles()}
        heads = ("company_head", "body_head")
        self.heads = phrase_matcher(
            nlp, ((sort, titles.get(word, word)) for sort in heads for word in tables.words(sort))
        )
        self.states = frozenset(level(r.form) for r in tables.countries() if r.kind == "canonical")
        self.given = tables.given_forms()
        self.demonyms = tables.demonyms()
        names = (tables.countries(), tables.places(), tables.organisations())
        self.known = frozenset(level(row.form) for rows in names for row in rows)

    def find(self, doc: Doc) -> Iterator[Span]:
        """Candidates. The document, whose norms are set, is not changed."""
        yield from self._headed(doc)
        acronyms = [word for word in norms_of(doc).places.first if _ACRONYM.fullmatch(word)]
        for token in (doc[i] for i in at_norms(doc, acronyms) if 0 < i < len(doc) - 1):
            if not _ACRONYM.fullmatch(token.text) or token.norm_ in self.known:
                continue
            if _acts(token) or _has_member(token):
                yield Span(doc, token.i, token.i + 1, label="ORG", span_id="acting-acronym")

    def _headed(self, doc: Doc) -> Iterator[Span]:
        """« Zontec » in « le directeur général de Zontec », not « le patron de Jean Dubel »."""
        for sort, _, end in matches(self.heads, doc):
            of = end + len(list(takewhile(self._is_epithet, doc[end:])))
            start = of + 1
            if not any(map(is_of, doc[of:start])) or _has_article(doc[of]):
                continue
            if sort == "body_head":
                yield from self._named_after_state(doc, start)
                continue
            stop = capitalised_end(doc, start)
            given = (t.i for t in doc[start:stop] if t.norm_ in self.given)
            stop = next(given, stop)  # « le PDG de Baltaire Jean Dubel »
            if stop > start and level(doc[start:stop].text) not in self.known:
                yield Span(doc, start, stop, label="ORG", span_id="head-before-name")

    def _named_after_state(self, doc: Doc, start: int) -> Iterator[Span]:
        """« France générosités » in « la présidente de France générosités »."""
        noun = next((t for t in doc[start + 1 : start + 2] if t.is_lower), None)
        # an adjective would agree with the state: « fraternités » is a noun that was misread
        plural = noun is not None and "Plur" in noun.morph.get("Number", [])
        named = noun is not None and (noun.pos_ == "NOUN" or (noun.pos_ == "ADJ" and plural))
        if named and level(doc[start].text) in self.states:
            yield Span(doc, start, start + 2, label="ORG", span_id="head-before-name")

    def _is_epithet(self, token: Token) -> bool:
        """« français », « historique » between a head and « de »."""
        return token.is_lower and (token.pos_ == "ADJ" or level(token.text) in self.demonyms)


def _has_article(of: Token) -> bool:
    """« du », « des », unlike « de »."""
    return level(of.lower_) not in tables.without_article("de")


def _acts(token: Token) -> bool:
    """« la SONEDE réclame »: an article before it, a verb after it, and no line of capitals."""
    doc, verb = token.doc, token.nbor()
    article = text_before(doc, token.i).lower()
    if article not in tables.words("definite_article") or not verb.is_lower:
        return False
    return verb.pos_ in ("VERB", "AUX") and "Fin" in verb.morph.get("VerbForm", [])


def _has_member(token: Token) -> bool:
    """« Awa Sarr, du PCRN, saisit »: between commas, behind a name."""
    doc, of = token.doc, token.i - 1
    if doc[of].lower_ in tables.words("definite_article"):
        of -= 1
    if of < 2 or not is_of(doc[of]) or doc[of - 1].text != "," or token.nbor().text != ",":
        return False
    return is_capitalised(doc[of - 2]) and not doc[of - 2].is_upper
