"""Every account in one line: when it last really talked, what was chasing, what is open, how it is doing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from crm.engagement.health import Health, HealthScale, days_silent, health
from crm.engagement.labels import current
from crm.engagement.overview import Pulse, pulses
from crm.engagement.timeline import Touch, conversations, their_messages
from crm.nouns import Account, Activity, Contact, Deal, Engagement, Filter, Period, Side, Verdict
from crm.records.book import Book
from crm.records.store import Store


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account of the list. `value` sums the amounts of open deals by currency.

    `within` is its pulse in the period that was asked for, of nothing where it has no record in it; None: all times.
    """

    account: Account
    pulse: Pulse | None
    days_silent: int | None
    open_deals: tuple[Deal, ...]
    value: Mapping[str, float]
    health: Health
    within: Pulse | None = None

    @property
    def counted(self) -> Pulse | None:
        """What its records come to, in the period where one was asked for."""
        return self.within or self.pulse


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Somebody there, with the conversations that name them."""

    contact: Contact
    conversations: int
    last: date | None


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of the account. `verdict` is None before it was judged."""

    activity: Activity
    verdict: Verdict | None

    @property
    def label(self) -> Engagement | None:
        return self.verdict.engagement if self.verdict else None

    @property
    def counts_as(self) -> Engagement:
        return self.verdict.counts_as if self.verdict else Engagement.ND

    @property
    def quoted_of(self) -> date | None:
        """The day of their newest words in a mail of ours that only quotes them; None where that is its own day."""
        messages, at = self.activity.messages, self.activity.at
        if not at or not messages or messages[0].side is not Side.US:
            return None
        said = next((m.at for m in their_messages(self.activity) if m.at), None)
        return said.date() if said and said.date() < at.date() else None


@dataclass(frozen=True, slots=True)
class AccountPage:
    """All that the page of one account shows. `moments` have a day, `undated` have none."""

    row: AccountRow
    moments: tuple[Moment, ...]
    people: tuple[Acquaintance, ...]
    deals: tuple[Deal, ...]
    as_of: date
    undated: tuple[Moment, ...] = ()


def portfolio(store: Store, book: Book, scale: HealthScale, until: date | None = None) -> list[AccountRow]:
    """Every account, the longest silent with open deals first, as of a day. Labels must stand already."""
    as_of = until or store.as_of() or date.today()
    found = pulses(store, as_of)
    open_deals: dict[str, list[Deal]] = {}
    for deal in book.deals:
        if deal.open and deal.account_id:
            open_deals.setdefault(deal.account_id, []).append(deal)
    rows = [_row(a, found.get(a.id), open_deals.get(a.id, ()), as_of, scale) for a in book.accounts]
    return sorted(rows, key=lambda r: (not r.health.at_risk, -(r.days_silent or 0), r.account.name))


def within(rows: Iterable[AccountRow], store: Store, period: Period) -> list[AccountRow]:
    """The rows with what happened in the period, those who talked most in it first. Health stays that of today."""
    until = period.end or store.as_of() or date.today()
    found = pulses(store, until, since=period.span[0])
    counted = [replace(r, within=found.get(r.account.id, _silence(r.account))) for r in rows]
    return sorted(counted, key=lambda r: (*_talked(r.within), r.account.name))


def _silence(account: Account) -> Pulse:
    return Pulse(account.id, 0, 0, 0, 0, None, None)


def _talked(pulse: Pulse | None) -> tuple[int, int]:
    """To sort by: conversations, then records of any kind."""
    return (-pulse.engaged, -pulse.records) if pulse else (0, 0)


def account_page(store: Store, book: Book, account_id: str, scale: HealthScale) -> AccountPage | None:
    """The page of one account; None when it is not in the data."""
    account = book.account_by_id.get(account_id)
    if account is None:
        return None
    as_of = store.as_of() or date.today()
    deals = book.deals_of(account.id)
    row = _row(account, pulses(store, as_of, account.id).get(account.id), [d for d in deals if d.open], as_of, scale)
    activities = list(store.activities(Filter(account_id=account.id)))
    labels = current(store, [a.id for a in activities])
    every = [Moment(a, labels[a.id].verdict if a.id in labels else None) for a in activities]
    dated, undated = (tuple(m for m in every if (m.activity.at is None) is lacks) for lacks in (False, True))
    people = _people(book.contacts_of(account.id), conversations(activities, labels, as_of))
    return AccountPage(row, dated, people, tuple(deals), as_of, undated)


def _row(
    account: Account, pulse: Pulse | None, open_deals: Sequence[Deal], as_of: date, scale: HealthScale
) -> AccountRow:
    value: dict[str, float] = {}
    for deal in open_deals:
        value[deal.currency] = value.get(deal.currency, 0.0) + (deal.amount or 0.0)
    silent = days_silent(pulse, as_of)
    return AccountRow(account, pulse, silent, tuple(open_deals), value, health(pulse, open_deals, as_of, scale))


def _people(contacts: Sequence[Contact], talks: Sequence[Touch]) -> tuple[Acquaintance, ...]:
    """Who answers, the latest first; then who never did."""
    known = []
    for contact in contacts:
        days = [talk.day for talk in talks if contact.id in talk.activity.contact_ids]
        known.append(Acquaintance(contact, len(days), max(days, default=None)))
    return tuple(sorted(known, key=lambda p: (p.last is None, -(p.last or date.min).toordinal(), p.contact.name)))
