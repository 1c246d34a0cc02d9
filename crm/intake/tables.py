"""Opens a file of rows in whatever form it comes: text, an Excel workbook, or a mailbox."""

from pathlib import Path

from crm.intake.mailbox import Mailbox, is_mailbox
from crm.intake.readers import Table
from crm.intake.workbook import Sheet, is_workbook


def open_table(path: Path) -> Table:
    """The file's table, told by its bytes, not by its name. Raises BadFile."""
    if is_workbook(path):
        return Sheet.open(path)
    return Mailbox.open(path) if is_mailbox(path) else Table.open(path)
