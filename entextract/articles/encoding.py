"""Bytes to characters: the encoding of a file, and repairs of what was decoded wrongly before."""

from __future__ import annotations

import codecs
import io
import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO, AnyStr

from entextract.articles.interface import Refused

_SAMPLE = 2**16  # bytes looked at to tell text from other files
_CUT_IT = "this is no article; cut the file into articles first"
LONGEST_LINE = 2**25  # characters: more than any article, less than the memory

_BOMS = (  # that of UTF-16 is the beginning of that of UTF-32
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MIXED = "cp1252 by default"  # no encoding of Python: lines that are UTF-8 are read so
# the « é » of Excel for Mac and of DOS, inside a word: no word has what Windows-1252 says there
_OTHER_CODECS = (
    ("mac_roman", re.compile(rb"[a-z]\x8e[a-z]")),
    ("cp850", re.compile(rb"[a-z]\x82[a-z]")),
)
_E_ACUTE = re.compile(rb"[a-z]\xe9|\xe9[a-z]")  # of Windows-1252
_ENCODING_NOTES = {
    _MIXED: ("not UTF-8: read as Windows-1252",),
    "mac_roman": ("not UTF-8: read as Mac Roman, which Excel for Mac writes",),
    "cp850": ("not UTF-8: read as the code page 850 of DOS",),
    "utf-16": ("read as UTF-16",),
    "utf-32": ("read as UTF-32",),
}
_MAGIC = (
    (b"\x89PNG", "looks like a PNG image: its text must be recognised first"),
    (b"\xff\xd8\xff", "looks like a JPEG image: its text must be recognised first"),
    (b"GIF8", "looks like a GIF image: its text must be recognised first"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)"""
    rb"""|<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
# what these names stand for on the web
_REALLY_CP1252 = {"ascii", "iso8859-1"}
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

    Of a line longer than ``LONGEST_LINE``, only the beginning is given, without ``\\n``: a file
    of one endless line must not fill the memory.

    Raises:
        Refused: this is not text.
    """
    encoding = _encoding(path)
    return _lines(path, encoding), _ENCODING_NOTES.get(encoding, ())


def read_whole_lines(path: Path) -> tuple[Iterator[str], tuple[str, ...]]:
    """As ``read_lines``, for formats in which nothing can follow a line that was cut.

    Raises:
        Refused: this is not text, or a line is too long.
    """
    lines, notes = read_lines(path)
    return map(_whole, lines), notes


def read_chunks(path: Path) -> tuple[Iterator[str], tuple[str, ...]]:
    """The characters of a file, some at a time, for formats in which lines mean nothing.

    Raises:
        Refused: this is not text.
    """
    encoding = _encoding(path)
    chunks = _lines(path, encoding) if encoding == _MIXED else _chunks(path, encoding)
    return chunks, _ENCODING_NOTES.get(encoding, ())


def _chunks(path: Path, encoding: str) -> Iterator[str]:
    with path.open(encoding=encoding, errors="replace") as text:
        while chunk := text.read(_SAMPLE):
            yield chunk


def read_at_once(path: Path, most: int, refusal: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file that is one article, and notes on its encoding.

    Args:
        path: the file.
        most: characters above which it is refused, before the rest is read.
        refusal: what the error says then.

    Raises:
        Refused: it is longer, is not text, or has a line that is too long.
    """
    lines, notes = read_whole_lines(path)
    pieces, length = [], 0
    for line in lines:
        length += len(line)
        if length > most:
            raise Refused(refusal)
        pieces.append(line)
    return "".join(pieces), notes


def _whole(line: str) -> str:
    if is_cut(line):
        raise Refused(f"a line of more than {LONGEST_LINE} characters: {_CUT_IT}")
    return line


def is_cut(line: str) -> bool:
    """Whether a line was too long to be read whole."""
    return len(line) >= LONGEST_LINE


def beginning(path: Path, length: int) -> str:
    """The first characters of a file, its encoding taken from its first bytes alone.

    Enough to tell a format by its ASCII marks; a file that is no text gives an empty string.
    """
    with path.open("rb") as file:
        head = file.read(length)
    encoding = next((name for mark, name in _BOMS if head.startswith(mark)), "utf-8-sig")
    try:
        _refuse_binary(head[:_SAMPLE]) if encoding == "utf-8-sig" else None
    except Refused:
        return ""
    return head.decode(encoding, "replace").lstrip()


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
    """Encoding of a file: its byte order mark, its declaration, UTF-8 or Windows-1252; no guess.

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
    declared = "" if head.startswith(codecs.BOM_UTF8) else _declared(head)
    is_utf8, french = _utf8(path)
    # a browser that saves a page writes UTF-8 and leaves what the page declared as it was
    if is_utf8 and (french or not declared):
        return "utf-8-sig"
    if declared and _decodes(path, declared):
        return "utf-8-sig" if declared == "utf-8" else declared
    return "utf-8-sig" if is_utf8 else _by_letters(path)


def _by_letters(path: Path) -> str:
    """Windows-1252, unless a letter inside words can only be that of an older code page."""
    met: set[str] = set()
    with path.open("rb") as file:
        last = b""
        for chunk in iter(partial(file.read, _SAMPLE), b""):
            text = last + chunk
            if _E_ACUTE.search(text):
                return _MIXED
            met.update(codec for codec, letter in _OTHER_CODECS if letter.search(text))
            last = chunk[-2:]
    return met.pop() if len(met) == 1 else _MIXED


def _declared(head: bytes) -> str:
    """The encoding that a web page or an XML file declares, if Python knows it."""
    found = _DECLARED.search(head) if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else None
    if not found:
        return ""
    try:
        codec = codecs.lookup((found[1] or found[2]).decode("ascii", "replace"))
        "".encode(codec.name)  # some codecs are not for text
    except (LookupError, ValueError):
        return ""
    if codec.name.startswith(("utf-16", "utf-32", "utf-7")):
        return ""  # the declaration itself could not have been read
    return "cp1252" if codec.name in _REALLY_CP1252 else codec.name


def _utf8(path: Path) -> tuple[bool, bool]:
    """Whether a file is UTF-8 throughout, and whether French letters in it are."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    french, last = False, b""
    try:
        with path.open("rb") as file:
            for chunk in iter(partial(file.read, _SAMPLE), b""):
                decoder.decode(chunk)
                french = french or bool(_UTF8_FRENCH.search(last + chunk))
                last = chunk[-2:]
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False, False
    return True, french


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            for chunk in iter(partial(file.read, _SAMPLE), b""):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _refuse_binary(head: bytes) -> None:
    for magic, reason in _MAGIC:
        if head.startswith(magic):
            raise Refused(reason)
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    if controls > 0.3 * len(head) or (controls > 0.05 * len(head) and len(head) > 250):
        raise Refused("this is not text, or UTF-16 without its byte order mark: save it as UTF-8")


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """Lines of a file, each ended by ``\\n``, whatever ended it in the file."""
    if encoding != _MIXED:
        with path.open(encoding=encoding, errors="replace") as text:
            yield from _bounded(text)
        return
    with path.open("rb") as file:
        for raw in _bounded(file):
            yield from io.StringIO(_decoded(raw), newline=None)


def _bounded(file: IO[AnyStr]) -> Iterator[AnyStr]:
    """Lines of a file, the very long ones cut and their end left out."""
    while line := file.readline(LONGEST_LINE):
        yield line
        while len(line) == LONGEST_LINE and line[-1:] not in ("\n", b"\n"):
            line = file.readline(LONGEST_LINE)


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
