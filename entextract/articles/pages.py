"""Saved web pages, of which trafilatura finds the article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from entextract.articles.columns import Columns
from entextract.articles.encoding import read_at_once
from entextract.articles.interface import File, Refused, Row
from entextract.articles.markup import LARGEST_PAGE, html_tree
from entextract.articles.page_authors import is_signature
from entextract.articles.page_body import BELIEVED, body_lines
from entextract.articles.page_claims import Claims, claims_of
from entextract.articles.page_heading import headline_of, standfirst_of, title_of
from entextract.articles.page_lines import Line, page_lines, words_of
from entextract.records.nouns import Problem
from entextract.tables.known_lines import is_boilerplate

_MOST_ELEMENTS = 200_000  # trafilatura takes minutes for a million
_SILENT = [
    "button",
    "canvas",
    "iframe",
    "link",
    "meta",
    "noscript",
    "script",
    "select",
    "style",
    "svg",
    "template",
]
_BESIDE = ["aside", "dialog", "figure", "footer", "menu", "nav"]
_FEW = 60  # words, below which the slow way is tried
_CUT = 0.75  # of the words that the page declares, below which its text is cut
_SAVE_IT = "save it again as a subscriber, or take it from a press database"
_BEGINNING = 300  # words that a page for subscribers may show and declare, and be cut
_BELOW = 4  # lines after the text, among which a page says that it is for subscribers
_LESS = 0.7  # of the words of another text, below which that one is taken


def read_page(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The article of a web page, with what the page says of it; comments are left out."""
    refusal = f"a page of more than {LARGEST_PAGE} characters: no article"
    source, notes = read_at_once(file.path, LARGEST_PAGE, refusal)
    tree = html_tree(source)
    elements = list(tree.iter())  # held, for lxml makes them anew at each use of others
    if len(elements) > _MOST_ELEMENTS:
        raise Refused(f"a page of more than {_MOST_ELEMENTS} elements: no article")
    claims = claims_of(tree)
    lines = page_lines(tree)
    headline = headline_of(lines, claims.headline or claims.title)
    day = claims.day or _guessed_day(tree, claims.url)
    _prepare(tree, headline[-1].block if headline else None)
    proposed = _proposed(tree, fast=True)
    body = body_lines(lines, headline, proposed, claims.body)
    if sum(len(line.words) for line in body) < _FEW:
        proposed = _proposed(tree, fast=False)
        body = body_lines(lines, headline, proposed, claims.body)
    standfirst = standfirst_of(lines, headline, body, claims.description)
    shown = " ".join(line.text for line in headline)
    title = title_of(shown, claims.headline) or claims.title
    above = {line.words for line in (*headline, *standfirst)} | {words_of(title)}
    text = [
        line.text
        for line in body
        if line.words not in above and not is_signature(line.text, claims.authors)
    ]
    other = _much_longer(text, claims.body)
    if other:
        text = other
        standfirst = standfirst_of(lines, headline, [], claims.description)
    there = {words_of(line) for line in text}
    lead = [line.text for line in standfirst if line.words not in there]
    if error := next((t for t in (shown, claims.title) if is_boilerplate(t, "error")), ""):
        reason = f"a page of an error of the site ({error!r}), no article"
        yield Problem(file.where, file.where, reason, "empty")
        return
    if not text and not lead:
        yield Problem(file.where, file.where, "no article found in this page", "empty")
        return
    values = {
        "text": "\n".join(text) if text else "\n".join(lead),
        "title": title,
        "date": day,
        "source": claims.source,
        "url": claims.url,
    }
    read, missing = _what_is_read(text, claims, closed=claims.closed or _is_closed(lines, body))
    meta = {
        "author": "; ".join(claims.authors),
        "section": claims.section,
        "tags": claims.tags,
        "description": claims.description,
        "standfirst": " ".join(lead),
        "read": read,
        "text_from": "declared" if other else "shown",
    }
    heading = tuple(line for line in (shown or title, *(lead if text else ())) if line)
    yield Row(values, meta, notes=notes, heading=heading, missing=missing)


def _is_closed(lines: list[Line], body: list[Line]) -> bool:
    """Whether the page says, just below its text, that the rest is for subscribers."""
    after = lines.index(body[-1]) + 1 if body else 0
    return any(is_boilerplate(line.text, "closed") for line in lines[after : after + _BELOW])


def _what_is_read(text: list[str], claims: Claims, *, closed: bool) -> tuple[str, str]:
    """How much of the article was read, and a line for the report if that is not all."""
    if not text:
        return "standfirst only", f"only the standfirst is in this page; {_SAVE_IT}"
    size = sum(len(words_of(line)) for line in text)
    declared = len(words_of(claims.body))
    whole = max(declared if declared >= BELIEVED else 0, claims.words)
    if size < _CUT * whole:
        return "cut", f"{size} words read of the {whole} that the page declares; {_SAVE_IT}"
    if closed and (not whole or size < _BEGINNING):
        return "cut", f"the page says that it is for subscribers: it may be cut; {_SAVE_IT}"
    return "whole", ""


def _much_longer(text: list[str], said: str) -> list[str]:
    """The lines of the text that the page declares, if much of it is not shown."""
    if sum(len(words_of(line)) for line in text) >= _LESS * len(words_of(said)):
        return []
    return [line for line in said.split("\n") if line and not is_boilerplate(line)]


def _prepare(tree: Any, title: Any) -> None:
    """Make the work of trafilatura easier, which copies the tree again and again.

    What holds the title is no part beside the article, though a tag that was never closed may say
    so.
    """
    etree.strip_elements(tree, *_SILENT, with_tail=False)
    for element in title.iterancestors(*_BESIDE) if title is not None else ():
        element.tag = "div"


def _proposed(tree: Any, *, fast: bool) -> str:
    """The text that trafilatura finds, with or without the other extractors that it knows."""
    from trafilatura import bare_extraction  # slow to load

    try:
        page: Any = bare_extraction(tree, fast=fast, favor_recall=fast, include_comments=False)
    except (RecursionError, ValueError, AttributeError, TypeError, etree.LxmlError) as error:
        raise Refused(f"a page that cannot be read: {type(error).__name__}: {error}") from error
    return (page.text or "") if page else ""


def _guessed_day(tree: Any, url: str) -> str:
    """A day that the page shows; the first of January is that of a copyright year."""
    from htmldate import find_date  # slow to load

    try:
        day = find_date(tree, url=url or None, original_date=True) or ""
    except (RecursionError, ValueError, AttributeError, TypeError, etree.LxmlError):
        return ""
    return "" if day.endswith("-01-01") else day
