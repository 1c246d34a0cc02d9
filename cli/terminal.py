"""What every command of the terminal needs: an opened house, a line of progress."""

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from house import House, Pace

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
EVERY = 0.2  # seconds between two looks at a line of progress


@contextmanager
def opened(no_llm: bool = False) -> Iterator["House"]:
    """The house as the settings say, closed at the end. Raises BadSetting."""
    from house import House
    from house.private_files import keep_for_owner
    from settings import read_settings

    settings = read_settings()
    keep_for_owner(settings.data_dir)
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    house = House(settings.model_copy(update={"llm": "none"}) if no_llm else settings)
    try:
        yield house
    finally:
        house.close()


class Bar:
    """One line of progress that overwrites itself: how many of how many, the rate, the time left.

    Silent where nobody looks. The rate counts from the first look on: what an earlier run did took no time now.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._first: tuple[int, float] | None = None
        self._shown = 0.0
        self._seen = sys.stderr.isatty()

    def __call__(self, pace: "Pace") -> None:
        now = self._clock()
        if self._first is None:
            self._first = pace.done, now
        last = pace.total is not None and pace.done >= pace.total
        if self._seen and (last or now - self._shown >= EVERY):
            self._shown = now
            typer.echo(f"\r\x1b[K{self.told(pace, now)}", nl=last, err=True)

    def told(self, pace: "Pace", now: float) -> str:
        """1,200 of 5,000 (24%) · 830/s · 5 s left."""
        done, began = self._first or (pace.done, now)
        parts = [f"{pace.done:,}" + (f" of {pace.total:,} ({pace.done / pace.total:.0%})" if pace.total else "")]
        rate = (pace.done - done) / (now - began) if now > began else 0.0
        if rate > 0:
            parts.append(f"{rate:,.0f}/s")
            if pace.total and pace.done < pace.total:
                parts.append(f"{_lasting((pace.total - pace.done) / rate)} left")
        return " · ".join(parts)


def _lasting(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {rest:02d} s"
