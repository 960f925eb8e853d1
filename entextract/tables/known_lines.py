"""Lines that are known not to be an article: share buttons, cookie banners, credits of pictures."""

from __future__ import annotations

import re
from functools import cache

from entextract.records.spelling import level
from entextract.tables.checks import shipped
from entextract.tables.row_classes import BoilerplateForm

_EDGES = re.compile(r"^[\s|•·*►▶>»–-]+|[\s.,;:!…|•·*–-]+$")


def line_key(line: str) -> str:
    """A line as it is compared: without case, accents and marks at its ends."""
    spelled = level.__wrapped__(line)  # past the cache: a line rarely comes back
    return _EDGES.sub("", " ".join(spelled.lower().split()))


def is_boilerplate(line: str) -> bool:
    """Whether a whole line is known from the table.

    >>> is_boilerplate("Lire aussi : le port rouvre"), is_boilerplate("Le port rouvre.")
    (True, False)
    """
    return is_known(line_key(line))


def is_known(key: str) -> bool:
    """Whether a line that was levelled is known from the table."""
    whole, starts, contained = _forms()
    return key in whole or key.startswith(starts) or any(form in key for form in contained)


@cache
def _forms() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    forms: dict[str, list[str]] = {"line": [], "start": [], "contains": []}
    for row in shipped(BoilerplateForm):
        if row.kind != "network":
            forms[row.match].append(line_key(row.form))
    return frozenset(forms["line"]), tuple(forms["start"]), tuple(forms["contains"])
