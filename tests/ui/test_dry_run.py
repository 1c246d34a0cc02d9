"""A dry run in the window: what a column means now stands in the list of what it may mean."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from house import House
from settings import Settings
from ui.dry_run import Looking, _meaning

ROWS = "Datum;Firma;Art;Text;Status\n04.05.2026;Hartmann;Telefonat;Er will es;erledigt\n"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(Settings(data_dir=tmp_path, llm="none", demo=False, _env_file=None))
    yield house
    house.close()


async def drawn(house: House) -> Looking:
    """The pane, drawn where an event loop runs: elsewhere Gradio opens loops that it never closes."""
    import gradio as gr

    with gr.Blocks():
        looking = Looking(house)
        looking.draw()
    return looking


def test_kept_as_it_is_stands_only_where_that_is_so(house: House, tmp_path: Path) -> None:
    file = tmp_path / "status.csv"
    file.write_text(ROWS)
    looking = asyncio.run(drawn(house))

    def said(column: str | None, field: str | None) -> list[Any]:
        return list(looking._said(str(file), "auto", "activities", column, field))[-1]

    _, _, column, field, meant = looking.shown(house.preview_import(file), "auto")
    assert (column.value, field.value, meant["Status"]) == (None, None, "outcome")
    assert _meaning("Status", meant)["value"] == "outcome"
    _, _, column, field, meant = said("Status", "")
    assert (column.value, field.value, meant["Status"]) == ("Status", "", "")
    _, _, column, field, meant = said("Status", "outcome")
    assert (column.value, meant["Status"]) == (None, "outcome")
