"""Small words of French, the words of a sentence, and those that open a role."""

from __future__ import annotations

from typing import overload

from spacy.language import Language

from entextract import tables

DE = frozenset({"de", "du", "des", "d'"})
ARTICLES = frozenset({"le", "la", "les", "l'", "un", "une", "des"})
POSSESSIVES = frozenset({"son", "sa", "ses", "leur", "leurs"})
DETERMINERS = ARTICLES | POSSESSIVES | {"ce", "cet", "cette", "ces", "au", "aux", "du", "l", "'"}
PREPOSITIONS = {
    **dict.fromkeys(("à", "au", "aux"), "à"),
    **dict.fromkeys(DE, "de"),
    **{
        p: p
        for p in [
            "avec",
            "chez",
            "contre",
            "dans",
            "en",
            "entre",
            "envers",
            "par",
            "pour",
            "sur",
            "vers",
            "selon",
        ]
    },
    **dict.fromkeys(("sous", "devant", "derrière", "sans", "depuis", "dès", "parmi"), "other"),
    **dict.fromkeys(("avant", "après", "pendant", "durant", "malgré", "outre", "hors"), "other"),
    **dict.fromkeys(("visant", "ciblant"), "contre"),
    "auprès": "auprès",
    "comme": "other",
}
# prepositions that end with « de » or « à », by the words before it
COMPOUND = {
    "auprès": "auprès",
    "encontre": "contre",
    "égard": "envers",
    "vis-à-vis": "envers",
    "direction": "vers",
    "face": "other",
    "lors": "other",
    "côté": "other",
    "sein": "other",
    "nom": "other",
    "cause": "other",
    "place": "other",
    "profit": "pour",
    "faveur": "pour",
    "lieu": "other",
    "grâce": "other",
    "près": "other",
    "loin": "other",
    "autour": "other",
    "partir": "other",
    "instar": "other",
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


class Lexicon:
    """The words that open a role, by their first token."""

    def __init__(self, nlp: Language) -> None:
        self.openers: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for kind in ("body", "neutral", "homologue", "place_body", "locality"):
            for form in tables.relation_words(kind):
                self._add(nlp, form, kind)
        jobs = tables.relation_words("job")
        citizens = tables.relation_words("citizen_rank")
        sovereigns = tables.relation_words("sovereign")
        for title in sorted(tables.titles(), key=lambda title: title.kind == "civility"):
            kind = "office" if title.kind == "rank" else title.kind
            if title.form.lower() in jobs | citizens:
                kind = "profession"
            elif title.form in sovereigns:
                kind = "office"
            self._add(nlp, title.form, kind)
        for entries in self.openers.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def _add(self, nlp: Language, form: str, kind: str) -> None:
        words = tuple(token.lower_ for token in nlp.make_doc(form))
        self.openers.setdefault(words[0], []).append((words, kind))

    def at(self, low: Words, i: int) -> tuple[int, str] | None:
        """(number of tokens, kind) of the longest opener that starts at a token."""
        first = low[i].removeprefix("ex-")
        for words, kind in self.openers.get(first, ()):
            if tuple(low[i + 1 : i + len(words)]) == words[1:]:
                return len(words), kind
        return None
