"""Links the shards of a large corpus, one after the other, and writes the tables that they make.

The rows are those that ``extract`` gives for the same articles, in the same order. Memory holds
one shard, something for each distinct form, and some hundred bytes for each article.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entextract.linking.agreement import with_actors
from entextract.linking.census import Batch, Census, collector_paused, follow
from entextract.linking.entities import EntityCounts
from entextract.records.arrow_tables import arrow_table, records_of, schema
from entextract.records.columns import FORMAT, RECORDS, Table
from entextract.records.files import TEMPORARY, digest, write_json
from entextract.records.locking import locked
from entextract.records.system import move, remove, sync
from entextract.runs.copies import copies_of_run
from entextract.runs.layout import NAMES, READING, TABLES, TABLES_CONTENT
from entextract.runs.shards import Shards

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 10_000  # entities written at once


def link_run(run: str | Path, *, progress: Callable[[int, int], None] | None = None) -> Path:
    """Agree who each mention of a run is, over all its articles, and write the tables.

    Tables that were made of the same shards are left as they are.

    Args:
        run: the folder that ``extract_corpus`` filled.
        progress: called after each shard with how many are read, and how many are to read; each
            is read twice.

    Returns:
        The folder of the tables.

    Raises:
        FileNotFoundError: there is no run in the folder.
        ShardError: the run is not finished, or another version of entextract wrote it.
        FolderTaken: another process writes into the folder; it is an OSError.
        OSError: the disk is full, or the folder cannot be written to; tables that were there stay.
    """
    shards = Shards(run)
    target = shards.folder / TABLES
    made_of = _made_of(shards)
    if _content(target) == made_of:
        return target
    with locked(shards.folder):
        _make(shards, target, made_of, progress or (lambda read, all_of_them: None))
    return target


def _make(
    shards: Shards, target: Path, made_of: dict[str, Any], progress: Callable[[int, int], None]
) -> None:
    for left in shards.folder.glob(f"{TEMPORARY}{TABLES}-*"):  # by a run that was killed
        remove(left)
    temporary = shards.folder / f"{TEMPORARY}{TABLES}-{os.getpid()}"
    try:
        temporary.mkdir()
        with collector_paused():
            _write(shards, temporary, progress)
        write_json(temporary / TABLES_CONTENT, made_of)
        sync(temporary)
        remove(target)
        move(temporary, target)
        sync(shards.folder)
    finally:
        remove(temporary)


def _made_of(shards: Shards) -> dict[str, Any]:
    """What tells these tables from those of other shards, or of another version."""
    said = {name: shards.manifest.get(name) for name in ("entextract", "depends", "shards")}
    made = digest(json.dumps(said, sort_keys=True).encode())
    for name in (NAMES, READING):
        made.update((shards.folder / name).read_bytes())
    return {"format": FORMAT, "digest": made.hexdigest()}


def _content(folder: Path) -> dict[str, Any] | None:
    try:
        content: dict[str, Any] = json.loads((folder / TABLES_CONTENT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content


def _write(shards: Shards, folder: Path, progress: Callable[[int, int], None]) -> None:
    census, total = Census(), 2 * len(shards.names_of_shards)
    for read, batch in enumerate(_batches(shards), 1):
        census.add(batch)
        progress(read, total)
    agreement, counts, names = census.settle(), EntityCounts(), shards.names
    relations = shards.tables("relations")
    with ExitStack() as stack:
        write = {name: stack.enter_context(_writer(folder, name)) for name in RECORDS}
        for read, batch in enumerate(_batches(shards), total // 2 + 1):
            mentions = with_actors(batch.rows, agreement.linked(batch), names.actors)
            counts.add(mentions)
            write["mentions"](arrow_table("mentions", mentions))
            found = records_of("relations", next(relations))
            write["relations"](arrow_table("relations", follow(found, batch.rows, mentions)))
            progress(read, total)
        for table in ("articles", "sentences"):
            for rows in shards.tables(table):
                write[table](rows)
        write["problems"](arrow_table("problems", shards.problems))
        entities = counts.entities({**names.known, **names.actors})
        for start in range(0, len(entities), _BATCH):
            write["entities"](arrow_table("entities", entities[start : start + _BATCH]))
        write["copies"](arrow_table("copies", copies_of_run(shards, folder)))


def _batches(shards: Shards) -> Iterator[Batch]:
    """The articles and mentions of each shard."""
    for articles, mentions in zip(
        shards.tables("articles"), shards.tables("mentions"), strict=True
    ):
        yield Batch(records_of("mentions", mentions), records_of("articles", articles))


@contextmanager
def _writer(folder: Path, table: Table) -> Iterator[Callable[[pa.Table], None]]:
    """Write the rows of a table as they come, and flush them to the disk at the end."""
    import pyarrow.parquet as pq

    path = folder / f"{table}.parquet"
    with path.open("wb") as file:
        with pq.ParquetWriter(file, schema(table), compression="zstd") as writer:
            # one group of rows a shard, so that the groups of all tables go together
            yield lambda rows: writer.write_table(rows, row_group_size=max(rows.num_rows, 1))
        file.flush()
        os.fsync(file.fileno())
