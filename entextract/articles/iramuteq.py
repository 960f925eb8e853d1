"""IRaMuTeQ and Alceste corpora: plain text in which a line of variables opens each article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from entextract.articles.columns import Columns
from entextract.articles.interface import Row
from entextract.articles.paragraphs import documents

# « **** *source_Le_Monde », or the number of Alceste: « 0012 *source_lemonde »
_HEADING = re.compile(r"\ufeff?\s*(?:\*{4}(?:\s|$)|\*{4}(?=\*\w)|\d{1,7}\s+(?=\*\w))")
_WITH_VARIABLE = re.compile(r"\s*(?:\*{4}|\d{1,7})\s+\*\w")
_VARIABLE = re.compile(r"(?:^|\s)\*+\s?(?=\S)(.*?)(?=\s\*|$)")
_RUBRIC = {"rubrique": "section"}  # as other readers call it


def is_heading(line: str) -> bool:
    """Whether a line opens an article.

    >>> is_heading("**** *source_lecap"), is_heading("0012 *source_lecap"), is_heading("** fin")
    (True, True, False)
    """
    return bool(_HEADING.match(line))


def has_variables(line: str) -> bool:
    """Whether a line opens an article and names a variable: « **** » alone may be an ornament."""
    return bool(_WITH_VARIABLE.match(line))


def articles(lines: Iterable[str]) -> Iterator[Row]:
    """The articles of a corpus: ``*name_value`` are its columns, ``-*theme`` lines are left out.

    Raises:
        Refused: an article is longer than any.
    """
    own = Columns({})
    for at, document in documents(lines, is_heading):
        if is_heading(document[0]):
            kept = (line for line in document[1:] if not line.startswith("-*"))
            yield own.row({**_variables(document[0]), "text": "".join(kept).strip()}, str(at))


def _variables(line: str) -> dict[str, str]:
    """The variables of a line that opens an article.

    >>> _variables("**** *source_Le_Monde *date_2024-09-12 *une *url_")
    {'source': 'Le Monde', 'date': '2024-09-12', 'une': 'une', 'url': ''}
    """
    found = {}
    rest = line[match.end() :] if (match := _HEADING.match(line)) else line
    for variable in _VARIABLE.findall(rest.strip()):
        name, mark, value = variable.strip().partition("_")
        value = " ".join(value.replace("_", " ").split())
        found[_RUBRIC.get(name, name)] = value if mark else name
    return found
