"""Dates as papers, exports, tables and feeds write them, in the languages of their interfaces."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

# a closed list, in the order of the calendar: French and English, then the languages in which the
# interfaces of press databases write dates (German, Spanish, Italian, Portuguese, Dutch)
_MONTHS = (
    "janvier janv january jan januar jänner enero gennaio janeiro januari",
    "février fevrier févr fevr fév fev february feb februar febrero febbraio fevereiro februari",
    "mars march mar märz marzo março maart",
    "avril avr april apr abril aprile",
    "mai may mayo maggio maio mei",
    "juin june jun juni junio giugno junho",
    "juillet juil july jul juli julio luglio julho",
    "août aout august aug agosto augustus",
    "septembre sept september sep septiembre settembre setembro",
    "octobre october oct oktober octubre ottobre outubro",
    "novembre november nov noviembre novembro",
    "décembre decembre déc december dec dezember diciembre dicembre dezembro",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_WEEKDAY = (
    r"(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|(?:lune|marte|mercole|giove|vener)dì|sabato|domenica"
    r"|(?:segunda|terça|quarta|quinta|sexta)-feira"
    r"|(?:maan|dins|woens|donder|vrij|zater|zon)dag"
)
_NAMES = "|".join(sorted(_MONTH, key=lambda name: (-len(name), name)))
_IN_WORDS = re.compile(
    rf"(?<!\w)(?:(?:{_WEEKDAY})\b[.,]?\s+)?(?:(?:le|on)\s+)?"
    rf"(?:(?P<d>\d\d?)(?:\s?er\b|st|nd|rd|th|º|\.)?(?:\s+|-)(?:de\s+)?(?P<m>{_NAMES})\b\.?,?"
    rf"|(?P<m2>{_NAMES})\b\.?\s+(?P<d2>\d\d?)(?:st|nd|rd|th)?,?"
    r"(?:\s+\d\d:\d\d(?::\d\d)?(?:\s+[A-Z]{3,4})?(?=\s))?)"
    r"(?:\s+|-)(?:de\s+)?(?P<y>\d{4})(?!\d)",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(?<!\d)(?P<y>\d{4})(?P<mark>[-/._ ]?)(?P<m>\d\d)(?P=mark)(?P<d>\d\d)"
    r"(?:(?!\d)|(?=(?:\d\d){1,3}(?!\d)))"  # the time may follow at once: 20240912101500
)
_LOOSE_ISO = re.compile(
    r"(?<!\d)(?P<y>\d{4})(?P<mark>[-/._])(?P<m>\d\d?)(?P=mark)(?P<d>\d\d?)(?!\d)"
)
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<d>\d\d?)(?P<mark>[-/._ ])(?P<m>\d\d?)(?P=mark)(?P<y>\d{4}|\d\d)(?![\d])"
)
_EIGHT = re.compile(r"(?P<d>\d\d)(?P<m>\d\d)(?P<y>\d{4})(?!\d)")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d*)?")  # seconds or milliseconds since 1970
_CENTURY = 70  # two digits of a year: below, of this century


def iso_date(day: str) -> str:
    """A date as ``YYYY-MM-DD``, without its time; empty if it is written in another way.

    Between day and month, the day is first, as in France, unless only the other order is a date.

    >>> iso_date("2024-09-12T10:30:00Z"), iso_date("20240912"), iso_date("12/09/2024 10:30")
    ('2024-09-12', '2024-09-12', '2024-09-12')
    >>> iso_date("1er mars 2024"), iso_date("Thu, 22 Dec 2022 08:00:00 +0100")
    ('2024-03-01', '2022-12-22')
    >>> iso_date("Publié le 12.09.24"), iso_date("24112020"), iso_date("15. März 2022")
    ('2024-09-12', '2020-11-24', '2022-03-15')
    >>> iso_date("jeudi 12 septembre")
    ''
    """
    day = day.strip()
    if _EPOCH.fullmatch(day) and not day.startswith(("19", "20")):
        return _of_epoch(float(day))
    for pattern in (_ISO, _EIGHT):
        if (found := pattern.match(day)) and (iso := _of_match(found)):
            return iso
    if found_in_words := find_date(day)[0]:
        return found_in_words
    for pattern in (_ISO, _LOOSE_ISO, _DAY_FIRST):
        for found in pattern.finditer(day):
            if iso := _of_match(found):
                return iso
    return _of_epoch(float(day)) if _EPOCH.fullmatch(day) else ""


def _of_match(found: re.Match[str]) -> str:
    year = found["y"]
    if len(year) == 2:
        year = f"{20 if int(year) < _CENTURY else 19}{year}"
    return _iso(year, found["m"], found["d"]) or _iso(year, found["d"], found["m"])


def _of_epoch(seconds: float) -> str:
    if seconds > 10**11:
        seconds /= 1000
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


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
    if not "1600" <= year < "2200":
        return ""  # of digits that are no date
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""  # the 31st of February
