"""Whose quotations are that « a-t-elle dit », « ce dernier », « a dit le ministre » attribute."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Literal

from spacy.tokens import Span

from entextract import tables
from entextract.pipes.quotes.speakers import Speaker, pronoun
from entextract.pipes.relations.anaphora import Anaphora
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.discourse import ANAPHORA, Discourse, gender_of, names_of
from entextract.records.spelling import level

# sentences before a pronoun in which its speaker is named: on 141 pages 2 attribute 62 quotations,
# 4 attribute 100, 8 attribute 119, of which 2 of the 15 looked at are wrong
_REACH = 4
_MARK = 2  # characters of an opening mark and its blank


@dataclass(frozen=True, slots=True)
class Quote:
    """What is quoted, in characters of the text, and who says it."""

    start: int
    end: int
    kind: Literal["direct", "indirect"]
    speaker: Speaker | None


def resolved(quotes: Iterable[Quote], discourse: Discourse) -> Iterator[Quote]:
    """The quotations in their order, each pronoun and description with whom it stands for."""
    quotes = list(quotes)
    last: tuple[Span, int] | None = None
    bearers = _Bearers(discourse, quotes)
    for quote in quotes:
        said = quote.speaker
        if said is None:
            yield quote
            continue
        number = discourse.sentence_of[said.words.start]
        if said.entity is None:
            name = bearers.of(said, number, last)
            if name is not None:
                said = replace(said, entity=name, rule=f"{said.rule}+anaphora")
        if said.entity is not None:
            last = said.entity, number
        yield replace(quote, speaker=said)


class _Bearers:
    """Whom the words that name no one stand for."""

    def __init__(self, discourse: Discourse, quotes: Iterable[Quote]) -> None:
        self.discourse = discourse
        self.anaphora = Anaphora(discourse)
        spans = [(quote.start, quote.end) for quote in quotes if quote.kind == "direct"]
        starts = [sentence.start_char for sentence in discourse.sentences]
        self.quoted = {
            number
            for start, end in spans
            for number in range(bisect_left(starts, start - _MARK), bisect_left(starts, end))
            if discourse.sentences[number].end_char <= end + _MARK
        }

    def of(self, said: Speaker, number: int, last: tuple[Span, int] | None) -> Span | None:
        """The name, if one fits.

        Args:
            said: who speaks.
            number: of the sentence that says so.
            last: who spoke last, and in which sentence.
        """
        if not said.is_pronoun:
            self.anaphora.resolve(number)
            standing = (self.discourse.at.get(token.i) for token in said.words)
            name = next((n for n in standing if n is not None and n.id_ == ANAPHORA), None)
            if name is not None:
                return name
        words = tuple(token.lower_ for token in said.words)
        latter = words in tables.phrases("latter")
        if not said.is_pronoun and not latter:
            return self._called(said.words) or self._described(said.words, number)
        gender = gender_of(words[-1] if latter else pronoun(said.words.text))
        if not gender:
            return None  # « ils »
        for start in self._reach(number):
            if last is not None and last[1] == start:
                return last[0] if self._fits(last[0], gender) else None
            clauses = self.discourse.clauses(start)
            name = _person(clauses, said.words.start, gender, self.discourse)
            if name is not None:
                return name
        return None

    def _reach(self, number: int) -> Iterator[int]:
        """The sentences in which someone may have been named, the nearest first.

        Those that are quoted whole are passed over.
        """
        told = (n for n in range(number, -1, -1) if n == number or n not in self.quoted)
        return islice(told, _REACH)

    def _fits(self, name: Span, gender: str) -> bool:
        return name.label_ == "PER" and self.discourse.agrees(name, gender) is not False

    def _called(self, words: Span) -> Span | None:
        """« le géologue »: the only person before whom the text calls so, beside the name."""
        if words[0].lower_ not in tables.words("definite_article", "demonstrative"):
            return None
        low, size = self.discourse.low, len(words) - 1
        phrase = low[words.start + 1 : words.end]
        found = {}
        for name in (e for e in self.discourse.doc.ents if e.end <= words.start):
            before = low[name.start - size : name.start]
            after = name.end + 1 if low[name.end] == "," else name.end
            apposed = low[after : after + size]
            if name.label_ == "PER" and size and phrase in (before, apposed):
                found[name.kb_id_] = name
        return next(iter(found.values())) if len(found) == 1 else None

    def _described(self, words: Span, number: int) -> Span | None:
        """« le géologue », « l'association »: the only one named before of whom it may be said."""
        kind, gender = _kind_and_gender(words)
        if not kind:
            return None
        found = {}
        for start in self._reach(number):
            args = [a for a in self.discourse.phrases(start).args if a.end <= words.start]
            found.update(names_of(args, kind))
        if kind == "PER" and gender != "mf":
            found = {key: name for key, name in found.items() if self._fits(name, gender)}
        return next(iter(found.values())) if len(found) == 1 else None


def _kind_and_gender(words: Span) -> tuple[str, str]:
    """Whether a definite noun without a name is said of a person or of a body; else nothing.

    It may have an adjective, « le spécialiste français », but no complement of its own: « le
    président de la fédération » is not any president. « à l'AFP » behind it belongs to the verb.
    """
    if len(words) < 2 or "Plur" in words[1].morph.get("Number", []):
        return "", ""
    the = words[0].lower_
    preposition = next((t for t in words[2:] if t.lower_ in tables.prepositions()), None)
    if preposition is not None and preposition.lower_ in tables.spellings_of("de"):
        return "", ""
    end = preposition.i - words.start if preposition is not None else len(words)
    definite = the in tables.words("definite_article", "demonstrative")
    if not definite or end > 3 or any(token.is_title for token in words[1:end]):
        return "", ""
    noun = level(words[1].lower_)
    if noun in _person_nouns():
        return "PER", tables.genders().get(noun, "") or gender_of(the) or "mf"
    bodies = tables.levelled_words("company_noun", "body_noun", "institution_head", "party_noun")
    return ("ORG", "") if noun in bodies else ("", "")


@cache
def _person_nouns() -> frozenset[str]:
    return frozenset(level(row.form).lower() for row in tables.titles() if row.kind != "kin")


def _person(clauses: Clauses, before: int, gender: str, discourse: Discourse) -> Span | None:
    """The subject of a sentence, or else the one person in it who is known to have a gender."""
    subjects = (v.subject for v in clauses.in_order() if v.form == "finite" and v.i < before)
    names = (subject.entity for subject in subjects if subject is not None)
    first = next((name for name in names if name is not None and name.label_ == "PER"), None)
    if first is not None and discourse.agrees(first, gender) is not False:
        return first
    args = [arg for arg in clauses.noun_phrases.args if arg.end <= before]
    named = names_of(args, "PER").values()
    agreeing = [name for name in named if discourse.agrees(name, gender)]
    possible = agreeing or [name for name in named if discourse.agrees(name, gender) is None]
    return possible[0] if len(possible) == 1 else None
