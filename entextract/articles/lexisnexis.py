"""LexisNexis and Nexis Uni exports: text, HTML, and the paragraphs of a DOCX or RTF file.

Two layouts. In the old one, « 1 of 20 DOCUMENTS » opens each document, and labels in capitals stand
around the text. In that of Nexis Uni, « End of Document » closes each one, « Body » opens its text
and « Classification » its index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from entextract.articles.columns import Columns
from entextract.articles.dates import find_date
from entextract.articles.interface import File, Refused, Row, nothing_in
from entextract.articles.markup import html_tree, parts_of, text_of
from entextract.articles.paragraphs import blocks, documents, paragraphs
from entextract.records.nouns import Problem

HTML_START = re.compile(r"<DOC NUMBER=\d+>")
_NUMBERED = re.compile(
    r"\s*(?:(?:Document[oe]?|Dokument)\s+)?(\d+)\s+(?:of|sur|de|von|di|van)\s+\d+"
    r"(?:\s+(?:DOCUMENT(?:S|OS|I|EN)?|DOKUMENTEN?))?\s*",
    re.IGNORECASE,
)
_NAMED = re.compile("D(?:OCUM|OKUM)ENT", re.IGNORECASE)
_END = re.compile(r"\s*(?:End of Document|Fin du document|Ende des Dokuments?)\s*", re.IGNORECASE)
_BODY = re.compile("(?:Body|Corps(?: du texte)?|Texte? intégral|Volltext|Cuerpo)", re.IGNORECASE)
_LABEL = re.compile(r"([^\W\d_][\w -]{1,30}?)\s*:\s*(.*)", re.DOTALL)
_RIGHTS = re.compile(r"(?:copyright|©|\(c\))", re.IGNORECASE)
_COUNT = re.compile(r"\d[\d\s.,]*")
# labels by what they say: those of the interfaces in English, French, German, Spanish and Dutch
_LABELS = {
    "title": "headline titre überschrift",
    "standfirst": "highlight encart insert",
    "author": "byline auteur autor",
    "section": "section rubrique rubrik sección seccion",
    "words": "length longueur länge longitud lengte",
    "dateline": "dateline origine ort",
    "body": "body texte text",
    "url": "url",
    "date": "date publication-date date-publication",
}
_AFTER = """
    load-date date-chargement update language langue sprache idioma taal publication-type
    type-publication pub-type subject sujet geographic localisation-geo geo-localization geo company
    societe organization organisation person personne ticker symbole-boursier industry
    secteur-activite journal-code code-revue graphic illustration photo document-type type
    correction notes note copyright series journal_code code-journal isin city state country
    classification
"""
_FIELD = {label: name for name, labels in _LABELS.items() for label in labels.split()}
_TRAILING = frozenset(_AFTER.split())


def is_start(line: str) -> bool:
    """Whether a line opens a document of the old layout.

    >>> is_start("                1 of 20 DOCUMENTS"), is_start("Document 3 de 12")
    (True, True)
    """
    return bool(_NUMBERED.fullmatch(line) and _NAMED.search(line))


def is_end(line: str) -> bool:
    """Whether a line closes a document of Nexis Uni."""
    return bool(_END.fullmatch(line))


def numbered_documents(lines: Iterable[str]) -> Iterator[Row]:
    """The documents of a text in the old layout.

    Raises:
        Refused: a document is longer than any article.
    """
    for at, document in documents(lines, is_start):
        if is_start(document[0]):
            yield _numbered([" ".join(block) for block in blocks(document[1:])], str(at))


def ended_documents(lines: Iterable[str]) -> Iterator[Row]:
    """The documents of a text of Nexis Uni.

    Raises:
        Refused: a document is longer than any article.
    """
    for at, document in documents(lines, lambda line: False, is_end):
        if is_end(document[-1]):
            yield _ended([line.strip() for line in document[:-1]], str(at))


def read_lexisnexis_html(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The documents of an HTML export, one at a time."""
    number = 0
    for part in parts_of(file, HTML_START):
        if not HTML_START.match(part):
            continue
        number += 1
        try:
            lines = text_of(html_tree(f"<!-- {part}")).split("\n")
        except Refused as error:
            yield Problem(file.where, f"{file.where}:{number}", str(error), "refused")
            continue
        yield _numbered([line for line in lines if not is_start(line)], str(number))
    if not number:
        yield nothing_in(file)


def _label(line: str, *, capitals: bool) -> tuple[str, str]:
    """A label in lower case, and its value; empty if the line has none that is known."""
    if (found := _LABEL.match(line)) and (not capitals or found[1].isupper()):
        name = found[1].casefold()
        if name in _FIELD or name in _TRAILING:
            return name, found[2].strip()
    return "", ""


def _numbered(parts: Sequence[str], number: str) -> Row:
    """A document of the old layout: newspaper, date and headline, labels, the text, labels."""
    labels = [_label(part, capitals=True) for part in parts]
    first = next((n for n, (name, _) in enumerate(labels) if name), len(parts))
    head = [part for part in parts[:first] if not _RIGHTS.match(part)]
    dated = next((n for n, block in enumerate(head[:6]) if _opens_with_date(block)), -1)
    values = {"source": head[0] if head and dated != 0 else "", "title": "", "date": ""}
    start = 1
    if dated >= 0:
        values["date"] = find_date(head[dated])[0]
        title = head[1:dated] or head[dated + 1 : dated + 2]
        values["title"] = title[-1] if title else ""
        start = max(dated + 1, dated + 2 if not head[1:dated] else 0)
    elif len(head) > 1:
        values["title"], start = head[1], 2
    # without a label before the text, the text follows the headline
    leading = {"words", "author", "section", "title", "standfirst", "dateline", "body", "url"}
    body = list(head[start:]) if not any(_FIELD.get(name) in leading for name, _ in labels) else []
    return _of_labels(values, body, list(zip(parts, labels, strict=True))[first:], number)


def _of_labels(
    values: dict[str, str],
    body: list[str],
    rest: Iterable[tuple[str, tuple[str, str]]],
    number: str,
) -> Row:
    """Complete a document with its labelled blocks, and the text that stands between them."""
    found: dict[str, str] = {}
    after: dict[str, str] = {}
    over = False  # whether the text has ended
    for block, (name, value) in rest:
        if name in _TRAILING:
            over = over or bool(body)
            after.setdefault(name, value)
        elif _FIELD.get(name) == "body":
            body += [value] if value else []
        elif name and not over and not (body and _FIELD[name] == "date"):
            found.setdefault(_FIELD[name], value)
        elif _RIGHTS.match(block):
            over = over or bool(body)
            after.setdefault("rights", block.replace("\n", " "))
        elif not over and not name:
            body.append(block)
    return _row(values, body, found, after, number)


def _row(
    values: dict[str, str],
    body: Sequence[str],
    found: dict[str, str],
    after: dict[str, str],
    number: str,
) -> Row:
    standfirst = found.pop("standfirst", "")
    values["text"] = "\n".join(filter(None, body)) or standfirst
    heading = (standfirst,) if standfirst and any(body) else ()
    values["title"] = found.pop("title", "") or values["title"]
    values["url"] = found.pop("url", "")
    values["date"] = values["date"] or find_date(found.pop("date", ""))[0]
    if author := found.get("author", ""):
        found["author"] = author.strip(" ;,")
    if count := _COUNT.match(found.get("words", "")):
        found["words"] = "".join(char for char in count[0] if char.isdigit())
    meta = {**found, "standfirst": standfirst, "rights": after.get("rights", "")}
    for name in ("language", "langue", "sprache"):
        if name in after:
            meta.setdefault("language", after[name])
    one_line = {k: " ".join(v.split()) if k != "text" else v for k, v in values.items()}
    return Row(one_line, meta, number, heading=heading)


def _opens_with_date(line: str) -> bool:
    day, written = find_date(line)
    return bool(day) and len(line) < 100 and line.find(written) < 12


def _ended(lines: Sequence[str], number: str) -> Row:
    """A document of Nexis Uni: headline, newspaper and date, rights, labels, « Body », the text."""
    body_at = next((n for n, line in enumerate(lines) if _BODY.fullmatch(line)), len(lines))
    dates = (n for n in range(body_at - 1, -1, -1) if _opens_with_date(lines[n]))
    dated = next((n for n in dates if not _label(lines[n], capitals=False)[0]), -1)
    end = dated if dated >= 0 else _first_label(lines[:body_at])
    above = [line for line in lines[:end] if line][-2:]
    values = {
        "title": above[0] if len(above) > 1 else "",
        "source": above[-1] if above else "",
        "date": find_date(lines[dated])[0] if dated >= 0 else "",
    }
    between = [line for line in lines[dated + 1 : body_at] if line]
    rest = [(line, _label(line, capitals=False)) for line in between]
    found = {_FIELD[name]: value for _, (name, value) in rest if name in _FIELD}
    rights = next((line for line in between if _RIGHTS.match(line)), "")
    text, after = _body(lines[body_at + 1 :])
    return _row(values, text, found, {**after, "rights": rights}, number)


def _first_label(lines: Sequence[str]) -> int:
    """Where the labels of a header without a date begin."""
    for place, line in enumerate(lines):
        if _RIGHTS.match(line) or _label(line, capitals=False)[0]:
            return place
    return len(lines)


def _body(lines: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The paragraphs of the text, and the labels of the index that follows it."""
    end = len(lines)
    for place, line in enumerate(lines):
        name, value = _label(line, capitals=False)
        alone = line.casefold().rstrip(":") in _TRAILING
        if alone or (name in ("load-date", "date-chargement", "classification") and value):
            end = place
            break
    labels = (_label(line, capitals=False) for line in lines[end:])
    return paragraphs(lines[:end]), {name: value for name, value in labels if name}
