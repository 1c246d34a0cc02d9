"""Lets a few in at once, the others in the order in which they came."""

from collections import deque
from collections.abc import Iterator
from threading import Event, Lock
from types import TracebackType
from typing import TypeVar

T = TypeVar("T")


class Turnstile:
    """A semaphore that is fair: a place that is given free goes to whoever has waited longest."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: deque[Event] = deque()
        self._lock = Lock()

    def __enter__(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            called = Event()
            self._waiting.append(called)
        try:
            called.wait()
        except BaseException:  # Ctrl-C while waiting: whoever is behind must not wait for somebody who has gone
            self._leave(called)
            raise

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._pass_on()

    def each(self, steps: Iterator[T]) -> Iterator[T]:
        """The same steps, each made inside; between two of them others get their turn."""
        while True:
            with self:
                try:
                    step = next(steps)
                except StopIteration:
                    return
            yield step

    def _leave(self, called: Event) -> None:
        with self._lock:
            if called.is_set():
                self._pass_on()
            else:
                self._waiting.remove(called)

    def _pass_on(self) -> None:
        if self._waiting:
            self._waiting.popleft().set()
        else:
            self._free += 1
