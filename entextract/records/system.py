"""What Linux, macOS and Windows do differently with files and processes, in one place.

Names need no care: those that we make are lower case, in ASCII, without a sign that a system
refuses; ids made from paths have « / » everywhere. Text files are written with ``\\n`` and read
with either end of line.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES, EDQUOT, EFBIG, ENOSPC, EPERM, EROFS
from multiprocessing.context import BaseContext
from pathlib import Path

# what to do about an error of the disk; these come of writing only
ONLY_WRITING = {
    **dict.fromkeys((ENOSPC, EDQUOT), "make room on this disk"),
    EROFS: "allow writing there",
    EFBIG: "allow larger files there",
}
ADVICE = {
    **ONLY_WRITING,
    **dict.fromkeys((EACCES, EPERM), "close it in other programs, allow writing there"),
}

_WINDOWS = "win32"
_PATIENCE = 2.0  # seconds that a virus scanner or an indexer may hold a file just written


def sync(folder: Path) -> None:
    """Flush a folder's list of names to the disk, where the system can."""
    if sys.platform == _WINDOWS:
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def flush(path: Path) -> None:
    """Flush a file that is complete to the disk; Windows does so only if it may be written to."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def move(path: Path, place: Path) -> None:
    """Give a file or folder its place; a file replaces what is there.

    Raises:
        OSError: it cannot be; on Windows, if another program holds the file for longer.
    """
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            os.replace(path, place)
        except PermissionError:
            if sys.platform != _WINDOWS or time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


def remove(path: Path) -> None:
    """Take away a file, or a folder with all that is in it; it may be gone already."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def process_context() -> BaseContext:
    """How worker processes start: afresh on every system.

    A fork would copy the parent's memory, its threads and its locks; Windows has none.
    """
    return multiprocessing.get_context("spawn")


def temporary_folder(instead: Path) -> Path:
    """The folder for temporary files; ``instead`` where the system has none that takes files."""
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError:
        return instead


def use_for_temporary_files(folder: Path) -> None:
    """Have the whole process use a folder, if the system has no other that takes files."""
    if temporary_folder(folder) == folder:
        tempfile.tempdir = str(folder)


@contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage collection: where nothing makes cycles, each pass would walk millions of rows."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
