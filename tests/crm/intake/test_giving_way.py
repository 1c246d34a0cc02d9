"""Accounts made of names and the same companies in an export that is loaded later are one, and their people, too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.intake.joining import Joinable
from crm.intake.ledger import Intake
from crm.nouns import Activity
from house import House
from settings import Settings

CALLS = """hs_object_id,crm_subject,crm_description,crm_subtype,date,company,contact
1,Docks,She takes two,Call,2026-03-02,Quarry Ltd,Ana Ruiz
2,Ramps,He will think,Call,2026-03-03,Tanner,Bo Lind
"""
FILES = {
    "accounts": "account_id,name,industry\nA1,Quarry,Optics\nA2,Tanner,Tools\nA3,Tanner,Toys\n",
    "contacts": "contact_id,account_id,name,email\nC1,A1,Ana Ruiz,ana@quarry.example\n",
}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(Settings(data_dir=tmp_path / "data", llm="none", demo=False, _env_file=None))
    calls = tmp_path / "calls.csv"
    calls.write_text(CALLS)
    house.import_file(calls)
    house.add_companies()
    yield house
    house.close()


def load(house: House, tmp_path: Path, name: str) -> Intake:
    file = tmp_path / f"{name}.csv"
    file.write_text(FILES[name])
    return house.import_file(file, "csv", name)


def accounts(house: House) -> list[tuple[str, str]]:
    """Each account by name, with its industry."""
    return sorted((a.name, a.industry) for a in house.book.accounts)


def first(house: House) -> Activity:
    (found,) = house.store.activities_by_id(["csv:1"])
    return found


def test_the_account_of_an_export_takes_over_and_an_undo_brings_the_other_back(house: House, tmp_path: Path) -> None:
    done = load(house, tmp_path, "accounts")
    # Which of two Tanners is meant, nobody can tell.
    assert accounts(house) == [("Quarry", "Optics"), ("Tanner", ""), ("Tanner", "Tools"), ("Tanner", "Toys")]
    assert first(house).account_id == "csv:A1"
    assert "Of the accounts made of names before, 1 are now one with an account of an export." in done.notices
    people = load(house, tmp_path, "contacts")
    assert "Of the contacts made of names before, 1 are now one with a contact of an export." in people.notices
    assert [(c.name, c.email) for c in house.book.contacts_of("csv:A1")] == [("Ana Ruiz", "ana@quarry.example")]
    assert first(house).contact_ids == ("csv:C1",)
    house.undo_import(done.import_id)
    assert accounts(house) == [("Quarry Ltd", ""), ("Tanner", "")]


def test_what_was_taken_apart_stays_apart(house: House, tmp_path: Path) -> None:
    load(house, tmp_path, "accounts")
    (quarry,) = (a for a in house.book.accounts if a.name == "Quarry")
    house.take_apart(Joinable.ACCOUNT, quarry.joined[0].id)
    load(house, tmp_path, "contacts")
    assert ("Quarry Ltd", "") in accounts(house)
