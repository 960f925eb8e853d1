"""Europresse exports: one HTML file, each document an ``<article>``.

A page extractor keeps the first document and loses the others without a word, so this format is
recognised before any page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from lxml import html

from entextract.articles.columns import Columns
from entextract.articles.dates import find_date, iso_date
from entextract.articles.interface import File, Refused, Row, nothing_in
from entextract.articles.markup import by_class, html_tree, parts_of, text_of
from entextract.records.nouns import Problem

MARKS = re.compile(
    "DocPublicationName|docOcurrContainer|publiC-lblNodoc|TitreArticleVisu", re.IGNORECASE
)
_START = re.compile(r"<article\b", re.IGNORECASE)
_LONGEST = 500  # characters of a header
_NUMBER = re.compile(r"news\W(\d{8})\W\S+")
_NOT_TEXT = frozenset({"aside", "footer"})
_TAGS = re.compile(r"</?(?:b|i|em|strong|mark)\b[^<>]*>", re.IGNORECASE)
_EDITION = re.compile(
    r",\s*n(?:os?\b|°).*|\s*\(site web.*|\s+[-–]\s+[ÉE]dition\b.*", re.IGNORECASE | re.DOTALL
)
_WORDS = re.compile(r"(\d[\d\s]*)\s+(?:mots|words)\b", re.IGNORECASE)
_PAGE = re.compile(r"\bp\.\s*([\w().-]+(?:\s*,\s*\d+)*)")
_TIME = re.compile(r"\b\d{1,2}\s*[:h]\s*\d\d(?::\d\d)?(?:\s*UTC)?\b|\bUTC\b")


def read_europresse(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The documents of an export, one at a time."""
    number = without = 0
    for part in parts_of(file, _START):
        if not (_START.match(part) and MARKS.search(part)):
            continue
        number += 1
        try:
            row = _row(html_tree(part), str(number))
        except Refused as error:
            yield Problem(file.where, f"{file.where}:{number}", str(error), "refused")
            continue
        without += not (row.values["source"] and row.values["title"])
        yield row
    if without:
        reason = f"documents without a source or a title, kept with what they have: {without}"
        yield Problem(file.where, file.where, reason, "repaired")
    if not number:
        yield nothing_in(file)


def _row(document: Any, number: str) -> Row:
    editions = _editions(document)
    source, code = _source(document)
    head = _header(_heading(document)[:_LONGEST])
    identifier, day = _identifier(document)
    values = {
        "text": _text(document),
        "id": identifier,
        "title": _title(document),
        "date": day or head.pop("date", ""),
        "source": source,
        "url": _link(document),
    }
    head.pop("date", "")
    subtitle = by_class(document, "rdp__subtitle")
    meta = {
        "author": _author(document),
        "subtitle": text_of(subtitle[0]) if subtitle else "",
        "source_code": code or (identifier.split("·")[2] if identifier.count("·") > 2 else ""),
        "other_editions": str(len(editions)) if editions else "",
        "other_editions_in": "; ".join(editions),
        "rights": _rights(document),
        **head,
    }
    return Row(values, meta, number)


def _rights(document: Any) -> str:
    boxes = [*by_class(document, "Doc-LegalInfo"), *document.iter("footer")]
    return next((text_of(small) for box in boxes for small in box.iter("small")), "")


def _identifier(document: Any) -> tuple[str, str]:
    """``news·20240912·LM·0912001`` and its date."""
    old = [cell for cell in document.iter("td") if cell.get("align") == "center"]
    for node in [*by_class(document, "publiC-lblNodoc"), *old]:
        if found := _NUMBER.search(text_of(node)):
            name = re.sub(r"[^\w.-]", "·", found[0].strip(".,; "))
            return name, iso_date(found[1])
    return "", ""


def _source(document: Any) -> tuple[str, str]:
    inside = [n for box in by_class(document, "rdp__DocPublicationName") for n in _named(box)]
    nodes = inside or _named(document) or _header_lines(document)
    if not nodes:
        return "", ""
    first = next((words for words in nodes[0].itertext() if words.strip()), "")
    code = next((n.get("sourcecode") for n in nodes[0].iter("span") if n.get("sourcecode")), "")
    return _EDITION.sub("", " ".join(first.split())[:_LONGEST]).strip(" ,;"), code


def _named(element: Any) -> list[Any]:
    return by_class(element, "DocPublicationName")


def _header_lines(document: Any) -> list[Any]:
    return [
        div
        for header in document.iter("header")
        for div in by_class(header, "sm-margin-bottom")
        if div.tag == "div"
    ]


def _heading(document: Any) -> str:
    """The line with section, date, words and page."""
    boxes = by_class(document, "rdp__DocHeader")
    nodes = [n for box in boxes for n in by_class(box, "DocHeader")] or by_class(
        document, "DocHeader"
    )
    if nodes:
        return text_of(nodes[0])
    if nodes := by_class(document, "DocTitreSousSection"):
        after = next((n for n in nodes[0].itersiblings("span")), None)
        return f"{text_of(nodes[0])}, {'' if after is None else text_of(after)}"
    lines = _header_lines(document)
    return text_of(lines[1]) if len(lines) > 1 else ""


def _header(line: str) -> dict[str, str]:
    """Section, date, words and page of a header, in whatever order; absent when not there.

    >>> _header("International, jeudi 12 septembre 2024 543 mots, p. 4")
    {'date': '2024-09-12', 'words': '543', 'page': '4', 'section': 'International'}
    >>> _header("Thursday, December 22, 2022 13887 mots, p. 819(40)")
    {'date': '2022-12-22', 'words': '13887', 'page': '819(40)'}
    """
    found = {}
    day, written = find_date(line)
    if day:
        found["date"] = day
        line = line.replace(written, "\n")
    for name, pattern in (("words", _WORDS), ("page", _PAGE)):
        if match := pattern.search(line):
            found[name] = "".join(match[1].split()) if name == "words" else match[1].strip()
            line = f"{line[: match.start()]}\n{line[match.end() :]}"
    rest = (part.strip(" ,;-–") for part in re.split(r"\n", _TIME.sub("\n", line)))
    if section := next((part for part in rest if part), ""):
        found["section"] = section
    return found


def _title(document: Any) -> str:
    whole = by_class(document, "titreArticle")
    nodes = [n for box in whole for n in by_class(box, "titreArticleVisu")]
    nodes = nodes or by_class(document, "titreArticleVisu") or by_class(document, "grandTitre")
    nodes = nodes or whole
    title = " ".join(text_of(nodes[0]).split("\n")) if nodes else ""
    return " ".join(_TAGS.sub("", title).split())


def _author(document: Any) -> str:
    if nodes := by_class(document, "docAuthors"):
        return " ".join(text_of(nodes[0]).split("\n"))
    titles = by_class(document, "titreArticle")
    if not titles:
        return ""
    order = {node: place for place, node in enumerate(document.iter())}
    body = _bodies(document)
    end = min((order[node] for node in body), default=len(order))
    last = max(order[node] for node in titles[0].iter())
    after = [
        node
        for node in by_class(document, "sm-margin-bottomNews")
        if node.tag == "p" and last < order[node] < end
    ]
    return " ".join(text_of(after[-1]).split("\n")) if after else ""


def _bodies(document: Any) -> list[Any]:
    return [*by_class(document, "docOcurrContainer"), *by_class(document, "DocText")]


def _text(document: Any) -> str:
    for node in _bodies(document):
        if text := text_of(node, drop=_NOT_TEXT, classes="apd-wrapper"):
            return text
    return next((_after(node) for node in document.iter("span") if _is_old_title(node)), "")


def _is_old_title(node: Any) -> bool:
    return "TitreArticleVisu" in (node.get("class") or "").split()


def _after(title: Any) -> str:
    """The text that follows a title as loose lines, in exports of before 2014."""
    loose = html.Element("div")
    loose.text = title.tail
    for node in title.itersiblings():
        loose.append(deepcopy(node))
    return text_of(loose, drop=_NOT_TEXT | {"table"}, classes="publiC-lblNodoc")


def _editions(document: Any) -> list[str]:
    """Where else the same text was published."""
    found = []
    for box in by_class(document, "apd-wrapper"):
        days = by_class(box, "apd-sources-date")
        for place, node in enumerate(by_class(box, "source-name-APD")):
            day = text_of(days[place]).replace("\n", " ") if place < len(days) else ""
            name = " ".join(text_of(node).split("\n"))
            found.append(", ".join(part for part in (name, iso_date(day) or day) if part))
    return found


def _link(document: Any) -> str:
    for link in document.iter("a"):
        if "article est paru dans" in "".join(link.itertext()):
            return link.get("href") or ""
    return ""
