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


def test_a_time_of_day_is_a_date_with_its_time_in_excel_and_iso_in_csv() -> None:
    times = ["2026-03-05T09:30:00", "2026-03-05T09:30:00+02:00", "2026-03-05T09:30", "2026-03-05T99:30:00"]
    rows = [(text,) for text in times]
    assert read(taken_table(("date",), rows, "times.xlsx"))[1:] == [
        (datetime(2026, 3, 5, 9, 30),),
        (datetime(2026, 3, 5, 9, 30),),
        (datetime(2026, 3, 5, 9, 30),),
        ("2026-03-05T99:30:00",),
    ]
    text = taken_table(("date",), rows, "times.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines() == ["date", *times]


def test_what_columns_mean_stands_on_a_second_sheet() -> None:
    from openpyxl import load_workbook

    path = taken_table(HEAD, ROWS, "accounts.xlsx", {"account": "The company.", "value": "=its worth"})
    book = load_workbook(path)
    assert book.sheetnames == ["Rows", "Columns"]
    assert list(book["Columns"].iter_rows(values_only=True)) == [
        ("Column", "What it holds"),
        ("account", "The company."),
        ("last", None),
        ("value", "=its worth"),
    ]
    assert read(path)[0] == HEAD  # the rows come first, for whoever reads one sheet only
    assert load_workbook(taken_table(HEAD, ROWS, "accounts.xlsx")).sheetnames == ["Sheet"]


def test_a_column_is_as_wide_as_what_it_shows() -> None:
    from openpyxl import load_workbook

    path = taken_table(("date", "quote"), [("2026-03-05T09:30:00", "a" * 500)], "wide.xlsx")
    widths = load_workbook(path).active.column_dimensions
    assert (widths["A"].width, widths["B"].width) == (23, 60)


def test_a_csv_runs_in_no_spreadsheet() -> None:
    text = taken_table(HEAD, ROWS[:2], "accounts.csv").read_text(encoding="utf-8")
    assert text == "\N{ZERO WIDTH NO-BREAK SPACE}account,last,value\nNorvik,2026-03-05,49000.5\n'=1+1,,\n"
