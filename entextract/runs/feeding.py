"""Reads the input in a thread of its own: cuts it, keeps shards that are there, spools the rest."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from entextract.articles.given import GivenArticles
from entextract.articles.stream import ArticleStream
from entextract.records.arrow_tables import arrow_table, schema
from entextract.records.files import TEMPORARY, put
from entextract.records.nouns import Problem
from entextract.records.system import move, remove
from entextract.runs.cutting import Cutter, Index, Portion, spool
from entextract.runs.layout import READING, SHARDS, shard_folders
from entextract.runs.sealing import read_content
from entextract.runs.worker import SPOOL, Task

AHEAD = 1000  # portions that wait on the disk; reading waits beyond
_BATCH = 1000  # problems written at once

Event: TypeAlias = tuple[str, Any]  # "kept", (name, rows); "todo", Task; "end", None; …


class Feeder:
    """Turns articles into tasks.

    Args:
        run: folder of the run.
        articles: what to read.
        depends: digest of what the rows depend on beside the articles.
        options: of ``load``, as JSON.
        size: articles of a portion, on average.
        timeout: seconds that an article may take.
        events: where what is found goes.
    """

    def __init__(
        self,
        run: Path,
        articles: ArticleStream | GivenArticles,
        depends: str,
        options: str,
        size: int,
        timeout: float,
        events: queue.Queue[Event],
    ) -> None:
        self.run, self.articles, self.depends = run, articles, depends
        self.options, self.size, self.timeout, self.events = options, size, timeout, events
        self.names: list[str] = []
        self._there = _existing(run)
        self._room = threading.Semaphore(AHEAD)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._problems = ProblemFile(run)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Stop after the portion that is being cut, and wait for that."""
        self._stopped.set()
        self._room.release()
        self._thread.join()

    def finished(self, task: Task) -> None:
        """A portion is done: there is room for another."""
        task.spool.unlink(missing_ok=True)
        task.trace.unlink(missing_ok=True)
        self._room.release()

    def close(self, more: Iterable[Problem]) -> None:
        """Write the problems met in reading, with some more."""
        self._problems.add(list(more))
        self._problems.close()

    def abandon(self) -> None:
        """Take away what a run that was stopped leaves half done; its workers have ended."""
        self._problems.discard()
        remove(self.run / SPOOL)

    def _work(self) -> None:
        try:
            with Index(self.run) as index:
                cutter = Cutter(self.size, self.depends, index)
                for portion in cutter(self.articles):
                    self._drain()
                    self._offer(portion)
                    if self._stopped.is_set():
                        return
                self._drain()
            self.events.put(("end", None))
        except BaseException as error:  # told to the parent, which stops
            self.events.put(("failed", error))

    def _drain(self) -> None:
        """Problems go to the disk as they come: there may be as many as articles."""
        self._problems.add(self.articles.problems)
        self.articles.problems.clear()

    def _offer(self, portion: Portion) -> None:
        name = portion.name
        self.names.append(name)
        rows = self._kept(portion)
        if rows is not None:
            self.events.put(("kept", (name, rows)))
            return
        self._room.acquire()
        if self._stopped.is_set():
            return
        needs = frozenset(self.names[number] for number, _ in portion.copies.values()) - {name}
        count = len(portion.articles)
        run, means = str(self.run), self.depends
        task = Task(run, name, self.options, means, count, self.timeout, needs)
        spool(task.spool, portion, self.names)
        self.events.put(("todo", task))

    def _kept(self, portion: Portion) -> dict[str, int] | None:
        """Rows of the shard that an earlier run wrote of these articles, if it is sound."""
        folder = self._there.pop(portion.digest, None)
        if folder is None:
            return None
        content = read_content(folder)
        if content is None or not content.whole:
            remove(folder)
            return None
        if folder.name != portion.name:  # articles were added or taken away before it
            move(folder, folder.with_name(portion.name))
        return content.rows


def _existing(run: Path) -> dict[str, Path]:
    """The shards in a folder, by digest."""
    (run / SHARDS).mkdir(exist_ok=True)
    return {path.name.partition("-")[2]: path for path in shard_folders(run)}


class ProblemFile:
    """Problems, written as they come to ``reading.parquet``."""

    def __init__(self, run: Path) -> None:
        import pyarrow.parquet as pq

        self._path = run / READING
        self._draft = run / f"{TEMPORARY}{READING}"
        self._writer = pq.ParquetWriter(self._draft, schema("problems"), compression="zstd")
        self._held: list[Problem] = []

    def add(self, problems: Iterable[Problem]) -> None:
        self._held += problems
        if len(self._held) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._writer.write_table(arrow_table("problems", self._held))
        self._held.clear()

    def close(self) -> None:
        self._flush()
        self._writer.close()
        put(self._draft, self._path)

    def discard(self) -> None:
        """Write nothing after all."""
        with suppress(OSError):  # on a full disk
            self._writer.close()
        remove(self._draft)
