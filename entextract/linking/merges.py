"""Every link of a linked corpus, with its rule and how sure it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from entextract.records.nouns import Mention
from entextract.records.rules import Rule
from entextract.records.spelling import spaced
from entextract.tables.beliefs import belief_of


@dataclass(frozen=True, slots=True)
class Merge:
    """A form that was given an entity that is not its own.

    Attributes:
        form: the text.
        entity: the id that it was given.
        rule: why, such as ``surname`` or ``corpus-transliteration``; ``ambiguous`` when the form
            could be several entities and was given to none of them.
        score: how sure the link is, from 0 to 1; 0 for what is ambiguous.
        mentions: how many.
        example: article and first character of one such mention.
    """

    form: str
    entity: str
    rule: str
    score: float
    mentions: int
    example: tuple[str, int]


def merges(mentions: Iterable[Mention]) -> list[Merge]:
    """Every link of a linked corpus, with its rule and how sure it is, the least sure first.

    >>> from entextract.linking.census import link
    >>> rows = link([
    ...     Mention("a", 0, 14, "Antony Blinken", "PER", "name", "", 0, 0, "model"),
    ...     Mention("b", 0, 7, "Blinken", "PER", "name", "", 0, 0, "model")])
    >>> merges(rows)[0].rule, merges(rows)[0].score
    ('corpus-surname', 0.855)
    """
    count: Counter[tuple[str, str, Rule]] = Counter()
    example: dict[tuple[str, str, Rule], tuple[str, int]] = {}
    for row in mentions:
        rule = Rule.parse(row.rule)
        if rule.links or rule.is_settled:
            key = (spaced(row.text), row.entity, replace(rule, found_by=""))
            count[key] += 1
            place = (row.article, row.start)
            example[key] = min(place, example.get(key, place))
    found = [
        Merge(form, entity, rule.steps, score(rule) or 0.0, n, example[form, entity, rule])
        for (form, entity, rule), n in count.items()
    ]
    return sorted(found, key=lambda m: (m.score, m.entity, m.form, m.rule))


def score(rule: Rule) -> float | None:
    """How sure the links of a mention are, from 0 to 1.

    Returns:
        Nothing for a form that stands for itself; 0 for an ambiguous one, which is linked to none;
        1 where a person settled who is meant.

    Raises:
        ValueError: a link is unknown.

    >>> [score(Rule.parse(f"model{links}")) for links in ("", "+ambiguous", "+decision:merge")]
    [None, 0.0, 1.0]
    >>> score(Rule.parse("model+surname+corpus-spelling"))
    0.846
    """
    if rule.is_settled:
        return 1.0
    if not rule.links:
        return None
    sure = 1.0
    for link in rule.links:
        sure *= belief_of("link", link.why)
        sure *= belief_of("link", "corpus") if link.over_corpus else 1.0
    return round(sure, 3)
