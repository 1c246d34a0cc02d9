"""The audit trail: only added to, and what was altered is named."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from crm.records import db
from crm.records.store import Store
from crm.records.trail import Trail
from crm.records.trail_entry import Entry, Sought, What

CORRECTED = Entry("Ana Ruiz", What.CORRECTION, "demo:7", "ND", "ENGAGED", "=Kjersti said so", "rules@1")


@pytest.fixture
def trail(tmp_path: Path) -> Iterator[Trail]:
    store = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    trail = Trail(store, tmp_path / "trail.head")
    trail.put(Entry("Ana Ruiz", What.SIGN_IN))
    trail.put(CORRECTED)
    trail.put(Entry("Bo", What.MODEL_CALL, "call:1", after="a draft", cost=0.0125))
    trail.put(Entry("Bo", What.IMPORT, "3", after="read 4"))
    yield trail
    store.engine.dispose()


def raw(trail: Trail) -> sqlite3.Connection:
    """The file itself, as somebody would open it who goes around the program."""
    return sqlite3.connect(str(trail.store.engine.url.database), isolation_level=None)


def unguarded(trail: Trail, *statements: str) -> None:
    connection = raw(trail)
    for name in ("trail_is_not_changed", "trail_is_not_deleted", "trail_words_are_not_changed"):
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_what_is_written_is_read_and_whole(trail: Trail) -> None:
    rows = trail.rows()
    assert [row.number for row in rows] == [4, 3, 2, 1]
    assert rows[2].entry == CORRECTED
    found = trail.verify()
    assert found.whole
    assert (found.count, found.head) == (4, rows[0].hash)
    assert "demo:7  ND → ENGAGED  “=Kjersti said so”  policy rules@1" in rows[2].to_text()
    assert "$0.0125" in rows[1].to_text()


@pytest.mark.parametrize(
    "statement", ["UPDATE trail SET who = 'Eve'", "DELETE FROM trail", "UPDATE trail_words SET why = ''"]
)
def test_the_database_refuses_to_change_a_row(trail: Trail, statement: str) -> None:
    with pytest.raises(IntegrityError, match="only added to"), trail.store.writing() as connection:
        connection.execute(text(statement))
    assert trail.verify().whole


@pytest.mark.parametrize(
    ("statement", "number", "wrong"),
    [
        ("UPDATE trail SET who = 'Eve' WHERE number = 2", 2, "changed"),
        ("UPDATE trail SET cost = 0.0001 WHERE number = 3", 3, "changed"),
        ("UPDATE trail_words SET why = 'nothing' WHERE number = 2", 2, "words were changed"),
        ("DELETE FROM trail_words WHERE number = 2", 2, "words were taken out"),
        ("DELETE FROM trail WHERE number = 2", 2, "taken out"),
        ("UPDATE trail SET previous = hash WHERE number = 4", 4, "does not follow"),
        ("DELETE FROM trail WHERE number >= 3", 3, "the last 2 of 4 rows are missing"),
        ("DELETE FROM trail", 1, "the last 4 of 4 rows are missing"),
    ],
)
def test_the_first_row_that_was_altered_is_named(trail: Trail, statement: str, number: int, wrong: str) -> None:
    unguarded(trail, statement)
    found = trail.verify()
    assert not found.whole
    assert (found.number, wrong in found.wrong) == (number, True), found
    assert f"row {number}" in found.to_text()


def test_a_chain_computed_anew_does_not_fit_the_head_kept_apart(trail: Trail, tmp_path: Path) -> None:
    other = Trail(Store.open(f"sqlite:///{tmp_path / 'other.sqlite'}"), tmp_path / "other.head")
    for row in trail.rows()[::-1]:
        other.put(row.entry if row.number != 2 else Entry("Ana Ruiz", What.CORRECTION, "demo:8"))
    assert other.verify().whole
    found = Trail(other.store, trail.kept_head).verify()
    assert (found.number, found.wrong) == (4, "it is not the row that trail.head knows")
    other.store.engine.dispose()


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_text("?")])
def test_without_the_head_it_is_said_what_cannot_be_told(trail: Trail, damage: Callable[[Path], object]) -> None:
    damage(trail.kept_head)
    assert "trail.head" in trail.verify().wrong


def test_what_is_done_and_its_row_are_written_together_or_not_at_all(trail: Trail) -> None:
    def interrupted() -> None:
        with trail.together() as pen:
            trail.store.put_fact("a fact", 1)
            assert trail.store.fact("a fact") == 1  # within the transaction it is seen
            pen.write(Entry("Ana Ruiz", What.CORRECTION, "demo:9"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    assert trail.store.fact("a fact") is None
    assert trail.verify().count == 4
    with trail.together() as pen:
        trail.store.put_fact("a fact", 2)
        pen.write(Entry("Ana Ruiz", What.CORRECTION, "demo:9"))
    assert trail.store.fact("a fact") == 2
    assert trail.rows()[0].entry.about == "demo:9"


def test_erased_words_leave_the_chain_whole_when_a_row_says_so(trail: Trail) -> None:
    with trail.together() as pen:
        gone = trail.naming(pen.connection, ["KJERSTI"])
        trail.erase_words(pen.connection, gone)
        pen.write(Entry("Ana Ruiz", What.ERASURE, gone=gone))
    assert gone == (2,)
    assert trail.verify().whole
    assert [row.erased for row in trail.rows()] == [False, False, False, True, False]
    with trail.store.reading() as connection:
        words = connection.execute(select(db.metadata.tables["trail_words"])).all()
    assert "Kjersti" not in str(words)
    unguarded(trail, "INSERT INTO trail_words VALUES (2, '', '', '', '=Kjersti said so')")
    assert "put back" in trail.verify().wrong


@pytest.mark.parametrize(
    ("where", "numbers"),
    [
        (Sought(who="Bo"), [4, 3]),
        (Sought(what="correction"), [2]),
        (Sought(about="demo:7", who="Ana Ruiz"), [2]),
        (Sought(about="demo:7", who="Bo"), []),
    ],
)
def test_rows_are_sought_by_what_is_set(trail: Trail, where: Sought, numbers: list[int]) -> None:
    assert [row.number for row in trail.rows(where)] == numbers


def test_an_export_runs_nothing_in_a_spreadsheet(trail: Trail, tmp_path: Path) -> None:
    out = tmp_path / "trail.csv"
    assert trail.write_csv(out, Sought(about="demo:7")) == 1
    assert "'=Kjersti said so" in out.read_text(encoding="utf-8-sig")
