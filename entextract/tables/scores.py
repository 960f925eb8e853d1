"""How sure a row is: the share of rows with the same evidence that were right when judged.

The counts stand in ``data/confidence.csv``, which ``tools/calibration.py`` makes of annotated
texts. Evidence goes from general to special. What is rare leans on what is more general: each share
is the m-estimate of Cestnik (1990, Estimating probabilities: a crucial task in machine learning),
whose prior is the share one step up.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

from entextract import tables
from entextract.records.rules import Rule

Judged = Literal["mentions", "relations"]

BAR = " / "
_EVEN = 0.5  # before anything was judged
_WEIGHT = 10.0  # judged rows that the more general share is worth


@cache
def score_of(table: Judged, evidence: tuple[str, ...]) -> float:
    """From 0 to 1: how often rows with this evidence are right.

    Args:
        table: of the row.
        evidence: what ``evidence_of_mention`` or ``evidence_of_relation`` gives.

    >>> model, table = (evidence_of_mention(rule, "ORG", "Vrixel") for rule in
    ...     ("model", "table:organisations"))
    >>> score_of("mentions", model) < score_of("mentions", table)
    True
    """
    share = _EVEN
    for name in general_to_special(evidence):
        right, judged = _counts().get((table, name), (0, 0))
        share = (right + _WEIGHT * share) / (judged + _WEIGHT)
    return round(share, 3)


def general_to_special(evidence: tuple[str, ...]) -> Iterator[str]:
    """The names of evidence in the table, each with a part more: first « all ».

    >>> list(general_to_special(("model", "PER")))
    ['all', 'model', 'model / PER']
    """
    yield "all"
    for length in range(1, len(evidence) + 1):
        yield BAR.join(evidence[:length])


def evidence_of_mention(rule: str, label: str, text: str) -> tuple[str, ...]:
    """What the score of a mention depends on: finder, label, whether it is one word.

    >>> evidence_of_mention("metonym:subject+surname", "COUNTRY", "Moscou")
    ('metonym', 'COUNTRY', 'one word')
    """
    return Rule.parse(rule).kind, label, "one word" if len(text.split()) == 1 else "words"


def evidence_of_relation(rule: str) -> tuple[str, ...]:
    """What the score of a relation depends on: construction, who told its subject, anaphora.

    >>> evidence_of_relation("verb:recevoir/both+anaphora")
    ('verb', 'both', 'anaphora')
    >>> evidence_of_relation("title")
    ('title',)
    """
    parsed = Rule.parse(rule)
    _, _, told_by = parsed.found_by.partition("/")
    by_anaphora = any(link.why == "anaphora" for link in parsed.links)
    evidence = (parsed.kind, told_by, "anaphora" if by_anaphora else "")
    return tuple(part for part in evidence if part)


@cache
def _counts() -> dict[tuple[str, str], tuple[int, int]]:
    return {
        (row.table, row.evidence): (int(row.right), int(row.judged)) for row in tables.judged_rows()
    }
