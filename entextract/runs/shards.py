"""The tables of a large corpus on disk: a folder of shards, each a few hundred articles in Parquet.

::

    RUN/manifest.json         what was read, with what, and the list of shards, in order
    RUN/names.json            names that the pipeline knows of entities, by id: "known" and "actors"
    RUN/report.json           counts and problems, of reading and of the articles
    RUN/reading.parquet       problems of reading: what of the input could not become an article
    RUN/shards/NNNNN-DIGEST/  articles, mentions, relations, sentences, problems (.parquet),
                              sketches.parquet: what is kept of each text to find its copies,
                              and shard.json: size and digest of each of these

The rows are those of single articles, before ``linking`` agrees ids over all of them, in the order
of the articles as given, and in an article as the pipeline found them. A shard is
there whole or not at all: it is written under another name, flushed to the disk, then renamed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from entextract.linking.agreement import Names
from entextract.linking.minhash import signature_table
from entextract.records.cells import writable
from entextract.records.nouns import Action, Article, Mention, Problem, Relation, Sentence
from entextract.result import Extraction

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.dataset as ds

FORMAT = 2  # of the folder; another one is refused
ShardTable = Literal["articles", "mentions", "relations", "sentences", "problems"]
SHARD_TABLES: tuple[ShardTable, ...] = get_args(ShardTable)
SKETCHES = "sketches"  # beside the tables in each shard
MANIFEST, NAMES, SHARDS, READING = "manifest.json", "names.json", "shards", "reading.parquet"
REPORT = "report.json"
CONTENT = "shard.json"
TEMPORARY = ".tmp-"  # opens the name of what is not written to its end
_RECORDS: dict[ShardTable, type] = {
    "articles": Article,
    "mentions": Mention,
    "relations": Relation,
    "sentences": Sentence,
    "problems": Problem,
}


class ShardError(ValueError):
    """A folder of shards is not as it should be; the message says what to do."""


def schema(table: ShardTable) -> pa.Schema:
    """The columns of a table, in the order of the fields of its record.

    >>> schema("sentences").names
    ['article', 'sentence', 'start', 'end', 'text']
    """
    import pyarrow as pa

    types = {"int": pa.int32(), "bool": pa.bool_(), "float": pa.float64()}
    names = [f for f in fields(_RECORDS[table]) if (table, f.name) != ("articles", "text")]
    columns = [
        pa.field(
            f.name,
            pa.map_(pa.string(), pa.string())
            if f.name == "meta"
            else types.get(str(f.type), pa.string()),
            nullable=False,
        )
        for f in names
    ]
    said = {"entextract.format": str(FORMAT), "entextract.table": table}
    return pa.schema(columns, metadata=said)


def arrow_table(table: ShardTable, records: Iterable[Any]) -> pa.Table:
    """Records as Arrow columns; a lone surrogate, which no file can hold, becomes U+FFFD."""
    import pyarrow as pa

    shape, rows = schema(table), list(records)
    columns = []
    for column in shape:
        cells = [getattr(row, column.name) for row in rows]
        if column.name == "meta":
            cells = [tuple(cell.items()) for cell in cells]
        try:
            columns.append(pa.array(cells, column.type))
        except UnicodeEncodeError:
            columns.append(pa.array([writable(cell) for cell in cells], column.type))
    return pa.Table.from_arrays(columns, schema=shape)


# ---- writing


def write_shard(run: Path, name: str, rows: Extraction, *, whole: bool = True) -> None:
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
    temporary = folder.with_name(_temporary(name))
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
        write_json(temporary / CONTENT, {"format": FORMAT, "whole": whole, "tables": tables})
        sync(temporary)
        _put(temporary, folder)
        sync(folder.parent)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _put(temporary: Path, folder: Path) -> None:
    """Give a shard its name; one that a dead run's worker has just written is as good."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        temporary.rename(folder)
    except OSError:
        if read_content(folder) is None:
            raise


def _temporary(name: str) -> str:
    return f"{TEMPORARY}{name}-{uuid.uuid4().hex}"


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a JSON file that is there whole, or not at all."""
    temporary = path.with_name(_temporary(path.name))
    try:
        with temporary.open("w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def write_names(run: Path, names: Names) -> None:
    """Write what linking needs of the pipeline that reads the articles."""
    write_json(run / NAMES, {"known": dict(names.known), "actors": dict(names.actors)})


def write_report(
    run: Path, counts: Mapping[str, int], problems: Callable[[], Iterable[Problem]]
) -> None:
    """Write ``report.json`` as ``Extraction.report`` has it, its problems one at a time.

    Args:
        run: the folder of the run.
        counts: rows by table.
        problems: gives the problems, anew at each call.
    """
    actions = dict.fromkeys(get_args(Action), 0)
    for problem in problems():
        actions[problem.action] += 1
    path = run / REPORT
    temporary = path.with_name(_temporary(path.name))
    try:
        with temporary.open("w", encoding="utf-8") as file:
            head = json.dumps({**counts, **actions}, indent=2)
            file.write(head.removesuffix("\n}") + ',\n  "problems": [')
            separator = "\n"
            for problem in problems():
                file.write(f"{separator}    {json.dumps(asdict(problem), ensure_ascii=False)}")
                separator = ",\n"
            file.write("\n  ]\n}\n")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _seal(path: Path) -> dict[str, Any]:
    """Flush a file to the disk, and say how to know it again."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        digest = hashlib.file_digest(file, _digest).hexdigest()
    return {"bytes": path.stat().st_size, "digest": digest}


def _digest() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=16)


def sync(folder: Path) -> None:
    """Flush a folder's list of names, where the system can."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


# ---- reading


@dataclass(frozen=True, slots=True)
class Content:
    """What a shard says of itself."""

    rows: dict[str, int]  # by table
    whole: bool  # False if articles are missing that another run may be able to read


def read_content(shard: Path) -> Content | None:
    """What is in a shard, or None if it is damaged or missing: every byte is looked at."""
    try:
        said = json.loads((shard / CONTENT).read_text(encoding="utf-8"))
        if said["format"] != FORMAT:
            return None
        for table in (*SHARD_TABLES, SKETCHES):
            path = shard / f"{table}.parquet"
            if path.stat().st_size != said["tables"][table]["bytes"]:
                return None
            with path.open("rb") as file:
                if (
                    hashlib.file_digest(file, _digest).hexdigest()
                    != said["tables"][table]["digest"]
                ):
                    return None
        rows: dict[str, int] = {
            str(table): int(said["tables"][table]["rows"]) for table in SHARD_TABLES
        }
        return Content(rows, bool(said["whole"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


class Shards:
    """What ``extract_corpus`` wrote, to be read table by table.

    Args:
        folder: of the run.

    Raises:
        FileNotFoundError: there is no run in the folder.
        ShardError: the run is not finished, or another version of entextract wrote it.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        manifest = read_manifest(self.folder)
        if manifest is None:
            raise FileNotFoundError(f"{self.folder / MANIFEST}: no such file; not a run folder")
        self.manifest = manifest
        if not manifest["complete"]:
            raise ShardError(
                f"{self.folder}: the run is not finished; start the same command again, and it "
                "goes on where it stopped"
            )

    def __repr__(self) -> str:
        counts = ", ".join(f"{self.count(table)} {table}" for table in SHARD_TABLES)
        return f"<Shards {self.folder}: {len(self.names_of_shards)} shards, {counts}>"

    @property
    def names_of_shards(self) -> list[str]:
        """Names of the shards, in the order of their articles."""
        return [shard["name"] for shard in self.manifest["shards"]]

    def files(self, table: ShardTable) -> list[Path]:
        """The Parquet files of a table, in the order of their articles; for DuckDB and the like."""
        return [self.folder / SHARDS / name / f"{table}.parquet" for name in self.names_of_shards]

    def count(self, table: ShardTable) -> int:
        """How many rows a table has."""
        return sum(shard["rows"][table] for shard in self.manifest["shards"])

    def dataset(self, table: ShardTable) -> ds.Dataset:
        """A table as an Arrow dataset, which reads no more than it is asked for."""
        import pyarrow.dataset as ds

        files = [str(path) for path in self.files(table)]
        return ds.dataset(files, schema=schema(table), format="parquet")

    def tables(self, table: ShardTable) -> Iterator[pa.Table]:
        """The rows of a table, shard by shard, in the order of their articles."""
        import pyarrow.parquet as pq

        for path in self.files(table):
            yield pq.read_table(path, schema=schema(table))

    def sketches(self, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """What is kept of the texts, shard by shard; see ``entextract.linking.minhash``."""
        import pyarrow.parquet as pq

        for name in self.names_of_shards:
            path = self.folder / SHARDS / name / f"{SKETCHES}.parquet"
            yield pq.read_table(path, columns=columns)

    def records(self, table: ShardTable) -> Iterator[Any]:
        """The rows of a table as records; the text of articles is empty."""
        for rows in self.tables(table):
            yield from records_of(table, rows)

    def problems(self) -> Iterator[Problem]:
        """What went wrong: first in reading the input, then in the articles."""
        return problems_of(self.folder, self.names_of_shards)

    @cached_property
    def names(self) -> Names:
        """What linking needs of the pipeline that read the articles."""
        content = json.loads((self.folder / NAMES).read_text(encoding="utf-8"))
        return Names(content["known"], content["actors"])

    def read(self) -> Extraction:
        """Every row in memory, before linking."""
        tables: dict[str, Any] = {table: tuple(self.records(table)) for table in SHARD_TABLES[:-1]}
        return Extraction(**tables, problems=tuple(self.problems()))


def records_of(table: ShardTable, rows: pa.Table | pa.RecordBatch) -> Iterator[Any]:
    """Rows of Arrow as records; the text of articles is empty."""
    record = _RECORDS[table]
    for row in rows.to_pylist():
        if table == "articles":
            row = {**row, "text": "", "meta": dict(row["meta"])}
        yield record(**row)


def problems_of(run: Path, shards: Iterable[str]) -> Iterator[Problem]:
    """The problems of reading the input, then those of the articles of the shards named."""
    import pyarrow.parquet as pq

    paths = [run / READING, *(run / SHARDS / name / "problems.parquet" for name in shards)]
    for path in paths:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches():
                yield from records_of("problems", batch)


def read_manifest(run: Path) -> dict[str, Any] | None:
    """The manifest of a run, or None if there is none.

    Raises:
        ShardError: it is damaged, or written by a version that had another format.
    """
    path = run / MANIFEST
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        written, version = content["format"], content["entextract"]
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise ShardError(
            f"{path} is damaged ({error!r}); delete it and run again: whole shards are kept"
        ) from error
    if written != FORMAT:
        raise ShardError(
            f"{run}: written by entextract {version} in format {written}, and this version reads "
            f"format {FORMAT}; choose another folder, or delete this one"
        )
    return content
