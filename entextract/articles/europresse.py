"""Europresse (Eureka) exports: one HTML file of many documents, in the layouts since 2012.

A page extractor keeps the first document and loses the others without a word, so this format is
recognised before any page. Each document is an ``<article>``; before 2014, what follows the name
of the newspaper in a table (``europresse_old``).
"""

from __future__ import annotations

import html as html_entities
import re
from collections.abc import Iterator
from typing import Any

from entextract.articles import europresse_old
from entextract.articles.columns import Columns
from entextract.articles.dates import find_date, iso_date
from entextract.articles.interface import File, Refused, Row, nothing_in
from entextract.articles.markup import by_class, html_tree, local_name, parts_of, text_of
from entextract.records.nouns import Problem

# in a class or an id: a page of law may speak of them
MARKS = re.compile(
    r"""(?:class|id)\s*=\s*["']?[^"'<>]{0,300}"""
    r"""(?:DocPublicationName|docOcurrContainer|PubliC[-_]lblNodoc|TitreArticleVisu)""",
    re.IGNORECASE,
)
_START = re.compile(r"<article\b", re.IGNORECASE)
_LONGEST = 500  # characters of a header
_LONGEST_AUTHOR = 150
_NUMBER = re.compile(r"\b(?:news|web|rdp|tvr|soc|bio|rep|ref)\W(\d{8})\W\S+")
_LOOSE_NUMBER = re.compile(r"\b(?:news|web|rdp|tvr)·(\d{8})·\w+·[\w.-]+$", re.MULTILINE)
_NOT_TEXT = frozenset({"aside", "footer"})
_NOT_TEXT_CLASSES = "apd-wrapper link-not-hosted __cf_email__"
_TAGS = re.compile(r"</?(?:b|i|em|strong|mark)\b[^<>]*>", re.IGNORECASE)
_EDITION = re.compile(
    r",\s*n(?:os?\b|°).*|\s*\(site web.*|\s+[-–]\s+[ÉE]dition\b.*", re.IGNORECASE | re.DOTALL
)
_WORDS = re.compile(r"\b(\d{1,3}(?:[\s.,]\d{3})+|\d+)\s+(?:mots|words)\b", re.IGNORECASE)
_PAGE = re.compile(r"\bp\.\s*([\w().-]+(?:\s*,\s*\d+)*)")
_TIME = re.compile(
    r"\b\d{1,2}\s*[:h]\s*\d\d(?::\d\d)?(?:\s*(?:UTC|GMT))?(?:\s*[+-]\d\d:?\d\d)?(?!\d)|\bUTC\b"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,31}\d{0,2});", re.IGNORECASE)
_ORIGINAL = re.compile(r"article est paru dans|Voir l.article|See (?:the )?article", re.IGNORECASE)
_RESIDUE = re.compile(r"^\s*Cet article est paru dans .*$|[ \t]*\(\s*\)", re.MULTILINE)
_BOX = re.compile(r"Encadrés?\s*(?:\(s\))?\s*:\s*", re.IGNORECASE)
_ASIDE_LABEL = re.compile(r"^[A-ZÉ][\w' ()-]{2,40}\s:", re.MULTILINE)


def read_europresse(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The documents of an export, one at a time."""
    number = without = 0
    for part in _documents(file):
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


def _documents(file: File) -> Iterator[str]:
    """The source of each document."""
    old = True
    for part in parts_of(file, _START):
        if _START.match(part) and MARKS.search(part):
            old = False
            yield part
    if old:
        yield from europresse_old.documents(file)


def _row(document: Any, number: str) -> Row:
    editions = _editions(document)
    source, code = _source(document)
    head = _header(_heading(document)[:_LONGEST])
    identifier, day = _identifier(document)
    title = _title(document)
    original = _take_original(document)
    author, standfirst = _author_and_standfirst(document)
    text = _text(document)
    if not text:
        text, author = europresse_old.text(document, author, _NOT_TEXT)
    above = _above_title(document)
    if above and "section" not in head:
        head["section"], above = above, ""
    standfirst = _mended(standfirst)
    body = _mended("\n".join(filter(None, (text, *_boxes(document)))))
    heading = (standfirst,) if standfirst and not body.startswith(standfirst) else ()
    values = {
        "text": body or standfirst,
        "id": identifier,
        "title": title,
        "date": head.pop("date", "") or day,
        "source": source,
        "url": original,
    }
    subtitle = by_class(document, "rdp__subtitle")
    meta = {
        "author": author,
        "subtitle": text_of(subtitle[0]) if subtitle else "",
        "kicker": _kicker(document) or above,
        "standfirst": standfirst,
        "source_code": code or (identifier.split("·")[2] if identifier.count("·") > 2 else ""),
        "other_editions": str(len(editions)) if editions else "",
        "other_editions_in": "; ".join(editions),
        "rights": _rights(document),
        **head,
    }
    return Row(values, meta, number, heading=heading if body else ())


def _mended(text: str) -> str:
    """A text without what Europresse adds to it; entities that were escaped twice are read.

    >>> _mended("2025 &hellip; M. Adjo () signe.\\nCet article est paru dans Le Pli")
    '2025 … M. Adjo signe.'
    """
    text = _ENTITY.sub(lambda found: html_entities.unescape(found[0]), text)
    return _RESIDUE.sub("", text).strip("\n")


def _rights(document: Any) -> str:
    boxes = [*by_class(document, "Doc-LegalInfo"), *document.iter("footer")]
    return next((text_of(small) for box in boxes for small in box.iter("small")), "")


def _identifier(document: Any) -> tuple[str, str]:
    """``news·20240912·LM·0912001`` and its date, which may be a day after that of the paper."""
    old = [cell for cell in document.iter("td") if cell.get("align") == "center"]
    for node in [*filter(_is_number, document.iter("span", "div")), *old]:
        if found := _NUMBER.search(text_of(node)):
            name = re.sub(r"[^\w.-]", "·", found[0].strip(".,; "))
            return name, iso_date(found[1])
    if found := _LOOSE_NUMBER.search(text_of(document)):
        return found[0], iso_date(found[1])
    return "", ""


def _is_number(node: Any) -> bool:
    names = f"{node.get('class') or ''} {node.get('id') or ''}".lower().split()
    return any(name.endswith(("public-lblnodoc", "public_lblnodoc")) for name in names)


def _source(document: Any) -> tuple[str, str]:
    inside = [n for box in by_class(document, "rdp__DocPublicationName") for n in _named(box)]
    nodes = inside or _named(document) or _header_lines(document)
    if not nodes:
        return "", ""
    first = next((words for words in nodes[0].itertext() if words.strip()), "")
    beside = (n for header in document.iter("header") for n in header.iter("span", "img", "i"))
    codes = (n.get("sourcecode") for n in (*nodes[0].iter("span"), *beside))
    code = next((code for code in codes if code), "")
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
    if nodes := [n for box in boxes for n in by_class(box, "DocHeader")]:
        return text_of(nodes[0])
    if nodes := by_class(document, "DocHeader"):
        return " ".join(map(text_of, _together(nodes)))
    if nodes := by_class(document, "DocTitreSousSection"):
        after = next((n for n in nodes[0].itersiblings("span")), None)
        return f"{text_of(nodes[0])}, {'' if after is None else text_of(after)}"
    lines = _header_lines(document)
    return text_of(lines[1]) if len(lines) > 1 else ""


def _together(nodes: list[Any]) -> Iterator[Any]:
    """The first node, and those that follow it at once: in 2012 each part had its own."""
    yield nodes[0]
    for before, node in zip(nodes, nodes[1:], strict=False):
        if before.getnext() is not node or (before.tail or "").strip():
            return
        yield node


def _header(line: str) -> dict[str, str]:
    """Section, date, words and page of a header, in whatever order; absent when not there.

    >>> _header("International, jeudi 12 septembre 2024 543 mots, p. 4")
    {'date': '2024-09-12', 'words': '543', 'page': '4', 'section': 'International'}
    >>> _header("vendredi 20 octobre 2023 - 17:36 UTC +02:00 1162 mots")
    {'date': '2023-10-20', 'words': '1162'}
    """
    found = {}
    day, written = find_date(line)
    if day:
        found["date"] = day
        line = line.replace(written, "\n")
    line = _TIME.sub("\n", line)
    for name, pattern in (("words", _WORDS), ("page", _PAGE)):
        if match := pattern.search(line):
            found[name] = re.sub(r"\D", "", match[1]) if name == "words" else match[1].strip()
            line = f"{line[: match.start()]}\n{line[match.end() :]}"
    rest = (part.strip(" ,;-–") for part in line.split("\n"))
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


def _author_and_standfirst(document: Any) -> tuple[str, str]:
    """What stands between headline and text: told apart by class, else by form."""
    named = by_class(document, "docAuthors")
    author = " ".join(text_of(named[0]).split("\n")) if named else ""
    standfirst: list[str] = []
    plain = ""
    for node in _after_title(document):
        text = text_of(node)
        classes = (node.get("class") or "").lower().split()
        if not text or "docauthors" in classes or "rdp__subtitle" in classes:
            continue
        if "sm-margin-bottomnews" in classes:
            if node.tag == "p" and not named:
                author = " ".join(text.split("\n"))
        elif node.tag in ("b", "strong"):
            standfirst.append(text)
        elif node.tag in ("div", "p") and not classes:
            if _is_name(text) and not plain and not standfirst and not author:
                plain = " ".join(text.split("\n"))
            else:
                standfirst.append(text)
    return author or plain, "\n".join(standfirst)


def _is_name(line: str) -> bool:
    """Whether a line may be the author's: it is short, and no sentence."""
    return len(line) <= _LONGEST_AUTHOR and not line.endswith((".", "!", "?", "…", ":", "»"))


def _after_title(document: Any) -> list[Any]:
    """The elements from the headline to the text, without those inside of them."""
    titles = by_class(document, "titreArticle")
    if not titles:
        return []
    order = {node: place for place, node in enumerate(document.iter())}
    last = max(order[node] for node in titles[0].iter())
    starts = (order[n] for n in (*_bodies(document), *document.iter("section", "aside", "footer")))
    end = min((place for place in starts if place > last), default=len(order))
    found: list[Any] = []
    inside: set[Any] = set()
    for node, place in order.items():
        if last < place < end and local_name(node):
            if node not in inside:
                found.append(node)
            inside.update(node.iterdescendants())
    return found


def _above_title(document: Any) -> str:
    """A line of its own between header and headline: the section, or the kicker."""
    titles = by_class(document, "titreArticle")
    if not titles or local_name(titles[0].getparent()) != "header":
        return ""
    before = titles[0].getprevious()
    if before is None or local_name(before) != "div" or before.get("class"):
        return ""
    if _named(before) or by_class(before, "DocHeader"):
        return ""
    return " ".join(text_of(before).split("\n"))


def _kicker(document: Any) -> str:
    """The line above a headline, in the same box."""
    for box in by_class(document, "titreArticle"):
        for node in box.iter("p", "div"):
            classes = (node.get("class") or "").lower().split()
            if "titrearticlevisu" in classes:
                return ""
            if node is not box and {"sm-margin-bottom", "sm-margin-bottomnews"} & set(classes):
                return " ".join(text_of(node).split("\n"))
    return ""


def _boxes(document: Any) -> Iterator[str]:
    """The texts set beside the article, which stand in an aside among notes."""
    for aside in document.iter("aside"):
        text = text_of(aside, classes="apd-wrapper")
        for found in _BOX.finditer(text):
            end = _ASIDE_LABEL.search(text, found.end())
            yield text[found.end() : end.start() if end else len(text)].strip()


def _bodies(document: Any) -> list[Any]:
    return [*by_class(document, "docOcurrContainer"), *by_class(document, "DocText")]


def _text(document: Any) -> str:
    for node in [*_bodies(document), *document.iter("section")]:
        if text := text_of(node, drop=_NOT_TEXT, classes=_NOT_TEXT_CLASSES):
            return text
    return ""


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


def _take_original(document: Any) -> str:
    """The address of the original; the links to it are taken out, as they are no text."""
    links = [a for a in document.iter("a") if _ORIGINAL.search("".join(a.itertext()))]
    for link in links:
        link.text = None
        for node in list(link):
            link.remove(node)
    return next((link.get("href") or "" for link in links), "")
