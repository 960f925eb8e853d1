"""One run at a time in a folder."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

LOCK, OWNER = ".lock", ".owner.json"


class FolderTaken(OSError):
    """Another run writes into the folder."""


@contextmanager
def locked(run: Path) -> Iterator[None]:
    """Hold a folder; the system frees it when the process ends, however it ends.

    Raises:
        FolderTaken: another process holds it.
    """
    lock, owner = FileLock(run / LOCK), run / OWNER
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise FolderTaken(
            f"{run}: another run writes here{_who(owner)}; wait for its end, or choose another "
            "folder"
        ) from None
    try:
        since = datetime.now().isoformat(" ", "seconds")
        told = {"process": os.getpid(), "machine": platform.node(), "since": since}
        owner.write_text(json.dumps(told), encoding="utf-8")
        yield
        owner.unlink(missing_ok=True)
    finally:
        lock.release()


def _who(owner: Path) -> str:
    try:
        told = json.loads(owner.read_text(encoding="utf-8"))
        return f" (process {told['process']} of {told['machine']}, since {told['since']})"
    except (OSError, ValueError, KeyError):  # it is just about to say
        return ""
