"""Ctrl-C: what was read until then is kept."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from entextract.records.nouns import Article, Problem

STOPPED = 130  # exit code of what Ctrl-C ended


@contextmanager
def on_interrupt(stop: Callable[[bool], None]) -> Iterator[None]:
    """Have Ctrl-C call a function, which is told whether it is not the first time.

    Only the main thread is told of Ctrl-C; elsewhere this does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    times = 0

    def handle(number: int, frame: Any) -> None:
        nonlocal times
        times += 1
        stop(times > 1)

    before = signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class UntilStopped:
    """Articles, as many as are read until Ctrl-C.

    Args:
        articles: to read, with their ``problems`` if they come from ``read_articles``.

    Attributes:
        stopped: whether the rest is to be left.
        cut: whether there was any.
    """

    def __init__(self, articles: Iterable[Article]) -> None:
        self.articles = articles
        self.stopped = self.cut = False
        self._count = 0

    def __iter__(self) -> Iterator[Article]:
        self._count = 0
        for article in self.articles:
            if self.stopped:
                self.cut = True
                return
            self._count += 1
            yield article

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Those of the articles; and that they are not all, if so."""
        found = tuple(getattr(self.articles, "problems", ()))
        if not self.cut:
            return found
        reason = (
            f"stopped after {self._count} articles, which are here; the others were not read "
            "(with --shards, a run that was stopped goes on where it was)"
        )
        return (*found, Problem("Ctrl-C", "Ctrl-C", reason, "shortened"))


def was_stopped(problems: Iterable[Problem]) -> bool:
    """Whether a result lacks the articles after Ctrl-C."""
    return any(problem.where == "Ctrl-C" for problem in problems)
