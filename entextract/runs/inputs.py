"""Whether the files of a run are still those that were read: by size and time, then by content."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from entextract.records.files import file_digest
from entextract.records.nouns import Problem

Stamp = dict[str, Any]  # path, bytes, mtime (ns) and digest


def stamps(paths: Iterable[Path], known: Sequence[Mapping[str, Any]] = ()) -> list[Stamp]:
    """Size, time and digest of each file; one whose size and time are known is not read again.

    Args:
        paths: files; one that cannot be read has an empty digest.
        known: stamps of an earlier run.
    """
    before = {(s["path"], s["bytes"], s["mtime"]): s["digest"] for s in known}
    found = []
    for path in paths:
        where, (size, time) = os.path.abspath(path), _size_and_time(path)
        digest = before.get((where, size, time)) or _digest(path)
        found.append({"path": where, "bytes": size, "mtime": time, "digest": digest})
    return found


def same(one: Sequence[Mapping[str, Any]], other: Sequence[Mapping[str, Any]]) -> bool:
    """Whether two lists of stamps are of the same files with the same content."""
    return [(s["path"], s["digest"]) for s in one] == [(s["path"], s["digest"]) for s in other]


def changed(before: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """The files that changed or vanished since their stamps were taken."""
    problems = []
    for stamp in before:
        where = str(stamp["path"])
        if _size_and_time(Path(where)) != (stamp["bytes"], stamp["mtime"]):
            reason = "changed while it was read: run again, and what changed is read anew"
            problems.append(Problem(where, where, reason, "unknown"))
    return problems


def _size_and_time(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return -1, -1
    return found.st_size, found.st_mtime_ns


def _digest(path: Path) -> str:
    try:
        return file_digest(path)
    except OSError:
        return ""
