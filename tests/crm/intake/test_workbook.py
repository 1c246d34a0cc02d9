"""Excel workbooks: read as the CSV that Excel would have made of them."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from crm.errors import BadFile
from crm.intake.survey import survey
from crm.intake.tables import open_table
from crm.intake.workbook import Sheet, is_workbook, sheet_titles, write_sheet

HEAD = ("hs_object_id", "crm_subject", "crm_description", "crm_subtype")


def book(path: Path, *sheets: tuple[str, Sequence[Sequence[object]]], hidden: Sequence[str] = ()) -> Path:
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        sheet.sheet_state = "hidden" if title in hidden else "visible"
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def test_a_workbook_is_known_by_its_bytes(tmp_path: Path) -> None:
    path = book(tmp_path / "export.csv", ("Sheet1", [HEAD, (1, "Hello", "Yes", "Email")]))
    assert is_workbook(path)
    assert isinstance(open_table(path), Sheet)
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as archive:
        archive.writestr("a.txt", "no workbook")
    with pytest.raises(BadFile, match=r"other\.xlsx is a zip archive, not a table"):
        open_table(tmp_path / "other.xlsx")


def test_cells_are_read_as_an_export_to_csv_writes_them(tmp_path: Path) -> None:
    cells = (7.0, 7.5, True, None, datetime(2026, 3, 5), datetime(2026, 3, 5, 9, 30), date(2026, 3, 6), "a_x000D_\nb")
    table = open_table(book(tmp_path / "cells.xlsx", ("Data", [tuple("abcdefgh"), cells])))
    (row,) = table.rows()
    assert row.cells == (
        "7", "7.5", "True", "", "2026-03-05", "2026-03-05 09:30:00", "2026-03-06", "a\r\nb",
    )  # fmt: skip
    assert (row.line, row.number, row.broken) == (2, 1, "")


def test_a_title_above_and_a_footer_below_are_no_rows(tmp_path: Path) -> None:
    rows = [("Report of March",), (), HEAD, (1, "Hello", "Yes", "Email"), (), (2, "Call"), ("Confidential",)]
    table = open_table(book(tmp_path / "report.xlsx", ("Report", rows)))
    assert table.header == HEAD
    first, second, footer = table.rows()
    assert [row.line for row in (first, second, footer)] == [4, 6, 7]
    assert second.cells == ("2", "Call", "", "")
    assert "one cell where the header has 4 columns" in footer.broken


def test_other_sheets_are_named_and_hidden_ones_are_not_read(tmp_path: Path) -> None:
    rows = [HEAD, (1, "Hello", "Yes", "Email")]
    path = book(tmp_path / "two.xlsx", ("Old", rows), ("Calls", rows), ("Mails", rows), ("Empty", []), hidden=["Old"])
    told = survey(path, record="activities").notices
    assert "Only the sheet Calls was read; choose another in Imports, or save it as a file: Mails." in told


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_damaged_workbook_is_told(tmp_path: Path, part: str) -> None:
    whole = book(tmp_path / "whole.xlsx", ("Sheet1", [HEAD, (1, "Hello", "Yes", "Email")]))
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
        for item in source.infolist():
            target.writestr(item, b"<a><b>" if item.filename == part else source.read(item))
    with pytest.raises(BadFile, match=r"broken\.xlsx is a damaged Excel workbook"):
        open_table(broken)


def test_hostile_xml_is_not_read(tmp_path: Path) -> None:
    whole = book(tmp_path / "whole.xlsx", ("Sheet1", [HEAD, (1, "Hello", "Yes", "Email")]))
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>'
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(tmp_path / "bomb.xlsx", "w") as target:
        for item in source.infolist():
            target.writestr(item, bomb if item.filename == "xl/workbook.xml" else source.read(item))
    with pytest.raises(BadFile, match="damaged Excel workbook"):
        open_table(tmp_path / "bomb.xlsx")


def test_an_empty_workbook_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"none\.xlsx is empty"):
        open_table(book(tmp_path / "none.xlsx", ("Sheet1", [])))


def test_another_sheet_is_written_as_a_file_of_its_own(tmp_path: Path) -> None:
    deals = [("Deals of March",), ("Deal", "Stage", "Value"), ("Pumps, 20", "Offer", 7.5), ("Seals", "Won", 12.0)]
    path = book(
        tmp_path / "crm.xlsx", ("Calls", [HEAD, (1, "a", "b", "Call")]), ("Deals <2>", deals), ("Old", [HEAD]),
        hidden=["Old"],
    )  # fmt: skip
    assert sheet_titles(path) == ("Calls", "Deals <2>")
    written = write_sheet(path, "Deals <2>", tmp_path)
    assert written.name == "crm - Deals _2_.csv"
    table = open_table(written)
    assert table.header == ("Deal", "Stage", "Value")
    assert [row.cells for row in table.rows()] == [("Pumps, 20", "Offer", "7.5"), ("Seals", "Won", "12")]
    assert sheet_titles(written) == ()
