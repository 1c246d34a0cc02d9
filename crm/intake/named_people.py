"""The people whom activities name at an account that has no contact of that name yet: contacts to be made of them.

A column of names says who they are; nobody is guessed from a text. An address is theirs where a row names one person
and shows one address of the other side.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from crm.intake.made_rows import write_rows
from crm.intake.match import Directory
from crm.intake.matching import matching
from crm.intake.our_domains import remembered
from crm.intake.sources import Refs
from crm.intake.stored_refs import all_refs
from crm.records import db
from crm.records.store import Store
from crm.threads.people import Person, words
from crm.threads.thread import Ours


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody at an account, as most often written; `email` is empty where no row shows it."""

    name: str
    account: str
    email: str
    records: int


def people_named(store: Store) -> list[NamedPerson]:
    """Each person once, the busiest first."""
    with store.reading() as connection:
        how = matching()
        directory, ours = Directory.read(connection, how), remembered(connection)
    spelled: defaultdict[tuple[str, tuple[str, ...]], Counter[str]] = defaultdict(Counter)
    mails: defaultdict[tuple[str, tuple[str, ...]], Counter[str]] = defaultdict(Counter)
    for refs, _, account_id, _ in all_refs(store, db.activities.c.account_id.is_not(None)):
        for name in refs.contact_names:
            who = account_id or "", words(name)
            if who[1] and who not in directory.by_person:
                spelled[who][name] += 1
                mails[who].update(_only_address(refs, ours))
    found = [
        NamedPerson(
            name=names.most_common(1)[0][0],
            account=directory.accounts[who[0]],
            email=next((mail for mail, _ in mails[who].most_common(1) if mail not in directory.by_email), ""),
            records=names.total(),
        )
        for who, names in spelled.items()
    ]
    return sorted(found, key=lambda person: (-person.records, person.name))


def write_people(store: Store, out: Path) -> int:
    """These people as a file of contacts to import; how many."""
    rows = [(person.name, person.account, person.email) for person in people_named(store)]
    return write_rows(out, ("contact_name", "account", "email"), rows)


def _only_address(refs: Refs, ours: Ours) -> tuple[str, ...]:
    theirs = {a for a in refs.addresses if not ours.has(Person(address=a))}
    return tuple(theirs) if len(theirs) == len(refs.contact_names) == 1 else ()
