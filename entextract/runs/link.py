"""Links the shards of a large corpus, one after the other, and writes the tables that they make.

The rows are those that ``extract`` gives for the same articles, in the same order. Memory holds
one shard, something for each distinct form, and some hundred bytes for each article.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entextract.linking.agreement import with_actors
from entextract.linking.census import Agreed, Batch, Census
from entextract.linking.entities import EntityCounts
from entextract.records.arrow_tables import arrow_table, records_of, schema
from entextract.records.columns import FORMAT, RECORDS, Table
from entextract.records.files import TEMPORARY, digest, write_json
from entextract.records.locking import locked
from entextract.records.stamp import TABLES, TABLES_CONTENT, content_of, csv_tables
from entextract.records.system import collector_paused, move, remove, sync
from entextract.runs.copies import copies_of_run
from entextract.runs.layout import NAMES, READING
from entextract.runs.shards import Shards

if TYPE_CHECKING:
    import pyarrow as pa

    from entextract.result import Extraction

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
    made_of = made_of_shards(shards.folder, shards.manifest)
    if made_of.items() <= content_of(target).items():
        return target
    say = progress or (lambda read, all_of_them: None)
    with locked(shards.folder):
        _make(shards.folder, made_of, lambda folder: _write(shards, folder, say))
    return target


def settle_run(run: Path, decided: Extraction) -> None:
    """Put rows with a person's decisions followed in the place of the tables of a run.

    They stay until the run is started again, which has them decided anew.

    Args:
        run: the folder of a run whose tables are linked.
        decided: what ``apply`` made of these.

    Raises:
        FolderTaken: another process writes into the folder; it is an OSError.
        OSError: the disk is full, or the folder cannot be written to; tables that were there stay.
    """
    shards = Shards(run)
    told = {"former": [asdict(entity) for entity in decided.former], "decided": True}
    with locked(shards.folder):
        _make(
            shards.folder,
            {**made_of_shards(run, shards.manifest), **told},
            lambda folder: _write_rows(shards, decided, folder),
        )


def is_settled(run: Path) -> bool:
    """Whether the tables of a run follow decisions."""
    return bool(content_of(run / TABLES).get("decided"))


def forget_tables(run: Path) -> None:
    """Take away the tables of a run, in both forms: they are to be made anew."""
    for path in (run / TABLES, *csv_tables(run)):
        remove(path)


def _make(run: Path, made_of: dict[str, Any], write: Callable[[Path], None]) -> None:
    target = run / TABLES
    for left in run.glob(f"{TEMPORARY}{TABLES}-*"):  # by a run that was killed
        remove(left)
    temporary = run / f"{TEMPORARY}{TABLES}-{os.getpid()}"
    try:
        temporary.mkdir()
        with collector_paused():
            write(temporary)
        write_json(temporary / TABLES_CONTENT, made_of)
        sync(temporary)
        forget_tables(run)  # CSV tables beside them were of the older ones
        move(temporary, target)
        sync(run)
    except OSError as error:
        if error.errno is None:
            raise
        said = "what was read is kept; mend this, and start the same command again"
        where = str(error.filename or target)
        raise OSError(error.errno, f"{error.strerror}; {said}", where) from error
    finally:
        remove(temporary)


def made_of_shards(run: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What tells these tables from those of other shards, or of another version."""
    said = {name: manifest.get(name) for name in ("entextract", "depends", "shards")}
    made = digest(json.dumps(said, sort_keys=True).encode())
    for name in (NAMES, READING):
        made.update((run / name).read_bytes())
    return {"format": FORMAT, "digest": made.hexdigest()}


def _write(shards: Shards, folder: Path, progress: Callable[[int, int], None]) -> None:
    census, total = Census(), 2 * len(shards.names_of_shards)
    for read, batch in enumerate(_batches(shards), 1):
        census.add(batch)
        progress(read, total)
    agreement, counts, names = census.settle(), EntityCounts(), shards.names
    relations, quotes = shards.tables("relations"), shards.tables("quotes")
    with ExitStack() as stack:
        write = {name: stack.enter_context(_writer(folder, name)) for name in RECORDS}
        for read, batch in enumerate(_batches(shards), total // 2 + 1):
            mentions = with_actors(batch.rows, agreement.linked(batch), names.actors)
            counts.add(mentions)
            write["mentions"](arrow_table("mentions", mentions))
            agreed = Agreed(batch.rows, mentions)
            found = agreed.follow(records_of("relations", next(relations)))
            write["relations"](arrow_table("relations", found))
            said = agreed.follow(records_of("quotes", next(quotes)))
            write["quotes"](arrow_table("quotes", said))
            progress(read, total)
        for table in ("articles", "sentences"):
            for rows in shards.tables(table):
                write[table](rows)
        write["problems"](arrow_table("problems", shards.problems))
        entities = counts.entities(names.of_entities, names.attributes)
        for start in range(0, len(entities), _BATCH):
            write["entities"](arrow_table("entities", entities[start : start + _BATCH]))
        write["copies"](arrow_table("copies", copies_of_run(shards, folder)))


def _write_rows(shards: Shards, rows: Extraction, folder: Path) -> None:
    """The same, of rows in memory; those of one shard still go together."""
    by_article: tuple[Table, ...] = ("mentions", "relations", "quotes", "sentences")
    waiting: dict[Table, deque[Any]] = {table: deque(getattr(rows, table)) for table in by_article}
    with ExitStack() as stack:
        write = {name: stack.enter_context(_writer(folder, name)) for name in RECORDS}
        start = 0
        for shard in shards.manifest["shards"]:
            articles = rows.articles[start : start + shard["rows"]["articles"]]
            start += len(articles)
            write["articles"](arrow_table("articles", articles))
            names = {article.id for article in articles}
            for table, left in waiting.items():
                part = []
                while left and left[0].article in names:
                    part.append(left.popleft())
                write[table](arrow_table(table, part))
        for table in ("entities", "problems", "copies"):
            write[table](arrow_table(table, getattr(rows, table)))


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
