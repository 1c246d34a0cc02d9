"""A full disk, a locked store, a read-only one: a sentence, and nothing stored before is lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from crm.errors import StoreTrouble
from crm.intake.ingest import Plan, Progress, ingest
from crm.intake.ledger import Intake, intakes
from crm.records.store import Store

WriteCsv = Callable[..., Path]
HEADER = "hs_object_id,crm_subject,crm_description,crm_subtype"


def file_of(write_csv: WriteCsv, count: int) -> Path:
    return write_csv("a.csv", HEADER, [(n, "s", f"words of row {n} " * 20, "Email") for n in range(count)])


@contextmanager
def pragma(store: Store, statement: str) -> Iterator[None]:
    """The store with a setting of SQLite's own on every connection."""

    def on_connect(connection: Any, _: Any) -> None:
        connection.execute(statement)

    store.engine.dispose()
    event.listen(store.engine, "connect", on_connect)
    yield
    event.remove(store.engine, "connect", on_connect)
    store.engine.dispose()


def test_the_disk_is_full_and_later_is_not(store: Store, write_csv: WriteCsv) -> None:
    file = file_of(write_csv, 6_000)
    with store.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    with pragma(store, f"PRAGMA max_page_count={pages + 1_200}"), pytest.raises(StoreTrouble, match="The disk is full"):
        ingest(file, store)
    stored = store.count()
    assert 0 < stored < 6_000
    assert intakes(store)[0].read == stored
    with store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM activities_fts")).scalar_one() == stored
    done = ingest(file, store)
    assert (done.read, done.stored, done.resumed, store.count()) == (6_000, 6_000, True, 6_000)


def test_the_store_is_being_written_by_somebody_else(store: Store, write_csv: WriteCsv) -> None:
    first, second = file_of(write_csv, 10), write_csv("b.csv", HEADER, [("x", "s", "b", "Call")])
    ingest(first, store)
    other = Store.open(str(store.engine.url))
    with pragma(store, "PRAGMA busy_timeout=50"), other.writing(), pytest.raises(StoreTrouble, match="another process"):
        ingest(second, store)
    assert store.count() == 10
    assert ingest(second, store).stored == 1
    other.engine.dispose()


def test_the_store_is_read_only(store: Store, write_csv: WriteCsv) -> None:
    ingest(file_of(write_csv, 10), store)
    new = write_csv("b.csv", HEADER, [("x", "s", "b", "Call")])
    with pragma(store, "PRAGMA query_only=ON"), pytest.raises(StoreTrouble, match="read-only"):
        ingest(new, store)
    assert store.count() == 10


def test_two_imports_of_one_file_do_not_write_over_each_other(store: Store, write_csv: WriteCsv) -> None:
    file = file_of(write_csv, 2_400)
    second: list[Intake] = []

    def meanwhile(progress: Progress) -> None:
        """The same file is imported by somebody else while the first import is at its first batch."""
        if not second:
            second.append(ingest(file, store))

    with pytest.raises(StoreTrouble, match="Another process is importing this file"):
        ingest(file, store, Plan(progress=meanwhile))
    assert (second[0].read, second[0].stored, second[0].adds_up) == (2_400, 2_400, True)
    assert store.count() == 2_400
    assert len(intakes(store)) == 1


def test_a_fault_of_ours_is_no_trouble_of_the_store(store: Store) -> None:
    with pytest.raises(OperationalError, match="no such table"), store.reading() as connection:
        connection.execute(text("SELECT * FROM nothing_here"))
