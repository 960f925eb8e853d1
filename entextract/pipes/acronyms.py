"""What brackets introduce: « long name (ACRONYM) » and « ACRONYM (long name) »."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from entextract import tables
from entextract.names.acronyms import (
    fits,
    is_translated,
    resembles,
    spelled_from,
    unlettered,
)
from entextract.names.bodies import states_by_word, words_of
from entextract.pipes.spans import at_norms, is_capitalised
from entextract.records.spelling import level

_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&.+-]{1,9}")
_MAX_LONG_FORM = 14  # words of a long form before its acronym; 8 and 40 find the same in our texts


class Introduction(NamedTuple):
    """An acronym and what it is short for, which a bracket parts.

    Attributes:
        acronym: the token.
        long_form: the words.
        names_body: whether it is the name of an organisation, and not that of a thing: « plan
            local d'urbanisme (PLU) ».
    """

    acronym: Token
    long_form: Span
    names_body: bool


def introductions(doc: Doc, openings: Collection[int] = ()) -> Iterator[Introduction]:
    """The acronyms that a document introduces, with their long forms.

    The letters must fit: exactly anywhere, loosely (« CERD », « SECO ») where an organisation's
    name is known to start, by half where the table does not know the acronym (« DDPS »), by most
    where the name says another state than the body that the table knows (« SNS »).

    Args:
        doc: the document.
        openings: tokens at which a name of an organisation is known to start.
    """
    for bracket in (doc[i] for i in at_norms(doc, ("(",)) if i > 0):
        near = doc[bracket.i : bracket.i + _MAX_LONG_FORM]
        close = next((t.i for t in near if t.text == ")"), bracket.i)
        before, inside = doc[bracket.i - 1], doc[bracket.i + 1 : close]
        if _is_acronym(inside):
            end = bracket.i - before.is_quote
            start = _start(doc, end, inside.text, openings)
            if start is not None:
                yield _introduced(inside[0], doc[start:end])
        elif len(inside) > 1 and _ACRONYM.fullmatch(level(before.text)):
            start = _start(doc, close, before.text, openings)
            if start == inside.start:
                yield _introduced(before, inside)


def concepts(doc: Doc) -> Iterator[int]:
    """The tokens that name things which a bracket introduces: « plan local d'urbanisme (PLU) ».

    Those of the long forms, and those of the acronyms, wherever they stand.
    """
    things = [one for one in introductions(doc) if not one.names_body]
    for thing in things:
        yield from range(thing.long_form.start, thing.long_form.end)
    acronyms = {thing.acronym.orth for thing in things}
    if acronyms:
        yield from (token.i for token in doc if token.orth in acronyms)


def _introduced(acronym: Token, long_form: Span) -> Introduction:
    head = level(long_form[0].lower_)
    is_named = is_capitalised(long_form[0]) and head not in tables.levelled_words("concept_noun")
    return Introduction(acronym, long_form, is_named)


def _is_acronym(inside: Span) -> bool:
    return len(inside) == 1 and _ACRONYM.fullmatch(level(inside.text)) is not None


def _start(doc: Doc, end: int, acronym: str, openings: Collection[int]) -> int | None:
    """Where the long form of an acronym starts that ends at a token, or None."""
    places = list(_words_before(doc, end))[::-1]
    words = [level(doc[i].lower_) for i in places]
    found = spelled_from(words, acronym)
    if found is not None and (is_capitalised(doc[places[found]]) or _is_thing(words[found])):
        return places[found]
    for n in reversed(range(len(places))):
        if places[n] in openings and (
            fits(words[n:], acronym)
            or (level(acronym) not in _listed() and resembles(words[n:], acronym))
            or (_is_of_another_state(words[n:], acronym) and is_translated(words[n:], acronym))
        ):
            return places[n]
    return None


def _words_before(doc: Doc, end: int) -> Iterator[int]:
    """The words of the line and sentence before a token, the nearest first."""
    for token in reversed(doc[max(0, end - _MAX_LONG_FORM) : end]):
        if "\n" in token.text or token.text in ".;:()«»":
            return
        if not token.is_punct:
            yield token.i


def _is_of_another_state(words: Sequence[str], acronym: str) -> bool:
    """« Parti national slovaque » is not the Serbian « SNS » of the table, if there is one."""
    told = _states_in(words)
    listed = _listed().get(level(acronym), ())
    return bool(told) and all(other and told.isdisjoint(other) for other in listed)


def _states_in(words: Iterable[str]) -> frozenset[str]:
    demonyms, _ = states_by_word()
    return frozenset(demonyms[word] for word in words if word in demonyms)


def _is_thing(word: str) -> bool:
    """Whether a word in small letters opens no name of an organisation."""
    return word not in _body_nouns() and word not in unlettered()


@cache
def _listed() -> dict[str, list[frozenset[str]]]:
    """The states in the names of the organisations of each form of the table.

    « (ONU) » after another name is the UN; « (SNS) » is a party of Serbia.
    """
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for row in tables.organisations():
        found[level(row.form)].append(_states_in(words_of(row.name)))
    return found


@cache
def _body_nouns() -> frozenset[str]:
    """The first words of organisations' names, in small letters."""
    return frozenset(level(row.form).lower().split()[0] for row in tables.org_words())
