"""How long work tells how far it is, and is asked to stop."""

import time
from collections.abc import Callable
from typing import Protocol

from crm.engagement.report import Progress
from crm.errors import Stopped


class Pace(Protocol):
    """How far a long job is, whatever the job."""

    @property
    def done(self) -> int: ...

    @property
    def total(self) -> int | None: ...


Watch = Callable[[Pace], None]
Stop = Callable[[], bool]


def unwatched(pace: Pace) -> None:
    """For whoever does not look."""


def unstopped() -> bool:
    """For what is never asked to stop."""
    return False


def steps(watch: Watch) -> Callable[[int, int], None]:
    """Watches a job that counts steps."""
    began = time.monotonic()
    return lambda done, of: watch(Progress(done, of, time.monotonic() - began))


def until(stop: Stop, watch: Watch) -> Watch:
    """Watches until it is asked to stop."""

    def look(pace: Pace) -> None:
        watch(pace)
        if stop():
            raise Stopped("The audit was stopped. Start it again in the same way, and it goes on from there.")

    return look
