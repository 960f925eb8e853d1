"""The shards of a run, each a few hundred articles in Parquet; see ``layout`` for the folder.

The rows are those of single articles, before ``linking`` agrees ids over all of them, in the order
of the articles as given, and in an article as the pipeline found them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entextract.linking.agreement import Names
from entextract.records.arrow_tables import records_of, schema
from entextract.records.extras import need_shards
from entextract.records.nouns import Problem
from entextract.records.stamp import MANIFEST
from entextract.result import Extraction
from entextract.runs.layout import (
    READING,
    SHARD_TABLES,
    SHARDS,
    SKETCHES,
    ShardError,
    ShardTable,
    read_manifest,
    read_names,
)

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.dataset as ds


class Shards:
    """What a run read, article by article, to be taken table by table.

    Args:
        folder: of the run.

    Raises:
        FileNotFoundError: there is no run in the folder.
        ShardError: the run is not finished, or another version of entextract wrote it.
    """

    def __init__(self, folder: str | Path) -> None:
        need_shards()
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

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What went wrong: first in reading the input, then in the articles."""
        return tuple(problems_of(self.folder, self.names_of_shards))

    @cached_property
    def names(self) -> Names:
        """What linking needs of the pipeline that read the articles."""
        return read_names(self.folder)

    def read(self) -> Extraction:
        """Every row in memory, before linking."""
        tables: dict[str, Any] = {table: tuple(self.records(table)) for table in SHARD_TABLES[:-1]}
        return Extraction(**tables, problems=self.problems)


def problems_of(run: Path, shards: Iterable[str]) -> Iterator[Problem]:
    """The problems of reading the input, then those of the articles of the shards named."""
    import pyarrow.parquet as pq

    paths = [run / READING, *(run / SHARDS / name / "problems.parquet" for name in shards)]
    for path in paths:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches():
                yield from records_of("problems", batch)
