"""Makes two records one, such as a company that came in under two names, and takes them apart again.

Nothing is copied or lost: what belongs to whom is matched again, as after an import.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Table, Text, func, select
from sqlalchemy.engine import Connection

from crm.errors import BadSetting, MissingPart
from crm.intake.joins import end_join, put_apart, put_join
from crm.intake.rematch import rematch
from crm.records import db
from crm.records.store import Store


@dataclass(frozen=True, slots=True)
class Joining:
    """What joining would do: the name that goes, the one that stays, how many records of each kind move."""

    joined: str
    into: str
    activities: int
    deals: int = 0
    contacts: int = 0


class Joinable(StrEnum):
    """Of which records two may be one."""

    ACCOUNT = "accounts"
    CONTACT = "contacts"

    @property
    def table(self) -> Table:
        return db.RECORDS[self.value]


def joining(store: Store, kind: Joinable, joined_id: str, into_id: str) -> Joining:
    """What joining a record into another would do; nothing happens. Raises MissingPart, BadSetting."""
    with store.reading() as connection:
        joined, into = _both(connection, kind.table, joined_id, into_id)
        if kind is Joinable.CONTACT:
            on_it = db.activities.c.contact_ids.cast(Text).contains(f'"{joined_id}"', autoescape=True)
            return Joining(joined, into, _count(connection, db.activities, on_it))
        counted = (
            _count(connection, table, table.c.account_id == joined_id)
            for table in (db.activities, db.deals, db.contacts)
        )
        return Joining(joined, into, *counted)


def join(store: Store, kind: Joinable, joined_id: str, into_id: str, by: str) -> int:
    """From now on the one stands for both; how many records moved. Raises MissingPart, BadSetting."""
    with store.writing() as connection:
        _both(connection, kind.table, joined_id, into_id)
        put_join(connection, kind.table, joined_id, into_id, by)
        return rematch(store)


def take_apart(store: Store, kind: Joinable, joined_id: str) -> str:
    """The joined record is one of its own again; its name. Raises MissingPart."""
    with store.writing() as connection:
        c = kind.table.c
        there = select(c.name).where(c.id == joined_id, c.joined_into.is_not(None))
        name = connection.execute(there).scalar()
        if name is None:
            raise MissingPart(f"{joined_id} is not joined into another.")
        end_join(connection, kind.table, joined_id)
        rematch(store)
        return str(name)


def keep_apart(store: Store, kind: Joinable, one_id: str, other_id: str, by: str) -> tuple[str, str]:
    """The two are not one, and nobody is asked again; their names. Raises MissingPart, BadSetting."""
    with store.writing() as connection:
        names = _both(connection, kind.table, one_id, other_id)
        put_apart(connection, kind.table, one_id, other_id, by)
        return names


def _count(connection: Connection, table: Table, where: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(table).where(where, db.standing_rows(table))
    return int(connection.execute(query).scalar_one())


def _both(connection: Connection, table: Table, joined_id: str, into_id: str) -> tuple[str, str]:
    """The names of two different records that stand for themselves."""
    if joined_id == into_id:
        raise BadSetting("Choose two different ones: nothing can be joined with itself.")
    c = table.c
    wanted = select(c.id, c.name).where(c.id.in_((joined_id, into_id)), db.standing_rows(table))
    names = {row.id: row.name for row in connection.execute(wanted)}
    for one in (joined_id, into_id):
        if one not in names:
            raise MissingPart(f"{one} is not there, or joined into another already.")
    return names[joined_id], names[into_id]
