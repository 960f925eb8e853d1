"""IRaMuTeQ corpora: plain text in which a line of ``****`` opens each article."""

from __future__ import annotations

from collections.abc import Iterator

from entextract.articles.columns import Columns
from entextract.articles.encoding import read_whole_lines
from entextract.articles.interface import LONGEST_TEXT, File, Row, nothing_in, repaired
from entextract.records.nouns import Problem

# what other readers call so
_AS_ELSEWHERE = {"auteur": "author", "rubrique": "section"}


def read_iramuteq(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The articles of a corpus: ``*name_value`` are its columns, ``-*theme`` lines are left out."""
    lines, notes = read_whole_lines(file.path)
    yield from repaired(file, notes)
    own = Columns({})
    head, at, pieces, length = "", 0, [""], 0
    for number, line in enumerate(lines, start=1):
        if line.startswith("****"):
            if at:
                yield own.row({**_variables(head), "text": "".join(pieces).strip()}, str(at))
            head, at, pieces, length = line, number, [], 0
        elif at and not line.startswith("-*"):
            length += len(line)
            if length > LONGEST_TEXT:
                reason = f"more than {LONGEST_TEXT} characters without a line of ****"
                yield Problem(file.where, f"{file.where}:{at}", reason, "refused")
                return
            pieces.append(line)
    if at:
        yield own.row({**_variables(head), "text": "".join(pieces).strip()}, str(at))
    else:
        yield nothing_in(file)


def _variables(line: str) -> dict[str, str]:
    """The variables of a line of ``****``.

    >>> _variables("**** *source_Le_Monde *date_2024-09-12 *une")
    {'source': 'Le Monde', 'date': '2024-09-12', 'une': 'une'}
    """
    found = {}
    for word in line.split()[1:]:
        name, _, value = word.removeprefix("*").partition("_")
        found[_AS_ELSEWHERE.get(name, name)] = value.replace("_", " ") or name
    return found
