"""One run at a time in a folder."""

from __future__ import annotations

import json
import os
import platform
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

LOCK, OWNER = ".lock", ".owner.json"


class FolderTaken(OSError):
    """Another run writes into the folder."""


class _Shared(threading.local):
    """The folders that this thread holds for all that it does in them."""

    def __init__(self) -> None:
        self.folders: set[Path] = set()


_shared = _Shared()


@contextmanager
def locked(folder: Path, *, whole_command: bool = False) -> Iterator[None]:
    """Hold a folder; the system frees it when the process ends, however it ends.

    Args:
        folder: that is there.
        whole_command: what this thread does meanwhile may hold the folder again.

    Raises:
        FolderTaken: another process or thread holds it.
        OSError: the folder cannot be written to.
    """
    folder = folder.resolve()
    if folder in _shared.folders:
        yield
        return
    lock, owner = _acquired(folder), folder / OWNER
    try:
        with suppress(OSError):  # on a full disk nobody is told who it is
            since = datetime.now().isoformat(" ", "seconds")
            told = {"process": os.getpid(), "machine": platform.node(), "since": since}
            owner.write_text(json.dumps(told), encoding="utf-8")
        if whole_command:
            _shared.folders.add(folder)
        yield
    finally:
        _shared.folders.discard(folder)
        for path in (owner, folder / LOCK):
            with suppress(OSError):  # Windows keeps what another process has open
                path.unlink(missing_ok=True)
        lock.release()


def _acquired(folder: Path) -> FileLock:
    path = folder / LOCK
    while True:
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise FolderTaken(
                f"{folder}: another run writes here{_who(folder / OWNER)}; wait for its end, or "
                "choose another folder"
            ) from None
        if path.exists():
            return lock
        lock.release()  # its last holder took it away in between


def _who(owner: Path) -> str:
    try:
        told = json.loads(owner.read_text(encoding="utf-8"))
        return f" (process {told['process']} of {told['machine']}, since {told['since']})"
    except (OSError, ValueError, KeyError):  # it is just about to say
        return ""
