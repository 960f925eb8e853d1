"""Articles that a program gives: what is meant is taken, what cannot be is named, and never stops.

``extract``, ``extract_corpus`` and ``read_corpus`` all ask here for their articles.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain, islice
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from entextract.articles.columns import plain
from entextract.articles.dates import iso_date
from entextract.articles.interface import LONGEST_TEXT
from entextract.articles.sources import is_frame, read_articles
from entextract.articles.stream import ArticleStream, free_id
from entextract.records.calendar import day_of
from entextract.records.cells import writable
from entextract.records.nouns import Action, Article, Problem

if TYPE_CHECKING:
    import pandas as pd

# a string among them is a text, or the name of a file: the caller knows which
Given: TypeAlias = "Iterable[Article | str | os.PathLike[str]] | Article | pd.DataFrame"

_TAKEN = (
    "give a list of Article, a list of texts, a DataFrame, or what read_articles gives for files"
)
_OF_NO_USE: tuple[tuple[Any, str], ...] = (
    (str, "for one text, a list of it; for a file, read_articles"),
    (os.PathLike, "for a file, read_articles"),
    (Mapping, "for texts by id, [Article(id=name, text=text) for name, text in texts.items()]"),
    (bytes | bytearray, "for one text, decode it and give a list of it"),
    (set | frozenset, "a set has no order: sort it to a list"),
)
_NAME_OF_FILE = 1000  # characters, beyond which no file has such a name


def articles_of(source: Any, strings: Literal["texts", "files"]) -> ArticleStream | GivenArticles:
    """What a caller gives, as articles with ids that differ and fields that are text.

    Args:
        source: articles, one article, texts, files, a DataFrame, or a stream of ``read_articles``.
        strings: what a string in it is.

    Raises:
        TypeError: it is nothing of these.
        FileNotFoundError: a file does not exist.

    >>> [(article.id, article.text) for article in articles_of(["Le Mali vote."], "texts")]
    [('article:1', 'Le Mali vote.')]
    """
    if isinstance(source, ArticleStream):
        return source
    if is_frame(source) or (strings == "files" and isinstance(source, str | os.PathLike)):
        return read_articles(source)
    if isinstance(source, Article):
        source = [source]
    _check_source(source)
    items = iter(source)
    first = list(islice(items, 1))
    if strings == "files" and first and isinstance(first[0], str | os.PathLike):
        return read_articles([*first, *items])
    if first and not (isinstance(first[0], Article | str) or _is_missing(first[0])):
        raise TypeError(f"articles[0] is {_said(first[0])}: {_TAKEN}")
    return GivenArticles(chain(first, items), source, strings)


def _check_source(source: Any) -> None:
    for kind, remedy in _OF_NO_USE:
        if isinstance(source, kind):
            raise TypeError(f"articles is {_said(source)}: {_TAKEN} ({remedy})")
    if hasattr(source, "read") or not hasattr(source, "__iter__"):
        raise TypeError(f"articles is {_said(source)}: {_TAKEN}")


class GivenArticles:
    """Articles as they are needed, which can be gone through once.

    Args:
        items: what was given.
        source: that gives them; its ``problems``, if it has any, are kept.
        strings: what a string among the items is.

    Attributes:
        problems: what was changed or left out, filled as articles go by.
    """

    def __init__(
        self, items: Iterator[Any], source: Any, strings: Literal["texts", "files"]
    ) -> None:
        self.problems: list[Problem] = []
        self._items, self._source, self._strings = items, source, strings
        self._taken: dict[str, int] = {}

    def __iter__(self) -> Iterator[Article]:
        for number, item in enumerate(self._items):
            if article := self._article(item, number):
                yield article
        self.problems += getattr(self._source, "problems", ())  # known when it has come to its end

    def _article(self, item: Any, number: int) -> Article | None:
        """An article, or None if there is nothing to read; what is wrong is noted."""
        where, default = f"articles[{number}]", f"article:{number + 1}"
        if isinstance(item, Article):
            wanted = writable(_text_of(item.id) or "")
        elif isinstance(item, str) and self._strings == "texts" and not _is_file(item):
            item, wanted = Article(default, item), default
        else:
            self._refuse(default, where, item)
            return None
        if not isinstance(item.text, str) or len(item.text) > LONGEST_TEXT:
            self._refuse(wanted or default, where, item.text)
            return None
        identifier = free_id(wanted or default, self._taken)
        if identifier != wanted:
            what = f"the id {wanted!r} is already taken" if wanted else "it has no id"
            self._note(identifier, where, f"{what}: this article is now {identifier!r}", "renamed")
        return self._with_texts(item, identifier, where)

    def _refuse(self, name: str, where: str, value: Any) -> None:
        """Say why a value is neither an article nor its text."""
        if _is_missing(value):
            self._note(name, where, "there is no text", "empty")
            return
        if not isinstance(value, str):
            reason = f"{_said(value)}: neither an article nor a text"
            if isinstance(value, bytes | bytearray):
                reason += "; decode it first"
        elif len(value) > LONGEST_TEXT:
            reason = f"a text of {len(value)} characters: this is no article; cut it first"
        else:
            reason = f"{_shown(value)} is the name of a file: read files with read_articles"
        self._note(name, where, reason, "refused")

    def _with_texts(self, article: Article, identifier: str, where: str) -> Article:
        """The article under its id, with fields that are text."""
        values, faults = _fields(article)
        if faults:
            reason = f"left out of it, for it is no text: {', '.join(faults)}"
            self._note(identifier, where, reason, "repaired")
        values |= {"id": identifier, "text": str.__str__(article.text)}
        same = all(getattr(article, name) is value for name, value in values.items())
        return article if same else replace(article, **values)

    def _note(self, article: str, where: str, reason: str, action: Action) -> None:
        self.problems.append(Problem(article, where, reason, action))


def _fields(article: Article) -> tuple[dict[str, Any], list[str]]:
    """The fields beside id and text, and what was left out of them."""
    values: dict[str, Any] = {}
    faults: list[str] = []
    for name in ("title", "date", "source", "url"):
        given = getattr(article, name)
        text = _day_of(given) if name == "date" else _text_of(given)
        values[name] = text or ""
        if text is None:
            faults.append(f"{name} ({_said(given)})")
    values["meta"] = _meta_of(article.meta, faults)
    return values, faults


def _meta_of(meta: Any, faults: list[str]) -> Mapping[str, str]:
    if not isinstance(meta, Mapping):
        if not _is_missing(meta):
            faults.append(f"meta ({_said(meta)})")
        return {}
    if all(type(name) is str and type(value) is str for name, value in meta.items()):
        return meta
    texts: dict[str, str] = {}
    for name, value in meta.items():
        if (text := _text_of(value, any_kind=True)) is None:
            faults.append(f"meta[{_shown(name)}] ({_said(value)})")
        else:
            texts[_text_of(name, any_kind=True) or ""] = text
    return texts


def _text_of(value: Any, *, any_kind: bool = False) -> str | None:
    """A value as text, or None if it cannot be; what is missing is empty.

    >>> _text_of(12.0), _text_of(None), _text_of(b"a"), _text_of(["Mali"], any_kind=True)
    ('12', '', None, '["Mali"]')
    """
    if isinstance(value, str):
        return str.__str__(value)  # numpy has strings of its own, which spaCy does not take
    if _is_missing(value):
        return ""
    if isinstance(value, bytes | bytearray | memoryview):
        return None
    if any_kind or isinstance(value, int | float):
        try:
            return plain(value)
        except Exception:  # whatever the value of another library raises
            return None
    return None


def _day_of(value: Any) -> str | None:
    """A date as ``YYYY-MM-DD``; a text that tells no day stays, another value is None.

    >>> _day_of(date(2024, 3, 9)), _day_of("9 mars 2024"), _day_of("hier"), _day_of(2024)
    ('2024-03-09', '2024-03-09', 'hier', None)
    """
    if isinstance(value, date) and not _is_missing(value):  # or a datetime, or of pandas
        return value.isoformat()[:10]
    text = _text_of(value, any_kind=True)
    if not text:
        return text
    if isinstance(value, str):
        return text if day_of(text) else iso_date(text) or text
    return iso_date(text) or None


def _is_missing(value: Any) -> bool:
    """Whether a value stands for none: None, NaN, and what pandas has for them."""
    if value is None or type(value).__name__ in ("NaTType", "NAType"):
        return True
    return isinstance(value, float) and isnan(value)


def _is_file(text: str) -> bool:
    return len(text) < _NAME_OF_FILE and os.path.isfile(text) and bool(Path(text).suffix)


def _said(value: Any) -> str:
    return f"of type {type(value).__name__}"


def _shown(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"
