"""Dates as French and English papers, exports and feeds write them."""

from __future__ import annotations

import re
from datetime import date

# a closed list, in the order of the calendar
_MONTHS = (
    "janvier janv january jan",
    "février fevrier févr fevr fév fev february feb",
    "mars march mar",
    "avril avr april apr",
    "mai may",
    "juin june jun",
    "juillet juil july jul",
    "août aout august aug",
    "septembre sept september sep",
    "octobre october oct",
    "novembre november nov",
    "décembre decembre déc december dec",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_WEEKDAY = (
    r"(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun"
)
_NAMES = "|".join(sorted(_MONTH, key=lambda name: (-len(name), name)))
_IN_WORDS = re.compile(
    rf"(?<!\w)(?:(?:{_WEEKDAY})\b[.,]?\s+)?(?:(?:le|on)\s+)?"
    rf"(?:(?P<d>\d\d?)(?:er|st|nd|rd|th)?\s+(?P<m>{_NAMES})\b\.?,?"
    rf"|(?P<m2>{_NAMES})\b\.?\s+(?P<d2>\d\d?)(?:st|nd|rd|th)?,?)"
    r"\s+(?P<y>\d{4})(?!\d)",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?P<y>\d{4})(?P<dash>-?)(?P<m>\d\d)(?P=dash)(?P<d>\d\d)(?!\d)")
_SLASHES = re.compile(r"(?P<d>\d\d?)/(?P<m>\d\d?)/(?P<y>\d{4})(?!\d)")


def iso_date(day: str) -> str:
    """A date as ``YYYY-MM-DD``, without its time; empty if it is written in another way.

    >>> iso_date("2024-09-12T10:30:00Z"), iso_date("20240912"), iso_date("12/09/2024 10:30")
    ('2024-09-12', '2024-09-12', '2024-09-12')
    >>> iso_date("1er mars 2024"), iso_date("Thu, 22 Dec 2022 08:00:00 +0100")
    ('2024-03-01', '2022-12-22')
    >>> iso_date("jeudi 12 septembre")
    ''
    """
    found = _ISO.match(day) or _SLASHES.match(day)
    return _iso(found["y"], found["m"], found["d"]) if found else find_date(day)[0]


def find_date(text: str) -> tuple[str, str]:
    """The first date that stands in words in a text, as ``YYYY-MM-DD`` and as written.

    >>> find_date("Monde, jeudi 12 septembre 2024 543 mots, p. 4")
    ('2024-09-12', 'jeudi 12 septembre 2024')
    >>> find_date("Thursday, December 22, 2022 13887 mots")
    ('2022-12-22', 'Thursday, December 22, 2022')
    >>> find_date("31 février 2024")
    ('', '')
    """
    for found in _IN_WORDS.finditer(text):
        month = _MONTH[(found["m"] or found["m2"]).lower()]
        if day := _iso(found["y"], str(month), found["d"] or found["d2"]):
            return day, found[0]
    return "", ""


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""  # the 31st of February
