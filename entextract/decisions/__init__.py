"""A person's decisions on who is who: read, checked, written, applied. No spaCy here."""

from entextract.decisions.book import Decisions
from entextract.decisions.decision import Decision, DecisionError
from entextract.decisions.replay import apply

__all__ = ["Decision", "DecisionError", "Decisions", "apply"]
