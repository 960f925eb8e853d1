"""Messages (EML, MBOX) and pages saved as one file (MHTML): newsletters, alerts, sent articles."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from functools import partial
from pathlib import Path

from entextract.articles import texts
from entextract.articles.columns import Columns, Reader
from entextract.articles.interface import LONGEST_TEXT, File, Refused, Row, nothing_in
from entextract.articles.markup import html_tree, text_of
from entextract.articles.paragraphs import paragraphs
from entextract.records.nouns import Problem

_LARGEST = 2**26  # bytes of one message, with what is attached
_FROM = re.compile(rb"From \S+.*\d{4}\r?\n?$")
# a beginning that shows a mailbox, or a message: three lines of a header
MBOX = re.compile(r"From \S+ .*\d{4}[^\n]*\n(?:>?[\w-]+:|\s)")
MESSAGE = re.compile(
    r"(?:(?:Return-Path|Received|Delivered-To|From|To|Cc|Date|Subject|Message-ID|MIME-Version"
    r"|Content-[\w-]+|Reply-To|List-[\w-]+|DKIM-Signature|X-[\w-]+|Snapshot-Content-Location)"
    r":[^\n]*\n(?:[ \t]+[^\n]*\n)*){3}",
    re.IGNORECASE,
)


def read_message(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """One message."""
    with file.path.open("rb") as stream:
        data = stream.read(_LARGEST + 1)
    yield _row(data, "")


def read_mailbox(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The messages of a mailbox, one at a time."""
    number = 0
    for number, data in enumerate(_messages(file.path), start=1):
        try:
            yield _row(data, str(number))
        except Refused as error:
            yield Problem(file.where, f"{file.where}:{number}", str(error), "refused")
    if not number:
        yield nothing_in(file)


def _messages(path: Path) -> Iterator[bytes]:
    """The messages of a mailbox: a line « From » after a blank one opens each."""
    lines: list[bytes] = []
    size, blank, opened = 0, True, False
    with path.open("rb") as stream:
        for line in iter(partial(stream.readline, 2**20), b""):
            if blank and _FROM.match(line):
                if opened:
                    yield b"".join(lines)
                lines, size, opened = [], 0, True
            elif size <= _LARGEST:  # what is longer is refused, not kept
                lines.append(line[1:] if line.startswith(b">From ") else line)
                size += len(line)
            blank = not line.strip()
    if opened:
        yield b"".join(lines)


def _row(data: bytes, number: str) -> Row:
    if len(data) > _LARGEST:
        raise Refused(f"a message of more than {_LARGEST} bytes: save its text alone")
    message = _parsed(data)
    text = _text(message)
    if len(text) > LONGEST_TEXT:
        raise Refused(f"a message of {len(text)} characters: longer than any article")
    texts.refuse_export(text)
    name, address = parseaddr(_header(message, "From"))
    values = {
        "text": text,
        "title": _header(message, "Subject"),
        "date": _header(message, "Date"),
        "source": name or address,
        "id": _header(message, "Message-ID").strip("<> "),
    }
    return Row(values, {}, number)


def _parsed(data: bytes) -> EmailMessage:
    try:
        return BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    except (MessageError, ValueError, LookupError, RecursionError, AttributeError) as error:
        raise Refused(f"a message that cannot be read: {error}") from error


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError):
        return ""  # a broken header: the message is read without it


def _text(message: EmailMessage) -> str:
    """The plain text of a message, else its HTML; what is attached is left out."""
    try:
        part = message.get_body(("plain", "html"))
        if not isinstance(part, EmailMessage):
            raise Refused("a message without a text")
        content = _content(part)
        kind = part.get_content_subtype()
    except (MessageError, ValueError, LookupError, RecursionError, AttributeError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(f"a message that cannot be read: {error}") from error
    if kind == "html":
        return text_of(html_tree(content))
    return "\n".join(paragraphs(content.split("\n")))


def _content(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    raw = data if isinstance(data, bytes) else b""
    try:
        return raw.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeError):
        return raw.decode("cp1252", "replace")


def read_mhtml(
    file: File, columns: Columns, reader_of: Callable[[File], Reader | None]
) -> Iterator[Row | Problem]:
    """The page that a browser saved with its pictures in one file."""
    with file.path.open("rb") as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise Refused(f"a page of more than {_LARGEST} bytes: save it without its pictures")
    message = _parsed(data)
    page = next((n for n in message.walk() if n.get_content_type() == "text/html"), None)
    if not isinstance(page, EmailMessage):
        raise Refused("a page saved as MHTML without a page in it: save it as HTML")
    with tempfile.TemporaryDirectory(prefix="entextract-") as folder:
        path = Path(folder, "page.html")
        path.write_text(_content(page), encoding="utf-8", errors="replace")
        inner = File(path, file.where)
        if (reader := reader_of(inner)) is None:
            raise Refused("a page saved as MHTML that is no page: save it as HTML")
        address = _header(message, "Snapshot-Content-Location")
        for row in reader(inner, columns):
            if isinstance(row, Row) and not row.values.get("url"):
                row = replace(row, values={**row.values, "url": address})
            yield row
