"""ZIP and gzip archives: each file in them is inflated alone, into a temporary one, and read."""

from __future__ import annotations

import gzip
import struct
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO, Protocol, TypeAlias

from entextract.articles import metadata
from entextract.articles.columns import Columns, Reader
from entextract.articles.interface import File, Refused, Row, nothing_in
from entextract.records.nouns import Problem

LARGEST_ENTRY = 2**31  # bytes of one file once inflated
_MOST_INFLATED = 100  # times its size in the archive, for a file of more than _LARGE bytes
_LARGE = 2**26
_CHUNK = 2**20
# what zipfile and gzip raise when they follow a directory or a header that lies
BROKEN = (
    zipfile.BadZipFile,
    gzip.BadGzipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    IndexError,
    OverflowError,
)

Rows: TypeAlias = Iterator[Row | Problem]
ReaderOf: TypeAlias = Callable[[File], Reader | None]


class _Bytes(Protocol):
    def read(self, size: int, /) -> bytes: ...


def read_zip(file: File, columns: Columns, reader_of: ReaderOf) -> Rows:
    """The files of a ZIP archive, by name; one that is bad does not stop the others."""
    try:
        archive = zipfile.ZipFile(file.path)
    except BROKEN as error:
        raise Refused(f"a broken ZIP archive: {error}") from error
    with archive, _folder() as folder:
        yield from _entries(archive, file, columns, reader_of, Path(folder))


def _entries(
    archive: zipfile.ZipFile, file: File, columns: Columns, reader_of: ReaderOf, folder: Path
) -> Rows:
    others: Counter[str] = Counter()
    names: list[str] = []
    any_read = False
    entries = sorted(_shown(archive), key=lambda entry: entry.filename)
    tables = _tables(archive, entries, folder)
    for where, records, stems in tables.values():
        yield from metadata.unmatched(f"{file.where}/{where}", records, stems)
    used = {where for where, _, _ in tables.values()}
    for entry in entries:
        name = entry.filename
        if name in used:
            continue
        inner = File(Path(), f"{file.where}/{name}")
        try:
            _check(entry)
            packed = entry.compress_size
            with (
                _entry(archive, entry) as stream,
                _inflated(stream, packed, folder / _short(name)) as path,
            ):
                inner = replace(inner, path=path)
                if (reader := reader_of(inner)) is None:
                    others[PurePosixPath(name).suffix.lower() or "no extension"] += 1
                    names.append(name)
                    continue
                any_read = True
                for row in _rows(reader(inner, columns), name, tables, columns):
                    if isinstance(row, Row):
                        row = replace(row, inner=f"{name}/{row.inner}" if row.inner else name)
                    yield row
        except Refused as error:
            any_read = True
            yield Problem(inner.where, inner.where, str(error), "refused")
    if others:
        kinds = ", ".join(f"{suffix}: {n}" for suffix, n in sorted(others.items()))
        what = f"{others.total()} files of other kinds left aside ({kinds})"
        reason = f"{what}: {metadata.shown(names)}"
        yield Problem(file.where, file.where, reason, "refused")
    if not any_read:
        yield nothing_in(file)


def _shown(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """The files of an archive, but for hidden ones."""
    for entry in archive.infolist():
        name = entry.filename
        # is_dir() of Python 3.11 fails for a name of no letter
        if not name.endswith("/") and (not _is_hidden(name) or _is_outside(name)):
            yield entry


def _tables(
    archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo], folder: Path
) -> dict[PurePosixPath, tuple[str, metadata.Records, set[str]]]:
    """The tables of metadata by their folder: name, rows, and the names of the files beside."""
    found = {}
    for entry in entries:
        path = PurePosixPath(entry.filename)
        if not metadata.is_table(path.name):
            continue
        beside = (PurePosixPath(other.filename) for other in entries if other is not entry)
        stems = {other.stem for other in beside if other.parent == path.parent}
        try:
            _check(entry)
            with (
                _entry(archive, entry) as stream,
                _inflated(stream, entry.compress_size, folder / "metadata.csv") as table,
            ):
                records = metadata.records_of(table, stems)
        except Refused:
            continue  # to read it will say why
        if records:
            found[path.parent] = (entry.filename, records, stems)
    return found


def _rows(
    rows: Rows,
    name: str,
    tables: Mapping[PurePosixPath, tuple[str, metadata.Records, set[str]]],
    columns: Columns,
) -> Rows:
    """The articles of a file, with what the table beside it says."""
    path = PurePosixPath(name)
    _, records, _ = tables.get(path.parent, ("", {}, set()))
    record = records.get(path.stem)
    return metadata.described(rows, record, columns) if record else rows


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "~$", "__MACOSX")) for part in PurePosixPath(name).parts)


def _is_outside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return not parts[0] or ":" in parts[0] or ".." in parts


def _check(entry: zipfile.ZipInfo) -> None:
    if _is_outside(entry.filename):
        raise Refused("its name points outside of the archive")
    if entry.flag_bits & 1:
        raise Refused("it is encrypted: unpack the archive first")
    if entry.file_size > LARGEST_ENTRY:
        raise Refused(_too_large(entry.file_size))


@contextmanager
def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    try:
        stream = archive.open(entry)
    except (*BROKEN, EOFError) as error:
        raise Refused(f"broken in the archive: {error}") from error
    with stream:
        yield stream


def read_gzip(file: File, columns: Columns, reader_of: ReaderOf) -> Rows:
    """The one file that a gzip archive holds."""
    name = PurePosixPath(file.where).name
    name = name[:-3] if name.lower().endswith(".gz") else name
    size = file.path.stat().st_size
    with (
        gzip.open(file.path) as stream,
        _folder() as folder,
        _inflated(stream, size, Path(folder, _short(name))) as path,
    ):
        with path.open("rb") as start:
            if start.read(262)[257:] == b"ustar":
                raise Refused("a tar archive: unpack it first")
        inner = replace(file, path=path)
        if (reader := reader_of(inner)) is None:
            raise Refused(f"it holds {name!r}, and files of this kind are not read")
        yield from reader(inner, columns)


def gzip_holds(path: Path, mark: bytes) -> bool:
    """Whether what a gzip file holds begins with a mark."""
    try:
        with gzip.open(path) as stream:
            return stream.read(len(mark)) == mark
    except (*BROKEN, EOFError):
        return False  # to read it will say what is wrong


def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="entextract-")


def _short(name: str) -> str:
    """A file name that ends as an entry's does."""
    return f"file{PurePosixPath(name).suffix[:20]}"


@contextmanager
def _inflated(stream: _Bytes, packed: int, path: Path) -> Iterator[Path]:
    """A temporary file with the content of an entry.

    Args:
        stream: the content.
        packed: its size in the archive, in bytes.
        path: where to put it.

    Raises:
        Refused: it is broken, or too large: what its header says of its size may be a lie.
    """
    try:
        with path.open("wb") as file:
            while chunk := _next(stream):
                size = file.tell() + len(chunk)
                if size > LARGEST_ENTRY:
                    raise Refused(_too_large(size))
                if size > max(_LARGE, _MOST_INFLATED * packed):
                    raise Refused(f"inflates more than {_MOST_INFLATED} times, as no text does")
                file.write(chunk)
        yield path
    finally:
        path.unlink(missing_ok=True)


def _next(stream: _Bytes) -> bytes:
    try:
        return stream.read(_CHUNK)
    except EOFError as error:
        raise Refused("truncated: the archive ends too early; make it again") from error
    except BROKEN as error:
        raise Refused(f"broken in the archive: {error}") from error


def _too_large(size: int) -> str:
    return f"{size} bytes once inflated, above the limit of {LARGEST_ENTRY}: cut it first"
