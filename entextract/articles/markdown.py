"""Markdown files: one article, its first headline the title, with what its front matter says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from entextract.articles import texts
from entextract.articles.columns import Columns
from entextract.articles.encoding import read_at_once
from entextract.articles.interface import LONGEST_TEXT, File, Refused, Row
from entextract.articles.markup import html_tree, text_of
from entextract.records.nouns import Problem

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FRONT_MATTER_TOML = re.compile(r"\ufeff?\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
_FOOTNOTE = re.compile(r"^\[\^[^\]\n]{1,50}\]:.*(?:\n[ \t]+.*)*|\[\^[^\]\n]{1,50}\]", re.MULTILINE)
_MOST_VALUES = 100  # of a list in the front matter: authors, themes


def read_markdown(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The article of a Markdown file."""
    refusal = f"more than {LONGEST_TEXT} characters: cut the file into articles first"
    source, notes = read_at_once(file.path, LONGEST_TEXT, refusal)
    record: dict[str, Any] = {}
    for opening, read in ((_FRONT_MATTER, _of_yaml), (_FRONT_MATTER_TOML, _of_toml)):
        if found := opening.match(source):
            record = {k: v for k, v in read(found[1]).items() if _is_plain(v)}
            source = source[found.end() :]
            break
    source = _FOOTNOTE.sub("", source)
    texts.refuse_export(source)
    tree = html_tree(f"<div>{_html(source)}</div>")
    headline = next(tree.iter("h1"), None)
    text = text_of(tree)
    row = Columns({}).row({**record, "text": text}, "")
    title = row.values.get("title") or ("" if headline is None else text_of(headline))
    yield Row({**row.values, "title": " ".join(title.split())}, row.meta, notes=notes)


def _html(source: str) -> str:
    from markdown_it import MarkdownIt  # slow to load

    try:
        return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(source))
    except (RecursionError, ValueError, IndexError) as error:
        raise Refused(f"Markdown that cannot be read: {error}; save it as plain text") from error


def _of_yaml(source: str) -> dict[str, Any]:
    import yaml

    try:
        found = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Refused(f"the front matter of this Markdown is no YAML: {error}") from error
    if not isinstance(found, dict):
        return {}
    return {str(name): value for name, value in found.items()}


def _of_toml(source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise Refused(f"the front matter of this Markdown is no TOML: {error}") from error


def _is_plain(value: Any) -> bool:
    """Whether a value holds no others but a short list: aliases of YAML may nest without end."""
    if isinstance(value, list):
        return len(value) <= _MOST_VALUES and not any(isinstance(v, list | dict) for v in value)
    return not isinstance(value, dict | set)
