"""Every link of a linked corpus, with its rule and how sure it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from entextract.linking.rules import CORPUS
from entextract.names.in_article import STEP, spaced
from entextract.records.nouns import Mention

# How sure a link is, by its rule; a link by way of the corpus is a little less so.
CONFIDENCE = {
    "spelling": 0.99,
    "acronym-pair": 0.98,
    "legal-form": 0.97,
    "alias": 0.97,
    "order": 0.95,
    "surname": 0.95,
    "initials": 0.9,
    "only-body": 0.9,
    "transliteration": 0.9,
    "given-name": 0.85,
    "acronym-initials": 0.85,
    "short-name": 0.85,
    "state-of-article": 0.75,
    "near": 0.7,
}
_BY_CORPUS = 0.9


@dataclass(frozen=True, slots=True)
class Merge:
    """A form that was given an entity that is not its own.

    Attributes:
        form: the text.
        entity: the id that it was given.
        rule: why, such as ``surname`` or ``corpus-transliteration``; ``ambiguous`` when the form
            could be several entities and was given to none of them.
        confidence: from 0 to 1; 0 for what is ambiguous.
        mentions: how many.
        example: article and first character of one such mention.
    """

    form: str
    entity: str
    rule: str
    confidence: float
    mentions: int
    example: tuple[str, int]


def merges(mentions: Iterable[Mention]) -> list[Merge]:
    """Every link of a linked corpus, with its rule and how sure it is, the least sure first.

    >>> from entextract.linking import link
    >>> rows = link([
    ...     Mention("a", 0, 14, "Antony Blinken", "PER", "name", "", 0, 0, "model"),
    ...     Mention("b", 0, 7, "Blinken", "PER", "name", "", 0, 0, "model")])
    >>> merges(rows)[0].rule, merges(rows)[0].confidence
    ('corpus-surname', 0.855)
    """
    count: Counter[tuple[str, str, str]] = Counter()
    example: dict[tuple[str, str, str], tuple[str, int]] = {}
    for row in mentions:
        rule = row.rule.partition(STEP)[2]
        if rule:
            key = (spaced(row.text), row.entity, rule)
            count[key] += 1
            place = (row.article, row.start)
            example[key] = min(place, example.get(key, place))
    found = [Merge(*key, confidence(key[2]), n, example[key]) for key, n in count.items()]
    return sorted(found, key=lambda m: (m.confidence, m.entity, m.form, m.rule))


def confidence(rule: str) -> float:
    """How sure a chain of links is; 0 for an ambiguous name, which is linked to none.

    >>> confidence("surname"), confidence("surname+corpus-spelling"), confidence("ambiguous")
    (0.95, 0.846, 0.0)
    """
    sure = 1.0
    for step in rule.split(STEP):
        sure *= CONFIDENCE.get(step.removeprefix(CORPUS), 0.0)
        sure *= _BY_CORPUS if step.startswith(CORPUS) else 1.0
    return round(sure, 3)
