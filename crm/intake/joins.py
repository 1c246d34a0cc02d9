"""Which accounts are one company and which contacts one person, as people said; each of them keeps its row.

What a row is joined into follows from what was said and from what is there: a join counts while both of its records are
in the store, so that an import may be undone and done again. Where the row that stands for both says nothing in a
column, it shows what a joined one says.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, Text, cast, or_, select
from sqlalchemy.engine import Connection

from crm.records import db
from crm.records.store import CHUNK

OWN = "@own"  # where a row keeps what it said itself in the columns that it shows from a joined one
_SHOWN = {
    "accounts": ("type", "industry", "region", "size", "revenue", "owner", "parent"),
    "contacts": ("email", "title", "phone", "owner", "opted_out"),
}


def put_join(connection: Connection, table: Table, joined_id: str, into_id: str, by: str) -> None:
    """Notes that two records are one; what was said before of the joined one counts no longer."""
    end_join(connection, table, joined_id)
    row = {"record": table.name, "joined_id": joined_id, "into_id": into_id, "by": by, "at": datetime.now(UTC)}
    connection.execute(db.joins.insert().values(row))


def end_join(connection: Connection, table: Table, joined_id: str) -> None:
    """Notes that a record is one of its own again."""
    c = db.joins.c
    mine = (c.record == table.name, c.joined_id == joined_id, c.ended_at.is_(None))
    connection.execute(db.joins.update().where(*mine).values(ended_at=datetime.now(UTC)))


def put_apart(connection: Connection, table: Table, one_id: str, other_id: str, by: str) -> None:
    """Notes that two records are not one: a join that ended as it began."""
    now = datetime.now(UTC)
    row = {"record": table.name, "joined_id": one_id, "into_id": other_id, "by": by, "at": now, "ended_at": now}
    connection.execute(db.joins.insert().values(row))


def told_apart(connection: Connection, table: Table) -> set[frozenset[str]]:
    """The pairs of which somebody said that they are two, or took them apart."""
    c = db.joins.c
    ended = select(c.joined_id, c.into_id).where(c.record == table.name, c.ended_at.is_not(None))
    return {frozenset(pair) for pair in connection.execute(ended)}


def settle(connection: Connection) -> None:
    """Brings the rows up to date with what was said, and with each other."""
    for table in db.JOINABLE:
        into = _effective(connection, table)
        _point(connection, table, into)
        _show(connection, table, into)


def _effective(connection: Connection, table: Table) -> dict[str, str]:
    """What stands for each joined record that is there, in the order in which it was said."""
    c = db.joins.c
    query = select(c.joined_id, c.into_id).where(c.record == table.name, c.ended_at.is_(None)).order_by(c.number)
    said = {row.joined_id: row.into_id for row in connection.execute(query)}
    there = _there(connection, table, sorted({*said, *said.values()}))
    said = {one: other for one, other in said.items() if one in there and other in there}
    return {one: _last(one, said) for one in said}


def _last(one: str, said: Mapping[str, str]) -> str:
    """Where a chain of joins ends. None of them is a circle: only what stands for itself can be joined."""
    while one in said:
        one = said[one]
    return one


def _there(connection: Connection, table: Table, ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(ids), CHUNK):
        found.update(connection.execute(select(table.c.id).where(table.c.id.in_(ids[start : start + CHUNK]))).scalars())
    return found


def _point(connection: Connection, table: Table, into: Mapping[str, str]) -> None:
    c = table.c
    query = select(c.id, c.joined_into).where(c.joined_into.is_not(None))
    before = {row.id: row.joined_into for row in connection.execute(query)}
    for one in {*before, *into}:
        if before.get(one) != into.get(one):
            connection.execute(table.update().where(c.id == one).values(joined_into=into.get(one)))


def _show(connection: Connection, table: Table, into: Mapping[str, str]) -> None:
    """Fills what is empty; what another row no longer fills is empty again."""
    members = defaultdict(list)
    for one, home in into.items():
        members[home].append(one)
    wanted = sorted({*into, *members})
    marked = cast(table.c.extra, Text).contains(f'"{OWN}"', autoescape=True)
    query = select(table).where(or_(marked, table.c.id.in_(wanted)))
    rows = {row["id"]: dict(row) for row in connection.execute(query).mappings()}
    own = {one: _by_itself(row) for one, row in rows.items()}
    for one, row in rows.items():
        now = _filled(table, own[one], [own[other] for other in members[one]])
        if now != row:
            connection.execute(table.update().where(table.c.number == row["number"]).values(now))


def _by_itself(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row as it came."""
    extra = {name: value for name, value in row["extra"].items() if name != OWN}
    return {**row, **row["extra"].get(OWN, {}), "extra": extra}


def _filled(table: Table, row: dict[str, Any], others: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The row as it shows: a column that says nothing shows what the first of the others says there."""
    shown = {}
    for name in _SHOWN[table.name]:
        if not row[name] and (found := next((other[name] for other in others if other[name]), None)):
            shown[name] = found
    kept = {OWN: {name: row[name] for name in shown}} if shown else {}
    return {**row, **shown, "extra": {**row["extra"], **kept}}
