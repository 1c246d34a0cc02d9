"""The pairs above the accounts: what is asked, and of whom."""

from pathlib import Path
from typing import Any

import pytest

from crm.intake.joining import Joinable
from house import House
from tests.ui.drawing import drawn
from ui.possible_duplicates import MOST_SHOWN, PossibleDuplicates

ACCOUNTS = "account_id,name,industry\nA1,Grand <Cerf>,Hotels\nA2,Hôtel Grand Cerf,\n"
CONTACTS = "contact_id,account_id,name,email\nC1,A1,Thomas Aubry,aubry@cerf.example\nC2,A1,T. Aubry,\n"


@pytest.fixture(autouse=True)
def _loaded(house: House, tmp_path: Path) -> None:
    for name, rows in (("accounts", ACCOUNTS), ("contacts", CONTACTS)):
        file = tmp_path / f"{name}.csv"
        file.write_text(rows)
        house.import_file(file)


@pytest.fixture
def pane(house: House) -> PossibleDuplicates:
    return drawn(lambda: PossibleDuplicates(house))


def test_each_pair_is_asked_about_with_what_stands_there(pane: PossibleDuplicates) -> None:
    place, asked = pane.drawn()
    assert (place.label, place.visible) == ("2 pairs may be one and the same", True)
    assert "“Hôtel Grand Cerf” (activities: 0) and “Grand &lt;Cerf&gt;” (0)" in asked
    assert "Grand &lt;Cerf&gt;: “T. Aubry” (activities: 0) and “Thomas Aubry, aubry@cerf.example” (0)" in asked
    assert 'data-kind="contacts" data-joined="csv:C2" data-into="csv:C1"' in asked


def test_there_is_nothing_to_see_once_all_are_answered(house: House, pane: PossibleDuplicates) -> None:
    house.keep_apart(Joinable.CONTACT, "csv:C2", "csv:C1")
    assert pane.drawn()[0].label == "1 pair may be one and the same"
    house.join(Joinable.ACCOUNT, "csv:A2", "csv:A1")
    place, asked = pane.drawn()
    assert (place.visible, asked) == (False, "")
    assert [r.entry.what.value for r in house.trail()[:2]] == ["join", "keep apart"]


def test_a_long_list_is_asked_about_bit_by_bit(house: House, pane: PossibleDuplicates, tmp_path: Path) -> None:
    rows = [f"B{n},{kind}Quarry{n}" for n in range(10, 40) for kind in ("", "Hotel ")]
    more: Any = tmp_path / "more.csv"
    more.write_text("account_id,name\n" + "\n".join(f"{row[:3]}{n},{row[4:]}" for n, row in enumerate(rows)))
    house.import_file(more, "csv", "accounts")
    place, asked = pane.drawn()
    assert place.label == "32 pairs may be one and the same"
    assert asked.count("<li") == MOST_SHOWN
