"""What goes over the border about accounts: how each talks, who answers there, what is open."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from api.models import Entry, Named
from crm.engagement.health import Band
from crm.engagement.portfolio import AccountPage, AccountRow
from crm.nouns import Deal
from crm.records.book import Book


class AccountLine(BaseModel):
    """One account at a glance."""

    id: str
    name: str
    owner: str
    type: str = Field(description="what it is to us, as the CRM has it: customer, prospect, partner; empty if unknown")
    industry: str
    region: str
    health: Band
    reasons: list[str]
    at_risk: bool = Field(description="open deals rest on an account that does not talk")
    last_two_way: date | None
    days_silent: int | None
    records: int
    engaged: int
    not_engaged: int
    nd: int
    chasing: int = Field(description="one-way records since the last two-way contact")
    open_deals: int
    open_value: dict[str, float] = Field(description="by currency")

    @classmethod
    def of(cls, row: AccountRow) -> "AccountLine":
        account, pulse = row.account, row.pulse
        return cls(
            id=account.id,
            name=account.name,
            owner=account.owner,
            type=account.type,
            industry=account.industry,
            region=account.region,
            health=row.health.band,
            reasons=list(row.health.reasons),
            at_risk=row.health.at_risk,
            last_two_way=pulse.last_engaged if pulse else None,
            days_silent=row.days_silent,
            records=pulse.records if pulse else 0,
            engaged=pulse.engaged if pulse else 0,
            not_engaged=pulse.not_engaged if pulse else 0,
            nd=pulse.nd if pulse else 0,
            chasing=pulse.chasing if pulse else 0,
            open_deals=len(row.open_deals),
            open_value=dict(row.value),
        )


class Person(BaseModel):
    """Somebody there, with the conversations that name them."""

    person: Named
    title: str
    conversations: int
    last: date | None


class DealLine(BaseModel):
    """A deal of the account."""

    id: str
    name: str
    stage: str
    state: Literal["open", "won", "lost"]
    amount: float | None
    currency: str
    closed: date | None = Field(description="the day on which it was won or lost")
    expected_close: date | None = Field(description="the day on which it is or was expected to close")
    loss_reason: str

    @classmethod
    def of(cls, deal: Deal) -> "DealLine":
        return cls(
            id=deal.id,
            name=deal.name,
            stage=deal.stage,
            state="open" if deal.open else "won" if deal.won else "lost",
            amount=deal.amount,
            currency=deal.currency,
            closed=deal.closed_at.date() if deal.closed_at else None,
            expected_close=deal.expected_close_at.date() if deal.expected_close_at else None,
            loss_reason=deal.loss_reason,
        )


class AccountIn(BaseModel):
    """One account: how it talks, who answers, what is open, its newest records."""

    account: AccountLine
    people: list[Person]
    deals: list[DealLine]
    newest: list[Entry]
    as_of: date

    @classmethod
    def of(cls, page: AccountPage, book: Book, newest: int) -> "AccountIn":
        return cls(
            account=AccountLine.of(page.row),
            people=[
                Person(
                    person=Named(id=p.contact.id, name=p.contact.name),
                    title=p.contact.title,
                    conversations=p.conversations,
                    last=p.last,
                )
                for p in page.people
            ],
            deals=[DealLine.of(d) for d in page.deals],
            newest=[Entry.of(m.activity, book, m.label) for m in page.moments[:newest]],
            as_of=page.as_of,
        )
