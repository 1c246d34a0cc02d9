"""The companies that activities name and no account is called by: an export of activities alone has no accounts."""

import csv
from collections import Counter
from pathlib import Path

from sqlalchemy import select

from crm.intake.sources import Refs
from crm.records import db
from crm.records.store import Store


def companies_named(store: Store) -> dict[str, int]:
    """Each company's name as it is most often written, with how many activities name it; the busiest first."""
    c = db.activities.c
    spelled: dict[str, Counter[str]] = {}
    with store.reading() as connection:
        for extra in connection.execute(select(c.extra).where(c.account_id.is_(None))).scalars():
            name = " ".join(Refs.of(extra).account.split())
            if name:
                spelled.setdefault(name.casefold(), Counter())[name] += 1
    found = {names.most_common(1)[0][0]: names.total() for names in spelled.values()}
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def write_companies(store: Store, out: Path) -> int:
    """These companies as a file of accounts to import; how many."""
    names = list(companies_named(store))
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["account_name"])
        writer.writerows([name] for name in names)  # as it is: read by us again, and by no spreadsheet
    return len(names)
