"""Obvious columns: which one holds which field, and its values as strings and dates."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from math import isnan
from typing import Any, TypeAlias

from entextract.articles.dates import iso_date
from entextract.articles.interface import File, Refused, Row
from entextract.articles.markup import html_tree, text_of
from entextract.records.nouns import Problem

# the names by which a column is known without being told, the likeliest first: French, English,
# and those of the tools that write articles (trafilatura, news-please, newspaper, fundus, minet,
# Media Cloud, Europarser, GarganText, Omeka)
_ALIASES = {
    "text": "text texte plaintext plain_text maintext main_text contenu content full_text fulltext "
    "texte_integral texte_complet texte_article articlebody article_body article_text body "
    "body_text corps corps_texte corps_article contenu_article article_content text_content "
    "story_text clean_text texte_nettoye texte_brut texte_ocr transcription article abstract "
    "raw_text raw_content",
    "id": "id identifiant doc_id article_id id_article document_id stories_id story_id identifier "
    "uid uuid guid",
    "title": "title titre headline titre_article article_title extracted_title intitule",
    "date": "date date_publication publication_date date_publish publish_date "
    "publishing_date published published_at publishedat datepublished date_published pubdate "
    "pub_date date_parution parution date_article issued created_at created",
    "source": "dcterms_publisher dc_publisher dublin_core_publisher source journal media newspaper "
    "publication sitename site_name source_hostname meta_site_name media_name source_name "
    "publisher nom_journal nom_media nom_source titre_journal titre_presse newspaper_name support "
    "outlet journal_clean source_domain hostname domain source_url media_url",
    "url": "url lien link permalink canonical_url canonical_link original_url article_url "
    "lien_article page_url adresse adresse_web uri",
}
# what other readers call so in ``Article.meta``
_META = {
    "author": "author authors auteur auteurs byline creator signature journaliste journalistes",
    "standfirst": "chapo chapeau standfirst lead lede",
}
# a date in three columns
_PARTS = {
    "day": "jour day publication_day",
    "month": "mois month publication_month",
    "year": "annee year publication_year an",
}
_PREFIX = re.compile("(?:dc|dcterms|dublin_core|bibo|schema|o|item_type_metadata)_")
_SMALL_WORDS = re.compile("_(?:de|du|des|d|la|le|l)(?=_)")  # « date de parution »
_MARKUP = re.compile(
    r"</(?:p|div|span|strong|em|b|i|a|h[1-6]|li|ul|figure|blockquote)\s*>|<br\s*/?>"
)
_HOLDERS = ("name", "rendered", "main")  # WordPress, the New York Times
_URL = re.compile(r"https?://([^/\s?#]+)\S*", re.IGNORECASE)
_BULKY = frozenset({"html", "raw_html", "raw_text", "raw_content"})  # the article once more
_NAME_SHOWN = 100  # characters of a column name in a message: a text may stand in its place


class Columns:
    """Which column holds which field: as the caller says, else by its name."""

    def __init__(self, named: Mapping[str, str | None]) -> None:
        self.named = {name: column for name, column in named.items() if column is not None}
        self.met: set[str] = set()  # fields whose named column was seen
        self.seen: dict[str, None] = {}  # every column, in order of appearance
        self._found: dict[tuple[str, ...], dict[str, list[str]]] = {}

    def find(self, names: Iterable[str]) -> dict[str, str]:
        """The likeliest column of each field among these names.

        Raises:
            Refused: there is no column for the text.
        """
        return {field_name: columns[0] for field_name, columns in self._candidates(names).items()}

    def knows_text(self, names: Iterable[str]) -> bool:
        """Whether one of these names is that of a column of texts."""
        return "text" in self._match(tuple(names))

    def is_header(self, names: Iterable[str]) -> bool:
        """Whether these are names of columns: of texts and of another field, and few are not."""
        names = tuple(names)
        found = self._match(names)
        return "text" in found and len(found) > 1 and len(found) >= len(names) / 4

    def _candidates(self, names: Iterable[str]) -> dict[str, list[str]]:
        names = tuple(names)
        if names not in self._found:
            self._found[names] = self._match(names)
            self.seen.update(dict.fromkeys(names))
            self.met.update(self.named.keys() & self._found[names].keys())
        if "text" not in self._found[names]:
            raise Refused(self.missing("text", names))
        return self._found[names]

    def _match(self, names: tuple[str, ...]) -> dict[str, list[str]]:
        by_key = {_key(name): name for name in reversed(names)}
        by_key = {_PREFIX.sub("", key, count=1): name for key, name in by_key.items()} | by_key
        found = {}
        for field_name, aliases in {**_ALIASES, **_META, **_PARTS}.items():
            wanted = self.named.get(field_name)
            if wanted in names:
                found[field_name] = [wanted]
                continue
            keys = aliases.split() if wanted is None else [_key(wanted)]
            if columns := dict.fromkeys(by_key[key] for key in keys if key in by_key):
                found[field_name] = list(columns)
        return found

    def row(self, record: Mapping[str, Any], line: str) -> Row:
        """A record of a table as a row; what is no field of an article goes to ``meta``.

        Raises:
            Refused: there is no text column, or it holds something else than text.

        >>> record = {"texte": "Le Togo vote.", "annee": 2024, "mois": 9, "jour": 12}
        >>> Columns({}).row(record, "1").values["date"]
        '2024-09-12'
        """
        found = self._candidates(record)
        used: set[str] = set()
        values = {"text": self._text(record, found["text"], used)}
        for field_name in ("id", "title", "url", *_META):
            if field_name in found:
                values[field_name] = _first(record, found[field_name], used)
        if "source" in found:
            self._source(record, found["source"], values, used)
        values["date"] = _date(record, found, used)
        meta = {name: values.pop(name) for name in _META if values.get(name)}
        for name, value in record.items():
            if name not in used and _key(name) not in _BULKY:
                meta.setdefault(name, plain(value))
        standfirst = meta.get("standfirst", "")
        above = (standfirst,) if standfirst and standfirst not in values["text"] else ()
        heading = above if values["text"].strip() else ()
        return Row({k: v for k, v in values.items() if k not in _META}, meta, line, heading=heading)

    def _text(self, record: Mapping[str, Any], columns: list[str], used: set[str]) -> str:
        for column in columns:
            text = _joined_text(record[column])
            if text is None:
                kind = type(record[column]).__name__
                raise Refused(f"column {column!r} holds a value of type {kind}, not a text")
            if text.strip():
                used.add(column)
                return text_of(html_tree(f"<div>{text}</div>")) if _MARKUP.search(text) else text
        used.add(columns[0])
        return ""

    def _source(
        self, record: Mapping[str, Any], columns: list[str], values: dict[str, str], used: set[str]
    ) -> None:
        """The first column that holds a name; the « source » of trafilatura is an address."""
        host = ""
        for column in columns:
            value = _named(record[column]).strip()
            address = _URL.fullmatch(value)
            if not address or "source" in self.named:
                if value:
                    used.add(column)
                    values["source"] = value
                    return
            elif _key(column) == "source" and not values.get("url"):
                used.add(column)
                values["url"] = value
            else:
                host = host or address[1]
        values["source"] = host

    def missing(self, field_name: str, names: Iterable[str]) -> str:
        """What to say when no column holds a field."""
        wanted = self.named.get(field_name)
        what = f"no column for the {field_name}" if wanted is None else f"no column {wanted!r}"
        seen = ", ".join(_shown(name) for name in names) or "none"
        option = f"{field_name}_column (--{field_name}-column)"
        return f"{what}; columns seen: {seen}; name the right one with {option}"


def _shown(name: str) -> str:
    return name if len(name) <= _NAME_SHOWN else f"{name[:_NAME_SHOWN]}…"


def _first(record: Mapping[str, Any], columns: list[str], used: set[str]) -> str:
    """The first value that is there."""
    for column in columns:
        if value := _named(record[column]):
            used.add(column)
            return value
    used.add(columns[0])
    return ""


def _date(record: Mapping[str, Any], found: Mapping[str, list[str]], used: set[str]) -> str:
    """The first column that holds a date that is understood; else a date in three columns."""
    for column in found.get("date", ()):
        if iso_date(value := plain(record[column])):
            used.add(column)
            return value
    if found.keys() >= _PARTS.keys():
        values = (plain(record[found[part][0]]).removesuffix(".0") for part in _PARTS)
        parts = " ".join(value.zfill(2) for value in values)
        if day := iso_date(parts):
            return day
    return _first(record, found["date"], used) if "date" in found else ""


def _joined_text(value: Any) -> str | None:
    """A text, that of WordPress, or the summary and sections of fundus joined; else None.

    >>> _joined_text({"summary": ["Un."], "sections": [{"headline": [], "paragraphs": ["Deux."]}]})
    'Un.\\nDeux.'
    """
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, float) and isnan(value):
        return ""
    if isinstance(value, dict) and isinstance(value.get("rendered"), str):
        return str(value["rendered"])
    if isinstance(value, dict) and isinstance(value.get("sections"), list):
        parts = [value.get("summary") or []]
        for section in value["sections"]:
            if isinstance(section, dict):
                parts += [section.get("headline") or [], section.get("paragraphs") or []]
        lines = (line for part in parts if isinstance(part, list) for line in part)
        return "\n".join(line for line in lines if isinstance(line, str))
    return None


def _named(value: Any) -> str:
    """A value as a string; of objects their name, and lists joined.

    >>> _named([{"@type": "Person", "name": "Awa Sarr"}, "Moussa Traoré"])
    'Awa Sarr; Moussa Traoré'
    """
    if isinstance(value, dict):
        named = next((value[key] for key in _HOLDERS if isinstance(value.get(key), str)), "")
        if named:
            return text_of(html_tree(f"<div>{named}</div>")) if "&" in named else str(named)
    if isinstance(value, list):
        return "; ".join(filter(None, (_named(part) for part in value)))
    return plain(value)


def set_apart(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Names of columns, each one once; and what to say of those that stood twice.

    >>> set_apart(["texte", "date", "texte"])[0]
    ['texte', 'date', 'texte#2']
    """
    met: Counter[str] = Counter()
    apart, notes = [], []
    for name in names:
        met[name] += 1
        new = f"{name}#{met[name]}" if name and met[name] > 1 else name
        if new != name:
            notes.append(f"several columns are called {name!r}: one more is read as {new!r}")
        apart.append(new)
    return apart, notes


def plain(value: Any) -> str:
    """A value of a table as a string; what is missing becomes empty.

    >>> [plain(value) for value in (None, 12.0, 0.5, ["Lagos", "Paris"])]
    ['', '12', '0.5', '["Lagos", "Paris"]']
    """
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, float):
        if isnan(value):
            return ""
        # pandas turns integers to floats where one is missing
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, list | dict):
        if not value:
            return ""
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


@lru_cache(maxsize=1000)
def _key(column: str) -> str:
    """A column name as it is compared.

    >>> _key(" Date de Publication"), _key("Média")
    ('date_publication', 'media')
    """
    letters = unicodedata.normalize("NFKD", column.casefold())
    bare = "".join(char for char in letters if not unicodedata.combining(char))
    return _SMALL_WORDS.sub("", re.sub(r"\W+", "_", bare).strip("_"))


Reader: TypeAlias = Callable[[File, Columns], Iterator[Row | Problem]]
