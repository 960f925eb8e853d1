"""Names whose kind a common noun says: « le groupe paramilitaire russe X », « X, une société »."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from entextract import tables
from entextract.pipes.name_extent import capitalised_end, is_of
from entextract.pipes.spans import is_capitalised, matches, phrase_matcher
from entextract.records.spelling import level

# Tokens of adjectives and complements between a noun and its name. In 2,118 texts (our sentences,
# articles of the press) 2 loses « la plateforme internationale contre la désinformation X », and 99
# closes « X, filiale française très largement majoritaire et … de Y » by a comma far away.
_MAX_BETWEEN = 8
_NOT_INSIDE = '\n,;:.!?()«»"“”'


class KindNouns:
    """Organisations named right after, or right before, the noun that says what they are."""

    def __init__(self, nlp: Language) -> None:
        words = tables.org_words()
        self.nouns = phrase_matcher(nlp, (("", w.form) for w in words if w.pattern == "apposed"))
        self.given = tables.given_forms()
        self.demonyms = tables.demonyms()
        self.people = frozenset(level(r.form).lower() for r in tables.titles())
        states = (r for r in tables.countries() if r.kind in ("canonical", "name", "capital"))
        places = (r.form for r in tables.places())
        self.places = frozenset(map(level, (*(r.form for r in states), *places)))

    def find(self, doc: Doc) -> Iterator[Span]:
        """Candidates. The document is not changed."""
        for _, start, end in matches(self.nouns, doc):
            yield from self._after(doc, start, end)
            yield from self._before(doc, start, end)

    def _after(self, doc: Doc, noun: int, end: int) -> Iterator[Span]:
        """« la société X », « le groupe paramilitaire russe X », « le réseau social X »."""
        start = self._skipped(doc, end)
        quoted = any(token.is_quote for token in doc[start : start + 1])
        start += quoted
        stop = self._before_leader(doc, noun, start, capitalised_end(doc, start))
        if quoted and not any(token.is_quote for token in doc[stop : stop + 1]):
            stop = _closing_quote(doc, start)
        name = doc[start:stop]
        if len(name.text) < 2:  # not « le groupe E »
            return
        apart = start - quoted > end
        if name[0].norm_ not in self.given and not (apart and level(name.text) in self.places):
            yield Span(doc, start, stop, label="ORG", span_id="kind-before-name")
            if not apart and doc[end - 1].lower_.endswith(("s", "x")):
                yield from self._listed(doc, stop)

    def _before_leader(self, doc: Doc, noun: int, start: int, stop: int) -> int:
        """Where « Jean Dubel » starts in « le PDG du groupe Baltaire Jean Dubel », or the end."""
        of = doc[max(noun - 2, 0) : noun]
        if not any(map(is_of, of)) or not any(
            level(t.lower_) in self.people for t in doc[max(noun - 3, 0) : noun]
        ):
            return stop
        given = (t.i for t in doc[start + 1 : stop - 1] if t.norm_ in self.given)
        return next(given, stop)

    def _listed(self, doc: Doc, i: int) -> Iterator[Span]:
        """« Rogers » in « les groupes Bell et Rogers », from the end of the first name."""
        while i < len(doc) and doc[i].text in (",", "et"):
            stop = capitalised_end(doc, i + 1)
            if stop == i + 1 or doc[i + 1].norm_ in self.given:
                return
            yield Span(doc, i + 1, stop, label="ORG", span_id="kind-before-name")
            i = stop

    def _skipped(self, doc: Doc, end: int) -> int:
        """Where the name may start: after adjectives and complements of the noun."""
        i = end
        for token in doc[end : end + _MAX_BETWEEN]:
            if is_capitalised(token) or not token.is_alpha and token.text != "'":
                break
            word = level(token.lower_)
            noun = token.pos_ == "NOUN" and i > end and doc[i - 1].pos_ in ("ADP", "DET", "ADJ")
            link = token.pos_ in ("ADP", "DET")
            if not (noun or link or token.pos_ == "ADJ" or word in self.demonyms):
                return end
            if (noun and word in self.people) or word in tables.words("possessive"):
                return end  # « le groupe du chanteur X », « l'entreprise de son ami X »
            i += 1
        if i > end and (doc[i - 1].pos_ in ("ADP", "DET") or is_of(doc[i - 1])):
            return end  # « la société de X »
        if i > end and level(doc[i - 1].text).capitalize() in self.given:
            return end  # « LE GROUPE DE MARK X »
        return i

    def _before(self, doc: Doc, start: int, end: int) -> Iterator[Span]:
        """« X, une société de Lille », « X, le quotidien burkinabè, »."""
        comma = self._comma(doc, start)
        if comma is None or comma == 0:
            return
        indefinite = doc[comma + 1].lower_ in tables.words("indefinite_article")
        if not indefinite and not self._is_closed(doc, end):
            return
        words = list(takewhile(_is_inner, reversed(doc[:comma])))
        first = comma - len(words)
        while first < comma and self._opens_sentence(doc[first]):
            first += 1
        name = doc[first:comma]
        if len(name.text) < 2 or name[0].norm_ in self.given or name[-1].norm_ in self.given:
            return
        titled = any(level(t.lower_) in self.people for t in doc[max(first - 1, 0) : comma])
        if level(name.text) not in self.places and not titled:
            yield Span(doc, first, comma, label="ORG", span_id="kind-after-name")

    def _comma(self, doc: Doc, start: int) -> int | None:
        """Where « , une », « , une grande » or the comma alone before the noun stands."""
        i = start - 1
        articles = tables.words("indefinite_article") | tables.words("definite_article")
        if i > 0 and doc[i].pos_ == "ADJ":
            i -= 1
        if i > 0 and doc[i].lower_ in articles:
            i -= 1
        return i if i > 0 and doc[i].text == "," else None

    def _is_closed(self, doc: Doc, end: int) -> bool:
        """Whether the noun has a demonym or a complement, and a comma closes its group."""
        if end >= len(doc) or not (is_of(doc[end]) or level(doc[end].lower_) in self.demonyms):
            return False
        group = takewhile(lambda t: t.pos_ not in ("VERB", "AUX"), doc[end : end + _MAX_BETWEEN])
        return any(token.text in (",", ")") for token in group)

    def _opens_sentence(self, token: Token) -> bool:
        word = level(token.lower_)
        return bool(token.is_sent_start) and (
            word in tables.levelled_words("function_word")
            or word in tables.levelled_words("actor_preposition")
        )


def _closing_quote(doc: Doc, start: int) -> int:
    """Where a name in quotes ends that is a phrase: « Reprenons la main »; ``start`` if none does.

    It opens with a capital, and no sentence and no clause ends in it.
    """
    if not is_capitalised(doc[start]):
        return start
    words = takewhile(lambda t: not t.is_quote and t.text not in _NOT_INSIDE, doc[start:])
    end = start + len(list(takewhile(lambda t: t.i == start or not t.is_sent_start, words)))
    return end if any(token.is_quote for token in doc[end : end + 1]) else start


def _is_inner(token: Token) -> bool:
    if token.text in _NOT_INSIDE or "\n" in token.text:
        return False
    return is_capitalised(token) or token.text in ("-", "&", "'")
