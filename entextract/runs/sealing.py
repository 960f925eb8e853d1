"""One shard, which is there whole or not at all, and says how to know that it is whole.

It is written under another name, flushed to the disk, then renamed.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entextract.linking.minhash import signature_table
from entextract.records.arrow_tables import arrow_table
from entextract.records.cells import writable
from entextract.records.columns import FORMAT
from entextract.records.files import TEMPORARY, file_digest, write_json
from entextract.records.nouns import Rows
from entextract.records.system import flush, move, remove, sync
from entextract.runs.layout import (
    SHARD_CONTENT,
    SHARD_TABLES,
    SHARDS,
    SKETCHES,
    shard_folders,
)

if TYPE_CHECKING:
    import pyarrow as pa


def write_shard(run: Path, name: str, rows: Rows, *, whole: bool = True) -> None:
    """Write the rows of one shard; it is there whole, or not at all.

    Args:
        run: the folder of the run.
        name: of the shard, ``NNNNN-DIGEST``. One of that name is replaced.
        rows: before linking, the articles with their texts, of which sketches are kept.
        whole: False if articles are missing that another run may be able to read.

    Raises:
        OSError: the disk is full, or the folder cannot be written to; nothing is left behind.
    """
    import pyarrow.parquet as pq

    folder = run / SHARDS / name
    temporary = folder.with_name(f"{TEMPORARY}{name}-{uuid.uuid4().hex}")
    try:
        temporary.mkdir(parents=True)
        tables: dict[str, dict[str, Any]] = {}
        data: dict[str, pa.Table] = {t: arrow_table(t, getattr(rows, t)) for t in SHARD_TABLES}
        data[SKETCHES] = signature_table(
            (writable(a.id), writable(a.date), a.text) for a in rows.articles
        )
        for table, cells in data.items():
            path = temporary / f"{table}.parquet"
            pq.write_table(cells, path, compression="zstd")
            tables[table] = {"rows": cells.num_rows, **_seal(path)}
        write_json(temporary / SHARD_CONTENT, {"format": FORMAT, "whole": whole, "tables": tables})
        sync(temporary)
        _put(temporary, folder)
        sync(folder.parent)
    finally:
        remove(temporary)


def _put(temporary: Path, folder: Path) -> None:
    """Give a shard its name; one that a dead run's worker has just written is as good."""
    remove(folder)
    try:
        move(temporary, folder)
    except OSError:
        if read_content(folder) is None:
            raise


def _seal(path: Path) -> dict[str, Any]:
    """Flush a file to the disk, and say how to know it again."""
    flush(path)
    return {"bytes": path.stat().st_size, "digest": file_digest(path)}


@dataclass(frozen=True, slots=True)
class Content:
    """What a shard says of itself."""

    rows: dict[str, int]  # by table
    whole: bool  # False if articles are missing that another run may be able to read


def kept(run: Path) -> tuple[int, int]:
    """How many shards a run has written, and how many articles are in them, as they say."""
    counts = []
    for folder in shard_folders(run):
        try:
            said = json.loads((folder / SHARD_CONTENT).read_text(encoding="utf-8"))
            counts.append(int(said["tables"]["articles"]["rows"]))
        except (OSError, ValueError, KeyError, TypeError):  # damaged: it is made anew
            continue
    return len(counts), sum(counts)


def read_content(shard: Path) -> Content | None:
    """What is in a shard, or None if it is damaged or missing: every byte is looked at."""
    try:
        said = json.loads((shard / SHARD_CONTENT).read_text(encoding="utf-8"))
        if said["format"] != FORMAT:
            return None
        for table in (*SHARD_TABLES, SKETCHES):
            path, told = shard / f"{table}.parquet", said["tables"][table]
            if path.stat().st_size != told["bytes"] or file_digest(path) != told["digest"]:
                return None
        rows: dict[str, int] = {
            str(table): int(said["tables"][table]["rows"]) for table in SHARD_TABLES
        }
        return Content(rows, bool(said["whole"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
