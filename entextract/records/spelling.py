"""Spelling: one level for comparing forms, the variants of a form, and readable identifiers.

Pure functions on strings, shared by the tables, the pipes and the linking.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("’‘ʼʹ`´ʻ′", "'"),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009", " "),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\ufeff"),
        "œ": "oe",
        "Œ": "OE",
        "æ": "ae",
        "Æ": "AE",
    }
)

_COINED = re.compile(r"[A-Z][a-z]{2,}[A-Z][A-Za-z]*[a-z]")  # « TikTok », not « DuPont »


@lru_cache(maxsize=200_000)
def level(text: str) -> str:
    """One spelling for apostrophes, hyphens, ligatures and accents; case is kept.

    >>> level("L’Élysée"), level("ÉTATS‑UNIS"), level("sœur")
    ("L'Elysee", 'ETATS-UNIS', 'soeur')
    """
    text = text.translate(_TYPOGRAPHY)
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def variants(form: str) -> set[str]:
    """The spellings of a table form that move token boundaries or case, itself included.

    Accents, apostrophes and ligatures are not varied: ``level`` removes those differences from
    texts and forms alike.

    >>> sorted(variants("Corée du Nord"))
    ['CORÉE DU NORD', 'Corée du Nord']
    >>> sorted(variants("Burkina-Faso"))
    ['BURKINA FASO', 'BURKINA-FASO', 'Burkina Faso', 'Burkina-Faso']
    >>> sorted(variants("TikTok"))
    ['TIKTOK', 'TikTok', 'Tiktok']
    """
    spellings = {form, form.replace("-", " ")} if len(form) > 3 else {form}
    if _COINED.fullmatch(form):
        spellings.add(form.capitalize())
    return spellings | {s.upper() for s in spellings if len(s) > 3}


@lru_cache(maxsize=500_000)
def slug(name: str) -> str:
    """Identifier made from a name: ASCII, lower case, hyphens.

    >>> slug("Élisabeth Borne"), slug("C5+1"), slug("İyi Parti")
    ('elisabeth-borne', 'c5-1', 'iyi-parti')
    """
    from anyascii import anyascii  # not above: spaCy imports our pipes for every user

    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-") or "sans-nom"
