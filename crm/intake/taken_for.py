"""The names that rows found their account by without being called so: a person should see what a rule joined."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import or_, select

from crm.intake.matching import RuleName
from crm.intake.sources import Refs
from crm.records import db
from crm.records.store import Store

BY_LIKENESS: tuple[RuleName, ...] = ("similar name", "name as domain", "short name")


@dataclass(frozen=True, slots=True)
class Taken:
    """A name as rows give it, and the account that it was taken for."""

    name: str
    account: str
    records: int


def taken_for(store: Store, import_id: int) -> list[Taken]:
    """Those of an import's activities, or of any that found an account of the import; the busiest first."""
    c, a = db.activities.c, db.accounts.c
    here = or_(c.import_id == import_id, a.import_id == import_id)
    query = select(c.extra, a.name).join_from(db.activities, db.accounts, c.account_id == a.id)
    with store.reading() as connection:
        rows = connection.execute(query.where(c.matched_by.in_(BY_LIKENESS), here)).all()
    found = Counter((" ".join(Refs.of(extra).account.split()), account) for extra, account in rows)
    taken = [Taken(name, account, records) for (name, account), records in found.items() if name]
    return sorted(taken, key=lambda one: (-one.records, one.name))
