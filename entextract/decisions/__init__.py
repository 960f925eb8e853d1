"""A person's decisions on who is who: read, checked, written, applied. No spaCy here."""

from entextract.decisions.book import Decisions
from entextract.decisions.replay import apply
from entextract.decisions.rows import Decision, DecisionError

__all__ = ["Decision", "DecisionError", "Decisions", "apply"]
