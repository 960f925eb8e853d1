"""A limit to the time that a text may take: one slow article never holds up the others."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TypeVar

from entextract.records.nouns import Problem

TIMEOUT = 60.0  # seconds for each 100,000 characters, some twenty times what they take
_UNIT = 100_000  # characters
_TAKES_LONG = "takes longer than"
_AGAIN = 1.0  # seconds until it is said again: a callback may have swallowed it
_SOON = 0.001  # seconds until it is said, where the time was over before the work began

T = TypeVar("T")


class TooSlow(Exception):
    """A text took longer than it may."""


class _TimeIsOver(BaseException):
    """What the work is told; a pipe that survives each ``Exception`` does not survive it."""


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


def within(seconds: float, work: Callable[[], T]) -> T:
    """Do some work in Python, and end it when it takes longer; in any thread, on every system.

    A call into C, such as the multiplication of two matrices, comes to its own end first. This is
    a function, for what stands behind a ``with`` statement can itself be cut short on its way out.

    Raises:
        TooSlow: it took longer, whatever came of it.

    >>> within(60, lambda: 2 + 2)
    4
    >>> within(0.01, lambda: time.sleep(0.05))
    Traceback (most recent call last):
    entextract.reading.limits.TooSlow
    """
    watch = _Watch(threading.get_ident(), seconds)
    try:
        try:
            watch.start()
            watch.is_on = True  # not before: Python holds locks while it starts a thread
            result = work()
        finally:
            watch.is_on = False  # Python hears of other threads at calls only: none comes before
            try:
                watch.end()
            finally:  # what was said just before may be heard there; nothing can be said after it
                watch.end()
    except _TimeIsOver as over:
        raise TooSlow from over
    if watch.has_spoken:
        raise TooSlow  # a callback swallowed it, and nobody knows what it left undone
    return result


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
    """Says in another thread that its time is over, and says it again, as long as it is on.

    It has no lock, which what it says could leave held: each of the two threads writes its own flag
    before it reads that of the other.
    """

    def __init__(self, watched: int, seconds: float) -> None:
        super().__init__(daemon=True)
        self.is_on = False
        self.has_spoken = False
        self._is_speaking = False
        self._watched = ctypes.c_ulong(watched)
        self._seconds = min(seconds, threading.TIMEOUT_MAX)
        self._ended: SimpleQueue[None] = SimpleQueue()

    def run(self) -> None:
        wait = self._seconds
        while not self._ends_in(wait):
            self._is_speaking = True
            if self.is_on:
                self.has_spoken = True
                self._say()
            self._is_speaking = False
            wait = _AGAIN if self.has_spoken else _SOON

    def end(self) -> None:
        """Have what was said be heard, here at the latest; the thread of the work calls it.

        It is not taken back: Python 3.11 would look for it from then on at each call, and without
        end while a debugger or a coverage tool looks on.
        """
        while self._is_speaking:
            time.sleep(0)
        self._ended.put(None)
        if self.has_spoken:
            with suppress(_TimeIsOver):
                self._say()
                while True:
                    time.sleep(0)

    def _ends_in(self, seconds: float) -> bool:
        try:
            self._ended.get(timeout=seconds)
        except Empty:
            return False
        return True

    def _say(self) -> None:
        over = ctypes.py_object(_TimeIsOver)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(self._watched, over)
