"""A list of our own people says who we are and who the owners' ids are, whichever file comes first."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from crm.intake.cell_values import key
from crm.intake.columns import columns
from crm.intake.ingest import ingest
from crm.intake.ledger import Intake
from crm.intake.our_domains import remembered
from crm.intake.sources import GUEST
from crm.intake.undo import undo_import
from crm.nouns import Side
from crm.records import db
from crm.records.store import Store

WriteCsv = Callable[..., Path]
PIA, UWE = key("005Qx00000AbCd1", salesforce=True), key("005Qx00000AbCd2", salesforce=True)
HALLBECK = "001Qx00000AA001AAA"
USERS = [
    (PIA, "pia.lund@tollarne.example", "Lund", "Pia", "Key Account Manager", "1", "plund", "2021-03-08 08:55:12"),
    (UWE, "uwe.brandt@tollarne.example", "Brandt", "Uwe", "Inside Sales", "1", "ubran", "2021-03-08 08:58:40"),
    (
        "005Qx00000AbCd3QAF",
        "guest@adviser.example.inactive",
        "Moe",
        "Ada",
        "Adviser",
        "0",
        "amoe",
        "2019-05-13 07:44:26",
    ),
]
OURS = "To: kim@hallbeck.example\nSubject: Re: Liners\nBody:\nKim, shall we go on?\n\nPia Lund\nTollarne"
THEIRS = (
    "From: Kim Aldous <kim@hallbeck.example>\nSent: Thursday 10 September 2026 12:02\nTo: Pia Lund\nSubject: Liners\n\n"
    "Dear Pia, yes, please send them on Monday."
)


def put(store: Store, write_csv: WriteCsv, *files: str) -> dict[str, Intake]:
    """Imports these of the export's files, in this order."""
    tables: dict[str, tuple[str, Sequence[Sequence[object]]]] = {
        "User": ("Id,Username,LastName,FirstName,Title,IsActive,Alias,CreatedDate", USERS),
        "Account": ("Id,Name,Website,OwnerId,BillingCountry", [(HALLBECK, "Hallbeck", "", PIA, "Ireland")]),
        "Opportunity": (
            "Id,AccountId,Name,StageName,Amount,OwnerId",
            [("006Qx00000AA001AAA", HALLBECK, "Liners 2027", "Proposal", "100", UWE)],
        ),
        "Task": (
            "Id,AccountId,Subject,ActivityDate,OwnerId,Description,TaskSubtype",
            [
                ("00TQx00000AA001AAA", HALLBECK, "Email: Re: Liners", "2026-09-08", PIA, OURS, "Email"),
                ("00TQx00000AA002AAA", HALLBECK, "Email: Liners", "2026-09-10", PIA[:15], THEIRS, "Email"),
                ("00TQx00000AA003AAA", HALLBECK, "Visit", "2026-09-11", UWE, "Saw the line.", "Task"),
            ],
        ),
    }
    return {name: ingest(write_csv(f"{name}.csv", *tables[name]), store) for name in files}


def held(store: Store) -> list[dict[str, Any]]:
    """All that is stored, whenever it came."""
    found: list[dict[str, Any]] = []
    for table in (db.accounts, db.deals, db.activities):
        with store.reading() as connection:
            rows = connection.execute(select(table).order_by(table.c.id)).mappings().all()
        found += [{name: one for name, one in row.items() if name not in ("number", "import_id")} for row in rows]
    return found


def test_a_list_of_users_is_told_as_our_people(store: Store, write_csv: WriteCsv) -> None:
    done = put(store, write_csv, "User")["User"]
    assert (done.record, done.stored, done.unknown_columns) == ("reps", 3, ())
    assert "This is a list of our own people, 3 of them; mail from tollarne.example is ours." in done.notices
    with store.reading() as connection:
        ours = remembered(connection)
    assert ours.domains == {"tollarne.example"}  # one guest's domain is not
    assert {"pia lund", "uwe brandt", "pia.lund@tollarne.example"} <= ours.people


@pytest.mark.parametrize(
    "order", [("User", "Account", "Opportunity", "Task"), ("Task", "Opportunity", "Account", "User")]
)
def test_owners_have_names_and_mails_their_sides_in_any_order(
    store: Store, write_csv: WriteCsv, order: tuple[str, ...]
) -> None:
    put(store, write_csv, *order)
    assert [row["owner"] for row in held(store)] == ["Pia Lund", "Uwe Brandt", "Pia Lund", "Pia Lund", "Uwe Brandt"]
    ours, theirs, note = sorted(store.activities(), key=lambda a: a.id)
    assert [m.side for m in ours.messages] == [Side.US]
    assert [(m.side, m.author) for m in theirs.messages] == [(Side.THEM, "Kim Aldous")]
    assert [(m.side, m.author) for m in note.messages] == [(Side.US, "Uwe Brandt")]


def test_any_order_ends_in_the_same_store(open_store: Callable[[str], Store], write_csv: WriteCsv) -> None:
    one, other, again = open_store("one"), open_store("other"), open_store("again")
    put(one, write_csv, "User", "Account", "Opportunity", "Task")
    put(other, write_csv, "Task", "Account", "User", "Opportunity")
    put(again, write_csv, "Task", "User", "Account", "Task", "User", "Opportunity")
    assert held(one) == held(other) == held(again)


def test_undoing_the_list_leaves_all_as_if_it_never_came(
    open_store: Callable[[str], Store], write_csv: WriteCsv
) -> None:
    without, undone, late = open_store("without"), open_store("undone"), open_store("late")
    put(without, write_csv, "Account", "Opportunity", "Task")
    first = put(undone, write_csv, "User", "Account", "Opportunity", "Task")
    last = put(late, write_csv, "Account", "Opportunity", "Task", "User")
    for store, done in ((undone, first), (late, last)):
        undo_import(store, done["User"].import_id)
        assert held(store) == held(without)
        assert held(store)[0]["owner"] == PIA


def test_a_file_read_again_after_the_users_changes_nothing(store: Store, write_csv: WriteCsv) -> None:
    put(store, write_csv, "Account", "Task", "User")
    again = put(store, write_csv, "Account", "Task")
    assert (again["Account"].unchanged, again["Task"].unchanged) == (1, 3)


@pytest.mark.parametrize(
    ("header", "source", "record"),
    [
        ("Id,Username,LastName,FirstName,Title,IsActive,Alias,CreatedDate", "salesforce", "reps"),
        ("User ID,First Name,Last Name,Username,Email,Profile,Role,Active,Last Login", "salesforce", "reps"),
        ("id,email,firstName,lastName,userId,createdAt,updatedAt,archived", "hubspot", "reps"),
        ("id,name,email,active_flag,role,last_login", "csv", "reps"),
        ("Benutzername,Vorname,Nachname,E-Mail", "csv", "reps"),
        ("Id,FirstName,LastName,Email,Title,AccountId,OwnerId", "salesforce", "contacts"),
        ("Username,First Name,Last Name,Email,Company", "csv", "contacts"),
        ("id,firstname,lastname,email,hubspot_owner_id", "hubspot", "contacts"),
        ("name,email,manager,region", "demo", "reps"),
    ],
)
def test_lists_of_users_are_told_from_lists_of_contacts(header: str, source: str, record: str) -> None:
    found = columns().recognise(tuple(header.split(",")))
    assert (found.record, found.source if record == "reps" else source) == (record, source)


def test_an_owner_known_by_address_or_by_the_id_of_another_program_is_named(store: Store, write_csv: WriteCsv) -> None:
    users = [("77", "Pia Lund", "pia@tollarne.example", "1"), ("78", "Uwe Brandt", "uwe@tollarne.example", "1")]
    ingest(write_csv("users.csv", "user_id,name,email,active_flag", users), store)
    header = "hs_object_id,hs_note_body,hs_timestamp,hubspot_owner_id"
    rows = [("1", "Saw them.", "2026-03-02", "77"), ("2", "Saw her.", "", "Uwe@tollarne.example"), ("3", "x", "", "9")]
    ingest(write_csv("notes.csv", header, rows), store)
    assert {a.native_id: a.owner for a in store.activities()} == {"1": "Pia Lund", "2": "Uwe Brandt", "3": "9"}


def test_a_customer_who_may_log_in_is_none_of_ours(store: Store, write_csv: WriteCsv) -> None:
    kim = ("005Qx00000AbCd9AAA", "kim@hallbeck.example", "Aldous", "Kim", "", "1", "kaldo", "", "003Qx00000AA001AAA")
    rows = [(*USERS[0], ""), kim]
    header = "Id,Username,LastName,FirstName,Title,IsActive,Alias,CreatedDate,ContactId"
    done = ingest(write_csv("User.csv", header, rows), store)
    assert (done.stored, [refusal.reason for refusal in done.refusals]) == (1, [GUEST])
    with store.reading() as connection:
        assert "kim aldous" not in remembered(connection).people
