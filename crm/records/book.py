"""The address book: accounts, contacts, deals, leads, reps, read from the store."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Table, func, select
from sqlalchemy.engine import RowMapping

from crm.nouns import Account, Contact, Deal, Lead, Rep
from crm.records import db
from crm.records.store import Store

_Joinable = TypeVar("_Joinable", Account, Contact)


@dataclass(frozen=True)
class Book:
    """One consistent look at who and what is in the CRM. Made anew when an import has finished."""

    accounts: tuple[Account, ...]
    contacts: tuple[Contact, ...]
    deals: tuple[Deal, ...]
    leads: tuple[Lead, ...]
    reps: tuple[Rep, ...]

    @classmethod
    def read(cls, store: Store) -> "Book":
        """Everything but the activities, in the order it came."""
        with store.reading() as connection:

            def rows(table: Table) -> list[RowMapping]:
                return list(connection.execute(select(table).order_by(table.c.number)).mappings())

            return cls(
                accounts=_standing(rows(db.accounts), _account),
                contacts=_standing(rows(db.contacts), _contact),
                deals=tuple(_deal(r) for r in rows(db.deals)),
                leads=tuple(_lead(r) for r in rows(db.leads)),
                reps=tuple(Rep(r["name"], r["email"], r["manager"], r["region"]) for r in rows(db.reps)),
            )

    @property
    def blank(self) -> bool:
        """Whether nobody and nothing is in it."""
        return not (self.accounts or self.contacts or self.deals or self.leads)

    @cached_property
    def account_by_id(self) -> dict[str, Account]:
        """Also by the ids of those that were joined into them: what was said of these is remembered elsewhere."""
        return {one.id: a for a in self.accounts for one in a.everyone}

    @cached_property
    def contact_by_id(self) -> dict[str, Contact]:
        return {one.id: c for c in self.contacts for one in c.everyone}

    def contacts_of(self, account_id: str) -> list[Contact]:
        return [c for c in self.contacts if c.account_id == account_id]

    def deals_of(self, account_id: str) -> list[Deal]:
        return [d for d in self.deals if d.account_id == account_id]


def revision(store: Store) -> tuple[int, ...]:
    """Changes exactly when a record was stored, changed, joined or erased: what a cached Book is valid for."""
    with store.reading() as connection:
        done = connection.execute(select(func.count(), func.sum(db.imports.c.stored), func.max(db.imports.c.id))).one()
        erased = connection.execute(select(func.count()).select_from(db.forgotten)).scalar_one()
        joins = connection.execute(select(func.count(), func.count(db.joins.c.ended_at)).select_from(db.joins)).one()
    return (*(int(n or 0) for n in done), erased, *joins)


def _standing(rows: Sequence[RowMapping], read: Callable[[RowMapping], _Joinable]) -> tuple[_Joinable, ...]:
    """The records that stand for themselves, with those that were joined into them."""
    joined: defaultdict[str, list[_Joinable]] = defaultdict(list)
    for row in rows:
        if row["joined_into"] is not None:
            joined[row["joined_into"]].append(read(row))
    standing = (read(row) for row in rows if row["joined_into"] is None)
    return tuple(replace(one, joined=tuple(joined[one.id])) if one.id in joined else one for one in standing)


def _account(r: RowMapping) -> Account:
    told = ("name", "industry", "region", "size", "revenue", "owner", "domain", "parent", "type")
    return Account(r["id"], *(r[name] for name in told))


def _contact(r: RowMapping) -> Contact:
    return Contact(r["id"], r["account_id"], r["name"], r["email"], r["title"], r["phone"], r["owner"], r["opted_out"])


def _deal(r: RowMapping) -> Deal:
    return Deal(
        id=r["id"],
        account_id=r["account_id"],
        account_name=r["account_name"],
        name=r["name"],
        stage=r["stage"],
        amount=r["amount"],
        currency=r["currency"],
        product=r["product"],
        owner=r["owner"],
        created_at=r["created_at"],
        closed_at=r["closed_at"],
        won=r["won"],
        expected_close_at=r["expected_close_at"],
        loss_reason=r["loss_reason"],
    )


def _lead(r: RowMapping) -> Lead:
    fields = ("id", "name", "email", "company", "industry", "job_title", "company_size", "location", "status", "owner")
    text: dict[str, Any] = {f: r[f] for f in fields}
    return Lead(**text, last_contact=r["last_contact"], notes=r["notes"])
