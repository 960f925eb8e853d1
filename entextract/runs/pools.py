"""Where portions are read: worker processes on this machine, or those of a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol

from entextract.records.system import process_context
from entextract.runs.worker import Task, begin, read_portion

Answer = Callable[[Task, dict[str, int] | BaseException], None]


class WorkerDied(RuntimeError):
    """The process that read a portion is no more."""


class Pool(Protocol):
    """Somewhere to read portions."""

    def has_room(self) -> bool:
        """Whether a worker waits for work."""

    def submit(self, task: Task) -> None:
        """Have a portion read; the answer comes from another thread."""

    def close(self) -> None:
        """Finish what is being read, and stop."""


class LocalPool:
    """Processes of this machine, a pool of one each: when one dies, the others never know."""

    def __init__(self, workers: int, answer: Answer) -> None:
        self._answer = answer
        self._free: list[ProcessPoolExecutor] = [self._start() for _ in range(workers)]
        self._all = list(self._free)

    @staticmethod
    def _start() -> ProcessPoolExecutor:
        return ProcessPoolExecutor(1, mp_context=process_context(), initializer=begin)

    def has_room(self) -> bool:
        return bool(self._free)

    def submit(self, task: Task) -> None:
        executor = self._free.pop()
        executor.submit(read_portion, task).add_done_callback(
            lambda future: self._done(task, executor, future)
        )

    def _done(
        self, task: Task, executor: ProcessPoolExecutor, future: Future[dict[str, int]]
    ) -> None:
        error = future.exception()
        if isinstance(error, BrokenProcessPool):
            self._all.remove(executor)
            executor = self._start()
            self._all.append(executor)
            error = WorkerDied(str(error))
        self._free.append(executor)
        self._answer(task, error or future.result())

    def close(self) -> None:
        for executor in self._all:
            executor.shutdown()


class DaskPool:
    """The workers of a cluster: portions travel as paths, in a folder that all of them see."""

    def __init__(self, client: Any, answer: Answer) -> None:
        self._client = client
        self._answer = answer
        self._reading: set[Any] = set()

    def has_room(self) -> bool:
        # one more each, so that none waits for the next portion to travel
        workers = len(self._client.scheduler_info(n_workers=-1)["workers"])
        return len(self._reading) < max(1, 2 * workers)

    def submit(self, task: Task) -> None:
        future = self._client.submit(read_portion, task, pure=False)
        self._reading.add(future)
        future.add_done_callback(lambda done: self._done(task, done))

    def _done(self, task: Task, future: Any) -> None:
        from distributed import KilledWorker

        self._reading.discard(future)
        try:
            self._answer(task, future.result())
        except KilledWorker as error:
            self._answer(task, WorkerDied(str(error)))
        except BaseException as error:  # told to the parent, which knows what to do
            self._answer(task, error)

    def close(self) -> None:
        self._client.cancel(list(self._reading))
