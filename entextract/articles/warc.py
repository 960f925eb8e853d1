"""WARC archives of the web, of which warcio reads the records: each page is read as a saved one."""

from __future__ import annotations

import gzip
import io
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from io import BufferedReader
from pathlib import Path
from typing import IO, Any, cast

from entextract.articles.columns import Columns, Reader
from entextract.articles.interface import File, Refused, Row, nothing_in
from entextract.articles.markup import LARGEST_PAGE
from entextract.records.nouns import Problem

_CHUNK = 2**16
_PAGES = ("text/html", "application/xhtml+xml")
_INSTALL = "WARC archives are read with warcio: pip install 'entextract[warc]'"


def read_warc(
    file: File, columns: Columns, reader_of: Callable[[File], Reader | None]
) -> Iterator[Row | Problem]:
    """The pages of an archive; what is no page, and answers that are errors, is passed over."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise Refused(_INSTALL) from error

    number = 0
    with (
        file.path.open("rb") as opened,
        tempfile.TemporaryDirectory(prefix="entextract-") as folder,
    ):
        stream = _Records(opened)
        try:
            records = ArchiveIterator(stream)
            while record := _next(records):
                if not _is_page(record):
                    continue
                number += 1
                yield from _page(record, str(number), file, columns, reader_of, Path(folder))
        except (
            ArchiveLoadFailed,
            EOFError,
            ValueError,
            OSError,
            AttributeError,
            zlib.error,
        ) as error:
            if isinstance(error, Refused):
                raise
            reason = f"a broken WARC archive after {number} pages: {error}"
            yield Problem(file.where, file.where, reason, "refused")
            return
    if stream.broken:
        reason = f"a broken WARC archive after {number} pages: {stream.broken}"
        yield Problem(file.where, file.where, reason, "refused")
    elif not number:
        yield nothing_in(file)


class _Records:
    """The bytes of an archive, whether each record was compressed, all of them at once, or none.

    Attributes:
        broken: what is wrong with its compression, once it was read that far.
    """

    def __init__(self, file: IO[bytes]) -> None:
        compressed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        self._stream = gzip.GzipFile(fileobj=file) if compressed else cast("BufferedReader", file)
        self.broken = ""

    def read(self, size: int = -1) -> bytes:
        """Some bytes, ``size`` at most; none at the end, or where nothing more can be read."""
        try:
            return self._stream.read1(size if size > 0 else _CHUNK)
        except (EOFError, OSError, zlib.error) as error:
            self.broken = str(error)
            return b""


def _next(records: Iterator[Any]) -> Any:
    """The next record, or None; what warcio prints of broken ones is kept back."""
    with redirect_stderr(io.StringIO()):
        return next(records, None)


def _is_page(record: Any) -> bool:
    if record.rec_type not in ("response", "resource"):
        return False
    headers = record.http_headers or record.rec_headers
    kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    return kind in _PAGES and status == "200"


def _page(
    record: Any,
    number: str,
    file: File,
    columns: Columns,
    reader_of: Callable[[File], Reader | None],
    folder: Path,
) -> Iterator[Row | Problem]:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    where = f"{file.where}:{number} ({address})"
    path = folder / "page.html"
    content = record.content_stream()
    size = 0
    with path.open("wb") as page:
        while chunk := content.read(_CHUNK):
            size += len(chunk)
            if size > 4 * LARGEST_PAGE:  # bytes, up to four for a character
                reason = f"a page of more than {4 * LARGEST_PAGE} bytes: no article"
                yield Problem(where, where, reason, "refused")
                return
            page.write(chunk)
    cut = "the archive ends inside this page" if getattr(record.raw_stream, "limit", 0) else ""
    inner = File(path, where)
    try:
        if reader := reader_of(inner):
            for row in reader(inner, columns):
                if isinstance(row, Row):
                    values = {**row.values, "url": row.values.get("url") or address}
                    line = f"{number}.{row.line}" if row.line else number
                    row = replace(row, values=values, line=line, missing=cut or row.missing)
                yield row
    except Refused as error:
        yield Problem(where, where, str(error), "refused")
