"""Factiva exports: one HTML file, each document a ``div`` of class ``article``, two layouts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from entextract.articles.columns import Columns
from entextract.articles.dates import find_date
from entextract.articles.interface import File, Refused, Row, nothing_in
from entextract.articles.markup import by_class, html_tree, parts_of, text_of
from entextract.records.nouns import Problem

MARKS = re.compile(r"\b[a-z]{2}Article\b|articleParagraph\b")
START = re.compile(
    r"""<div\b[^<>]{0,500}?\bclass\s*=\s*["'](?:[^"'<>]{0,300}\s)?article(?=[\s"'])"""
)
_PARAGRAPH = re.compile("articleParagraph$", re.IGNORECASE)
_ACCESSION = re.compile(r"Document\s+([A-Za-z0-9]{10,})")
_WORDS = re.compile(r"\d[\d\s.,]*\s+(?:mots|words)", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}\s*[:h]\s*\d\d(?:\s*(?:GMT|UTC|AM|PM))?", re.IGNORECASE)
_PAGE = re.compile(r"(?:p\.|page)\s*(\S+)", re.IGNORECASE)
_CODE = re.compile(r"[A-Z0-9]{2,8}")
_RIGHTS = re.compile(r"(?:copyright|©|\(c\))", re.IGNORECASE)
_LONGEST = 300  # characters of an unnamed line
_LANGUAGES = {"français", "french", "anglais", "english", "allemand", "german", "espagnol"}
_LANGUAGES |= {"spanish", "italien", "italian", "arabe", "arabic", "portugais", "portuguese"}
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
_CODES = {*_FIELDS, *_META, "PD", "LP", "TD", "CR", "ED", "VOL", "CT", "RF", "IPC", "IPD", "CLM"}


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
            yield _of_codes(coded, str(number)) if coded else _of_lines(tree, str(number))
        except Refused as error:
            yield Problem(file.where, f"{file.where}:{number}", str(error), "refused")
    if not number:
        yield nothing_in(file)


def _coded(document: Any) -> dict[str, str]:
    """Values by their code, in the layout with indexing."""
    found: dict[str, str] = {}
    for row in document.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if len(cells) > 1 and (code := text_of(cells[0])) in _CODES:
            found.setdefault(code, text_of(cells[1]))
    return found if found.keys() & {"HD", "TD", "LP", "AN"} else {}


def _of_codes(coded: dict[str, str], number: str) -> Row:
    text = "\n".join(coded[code] for code in ("LP", "TD") if coded.get(code))
    values = {"text": text, "date": coded.get("PD", "")}
    values |= {field: _line(coded.get(code, "")) for code, field in _FIELDS.items()}
    if found := _ACCESSION.search(values["id"]):
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
    accession = _ACCESSION.findall(text_of(document))
    values = {
        "text": "\n".join(p for p in paragraphs if p and not _ACCESSION.fullmatch(p)),
        "title": _line(next((text_of(n) for n in document.iter("div") if n.get("id") == "hd"), "")),
        "id": accession[-1] if accession else "",
    }
    author = by_class(document, "author")
    meta = {"author": _line(text_of(author[0])) if author else ""}
    others: list[str] = []
    for node in document.iter("div"):
        if not node.get("class") and not node.get("id") and not any(n.tag == "div" for n in node):
            _recognise(_line(text_of(node)), values, meta, others)
    if others:  # what no form tells: the source comes first
        values["source"] = others[0]
    return Row(values, meta, number)


def _recognise(line: str, values: dict[str, str], meta: dict[str, str], others: list[str]) -> None:
    """Put an unnamed line where its form says."""
    if len(line) > _LONGEST:
        return
    if _WORDS.fullmatch(line):
        meta.setdefault("words", re.sub(r"\D", "", line))
    elif find_date(line)[1] == line and line:
        values.setdefault("date", line)
    elif _TIME.fullmatch(line):
        meta.setdefault("time", line)
    elif found := _PAGE.fullmatch(line):
        meta.setdefault("page", found[1])
    elif line.isdecimal():
        meta.setdefault("page", line)
    elif line.casefold() in _LANGUAGES:
        meta.setdefault("language", line)
    elif _RIGHTS.match(line):
        meta.setdefault("rights", line)
    elif line.startswith(("Par ", "By ", "De notre ")):
        meta["author"] = meta["author"] or line.removeprefix("Par ").removeprefix("By ")
    elif others and _CODE.fullmatch(line):
        meta.setdefault("source_code", line)
    elif line:
        others.append(line)


def _line(text: str) -> str:
    return " ".join(text.split("\n"))
