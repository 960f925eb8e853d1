"""Proposes places that are not states, from a table."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import takewhile

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from entextract import tables
from entextract.pipes.name_extent import capitalised_end
from entextract.pipes.spans import (
    add_candidates,
    at_words,
    is_half,
    matches,
    phrase_matcher,
    set_norms,
)
from entextract.records.spelling import level

_DIVIDED = ("region", "territory")  # kinds of places that states share


@Language.factory("entextract_places", assigns=["doc.spans"])
class Places:
    """Propose what the table of places lists, and what nouns of place announce.

    Sets: ``doc.spans["entextract"]``; the ``id_`` of each span is the rule that found it.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> places = nlp.add_pipe("entextract_places")
    >>> doc = nlp("De Marseille à la rue Anne-Hidalgo, au nord de Vrixel.")
    >>> [(span.text, span.id_) for span in doc.spans["entextract"]]
    [('Marseille', 'table:places'), ('rue Anne-Hidalgo', 'place-noun'), ('Vrixel', 'bearing')]
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        keys = ((f"{row.strength}:{row.kind}", row.form) for row in tables.places())
        self.matcher = phrase_matcher(nlp, keys)
        self.demonyms = tables.demonyms()
        self.given = tables.given_forms()
        self.places = frozenset(level(row.form) for row in tables.places())

    def find(self, doc: Doc) -> list[Span]:
        """Candidates. The document, whose norms are set, is not changed."""
        return [*self._listed(doc), *_opened(doc), *_located(doc), *self._divided(doc)]

    def _listed(self, doc: Doc) -> list[Span]:
        found = []
        for key, start, end in matches(self.matcher, doc):
            if is_half(doc, start, end):
                continue
            strength, kind = key.split(":")
            if kind in _DIVIDED and end < len(doc) and doc[end].norm_ in self.demonyms:
                end += 1  # « Kurdistan irakien », « Guyane française »
            rule = "table:places" if strength == "strong" else "weak:places"
            found.append(Span(doc, start, end, label="LOC", span_id=rule))
        return found

    def _divided(self, doc: Doc) -> Iterator[Span]:
        """« la localité de Zarvol », « les villages de Zarvol et Tarbi »: the name alone."""
        for i in at_words(doc, tables.levelled_words("administrative_division")):
            token = doc[i]
            if i == 0 or not token.is_lower or not _is_of(doc[token.i + 1 : token.i + 2]):
                continue
            i = token.i + 1
            while i + 1 < len(doc) and (i == token.i + 1 or doc[i].text in (",", "et")):
                i += _is_of(doc[i + 1 : i + 2])  # « et de Tarbi »
                end = capitalised_end(doc, i + 1)
                if end == i + 1 or doc[i + 1].norm_ in self.given:
                    break
                listed = {doc[i + 1].norm_, level(doc[i + 1 : end].text)} & self.places
                if not listed:
                    yield Span(doc, i + 1, end, label="LOC", span_id="place-noun")
                i = end

    def __call__(self, doc: Doc) -> Doc:
        set_norms(doc)  # in a pipeline without entextract_norm
        add_candidates(doc, self.find(doc))
        return doc


def _is_of(place: Span) -> bool:
    """« de » or « d' », which a name follows."""
    return level(place.text.lower()) in tables.without_article("de")


def _opened(doc: Doc) -> Iterator[Span]:
    """« rue de Paris », « aéroport Charles-de-Gaulle »: the noun and the name it takes."""
    bearings = tables.levelled_words("bearing_noun")
    for place in at_words(doc, _street_words()):
        token = doc[place]
        noun = level(token.lower_)
        after = token.i + 1
        if noun.rstrip(".") in tables.levelled_words("street_abbreviation"):
            after += after < len(doc) and doc[after].text == "."  # « pl. d'Italie »
            if after == token.i + 1 and not noun.endswith(".") and noun != "bd":
                continue
        elif noun not in tables.levelled_words("street_noun") or _is_participle(token):
            continue
        start = _after_links(doc, after)
        if start > token.i + 1 and noun in bearings:
            continue  # « l'aéroport de Bamako » is found by the name of the town
        if noun == "place" and doc[token.i - 2 : token.i].text.lower() == "à la":
            continue  # « à la place de Ban Ki-moon »: instead of him
        end = capitalised_end(doc, start)
        cut = (
            start < len(doc) and doc[start].is_sent_start and after == token.i + 1
        )  # a point after « pl » ends nothing
        if end > start and not cut:
            yield Span(doc, token.i, end, label="LOC", span_id="place-noun")


def _is_participle(token: Token) -> bool:
    """« placé » in « a placé Zontec », which without its accent is « place »."""
    return token.lower_ != level(token.lower_) and token.lower_ not in tables.words("street_noun")


@cache
def _street_words() -> frozenset[str]:
    short = tables.levelled_words("street_abbreviation")
    return tables.levelled_words("street_noun") | short | {f"{word}." for word in short}


def _located(doc: Doc) -> Iterator[Span]:
    """« au nord de Mopti », « à 30 km de Gao »: what is reckoned or named from a place."""
    bearings = tables.levelled_words("bearing_noun")
    for place in at_words(doc, bearings):
        token, following = doc[place], doc[place + 1 : place + 2]
        if place == 0 or level(following.text.lower()) not in tables.spellings_of("de"):
            continue
        if token.lower_ == "est" and level(token.nbor(-1).lower_) != "l'":
            continue  # the verb
        start = _after_links(doc, place + 1)
        end = capitalised_end(doc, start)
        if end > start:
            yield Span(doc, start, end, label="LOC", span_id="bearing")


def _after_links(doc: Doc, i: int) -> int:
    """The token after « de », « de la », « des » …, of which there are two at most."""
    skipped = tables.spellings_of("de") | tables.words("definite_article")
    links = takewhile(lambda token: level(token.lower_) in skipped, doc[i : i + 2])
    return i + len(list(links))
