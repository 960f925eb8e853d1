"""The words of a sentence, and those that open a role."""

from __future__ import annotations

from collections.abc import Container
from typing import overload

from spacy.language import Language

from entextract import tables
from entextract.pipes.phrases import words_of
from entextract.tables.row_classes import WordKind

# kind of a role -> the classes of words that open it
_KINDS: dict[str, tuple[WordKind, ...]] = {
    "institution": ("institution",),
    "transparent_noun": ("transparent_noun",),
    "strike": ("strike_noun",),
    "text": ("text_noun",),
    "group": ("group_noun",),
    "counterpart": ("counterpart",),
    "border": ("border",),
    "locality": ("administrative_division", "site_noun", "capital"),
    "body": ("body_noun",),
}


class Words:
    """The words of a sentence in small letters, by their place in the document; "" around it."""

    def __init__(self, low: list[str], start: int, end: int) -> None:
        self.low, self.start, self.end = low, start, end

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, int):
            return self.low[at] if self.start <= at < self.end else ""
        return self.low[max(at.start, self.start) : min(at.stop, self.end)]

    def among(self, words: Container[str]) -> list[int]:
        """The places of those that are among some words: few, where each would be asked about."""
        return [i for i in range(self.start, self.end) if self.low[i] in words]


class RoleWords:
    """The words that open a role, by their first token."""

    def __init__(self, nlp: Language) -> None:
        self.openers: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for kind, classes in _KINDS.items():
            for form in sorted(tables.words(*classes)):
                self._add(nlp, form, kind)
        for word in tables.org_words():
            if word.pattern == "apposed":
                self._add(nlp, word.form, "body")
        trades = tables.words("trade", "citizen_rank")
        for title in sorted(tables.titles(), key=lambda title: title.kind == "civility"):
            kind = "office" if title.kind == "rank" else title.kind
            if title.form.lower() in trades:
                kind = "profession"
            elif title.form in tables.words("sovereign"):
                kind = "office"
            self._add(nlp, title.form, kind)
        for entries in self.openers.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def _add(self, nlp: Language, form: str, kind: str) -> None:
        words = tuple(word.lower() for word in words_of(form, nlp.tokenizer))
        self.openers.setdefault(words[0], []).append((words, kind))

    def may_open(self, word: str) -> bool:
        """Whether a role may start with a word."""
        return word.removeprefix("ex-") in self.openers

    def at(self, low: Words, i: int, names: Container[int] = ()) -> tuple[int, str] | None:
        """(number of tokens, kind) of the longest opener that starts at a token.

        It does not run into a name: « président de la Commission européenne » holds one.
        """
        first = low[i].removeprefix("ex-")
        for words, kind in self.openers.get(first, ()):
            inside = range(i + 1, i + len(words))
            same = tuple(low[i + 1 : i + len(words)]) == words[1:]
            if same and not any(j in names for j in inside):
                return len(words), kind
        return None
