"""Whose quotations are that « a-t-elle dit », « ce dernier », « a dit le ministre » attribute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Span

from entextract.pipes.quotes.speakers import Speaker, pronoun
from entextract.pipes.relations.anaphora import Anaphora
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.discourse import ANAPHORA, Discourse, gender_of, names_of

# sentences before a pronoun in which its speaker is named: on 141 pages 2 attribute 62 quotations,
# 4 attribute 100, 8 attribute 119, of which 2 of the 15 looked at are wrong
_REACH = 4


@dataclass(frozen=True, slots=True)
class Quote:
    """What is quoted, in characters of the text, and who says it."""

    start: int
    end: int
    kind: Literal["direct", "indirect"]
    speaker: Speaker | None


def resolved(quotes: Iterable[Quote], discourse: Discourse) -> Iterator[Quote]:
    """The quotations in their order, each pronoun and description with whom it stands for."""
    last: tuple[Span, int] | None = None
    anaphora = Anaphora(discourse)
    for quote in quotes:
        said = quote.speaker
        if said is None:
            yield quote
            continue
        number = discourse.sentence_of[said.words.start]
        if said.entity is None:
            name = _bearer(said, number, last, discourse, anaphora)
            if name is not None:
                said = replace(said, entity=name, rule=f"{said.rule}+anaphora")
        if said.entity is not None:
            last = said.entity, number
        yield replace(quote, speaker=said)


def _bearer(
    said: Speaker,
    number: int,
    last: tuple[Span, int] | None,
    discourse: Discourse,
    anaphora: Anaphora,
) -> Span | None:
    if not said.is_pronoun:
        anaphora.resolve(number)
        standing = (discourse.at.get(token.i) for token in said.words)
        return next((n for n in standing if n is not None and n.id_ == ANAPHORA), None)
    gender = gender_of(pronoun(said.words.text))
    if not gender:
        return None  # « ils »
    start = number
    while start >= 0 and number - start < _REACH:
        if last is not None and last[1] == start:
            return last[0] if _fits(last[0], gender, discourse) else None
        name = _person(discourse.clauses(start), said.words.start, gender, discourse)
        if name is not None:
            return name
        start -= 1
    return None


def _fits(name: Span, gender: str, discourse: Discourse) -> bool:
    return name.label_ == "PER" and discourse.agrees(name, gender) is not False


def _person(clauses: Clauses, before: int, gender: str, discourse: Discourse) -> Span | None:
    """The subject of a sentence, or else the one person in it who is known to have a gender."""
    subjects = (v.subject for v in clauses.in_order() if v.form == "finite" and v.i < before)
    names = (subject.entity for subject in subjects if subject is not None)
    first = next((name for name in names if name is not None and name.label_ == "PER"), None)
    if first is not None and _fits(first, gender, discourse):
        return first
    args = [arg for arg in clauses.noun_phrases.args if arg.end <= before]
    agreeing = [n for n in names_of(args, "PER").values() if discourse.agrees(n, gender)]
    return agreeing[0] if len(agreeing) == 1 else None
