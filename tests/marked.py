"""Strict reader of marked French sentences: ``<PER>Anne Hidalgo</PER> est à <LOC>Rome</LOC>.``

The tags are PER, COUNTRY, ORG and LOC. A tag may carry ``kind=`` (name, demonym or metonym; name
when nothing is said) and ``id=`` (the entity meant). Angle brackets are kept for tags, tags do not
nest, and nothing is repaired: a slip of the pen must not turn into a test that checks less.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

KINDS = {
    "PER": ("name",),
    "COUNTRY": ("name", "demonym", "metonym"),
    "ORG": ("name", "metonym"),
    "LOC": ("name",),
}
TAG = re.compile(r"<(?P<close>/?)(?P<label>[^\s<>/]+)(?P<attributes>[^<>]*)>")
ATTRIBUTE = re.compile(r"\s+(?P<key>[a-z]+)=(?P<value>[^\s<>=]+)")
NOTE = re.compile(r"\s{2,}#\s*(?P<note>.*)$")
XFAIL = re.compile(r"xfail\b:?\s*(?P<reason>.*)$")


@dataclass(frozen=True, slots=True)
class Marked:
    """One marked span; ``start`` and ``end`` count characters of the text without tags."""

    start: int
    end: int
    label: str
    kind: str = "name"
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a file of examples: a sentence and every span that must be found in it."""

    id: str
    text: str
    spans: tuple[Marked, ...]
    xfail: str | None = None


def parse(marked: str) -> tuple[str, list[Marked]]:
    """Take the tags out of a sentence.

    Raises:
        ValueError: A tag is unknown, unclosed, crossed, nested, empty, or holds outer spaces. The
            message gives the position of the fault in ``marked``, counted from 0.

    >>> text, spans = parse("<COUNTRY kind=metonym>Moscou</COUNTRY> a reçu <PER>Li Na</PER>.")
    >>> text
    'Moscou a reçu Li Na.'
    >>> [(text[span.start : span.end], span.label, span.kind) for span in spans]
    [('Moscou', 'COUNTRY', 'metonym'), ('Li Na', 'PER', 'name')]
    """
    pieces: list[str] = []
    spans: list[Marked] = []
    length = 0
    position = 0
    opened: tuple[int, Marked] | None = None
    for tag in TAG.finditer(marked):
        piece = _plain(marked, position, tag.start())
        pieces.append(piece)
        length += len(piece)
        position = tag.end()
        if not tag["close"]:
            if opened:
                raise ValueError(f"{tag[0]} at {tag.start()} opens inside <{opened[1].label}>")
            opened = tag.start(), _open(tag, length)
        else:
            if not opened:
                raise ValueError(f"{tag[0]} at {tag.start()} closes nothing")
            spans.append(_close(tag, opened[1], length, piece))
            opened = None
    pieces.append(_plain(marked, position, len(marked)))
    if opened:
        raise ValueError(f"<{opened[1].label}> at {opened[0]} is never closed")
    return "".join(pieces), spans


def cases(path: Path) -> list[Case]:
    """Read a file of examples, one sentence a line.

    Blank lines and lines that begin with ``#`` are skipped. Two spaces and ``# xfail: reason`` at
    the end of a line say that the case is known to fail; any other text after two spaces and
    ``#`` is a note to the reader.

    Raises:
        ValueError: The file holds no case, or a line is badly marked; the message begins with the
            file and the line.
    """
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            found.append(_case(f"{path.name}:{number}", line))
    if not found:
        raise ValueError(f"{path.name}: no case in this file")
    return found


def _case(name: str, line: str) -> Case:
    reason = None
    if note := NOTE.search(line):
        line = line[: note.start()]
        if expected := XFAIL.match(note["note"]):
            reason = expected["reason"].strip()
            if not reason:
                raise ValueError(f"{name}: xfail needs a reason")
    try:
        text, spans = parse(line.strip())
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error
    if not text:
        raise ValueError(f"{name}: a note without a sentence")
    return Case(name, text, tuple(spans), reason)


def _plain(marked: str, start: int, end: int) -> str:
    piece = marked[start:end]
    if stray := re.search("[<>]", piece):
        raise ValueError(f"{stray[0]!r} at {start + stray.start()} belongs to no tag")
    return piece


def _open(tag: re.Match[str], length: int) -> Marked:
    label = tag["label"]
    where = f"{tag[0]} at {tag.start()}"
    if label not in KINDS:
        raise ValueError(f"{where}: unknown tag, expected one of {', '.join(KINDS)}")
    pairs = ATTRIBUTE.findall(tag["attributes"])
    given = dict(pairs)
    unread = ATTRIBUTE.sub("", tag["attributes"])
    if unread or len(given) < len(pairs) or given.keys() - {"kind", "id"}:
        raise ValueError(f"{where}: a tag takes only kind=… and id=…, once each")
    kind = given.get("kind", "name")
    if kind not in KINDS[label]:
        raise ValueError(f"{where}: kind of {label} must be one of {', '.join(KINDS[label])}")
    return Marked(length, length, label, kind, given.get("id"))


def _close(tag: re.Match[str], opened: Marked, length: int, piece: str) -> Marked:
    if tag["attributes"]:
        raise ValueError(f"{tag[0]} at {tag.start()}: a closing tag holds only its name")
    if tag["label"] != opened.label:
        raise ValueError(f"{tag[0]} at {tag.start()} crosses <{opened.label}>")
    if not piece or piece != piece.strip():
        raise ValueError(f"{tag[0]} at {tag.start()} ends an empty span, or one with outer spaces")
    return Marked(opened.start, length, opened.label, opened.kind, opened.entity)
