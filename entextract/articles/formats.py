"""Which reader reads which file: its content decides, its extension where content cannot tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from entextract.articles import (
    archives,
    europresse,
    factiva,
    feeds,
    iramuteq,
    pages,
    parquet,
    readers,
)
from entextract.articles.columns import Columns, Reader
from entextract.articles.encoding import beginning
from entextract.articles.interface import File, Refused, Row
from entextract.records.nouns import Problem

_DEEPEST = 2  # archives inside archives
_HEAD = 2**20  # characters looked at; an export can open with long styles

_COMMENTS = re.compile(
    r"\s*(?:<\?[^>]*>|<!--.*?-->|<!DOCTYPE(?!\s+html)[^>\[]*(?:\[.*?\])?[^>]*>)", re.S | re.I
)
_ROOT = re.compile(r"\s*<!?(?:[\w.-]+:)?([\w.-]+)")
_TXM = re.compile(r"<(?:[\w.-]+:)?text\s[^<>]{0,500}?\w=")
_ARTICLE = re.compile(r"<article\b", re.IGNORECASE)

# a beginning that says the format, whatever the extension; the first that fits is the one
_BY_CONTENT: tuple[tuple[Callable[[str], bool], Reader], ...] = (
    (lambda head: _is_markup(head) and _holds_article(head), europresse.read_europresse),
    (lambda head: _is_markup(head) and _is_factiva(head), factiva.read_factiva),
    (lambda head: _root(head) in ("rss", "feed", "RDF"), feeds.read_feed),
    (lambda head: _is_xml(head) and bool(_TXM.search(head)), feeds.read_txm),
    (lambda head: _root(head).lower() in ("html", "head", "body", "doctype"), pages.read_page),
    (lambda head: head.startswith("****"), iramuteq.read_iramuteq),
)
# what the content does not tell
_BY_EXTENSION: dict[str, Reader] = {
    ".txt": readers.read_text,
    ".jsonl": readers.read_jsonl,
    ".ndjson": readers.read_jsonl,
    ".csv": readers.read_csv,
    ".tsv": readers.read_csv,
    ".html": pages.read_page,
    ".htm": pages.read_page,
    ".xhtml": pages.read_page,
}
_OTHERS = (".xml", ".rss", ".atom", ".parquet", ".zip", ".gz")
EXTENSIONS = (*_BY_EXTENSION, *_OTHERS)


def reader_of(file: File, depth: int = 0) -> Reader | None:
    """The reader of a file; None if it is of no known kind.

    Raises:
        OSError: it cannot be read.
    """
    with file.path.open("rb") as raw:
        magic = raw.read(4)
    if magic in (b"PK\x03\x04", b"PK\x05\x06") or magic[:2] == b"\x1f\x8b":
        if depth >= _DEEPEST:
            raise Refused("an archive in an archive in an archive: unpack it first")
        read = archives.read_gzip if magic[:2] == b"\x1f\x8b" else archives.read_zip
        return partial(read, reader_of=partial(reader_of, depth=depth + 1))
    extension = file.path.suffix.lower()
    if magic == b"PAR1" or extension == ".parquet":
        return parquet.read_parquet
    head = beginning(file.path, _HEAD)
    for fits, reader in _BY_CONTENT:
        if fits(head):
            return reader
    if extension in (".xml", ".rss", ".atom"):
        return _read_other_xml if head.strip() else readers.read_text
    if extension in (".zip", ".gz"):
        return _read_no_archive
    return _BY_EXTENSION.get(extension)


def is_read(path: Path) -> bool:
    """Whether a file found in a folder is to be read: its extension says so, else its content."""
    if path.suffix.lower() in EXTENSIONS:
        return True
    try:
        with path.open("rb") as raw:
            archive = raw.read(2) in (b"PK", b"\x1f\x8b")  # many formats are: only when named so
        return not archive and reader_of(File(path, "")) is not None
    except (OSError, Refused):
        return False


def is_one_article(path: Path) -> bool:
    """Whether a file holds one article at most, as far as its beginning tells."""
    if path.suffix.lower() != ".txt":
        return False
    try:
        return reader_of(File(path, "")) is readers.read_text
    except (OSError, Refused):
        return True


def read_file(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The articles of a file of any kind that is read."""
    reader = reader_of(file)
    if reader is None:
        kind = PurePosixPath(file.where).suffix
        raise Refused(f"files of the kind {kind!r} are not read; {what_is_read()}")
    yield from reader(file, columns)


def what_is_read() -> str:
    """For messages."""
    return f"what is read: {', '.join(EXTENSIONS)}"


def _read_other_xml(file: File, columns: Columns) -> Iterator[Row | Problem]:
    raise Refused("XML of an unknown kind; RSS, Atom and TXM are read")


def _read_no_archive(file: File, columns: Columns) -> Iterator[Row | Problem]:
    raise Refused(f"this is no {file.path.suffix} archive, whatever its name says")


def _is_markup(head: str) -> bool:
    return head.lstrip().startswith("<")


def _is_xml(head: str) -> bool:
    return _is_markup(head) and _root(head).lower() not in ("html", "doctype", "svg")


def _root(head: str) -> str:
    """Name of the first element, without its namespace; « doctype » for that of HTML."""
    at = 0
    while found := _COMMENTS.match(head, at):
        at = found.end()
    root = _ROOT.match(head, at)
    return root[1] if root else ""


def _holds_article(head: str) -> bool:
    return bool(_ARTICLE.search(head) and europresse.MARKS.search(head))


def _is_factiva(head: str) -> bool:
    return bool(factiva.START.search(head) and factiva.MARKS.search(head))
