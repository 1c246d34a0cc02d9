"""The people whom activities name at an account that has no contact of that name yet: contacts to be made of them.

A column of names says who they are, or the name beside an address that is their account's; nobody is guessed from a
text. A name in a column has an address where its row names one person and shows one address of the other side.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crm.intake.made_rows import write_rows
from crm.intake.match import Directory
from crm.intake.matching import matching
from crm.intake.our_domains import remembered
from crm.intake.sources import Refs
from crm.intake.stored_refs import Stored, all_refs
from crm.records import db
from crm.records.store import Store
from crm.threads import machines
from crm.threads.people import Person, ends, words
from crm.threads.thread import Ours

Who = tuple[str, tuple[str, ...]]  # the account's id, the words of the name


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
        directory, ours = Directory.read(connection, matching()), remembered(connection)
    seen = _Seen(directory, ours)
    for said in all_refs(store, db.activities.c.account_id.is_not(None)):
        seen.see(said)
    return sorted(seen.found(), key=lambda person: (-person.records, person.name))


def write_people(store: Store, out: Path) -> int:
    """These people as a file of contacts to import; how many."""
    rows = [(person.name, person.account, person.email) for person in people_named(store)]
    return write_rows(out, ("contact_name", "account", "email"), rows)


@dataclass(slots=True)
class _Seen:
    """How the people of each account are written, and at which addresses."""

    directory: Directory
    ours: Ours
    spelled: defaultdict[Who, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    mails: defaultdict[Who, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    beside: defaultdict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    homes: dict[str, str | None] = field(default_factory=dict)  # the account that each address belongs to by itself

    def see(self, said: Stored) -> None:
        account_id, here = said.account_id or "", set()
        for name in said.refs.contact_names:
            if words(name):
                here.add(words(name))
                self.spelled[account_id, words(name)][name] += 1
                self.mails[account_id, words(name)].update(_only_address(said.refs, self.ours))
        if said.automatic:
            return  # the sender of a newsletter is called by its name
        for address, name in said.names.items():
            if self._home(address) != account_id:
                continue
            if words(name) in here:
                self.mails[account_id, words(name)][address] += 1
            else:
                self.beside[account_id, address][name] += 1

    def found(self) -> list[NamedPerson]:
        """Whoever is no contact yet. An address is one person's, whatever it was called."""
        shared = []
        for (account_id, address), names in self.beside.items():
            if address.partition("@")[0] in self.directory.how.shared_mailboxes:
                shared.append((account_id, address))
            else:
                self._add(account_id, address, names)
        peopled = {who[0] for who in self.spelled if not self._is_company(who)}
        peopled |= {c.account_id or "" for c in self.directory.contacts}
        for account_id, address in shared:
            if account_id not in peopled:
                self._add(account_id, address, self.beside[account_id, address])
        known = {*self.spelled, *self.directory.by_person}
        short = _initialled(known)
        whole = Counter((account_id, part) for account_id, called in known - short for part in ends(called))
        called_so = self.directory.by_person.keys() | short
        new = (who for who in self.spelled if who not in called_so and not _part(who, whole))
        peopled |= {who[0] for who in self.spelled if not self._is_company(who)}
        return [self._person(who) for who in new if who[0] not in peopled or not self._is_company(who)]

    def _is_company(self, who: Who) -> bool:
        """Whether it is called as the account is: a mailbox of all of them, and nobody beside people of a name."""
        return words(self.directory.accounts[who[0]]) == who[1]

    def _add(self, account_id: str, address: str, names: Counter[str]) -> None:
        name = names.most_common(1)[0][0]
        who = account_id, words(name)
        if who[1]:
            self.spelled[who][name] += names.total()
            self.mails[who][address] += names.total()

    def _person(self, who: Who) -> NamedPerson:
        names, taken = self.spelled[who], self.directory.by_email
        return NamedPerson(
            name=names.most_common(1)[0][0],
            account=self.directory.accounts[who[0]],
            email=next((mail for mail, _ in self.mails[who].most_common(1) if mail not in taken), ""),
            records=names.total(),
        )

    def _home(self, address: str) -> str | None:
        """The account of an address alone; none for ours, a program's, or a contact's that is one already."""
        if address not in self.homes:
            person = Person(address=address)
            nobody = self.ours.has(person) or machines.by_sender(person) or address in self.directory.by_email
            alone = Refs(addresses=(address,))
            self.homes[address] = None if nobody else self.directory.match(alone, self.ours).account_id
        return self.homes[address]


def _part(who: Who, whole: Mapping[tuple[str, str], int]) -> bool:
    """Whether one word calls the only person of the account who has it at either end of a whole name."""
    account_id, called = who
    return len(called) == 1 and whole.get((account_id, called[0])) == 1


def _initialled(known: Collection[Who]) -> set[Who]:
    """Those written with an initial who are the only person of the account whose whole name fits: Ida V, Ida Voss."""
    of_account: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for account_id, called in known:
        if all(len(word) > 1 for word in called):
            of_account[account_id].append(called)
    short = (who for who in known if len(who[1]) > 1 and 1 in map(len, who[1]) and max(map(len, who[1])) > 1)
    return {who for who in short if sum(_fits(who[1], called) for called in of_account[who[0]]) == 1}


def _fits(few: tuple[str, ...], called: tuple[str, ...]) -> bool:
    pairs = list(zip(few, called, strict=False))
    return len(few) == len(called) and all(a == b or (len(a) == 1 and b[0] == a) for a, b in pairs)


def _only_address(refs: Refs, ours: Ours) -> tuple[str, ...]:
    theirs = {a for a in refs.addresses if not ours.has(Person(address=a))}
    return tuple(theirs) if len(theirs) == len(refs.contact_names) == 1 else ()
