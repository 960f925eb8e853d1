"""What a web page says of its article: JSON-LD, Open Graph, ``meta`` elements, ``itemprop``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from entextract import tables
from entextract.articles.page_authors import names_of, shown_authors

_ARTICLE = re.compile(r"(?:article|posting|report)$", re.IGNORECASE)
_DAY = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?!\d)")
_TAGS = re.compile(r"<(?:br|/p|/div|/li|/h\d)\b[^<>]*>|(<[^<>]*>)", re.IGNORECASE)
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|(?://)?\s*\]\]>)\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_DEEPEST = 6  # levels of JSON-LD in which an article is looked for
_SITE = re.compile(r"^(?:www|m|amp|mobile)\.")
_HOST = re.compile(r"(?:www\.)?[\w-]+\.(?:com|fr|be|ch|ca|net|org|info|sn|ma|eu|lu)", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}-01-01")  # without an hour: what stands for a year
_DOMAIN = re.compile(r"\.(?:com|fr|be|ch|ca|net|org|info|sn|ma|eu|lu)$", re.IGNORECASE)

_DATE_NAMES = [
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "date.publication",
    "publication_date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "date",
]
_AUTHOR_NAMES = [
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "byl",
]
_DESCRIPTION_NAMES = ["og:description", "description", "twitter:description", "dc.description"]
_PUBLISHER_NAMES = ["og:site_name", "publisher", "dc.publisher", "application-name"]


@dataclass(frozen=True, slots=True)
class Claims:
    """What a page says of its article; what it does not say is empty.

    Attributes:
        headline: its title in JSON-LD.
        title: its title elsewhere, without the name of the site.
        description: what it says in a sentence or two, often the standfirst.
        body: its whole text, lines ended by ``\\n``.
        words: how many words it has, 0 if the page does not say.
        authors: who signed it.
        day: of publication, ``YYYY-MM-DD``.
        source: the newspaper or site.
        url: its address.
        section: the part of the newspaper; several are joined by ``; ``.
        tags: its key words, joined by ``; ``.
        closed: whether it is for subscribers.
    """

    headline: str = ""
    title: str = ""
    description: str = ""
    body: str = ""
    words: int = 0
    authors: tuple[str, ...] = ()
    day: str = ""
    source: str = ""
    url: str = ""
    section: str = ""
    tags: str = ""
    closed: bool = False


def claims_of(tree: Any) -> Claims:
    """What a page says of its article.

    >>> from entextract.articles.markup import html_tree
    >>> head = '<meta property="og:title" content="Un titre"><meta name="author" content="A. Sarr">'
    >>> claims = claims_of(html_tree(f"<html><head>{head}</head></html>"))
    >>> claims.title, claims.authors
    ('Un titre', ('A. Sarr',))
    """
    metas = _metas(tree)
    article = _json_article(tree)
    url = _url(tree, metas, article)
    publisher = article.get("publisher")
    named = _text(publisher.get("name") if isinstance(publisher, Mapping) else publisher)
    source = source_name(named or _first(metas, _PUBLISHER_NAMES), url)
    sections = article.get("articleSection")
    section = _first(metas, ["article:section"]) or "; ".join(_texts(sections))
    authors = names_of(_author_names(article.get("author")), source)
    if not authors:
        authors = names_of(metas.get("author", ()), source, trusted=False) or names_of(
            [value for name in _AUTHOR_NAMES for value in metas.get(name, ())],
            source,
            trusted=False,
        )
    if not authors:
        authors = shown_authors(tree, source)
    return Claims(
        headline=without_site(_text(article.get("headline")), named),
        title=_title(tree, metas, named),
        description=_text(article.get("description")) or _first(metas, _DESCRIPTION_NAMES),
        body=_lines(article.get("articleBody")),
        words=_number(article.get("wordCount")),
        authors=authors,
        day=_day(tree, metas, article),
        source=source,
        url=url,
        section=section,
        tags="; ".join(dict.fromkeys([*metas.get("keywords", ()), *metas.get("article:tag", ())])),
        closed=_is_closed(article, metas),
    )


# ---- JSON-LD


def _json_article(tree: Any) -> dict[str, Any]:
    """What JSON-LD says of the article; what one node lacks, the next ones may say."""
    said: dict[str, Any] = {}
    known: dict[str, Any] = {}
    found = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            for node in _nodes(_loaded(script.text), 0):
                if isinstance(node.get("@id"), str) and len(node) > 1:
                    known.setdefault(node["@id"], node)
                if _is_article(node):
                    found.append(node)
    for node in found:
        if said.get("headline") and node.get("headline") not in (None, said["headline"]):
            continue  # another article
        for name, value in node.items():
            if value not in (None, "", [], {}):
                said.setdefault(name, value)
    for name in ("author", "publisher"):
        said[name] = _resolved(said.get(name), known)
    return said


def _loaded(text: str) -> Any:
    text = _WRAPPING.sub("", text)
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD that stand for themselves, not in a list of other articles."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(value.get(name), depth + 1)


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in kinds)


def _resolved(value: Any, known: Mapping[str, Any]) -> Any:
    """A value in whose place the page gives only an identifier."""
    if isinstance(value, list):
        return [_resolved(item, known) for item in value]
    if isinstance(value, dict) and "name" not in value:
        return known.get(str(value.get("@id")), value)
    return value


def _author_names(value: Any) -> list[str]:
    names = []
    for author in value if isinstance(value, list) else [value]:
        if isinstance(author, Mapping):
            name = author.get("name")
            if not name and author.get("familyName"):
                name = f"{author.get('givenName') or ''} {author['familyName']}"
            names.extend(_texts(name))
        else:
            names.extend(_texts(author))
    return names


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for item in values if (text := _text(item))]


def _text(value: Any) -> str:
    """A value as one line of text.

    >>> _text("L&#39;eau&nbsp;<b>monte</b>")
    "L'eau monte"
    """
    return " ".join(_lines(value).split()) if isinstance(value, str) else ""


def _lines(value: Any) -> str:
    """A value as lines of text, its markup and entities resolved."""
    if isinstance(value, list):
        return "\n".join(_lines(item) for item in value if isinstance(item, str))
    if not isinstance(value, str):
        return ""
    if "&" in value:
        value = unescape(unescape(value))  # many pages escape twice
    if "<" in value:
        value = _TAGS.sub(lambda tag: "" if tag[1] else "\n", value)
    lines = (" ".join(line.split()) for line in value.splitlines())
    return "\n".join(line for line in lines if line)


def _number(value: Any) -> int:
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _is_closed(article: Mapping[str, Any], metas: Mapping[str, list[str]]) -> bool:
    free = article.get("isAccessibleForFree")
    tier = _first(metas, ["article:content_tier"]).lower()
    return free is False or str(free).lower() == "false" or tier in ("locked", "metered")


# ---- other claims


def _metas(tree: Any) -> dict[str, list[str]]:
    """The contents of ``meta`` elements by name, in small letters."""
    found: dict[str, list[str]] = {}
    for node in tree.iter("meta"):
        content = " ".join(unescape(node.get("content") or "").split())
        if content:
            for kind in ("property", "name", "itemprop"):
                if name := (node.get(kind) or "").strip().lower():
                    found.setdefault(name, []).append(content)
    return found


def _first(metas: Mapping[str, list[str]], names: list[str]) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _title(tree: Any, metas: Mapping[str, list[str]], site: str) -> str:
    title = _first(metas, ["og:title", "twitter:title", "headline", "dc.title"])
    if not title:
        named = (node.text for node in tree.iter("title") if node.text)
        title = " ".join(next(named, "").split())
    return without_site(title, _first(metas, ["og:site_name"]) or site)


def without_site(title: str, site: str) -> str:
    """A title without the name of the site after it.

    >>> without_site("Le port rouvre - Le Pli", "Le Pli.fr")
    'Le port rouvre'
    """
    before, dash, after = title.rpartition(" - ") if " - " in title else title.rpartition(" | ")
    if dash and _HOST.fullmatch(after.strip()):
        return before.strip()
    if dash and site and _bare(after) in (_bare(site), _bare(_DOMAIN.sub("", site))):
        return before.strip()
    return title


def _bare(name: str) -> str:
    return re.sub(r"\W", "", _DOMAIN.sub("", name.strip())).casefold()


def _day(tree: Any, metas: Mapping[str, list[str]], article: Mapping[str, Any]) -> str:
    """The day that the page declares; a copyright year is none."""
    declared = [str(article.get("datePublished") or ""), str(article.get("dateCreated") or "")]
    metas_said = (value for name in _DATE_NAMES for value in metas.get(name, ()))
    declared += [value for value in metas_said if not _YEAR.fullmatch(value.strip())]
    for text in declared:
        if found := _DAY.match(text):
            return found[1]
    for node in tree.iter("time", "span", "div", "p"):
        if node.get("itemprop") == "datePublished" or node.get("pubdate") is not None:
            found = _DAY.match(node.get("datetime") or node.get("content") or "")
            if found:
                return found[1]
    return ""


def _url(tree: Any, metas: Mapping[str, list[str]], article: Mapping[str, Any]) -> str:
    links = [
        link.get("href") or ""
        for link in tree.iter("link")
        if (link.get("rel") or "").strip().lower() == "canonical"
    ]
    page = article.get("mainEntityOfPage")
    page = page.get("@id") if isinstance(page, Mapping) else page
    for url in (*metas.get("og:url", ()), *links, article.get("url"), page):
        if isinstance(url, str) and url.strip().lower().startswith(("http://", "https://")):
            return url.strip()
    return ""


def source_name(said: str, url: str) -> str:
    """The newspaper or site, by the table, else as the page names it, else its host.

    >>> source_name("Le Monde.fr", "https://www.lemonde.fr/a"), source_name("", "http://www.a.org")
    ('Le Monde', 'a.org')
    """
    try:
        host = _SITE.sub("", (urlsplit(url).hostname or "").lower())
    except ValueError:
        host = ""
    parts = host.split(".")
    known = tables.sites()
    for at in range(len(parts) - 1):
        if name := known.get(".".join(parts[at:])):
            return name
    said = said.lstrip("@").strip()
    if said.startswith(("http://", "https://")):
        said = ""
    return _DOMAIN.sub("", said) if " " in said else said or host
