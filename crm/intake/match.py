"""Finds the account and the contacts that a record belongs to, by the ordered rules in playbook/columns/matching.yaml.

A rule that would have to choose between two accounts says nothing: what no rule decides stays unmatched.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.engine import Connection

from crm.intake.company_names import (
    abbreviates,
    beginnings,
    domain_beginnings,
    plain,
    short,
    squeezed,
    written_together,
)
from crm.intake.matching import Matching, RuleName
from crm.intake.sources import Refs
from crm.records import db
from crm.threads.people import Person, ends, words
from crm.threads.thread import Ours

NOT_NAMED = ", not the account named"  # added to a rule that overruled the account a row gives


@dataclass(frozen=True, slots=True)
class Match:
    """What was found. `by` names the rule, empty when none decided."""

    account_id: str | None = None
    by: str = ""
    contact_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownContact:
    """A contact as matching needs it. `account_id` is None when the account is not in the store."""

    id: str
    name: str
    email: str
    account_id: str | None


@dataclass(frozen=True)
class Directory:
    """Who is known, at one moment. `accounts` are names by id, `domains` what the accounts say of themselves.

    Both hold the joined ones, too; `joined` gives the account that stands for each of these, `same` likewise the
    contact. Whatever is found is found as what stands for it. `deals` are the accounts by a deal's id and its name.
    """

    accounts: Mapping[str, str]
    domains: Mapping[str, str]
    contacts: tuple[KnownContact, ...]
    how: Matching
    joined: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    deals: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, connection: Connection, how: Matching) -> "Directory":
        a, c = db.accounts.c, db.contacts.c
        accounts = connection.execute(select(a.id, a.name, a.domain, a.joined_into)).all()
        columns = (c.id, c.name, c.email, c.account_id, c.joined_into)
        contacts = connection.execute(select(*columns).order_by(c.number)).all()
        names = {row.id: row.name for row in accounts}
        domains = {row.id: row.domain for row in accounts if row.domain}
        joined, same = ({r.id: r.joined_into for r in rows if r.joined_into} for rows in (accounts, contacts))
        homes = {account_id: joined.get(account_id, account_id) for account_id in names}
        known = (KnownContact(r.id, r.name, r.email, homes.get(r.account_id)) for r in contacts)
        return cls(names, domains, tuple(known), how, joined, same, _deals(connection, homes))

    def home(self, account_id: str) -> str:
        """The account that stands for this one: itself, unless it was joined into another."""
        return self.joined.get(account_id, account_id)

    def match(self, refs: Refs, ours: Ours) -> Match:
        """The account and the contacts of a record. Our own people and domains are no evidence."""
        return _Look(self, refs, ours).match(self.how.rules)

    def match_contact(self, refs: Refs, ours: Ours) -> Match:
        """The account of a contact. Contacts do not vouch for each other: neither by address nor by their domains."""
        return _Look(self._accounts_alone, refs, ours).match([rule for rule in self.how.rules if rule != "contact"])

    def contacts_of(self, ids: Iterable[str]) -> list[KnownContact]:
        return [self.by_id[i] for i in ids if i in self.by_id]

    @cached_property
    def _accounts_alone(self) -> "Directory":
        return Directory(self.accounts, self.domains, (), self.how, self.joined)

    @cached_property
    def by_id(self) -> dict[str, KnownContact]:
        known = {contact.id: contact for contact in self.contacts}
        return {one: known[self.same.get(one, one)] for one in known}

    @cached_property
    def by_email(self) -> dict[str, KnownContact]:
        """The first contact with an address keeps it."""
        return {contact.email: self.by_id[contact.id] for contact in reversed(self.contacts) if contact.email}

    @cached_property
    def by_person(self) -> dict[tuple[str, tuple[str, ...]], list[str]]:
        """The contacts of an account by their name's words."""
        found: defaultdict[tuple[str, tuple[str, ...]], dict[str, None]] = defaultdict(dict)
        for contact in self.contacts:
            person = self.by_id[contact.id]
            if person.account_id and contact.name:
                found[person.account_id, words(contact.name)][person.id] = None
        return {who: list(ids) for who, ids in found.items()}

    def person(self, account_id: str, name: str) -> list[str]:
        """The contacts of that name in the account; one word may be the first or the last name of the only one."""
        said = words(name)
        found = self.by_person.get((account_id, said), [])
        return found or (self._by_part.get((account_id, said[0]), []) if len(said) == 1 else [])

    @cached_property
    def _by_part(self) -> dict[tuple[str, str], list[str]]:
        found: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        for (account_id, called), ids in self.by_person.items():
            for part in ends(called):
                found[account_id, part].update(dict.fromkeys(ids))
        return {who: list(ids) for who, ids in found.items() if len(ids) == 1}

    @cached_property
    def by_whole_name(self) -> dict[tuple[str, ...], set[str]]:
        """The accounts of the contacts by first and last name; one word alone is anybody's."""
        found: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for account_id, called in self.by_person:
            if len(called) > 1:
                found[called].add(account_id)
        return dict(found)

    @cached_property
    def by_name(self) -> dict[str, list[str]]:
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for account_id, name in self.accounts.items():
            found[plain(name, self.how)][self.home(account_id)] = None
        return {name: list(ids) for name, ids in found.items()}

    @cached_property
    def _spelled(self) -> dict[str, set[str]]:
        """How each account is called to the letter, also as those that were joined into it."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for account_id, name in self.accounts.items():
            found[self.home(account_id)].add(name.casefold())
        return dict(found)

    def name_now(self, name: str) -> str:
        """The name of an account that was joined into another as that one's; any other as it is."""
        gone = {self.home(i) for i in self.joined if self.accounts[i].casefold() == name.casefold()}
        standing = gone & set(self.called(name)) if gone else gone
        return self.accounts[standing.pop()] if len(standing) == 1 else name

    @cached_property
    def by_domain(self) -> dict[str, set[str]]:
        """The accounts of each domain: their own, or, when they give none, the one that all their contacts share."""
        found, own, theirs = (defaultdict[str, set[str]](set) for _ in range(3))
        for account_id, domain in self.domains.items():
            found[domain].add(self.home(account_id))
            own[self.home(account_id)].add(domain)
        silent = Counter(self.home(account_id) for account_id in self.accounts if account_id not in self.domains)
        for contact in self.contacts:
            domain = contact.email.rpartition("@")[2]
            if domain and contact.account_id and domain not in self.how.free_mail:
                theirs[contact.account_id].add(domain)
        taken = set(found)
        for account_id, domains in theirs.items():
            rest = domains - own[account_id]
            if len(rest) <= silent[account_id] and not rest & taken:  # one for each of those that were joined
                for domain in rest:
                    found[domain].add(account_id)
        return dict(found)

    @cached_property
    def by_label(self) -> dict[str, set[str]]:
        """The accounts by what their domains may write together."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for domain, accounts in self.by_domain.items():
            for label in written_together(domain):
                found[label] |= accounts
        return dict(found)

    @cached_property
    def by_letters(self) -> dict[str, set[str]]:
        """The accounts of no known domain by the letters of their names."""
        known = set[str]().union(*self.by_domain.values()) - set(self.joined.values())  # of these the other's is known
        found = defaultdict(set)
        for account_id, name in self.accounts.items():
            if self.home(account_id) not in known:
                for letters in squeezed(name, self.how):
                    found[letters].add(self.home(account_id))
        return dict(found)

    @cached_property
    def by_squeezed(self) -> dict[str, set[str]]:
        """The accounts by the letters of their names."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for account_id, name in self.accounts.items():
            for letters in squeezed(name, self.how):
                found[letters].add(self.home(account_id))
        return dict(found)

    @cached_property
    def _called(self) -> dict[str, list[str]]:
        return {}

    def called(self, name: str) -> list[str]:
        """The accounts of this name, however it is written; remembered, as files repeat names."""
        if name not in self._called:
            found = self.by_name.get(plain(name, self.how), [])
            exact = [i for i in found if name.casefold() in self._spelled[i]]
            self._called[name] = exact if len(exact) == 1 else found
        return self._called[name]

    @cached_property
    def _similar(self) -> dict[str, str | None]:
        return {}

    def similar(self, name: str) -> str | None:
        """The account whose name is close, with no other nearly as close; remembered, as files repeat names."""
        if name not in self._similar:
            self._similar[name] = self._closest(plain(name, self.how))
        return self._similar[name]

    @cached_property
    def by_beginning(self) -> dict[tuple[str, ...], set[str]]:
        """The accounts by the first words of their names and mail domains."""
        found: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for account_id, name in self.accounts.items():
            for first in beginnings(name, self.how):
                found[first].add(self.home(account_id))
        for domain, accounts in self.by_domain.items():
            for first in domain_beginnings(domain):
                found[first] |= accounts
        return dict(found)

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[list[str], str]]]:
        """The words of the accounts' names with the account, by the first of them."""
        found: defaultdict[str, list[tuple[list[str], str]]] = defaultdict(list)
        for account_id, name in self.accounts.items():
            if said := plain(name, self.how).split():
                found[said[0]].append((said, self.home(account_id)))
        return dict(found)

    @cached_property
    def _abbreviated(self) -> dict[str, set[str]]:
        return {}

    def abbreviated(self, name: str) -> set[str]:
        """The accounts whose names have the words that this one writes in short; remembered, as files repeat names."""
        if name not in self._abbreviated:
            few = plain(name, self.how).split()
            near = self._by_first.get(few[0], []) if few else []
            self._abbreviated[name] = {home for many, home in near if abbreviates(few, many, self.how)}
        return self._abbreviated[name]

    def _closest(self, wanted: str) -> str | None:
        limit, ahead = self.how.similar.at_least, self.how.similar.ahead_by
        found = process.extract(wanted, self.by_name.keys(), scorer=fuzz.token_sort_ratio, limit=2)
        if not wanted or not found or found[0][1] < limit or (len(found) > 1 and found[0][1] - found[1][1] < ahead):
            return None
        best = found[0][0]
        same_digits = re.findall(r"\d+", wanted) == re.findall(r"\d+", best)
        return self.by_name[best][0] if same_digits and len(self.by_name[best]) == 1 else None


class _Look:
    """One record being matched."""

    def __init__(self, directory: Directory, refs: Refs, ours: Ours) -> None:
        self.directory = directory
        self.refs = refs
        self.addresses = [a for a in refs.addresses if not ours.has(Person(address=a))]
        self.mentioned = [a for a in refs.mentioned if not ours.has(Person(address=a))]
        self.named = self._named()
        self.named_one = bool(refs.account or refs.account_id)

    def match(self, rules: Iterable[RuleName]) -> Match:
        contacts = self._contacts([*self.addresses, *self.mentioned])
        ids = tuple(dict.fromkeys(contact.id for contact in contacts))
        for rule in rules:
            if account_id := self._try(rule):
                overruled = self.named and account_id not in self.named
                there = tuple(dict.fromkeys((*ids, *self._people(account_id))))
                return Match(account_id, rule + NOT_NAMED if overruled else rule, there)
        return Match(None, "", ids)

    def _try(self, rule: RuleName) -> str | None:
        match rule:
            case "contact":
                return self._of_contacts(self.addresses) or self._of_contacts(self.mentioned)
            case "account id":
                known = self.refs.account_id in self.directory.accounts
                return self.directory.home(self.refs.account_id) if known else None
            case "domain":
                return self._of_domains(self.addresses) or self._of_domains(self.mentioned)
            case "name":
                return self._one(self.directory.called(self.refs.account) or self._in_one_word())
            case "similar name":
                return self.directory.similar(self.refs.account) if self.refs.account else None
            case "name as domain":
                return self._written_together()
            case "short name":
                return self._shortened()
            case "deal":
                return (
                    None if self.named_one else self._winner(self.directory.deals.get(d, ()) for d in self.refs.deals)
                )
            case "person":
                return None if self.named_one or self.addresses else self._of_whole_names()

    def _named(self) -> set[str]:
        """The accounts that the row itself names, by id or to the letter."""
        names = self.directory.called(self.refs.account) if self.refs.account else []
        return {self.directory.home(self.refs.account_id)} & self.directory.accounts.keys() or set(names)

    def _contacts(self, addresses: Iterable[str]) -> list[KnownContact]:
        by_address = (self.directory.by_email[a] for a in addresses if a in self.directory.by_email)
        return [*self.directory.contacts_of(self.refs.contact_ids), *by_address]

    def _people(self, account_id: str) -> Iterator[str]:
        """The contacts whom the row names, each the only one of that name in the account.

        Where accounts were joined, each brought its own: two of one name are most likely one person, whom nobody has
        joined yet.
        """
        for name in self.refs.contact_names:
            found = self.directory.person(account_id, name)
            if len(found) == 1 or account_id in self.directory.joined.values():
                yield from found

    def _of_contacts(self, addresses: Iterable[str]) -> str | None:
        return self._winner([c.account_id] for c in self._contacts(addresses) if c.account_id)

    def _of_domains(self, addresses: Iterable[str]) -> str | None:
        return self._winner(self._of_domain(a.rpartition("@")[2]) for a in addresses)

    def _of_domain(self, domain: str) -> set[str]:
        """The accounts of a domain or of the one it is part of: mail.norvik.example is norvik.example's."""
        labels = domain.split(".")
        parts = (".".join(labels[at:]) for at in range(len(labels) - 1))
        usable = (part for part in parts if part not in self.directory.how.free_mail)
        return next((self.directory.by_domain[part] for part in usable if part in self.directory.by_domain), set())

    def _of_whole_names(self) -> str | None:
        """The account of those whom the row names, where no other account has anybody of these names."""
        found = (self.directory.by_whole_name.get(words(name), set()) for name in self.refs.contact_names)
        return self._winner(accounts for accounts in found if len(accounts) == 1)

    def _in_one_word(self) -> list[str]:
        """The accounts whose name has the same letters: North Gate Logistics and Northgate Logistics."""
        letters = squeezed(self.refs.account, self.directory.how)
        return sorted(set[str]().union(*(self.directory.by_squeezed.get(one, ()) for one in letters)))

    def _written_together(self) -> str | None:
        """The account whose domain is the row's name written together, or whose name the row's domains are."""
        names = squeezed(self.refs.account, self.directory.how)
        by_name = set[str]().union(*(self.directory.by_label.get(name, ()) for name in names))
        domains = {a.rpartition("@")[2] for a in (*self.addresses, *self.mentioned)}
        labels = {label for domain in domains - self.directory.how.free_mail for label in written_together(domain)}
        by_domain = (self.directory.by_letters.get(label, set()) for label in sorted(labels))
        return self._one(sorted(by_name)) or self._winner(by_domain)

    def _shortened(self) -> str | None:
        """The one account that the row's name begins or writes in short, if nobody on the row is elsewhere."""
        found = self.directory.by_beginning.get(short(self.refs.account, self.directory.how), set())
        found = found or self.directory.abbreviated(self.refs.account)
        domains = {a.rpartition("@")[2] for a in (*self.addresses, *self.mentioned)}
        return next(iter(found)) if len(found) == 1 and all(found <= self._of_domain(d) for d in domains) else None

    def _winner(self, found: Iterable[Iterable[str]]) -> str | None:
        """The account that most point at; when several do alike, the one the row names, else none."""
        votes = Counter(account_id for accounts in found for account_id in accounts)
        if not votes:
            return None
        most = max(votes.values())
        return self._one([account_id for account_id, count in votes.items() if count == most])

    def _one(self, accounts: list[str]) -> str | None:
        named = [account_id for account_id in accounts if account_id in self.named]
        return accounts[0] if len(accounts) == 1 else (named[0] if len(named) == 1 else None)


def _deals(connection: Connection, homes: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The accounts that deals belong to, by the deals' ids and names."""
    c = db.deals.c
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in connection.execute(select(c.id, c.name, c.account_id).where(c.account_id.is_not(None))):
        for key in filter(None, (row.id, row.name)):
            found[key].add(homes.get(row.account_id, row.account_id))
    return {key: frozenset(accounts) for key, accounts in found.items()}
