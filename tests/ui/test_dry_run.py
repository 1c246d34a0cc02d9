"""A dry run in the window: what a column means now stands in the list of what it may mean."""

from pathlib import Path
from typing import Any

from house import House
from tests.ui.drawing import drawn
from ui.dropped import ALL, Dropped
from ui.dry_run import Looking, _meaning

ROWS = "Datum;Firma;Art;Text;Status\n04.05.2026;Hartmann;Telefonat;Er will es;erledigt\n"


def drawn_looking(house: House) -> Looking:
    looking = Looking(house, Dropped(house))
    looking.draw()
    return looking


def test_kept_as_it_is_stands_only_where_that_is_so(house: House, tmp_path: Path) -> None:
    file = tmp_path / "status.csv"
    file.write_text(ROWS)
    looking = drawn(lambda: drawn_looking(house))

    def said(column: str | None, field: str | None) -> list[Any]:
        return list(looking._said([str(file)], ALL, "auto", "activities", column, field))[-1]

    _, _, column, field, meant = looking.shown(house.preview_import(file), "auto")
    assert (column.value, field.value, meant["Status"]) == (None, None, "outcome")
    assert _meaning("Status", meant)["value"] == "outcome"
    _, _, column, field, meant = said("Status", "")
    assert (column.value, field.value, meant["Status"]) == ("Status", "", "")
    _, _, column, field, meant = said("Status", "outcome")
    assert (column.value, meant["Status"]) == (None, "outcome")
