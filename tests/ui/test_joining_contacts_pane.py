"""The place below an account where two of its contacts are said to be one person."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.intake.joining import Joinable
from house import House
from settings import Settings
from ui.joining_contacts import JoiningContacts

FILES = {
    "accounts": "account_id,name\nA1,Dr. Yilmaz opticians\nA2,Norvik\n",
    "contacts": "contact_id,account_id,name,email\nC1,A1,Judith Quarry,quarry@yilmaz.example\nC2,A1,Judith,\n",
}
FIRM, QUARRY, JUDITH = "csv:A1", "csv:C1", "csv:C2"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(Settings(data_dir=tmp_path, llm="none", demo=False, _env_file=None))
    for name, rows in FILES.items():
        file = tmp_path / f"{name}.csv"
        file.write_text(rows)
        house.import_file(file)
    yield house
    house.close()


async def drawn(house: House) -> JoiningContacts:
    """The pane, drawn where an event loop runs: elsewhere Gradio opens loops that it never closes."""
    import gradio as gr

    with gr.Blocks():
        return JoiningContacts(house)


@pytest.fixture
def pane(house: House) -> JoiningContacts:
    return asyncio.run(drawn(house))


def test_it_is_there_where_two_contacts_may_be_one(pane: JoiningContacts) -> None:
    joined, place, one, *_ = pane.opened(FIRM)
    assert (joined, place.visible) == ("", True)
    assert one.choices == [("Judith Quarry, quarry@yilmaz.example", QUARRY), ("Judith", JUDITH)]
    assert [pane.opened(account)[1].visible for account in ("csv:A2", "")] == [False, False]


def test_what_will_happen_is_told_once_two_are_chosen(pane: JoiningContacts) -> None:
    told, go = pane._chosen(JUDITH, QUARRY)
    assert "“Judith” becomes part of “Judith Quarry, quarry@yilmaz.example”" in told
    assert go.visible is True
    assert [pane._chosen(*chosen)[0] for chosen in ((JUDITH, None), (JUDITH, JUDITH))] == ["", ""]


def test_who_was_joined_in_can_be_taken_apart(house: House, pane: JoiningContacts) -> None:
    house.join(Joinable.CONTACT, JUDITH, QUARRY)
    joined, place, *_ = pane.opened(FIRM)
    assert "“Judith” was joined in." in joined
    assert f'data-joined="{JUDITH}"' in joined
    assert place.visible is False
    assert house.take_apart(Joinable.CONTACT, JUDITH) == "Judith"
    assert pane.opened(FIRM)[0] == ""
