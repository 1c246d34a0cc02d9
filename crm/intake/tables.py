"""Opens a file of rows in whatever form it comes: text, or an Excel workbook."""

from pathlib import Path

from crm.intake.readers import Table
from crm.intake.workbook import Sheet, is_workbook


def open_table(path: Path) -> Table:
    """The file's table, told by its bytes, not by its name. Raises BadFile."""
    return Sheet.open(path) if is_workbook(path) else Table.open(path)
