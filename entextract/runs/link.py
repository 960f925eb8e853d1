"""Links the shards of a large corpus, one after the other, and writes the tables that they make.

::

    RUN/tables/            articles, mentions, entities, relations, sentences, problems, copies
                           (.parquet) and content.json: what they were made of

The rows are those that ``extract`` gives for the same articles, in the same order. Memory holds
one shard, something for each distinct form, and some hundred bytes for each article.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from entextract.linking.agreement import with_actors
from entextract.linking.census import Batch, Census, collector_paused, follow
from entextract.linking.entities import EntityCounts
from entextract.records.nouns import Copy, Entity
from entextract.runs.copies import copies_of_run
from entextract.runs.locking import locked
from entextract.runs.shards import (
    NAMES,
    READING,
    TEMPORARY,
    Shards,
    arrow_table,
    records_of,
    schema,
    sync,
    write_json,
)

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = 2  # of the tables; another one is made again
TABLES, CONTENT = "tables", "content.json"
LinkedTable = Literal[
    "articles", "mentions", "entities", "relations", "sentences", "problems", "copies"
]
LINKED_TABLES: tuple[LinkedTable, ...] = get_args(LinkedTable)
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
        shutil.rmtree(left, ignore_errors=True)
    temporary = shards.folder / f"{TEMPORARY}{TABLES}-{os.getpid()}"
    try:
        temporary.mkdir()
        with collector_paused():
            _write(shards, temporary, progress)
        write_json(temporary / CONTENT, made_of)
        sync(temporary)
        shutil.rmtree(target, ignore_errors=True)
        temporary.rename(target)
        sync(shards.folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _made_of(shards: Shards) -> dict[str, Any]:
    """What tells these tables from those of other shards, or of another version."""
    said = {name: shards.manifest.get(name) for name in ("entextract", "depends", "shards")}
    digest = hashlib.blake2b(json.dumps(said, sort_keys=True).encode(), digest_size=16)
    for name in (NAMES, READING):
        digest.update((shards.folder / name).read_bytes())
    return {"format": FORMAT, "digest": digest.hexdigest()}


def _content(folder: Path) -> dict[str, Any] | None:
    try:
        content: dict[str, Any] = json.loads((folder / CONTENT).read_text(encoding="utf-8"))
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
        write = {name: stack.enter_context(_writer(folder, name)) for name in LINKED_TABLES}
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
        write["problems"](arrow_table("problems", shards.problems()))
        entities = counts.entities({**names.known, **names.actors})
        for start in range(0, len(entities), _BATCH):
            write["entities"](_record_table("entities", entities[start : start + _BATCH]))
        write["copies"](_record_table("copies", copies_of_run(shards, folder)))


def _batches(shards: Shards) -> Iterator[Batch]:
    """The articles and mentions of each shard."""
    for articles, mentions in zip(
        shards.tables("articles"), shards.tables("mentions"), strict=True
    ):
        yield Batch(records_of("mentions", mentions), records_of("articles", articles))


@contextmanager
def _writer(folder: Path, table: LinkedTable) -> Iterator[Callable[[pa.Table], None]]:
    """Write the rows of a table as they come, and flush them to the disk at the end."""
    import pyarrow.parquet as pq

    path = folder / f"{table}.parquet"
    with path.open("wb") as file:
        with pq.ParquetWriter(file, linked_schema(table), compression="zstd") as writer:
            # one group of rows a shard, so that the groups of all tables go together
            yield lambda rows: writer.write_table(rows, row_group_size=max(rows.num_rows, 1))
        file.flush()
        os.fsync(file.fileno())


def linked_schema(table: LinkedTable) -> pa.Schema:
    """The columns of a linked table, in the order of the fields of its record.

    >>> linked_schema("entities").names
    ['id', 'name', 'label', 'country', 'forms', 'mentions', 'articles']
    """
    import pyarrow as pa

    if table == "copies":
        return pa.schema(
            [
                pa.field("article", pa.string(), nullable=False),
                pa.field("representative", pa.string(), nullable=False),
                pa.field("similarity", pa.float64(), nullable=False),
            ]
        )
    if table != "entities":
        return schema(table)
    return pa.schema(
        [
            pa.field("id", pa.string(), nullable=False),
            pa.field("name", pa.string(), nullable=False),
            pa.field("label", pa.string(), nullable=False),
            pa.field("country", pa.string()),
            pa.field("forms", pa.list_(pa.string()), nullable=False),
            pa.field("mentions", pa.int32(), nullable=False),
            pa.field("articles", pa.int32(), nullable=False),
        ]
    )


def _record_table(table: LinkedTable, records: Iterable[Entity | Copy]) -> pa.Table:
    import pyarrow as pa

    shape, rows = linked_schema(table), list(records)
    return pa.table(
        {name: [getattr(row, name) for row in rows] for name in shape.names}, schema=shape
    )
