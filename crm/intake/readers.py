"""Reads a table of text, row by row, from files larger than memory."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, dropwhile, islice
from pathlib import Path
from typing import TextIO

from crm.errors import BadFile
from crm.intake.csv_repair import MOST_IN_ROW, Lines, Mend, Row, TooLong
from crm.intake.decoding import RESCUE, Decoded, decoded

TOP = 50  # lines within which the header must end
SEPARATORS = (",", ";", "\t", "|")
MOST_IN_CELL = 1_000_000  # characters; CRMs cut a text at 131,072, so this is a file that broke, or an attachment
MOST_KEPT = 100_000  # characters of a cell that are kept of a row that was refused
SPLIT_ROW = "This row has {found} cells where the header has {wanted} columns: a quote or a separator is missing."
LONE_CELL = (
    "This line has one cell where the header has {wanted} columns: a note of the report, or its separators are missing."
)
LARGE_CELL = "A cell of {size:,} characters; at most {most:,} are read. Shorten it or leave it out."


@dataclass(frozen=True)
class Table:
    """A file of rows below a line of column names."""

    path: Path
    bytes: Decoded
    separator: str
    header: tuple[str, ...]

    @classmethod
    def open(cls, path: Path) -> "Table":
        """Finds encoding, separator and header. Raises BadFile."""
        found = decoded(path)
        top = _top(path, found)
        if not top:
            raise BadFile(f"{path.name} is empty. Export it again, with a line of column names on top.")
        if len(top[0]) > MOST_IN_CELL:
            raise BadFile(f"{path.name} has no line of column names on top: its first line never ends.")
        named_mark = _names_separator(top[0])
        marks = (top[0][4],) if named_mark else SEPARATORS
        headers = {mark: _header(top[1:] if named_mark else top, mark) for mark in marks}
        separator = max(marks, key=lambda mark: len(headers[mark]))
        if not any(headers[separator]):
            raise BadFile(f"{path.name} has no line of column names on top.")
        return cls(path, found, separator, headers[separator])

    @property
    def digest(self) -> str:
        """What identifies the file: a hash of its bytes."""
        return self.bytes.digest

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The header with every name different: a second "Name" is "Name (2)", one without a name "column 7"."""
        names: list[str] = []
        for number, name in enumerate(self.header, start=1):
            wanted = name or f"column {number}"
            count = sum(1 for other in self.header[: number - 1] if other == name and name)
            names.append(f"{wanted} ({count + 1})" if count else wanted)
        return tuple(names)

    def notices(self) -> Iterator[str]:
        """What people should know of how the file was read."""
        if self.bytes.rescued:
            yield f"{self.bytes.rescued} characters were not valid UTF-8 and were read as Windows would."

    def rows(self) -> Iterator[Row]:
        """Every row below the header, in order, one at a time. Blank lines are no rows."""
        width = len(self.header)
        records = self._records()
        next(records, None)  # the header
        for row in records:
            yield row if len(row.cells) == width and _fits(row) else _checked(row, width)

    def _records(self) -> Iterator[Row]:
        """Every record, the header as number 0: the fast way, and from where it fails on the careful one."""
        csv.field_size_limit(MOST_IN_ROW)
        read = 0
        if self.bytes.plain:
            try:
                for row in self._plain_records():
                    read += 1
                    yield row
                return
            except csv.Error:
                pass  # the careful way takes over at the record that this one could not read
        yield from islice(self._careful_records(), read, None)

    def _plain_records(self) -> Iterator[Row]:
        with _text(self.path, self.bytes) as text:
            first = next(dropwhile(_blank, lines := Lines(text)), "")
            skipped = lines.first + len(lines.record) - 1
            if not _names_separator(first):
                skipped, text = skipped - 1, chain([first], text)  # type: ignore[assignment]
            reader = csv.reader(text, delimiter=self.separator, strict=True)
            line, number = skipped + 1, 0
            for cells in reader:
                if len(cells) > 1 or (cells and cells[0].strip()):
                    yield Row(line, number, tuple(cells))
                    number += 1
                line = skipped + reader.line_num + 1

    def _careful_records(self) -> Iterator[Row]:
        with _text(self.path, self.bytes) as text:
            lines = Lines(text)
            first = next(dropwhile(_blank, lines), "")
            if not _names_separator(first):
                lines.unread([first])
            reader = csv.reader(lines, delimiter=self.separator, strict=True)
            number = 0
            while True:
                lines.start_record()
                try:
                    row = Row(lines.first, number, tuple(next(reader)))
                except StopIteration:
                    return
                except (csv.Error, TooLong):
                    row = Mend(lines, self.separator, len(self.header)).row()._replace(number=number)
                if row.broken or len(row.cells) > 1 or (row.cells and row.cells[0].strip()):
                    yield row
                    number += 1


def named(table: Table, row: Row) -> dict[str, str]:
    """The row's cells by column name, cut where one is too large to keep."""
    extra = (f"column {number}" for number in range(len(table.names) + 1, len(row.cells) + 1))
    cells = (cell if len(cell) <= MOST_KEPT else cell[:MOST_KEPT] + " …" for cell in row.cells)
    return dict(zip((*table.names, *extra), cells, strict=False))


def _fits(row: Row) -> bool:
    return max(map(len, row.cells)) <= MOST_IN_CELL


def _checked(row: Row, width: int) -> Row:
    """The row with what is wrong about it; empty cells beyond the header are no fault."""
    cells = row.cells
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    if row.broken:
        return row
    if len(cells) != width:
        why = LONE_CELL if len(cells) == 1 else SPLIT_ROW
        return row._replace(cells=cells, broken=why.format(found=len(cells), wanted=width))
    largest = max(map(len, cells))
    why = LARGE_CELL.format(size=largest, most=MOST_IN_CELL) if largest > MOST_IN_CELL else ""
    return row._replace(cells=cells, broken=why)


def _text(path: Path, found: Decoded) -> TextIO:
    return path.open(encoding=found.encoding, errors=RESCUE, newline="")


def _top(path: Path, found: Decoded) -> list[str]:
    """The first lines, from the first that is not blank: a header may take several."""
    with _text(path, found) as text:
        lines = Lines(text)
        lines.extend(TOP)
        return list(dropwhile(_blank, lines.record))


def _header(top: list[str], separator: str) -> tuple[str, ...]:
    csv.field_size_limit(MOST_IN_ROW)
    names = next(csv.reader(top, delimiter=separator), [])
    return tuple(name.strip("\ufeff \t\r\n") for name in names)


def _blank(line: str) -> bool:
    return not line.strip("\ufeff \t\r\n")


def _names_separator(line: str) -> bool:
    """Whether this is the `sep=;` line that Excel writes above the header."""
    return line[:4].lower() == "sep=" and len(line.strip()) <= 5 and line[4:5] in SEPARATORS
