"""Who each actor is, as the articles say: gender, offices, state, party, kind of body, statements.

Computed from the rows of a result alone, so that these may come from memory or from a disk, some
articles at a time. ``collect`` goes through the rows; ``gender``, ``bodies`` and ``stated`` say
what one row tells; ``speech`` counts the words of quotations, and ``shares`` whose they are.
"""

from __future__ import annotations

from entextract.profiles.collect import Profiles, Trait, profiles_of
from entextract.profiles.shares import By, Share, shares_of

__all__ = ["By", "Profiles", "Share", "Trait", "profiles_of", "shares_of"]
