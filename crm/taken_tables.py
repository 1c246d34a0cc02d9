"""A table as a file to take away: an Excel workbook, which opens by a click in every country, or CSV."""

import csv
import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from crm.errors import BadFile
from crm.quoting import harmless

MOST_ROWS = 1_048_576  # Excel's own bound, the header among them
MOST_LETTERS = 32_767  # of a cell
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
WIDEST, NARROWEST = 60, 10  # of a column, in letters

Cell = str | float | int | None


def taken_table(columns: Sequence[str], rows: Iterable[Sequence[Cell]], name: str) -> Path:
    """The table in a folder of its own, by the ending of its name .xlsx or .csv. Raises BadFile."""
    target = Path(tempfile.mkdtemp(prefix="taken-")) / name
    (write_workbook if target.suffix == ".xlsx" else _write_csv)(columns, rows, target)
    return target


def write_workbook(columns: Sequence[str], rows: Iterable[Sequence[Cell]], target: Path) -> None:
    """One sheet with its header fixed and filters on it; days become dates, and no cell is a formula.

    Raises BadFile for more rows than Excel holds.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    last = get_column_letter(len(columns))
    for number, name in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = max(NARROWEST, min(len(name) + 4, WIDEST))
    sheet.append([_cell(sheet, name) for name in columns])
    count = 1
    for row in rows:
        count += 1
        if count > MOST_ROWS:
            raise BadFile(f"Excel holds {MOST_ROWS:,} rows, and these are more. Take them as CSV.")
        sheet.append([_cell(sheet, value) for value in row])
    sheet.auto_filter.ref = f"A1:{last}{count}"
    book.save(target)


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
    if DAY.fullmatch(value):
        return _day(value)
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:MOST_LETTERS]
    if text[:1] != "=":
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
