"""A name that a finder proposes, and how much the finder is believed."""

from __future__ import annotations

from dataclasses import dataclass

# How much each rule is believed; a span's length is added to it. « weak:… » rules propose but do
# not win alone: some other finder, or a name known in the article, must agree.
BELIEF = {
    "table:actors": 9.0,  # what a user lists wins over all else
    "acronym-pair": 4.0,
    "table:organisations": 4.0,
    "public-body": 4.0,
    "title-before-name": 3.6,
    "alias-after-name": 3.6,
    "table:countries": 3.4,
    "kind-before-name": 3.3,
    "closing-word": 3.8,
    "place-noun": 3.2,
    "bearing": 3.15,
    "river": 3.3,
    "kin-before-name": 3.2,
    "agreed:countries": 3.4,
    "agreed:organisations": 3.3,
    "agreed:places": 3.05,
    "model": 3.0,
    "metonym:subject": 3.3,
    "metonym:agent": 3.3,
    "metonym:between": 3.3,
    "metonym:possessor": 3.3,
    "metonym:addressee": 3.3,
    "metonym:patient": 3.3,
    "metonym:seat": 3.3,
    "demonym:table": 3.1,
    "demonym:combining": 3.1,
    "demonym:weak": 3.1,
    "table:capitals": 3.05,
    "table:metonyms": 2.6,
    "given-name": 3.02,
    "table:places": 3.05,
    "opening-word": 2.4,
    "speech-inversion": 1.6,
}
_LENGTH_BONUS = 0.45  # for each token after the first
_MAX_BONUS = 2.25
WEAK = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    start: int
    end: int
    label: str
    rule: str
    kb_id: str = ""

    @property
    def strength(self) -> float:
        bonus = min(_MAX_BONUS, _LENGTH_BONUS * (self.end - self.start - 1))
        return BELIEF.get(self.rule, WEAK) + bonus

    def overlaps(self, other: Candidate) -> bool:
        return self.start < other.end and other.start < self.end
