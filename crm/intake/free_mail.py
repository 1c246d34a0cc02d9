"""Activities that belong to no account since the other side writes from addresses that anybody can have."""

from collections import Counter
from dataclasses import dataclass

from crm.intake.matching import matching
from crm.intake.our_domains import remembered
from crm.intake.stored_refs import all_refs
from crm.records import db
from crm.records.store import Store
from crm.threads import machines
from crm.threads.people import Person


@dataclass(frozen=True, slots=True)
class FreeMail:
    """How many activities, and at which addresses, the busiest first."""

    records: int
    addresses: tuple[str, ...]


def free_mail(store: Store, import_id: int) -> FreeMail:
    """Those of an import that name no company; none while nobody knows which side is ours."""
    c = db.activities.c
    with store.reading() as connection:
        ours = remembered(connection)
    found: Counter[str] = Counter()
    records = 0
    if ours.domains:
        for said in all_refs(store, (c.import_id == import_id) & c.account_id.is_(None)):
            shown = {Person(address=a) for a in (*said.refs.addresses, *said.refs.mentioned)}
            others = {p.address for p in shown if not ours.has(p) and not machines.by_sender(p)}
            if others and not said.refs.account and all(map(_anybodys, others)):
                records += 1
                found.update(others)
    return FreeMail(records, tuple(address for address, _ in found.most_common()))


def _anybodys(address: str) -> bool:
    return address.rpartition("@")[2] in matching().free_mail
