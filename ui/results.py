"""The rows of an audited file: counted by label, filtered for the table."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crm.nouns import Engagement
from ui.tongue import said

SHOWN = 1_000  # rows the table shows; the file has them all
EVERY = ""


@dataclass(frozen=True, slots=True)
class Picked:
    """The rows that pass a filter: the first SHOWN of them, with how many there are."""

    rows: tuple[tuple[str, ...], ...]
    matching: int
    total: int

    def told(self) -> str:
        """Which part of the file the table shows."""
        if not self.matching:
            return said("results.none", total=self.total)
        matching = said("results.some", n=self.matching, total=self.total)
        if self.matching == self.total:
            matching = said("results.all", n=self.total)
        return f"{matching}{said('results.first', shown=SHOWN)}" if self.matching > SHOWN else f"{matching}."


@dataclass(frozen=True, slots=True)
class Results:
    """An audited file on disk, with how many rows carry each label."""

    path: Path
    counts: dict[str, int]

    @classmethod
    def read(cls, path: Path) -> "Results":
        found = Counter(row[1] for row in _rows(path))
        return cls(path, {e.value: found.get(e.value, 0) for e in Engagement})

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def pick(self, label: str = EVERY, text: str = "") -> Picked:
        """Rows with the label that hold the text anywhere, whatever the case."""
        wanted, needle = "" if label == EVERY else label, text.casefold().strip()
        shown: list[tuple[str, ...]] = []
        matching = 0
        for row in _rows(self.path):
            if (not wanted or row[1] == wanted) and (not needle or needle in "\n".join(row).casefold()):
                matching += 1
                if len(shown) < SHOWN:
                    shown.append(row)
        return Picked(tuple(shown), matching, self.total)


def _rows(path: Path) -> Iterator[tuple[str, ...]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows, None)
        yield from (tuple(row) for row in rows)
