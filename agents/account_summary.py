"""Sums an account up: figures, deals, people, what they said, what is open, what is not known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from agents.base import Log, Toolbox, judged_log, run_alone
from agents.dialogue.manner import manner_asked
from agents.dialogue.task_phrases import asked_for
from agents.dialogue.wishes import section_in
from agents.engagement_check import chasing, counted, talked_before, within
from agents.fallback_briefs import ask_account
from agents.next_steps import Outlook, waiting_days
from agents.numbered_evidence import Exhibits, Said, questions_in, telling
from agents.people import people_of
from agents.suggestions import suggest
from agents.whose_log import speaker
from crm.engagement.timeline import Timeline, Touch, is_conversation, talk, timeline
from crm.nouns import Account, Brief, Deal, Filter, Question, Scope, Side

QUOTES = 5
PEOPLE = 8
DEALS = 8


@dataclass(frozen=True, slots=True)
class DealLine:
    """One deal as the summary tells it; `state` is open, won or lost, `closed` expected while it is open."""

    name: str
    stage: str
    amount: float | None
    currency: str
    state: str
    closed: date | None
    loss_reason: str


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
        as_of = scope.as_of or date.max
        line = timeline(log.activities, log.labels, as_of, scope.span[0])
        whole = line  # what is open knows no period
        if len(asked) < len(everything.activities):
            whole = timeline(everything.activities, everything.labels, as_of)
        shown = Exhibits()
        deals = sorted(tools.book.deals_of(account.id), key=_open_and_newest)
        outlook = Outlook(everything, whole, [d for d in deals if d.open], as_of)
        facts = {
            "account": account,
            "period": scope.period,
            "as_of": scope.as_of,
            "prepare": asked_for(question.text, "prepare"),
            "focus": section_in(question.text, account.name),
            "considered": len(log.activities),
            "existing": len(everything.activities),
            "counts": counted(line),
            **_engagement(line, whole, talked_before(scope.span[0], everything, as_of), shown, tools),
            "next": outlook.next_step(shown, tools.book),
            "said": _said(log, line, shown, tools),
            "deals": [_deal(d) for d in deals[:DEALS]],
            "deal_count": len(deals),
            "more_deals": len(deals[DEALS:]),
            "open_sums": _sums([d for d in deals if d.open]),
            "won_sums": _sums([d for d in deals if d.won]),
            "people": people_of(account.id, everything, shown, tools.book, as_of)[:PEOPLE],
            "questions": _questions(line, shown, tools),
            "promises": outlook.promises(shown, tools.book),
            "risks": outlook.risks(shown, tools.book),
            "newest": _newest(log, shown),
            "gaps": _gaps(account, deals, line, tools),
        }
        suggestions = suggest(
            tools.playbook, question.language, ("engagement_check", "email_draft", "ask_history"), account.name
        )
        return Brief(self.name, question.text, facts, shown.evidence, manner_asked(question), suggestions=suggestions)


def account_of(scope: Scope, tools: Toolbox) -> Account | None:
    """The account asked about, also when only a person there was named."""
    if scope.account is None and scope.contact and scope.contact.account_id:
        return tools.book.account_by_id.get(scope.contact.account_id)
    return scope.account


def _engagement(
    line: Timeline, whole: Timeline, before: Touch | None, shown: Exhibits, tools: Toolbox
) -> dict[str, object]:
    """`line` is the period's; `before`, the last conversation before it, counts where it holds none."""

    def told(touch: Touch | None) -> Said | None:
        return shown.touch(touch, tools.book) if touch else None

    waiting = waiting_days(line, date.max) is not None
    return {
        "two_way": told(line.two_way),
        "before": told(before) if line.two_way is None else None,
        "outbound": told(line.outbound),
        "waiting": told(line.inbound) if waiting else None,
        "meeting": shown.record(whole.meeting) if whole.meeting else None,
        "since": chasing(line.since, shown),
    }


def _newest(log: Log, shown: Exhibits) -> Said | None:
    """The newest record, where nothing above has shown it; a record without a word cannot be quoted."""
    newest = max((a for a in log.activities if a.at), key=lambda a: (a.at, a.id), default=None)
    if newest is None or newest.id in {e.activity_id for e in shown.evidence}:
        return None
    return shown.record(newest) if newest.subject or newest.raw_subject or newest.text.strip() else None


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
    moment = _closing(deal) or deal.created_at
    return not deal.open, -moment.timestamp() if moment else 0.0


def _deal(deal: Deal) -> DealLine:
    state = "open" if deal.open else "won" if deal.won else "lost"
    closing = _closing(deal)
    closed = closing.date() if closing else None
    return DealLine(deal.name, deal.stage, deal.amount, deal.currency, state, closed, deal.loss_reason)


def _closing(deal: Deal) -> datetime | None:
    return deal.expected_close_at if deal.open else deal.closed_at


def _sums(deals: Sequence[Deal]) -> list[Sum]:
    """One sum for each currency, over the deals that have an amount."""
    totals: dict[str, list[float]] = {}
    for deal in deals:
        if deal.amount is not None:
            totals.setdefault(deal.currency, []).append(deal.amount)
    return [Sum(sum(amounts), currency, len(amounts)) for currency, amounts in sorted(totals.items())]


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
