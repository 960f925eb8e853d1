"""Bytes to characters: the encoding of a file, and repairs of what was decoded wrongly before."""

from __future__ import annotations

import codecs
import io
import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from entextract.articles.rows import Refused

_SAMPLE = 2**16  # bytes looked at to tell text from other files

_BOMS = (  # that of UTF-16 is the beginning of that of UTF-32
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENCODING_NOTES = {
    "cp1252": ("not UTF-8: read as Windows-1252",),
    "utf-16": ("read as UTF-16",),
    "utf-32": ("read as UTF-32",),
}
_MAGIC = (
    (b"%PDF", "looks like a PDF: export its text first"),
    (b"PK\x03\x04", "looks like an office document or a ZIP archive: save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "looks like an old office document: save it as plain text"),
    (b"{\\rtf", "looks like an RTF document: save it as plain text"),
    (b"\x89PNG", "looks like a PNG image: its text must be recognised first"),
    (b"\xff\xd8\xff", "looks like a JPEG image: its text must be recognised first"),
    (b"GIF8", "looks like a GIF image: its text must be recognised first"),
    (b"\x1f\x8b", "looks like a gzip archive: unpack it first"),
)
_CONTROL_BYTES = bytes({*range(32), 127} - {*b"\t\n\r\f\x1b"})

# Windows-1252 has characters where ISO 8859-1 and Unicode have control codes
_WINDOWS = {
    code: char for code in range(0x80, 0xA0) if (char := bytes([code]).decode("cp1252", "ignore"))
}
_WINDOWS_BACK = {ord(char): code for code, char in _WINDOWS.items()}
_UTF8_FRENCH = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2\x80[\x80-\xbf]")
_MOJIBAKE = re.compile("[ÃÂ][^\x00-\x7f]|â[€\x80]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def read_lines(path: Path) -> tuple[Iterator[str], tuple[str, ...]]:
    """Lines of a file, each ended by ``\\n``, and notes on how they were decoded.

    Raises:
        Refused: this is not text.
    """
    encoding = _encoding(path)
    return _lines(path, encoding), _ENCODING_NOTES.get(encoding, ())


def clean(text: str, notes: Counter[str]) -> str:
    """A string that every file format can carry; what was changed is added to the notes."""
    if _MOJIBAKE.search(text):
        try:
            text = text.translate(_WINDOWS_BACK).encode("latin-1").decode("utf-8")
            notes["accents restored: UTF-8 had been read as Windows-1252 (« Ã© »)"] = 1
        except UnicodeError:
            pass  # only part of it looks so: this may be what was written
    text, count = _FORBIDDEN.subn(lambda match: _WINDOWS.get(ord(match[0]), " "), text)
    if count:
        notes["characters replaced, control codes or lone surrogates: {n}"] += count
    return text


def blank_forbidden(text: str) -> str:
    """A string with a space for each character that no file format can carry."""
    return _FORBIDDEN.sub(" ", text)


def _encoding(path: Path) -> str:
    """Encoding of a file, by its byte order mark, else UTF-8, else Windows-1252; never a guess.

    Statistics are harmful here: on plain French they take Windows-1252 for its eastern cousin.

    Raises:
        Refused: this is not text.
    """
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
        for mark, encoding in _BOMS:
            if head.startswith(mark):
                return encoding
        _refuse_binary(head)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            for chunk in chain([head], iter(partial(file.read, _SAMPLE), b"")):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _refuse_binary(head: bytes) -> None:
    for magic, reason in _MAGIC:
        if head.startswith(magic):
            raise Refused(reason)
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    share = controls / max(len(head), 1)
    if share > 0.3 or (share > 0.05 and len(head) > 250):
        raise Refused("this is not text, or UTF-16 without its byte order mark: save it as UTF-8")


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """Lines of a file, each ended by ``\\n``, whatever ended it in the file."""
    if encoding != "cp1252":
        with path.open(encoding=encoding, errors="replace") as text:
            yield from text
        return
    with path.open("rb") as file:
        for raw in file:
            yield from io.StringIO(_decoded(raw), newline=None)


def _decoded(raw: bytes) -> str:
    """A line of a file that is not UTF-8 throughout.

    One bad byte among thousands of lines must not spoil the others, so a line that holds French
    letters in UTF-8 is read so. Being valid is not enough: in Windows-1252, the last letter of
    « publié », its no-break space and its closing quote are valid UTF-8 for a Chinese character.
    """
    raw = raw.removeprefix(codecs.BOM_UTF8)
    if _UTF8_FRENCH.search(raw):
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass  # both encodings in one line: the file's own
    return raw.decode("cp1252", "replace")
