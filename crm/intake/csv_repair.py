"""Finds the way through a table at a record that the strict reader gave up on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TextIO

from crm.intake.broken_quotes import Split, split

MOST_IN_ROW = 64_000_000  # characters that may be held while a row's end is looked for
SHOWN = 2_000  # characters of a cell that are kept of a part that cannot be read
OPEN_QUOTE = (
    "The quote that opens on line {line} is never closed, so nothing below it can be told apart. "
    "Close it, then import the file again: what is stored already is not stored twice."
)
LOST_QUOTE = "The quote that opens on line {line} is never closed: add the closing quote to this row."
ENDLESS = (
    "The row that starts on line {line} does not end within {most:,} characters, so it and everything below it "
    "is left out. Is this file a table?"
)


class Row(NamedTuple):
    """One row of data. `line` is where it starts in the file, `number` counts rows from 1.

    `broken` says why the row cannot be read; its cells are then what could be made of it. A tuple, for there are
    many and they go to other processes.
    """

    line: int
    number: int
    cells: tuple[str, ...]
    broken: str = ""


class TooLong(Exception):
    """A record's end was not found within what may be held in memory: a signal to the mender, seen nowhere else."""


class Lines:
    """A file's lines, remembering those of the record being read. Zero characters are left out."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._ahead: list[str] = []
        self._read = 0
        self._size = 0
        self._stopped = False
        self.first = 1
        self.record: list[str] = []

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        line = self._ahead.pop() if self._ahead else self._text.readline(MOST_IN_ROW)
        if not line or self._stopped:
            raise StopIteration
        if "\0" in line:
            line = line.replace("\0", "") or "\n"
        self._read += 1
        self._size += len(line)
        self.record.append(line)
        if self.too_long:
            raise TooLong
        return line

    @property
    def too_long(self) -> bool:
        return self._size >= MOST_IN_ROW

    def start_record(self) -> None:
        self.first = self._read + 1
        self.record = []
        self._size = 0

    def unread(self, lines: Sequence[str]) -> None:
        """Gives lines back, to be read again."""
        again = [line for line in lines if line]
        self._ahead.extend(reversed(again))
        self._read -= len(again)

    def extend(self, count: int) -> bool:
        """Reads up to `count` more lines into the record; False when there are none."""
        before = len(self.record)
        try:
            for _ in range(count):
                next(self)
        except (StopIteration, TooLong):
            pass  # what could be read is in the record
        return len(self.record) > before

    def stop(self) -> None:
        """Nothing below can be told apart: reading ends here."""
        self._stopped = True

    def line_of(self, offset: int) -> int:
        """The file's line in which the record's character at `offset` stands."""
        size = 0
        for number, line in enumerate(self.record):
            size += len(line)
            if offset < size:
                return self.first + number
        return self.first


@dataclass(frozen=True, slots=True)
class Mend:
    """Makes what can be made of the record that `lines` has just read; the rest is given back to be read again."""

    lines: Lines
    separator: str
    width: int

    def row(self) -> Row:
        more = 16
        while True:
            text = "".join(self.lines.record)
            found = split(text, self.separator)
            if again := self._next_record(text, found):
                return self._without_quote(text, again)
            if self.lines.too_long:
                return self._remainder(found, ENDLESS.format(line=self.lines.first, most=MOST_IN_ROW))
            if found.open_at < 0:
                self._give_back(found.end)
                return Row(self.lines.first, 0, found.cells)
            if not self.lines.extend(more):
                return self._remainder(found, OPEN_QUOTE.format(line=self.lines.line_of(found.open_at)))
            more *= 2

    def _next_record(self, text: str, found: Split) -> int:
        """Where the next whole record starts, if this one swallowed it because its own quote is not closed."""
        if found.suspect < 0:
            return 0
        start = max(text.rfind("\n", 0, found.suspect), text.rfind("\r", 0, found.suspect)) + 1
        after = split(text[start:], self.separator)
        whole = start and after.open_at < 0 and after.suspect < 0 and len(after.cells) == self.width
        return start if whole else 0

    def _without_quote(self, text: str, again: int) -> Row:
        inside = split(text[:again], self.separator)
        why = LOST_QUOTE.format(line=self.lines.line_of(max(inside.open_at, 0)))
        self._give_back(again)
        return Row(self.lines.first, 0, inside.cells, why)

    def _remainder(self, found: Split, why: str) -> Row:
        self.lines.stop()
        return Row(self.lines.first, 0, tuple(cell[:SHOWN] for cell in found.cells), why)

    def _give_back(self, end: int) -> None:
        """Unreads every line of the record that starts at or beyond `end`."""
        kept = size = 0
        for line in self.lines.record:
            if size >= end:
                break
            kept, size = kept + 1, size + len(line)
        self.lines.unread(self.lines.record[kept:])
