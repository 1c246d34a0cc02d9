"""One long piece of work in a thread of its own: watched from outside, stopped by asking."""

import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass
from threading import Event
from typing import Any, ClassVar, Generic, Protocol, TypeVar
from weakref import WeakSet

from ui.show import seconds
from ui.tongue import said

T = TypeVar("T")
LOOK = 0.25  # seconds between two looks at the progress


class Counted(Protocol):
    """What a long piece of work reports: so many of so many."""

    @property
    def done(self) -> int: ...

    @property
    def total(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Pace:
    """How far the work is after `wall` seconds; `total` is 0 while it is not known. `skipped` were done before."""

    done: int = 0
    total: int = 0
    wall: float = 0.0
    skipped: int = 0

    @property
    def rate(self) -> float:
        return (self.done - self.skipped) / self.wall if self.wall > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds still to go at this rate; None when that cannot be told."""
        return (self.total - self.done) / self.rate if self.total and self.rate else None

    def told(self) -> str:
        """1,200 of 5,000 rows · 830 rows/s · 4.6 s left."""
        if not self.done:
            return said("job.starting")
        rows = said("job.rows_of", n=self.done, total=self.total) if self.total else said("job.rows", n=self.done)
        parts = [rows]
        if self.rate:
            parts.append(said("job.rate", rate=round(self.rate)))
        if self.left is not None and self.done < self.total:
            parts.append(said("job.left", left=seconds(self.left)))
        return " · ".join(parts)

    def bar(self) -> str:
        """The same as HTML, with a bar that fills."""
        value = f' max="{self.total}" value="{self.done}"' if self.total else ""
        return f'<div class="pace" role="status"><progress{value}></progress><p>{self.told()}</p></div>'


Report = Callable[[Counted], None]
Stop = Callable[[], bool]


class Job(Generic[T]):
    """Starts at once. A result or an error waits in it until `result` is asked for."""

    _all: ClassVar["WeakSet[Job[Any]]"] = WeakSet()

    def __init__(self, work: Callable[[Report, Stop], T], clock: Callable[[], float] = time.monotonic) -> None:
        self._stop = Event()
        self._clock, self._started = clock, clock()
        self._over: float | None = None  # when it ended: what it took grows no more
        self._last: Counted | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="job")
        self._future = self._thread.submit(copy_context().run, self._timed, work)
        self._thread.shutdown(wait=False)
        Job._all.add(self)

    def stop(self) -> None:
        """Asks the work to end soon; it decides where."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()

    @property
    def pace(self) -> Pace:
        wall = (self._clock() if self._over is None else self._over) - self._started
        if self._last is None:
            return Pace(wall=wall)
        return Pace(self._last.done, self._last.total or 0, wall, getattr(self._last, "skipped", 0))

    @property
    def ended(self) -> bool:
        return self._future.done()

    def watch(self, every: float = LOOK, give_up: bool = True) -> Generator[Pace, None, None]:
        """How far it is, again and again until it ends. Who leaves early asks the work to stop, if `give_up`."""
        try:
            while not self._future.done():
                yield self.pace
                wait([self._future], every)
            yield self.pace
        finally:
            if give_up and not self._future.done():
                self.stop()

    def result(self) -> T:
        """What the work gave; raises what it raised."""
        return self._future.result()

    @classmethod
    def stop_all(cls) -> None:
        """Asks every job to end: the window is closing."""
        for job in list(cls._all):
            job.stop()

    def _timed(self, work: Callable[[Report, Stop], T]) -> T:
        try:
            return work(self._report, self._stop.is_set)
        finally:
            self._over = self._clock()

    def _report(self, counted: Counted) -> None:
        self._last = counted
