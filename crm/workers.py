"""A pure function over batches: in this process, or in several. Other machines: dask_workers.py."""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import connection, get_context, parent_process
from typing import Any, Protocol, TypeVar

from crm.garbage_collection import collect_seldom

Batch = TypeVar("Batch")
Result = TypeVar("Result")

AHEAD = 3  # batches a process may be ahead of the reader: enough to stay busy, little to hold in memory


class Workers(Protocol):
    """Applies `work` to every batch; results come in the order of the batches, few of them at a time in memory.

    `work` must be pure, and for other processes both it and the batches must be picklable.
    """

    def map(self, work: Callable[[Batch], Result], batches: Iterable[Batch]) -> Iterator[Result]: ...


@dataclass(frozen=True, slots=True)
class Here:
    """In this process, one batch after the other."""

    def map(self, work: Callable[[Batch], Result], batches: Iterable[Batch]) -> Iterator[Result]:
        return map(work, batches)


@dataclass(frozen=True, slots=True)
class Processes:
    """In `count` fresh processes of this machine. `work` is sent to each of them once.

    When there are no more than `first_here` batches, no other process is started; else the first ones are done here
    until one of the others is ready.
    """

    count: int
    first_here: int = 0

    def map(self, work: Callable[[Batch], Result], batches: Iterable[Batch]) -> Iterator[Result]:
        coming = iter(batches)
        first = list(islice(coming, self.first_here + 1))
        if len(first) <= self.first_here:
            yield from map(work, first)
        else:
            yield from self._elsewhere(work, chain(first, coming))

    def _elsewhere(self, work: Callable[[Batch], Result], batches: Iterator[Batch]) -> Iterator[Result]:
        # Spawned, not forked: the caller may hold threads and open databases, which do not survive a fork.
        pool = ProcessPoolExecutor(self.count, mp_context=get_context("spawn"), initializer=_begin, initargs=(work,))
        waiting: deque[tuple[Batch, Future[Result] | None]] = deque()
        try:
            if self.first_here:
                yield from map(work, _until_ready(pool, self.count, batches))
            for batch in batches:
                waiting.append((batch, _submit(pool, batch)))
                if len(waiting) > AHEAD * self.count:
                    yield _result(work, *waiting.popleft())
            while waiting:
                yield _result(work, *waiting.popleft())
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _until_ready(pool: ProcessPoolExecutor, count: int, batches: Iterator[Batch]) -> Iterator[Batch]:
    """The batches until the first process of the pool has started, which takes it a second or two."""
    started = [pool.submit(os.getpid) for _ in range(count)]
    for batch in batches:
        yield batch
        if any(process.done() for process in started):
            return


def _submit(pool: ProcessPoolExecutor, batch: Batch) -> "Future[Any] | None":
    try:
        return pool.submit(_do, batch)
    except BrokenProcessPool:
        return None


def _result(work: Callable[[Batch], Result], batch: Batch, future: Future[Result] | None) -> Result:
    """The batch's result. When a process was killed from outside, its batch is worked on here instead."""
    if future is not None:
        try:
            return future.result()
        except BrokenProcessPool:
            pass  # `work` is pure: doing it again gives what the dead process would have given
    return work(batch)


class _Given:
    """What the process was started for."""

    work: Callable[[Any], Any]


def _begin(work: Callable[[Any], Any]) -> None:
    """Keeps the work, then watches the parent: without one the process would wait for batches forever.

    Ctrl-C reaches every process of a terminal; how to end is the parent's to say.
    """
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _Given.work = work
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _do(batch: Any) -> Any:
    return _Given.work(batch)


def _watch(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(0)
