"""Two accounts are one company, two contacts one person: true for all that comes, and taken apart as it was."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from crm.errors import BadSetting, MissingPart
from crm.intake.ingest import ingest
from crm.intake.joining import Joinable, Joining, join, joining, take_apart
from crm.intake.undo import undo_import
from crm.records import db
from crm.records.book import Book, revision
from crm.records.data_quality import untidy
from crm.records.store import Store

WriteCsv = Callable[..., Path]
FIRM, DOMAIN, OTHER = "csv:A1", "csv:A2", "csv:A3"
NAMES = {FIRM: "Dr. Yilmaz opticians", DOMAIN: "klo-vision.example"}
ACTIVITIES = "hs_object_id,crm_subject,crm_description,crm_subtype,contact_email,account"
FILES: dict[str, tuple[str, list[tuple[object, ...]]]] = {
    "accounts": (
        "account_id,name,domain,industry,owner",
        [
            ("A1", "Dr. Yilmaz opticians", "", "Optics", ""),
            ("A2", "klo-vision.example", "klo-vision.example", "Retail", "Hanna Berg"),
            ("A3", "Norvik", "norvik.example", "", ""),
        ],
    ),
    "contacts": (
        "contact_id,account_id,name,email,opted_out",
        [
            ("C1", "A1", "Judith Quarry", "quarry@yilmaz.example", "no"),
            ("C2", "A2", "Judith", "judith@klo-vision.example", "yes"),
            ("C3", "A3", "Sigrid Aas", "sigrid@norvik.example", "no"),
        ],
    ),
    "deals": (
        "deal_id,account_id,account,stage,amount,product,close_date",
        [("D1", "", "klo-vision.example", "Won", 1, "", ""), ("D2", "A1", "", "Open", 2, "", "")],
    ),
    "activities": (
        ACTIVITIES,
        [
            (1, "s", "b", "Email", "judith@klo-vision.example", ""),
            (2, "s", "b", "Email", "info@klo-vision.example", ""),
            (3, "s", "b", "Email", "info@yilmaz.example", ""),
            (4, "s", "b", "Call", "", "Dr. Yilmaz opticians"),
            (5, "s", "b", "Call", "", "Norvik"),
            (6, "s", "b", "Call", "", "klo-vision.example"),
        ],
    ),
}


@pytest.fixture
def filled(store: Store, write_csv: WriteCsv) -> Store:
    for name, (head, rows) in FILES.items():
        ingest(write_csv(f"{name}.csv", head, rows), store)
    return store


def everything(store: Store) -> dict[str, list[Any]]:
    """Every row of records, and the names that full text finds them by."""
    with store.reading() as connection:
        rows = {name: list(connection.execute(select(t).order_by(t.c.number))) for name, t in db.RECORDS.items()}
        found = connection.execute(text("SELECT rowid, people FROM activities_fts ORDER BY rowid"))
        return {**rows, "people": list(found)}


def homes(store: Store) -> dict[str, str | None]:
    return {a.native_id: a.account_id for a in store.activities()}


def test_what_would_move_is_told_before(filled: Store) -> None:
    told = joining(filled, Joinable.ACCOUNT, DOMAIN, FIRM)
    assert told == Joining("klo-vision.example", "Dr. Yilmaz opticians", activities=3, deals=1, contacts=1)
    assert joining(filled, Joinable.CONTACT, "csv:C2", "csv:C1") == Joining("Judith", "Judith Quarry", 1)


@pytest.mark.parametrize(("joined", "into"), [(DOMAIN, FIRM), (FIRM, DOMAIN)])
def test_all_that_one_had_is_the_other_s(filled: Store, joined: str, into: str) -> None:
    before = revision(filled)
    assert join(filled, Joinable.ACCOUNT, joined, into, "hanna") > 0
    assert homes(filled) == {"1": into, "2": into, "3": into, "4": into, "5": OTHER, "6": into}
    book = Book.read(filled)
    assert {a.id for a in book.accounts} == {into, OTHER}
    assert [one.id for one in book.account_by_id[joined].everyone] == [into, joined]
    assert {c.name for c in book.contacts_of(into)} == {"Judith Quarry", "Judith"}
    assert {d.account_name for d in book.deals_of(into)} == {book.account_by_id[into].name}
    assert revision(filled) != before


@pytest.mark.parametrize(("joined", "into"), [(DOMAIN, FIRM), (FIRM, DOMAIN)])
def test_taken_apart_it_is_exactly_as_before(filled: Store, joined: str, into: str) -> None:
    before, told = everything(filled), revision(filled)
    join(filled, Joinable.ACCOUNT, joined, into, "hanna")
    assert everything(filled) != before
    assert take_apart(filled, Joinable.ACCOUNT, joined) == NAMES[joined]
    assert everything(filled) == before
    assert revision(filled) != told  # whoever remembers the book of between reads anew


def test_what_the_one_does_not_say_the_joined_one_does(filled: Store) -> None:
    join(filled, Joinable.ACCOUNT, DOMAIN, FIRM, "hanna")
    firm = Book.read(filled).account_by_id[FIRM]
    assert (firm.name, firm.industry, firm.owner) == ("Dr. Yilmaz opticians", "Optics", "Hanna Berg")


def test_an_import_after_it_lands_on_the_one_that_stayed(filled: Store, write_csv: WriteCsv) -> None:
    join(filled, Joinable.ACCOUNT, DOMAIN, FIRM, "hanna")
    rows = [
        (7, "s", "b", "Email", "new@klo-vision.example", ""),
        (8, "s", "b", "Call", "", "KLO-vision.example"),
        (9, "s", "b", "Email", "other@yilmaz.example", ""),
    ]
    ingest(write_csv("later.csv", ACTIVITIES, rows), filled)
    assert {i: home for i, home in homes(filled).items() if int(i) > 6} == {"7": FIRM, "8": FIRM, "9": FIRM}
    head, accounts = FILES["accounts"]
    ingest(write_csv("again.csv", head, [(*accounts[1][:3], "Retail trade", "Ana"), accounts[2]]), filled)
    book = Book.read(filled)
    assert {a.id for a in book.accounts} == {FIRM, OTHER}
    assert book.account_by_id[FIRM].owner == "Ana"
    take_apart(filled, Joinable.ACCOUNT, DOMAIN)
    book = Book.read(filled)
    assert (book.account_by_id[FIRM].owner, book.account_by_id[DOMAIN].industry) == ("", "Retail trade")
    assert homes(filled)["7"] == DOMAIN


def test_a_change_of_the_one_that_stayed_keeps_what_it_shows(filled: Store, write_csv: WriteCsv) -> None:
    join(filled, Joinable.ACCOUNT, DOMAIN, FIRM, "hanna")
    changed = ingest(write_csv("new.csv", "account_id,name,industry,owner", [("A1", "Yilmaz", "", "")]), filled)
    firm = Book.read(filled).account_by_id[FIRM]
    assert (firm.name, firm.industry, firm.owner) == ("Yilmaz", "Retail", "Hanna Berg")
    undo_import(filled, changed.import_id)
    firm = Book.read(filled).account_by_id[FIRM]
    assert (firm.name, firm.industry, firm.owner) == ("Dr. Yilmaz opticians", "Optics", "Hanna Berg")


def test_three_are_one_and_each_can_be_taken_out(filled: Store) -> None:
    before = everything(filled)
    join(filled, Joinable.ACCOUNT, DOMAIN, FIRM, "hanna")
    between = everything(filled)
    join(filled, Joinable.ACCOUNT, FIRM, OTHER, "hanna")
    assert set(homes(filled).values()) == {OTHER}
    assert {one.id for one in Book.read(filled).account_by_id[OTHER].joined} == {FIRM, DOMAIN}
    take_apart(filled, Joinable.ACCOUNT, FIRM)
    assert everything(filled) == between
    take_apart(filled, Joinable.ACCOUNT, DOMAIN)
    assert everything(filled) == before


def test_a_join_counts_while_both_are_there(store: Store, write_csv: WriteCsv) -> None:
    head, (firm, domain, _) = FILES["accounts"]
    first, second = write_csv("1.csv", head, [firm]), write_csv("2.csv", head, [domain])
    ingest(first, store)
    came = ingest(second, store)
    ingest(write_csv("a.csv", *FILES["activities"]), store)
    join(store, Joinable.ACCOUNT, FIRM, DOMAIN, "hanna")
    undo_import(store, came.import_id)
    assert [a.id for a in Book.read(store).accounts] == [FIRM]
    assert homes(store)["4"] == FIRM
    ingest(second, store)
    assert [a.id for a in Book.read(store).accounts] == [DOMAIN]
    assert homes(store)["4"] == DOMAIN


def test_only_two_that_stand_for_themselves_are_joined(filled: Store) -> None:
    with pytest.raises(BadSetting):
        join(filled, Joinable.ACCOUNT, FIRM, FIRM, "hanna")
    with pytest.raises(MissingPart, match="csv:A9"):
        join(filled, Joinable.ACCOUNT, FIRM, "csv:A9", "hanna")
    join(filled, Joinable.ACCOUNT, DOMAIN, FIRM, "hanna")
    with pytest.raises(MissingPart, match=DOMAIN):
        join(filled, Joinable.ACCOUNT, OTHER, DOMAIN, "hanna")
    with pytest.raises(MissingPart, match=OTHER):
        take_apart(filled, Joinable.ACCOUNT, OTHER)


def test_what_was_joined_is_no_untidy_record(filled: Store) -> None:
    join(filled, Joinable.ACCOUNT, DOMAIN, FIRM, "hanna")
    assert {u.of for u in untidy(filled) if u.what.startswith("accounts")} == {2}


def test_two_contacts_are_one_person(filled: Store, write_csv: WriteCsv) -> None:
    join(filled, Joinable.ACCOUNT, DOMAIN, FIRM, "hanna")
    before = everything(filled)
    join(filled, Joinable.CONTACT, "csv:C2", "csv:C1", "hanna")
    ingest(write_csv("l.csv", ACTIVITIES, [(7, "s", "b", "Email", "judith@klo-vision.example", "")]), filled)
    on = {a.native_id: a.contact_ids for a in filled.activities()}
    assert on["1"] == on["7"] == ("csv:C1",)
    book = Book.read(filled)
    (person,) = book.contacts_of(FIRM)
    assert (person.name, person.email, person.opted_out) == ("Judith Quarry", "quarry@yilmaz.example", True)
    assert book.contact_by_id["csv:C2"] is person
    undo_import(filled, 5)
    take_apart(filled, Joinable.CONTACT, "csv:C2")
    after = everything(filled)
    assert after == before
