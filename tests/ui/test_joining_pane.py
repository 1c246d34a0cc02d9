"""The place below an account where another one is said to be the same company."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crm.intake.joining import Joinable
from house import House
from settings import Settings
from ui.accounts import account_of
from ui.joining import JoiningAccounts

ROWS = "account_id,name,domain\nA1,Dr. Yilmaz <opticians>,\nA2,Twin,twin.example\nA3,Twin,other.example\n"
FIRM, TWIN = "csv:A1", "csv:A2"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(Settings(data_dir=tmp_path, llm="none", demo=False, _env_file=None))
    file = tmp_path / "accounts.csv"
    file.write_text(ROWS)
    house.import_file(file)
    yield house
    house.close()


async def drawn(house: House) -> JoiningAccounts:
    """The pane, drawn where an event loop runs: elsewhere Gradio opens loops that it never closes."""
    import gradio as gr

    with gr.Blocks():
        return JoiningAccounts(house)


@pytest.fixture
def pane(house: House) -> JoiningAccounts:
    return asyncio.run(drawn(house))


def test_the_other_accounts_are_offered_and_told_apart(pane: JoiningAccounts) -> None:
    offered: Any = pane._offered(FIRM)
    assert offered.choices == [("Twin (other.example)", "csv:A3"), ("Twin (twin.example)", TWIN)]


def test_what_will_happen_is_told_for_either_name(pane: JoiningAccounts) -> None:
    stays, told, go = pane._choose(FIRM, TWIN)
    assert (stays.value, go.visible) == (FIRM, True)
    assert "“Twin” becomes part of “Dr. Yilmaz &lt;opticians&gt;”" in told
    assert "“Dr. Yilmaz &lt;opticians&gt;” becomes part of “Twin”" in pane._told(FIRM, TWIN, TWIN)
    assert [component.visible for component in pane._choose(FIRM, None)[::2]] == [False, False]


def test_what_was_joined_in_can_be_taken_apart(house: House, pane: JoiningAccounts) -> None:
    assert pane.opened(TWIN)[0] == ""
    house.join(Joinable.ACCOUNT, FIRM, TWIN)
    joined = pane.opened(TWIN)[0]
    assert "“Dr. Yilmaz &lt;opticians&gt;” was joined in." in joined
    assert f'data-joined="{FIRM}"' in joined
    assert account_of(house, FIRM) == account_of(house, "Dr. Yilmaz <opticians>") == TWIN


def test_nothing_is_offered_without_an_account(pane: JoiningAccounts) -> None:
    joined, place, *_ = pane.opened("")
    assert (joined, place.visible) == ("", False)
