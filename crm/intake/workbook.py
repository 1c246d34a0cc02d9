"""Reads a sheet of an Excel workbook as the table of text that it would be as a CSV."""

import csv
import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from crm.errors import BadFile
from crm.intake.csv_repair import Row
from crm.intake.decoding import Decoded
from crm.intake.readers import TOP, Table

PART = "xl/workbook.xml"  # what every workbook holds, and no other archive
MOST_UNPACKED = 1 << 30  # bytes; its texts are held in memory, so that what is larger is to come as CSV
MIDNIGHT = time()
FORBIDDEN = '<>:"/\\|?*'  # in a file's name, on one system or another


def is_workbook(path: Path) -> bool:
    """Whether the file is one of Excel's, whatever its name."""
    if not path.is_file() or not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return PART in archive.namelist()


@dataclass(frozen=True)
class Sheet(Table):
    """A visible sheet that holds anything, the first or one by its title; `others` are the titles of the other ones.

    `top` is the header's row, from 1.
    """

    title: str = ""
    top: int = 0
    others: tuple[str, ...] = ()

    @classmethod
    def open(cls, path: Path, wanted: str = "") -> "Sheet":
        """Finds the sheet with its header, which may stand below the title of a report. Raises BadFile."""
        with _workbook(path) as book:
            visible = (sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
            filled = [(sheet.title, *upper) for sheet in visible if (upper := _top(sheet))]
        if not filled:
            raise BadFile(f"{path.name} is empty. Export it again, with a line of column names on top.")
        title, top, header = next((one for one in filled if one[0] == wanted), filled[0])
        others = tuple(other for other, *_ in filled if other != title)
        with path.open("rb") as file:
            found = Decoded("", hashlib.file_digest(file, "sha256").hexdigest())
        return cls(path, found, "", header, title, top, others)

    def notices(self) -> Iterator[str]:
        """That other sheets were not read."""
        if self.others:
            others = ", ".join(self.others)
            yield f"Only the sheet {self.title} was read; choose another in Imports, or save it as a file: {others}."

    def _records(self) -> Iterator[Row]:
        """The sheet's rows, the header as number 0. A cell that is not there is an empty one, but for a lone cell."""
        width, number = len(self.header), 0
        with _workbook(self.path) as book:
            rows = _rows(book[self.title])
            for line, cells in islice(rows, self.top - 1, None):
                filled = [cell for cell in cells if cell]
                if not filled:
                    continue
                lone = len(filled) == 1 < width  # a report's footer, which stands in no column
                yield Row(line, number, tuple(filled) if lone else cells + ("",) * (width - len(cells)))
                number += 1


def sheet_titles(path: Path) -> tuple[str, ...]:
    """The visible sheets that hold anything, in their order; none of what is no workbook. Raises BadFile."""
    if not is_workbook(path):
        return ()
    first = Sheet.open(path)
    return first.title, *first.others


def write_sheet(path: Path, title: str, folder: Path) -> Path:
    """One sheet as a CSV file of its own, named by both. Raises BadFile."""
    sheet = Sheet.open(path, title)
    called = "".join("_" if character in FORBIDDEN else character for character in f"{path.stem} - {sheet.title}")
    out = folder / f"{called}.csv"
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(sheet.header)
        writer.writerows(row.cells for row in sheet.rows())
    return out


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    """The open workbook, read as it goes. Raises BadFile for what is damaged, and for what would fill the memory."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size > MOST_UNPACKED:
            told = f"{size >> 20:,} MB unpacked; at most {MOST_UNPACKED >> 20:,} are read"
            raise BadFile(f"{path.name} is an Excel workbook of {told}. Save it as CSV.")
        with path.open("rb") as file, closing(load_workbook(file, read_only=True, data_only=True)) as book:
            yield book
    except (zipfile.BadZipFile, InvalidFileException, ParseError, OSError, KeyError, ValueError, TypeError) as err:
        raise BadFile(f"{path.name} is a damaged Excel workbook. Open it in Excel, save it anew or as CSV.") from err


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every row's number with its cells as text, without the empty ones at its end."""
    sheet.reset_dimensions()  # some programs write a wrong size, behind which nothing would be read
    for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        yield line, tuple(cells)


def _top(sheet: Any) -> tuple[int, tuple[str, ...]] | None:
    """The header with its row: the first of the upper rows with two cells, else the first with any."""
    upper = [row for row in islice(_rows(sheet), TOP) if any(row[1])]
    return next((row for row in upper if _count(row[1]) > 1), upper[0] if upper else None)


def _count(cells: Sequence[str]) -> int:
    return sum(map(bool, cells))


def _text(value: object) -> str:
    """A cell as an export to CSV would write it: dates by ISO 8601, whole numbers without a point."""
    from openpyxl.utils.escape import unescape

    if value is None:
        return ""
    if isinstance(value, str):
        return (unescape(value) if "_x" in value else value).strip()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == MIDNIGHT else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
