"""What is missing, doubled, unmatched or cut among the records, counted by the store."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Table, and_, func, not_, or_, select
from sqlalchemy.engine import Connection

from crm.records import db
from crm.records.store import Store

# Exports cut a text at about 2,000 characters, some at 32,000: such a length without an end mark is a cut.
CUT_FROM, CUT_TO, CUT_HARD = 1_990, 2_140, 31_900
END_MARKS = '.!?…>"»”)]}*-_'


class Fault(StrEnum):
    """What can be wrong with a record."""

    MISSING = "missing"
    DOUBLED = "duplicate"
    UNMATCHED = "unmatched"
    CUT = "truncated"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Untidy:
    """`found` of `of` records have the fault; `what` says which and what of them."""

    fault: Fault
    what: str
    found: int
    of: int

    @property
    def share(self) -> float:
        return self.found / self.of if self.of else 0.0


def untidy(store: Store) -> list[Untidy]:
    """Every count, records that are not there left out; the worst first within a fault."""
    with store.reading() as connection:
        found = [
            *(_lacking(connection, table, what, lacks) for table, what, lacks in _LACKS),
            *(_doubled(connection, table, what, key) for table, what, key in _KEYS),
            *(_homeless(connection, table) for table in (db.activities, db.contacts, db.deals)),
            _cut(connection),
            _refused(connection),
        ]
    order = list(Fault)
    return sorted((u for u in found if u.of), key=lambda u: (order.index(u.fault), -u.share, u.what))


def _empty(column: ColumnElement[str]) -> ColumnElement[bool]:
    return or_(column.is_(None), column == "")


_A, _C, _D = db.activities.c, db.contacts.c, db.deals.c
_LACKS: tuple[tuple[Table, str, ColumnElement[bool]], ...] = (
    (db.activities, "activities without a text", _empty(_A.raw_body)),
    (db.activities, "activities without a date", _A.at.is_(None)),
    (db.activities, "activities without an owner", _empty(_A.owner)),
    (db.activities, "activities that do not say which way they went", _A.direction == "unknown"),
    (db.accounts, "accounts without an industry", _empty(db.accounts.c.industry)),
    (db.accounts, "accounts without an owner", _empty(db.accounts.c.owner)),
    (db.contacts, "contacts without an address", _empty(_C.email)),
    (db.deals, "deals without an amount", _D.amount.is_(None)),
    (db.deals, "deals without the day they were created", _D.created_at.is_(None)),
    (db.deals, "decided deals without the day they were closed", and_(_D.won.is_not(None), _D.closed_at.is_(None))),
    (db.leads, "leads without an address", _empty(db.leads.c.email)),
)
_KEYS: tuple[tuple[Table, str, ColumnElement[str]], ...] = (
    (db.activities, "activities whose text stands in another one, too", _A.text_hash),
    (db.accounts, "accounts of a name that another one has", func.lower(db.accounts.c.name)),
    (db.contacts, "contacts with an address that another one has", func.lower(_C.email)),
)


def _lacking(connection: Connection, table: Table, what: str, lacks: ColumnElement[bool]) -> Untidy:
    return Untidy(Fault.MISSING, what, _count(connection, table, lacks), _count(connection, table))


def _doubled(connection: Connection, table: Table, what: str, key: ColumnElement[str]) -> Untidy:
    """Records beyond the first of each key; an empty text or address is no duplicate but missing."""
    filled = not_(_empty(_A.raw_body if table is db.activities else key))
    query = select(func.count(), func.count(key.distinct())).select_from(table).where(filled, db.standing_rows(table))
    records, different = connection.execute(query).one()
    return Untidy(Fault.DOUBLED, what, records - different, records)


def _homeless(connection: Connection, table: Table) -> Untidy:
    found = _count(connection, table, table.c.account_id.is_(None))
    return Untidy(Fault.UNMATCHED, f"{table.name} that belong to no account", found, _count(connection, table))


def _cut(connection: Connection) -> Untidy:
    text, size = _A.raw_body, func.length(_A.raw_body)
    long = or_(size.between(CUT_FROM, CUT_TO), size >= CUT_HARD)
    ends = func.substr(func.rtrim(text), func.length(func.rtrim(text)), 1).in_(list(END_MARKS))
    found = _count(connection, db.activities, and_(long, not_(ends)))
    what = "activities whose text ends in the midst of a sentence"
    return Untidy(Fault.CUT, what, found, _count(connection, db.activities))


def _refused(connection: Connection) -> Untidy:
    c = db.imports.c
    refused, read = connection.execute(select(func.sum(c.refused), func.sum(c.read))).one()
    return Untidy(Fault.REFUSED, "rows of imports that could not be stored", int(refused or 0), int(read or 0))


def _count(connection: Connection, table: Table, where: ColumnElement[bool] | None = None) -> int:
    query = select(func.count()).select_from(table).where(db.standing_rows(table))
    return int(connection.execute(query if where is None else query.where(where)).scalar_one())
