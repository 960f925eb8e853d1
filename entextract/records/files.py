"""Files that are there whole or not at all, and the digest by which a content is known again."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, Literal, TextIO, cast

from entextract.records.system import flush, move, sync

TEMPORARY = ".tmp-"  # opens the name of what is not written to its end
_Errors = Literal["strict", "replace"]


class Drafts:
    """Files written beside their places, which they take all together; see ``all_or_nothing``."""

    def __init__(self) -> None:
        self._written: dict[Path, Path] = {}  # place -> draft
        self._removed: list[Path] = []

    @contextmanager
    def bytes(self, path: str | Path) -> Iterator[BinaryIO]:
        """A file of bytes that is to stand at ``path``."""
        path = Path(os.path.realpath(path))  # a link stays one
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{TEMPORARY}{uuid.uuid4().hex}")
        self._written[path] = draft
        with _naming(path, draft), draft.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())

    @contextmanager
    def text(self, path: str | Path, errors: _Errors = "strict") -> Iterator[TextIO]:
        """A text file that is to stand at ``path``, compressed if its name ends in .gz.

        Args:
            path: of the file.
            errors: ``"replace"``: what UTF-8 cannot hold becomes a question mark.
        """
        with self.bytes(path) as raw:
            # no name and no hour in the compressed file: the same graph always gives the same bytes
            packed = (
                gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0)
                if str(path).endswith(".gz")
                else None
            )
            target = cast(BinaryIO, packed or raw)
            file = io.TextIOWrapper(target, encoding="utf-8", errors=errors, newline="")
            yield file
            file.flush()
            file.detach()
            if packed:
                packed.close()

    def remove(self, path: Path) -> None:
        """Take a file away, if it is there, when the others take their places."""
        self._removed.append(path)

    def publish(self) -> None:
        """Give each draft its place, and flush the folders to the disk.

        Of several, all older files are set aside first: if one cannot be (Windows keeps a file that
        another program has open), all come back. The last file written is the first to go and the
        last to come: a reader that asks for it never sees old and new together.
        """
        aside: dict[Path, Path] = {}
        placed: list[Path] = []
        try:
            if len(self._written) + len(self._removed) > 1:
                for path in (*reversed(self._written), *self._removed):
                    if path.exists():
                        old = path.with_name(f"{TEMPORARY}{uuid.uuid4().hex}")
                        with _naming(path, path):
                            move(path, old)
                        aside[path] = old
            for path, draft in self._written.items():
                with _naming(path, draft):
                    move(draft, path)
                placed.append(path)
        except BaseException:
            for path in placed if aside else ():
                path.unlink(missing_ok=True)
            for path, old in reversed(aside.items()):
                move(old, path)
            raise
        for path in self._removed:
            path.unlink(missing_ok=True)
        for folder in {path.parent for path in (*self._written, *self._removed)}:
            sync(folder)
        for old in aside.values():
            with suppress(OSError):  # it is no more than in the way
                old.unlink()

    def discard(self) -> None:
        """Take away what did not take its place."""
        for draft in self._written.values():
            with suppress(OSError):  # what went wrong before is said, and not this
                draft.unlink(missing_ok=True)


@contextmanager
def all_or_nothing() -> Iterator[Drafts]:
    """Several files that belong together: they take the place of older ones once all are complete.

    Each is written under another name in its folder and flushed to the disk; then all are renamed.

    Raises:
        OSError: the disk is full, or a folder cannot be written to. ``filename`` is the file that
            was to be written; what was there stays as it was.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with all_or_nothing() as drafts:
    ...         with drafts.text(Path(folder, "a.txt")) as file:
    ...             _ = file.write("Lomé")
    ...     Path(folder, "a.txt").read_text("utf-8")
    'Lomé'
    """
    drafts = Drafts()
    try:
        yield drafts
        drafts.publish()
    finally:
        drafts.discard()


@contextmanager
def replacing(path: str | Path, errors: _Errors = "strict") -> Iterator[TextIO]:
    """A text file, compressed if its name ends in .gz, that replaces ``path`` if all goes well."""
    with all_or_nothing() as drafts, drafts.text(path, errors) as file:
        yield file


@contextmanager
def replacing_bytes(path: str | Path) -> Iterator[BinaryIO]:
    """A file of bytes that replaces ``path`` if all goes well."""
    with all_or_nothing() as drafts, drafts.bytes(path) as file:
        yield file


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a JSON file that is there whole, or not at all."""
    with replacing(path) as file:
        json.dump(content, file, ensure_ascii=False, indent=1)


def put(draft: Path, place: Path) -> None:
    """Flush a file that is complete to the disk, and give it its place, or that of an older one."""
    with _naming(place, draft):
        flush(draft)
        move(draft, place)
        sync(place.parent)


def digest(content: bytes = b"") -> hashlib.blake2b:
    """The digest by which a content is known again; it may be updated with more.

    >>> digest("Lomé".encode()).hexdigest() == digest("Lomé".encode()).hexdigest()
    True
    """
    return hashlib.blake2b(content, digest_size=16)


def file_digest(path: Path) -> str:
    """The digest of the content of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, digest).hexdigest()


def static_name(path: str | Path) -> Path:
    """The file for Gephi Lite beside a dynamic one.

    >>> static_name("presse.gexf.gz").name
    'presse.static.gexf'
    """
    path = Path(path)
    return path.with_name(path.name.removesuffix(".gz").removesuffix(".gexf") + ".static.gexf")


@contextmanager
def _naming(path: Path, draft: Path) -> Iterator[None]:
    """Give an error of the disk the name of the file that was to be written."""
    try:
        yield
    except OSError as error:
        if error.errno is None or error.filename not in (None, str(draft)):
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error
