"""What other people's assistants may do here: read, and nothing else. Results are short and cite ids.

The docstring of each tool is what a model reads to choose it.
"""

from datetime import date, datetime

from pydantic import BaseModel, Field

from api.models import Figure
from crm.engagement.health import Band
from crm.engagement.portfolio import AccountPage, Moment
from crm.errors import MissingPart
from crm.insight.frame_words import in_words
from crm.insight.read import Refused
from crm.nouns import Engagement as Label
from crm.nouns import Kind
from crm.quoting import excerpt, plain
from house import House

SHOWN = 300  # characters of a passage or quote
ROWS = 40
NEWEST = 8


class Hit(BaseModel):
    """A record that was found. Cite its activity_id."""

    activity_id: str
    day: date | None
    kind: Kind
    account: str
    subject: str
    passage: str


class Hits(BaseModel):
    """Records, best first; empty when nothing is near enough."""

    hits: list[Hit]
    notices: list[str]


class Record(BaseModel):
    """One entry of an account's log with the verdict that stands."""

    activity_id: str
    day: date | None
    kind: Kind
    subject: str
    label: Label | None


class Account(BaseModel):
    """Who an account is. Cite the activity_ids of `newest`."""

    account_id: str
    name: str
    owner: str
    type: str = Field(description="what it is to us, as the CRM has it: customer, prospect, partner")
    industry: str
    region: str
    people: list[str] = Field(description="those who answer first, with how many conversations name them")
    open_deals: list[str]
    newest: list[Record]
    as_of: date


class Source(BaseModel):
    """What [n] in a text points at: words that stand literally in the record."""

    n: int
    activity_id: str
    quote: str


class Engagement(BaseModel):
    """Whether an account really talks to us. Every [n] of `told` is among `sources`; cite their activity_ids."""

    account_id: str
    name: str
    health: Band
    reasons: list[str]
    last_two_way: date | None
    days_silent: int | None
    engaged: int
    not_engaged: int
    undecided: int
    chasing: int = Field(description="one-way entries since the last two-way contact")
    told: str
    sources: list[Source]


class Verdict(BaseModel):
    """Whether an activity was a real two-way contact; `quote` stands literally in the record."""

    activity_id: str | None
    engagement: Label
    confidence: float
    because: str
    quote: str
    decided_by: str
    undecided: bool
    rules: list[str]


class Figures(BaseModel):
    """Exact figures, with the question as it was understood."""

    frame: str
    rows: list[Figure]
    more_rows: int
    refused: str = Field("", description="why there are no figures")
    instead: list[str] = Field([], description="questions that can be answered")


def search(house: House, words: str, account: str = "", engaged_only: bool = False, limit: int = 8) -> Hits:
    """Records of the CRM's activity log by words, names or meaning."""
    found = house.find(words, limit, account, engaged_only)
    names = house.book.account_by_id
    hits = []
    for hit in found.hits:
        at = names.get(hit.activity.account_id or "")
        hits.append(
            Hit(
                activity_id=hit.activity.id,
                day=_day(hit.activity.at),
                kind=hit.activity.kind,
                account=at.name if at else "",
                subject=excerpt(hit.activity.subject, SHOWN),
                passage=excerpt(hit.passage, SHOWN),
            )
        )
    return Hits(hits=hits, notices=list(found.notices))


def account(house: House, name_or_id: str) -> Account:
    """Who an account is, who answers there, what is open, its newest records."""
    page = _page(house, name_or_id)
    account = page.row.account
    known = [f"{p.contact.name} ({p.conversations})" for p in page.people]
    return Account(
        account_id=account.id,
        name=account.name,
        owner=account.owner,
        type=account.type,
        industry=account.industry,
        region=account.region,
        people=known[:NEWEST],
        open_deals=[f"{d.name}: {d.stage}, {d.amount or 0:,.0f} {d.currency}".strip() for d in page.deals if d.open],
        newest=[_record(m) for m in page.moments[:NEWEST]],
        as_of=page.as_of,
    )


def engagement(house: House, name_or_id: str) -> Engagement:
    """Whether an account really talks to us, with the words that prove it."""
    row = _page(house, name_or_id).row
    pulse = row.pulse
    answer = house.ask(f"When did we last really talk to “{row.account.name}”?", "engagement_check")
    return Engagement(
        account_id=row.account.id,
        name=row.account.name,
        health=row.health.band,
        reasons=list(row.health.reasons),
        last_two_way=pulse.last_engaged if pulse else None,
        days_silent=row.days_silent,
        engaged=pulse.engaged if pulse else 0,
        not_engaged=pulse.not_engaged if pulse else 0,
        undecided=pulse.nd if pulse else 0,
        chasing=pulse.chasing if pulse else 0,
        told=plain(answer.text),
        sources=[Source(n=s.number, activity_id=s.activity_id, quote=excerpt(s.quote, SHOWN)) for s in answer.sources],
    )


def audit(house: House, activity_id: str = "", text: str = "") -> Verdict:
    """One activity judged, by its id or its text."""
    if bool(activity_id.strip()) == bool(text.strip()):
        raise MissingPart("Give an activity_id or a text, and not both.")
    judged = house.judge_one(activity_id) if activity_id.strip() else house.judge_text(text)
    verdict = judged.label.verdict if judged.label else judged.explained.verdict
    return Verdict(
        activity_id=judged.activity.id if activity_id.strip() else None,
        engagement=verdict.engagement,
        confidence=round(verdict.confidence, 4),
        because=verdict.because,
        quote=excerpt(verdict.quote, SHOWN),
        decided_by=verdict.decided_by,
        undecided=verdict.undecided,
        rules=[f"{rule.name}: {rule.says}" for rule in judged.explained.rules],
    )


def figures(house: House, question: str) -> Figures:
    """Exact figures about deals, leads, accounts and activities."""
    found = house.figures(question, house.viewer.name)
    if isinstance(found, Refused):
        return Figures(frame="", rows=[], more_rows=0, refused=found.because, instead=list(found.instead))
    rows = [Figure(name=f.name, value=f.value, unit=f.unit) for f in found.rows]
    return Figures(frame=in_words(found.frame), rows=rows[:ROWS], more_rows=max(0, len(rows) - ROWS))


def _page(house: House, name_or_id: str) -> AccountPage:
    house.judge_store()
    page = house.account_page(house.account(name_or_id).id)
    if page is None:
        raise MissingPart(f"No account is called {name_or_id}.")
    return page


def _record(moment: Moment) -> Record:
    activity = moment.activity
    subject = excerpt(activity.subject, SHOWN)
    return Record(
        activity_id=activity.id, day=_day(activity.at), kind=activity.kind, subject=subject, label=moment.label
    )


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None
