"""Accounts and contacts that were made of names give way to those of an export: each is joined into its namesake."""

from collections import defaultdict
from collections.abc import Hashable, Iterator

from sqlalchemy import Table, select
from sqlalchemy.engine import RowMapping

from crm.intake.company_names import plain
from crm.intake.joins import put_join, told_apart
from crm.intake.made_rows import COMPANIES, PEOPLE
from crm.intake.matching import matching
from crm.records import db
from crm.records.store import Store
from crm.threads.people import words


def give_way(store: Store, table: Table) -> int:
    """Joins each that was made of a name into the only one that came otherwise and is called alike; how many.

    What a person has taken apart again stays apart. Matching again is left to who calls.
    """
    made = select(db.imports.c.id).where(db.imports.c.file_name.in_((COMPANIES, PEOPLE)))
    query = select(table, table.c.import_id.in_(made).label("made")).where(db.standing_rows(table))
    with store.writing() as connection:
        rows = connection.execute(query.order_by(table.c.number)).mappings().all()
        brought: defaultdict[Hashable, set[str]] = defaultdict(set)
        for row in rows:
            for called in () if row["made"] else _called(table, row):
                brought[called].add(row["id"])
        apart, joined = told_apart(connection, table), 0
        for row in rows:
            homes = {one for called in _called(table, row) for one in brought[called]} if row["made"] else set()
            home = homes.pop() if len(homes) == 1 else None
            if home and {row["id"], home} not in apart:
                put_join(connection, table, row["id"], home, by="")
                joined += 1
        return joined


def _called(table: Table, row: RowMapping) -> Iterator[Hashable]:
    """What it is known by: a company by its name or its mail domain, a person by address or by name in an account."""
    if table is db.accounts:
        yield plain(row["name"], matching())
        yield from {row["domain"].casefold(), row["name"].casefold()} - {""}
    else:
        yield row["account_id"], words(row["name"])
        if row["email"]:
            yield row["email"].casefold()
