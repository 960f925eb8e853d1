"""Spelling: one level for comparing forms, the variants of a form, and readable identifiers.

Pure functions on strings, shared by the tables, the pipes and the linking.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Default_Ignorable_Code_Point of Unicode, and the marks of interlinear notes: nobody sees them
_IGNORABLE = (
    "\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e"
    "\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb"
    "\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff"
)
INVISIBLE = re.compile(f"[{_IGNORABLE}]+")
_LINE_HYPHEN = re.compile("(?<=[^\\W\\d_])[-\u2010][^\\S\\n]*\\n\\s*(?=([^\\W\\d_]\\S*))")
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

_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")  # those of Latin letters all combine
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
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
    decomposed = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return _NOT_ASCII.sub(_unless_combining, decomposed)


def _unless_combining(found: re.Match[str]) -> str:
    return "" if unicodedata.combining(found[0]) else found[0]


def variants(form: str) -> set[str]:
    """The spellings of a table form that move token boundaries or case, itself included.

    Accents, apostrophes and ligatures are not varied: ``level`` removes those differences from
    texts and forms alike.

    >>> sorted(variants("Corée du Nord"))
    ['CORÉE DU NORD', 'Corée du Nord']
    >>> sorted(variants("Côte d'Ivoire"))
    ["CÔTE D'IVOIRE", "Côte D'Ivoire", "Côte d'Ivoire"]
    >>> sorted(variants("Burkina-Faso"))
    ['BURKINA FASO', 'BURKINA-FASO', 'Burkina Faso', 'Burkina-Faso']
    >>> sorted(variants("TikTok"))
    ['TIKTOK', 'TikTok', 'Tiktok']
    """
    spellings = {form, form.replace("-", " ")} if len(form) > 3 else {form}
    spellings |= {s.replace(" d'", " D'") for s in spellings}
    if _COINED.fullmatch(form):
        spellings.add(form.capitalize())
    return spellings | {s.upper() for s in spellings if len(s) > 3}


@lru_cache(maxsize=500_000)
def spaced(text: str) -> str:
    """A form as a line of print has it: its blanks single, no hyphen of a line end.

    >>> spaced("Awa\\nSarr"), spaced("Da-\\nkar"), spaced("Saint-\\nDenis"), spaced("Ma\\u00adcron")
    ('Awa Sarr', 'Dakar', 'Saint-Denis', 'Macron')
    """
    if not text.isascii():
        text = INVISIBLE.sub("", text)
    if "\n" in text:
        text = _LINE_HYPHEN.sub(lambda at: "" if joins_without_hyphen(at[1]) else "-", text)
    return " ".join(text.split())


def joins_without_hyphen(rest: str) -> bool:
    """Whether the hyphen at a line's end is only the line's, by what follows it.

    It is the word's own before a capital, and in a name with more hyphens.

    >>> joins_without_hyphen("kar accueille"), joins_without_hyphen("en-Provence")
    (True, False)
    """
    word = rest.split(None, 1)[0]
    return word[0].islower() and "-" not in word.rstrip("-")


@lru_cache(maxsize=500_000)
def slug(name: str) -> str:
    """Identifier made from a name: ASCII, lower case, hyphens.

    >>> slug("Élisabeth Borne"), slug("C5+1"), slug("İyi Parti")
    ('elisabeth-borne', 'c5-1', 'iyi-parti')
    """
    from anyascii import anyascii  # not above: spaCy imports our pipes for every user

    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-") or "sans-nom"
