"""Gives every stored owner the name that our list of people has for it now, so that the order of imports is nothing."""

from sqlalchemy import ColumnElement, Text, cast, or_, select
from sqlalchemy import Table as SqlTable
from sqlalchemy.engine import Connection

from crm.intake.owners import GIVEN_OWNER, Owners
from crm.intake.rematch import chunks, owned, parse_again
from crm.intake.storing import replace_rows
from crm.records import db
from crm.records.store import Store
from crm.threads.thread import Ours

_OWNED = (db.accounts, db.contacts, db.deals, db.leads)


def name_owners(store: Store, ours: Ours) -> None:
    """May be done again. An activity is parsed anew, for its owner may have written it."""
    with store.reading() as connection:
        owners = Owners.read(connection)
        where = {table.name: _called_otherwise(connection, table, owners) for table in (*_OWNED, db.activities)}
    for table in _OWNED:
        columns = [table.c[name] for name in ("number", "id", "owner", "extra")]
        for rows in chunks(store, select(*columns).where(where[table.name]), table):
            found = [(row["number"], *owned(row, owners)) for row in rows]
            with store.writing() as connection:
                replace_rows(connection, table, [{"number": n, "extra": extra, "owner": o} for n, extra, o in found])
    parse_again(store, where[db.activities.name], ours)


def _called_otherwise(connection: Connection, table: SqlTable, owners: Owners) -> ColumnElement[bool]:
    """The records whose owner may have another name now: it is known, or was renamed before."""
    c = table.c
    there = connection.execute(select(c.source, c.owner).distinct().where(c.owner != ""))
    new = sorted({row.owner for row in there if owners.called(row.owner, row.source) != row.owner})
    return or_(c.owner.in_(new), cast(c.extra, Text).contains(f'"{GIVEN_OWNER}"'))
