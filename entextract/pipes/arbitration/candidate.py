"""A name that a finder proposes, and how much the finder is believed."""

from __future__ import annotations

from dataclasses import dataclass

from entextract.records.rules import Rule
from entextract.tables.beliefs import belief_of


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens that may be a name.

    Attributes:
        start: first token.
        end: the one after the last.
        label: what it would be a name of.
        rule: the finder; a weak one proposes but does not win alone.
        kb_id: id of the entity, empty when no table gives it.
    """

    start: int
    end: int
    label: str
    rule: Rule
    kb_id: str = ""

    @property
    def belief(self) -> float:
        """How much its finder is believed.

        Raises:
            ValueError: no table says how much.
        """
        return belief_of("finder", self.rule.found_by)

    @property
    def strength(self) -> float:
        """What it is compared by with others that overlap it: the belief, more for longer names."""
        bonus = belief_of("vote", "length") * (self.end - self.start - 1)
        return self.belief + min(belief_of("vote", "longest"), bonus)
