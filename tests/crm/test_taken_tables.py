"""Tables taken away: what a spreadsheet shows of them, and that it runs nothing."""

from datetime import datetime
from pathlib import Path

from crm.taken_tables import taken_table

HEAD = ("account", "last", "value")
ROWS = [("Norvik", "2026-03-05", 49000.5), ("=1+1", "", None), ("bell\x07", "2026-99-99", 3)]


def read(path: Path) -> list[tuple[object, ...]]:
    from openpyxl import load_workbook

    return list(load_workbook(path).active.iter_rows(values_only=True))


def test_a_workbook_has_dates_and_numbers_and_no_formula() -> None:
    path = taken_table(HEAD, ROWS, "accounts.xlsx")
    assert read(path) == [
        HEAD,
        ("Norvik", datetime(2026, 3, 5), 49000.5),
        ("=1+1", None, None),
        ("bell", "2026-99-99", 3),
    ]
    from openpyxl import load_workbook

    sheet = load_workbook(path).active
    assert sheet["A3"].data_type == "s"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:C4")


def test_a_csv_runs_in_no_spreadsheet() -> None:
    text = taken_table(HEAD, ROWS[:2], "accounts.csv").read_text(encoding="utf-8")
    assert text == "\N{ZERO WIDTH NO-BREAK SPACE}account,last,value\nNorvik,2026-03-05,49000.5\n'=1+1,,\n"
