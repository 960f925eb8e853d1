"""A limit to the time that a text may take: one slow article never holds up the others."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from entextract.records.nouns import Problem

TIMEOUT = 60.0  # seconds for each 100,000 characters, some twenty times what they take
_UNIT = 100_000  # characters
_TAKES_LONG = "takes longer than"
_AGAIN = 1.0  # seconds until it is said again: a callback may have swallowed it


class TooSlow(Exception):
    """A text took longer than it may."""


def check_timeout(timeout: float) -> None:
    """Refuse what is no time.

    Raises:
        ValueError: it is not more than 0.
    """
    if not (isinstance(timeout, int | float) and timeout > 0):
        raise ValueError(f"timeout={timeout!r}: give seconds, more than 0")


def check_counts(**counts: int) -> None:
    """Refuse what is no count, before anything is read.

    Raises:
        ValueError: one is no whole number from 1 on.

    >>> check_counts(batch_size=0)
    Traceback (most recent call last):
    ValueError: batch_size=0: give a whole number, 1 or more
    """
    for name, count in counts.items():
        if not isinstance(count, int) or count < 1:
            raise ValueError(f"{name}={count!r}: give a whole number, 1 or more")


def allowed(characters: int, timeout: float) -> float:
    """Seconds that a text may take.

    >>> allowed(2_000, 60), allowed(250_000, 60)
    (60.0, 150.0)
    """
    return timeout * max(1.0, characters / _UNIT)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End a block of Python that takes longer; in any thread, and on every system.

    A call into C, such as the multiplication of two matrices, comes to its own end first.

    Raises:
        TooSlow: it took longer.

    >>> with time_limit(0.01):
    ...     while True: pass
    Traceback (most recent call last):
    entextract.reading.limits.TooSlow
    """
    watch = _Watch(threading.get_ident(), seconds)
    try:
        try:
            watch.start()  # it may be over before this returns
            yield
        finally:
            watch.stop()
    finally:  # what is said at the last moment may come before the first call, or in it
        watch.stop()


def too_slow(article: str, timeout: float) -> Problem:
    """What the report says of an article that was left out."""
    reason = (
        f"{_TAKES_LONG} {timeout:g} seconds for 100,000 characters: left out; to wait for longer, "
        "say so with timeout (--timeout)"
    )
    return Problem(article, "extraction", reason, "refused")


def was_too_slow(problem: Problem) -> bool:
    """Whether more time may be all that an article lacked."""
    return problem.action == "refused" and problem.reason.startswith(_TAKES_LONG)


class _Watch(threading.Thread):
    """Raises ``TooSlow`` in another thread when its time is over, until it is stopped."""

    def __init__(self, watched: int, seconds: float) -> None:
        super().__init__(daemon=True)
        self._watched = ctypes.c_ulong(watched)
        self._seconds = min(seconds, threading.TIMEOUT_MAX)
        self._over = threading.Event()

    def run(self) -> None:
        wait = self._seconds
        while not self._over.wait(wait):
            self._raise(ctypes.py_object(TooSlow))
            wait = _AGAIN

    def stop(self) -> None:
        self._over.set()
        self.join()  # no lock: the error could come while it is held
        self._raise(None)  # what was said and not yet heard

    def _raise(self, error: ctypes.py_object[type[TooSlow]] | None) -> None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(self._watched, error)
