"""What the sentences of a document have told so far: whom pronouns may stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from spacy.tokens import Doc, Span

from entextract import tables
from entextract.pipes.relations.arguments import Arg, is_demonym, is_named
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.noun_phrases import NounPhrases
from entextract.pipes.relations.sentence_reader import SentenceReader
from entextract.pipes.spans import small_letters
from entextract.records.spelling import level

ANAPHORA = "anaphora"  # the rule of words that stand for a name


class Discourse:
    """A document, its sentences read once each, and the names that other words stand for.

    Attributes:
        low: its words in small letters.
        at: names by each of their tokens, and the words that stand for one.
    """

    def __init__(self, doc: Doc, reader: SentenceReader) -> None:
        self.doc = doc
        self.reader = reader
        self.low = small_letters(doc)
        self.at = {i: e for e in doc.ents for i in range(e.start, e.end)}
        self.sentences = list(doc.sents)
        self._clauses: dict[int, Clauses] = {}
        self._phrases: dict[int, NounPhrases] = {}
        self._objects: dict[int, set[str]] = {}  # of « l' », by the first token of its sentence
        self._genders: dict[str, str] = {}

    def ids(self, sentence: Span) -> set[str]:
        """The names that stand whole in a sentence, and those that its words stand for."""
        ids = set(self._objects.get(sentence.start, ()))
        i, end = sentence.start, sentence.end
        while i < end:
            entity = self.at.get(i)
            if entity is None:
                i += 1
                continue
            start, i = entity.start, entity.end  # spaCy goes through the words of a span for each
            if start >= sentence.start and i <= end:
                ids.add(entity.kb_id_)
        return ids

    def clauses(self, number: int) -> Clauses:
        """The clauses of a sentence."""
        if number not in self._clauses:
            span = self.sentences[number]
            self._clauses[number] = self.reader.read(span, self.low, self.at)
        return self._clauses[number]

    def phrases(self, number: int) -> NounPhrases:
        """The names of a sentence, with their offices."""
        if number not in self._clauses and number not in self._phrases:
            span = self.sentences[number]
            self._phrases[number] = self.reader.noun_phrases(span, self.low, self.at)
        found = self._clauses.get(number)
        return found.noun_phrases if found is not None else self._phrases[number]

    def stand_for(self, number: int, start: int, end: int, name: Span) -> None:
        """Take the words from a token to another for those of a name."""
        words = self._standing(start, end, name)
        self.at.update(dict.fromkeys(range(start, end), words))
        self._clauses.pop(number, None)
        self._phrases.pop(number, None)

    def add_objects(self, number: int, objects: Mapping[int, tuple[int, Span]]) -> None:
        """Give verbs the objects that stand before them: « l'a reçu », « lui a parlé ».

        Args:
            number: of the sentence.
            objects: for each verb, the token of the pronoun and whom it stands for.
        """
        clauses = self.clauses(number)
        verbs = dict(clauses.verbs)
        for i, (k, name) in objects.items():
            arg = Arg(k, k + 1, self._standing(k, k + 1, name))
            arg.group = [arg]
            given = {
                "recipient" if self.low[k] in tables.words("dative_clitic") else "antecedent": arg
            }
            verbs[i] = replace(verbs[i], **given)  # type: ignore[arg-type]
        start = self.sentences[number].start
        self._objects[start] = {name.kb_id_ for _, name in objects.values()}
        self._clauses[number] = Clauses(clauses.noun_phrases, verbs, clauses.copulas)

    def _standing(self, start: int, end: int, name: Span) -> Span:
        return Span(self.doc, start, end, label=name.label_, kb_id=name.kb_id_, span_id=ANAPHORA)

    def before(self, number: int) -> int | None:
        """The number of the sentence before one, in the same paragraph."""
        if number == 0:
            return None
        end = self.sentences[number].start
        blank = (t for t in self.doc[max(end - 3, 0) : end] if "\n" in t.text)
        return None if any(blank) or "\n" in self.doc[end].text else number - 1

    @cached_property
    def places(self) -> Mapping[str, list[int]]:
        """Where each word of the document stands."""
        found: dict[str, list[int]] = defaultdict(list)
        for i, word in enumerate(self.low):
            found[word].append(i)
        return found

    @cached_property
    def sentence_of(self) -> list[int]:
        """The number of the sentence of each token."""
        return [n for n, span in enumerate(self.sentences) for _ in range(span.start, span.end)]

    # --- gender

    def agrees(self, name: Span, gender: str) -> bool | None:
        """Whether a name has this gender, « m » or « f »; None where the text tells not."""
        known = self.gender(name)
        return None if not known else known == gender

    def gender(self, name: Span) -> str:
        """« m », « f », or nothing."""
        if name.kb_id_ not in self._genders:
            told = {self._told(e) for e in self.doc.ents if e.kb_id_ == name.kb_id_} - {""}
            self._genders[name.kb_id_] = told.pop() if len(told) == 1 else ""
        return self._genders[name.kb_id_]

    def _told(self, name: Span) -> str:
        """What one mention tells: « Mme X », « la ministre X », « Paul X », « la Hongrie »."""
        first, before = name.start, name.start - 1
        if name.label_ == "PER":
            given = tables.genders().get(level(self.low[first]), "") if len(name) > 1 else ""
            title = tables.genders().get(level(self.low[before]), "") if before >= 0 else ""
            return title or given
        if is_demonym(name) or before < 0:
            return ""
        noun = self.low[before] in tables.words("company_noun", "body_noun", "party_noun")
        return gender_of(self.low[before - noun])


def gender_of(word: str) -> str:
    """« m » of « il », « le », « ce »; « f » of « elle », « la », « cette »; else nothing."""
    if word in tables.words("masculine"):
        return "m"
    return "f" if word in tables.words("feminine") else ""


def unnamed(arg: Arg, s: NounPhrases) -> str:
    """The gender of a person whom a noun tells without a name: « le ministre », « sa femme »."""
    role = next(iter(arg.roles), None)
    if role is None or role.kind not in ("office", "profession", "kin", "counterpart"):
        return ""
    if role.person is not None:
        return ""
    head = tables.genders().get(level(s.low[role.start]), "")
    return head or gender_of(s.low[s.tokens.determiner(role.start)]) or "mf"


def names_of(args: Iterable[Arg], *labels: str) -> dict[str, Span]:
    """The names among these, by id, the last mention of each; no state of « le ministre russe »."""
    return {
        arg.entity.kb_id_: arg.entity
        for arg in args
        if arg.entity is not None and arg.entity.label_ in labels and is_named(arg)
    }
