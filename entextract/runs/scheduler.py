"""A run: what is to be read is handed to workers, what they give is noted, nothing is lost."""

from __future__ import annotations

import json
import queue
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entextract.runs.feeding import Event, Feeder
from entextract.runs.pace import Pace
from entextract.runs.pools import Pool, WorkerDied
from entextract.runs.worker import Task

if TYPE_CHECKING:
    from entextract.articles.given import GivenArticles
    from entextract.articles.stream import ArticleStream

_HOPELESS = 5  # deaths that no article explains; after two, a portion is read article by article


class CorpusError(OSError):
    """A run cannot go on; the message says why, and what to do."""


class Run:
    """One run, from the first article to the last shard.

    Args:
        folder: of the run.
        articles: what to read.
        depends: digest of what the rows depend on beside the articles.
        options: of ``load``, as JSON.
        size: articles of a shard, on average.
        timeout: seconds that an article may take.
        pool: makes the pool, given the function to call with each answer.
        progress: called after each shard.
    """

    def __init__(
        self,
        folder: Path,
        articles: ArticleStream | GivenArticles,
        depends: str,
        options: str,
        size: int,
        timeout: float,
        pool: Callable[[Callable[[Task, Any], None]], Pool],
        progress: Callable[[Pace], None] | None,
    ) -> None:
        self.folder = folder
        self.shards: dict[str, dict[str, Any]] = {}  # by name
        self.events: queue.Queue[Event] = queue.Queue()
        self.feeder = Feeder(folder, articles, depends, options, size, timeout, self.events)
        self._pool = pool(lambda task, answer: self.events.put(("answer", (task, answer))))
        self._progress = progress
        self._start = time.monotonic()
        self._waiting: list[Task] = []
        self._reading = 0
        self._ended = False
        self._done = self._kept = self._known = 0  # articles

    def __call__(self) -> list[dict[str, Any]]:
        """Do it.

        Returns:
            Name, number of rows by table, and wholeness of each shard, in order.

        Raises:
            CorpusError: the folder cannot be written to, or workers die whatever they read.
        """
        self.feeder.start()
        try:
            while not self._ended or self._waiting or self._reading:
                self._on(*self._next())
                self._hand_out()
        finally:
            self.feeder.stop()
            self._pool.close()
        return [self.shards[name] for name in self.feeder.names]

    def _next(self) -> Event:
        while True:
            with suppress(queue.Empty):
                return self.events.get(timeout=1)  # on Windows, Ctrl-C waits for this to end

    def _on(self, kind: str, what: Any) -> None:
        if kind == "kept":
            name, rows = what
            self._note(name, rows, whole=True)
            self._known += rows["articles"]
            self._kept += rows["articles"]
            self._tell(rows["articles"])
        elif kind == "todo":
            self._waiting.append(what)
            self._known += what.articles
        elif kind == "end":
            self._ended = True
        elif kind == "answer":
            self._reading -= 1
            self._take(*what)
        else:
            raise self._plain(what)

    def _hand_out(self) -> None:
        """Give work to workers that have none, the first portion first."""
        at = 0
        while at < len(self._waiting) and self._pool.has_room():
            if self._waiting[at].needs <= self.shards.keys():
                self._reading += 1
                self._pool.submit(self._waiting.pop(at))
            else:
                at += 1

    def _take(self, task: Task, answer: Any) -> None:
        if isinstance(answer, WorkerDied):
            self._waiting.insert(0, self._after_death(task))
        elif isinstance(answer, BaseException):
            raise self._plain(answer)
        else:
            self._note(task.name, answer, whole=not task.refused)
            self.feeder.finished(task)
            self._tell(task.articles)

    def _note(self, name: str, rows: dict[str, int], *, whole: bool) -> None:
        self.shards[name] = {"name": name, "rows": rows, "whole": whole}

    def _after_death(self, task: Task) -> Task:
        """The task again: as it was, then article by article, then without the one that kills."""
        deaths, refused = task.deaths + 1, task.refused
        if task.trace.exists():
            refused = (*refused, json.loads(task.trace.read_text(encoding="ascii")))
            task.trace.unlink()
        if deaths - len(refused) >= _HOPELESS:
            raise CorpusError(
                f"{self.folder}: worker processes die whatever they read (shard {task.name}); "
                "there may be too little memory: try fewer workers. A script that starts workers "
                'must do so under `if __name__ == "__main__":`'
            )
        return replace(task, deaths=deaths, refused=refused)

    def _tell(self, articles: int) -> None:
        self._done += articles
        if self._progress:
            total = self._known if self._ended else None
            seconds = time.monotonic() - self._start
            self._progress(Pace(self._done, self._kept, total, seconds))

    def _plain(self, error: BaseException) -> BaseException:
        if isinstance(error, sqlite3.Error):
            return CorpusError(
                f"{self.folder}: the index of texts cannot be written ({error}); make room "
                "there, then start the same command again: shards stay"
            )
        if isinstance(error, OSError) and error.errno is not None:
            where = f": {error.filename}" if error.filename else ""
            return CorpusError(
                f"{self.folder}: cannot go on ({error.strerror or error}{where}); "
                f"the {len(self.shards)} shards written so far are whole and stay: mend this, "
                "start the same command again, and it goes on from there"
            )
        return error
