"""Sums an account up: figures, deals, people, what they said, what is open, what is not known."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agents.asking import ask_account
from agents.base import Log, Toolbox, judged_log, run_alone
from agents.engagement_check import chasing, counted, within
from agents.exhibits import Exhibits, Said, questions_in, telling
from agents.suggestions import suggest
from agents.who import speaker
from crm.engagement.timeline import Timeline, Touch, is_conversation, talk, timeline
from crm.nouns import Account, Brief, Deal, Filter, Manner, Question, Scope, Side

QUOTES = 5
PEOPLE = 8
DEALS = 8


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the account; `engaged` counts the conversations that name them, `last` is the newest."""

    name: str
    title: str
    engaged: int
    last: date | None
    said: Said | None
    opted_out: bool


@dataclass(frozen=True, slots=True)
class DealLine:
    """One deal as the summary tells it; `state` is open, won or lost."""

    name: str
    stage: str
    amount: float | None
    currency: str
    state: str
    closed: date | None


@dataclass(frozen=True, slots=True)
class Sum:
    """Money in one currency over some deals."""

    amount: float
    currency: str
    deals: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not known, and how often."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """The agent."""

    name: str = "account_summary"

    def gather(self, question: Question, scope: Scope, tools: Toolbox) -> Brief:
        account = account_of(scope, tools)
        if account is None:
            return ask_account(question, self.name, tools.playbook)
        everything = judged_log(tools, Filter(account_id=account.id))
        asked = tuple(a for a in everything.activities if within(scope.period, a.at.date() if a.at else None))
        log = Log(asked, everything.labels)
        line = timeline(log.activities, log.labels, scope.as_of or date.max)
        shown = Exhibits()
        deals = sorted(tools.book.deals_of(account.id), key=_open_and_newest)
        facts = {
            "account": account,
            "period": scope.period,
            "as_of": scope.as_of,
            "considered": len(log.activities),
            "existing": len(everything.activities),
            "counts": counted(line),
            **_engagement(line, shown, tools),
            "said": _said(log, line, shown, tools),
            "deals": [_deal(d) for d in deals[:DEALS]],
            "deal_count": len(deals),
            "more_deals": len(deals[DEALS:]),
            "open_sums": _sums([d for d in deals if d.open]),
            "won_sums": _sums([d for d in deals if d.won]),
            "people": _people(account, log, shown, tools),
            "questions": _questions(line, shown, tools),
            "gaps": _gaps(account, deals, line, tools),
        }
        suggestions = suggest(
            tools.playbook, question.language, ("engagement_check", "email_draft", "ask_history"), account.name
        )
        manner = Manner(language=question.language)
        return Brief(self.name, question.text, facts, shown.evidence, manner, suggestions=suggestions)


def account_of(scope: Scope, tools: Toolbox) -> Account | None:
    """The account asked about, also when only a person there was named."""
    if scope.account is None and scope.contact and scope.contact.account_id:
        return tools.book.account_by_id.get(scope.contact.account_id)
    return scope.account


def _engagement(line: Timeline, shown: Exhibits, tools: Toolbox) -> dict[str, object]:
    def told(touch: Touch | None) -> Said | None:
        return shown.touch(touch, tools.book) if touch else None

    waiting = line.inbound is not None and (line.outbound is None or line.outbound.at < line.inbound.at)
    return {
        "two_way": told(line.two_way),
        "outbound": told(line.outbound),
        "waiting": told(line.inbound) if waiting else None,
        "meeting": shown.record(line.meeting) if line.meeting else None,
        "since": chasing(line.since, shown),
    }


def _said(log: Log, line: Timeline, shown: Exhibits, tools: Toolbox) -> list[Said]:
    """Their newest words from different conversations, engaged ones only; the last contact is told elsewhere."""
    found: list[Said] = []
    seen = {line.two_way.activity.id} if line.two_way else set()
    told = {_start(line.two_way.text)} if line.two_way else set()
    for activity in log.activities:
        if activity.id in seen or not is_conversation(log.labels.get(activity.id)):
            continue
        touch = talk(activity, log.labels)
        if touch is None or touch.side is not Side.THEM or _start(touch.text) in told:
            continue
        told.add(_start(touch.text))
        found.append(shown.touch(touch, tools.book))
        if len(found) == QUOTES:
            break
    return sorted(found, key=lambda s: s.day or date.min, reverse=True)


def _start(text: str) -> str:
    return " ".join(telling(text).split())[:60].casefold()


def _open_and_newest(deal: Deal) -> tuple[bool, float]:
    moment = deal.closed_at or deal.created_at
    return not deal.open, -moment.timestamp() if moment else 0.0


def _deal(deal: Deal) -> DealLine:
    state = "open" if deal.open else "won" if deal.won else "lost"
    closed = deal.closed_at.date() if deal.closed_at else None
    return DealLine(deal.name, deal.stage, deal.amount, deal.currency, state, closed)


def _sums(deals: Sequence[Deal]) -> list[Sum]:
    """One sum for each currency, over the deals that have an amount."""
    totals: dict[str, list[float]] = {}
    for deal in deals:
        if deal.amount is not None:
            totals.setdefault(deal.currency, []).append(deal.amount)
    return [Sum(sum(amounts), currency, len(amounts)) for currency, amounts in sorted(totals.items())]


def _people(account: Account, log: Log, shown: Exhibits, tools: Toolbox) -> list[Person]:
    """Those who talked first, the latest first; then the others by name."""
    engaged = [a for a in log.activities if is_conversation(log.labels.get(a.id))]
    counts = Counter(i for a in engaged for i in a.contact_ids)
    people = []
    for contact in tools.book.contacts_of(account.id):
        newest = next((a for a in engaged if contact.id in a.contact_ids and a.at), None)
        touch = talk(newest, log.labels) if newest else None
        said = shown.touch(touch, tools.book) if touch else None
        last = said.day if said else None
        people.append(Person(contact.name, contact.title, counts[contact.id], last, said, contact.opted_out))
    return sorted(people, key=lambda p: (p.last is None, -(p.last or date.min).toordinal(), p.name))[:PEOPLE]


def _questions(line: Timeline, shown: Exhibits, tools: Toolbox) -> list[Said]:
    """What they asked in their last words."""
    last = line.inbound
    if last is None:
        return []
    who = speaker(last.who, last.activity, tools.book)
    return [shown.add(last.activity, q, who, last.side, last.at) for q in questions_in(last.text)[:2]]


def _gaps(account: Account, deals: Sequence[Deal], line: Timeline, tools: Toolbox) -> list[Gap]:
    contacts = tools.book.contacts_of(account.id)
    found = [
        Gap("industry", int(not account.industry)),
        Gap("size", int(account.size is None)),
        Gap("revenue", int(account.revenue is None)),
        Gap("contacts", int(not contacts)),
        Gap("email", sum(not c.email for c in contacts)),
        Gap("title", sum(not c.title for c in contacts)),
        Gap("amount", sum(d.amount is None for d in deals if d.open)),
        Gap("undecided", len(line.undecided)),
        Gap("undated", line.undated),
        Gap("unjudged", line.unjudged),
    ]
    return [g for g in found if g.count]


if __name__ == "__main__":
    run_alone("account_summary")
