"""Office documents as ZIP archives of XML: opened safely, read as a stream, told apart."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from lxml import etree

from entextract.articles.archives import BROKEN
from entextract.articles.interface import File, Refused
from entextract.articles.markup import local_name

LARGEST_PART = 2**31  # bytes of one part once inflated
_MOST_INFLATED = 500  # times its size in the archive, for a part of more than _LARGE bytes
_LARGE = 2**26
_BROKEN = (*BROKEN, KeyError, EOFError)
_BY_PART = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
)
_BY_TYPE = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.spreadsheet-template": "ods",
    "application/epub+zip": "epub",
}
_OFFICE = {"[Content_Types].xml", "mimetype", "META-INF/manifest.xml"}


def kind_of(path: Path) -> str:
    """Which office document a ZIP archive is: docx, xlsx, odt, ods…, « office », or none."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            for part, kind in _BY_PART:
                if part in names:
                    return kind
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    declared = stream.read(100).decode("ascii", "replace").strip()
                return _BY_TYPE.get(declared, "office")
            return "office" if names & _OFFICE else ""
    except (*_BROKEN, OSError):
        return ""


@contextmanager
def opened(file: File) -> Iterator[zipfile.ZipFile]:
    """The archive that an office document is.

    Raises:
        Refused: it is broken or encrypted.
    """
    try:
        archive = zipfile.ZipFile(file.path)
    except _BROKEN as error:
        raise Refused(f"a broken office document: {error}") from error
    with archive:
        yield archive


def parts(archive: zipfile.ZipFile) -> set[str]:
    """The names of its parts."""
    return set(archive.namelist())


def elements(archive: zipfile.ZipFile, part: str, *names: str) -> Iterator[Any]:
    """Each element of a part with one of these names, in order, emptied once it was used.

    Entities are never replaced, nothing is fetched, and libxml2's own limits stay on.

    Raises:
        Refused: the part is broken, encrypted, or inflates without end.
    """
    try:
        info = archive.getinfo(part)
        if info.flag_bits & 1:
            raise Refused("encrypted with a password: open it and save it without one")
        with archive.open(info) as stream:
            bounded = _Bounded(stream, max(_LARGE, _MOST_INFLATED * info.compress_size))
            yield from _parsed(bounded, {f"{{*}}{name}" for name in names})
    except etree.XMLSyntaxError as error:
        said = str(error.msg).partition(", use XML_PARSE")[0]
        raise Refused(f"a broken office document ({part}): {said}") from error
    except Refused:
        raise
    except _BROKEN as error:
        raise Refused(f"a broken office document ({part}): {error}") from error


def _parsed(stream: _Bounded, names: set[str]) -> Iterator[Any]:
    parser = etree.iterparse(
        stream,
        events=("end",),
        tag=sorted(names),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    for _, element in parser:
        yield element
        element.clear(keep_tail=True)
        while (before := element.getprevious()) is not None and before.tag == element.tag:
            element.getparent().remove(before)


class _Bounded:
    """A stream that refuses to give more than a part of a document can hold."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream = stream
        self._left = min(most, LARGEST_PART)

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(size)
        self._left -= len(chunk)
        if self._left < 0:
            raise Refused(f"inflates more than {_MOST_INFLATED} times, as no document does")
        return chunk


def is_inside(element: Any, *names: str) -> bool:
    """Whether an element stands in one with one of these names."""
    return any(local_name(ancestor) in names for ancestor in element.iterancestors())
