"""Things that are made once, when they are first asked for, by however many threads."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar, cast

T = TypeVar("T")


class Once:
    """What was made, by name. Each name has its own lock: while a slow one is made, nobody waits who needs another."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[object, object]] = {}  # by name: as of what it was made, the thing
        self._locks: dict[str, threading.RLock] = {}

    def get(self, name: str, make: Callable[[], T], as_of: object = None) -> T:
        """The thing of that name; made anew only when `as_of` is no longer what it was made for."""
        with self.alone(name):
            if name not in self._made or self._made[name][0] != as_of:
                self._made[name] = as_of, make()
            return cast(T, self._made[name][1])

    def has(self, name: str) -> bool:
        """Whether it is made, whatever it was made for; does not wait for one that is being made."""
        return name in self._made

    def forget(self, name: str) -> None:
        """Whoever asks next gets a new one."""
        with self.alone(name):
            self._made.pop(name, None)

    def alone(self, name: str) -> AbstractContextManager[object]:
        """A lock for one thing; the thread that holds it may ask for it again."""
        return self._locks.setdefault(name, threading.RLock())
