"""Persons named by one word: what the article says for each, and what against.

The model reads a person in « BESA », « Arsenal » or « Anamosa » as easily as in « Poutine ». One
word that nothing else shows to be a person is weighed over all its places in the article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc

from entextract import tables
from entextract.pipes.arbitration.candidate import Candidate
from entextract.pipes.arbitration.foreign import foreign_tokens
from entextract.pipes.spans import text_before, text_of
from entextract.records.spelling import level
from entextract.tables.beliefs import belief_of, beliefs

_GUESSES = frozenset({"model", "same-name", "speech-inversion", "agreed:model", "weak:model"})
_AHEAD = 24  # characters after a name in which its age, its years or a price stand
_LONGEST_ACRONYM = 6  # letters; a longer word in capitals is as often a surname
# what may follow a name, and what it speaks for
_FOLLOWING: Mapping[str, re.Pattern[str]] = {
    "age": re.compile(r"\*?,? ?\(?\d{1,3} ?(?:ans|mois)\b"),
    "lifetime": re.compile(
        r" ?\((?:née? |morte? |v\. |vers )?-?\d{3,4} ?[-–]|\s\((?:née?|morte?) "
    ),
}
_AGAINST: Mapping[str, re.Pattern[str]] = {
    "year": re.compile(r"[ »”\"]*\((?:1[5-9]|20)\d\d\)"),
    "price": re.compile(r"[ »”\"]*, (?:\d{2,4} p(?:ages|\.)|\d+(?:,\d\d)? ?(?:€|euros))"),
    "score": re.compile(r" \(\d{1,2} ?[-–] ?\d{1,2}[,) ]"),
}


class LonePersons:
    """Weighs the evidence for each form of one word that was taken for a person."""

    def __init__(self) -> None:
        self.given = tables.given_forms()
        self.known = frozenset(level(row.form) for row in tables.mononyms())
        self.products = frozenset(r.form for r in tables.stop_forms() if r.label == "ANY")
        self.speech = tables.speech_forms()
        self.acting = frozenset(tables.acting_forms())
        self.titles = frozenset(level(row.form).lower() for row in tables.titles())
        self.determiners = tables.levelled_words(
            "definite_article", "indefinite_article", "contracted_article", "demonstrative"
        )

        placed = tables.levelled_words("place_preposition")
        spoken_to = tables.levelled_words("person_preposition") - _to()
        self.linking = self.speech | tables.levelled_words("function_word", "person_preposition")
        self.placing = self.determiners | (placed - spoken_to)

    def __call__(
        self, doc: Doc, chosen: list[Candidate], proposed: Iterable[Candidate]
    ) -> list[Candidate]:
        """The chosen candidates, those without that the article does not show to be persons.

        Args:
            doc: a document.
            chosen: its names.
            proposed: all candidates; a body that a table proposes weakly takes the word.
        """
        chosen = [self._known(doc, c) for c in chosen]
        forms = _lone_forms(doc, chosen)
        if not forms:
            return chosen
        weak = {(c.start, c.end): c for c in proposed if c.rule.found_by == "weak:organisations"}
        places = _Places(doc, chosen, self.products)
        dropped: dict[tuple[int, int], Candidate | None] = {}
        for found in forms.values():
            listed = next((weak[c.start, c.end] for c in found if (c.start, c.end) in weak), None)
            said = self._evidence(doc, found, places)
            said |= {"listed-body"} if listed is not None else set()
            if _weight(said) >= 0:
                continue
            is_body = bool(said & {"listed-body", "capitals", "beside-body", "establishment"})
            for c in found:
                if listed is not None:
                    now = replace(c, label="ORG", rule=listed.rule.agreed(), kb_id=listed.kb_id)
                else:
                    now = replace(c, label="ORG")
                dropped[c.start, c.end] = now if is_body else None
        kept = ((c, dropped.get((c.start, c.end), c)) for c in chosen)
        return [now for c, now in kept if now is not None]

    def _known(self, doc: Doc, c: Candidate) -> Candidate:
        """« Nietzsche », which the model reads as a body or a place, but not « à Pasteur » nor
        « la clinique Pasteur »."""
        guessed = c.label in ("ORG", "LOC") and c.rule.found_by == "model"
        if not guessed or c.end - c.start > 1 or level(doc[c.start].text) not in self.known:
            return c
        before = level(text_before(doc, c.start).lower())
        is_named = before.isalpha() and before not in self.linking  # by the noun before
        return c if is_named or before in self.placing else replace(c, label="PER")

    def _evidence(self, doc: Doc, found: list[Candidate], places: _Places) -> set[str]:
        said = {name for c in found for name in self._said(doc, c, places)}
        if all(_opens(doc, c) for c in found):
            said.add("opening")
        return said

    def _said(self, doc: Doc, c: Candidate, places: _Places) -> Iterator[str]:
        """The names of all evidence at one place."""
        token = doc[c.start]
        form = level(token.text)
        if form in self.given:
            yield "given-name"
        if form in self.known:
            yield "known"
        ahead = text_of(doc)[token.idx + len(token) : token.idx + len(token) + _AHEAD]
        for name, shape in (*_FOLLOWING.items(), *_AGAINST.items()):
            if shape.match(ahead):
                yield name
        yield from self._around(doc, c)
        if token.is_upper and token.is_alpha and 1 < len(token) <= _LONGEST_ACRONYM:
            yield "capitals"
        if any(c > "\u024f" for c in form if c.isalpha()):
            yield "other-script"
        if token.i in foreign_tokens(doc):
            yield "foreign"
        yield from places.beside(c)

    def _around(self, doc: Doc, c: Candidate) -> Iterator[str]:
        """Verbs, articles and professions beside a name."""
        before = level(text_before(doc, c.start).lower())
        after = [level(t.lower_) for t in doc[c.end : c.end + 2]]
        if before in self.speech or after[:1] and after[0] in self.speech:
            yield "speaks"
        elif after[:1] and after[0] in self.acting:
            yield "acts"
        if after[:1] == [","] and after[-1] in self.titles or after[:1] and after[0] in self.titles:
            yield "profession"
        if before in tables.levelled_words("establishment_noun"):
            yield "establishment"
        if before in self.determiners:
            yield "article"
        elif c.start > 1 and doc[c.start - 1].pos_ == "ADJ":
            word = level(doc[c.start - 2].lower_)
            if word in tables.levelled_words("possessive"):  # « son célèbre Search »
                yield "article"


class _Places:
    """Which names stand beside which in lists."""

    def __init__(self, doc: Doc, chosen: Iterable[Candidate], products: frozenset[str]) -> None:
        self._doc = doc
        self._products = products
        self._starts: dict[int, Candidate] = {}
        self._ends: dict[int, Candidate] = {}
        for c in chosen:
            self._starts[c.start] = self._ends[c.end] = c

    def beside(self, c: Candidate) -> Iterator[str]:
        """What the members of its list before and after it are."""
        doc = self._doc
        if _joins(text_before(doc, c.start)):
            yield from self._kind(self._ends.get(c.start - 1), text_before(doc, c.start - 1))
        if _joins(doc[c.end : c.end + 1].text):
            word = doc[c.end + 1 : c.end + 2].text
            yield from self._kind(self._starts.get(c.end + 1), word)

    def _kind(self, other: Candidate | None, word: str) -> Iterator[str]:
        if word in self._products:
            yield "beside-product"
        elif other is not None and other.label == "ORG":
            yield "beside-body"
        elif other is not None and other.label == "PER" and other.end - other.start > 1:
            yield "beside-person"


def _joins(text: str) -> bool:
    """Whether it stands between two members of a list: « et », « ou », a comma, a slash."""
    return text in (",", "/") or text in tables.words("coordinator")


def _lone_forms(doc: Doc, chosen: list[Candidate]) -> dict[int, list[Candidate]]:
    """The places of each form of one word that nothing but a guess calls a person."""
    sure: set[int] = set()
    forms: dict[int, list[Candidate]] = defaultdict(list)
    for c in chosen:
        if c.label != "PER":
            continue
        if c.end - c.start > 1 or c.rule.found_by not in _GUESSES:
            sure.update(t.norm for t in doc[c.start : c.end])
        else:
            forms[doc[c.start].norm].append(c)
    return {norm: found for norm, found in forms.items() if norm not in sure}


def _opens(doc: Doc, c: Candidate) -> bool:
    """Whether a word that is no proper noun has its capital from opening a sentence."""
    token = doc[c.start]
    opens = bool(token.is_sent_start) or (c.start > 0 and doc[c.start - 1].is_quote)
    noun = doc[c.end : c.end + 1].text.islower() and doc[c.end].pos_ == "NOUN"
    return opens and (noun or token.pos_ not in ("PROPN", "X", ""))


def _to() -> frozenset[str]:
    return frozenset(map(level, tables.spellings_of("à")))


def _weight(said: Iterable[str]) -> float:
    """The sum of all that speaks for a person less all that speaks against."""
    speaking_for = beliefs("person")
    return sum(
        speaking_for[name] if name in speaking_for else -belief_of("no-person", name)
        for name in said
    )
