"""What a list of people says of the companies they are of: many a list of customers names somebody in each row."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import select

from crm.intake.columns import columns
from crm.intake.company_names import plain
from crm.intake.matching import matching
from crm.intake.sources import Refs
from crm.records import db
from crm.records.store import Store

TOLD = ("industry", "region", "size", "revenue")  # of an account, in columns that a list of contacts has no field for


def domains(store: Store) -> dict[str, set[str]]:
    """The companies of contacts without an account, as `plain` has them, by the domains of their addresses."""
    c, how = db.contacts.c, matching()
    found: defaultdict[str, set[str]] = defaultdict(set)
    with store.reading() as connection:
        for email, extra in connection.execute(select(c.email, c.extra).where(c.account_id.is_(None), c.email != "")):
            domain, name = email.rpartition("@")[2].lower(), plain(Refs.of(extra).account, how)
            if name and domain and domain not in how.free_mail:
                found[domain].add(name)
    return found


@dataclass(slots=True)
class Listed:
    """A company that a list of people names: how it is written there, and the mail domains of its people."""

    name: str
    domains: set[str] = field(default_factory=set)


def listed(store: Store) -> dict[str, Listed]:
    """The companies of contacts without an account, by their names as `plain` has them; as written first."""
    c, how = db.contacts.c, matching()
    found: dict[str, Listed] = {}
    with store.reading() as connection:
        rows = connection.execute(select(c.email, c.extra).where(c.account_id.is_(None)).order_by(c.number)).all()
    for email, extra in rows:
        name = " ".join(Refs.of(extra).account.split())
        if key := plain(name, how):
            one = found.setdefault(key, Listed(name))
            one.domains |= {email.rpartition("@")[2].lower()} - how.free_mail - {""}
    return found


def told(store: Store) -> dict[str, dict[str, str]]:
    """What is told most of each such company, by its name as `plain` has it: fields of an account, and its owner."""
    c, how = db.contacts.c, matching()
    said: defaultdict[str, defaultdict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    with store.reading() as connection:
        for owner, extra in connection.execute(select(c.owner, c.extra).where(c.account_id.is_(None))):
            cells = _cells(extra) | ({"owner": owner} if owner else {})
            name = plain(Refs.of(extra).account, how)
            for field, cell in cells.items() if name else ():
                said[name][field][cell] += 1
    return {name: {field: found.most_common(1)[0][0] for field, found in one.items()} for name, one in said.items()}


@cache
def _field(column: str) -> str:
    return columns().field_of(column, "accounts")


def _cells(extra: Mapping[str, object]) -> dict[str, str]:
    """The cells that an account has a field for."""
    found: dict[str, str] = {}
    for column, cell in extra.items():
        field = _field(column) if isinstance(cell, str) and cell.strip() else ""
        if field in TOLD:
            found.setdefault(field, " ".join(str(cell).split()))
    return found
