"""Finds which mail domains and people are our own, from what rows say about themselves."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.engine import Connection

from crm.intake import cell_values
from crm.intake.matching import matching
from crm.intake.our_writers import Writers
from crm.nouns import Direction
from crm.records import db
from crm.threads import log_header, tags
from crm.threads.thread import Ours, RawActivity

FACT = "ours"
BY_A_PERSON = 0  # the number of no import
SAMPLE = 2_000  # rows of a file that are looked at: the first ones, so that the same file always says the same
_TWICE = 2  # a claim of direction is wrong now and then: a domain must send from our side twice as often as not
_COLLEAGUES = 2  # listed people of a domain
_GUESTS = 5  # times as many of the most common domain make those of another guests: partners, customers of a portal
_OFTEN = 5  # mails before a domain is believed: everybody else's words are theirs once one domain is ours


@dataclass(slots=True)
class Evidence:
    """What the rows seen so far say about who we are. `free` are domains that anybody can have."""

    free: frozenset[str]
    domains: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    ours: Counter[str] = field(default_factory=Counter)
    theirs: Counter[str] = field(default_factory=Counter)
    staff: Counter[str] = field(default_factory=Counter)
    writers: Writers = field(default_factory=Writers)

    def see(self, raw: RawActivity) -> None:
        """Owners are ours; so are the senders of what went out, the recipients of what came in."""
        self.see_owner(raw.owner)
        subject = tags.read(raw.raw_subject)
        top = raw.raw_body[:4000]
        head = log_header.read(top) if subject.mail or "@" in top else log_header.NO_LOG_HEAD
        if head is not log_header.NO_LOG_HEAD:
            self.writers.see(raw.raw_body, head)
        sender = (raw.from_address or head.author.address,)
        to = raw.to_addresses or tuple(person.address for person in head.to)
        direction = next(
            (d for d in (raw.direction, subject.direction, head.direction) if d is not Direction.UNKNOWN), None
        )
        if direction is Direction.OUTBOUND:
            self._count(sender, to)
        elif direction is Direction.INBOUND:
            self._count(to, sender)

    def see_owner(self, owner: str) -> None:
        """A name or an address; a number is neither."""
        for address in cell_values.addresses(owner):
            self.people.add(address)
            self.domains |= self._company(address)
        if "@" not in owner and _is_name(owner):
            self.people.add(owner.lower())

    def see_rep(self, name: str, email: str) -> None:
        """One of a list of our people. Guests stand there, too: one domain of one of them is not yet ours."""
        self.see_owner(name)
        for address in cell_values.addresses(email):
            self.people.add(address)
            self.staff.update(self._company(address))

    def found(self) -> Ours:
        sent = {d for d, count in self.ours.items() if count >= _OFTEN and count > _TWICE * self.theirs[d]}
        if 2 * sum(self.ours[d] for d in sent) < sum(self.ours.values()):
            sent = set()  # a file of many sellers, which no domain speaks for
        domains = self.domains | sent | self._staffed() | ({*self.writers.domains()} - {""})
        return Ours(frozenset(domains), frozenset(self.people | self.writers.people()))

    def _staffed(self) -> set[str]:
        """The domains that so many of the listed have that it is no guest's, where any two have the same."""
        most = max(self.staff.values(), default=0)
        return {d for d, count in self.staff.items() if _GUESTS * count >= most and count >= min(most, _COLLEAGUES)}

    def _count(self, ours: Iterable[str], theirs: Iterable[str]) -> None:
        self.ours.update(domain for address in ours for domain in self._company(address))
        self.theirs.update(domain for address in theirs for domain in self._company(address))

    def _company(self, address: str) -> set[str]:
        domain = address.rpartition("@")[2]
        return {domain} - self.free - {""}


def joined(*parts: Ours) -> Ours:
    """All that any of them knows."""
    domains = frozenset(d for part in parts for d in part.domains)
    return Ours(domains, frozenset(p for part in parts for p in part.people))


def remembered(connection: Connection) -> Ours:
    """What the store knows of our side: what its imports and people told, with the reps."""
    reps = Evidence(matching().free_mail)
    for name, email in connection.execute(select(db.reps.c.name, db.reps.c.email)):
        reps.see_rep(name, email)
    return joined(*_told(connection).values(), reps.found())


def told_of(connection: Connection, import_id: int) -> Ours:
    """What one import, or a person, told of our side."""
    return _told(connection).get(import_id, Ours())


def tell(connection: Connection, import_id: int, ours: Ours) -> None:
    """Remembers what an import told of our side, or a person (`BY_A_PERSON`), in place of what it told before."""
    _put(connection, _told(connection) | {import_id: ours})


def forget(connection: Connection, import_id: int) -> None:
    """An import that is taken back tells nothing any more: the next one may be of another company."""
    _put(connection, {one: ours for one, ours in _told(connection).items() if one != import_id})


def deny(connection: Connection, domain: str) -> None:
    """A domain is not ours, whoever told so."""
    told = _told(connection)
    _put(connection, {one: replace(ours, domains=ours.domains - {domain}) for one, ours in told.items()})


def _told(connection: Connection) -> dict[int, Ours]:
    fact = connection.execute(select(db.facts.c.value).where(db.facts.c.name == FACT)).scalar() or {}
    parts = fact if "domains" not in fact else {str(BY_A_PERSON): fact}  # as older stores have it
    return {int(one): Ours(frozenset(part["domains"]), frozenset(part["people"])) for one, part in parts.items()}


def _put(connection: Connection, told: Mapping[int, Ours]) -> None:
    value = {str(one): {"domains": sorted(o.domains), "people": sorted(o.people)} for one, o in told.items()}
    connection.execute(db.facts.delete().where(db.facts.c.name == FACT))
    connection.execute(db.facts.insert().values(name=FACT, value=value))


def _is_name(owner: str) -> bool:
    letters = sum(c.isalpha() for c in owner)
    return letters >= 3 and not any(c.isdigit() for c in owner)
