"""A table as a file to take away: an Excel workbook, which opens by a click in every country, or CSV."""

import csv
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

from crm.errors import BadFile
from crm.quoting import harmless

MOST_ROWS = 1_048_576  # Excel's own bound, the header among them
MOST_LETTERS = 32_767  # of a cell
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)
WIDEST, NARROWEST = 60, 10  # of a column, in letters
MEASURED = 200  # rows that a column's width is taken from: a sheet is written from its top and never again

Cell = str | float | int | None


def taken_table(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], name: str, meanings: Mapping[str, str] | None = None
) -> Path:
    """The table in a folder of its own, by the ending of its name .xlsx or .csv; `meanings` as in a workbook.

    Raises BadFile.
    """
    target = Path(tempfile.mkdtemp(prefix="taken-")) / name
    if target.suffix == ".xlsx":
        write_workbook(columns, rows, target, meanings)
    else:
        _write_csv(columns, rows, target)
    return target


def write_workbook(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], target: Path, meanings: Mapping[str, str] | None = None
) -> None:
    """A sheet with its header fixed and filters on it; days and times become dates, and no cell is a formula.

    `meanings` are sentences by column: they stand on a second sheet. Raises BadFile for more rows than Excel holds.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    _fill(book.create_sheet("Rows" if meanings else None), columns, rows)
    if meanings:
        _fill(book.create_sheet("Columns"), ("Column", "What it holds"), [(c, meanings.get(c, "")) for c in columns])
    book.save(target)


def _fill(sheet: Any, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    from openpyxl.utils import get_column_letter

    coming = iter(rows)
    first = list(islice(coming, MEASURED))
    sheet.freeze_panes = "A2"
    for number, name in enumerate(columns):
        longest = max((len(str(row[number] or "")) for row in first), default=0)
        width = max(NARROWEST, min(max(len(name), longest) + 4, WIDEST))
        sheet.column_dimensions[get_column_letter(number + 1)].width = width
    sheet.append([_cell(sheet, name) for name in columns])
    count = 1
    for row in chain(first, coming):
        count += 1
        if count > MOST_ROWS:
            raise BadFile(f"Excel holds {MOST_ROWS:,} rows, and these are more. Take them as CSV.")
        sheet.append([_cell(sheet, value) for value in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"


def _write_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]], target: Path) -> None:
    """CSV that no spreadsheet runs, with the mark by which Excel knows UTF-8."""
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)


def _cell(sheet: Any, value: Cell) -> Any:
    """What the sheet is given: a text that looks like a formula is kept as a text."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(value, str):
        return value
    if MOMENT.fullmatch(value):
        return _moment(value)
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:MOST_LETTERS]
    if text[:1] != "=":
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _moment(text: str) -> date | str:
    """A day, or a day with its time by the clock that it was written by: Excel knows no zones."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return text
