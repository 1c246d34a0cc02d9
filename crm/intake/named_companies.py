"""The companies that activities name and no account is called by: an export of activities alone has no accounts.

A column of the export names them; where it has none, the mail domains of the other side do, each under its own name.
A company that a list of people names as well is called as that list has it.
Nothing is guessed: no domain counts that anybody can have, that only programs send from, that is ours or that an
account has; and none at all while nobody knows which domains are ours.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crm.intake import companies_of_people
from crm.intake.company_names import (
    abbreviates,
    beginnings,
    domain_beginnings,
    plain,
    short,
    squeezed,
    written_together,
)
from crm.intake.made_rows import write_rows
from crm.intake.matching import matching
from crm.intake.our_domains import remembered
from crm.intake.sources import Refs
from crm.intake.stored_refs import Stored, all_refs
from crm.records import db
from crm.records.store import Store
from crm.threads import machines
from crm.threads.people import Person
from crm.threads.thread import Ours


@dataclass(frozen=True, slots=True)
class Company:
    """A name as it is most often written, and how many activities have it; no `domain` where no mail shows one.

    `owner` is who of ours has most of these activities; `automatic` of them are newsletters or notices.
    """

    name: str
    domain: str
    records: int
    owner: str = ""
    automatic: int = 0

    @property
    def only_automatic(self) -> bool:
        """Whether nobody there ever wrote or spoke: a sender of newsletters is seldom a customer."""
        return self.automatic >= self.records


@dataclass(slots=True, eq=False)
class _Seen:
    """What the activities under one name, or under one domain, say together."""

    spelled: Counter[str] = field(default_factory=Counter)
    domains: Counter[str] = field(default_factory=Counter)
    owners: Counter[str] = field(default_factory=Counter)
    automatic: int = 0
    listed: str = ""  # as a list of people has the name

    def see(self, said: Stored, name: str, domains: Iterable[str]) -> None:
        self.spelled[name] += 1
        self.domains.update(domains)
        self.owners[said.owner] += 1
        self.automatic += said.automatic

    def add(self, other: "_Seen", under: str = "") -> None:
        """`under`: the name that the others count for, in place of their own."""
        self.spelled.update({under: other.spelled.total()} if under else other.spelled)
        self.owners.update(other.owners)
        self.automatic += other.automatic

    def company(self, name: str, domain: str) -> Company:
        return Company(self.listed or name, domain, self.spelled.total(), _most(self.owners), self.automatic)


def companies_named(store: Store) -> list[Company]:
    """Each company once, the busiest first."""
    c, how = db.activities.c, matching()
    named: defaultdict[str, _Seen] = defaultdict(_Seen)
    nameless: defaultdict[str, _Seen] = defaultdict(_Seen)  # by domain, where no name stands
    with store.reading() as connection:
        ours = remembered(connection)
    for said in all_refs(store, c.account_id.is_(None)):
        name, there = " ".join(said.refs.account.split()), theirs(said.refs, ours)
        if name:
            named[plain(name, how) or name.casefold()].see(said, name, there)
        else:
            for domain in there:
                nameless[domain].see(said, domain, [domain])
    _list(named, companies_of_people.listed(store))
    _name_domains(named, nameless, companies_of_people.domains(store))
    _lengthen(named, nameless)
    found = [seen.company(_most(seen.spelled), _only(seen.domains)) for seen in named.values() if seen.spelled.total()]
    if nameless:
        taken = {d for seen in named.values() for d in seen.domains}
        taken |= {d for refs, *_ in all_refs(store, c.account_id.is_not(None)) for d in theirs(refs, ours)}
        found += [s.company(d, d) for d, s in _joined(nameless).items() if not _whole(d, taken)]
    return sorted(found, key=lambda company: (-company.records, company.name))


def write_companies(store: Store, out: Path, only: Collection[str] | None = None) -> int:
    """These companies as a file of accounts to import, all of them or those of these names; how many."""
    wanted = [company for company in companies_named(store) if only is None or company.name in only]
    told, how = companies_of_people.told(store), matching()
    rows = []
    for company in wanted:
        more = told.get(plain(company.name, how), {})
        fields = (more.get(name, "") for name in companies_of_people.TOLD)
        rows.append((company.name, company.domain, company.owner or more.get("owner", ""), *fields))
    return write_rows(out, ("account_name", "domain", "owner", *companies_of_people.TOLD), rows)


def theirs(refs: Refs, ours: Ours) -> set[str]:
    """The mail domains of the other side's people that a row shows; none while our own are not known."""
    if not ours.domains:
        return set()
    people = (Person(address=a) for a in (*refs.addresses, *refs.mentioned))
    return {p.domain for p in people if not ours.has(p) and not machines.by_sender(p)} - {""}


def _list(named: dict[str, _Seen], listed: Mapping[str, companies_of_people.Listed]) -> None:
    """Knows those that lists of people name, whether an activity is called so yet or not."""
    for name, one in listed.items():
        seen = named.setdefault(name, _Seen())
        seen.listed = one.name
        seen.spelled[one.name] += 0
        seen.domains.update(() if seen.domains else one.domains)


def _name_domains(named: dict[str, _Seen], nameless: dict[str, _Seen], people: Mapping[str, Collection[str]]) -> None:
    """What stands under a domain alone goes to the one company whose people have it, else whose name it writes."""
    how = matching()
    called: defaultdict[str, set[str]] = defaultdict(set)
    for name in named:
        for letters in squeezed(name, how):
            called[letters].add(name)
    for domain in list(nameless):
        found = named.keys() & set(people.get(_whole(domain, people), ()))
        found = found or set[str]().union(*(called.get(label, ()) for label in written_together(domain)))
        if len(found) == 1:
            seen = named[found.pop()]
            seen.add(nameless.pop(domain), under=_most(seen.spelled))
            seen.domains[domain] += 1


def _lengthen(named: dict[str, _Seen], nameless: dict[str, _Seen]) -> None:
    """What stands under the beginning of one other name, or of one domain, or under one in short, goes there.

    The longest come first.

    Not where its people's addresses are elsewhere: such rows would not find that account.
    """
    how = matching()
    begun: defaultdict[tuple[str, ...], list[_Seen]] = defaultdict(list)
    first: defaultdict[str, list[tuple[list[str], _Seen]]] = defaultdict(list)
    for name, seen in named.items():
        for words in set(beginnings(seen.listed or name, how)):
            begun[words].append(seen)
        first[name.partition(" ")[0]].append((name.split(), seen))
    for domain, seen in nameless.items():
        for words in set(domain_beginnings(domain)):
            begun[words].append(seen)
    gone: list[_Seen] = []
    for name in sorted(named, key=lambda name: (-len(name), name)):
        seen = named[name]
        longer = _others(begun.get(short(name, how), ()), seen, gone)
        if not longer and not seen.listed:
            near = (other for many, other in first[name.partition(" ")[0]] if abbreviates(name.split(), many, how))
            longer = _others(near, seen, gone)
        if len(longer) == 1 and _may_share(seen.domains, longer[0].domains):
            longer[0].add(seen, under=_most(longer[0].spelled))
            longer[0].domains.update({} if longer[0].domains else seen.domains)
            gone.append(named.pop(name))


def _others(found: Iterable[_Seen], seen: _Seen, gone: Collection[_Seen]) -> list[_Seen]:
    """Each once: a name that a list turned round begins twice alike."""
    return list(dict.fromkeys(other for other in found if other is not seen and other not in gone))


def _may_share(few: Collection[str], domains: Collection[str]) -> bool:
    """Whether an account of the one's domains is found by rows that show the others, the `few`."""
    return all(_whole(domain, domains) for domain in few) or (not domains and len(few) == 1)


def _joined(found: Mapping[str, _Seen]) -> dict[str, _Seen]:
    """The part of a domain under the whole, where both occur: mail.norvik.example is norvik.example's."""
    joined: defaultdict[str, _Seen] = defaultdict(_Seen)
    for domain, seen in found.items():
        joined[_whole(domain, found)].add(seen)
    return joined


def _whole(domain: str, others: Collection[str]) -> str:
    """The shortest of the others that the domain is, or is part of; nothing where there is none."""
    parts = domain.split(".")
    ends = (".".join(parts[at:]) for at in range(len(parts) - 1, -1, -1))
    return next((end for end in ends if end in others), "")


def _most(spellings: Counter[str]) -> str:
    """The most frequent that is not empty."""
    return next((said for said, _ in spellings.most_common() if said), "")


def _only(domains: Counter[str]) -> str:
    """The one domain of a company's people; of several, none is known to be the company's own."""
    return next(iter(domains)) if len(domains) == 1 else ""
