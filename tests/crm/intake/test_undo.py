"""Taking an import back: what it added goes, what it replaced returns."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, text

from crm.engagement.corrections import correct
from crm.engagement.labels import current, record, restand
from crm.errors import MissingPart
from crm.intake.ingest import ingest
from crm.intake.ledger import intake
from crm.intake.undo import undo_import
from crm.nouns import Engagement, Side, Verdict
from crm.records import db
from crm.records.book import Book, revision
from crm.records.store import Store

WriteCsv = Callable[..., Path]
HEADER = "hs_object_id,crm_subject,crm_description,crm_subtype,date"


def put(store: Store, write_csv: WriteCsv, *rows: tuple[object, str]) -> int:
    made = [(id_, "s", body, "Email", "2026-03-02 14:05") for id_, body in rows]
    return ingest(write_csv(f"{len(rows)}{rows[0][1]}.csv", HEADER, made), store).import_id


def bodies(store: Store) -> dict[str, str]:
    return {a.native_id: a.raw_body for a in store.activities()}


def words(store: Store) -> set[str]:
    with store.reading() as connection:
        return set(connection.execute(text("SELECT body FROM activities_fts")).scalars())


def test_what_an_import_added_goes_and_what_it_replaced_returns(store: Store, write_csv: WriteCsv) -> None:
    put(store, write_csv, (1, "one"), (2, "two"))
    before = store.activities()
    second = put(store, write_csv, (2, "two changed"), (3, "three"))
    assert undo_import(store, second) == 2
    assert store.activities() == before
    assert words(store) == {"one", "two"}
    with store.reading() as connection:
        assert connection.execute(select(db.versions)).all() == []
    emptied = intake(store, second)
    assert (emptied.read, emptied.stored, emptied.refused, emptied.adds_up) == (0, 0, 0, True)


def test_a_later_change_outlives_the_undoing_of_the_one_before(store: Store, write_csv: WriteCsv) -> None:
    put(store, write_csv, (1, "first"))
    second, third = put(store, write_csv, (1, "second")), put(store, write_csv, (1, "third"))
    undo_import(store, second)
    assert bodies(store) == {"1": "third"}
    undo_import(store, third)
    assert bodies(store) == {"1": "first"}
    assert words(store) == {"first"}


def test_the_undoing_of_the_first_leaves_what_a_later_one_said(store: Store, write_csv: WriteCsv) -> None:
    first, second = put(store, write_csv, (1, "first"), (2, "two")), put(store, write_csv, (1, "second"))
    undo_import(store, first)
    assert bodies(store) == {"1": "second"}
    undo_import(store, second)
    assert bodies(store) == {}


def test_the_same_file_can_be_imported_after_it_was_undone(store: Store, write_csv: WriteCsv) -> None:
    first = put(store, write_csv, (1, "one"), (2, "two"))
    numbers = set(_numbers(store))
    told = revision(store)
    undo_import(store, first)
    again = put(store, write_csv, (1, "one"), (2, "two"))
    assert again != first
    assert bodies(store) == {"1": "one", "2": "two"}
    assert not numbers & set(_numbers(store))  # an index may still hold what the old numbers stood for
    assert revision(store) != told


def test_undoing_the_accounts_unmatches_what_they_had(store: Store, write_csv: WriteCsv) -> None:
    accounts = ingest(write_csv("a.csv", "account_id,name,domain", [("A1", "Norvik", "norvik.example")]), store)
    rows = [(1, "s", "b", "Email", "x@norvik.example")]
    ingest(write_csv("b.csv", "hs_object_id,crm_subject,crm_description,crm_subtype,contact_email", rows), store)
    assert [a.account_id for a in store.activities()] == ["csv:A1"]
    undo_import(store, accounts.import_id)
    assert [a.account_id for a in store.activities()] == [None]
    assert Book.read(store).accounts == ()


def test_a_number_of_no_import_is_named(store: Store) -> None:
    with pytest.raises(MissingPart, match="no import number 7"):
        undo_import(store, 7)
    with pytest.raises(MissingPart, match="no import number 7"):
        intake(store, 7)


def _numbers(store: Store) -> list[int]:
    with store.reading() as connection:
        return list(connection.execute(select(db.activities.c.number)).scalars())


@pytest.mark.parametrize("header", [HEADER, HEADER.replace("hs_object_id", "no_id_of_ours")])
def test_what_a_person_said_counts_again_when_the_same_record_comes_back(
    store: Store, write_csv: WriteCsv, header: str
) -> None:
    file = write_csv("same.csv", header, [(1, "s", "one", "Email", "2026-03-02"), (2, "s", "two", "Email", "")])
    first = ingest(file, store)
    read = store.activities()[0]
    record(store, [(read, Verdict(Engagement.ND, 0.5, "unsure", "", "rule:x"))], "rules@1")
    correct(store, read, Engagement.ENGAGED, by="Ana")
    undo_import(store, first.import_id)
    assert store.activity(read.id) is None
    ingest(file, store)
    back = store.activity(read.id)
    assert back is not None
    record(store, [(back, Verdict(Engagement.ND, 0.5, "unsure", "", "rule:x"))], "rules@2")
    restand(store, "rules@2")
    label = current(store, [read.id])[read.id]
    assert (label.verdict.engagement, label.by) == (Engagement.ENGAGED, "Ana")


def test_an_import_that_is_undone_no_longer_tells_who_we_are(store: Store, write_csv: WriteCsv) -> None:
    """Whoever looked at the demo first must not be taken for its company."""
    head = f"{HEADER},owner,from,to"
    mail = "From: Ann <ann@us.example>\nTo: Jo <jo@them.example>\n\nHello Jo, shall we talk about the offer?"
    demo = [(n, "s", "a", "Email", "2026-03-02 14:05", "ann@us.example", "", "") for n in range(3)]
    first = ingest(write_csv("demo.csv", head, demo), store).import_id
    ingest(write_csv("mine.csv", head, [(9, "Offer", mail, "Email", "2026-03-03 10:00", "Jo", "", "")]), store)
    (kept,) = [a for a in store.activities() if a.native_id == "9"]
    assert [m.side for m in kept.messages] == [Side.US]
    undo_import(store, first)
    (kept,) = store.activities()
    assert [m.side for m in kept.messages] != [Side.US]
