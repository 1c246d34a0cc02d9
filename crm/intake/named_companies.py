"""The companies that activities name and no account is called by: an export of activities alone has no accounts.

A column of the export names them; where it has none, the mail domains of the other side do, each under its own name.
Nothing is guessed: no domain counts that anybody can have, that only programs send from, that is ours or that an
account has; and none at all while nobody knows which domains are ours.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from crm.intake.made_rows import write_rows
from crm.intake.matching import matching
from crm.intake.our_domains import remembered
from crm.intake.sources import Refs
from crm.intake.stored_refs import all_refs
from crm.records import db
from crm.records.store import Store
from crm.threads import machines
from crm.threads.people import Person, under
from crm.threads.thread import Ours


@dataclass(frozen=True, slots=True)
class Company:
    """A name as it is most often written, and how many activities have it; no `domain` where no mail shows one.

    `owner` is who of ours has most of these activities.
    """

    name: str
    domain: str
    records: int
    owner: str = ""


def companies_named(store: Store) -> list[Company]:
    """Each company once, the busiest first."""
    c = db.activities.c
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    domains: defaultdict[str, Counter[str]] = defaultdict(Counter)  # of each name, and of "" where no name stands
    owners: defaultdict[str, Counter[str]] = defaultdict(Counter)  # of each name, and of each domain without one
    with store.reading() as connection:
        ours = remembered(connection, matching().free_mail)
    for refs, owner, _ in all_refs(store, c.account_id.is_(None)):
        name, there = " ".join(refs.account.split()), theirs(refs, ours)
        if name:
            spelled[name.casefold()][name] += 1
        domains[name.casefold()].update(there)
        for key in [name.casefold()] if name else there:
            owners[key][owner] += 1
    nameless = _joined(domains.pop("", Counter()))
    if nameless:
        taken = {d for found in domains.values() for d in found}
        taken |= {d for refs, *_ in all_refs(store, c.account_id.is_not(None)) for d in theirs(refs, ours)}
        nameless = Counter({d: n for d, n in nameless.items() if not under(d, taken)})
    named = [Company(_most(s), _only(domains[key]), s.total(), _most(owners[key])) for key, s in spelled.items()]
    found = [*named, *(Company(domain, domain, count, _most(owners[domain])) for domain, count in nameless.items())]
    return sorted(found, key=lambda company: (-company.records, company.name))


def write_companies(store: Store, out: Path) -> int:
    """These companies as a file of accounts to import; how many."""
    rows = [(company.name, company.domain, company.owner) for company in companies_named(store)]
    return write_rows(out, ("account_name", "domain", "owner"), rows)


def theirs(refs: Refs, ours: Ours) -> set[str]:
    """The mail domains of the other side's people that a row shows; none while our own are not known."""
    if not ours.domains:
        return set()
    people = (Person(address=a) for a in (*refs.addresses, *refs.mentioned))
    return {p.domain for p in people if not ours.has(p) and not machines.by_sender(p)} - {""}


def _joined(found: Counter[str]) -> Counter[str]:
    """The part of a domain under the whole, where both occur: mail.norvik.example is norvik.example's."""
    joined: Counter[str] = Counter()
    for domain, count in found.items():
        joined[min((d for d in found if under(domain, {d})), key=len)] += count
    return joined


def _most(spellings: Counter[str]) -> str:
    """The most frequent that is not empty."""
    return next((said for said, _ in spellings.most_common() if said), "")


def _only(domains: Counter[str]) -> str:
    """The one domain of a company's people; of several, none is known to be the company's own."""
    return next(iter(domains)) if len(domains) == 1 else ""
