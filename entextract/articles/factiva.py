"""Factiva exports in HTML: each document a ``div`` of class ``article``, with codes or without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from entextract.articles.columns import Columns
from entextract.articles.dates import find_date
from entextract.articles.interface import File, Refused, Row, nothing_in
from entextract.articles.markup import by_class, html_tree, parts_of, text_of
from entextract.records.nouns import Problem

MARKS = re.compile(
    r"""(?:class|id)\s*=\s*["'](?:[^"'<>]{0,300}\s)?(?:[a-z]{2}Article|(?:[a-z]{2})?articleParagraph)"""
    r"""(?=[\s"'])"""
)
START = re.compile(
    r"""<div\b[^<>]{0,500}?\bclass\s*=\s*["'](?:[^"'<>]{0,300}\s)?article(?=[\s"'])"""
)
ACCESSION = re.compile(r"(?:Document[oe]?|Dokument)\s+([A-Za-z0-9]{10,40})")
_PARAGRAPH = re.compile("articleParagraph$", re.IGNORECASE)
_WORDS = re.compile(
    r"\d[\d\s.,]*\s+(?:mots|words|wörter|palabras|parole|palavras|woorden)\b", re.IGNORECASE
)
_TIME = re.compile(r"\d{1,2}\s*[:h]\s*\d\d(?:\s*(?:GMT|UTC|AM|PM))?", re.IGNORECASE)
_PAGE = re.compile(r"(?:p\.|page|seite|página|pagina)\s*(\S+)", re.IGNORECASE)
_CODE = re.compile(r"[A-Z0-9]{2,8}")
_RIGHTS = re.compile(r"(?:copyright|©|\(c\))", re.IGNORECASE)
_LONGEST = 300  # characters of an unnamed line
_LANGUAGE_NAMES = """
    français french französisch francés francese francês frans
    anglais english englisch inglés inglese inglês engels
    allemand german deutsch alemán tedesco alemão duits
    espagnol spanish spanisch español spagnolo espanhol
    italien italian italienisch italiano portugais portuguese portugiesisch portugués português
    arabe arabic arabisch árabe arabo néerlandais dutch niederländisch russe russian russisch
"""
_LANGUAGES = frozenset(_LANGUAGE_NAMES.split())
_FIELDS = {"HD": "title", "SN": "source", "AN": "id"}
_META = {
    "BY": "author",
    "WC": "words",
    "ET": "time",
    "SC": "source_code",
    "PG": "page",
    "SE": "section",
    "LA": "language",
    "CY": "rights",
    "CO": "companies",
    "IN": "industries",
    "NS": "subjects",
    "RE": "regions",
    "PUB": "publisher",
}
CODES = {*_FIELDS, *_META, "PD", "LP", "TD", "CR", "ED", "VOL", "CT", "RF", "IPC", "IPD", "CLM"}


def read_factiva(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The documents of an export, one at a time."""
    number = 0
    for part in parts_of(file, START):
        if not START.match(part):
            continue
        number += 1
        try:
            tree = html_tree(part)
            coded = _coded(tree)
            yield row_of_codes(coded, str(number)) if coded else _of_lines(tree, str(number))
        except Refused as error:
            yield Problem(file.where, f"{file.where}:{number}", str(error), "refused")
    if not number:
        yield nothing_in(file)


def _coded(document: Any) -> dict[str, str]:
    """Values by their code, in the layout with indexing."""
    found: dict[str, str] = {}
    for row in document.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if len(cells) > 1 and (code := text_of(cells[0])) in CODES:
            found.setdefault(code, text_of(cells[1]))
    return found if found.keys() & {"HD", "TD", "LP", "AN"} else {}


def row_of_codes(coded: Mapping[str, str], number: str) -> Row:
    """The row of a document whose parts are named by the codes of Factiva."""
    text = "\n".join(coded[code] for code in ("LP", "TD") if coded.get(code))
    values = {"text": text, "date": coded.get("PD", "")}
    values |= {field: _line(coded.get(code, "")) for code, field in _FIELDS.items()}
    if found := ACCESSION.search(values["id"]):
        values["id"] = found[1]
    meta = {name: _line(coded.get(code, "")) for code, name in _META.items()}
    if found := _WORDS.search(meta["words"]):
        meta["words"] = re.sub(r"\D", "", found.group())
    return Row(values, meta, number)


def _of_lines(document: Any, number: str) -> Row:
    paragraphs = [
        text_of(node)
        for node in document.iter("p")
        if any(_PARAGRAPH.search(name) for name in (node.get("class") or "").split())
    ]
    accession = ACCESSION.findall(text_of(document))
    author = by_class(document, "author")
    before: list[str] = []
    after: list[str] = []
    title = ""
    for node in document.iter("div"):
        if node.get("id") == "hd":
            title = title or _line(text_of(node))
            before, after = after, []
        elif not node.get("class") and not node.get("id") and not any(n.tag == "div" for n in node):
            after.append(_line(text_of(node)))
    found, meta = header(before, after, _line(text_of(author[0])) if author else "")
    values = {
        **found,
        "text": "\n".join(p for p in paragraphs if p and not ACCESSION.fullmatch(p)),
        "title": title,
        "id": accession[-1] if accession else "",
    }
    return Row(values, meta, number)


def header(
    before: Sequence[str], after: Sequence[str], author: str = ""
) -> tuple[dict[str, str], dict[str, str]]:
    """Fields and other values of the unnamed lines of a header, each known by its form.

    The newspaper is the line after the date and hour: what stands before the headline is the
    section.

    Args:
        before: lines before the headline.
        after: lines after it.
        author: if it is known already.

    >>> header(["Actualités"], ["556 mots", "28 juin 2012", "Le Cap", "LECAP"])[0]
    {'date': '28 juin 2012', 'source': 'Le Cap'}
    """
    values: dict[str, str] = {}
    meta = {"author": author}
    others: list[tuple[int, str]] = []
    dated = -1  # place of the last line of date and hour
    for place, line in enumerate(after):
        if form := _form(line):
            name, value = form
            first = name == "date" and "date" not in values
            if first or (name in ("date", "time") and dated == place - 1 >= 0):
                dated = place
            if name == "author":
                meta["author"] = meta["author"] or value
            else:
                (values if name == "date" else meta).setdefault(name, value)
        elif line and len(line) <= _LONGEST:
            others.append((place, line))
    for place, line in others:
        if dated >= 0 and place == dated + 1:
            values["source"] = line
            break
    else:
        if others:  # what no form tells: the source comes first
            values["source"] = others[0][1]
    rest = [line for _, line in others if line != values.get("source")]
    if code := next((line for line in rest if _CODE.fullmatch(line)), ""):
        meta["source_code"] = code
    if sections := [line for line in before if line and not _form(line)]:
        meta["section"] = sections[-1][:_LONGEST]
    return values, meta


def _form(line: str) -> tuple[str, str] | None:
    """What an unnamed line is, if its form tells, and its value."""
    if not line or len(line) > _LONGEST:
        return None
    if _WORDS.fullmatch(line):
        return "words", re.sub(r"\D", "", line)
    if find_date(line)[1] == line:
        return "date", line
    if _TIME.fullmatch(line):
        return "time", line
    if found := _PAGE.fullmatch(line):
        return "page", found[1]
    if line.isdecimal():
        return "page", line
    if line.casefold() in _LANGUAGES:
        return "language", line
    if _RIGHTS.match(line):
        return "rights", line
    if line.startswith(("Par ", "By ", "Von ", "De notre ")):
        return "author", re.sub("^(?:Par|By|Von) ", "", line)
    return None


def _line(text: str) -> str:
    return " ".join(text.split("\n"))
