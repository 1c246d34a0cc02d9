"""The places below an account where another one is said to be the same company, two of its contacts one person."""

from pathlib import Path
from typing import Any

import pytest

from crm.intake.joining import Joinable
from house import House
from tests.ui.drawing import drawn
from ui.accounts import account_of
from ui.joining import JoiningAccounts
from ui.joining_contacts import JoiningContacts

ACCOUNTS = "account_id,name,domain\nA1,Dr. Yilmaz <opticians>,\nA2,Twin,twin.example\nA3,Twin,other.example\n"
CONTACTS = "contact_id,account_id,name,email\nC1,A1,Judith Quarry,quarry@yilmaz.example\nC2,A1,Judith,\n"
FIRM, TWIN = "csv:A1", "csv:A2"
QUARRY, JUDITH = "csv:C1", "csv:C2"


@pytest.fixture(autouse=True)
def _loaded(house: House, tmp_path: Path) -> None:
    for name, rows in (("accounts", ACCOUNTS), ("contacts", CONTACTS)):
        file = tmp_path / f"{name}.csv"
        file.write_text(rows)
        house.import_file(file)


@pytest.fixture
def companies(house: House) -> JoiningAccounts:
    return drawn(lambda: JoiningAccounts(house))


@pytest.fixture
def people(house: House) -> JoiningContacts:
    return drawn(lambda: JoiningContacts(house))


def test_the_other_accounts_are_offered_and_told_apart(companies: JoiningAccounts) -> None:
    offered: Any = companies._offered(FIRM)
    assert offered.choices == [("Twin (other.example)", "csv:A3"), ("Twin (twin.example)", TWIN)]


def test_what_will_happen_is_told_for_either_name(companies: JoiningAccounts) -> None:
    stays, told, go = companies._choose(FIRM, TWIN)
    assert (stays.value, go.visible) == (FIRM, True)
    assert "“Twin” becomes part of “Dr. Yilmaz &lt;opticians&gt;”" in told
    assert "“Dr. Yilmaz &lt;opticians&gt;” becomes part of “Twin”" in companies._told(FIRM, TWIN, TWIN)
    assert [component.visible for component in companies._choose(FIRM, None)[::2]] == [False, False]


def test_what_was_joined_in_can_be_taken_apart(house: House, companies: JoiningAccounts) -> None:
    assert companies.opened(TWIN)[0] == ""
    house.join(Joinable.ACCOUNT, FIRM, TWIN)
    joined = companies.opened(TWIN)[0]
    assert "“Dr. Yilmaz &lt;opticians&gt;” was joined in." in joined
    assert f'data-joined="{FIRM}"' in joined
    assert account_of(house, FIRM) == account_of(house, "Dr. Yilmaz <opticians>") == TWIN


def test_nothing_is_offered_without_an_account(companies: JoiningAccounts) -> None:
    joined, place, *_ = companies.opened("")
    assert (joined, place.visible) == ("", False)


def test_it_is_there_where_two_contacts_may_be_one(people: JoiningContacts) -> None:
    joined, place, one, *_ = people.opened(FIRM)
    assert (joined, place.visible) == ("", True)
    assert one.choices == [("Judith Quarry, quarry@yilmaz.example", QUARRY), ("Judith", JUDITH)]
    assert [people.opened(account)[1].visible for account in ("csv:A2", "")] == [False, False]


def test_what_will_happen_to_two_people_is_told_once_both_are_chosen(people: JoiningContacts) -> None:
    told, go = people._chosen(JUDITH, QUARRY)
    assert "“Judith” becomes part of “Judith Quarry, quarry@yilmaz.example”" in told
    assert go.visible is True
    assert [people._chosen(*chosen)[0] for chosen in ((JUDITH, None), (JUDITH, JUDITH))] == ["", ""]


def test_who_was_joined_in_can_be_taken_apart(house: House, people: JoiningContacts) -> None:
    house.join(Joinable.CONTACT, JUDITH, QUARRY)
    joined, place, *_ = people.opened(FIRM)
    assert "“Judith” was joined in." in joined
    assert f'data-joined="{JUDITH}"' in joined
    assert place.visible is False
    assert house.take_apart(Joinable.CONTACT, JUDITH) == "Judith"
    assert people.opened(FIRM)[0] == ""
