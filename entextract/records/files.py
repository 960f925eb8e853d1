"""Files that take the place of older ones only once they are complete."""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, cast


@contextmanager
def replacing(path: str | Path) -> Iterator[TextIO]:
    """A text file, compressed if its name ends in .gz, that replaces ``path`` if all goes well."""
    with replacing_bytes(path) as raw:
        # no name and no hour in the compressed file: the same graph always gives the same bytes
        packed = (
            gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0)
            if str(path).endswith(".gz")
            else None
        )
        target = cast(BinaryIO, packed or raw)
        file = io.TextIOWrapper(target, encoding="utf-8", newline="", write_through=False)
        yield file
        file.flush()
        file.detach()
        if packed:
            packed.close()


@contextmanager
def replacing_bytes(path: str | Path) -> Iterator[BinaryIO]:
    """A file of bytes that replaces ``path`` if all goes well."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as file:
            yield file
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def static_name(path: str | Path) -> Path:
    """The file for Gephi Lite beside a dynamic one.

    >>> static_name("presse.gexf.gz").name
    'presse.static.gexf'
    """
    path = Path(path)
    return path.with_name(path.name.removesuffix(".gz").removesuffix(".gexf") + ".static.gexf")
