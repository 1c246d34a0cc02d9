"""The address book: accounts, contacts, deals, leads, reps, read from the store."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.engine import RowMapping

from crm.nouns import Account, Contact, Deal, Lead, Rep
from crm.records import db
from crm.records.store import Store


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
                accounts=tuple(_account(r) for r in rows(db.accounts)),
                contacts=tuple(_contact(r) for r in rows(db.contacts)),
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
        return {a.id: a for a in self.accounts}

    @cached_property
    def contact_by_id(self) -> dict[str, Contact]:
        return {c.id: c for c in self.contacts}

    def contacts_of(self, account_id: str) -> list[Contact]:
        return [c for c in self.contacts if c.account_id == account_id]

    def deals_of(self, account_id: str) -> list[Deal]:
        return [d for d in self.deals if d.account_id == account_id]


def revision(store: Store) -> tuple[int, ...]:
    """Changes exactly when a record was stored, changed or erased: what a cached Book is valid for."""
    with store.reading() as connection:
        done = connection.execute(select(func.count(), func.sum(db.imports.c.stored), func.max(db.imports.c.id))).one()
        erased = connection.execute(select(func.count()).select_from(db.forgotten)).scalar_one()
    return (*(int(n or 0) for n in done), erased)


def _account(r: RowMapping) -> Account:
    return Account(
        r["id"], r["name"], r["industry"], r["region"], r["size"], r["revenue"], r["owner"], r["domain"], r["parent"]
    )


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
    )


def _lead(r: RowMapping) -> Lead:
    fields = ("id", "name", "email", "company", "industry", "job_title", "company_size", "location", "status", "owner")
    text: dict[str, Any] = {f: r[f] for f in fields}
    return Lead(**text, last_contact=r["last_contact"], notes=r["notes"])
