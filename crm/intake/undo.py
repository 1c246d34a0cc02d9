"""Takes an import back: what it added goes, what it replaced returns."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table as SqlTable
from sqlalchemy import select, text
from sqlalchemy.engine import Connection

from crm.errors import MissingPart
from crm.intake import bylines
from crm.intake.assignment import Homes
from crm.intake.contact_names import name_contacts
from crm.intake.days_from_quotes import date_undated
from crm.intake.our_domains import forget, remembered
from crm.intake.owner_names import name_owners
from crm.intake.rematch import rematch, reparse
from crm.intake.storing import NUMBERS, Tally, next_number, replace_rows
from crm.records import db, fulltext
from crm.records.store import CHUNK, Store


def undo_import(store: Store, import_id: int) -> int:
    """Takes one import back and empties its ledger; how many records it touched. Labels given since stay harmless.

    A record that a later import has changed keeps that change, and forgets what this one said; so does the store of
    our own side, whose threads are read again where that matters.
    """
    with store.writing() as connection:
        before = remembered(connection)
        row = connection.execute(select(db.imports).where(db.imports.c.id == import_id)).mappings().first()
        if row is None:
            raise MissingPart(f"There was no import number {import_id}.")
        table = db.RECORDS[row["record"]]
        _keep_highest_number(connection, table)
        _forget_replaced(connection, table.name, import_id)
        restored = _restore(connection, table, import_id)
        removed = _remove(connection, table, import_id)
        _empty(connection, import_id)
        forget(connection, import_id)
        now = remembered(connection)
    name_owners(store, now)
    name_contacts(store, now)
    if now != before:
        reparse(store, before, now)
    rematch(store)
    date_undated(store)
    return restored + removed


def _keep_highest_number(connection: Connection, table: SqlTable) -> None:
    """Numbers that are freed are not given again: an index may still hold what they stood for."""
    fact = connection.execute(select(db.facts.c.value).where(db.facts.c.name == NUMBERS)).scalar() or {}
    value = {**fact, table.name: next_number(connection, table) - 1}
    connection.execute(db.facts.delete().where(db.facts.c.name == NUMBERS))
    connection.execute(db.facts.insert().values(name=NUMBERS, value=value))


def _forget_replaced(connection: Connection, record: str, import_id: int) -> None:
    """Where a later import replaced what this one wrote, that import now replaces what was there before."""
    c = db.versions.c
    wrote = c.row["import_id"].as_integer() == import_id
    later = select(c.number, c.record_id, c.import_id).where(c.record == record, c.import_id != import_id, wrote)
    for version in connection.execute(later).all():
        connection.execute(db.versions.delete().where(c.number == version.number))
        mine = (c.record == record, c.record_id == version.record_id, c.import_id == import_id)
        connection.execute(db.versions.update().where(*mine).values(import_id=version.import_id))


def _restore(connection: Connection, table: SqlTable, import_id: int) -> int:
    c = db.versions.c
    mine = (c.record == table.name, c.import_id == import_id)
    versions = connection.execute(select(c.number, c.row).where(*mine).order_by(c.number)).all()
    for start in range(0, len(versions), CHUNK):
        rows = [_row(table, version.row) for version in versions[start : start + CHUNK]]
        replace_rows(connection, table, rows)
        if table is db.activities:
            fulltext.drop(connection, [row["number"] for row in rows])
            _index(connection, rows)
    connection.execute(db.versions.delete().where(*mine))
    return len(versions)


def _index(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    homes = Homes.read(connection, remembered(connection))
    fulltext.put(connection, (bylines.page(row, homes.directory) for row in rows))


def _row(table: SqlTable, kept: Mapping[str, Any]) -> dict[str, Any]:
    """A row as it was, its moments back from text; a column that is newer than it is empty."""
    moments = {column.name for column in table.c if isinstance(column.type, db.UtcDateTime)}
    was = {name: datetime.fromisoformat(v) if v and name in moments else v for name, v in kept.items()}
    return {column.name: was.get(column.name) for column in table.c}


def _remove(connection: Connection, table: SqlTable, import_id: int) -> int:
    if table is db.activities:
        mine = "SELECT number FROM activities WHERE import_id = :import_id"
        connection.execute(text(f"DELETE FROM activities_fts WHERE rowid IN ({mine})"), {"import_id": import_id})
    return connection.execute(table.delete().where(table.c.import_id == import_id)).rowcount


def _empty(connection: Connection, import_id: int) -> None:
    """The entry stays, all zero: its number must not be given again."""
    connection.execute(db.refusals.delete().where(db.refusals.c.import_id == import_id))
    zero = dict.fromkeys((*Tally.__slots__, "unmatched"), 0) | {"finished_at": datetime.now(UTC)}
    connection.execute(db.imports.update().where(db.imports.c.id == import_id).values(zero))
