"""Makes two records one, such as a company that came in under two names, and takes them apart again.

Nothing is copied or lost: what belongs to whom is matched again, as after an import.
"""

from dataclasses import dataclass

from sqlalchemy import Table, Text, func, select
from sqlalchemy.engine import Connection

from crm.errors import BadSetting, MissingPart
from crm.intake.joins import end_join, put_join
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


def account_joining(store: Store, joined_id: str, into_id: str) -> Joining:
    """What joining an account into another would move; nothing happens. Raises MissingPart, BadSetting."""
    with store.reading() as connection:
        joined, into = _both(connection, db.accounts, joined_id, into_id)
        counted = {
            table.name: select(func.count()).where(table.c.account_id == joined_id, db.standing_rows(table))
            for table in (db.activities, db.deals, db.contacts)
        }
        found = {name: connection.execute(query).scalar_one() for name, query in counted.items()}
    return Joining(joined, into, **found)


def contact_joining(store: Store, joined_id: str, into_id: str) -> Joining:
    """The same of two contacts of one account."""
    with store.reading() as connection:
        joined, into = _both(connection, db.contacts, joined_id, into_id)
        on_it = db.activities.c.contact_ids.cast(Text).contains(f'"{joined_id}"', autoescape=True)
        found = connection.execute(select(func.count()).where(on_it)).scalar_one()
    return Joining(joined, into, found)


def join(store: Store, table: Table, joined_id: str, into_id: str, by: str) -> int:
    """From now on the one stands for both; how many records moved. Raises MissingPart, BadSetting."""
    with store.writing() as connection:
        _both(connection, table, joined_id, into_id)
        put_join(connection, table, joined_id, into_id, by)
        return rematch(store)


def take_apart(store: Store, table: Table, joined_id: str) -> int:
    """The joined record is one of its own again; how many records moved. Raises MissingPart."""
    with store.writing() as connection:
        c = table.c
        there = select(c.id).where(c.id == joined_id, c.joined_into.is_not(None))
        if connection.execute(there).first() is None:
            raise MissingPart(f"{joined_id} is not joined into another.")
        end_join(connection, table, joined_id)
        return rematch(store)


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
