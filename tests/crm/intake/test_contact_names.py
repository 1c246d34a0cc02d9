"""Whom a note names is known by the contact that its row refers to, whichever of both files came first."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from crm.engagement.labels import current, record
from crm.intake.ingest import ingest
from crm.intake.undo import undo_import
from crm.nouns import Engagement, Verdict
from crm.records import db
from crm.records.store import Store

WriteCsv = Callable[..., Path]
UNA, IDA = "003Qx00000AA001AAA", "003Qx00000AA002AAA"
NOTES = [
    ("00TQx00000AA001AAA", UNA, "Visit", "2026-08-11", "Una out in the yard, cross about the liners."),
    ("00TQx00000AA002AAA", UNA, "Visit", "2026-08-12", "Drove by, gate shut."),
    ("00TQx00000AA003AAA", IDA, "Visit", "2026-08-13", "Una was there."),
]


def contacts(store: Store, write_csv: WriteCsv, una: str = "Una") -> int:
    rows = [(UNA, una, "Brack", "una@hallbeck.example", ""), (IDA, "Ida", "Moss", "ida@hallbeck.example", "")]
    return ingest(write_csv("Contact.csv", "Id,FirstName,LastName,Email,MailingCountry", rows), store).import_id


def tasks(store: Store, write_csv: WriteCsv) -> int:
    return ingest(write_csv("Task.csv", "Id,WhoId,Subject,ActivityDate,Description", NOTES), store).import_id


def named(store: Store) -> list[tuple[str, ...]]:
    return [a.named for a in sorted(store.activities(), key=lambda a: a.id)]


@pytest.mark.parametrize("order", [(contacts, tasks), (tasks, contacts)])
def test_a_contact_told_by_id_is_named_where_the_text_has_the_name(
    store: Store, write_csv: WriteCsv, order: tuple[Callable[[Store, WriteCsv], int], ...]
) -> None:
    for import_them in order:
        import_them(store, write_csv)
    assert named(store) == [("Una Brack",), (), ()]
    with store.reading() as connection:
        assert connection.execute(select(db.activities.c.extra)).scalars().all()[0].get("@contact_names") is None


def test_a_list_of_contacts_taken_back_or_changed_names_others(store: Store, write_csv: WriteCsv) -> None:
    tasks(store, write_csv)
    first = contacts(store, write_csv)
    contacts(store, write_csv, una="Ute")
    assert named(store) == [(), (), ()]
    contacts(store, write_csv)
    assert named(store)[0] == ("Una Brack",)
    lone = contacts(store, write_csv)
    for import_id in range(lone, first - 1, -1):
        undo_import(store, import_id)
    assert named(store) == [(), (), ()]


def test_what_a_judge_said_before_the_contact_was_known_counts_no_longer(store: Store, write_csv: WriteCsv) -> None:
    tasks(store, write_csv)
    one, other, _ = sorted(store.activities(), key=lambda a: a.id)
    verdict = Verdict(Engagement.ND, 0.5, "guess", "", "model")
    record(store, [(one, verdict), (other, verdict)], "p")
    assert set(current(store, [one.id, other.id])) == {one.id, other.id}
    contacts(store, write_csv)
    assert set(current(store, [one.id, other.id])) == {other.id}
