"""One name, one label over a corpus: the votes of all articles, definitions before guesses.

A noun in apposition, brackets or a title define what a name is (« Cyabra, une société »); the
language model guesses, from one sentence. What defines is believed more than the model.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from entextract.names.in_article import Link
from entextract.names.person_keys import is_given_name, normalisation_key
from entextract.records.ids import id_of_name
from entextract.records.nouns import Label, Mention
from entextract.records.rules import Rule
from entextract.records.spelling import spaced
from entextract.tables.beliefs import belief_of

_GUESSING = frozenset({"model", "agreed:model", "same-name", "speech-inversion"})
_DEFINITION = 10  # guesses, one an article, that outweigh one article that defines the name
_WAS: dict[Label, str] = {"PER": "was-per", "ORG": "was-org", "LOC": "was-loc"}
_LABELS: dict[str, Label] = {why: label for label, why in _WAS.items()}


class Relabelled(NamedTuple):
    """What a form is over the corpus, where its article guessed otherwise."""

    label: Label
    entity: str  # the id that a table gives it; empty when its form makes it
    mentions: int


def was(label: Label) -> str:
    """The link that says which label the article gave."""
    return _WAS[label]


def guessed(row: Mention) -> Mention:
    """A row with the label that its own article gave it.

    >>> rule = "model+corpus-was-per"
    >>> row = Mention("a", 0, 6, "Cyabra", "ORG", "name", "org:cyabra", 0, 0, rule)
    >>> guessed(row).label, guessed(row).rule
    ('PER', 'model')
    """
    if "+corpus-was-" not in row.rule:
        return row
    rule = Rule.parse(row.rule)
    before = next((_LABELS[link.why] for link in rule.links if link.why in _LABELS), None)
    if before is None or rule.is_decided:
        return row
    entity = id_of_name(before, spaced(row.text))
    return replace(row, label=before, entity=entity, rule=str(rule.linked(())))


def is_guess(row: Mention) -> bool:
    """Whether nothing but the language model, or a repetition, says what a mention is."""
    return row.kind == "name" and row.label in _WAS and _speaks(row.rule) == (1, False)


class Labels:
    """The labels of each form of a corpus: first ``add`` every article, then ``settled``."""

    def __init__(self) -> None:
        self._votes: defaultdict[tuple[str, Label], int] = defaultdict(int)
        self._guesses: defaultdict[tuple[str, Label], int] = defaultdict(int)
        self._listed: dict[tuple[str, Label], str] = {}

    def add(self, rows: Iterable[Mention], links: Iterable[Link]) -> None:
        """Count the mentions of one article, linked within it."""
        said: dict[tuple[str, Label], list[int]] = {}  # the article's vote, and its guesses
        for row, one in zip(rows, links, strict=True):
            label = row.label
            if row.kind != "name" or label not in _WAS:
                continue
            vote, listed = _speaks(row.rule)
            if listed and label == "LOC":
                continue  # a town of a table may share its name with a person
            form = one.form or spaced(row.text), label
            counts = said.get(form)
            if counts is None:
                counts = said[form] = [0, 0]
            if vote == 1:
                counts[1] += 1
            elif listed:
                self._listed[form] = min(row.entity, self._listed.get(form, row.entity))
            if vote > counts[0]:
                counts[0] = vote
        for form, (vote, guesses) in said.items():
            self._votes[form] += vote
            if guesses:
                self._guesses[form] += guesses

    def settled(self, persons: Iterable[str]) -> dict[tuple[str, Label], Relabelled]:
        """What the guesses of each form become; those that stay are left out.

        Args:
            persons: every form that names a person. A surname of a full name keeps its label.
        """
        doubtful = self._doubtful()
        if not doubtful:
            return {}
        parts: set[str] = set()
        for form in persons:
            if " " in form:
                words = normalisation_key(form)
                parts.update((words[0], words[-1]))
        found: dict[tuple[str, Label], Relabelled] = {}
        for form, votes in doubtful.items():
            best = self._best(form, votes, parts)
            for label in votes:
                if label != best and (number := self._guesses.get((form, label), 0)):
                    listed = self._listed.get((form, best), "")
                    found[form, label] = Relabelled(best, listed, number)
        return found

    def _doubtful(self) -> dict[str, Counter[Label]]:
        """The votes of the forms that have several labels."""
        labels: dict[str, Label] = {}
        forms = {form for form, label in self._votes if labels.setdefault(form, label) != label}
        found: dict[str, Counter[Label]] = defaultdict(Counter)
        for (form, label), votes in self._votes.items() if forms else ():
            if form in forms:
                found[form][label] = votes
        return found

    def _best(self, form: str, votes: Counter[Label], parts: set[str]) -> Label:
        words = normalisation_key(form)
        count = Counter(votes)
        if len(words) == 1 and count["PER"]:
            if words[0] in parts:
                return "PER"
            count["PER"] += _DEFINITION * is_given_name(words[0])
        return max(sorted(count), key=lambda label: count[label])


@lru_cache(maxsize=10_000)
def _speaks(text: str) -> tuple[int, bool]:
    """How much the finder of a mention says of its label, and whether it is a table."""
    rule = Rule.parse(text)
    listed = rule.has_id_of_table and rule.found_by != "agreed:model"
    if rule.is_decided or (not listed and rule.found_by in _GUESSING):
        return (0 if rule.is_decided else 1), False
    defines = belief_of("finder", rule.found_by) > belief_of("finder", "model")
    return (_DEFINITION if defines else 0), listed
