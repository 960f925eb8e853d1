"""Reconciles the model and the rules: the only place where one finder is preferred to another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from entextract import tables
from entextract.forms import level
from entextract.pipes._shape import is_particle
from entextract.pipes._spans import (
    add_candidates,
    boilerplate_mask,
    candidates,
    is_capitalised,
    matches,
    phrase_matcher,
    set_norms,
)

# How much each rule is believed; a span's length is added to it. « weak:… » rules propose but do
# not win alone: some other finder, or a name known in the article, must agree.
_BELIEF = {
    "acronym-pair": 4.0,
    "table:organisations": 4.0,
    "public-body": 4.0,
    "title-before-name": 3.6,
    "table:countries": 3.5,
    "kin-before-name": 3.2,
    "model": 3.0,
    "metonym:subject": 3.0,
    "metonym:agent": 3.0,
    "metonym:between": 3.0,
    "metonym:possessor": 3.0,
    "metonym:seat": 3.0,
    "demonym:table": 3.1,
    "demonym:combining": 3.1,
    "demonym:weak": 3.1,
    "table:capitals": 2.6,
    "table:metonyms": 2.6,
    "given-name": 2.6,
    "table:places": 2.6,
    "opening-word": 2.4,
    "speech-inversion": 1.6,
}
_LENGTH_BONUS = 0.45  # for each token after the first
_MAX_BONUS = 2.25
_WEAK = 1.0
_MODEL_LABELS = {
    "PER": "PER",
    "PERSON": "PER",
    "PERS": "PER",
    "LOC": "LOC",
    "GPE": "LOC",
    "ORG": "ORG",
}
# rules that speak of one occurrence, so that the rest of the article does not overrule them
_LOCAL = ("title-before-name", "kin-before-name", "acronym-pair", "metonym:", "demonym:")


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    label: str
    rule: str
    kb_id: str = ""

    @property
    def strength(self) -> float:
        bonus = min(_MAX_BONUS, _LENGTH_BONUS * (self.end - self.start - 1))
        return _BELIEF.get(self.rule, _WEAK) + bonus

    def overlaps(self, other: _Candidate) -> bool:
        return self.start < other.end and other.start < self.end


@Language.factory(
    "entextract_arbiter", requires=["doc.ents", "doc.spans"], assigns=["doc.ents"]
)
class Arbiter:
    """Choose among the model's entities and the candidates; one name, one label in an article."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.titles = phrase_matcher(nlp, ((row.kind, row.form) for row in tables.titles()))
        self.calendar = tables.context_words("weekday") | tables.context_words("month")
        self.stop: dict[str, set[str]] = defaultdict(set)
        for row in tables.stop_forms():
            self.stop[level(row.form).lower()].add(row.label)
        self.listed = {level(row.form) for row in tables.organisations()} | {
            level(row.form) for row in tables.places()
        }
        self.generic = frozenset(
            level(w.form) for w in tables.org_words() if w.pattern == "generic"
        )
        self.demonyms = frozenset(
            level(r.form) for r in tables.countries() if r.kind == "demonym"
        )
        self.countries = frozenset(
            level(r.form) for r in tables.countries() if r.kind in ("canonical", "name")
        )

    def find(self, doc: Doc) -> list[Span]:
        """The winners, without overlap. Only token norms of the document are changed."""
        set_norms(doc)
        blocked = boilerplate_mask(doc)
        proposed = [
            c
            for c in (*self._from_model(doc), *_from_finders(doc))
            if not any(blocked[c.start : c.end]) and not self._is_stopped(doc, c)
        ]
        chosen = _without_overlap(self._supported(doc, proposed))
        labels = self._labels(doc, chosen, proposed)
        chosen = [self._relabelled(doc, c, labels) for c in chosen]
        chosen += self._repeated(doc, chosen, labels, blocked)
        return [
            Span(doc, c.start, c.end, label=c.label, kb_id=c.kb_id, span_id=c.rule)
            for c in sorted(chosen, key=lambda c: c.start)
        ]

    def __call__(self, doc: Doc) -> Doc:
        model = [Span(doc, e.start, e.end, label=e.label, span_id="model") for e in doc.ents]
        winners = self.find(doc)
        add_candidates(doc, model)
        doc.ents = winners
        return doc

    # --- the model's entities, trimmed

    def _from_model(self, doc: Doc) -> Iterator[_Candidate]:
        leading = {end: start for _, start, end in matches(self.titles, doc)}
        for entity in doc.ents:
            label = _MODEL_LABELS.get(entity.label_, "")
            for start, end in _pieces(entity):
                if label != "PER" and start in leading.values():
                    continue  # « ministre de la Santé » is an office, not an organisation
                start, end = self._trimmed(doc, start, end, leading, label)
                if start < end and any(is_capitalised(t) or t.is_digit for t in doc[start:end]):
                    rule = "model" if label else "weak:model"
                    yield _Candidate(start, end, label or "PER", rule)

    def _trimmed(
        self, doc: Doc, start: int, end: int, titles: dict[int, int], label: str
    ) -> tuple[int, int]:
        """Leave out articles, titles, quotes, weekdays and, after a person, « du Kazakhstan »."""
        determiners = tables.context_words("determiner")
        changed = True
        while changed and start < end:
            changed = False
            first, last = doc[start], doc[end - 1]
            if first.is_punct or first.is_space or (
                level(first.text) in determiners
                and not (label == "PER" and self._opens_surname(doc, start, end))
            ):
                start, changed = start + 1, True
            elif last.is_punct and last.text != ")" or last.is_space or (
                end - start > 1 and last.lower_ in self.calendar
            ):
                end, changed = end - 1, True
            elif last.text == ")" and "(" not in doc[start:end].text:
                end, changed = end - 1, True
            else:
                for i in range(start + 1, end):
                    if i in titles and titles[i] <= start and label == "PER":
                        start, changed = i, True
        if label == "PER":
            for i in range(start + 1, end - 1):
                if level(doc[i].lower_) in ("de", "du", "des", "d'") and (
                    level(doc[i + 1 : end].text) in self.countries
                ):
                    end = i
                    break
        return start, end

    def _opens_surname(self, doc: Doc, start: int, end: int) -> bool:
        """« de Gaulle », « Le Pen »: a particle that belongs to the name."""
        return end - start > 1 and (
            is_capitalised(doc[start]) or (doc[start].lower_ != "la" and doc[start].lower_ == "de")
        )

    # --- what is not a name

    def _is_stopped(self, doc: Doc, c: _Candidate) -> bool:
        labels = self.stop.get(level(doc[c.start : c.end].text).lower(), ())
        if c.rule.startswith("table:") or c.kb_id:
            return False
        return "ANY" in labels or c.label in labels or self._is_generic(doc, c)

    def _is_generic(self, doc: Doc, c: _Candidate) -> bool:
        """« gouvernement espagnol », « Parlement israélien », « ministre de la Santé »."""
        first = doc[c.start]
        if c.rule != "model" or level(first.lower_) not in self.generic:
            return False
        rest = doc[c.start + 1 : c.end]
        return first.is_lower or all(level(t.text) in self.demonyms for t in rest)

    def _supported(self, doc: Doc, proposed: list[_Candidate]) -> list[_Candidate]:
        """Weak candidates are kept only where a stronger one of the same label covers the place."""
        firm = [c for c in proposed if not c.rule.startswith("weak:")]
        at = defaultdict(list)
        for c in firm:
            at[c.start, c.end].append(c)
        kept = list(firm)
        for c in proposed:
            if not c.rule.startswith("weak:"):
                continue
            for other in at[c.start, c.end]:
                if other.label == c.label or (c.label == "COUNTRY" and other.label == "LOC"):
                    rule = c.rule.replace("weak:", "table:")
                    kept.append(_Candidate(c.start, c.end, c.label, rule, c.kb_id))
                    break
        return kept

    # --- one name, one label

    def _labels(
        self, doc: Doc, chosen: list[_Candidate], proposed: list[_Candidate]
    ) -> dict[str, str]:
        """The label of each name, by the belief of all that speak for each label."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for c in chosen:
            if c.rule.startswith(("demonym:", "metonym:")):
                continue
            votes[_key(doc, c)][c.label] += _BELIEF.get(c.rule, _WEAK)
            if c.label == "PER":
                for key in _surnames(doc, c):
                    if key not in self.countries:
                        votes[key]["PER"] += _BELIEF.get(c.rule, _WEAK)
        for c in proposed:
            if c.rule in ("speech-inversion", "given-name", "weak:model"):
                votes[_key(doc, c)][c.label] += _WEAK
        return {
            key: max(sorted(count), key=lambda label: (count[label], label == "PER"))
            for key, count in votes.items()
        }

    def _relabelled(self, doc: Doc, c: _Candidate, labels: dict[str, str]) -> _Candidate:
        label = labels.get(_key(doc, c), c.label)
        if label == c.label or c.rule.startswith(_LOCAL) or c.rule == "table:countries":
            return c
        return _Candidate(c.start, c.end, label, "same-name")

    def _repeated(
        self, doc: Doc, chosen: list[_Candidate], labels: dict[str, str], blocked: list[bool]
    ) -> Iterator[_Candidate]:
        """Names known in this article, and surnames of its persons, where nothing was chosen."""
        taken = list(blocked)
        known: dict[str, list[tuple[list[str], str, str]]] = defaultdict(list)
        for c in chosen:
            taken[c.start : c.end] = [True] * (c.end - c.start)
            if c.rule.startswith(("demonym:", "metonym:")):
                continue
            words = [t.norm_ for t in doc[c.start : c.end]]
            if len(words[0]) > 2 and words[0][0].isupper():
                known[words[0]].append((words, c.label, c.kb_id))
        for c in chosen:
            if c.label == "PER":
                for key in _surnames(doc, c):
                    if labels.get(key) == "PER" and len(key) > 2:
                        known[_surname_form(doc, c)].append(([_surname_form(doc, c)], "PER", ""))
        yield from _occurrences(doc, known, taken, self.stop)


def _surname_form(doc: Doc, c: _Candidate) -> str:
    return doc[c.end - 1].norm_


def _occurrences(
    doc: Doc,
    known: dict[str, list[tuple[list[str], str, str]]],
    taken: list[bool],
    stop: dict[str, set[str]],
) -> Iterator[_Candidate]:
    i = 0
    while i < len(doc):
        entries = known.get(doc[i].norm_, ()) if not taken[i] and is_capitalised(doc[i]) else ()
        best = 0
        for words, label, kb_id in sorted(entries, key=lambda e: -len(e[0])):
            end = i + len(words)
            if [t.norm_ for t in doc[i:end]] == words and not any(taken[i:end]):
                best = len(words)
                yield _Candidate(i, end, label, "same-name", kb_id)
                break
        i += best or 1


def _pieces(entity: Span) -> Iterator[tuple[int, int]]:
    """The parts of an entity that a line break or « | » separates."""
    start = entity.start
    for token in entity:
        if "\n" in token.text or token.text == "|":
            if start < token.i:
                yield start, token.i
            start = token.i + 1
    if start < entity.end:
        yield start, entity.end


def _from_finders(doc: Doc) -> Iterator[_Candidate]:
    for span in candidates(doc):
        yield _Candidate(span.start, span.end, span.label_, span.id_, span.kb_id_)


def _without_overlap(proposed: Iterable[_Candidate]) -> list[_Candidate]:
    """The strongest candidates that do not overlap; ties go to the longer, then the earlier."""
    chosen: list[_Candidate] = []
    taken: set[int] = set()
    order = sorted(
        proposed, key=lambda c: (-c.strength, c.start - c.end, c.start, c.label, c.kb_id, c.rule)
    )
    for c in order:
        places = range(c.start, c.end)
        if taken.isdisjoint(places):
            chosen.append(c)
            taken.update(places)
    return chosen


def _key(doc: Doc, c: _Candidate) -> str:
    return level(doc[c.start : c.end].text).lower()


def _surnames(doc: Doc, c: _Candidate) -> list[str]:
    """The last word of a full name, by which the article goes on to call the person."""
    if c.end - c.start < 2 or is_particle(doc[c.end - 1]):
        return []
    return [doc[c.end - 1].norm_.lower()]
