"""How far a run is, how fast it goes, and how long it will take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """How far a run is.

    Attributes:
        articles: done, with those that an earlier run had done.
        kept: of these, what an earlier run had done.
        total: how many there are; None while the input is still being read.
        seconds: since the start.

    >>> Pace(articles=300, kept=100, total=500, seconds=10.0).rate
    20.0
    >>> Pace(articles=300, kept=100, total=500, seconds=10.0).remaining
    10.0
    """

    articles: int
    kept: int
    total: int | None
    seconds: float

    @property
    def rate(self) -> float:
        """Articles read a second in this run, 0 before the first."""
        return (self.articles - self.kept) / self.seconds if self.seconds > 0 else 0.0

    @property
    def remaining(self) -> float | None:
        """Seconds to the end, None if that cannot be told yet."""
        if self.total is None or not self.rate:
            return None
        return (self.total - self.articles) / self.rate
