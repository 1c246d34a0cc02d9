"""People whom activities name become contacts of their account, once somebody says so."""

from collections.abc import Callable
from pathlib import Path

from crm.intake.ingest import Plan, ingest
from crm.intake.named_people import NamedPerson, people_named, write_people
from crm.records.book import Book
from crm.records.store import Store

WriteCsv = Callable[..., Path]
HEADER = "Nummer,Text,Art,Datum,Kunde,Ansprechpartner,Email"
ROWS = [
    ("1", "Rückruf am Montag", "Anruf", "2026-03-02", "Hallbach Pumpen", "Jutta Kern", "jutta@hallbach.example"),
    ("2", "Angebot bestellt", "Anruf", "2026-03-03", "Hallbach Pumpen", "Kern, Jutta", ""),
    ("3", "Termin", "Termin", "2026-03-04", "Hallbach Pumpen", "Karl Möller; Jutta Kern", ""),
    ("4", "Frage", "Anruf", "2026-03-05", "", "Ohne Firma", ""),
]


def stored(store: Store, write_csv: WriteCsv) -> None:
    ingest(write_csv("k.csv", "account_name", [("Hallbach Pumpen",)]), store, Plan("csv", "accounts"))
    ingest(write_csv("a.csv", HEADER, ROWS, mark=";"), store)


def test_each_person_of_an_account_once(store: Store, write_csv: WriteCsv) -> None:
    stored(store, write_csv)
    assert people_named(store) == [
        NamedPerson("Jutta Kern", "Hallbach Pumpen", "jutta@hallbach.example", 3),
        NamedPerson("Karl Möller", "Hallbach Pumpen", "", 1),
    ]


def test_whom_they_name_is_on_the_record_as_soon_as_they_are_contacts(
    store: Store, write_csv: WriteCsv, tmp_path: Path
) -> None:
    stored(store, write_csv)
    assert write_people(store, tmp_path / "people.csv") == 2
    ingest(tmp_path / "people.csv", store, Plan("csv", "contacts"))
    assert people_named(store) == []
    name = {c.id: c.name for c in Book.read(store).contacts}
    there = {a.raw_body: sorted(name[i] for i in a.contact_ids) for a in store.activities()}
    assert there == {
        "Rückruf am Montag": ["Jutta Kern"],
        "Angebot bestellt": ["Jutta Kern"],
        "Termin": ["Jutta Kern", "Karl Möller"],
        "Frage": [],
    }


def test_a_name_that_two_people_of_an_account_have_says_nothing(store: Store, write_csv: WriteCsv) -> None:
    stored(store, write_csv)
    same = [("Jutta Kern", "Hallbach Pumpen", f"{n}@hallbach.example") for n in range(2)]
    ingest(write_csv("c.csv", "contact_name,account,email", same), store, Plan("csv", "contacts"))
    assert [a.contact_ids for a in store.activities() if a.raw_body == "Angebot bestellt"] == [()]
