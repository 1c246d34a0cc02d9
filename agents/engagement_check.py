"""Says whether a customer really talks to us: last two-way contact, last word each way, what was only chasing."""

from dataclasses import dataclass
from datetime import date, timedelta

from agents.base import Log, Toolbox, judge_accounts, judged_log, run_alone
from agents.exhibits import Exhibits, Said
from agents.suggestions import suggest
from agents.who import Territory, ever, territory_asked, where_of
from crm.engagement.overview import Pulse, Standing, pulses, stand
from crm.engagement.timeline import Chase, Timeline, Touch, timeline
from crm.nouns import Brief, Engagement, Filter, Manner, Period, Question, Scope

WINDOW_DAYS = 60  # how long a customer may be silent before we call it quiet, when no period is asked about
ROWS = 8
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records stand under each label."""

    engaged: int
    not_engaged: int
    nd: int


@dataclass(frozen=True, slots=True)
class Chasing:
    """A run of one-way messages; `said` is the last of them."""

    count: int
    first: date
    last: date
    kinds: tuple[tuple[str, int], ...]
    said: Said


@dataclass(frozen=True, slots=True)
class Row:
    """One account among several; `said` is its newest conversation."""

    name: str
    records: int
    last: date | None
    last_engaged: date | None
    said: Said | None


@dataclass(frozen=True, slots=True)
class EngagementCheck:
    """The agent."""

    name: str = "engagement_check"

    def gather(self, question: Question, scope: Scope, tools: Toolbox) -> Brief:
        if scope.account or scope.contact:
            return _one(question, scope, tools)
        return _many(question, scope, tools)


def _one(question: Question, scope: Scope, tools: Toolbox) -> Brief:
    where = where_of(scope)
    as_of = scope.as_of or date.max
    everything = judged_log(tools, ever(where))
    start = scope.period.start if scope.period else None
    before = timeline(everything.activities, everything.labels, start - timedelta(days=1)) if start else None
    asked = [a for a in everything.activities if within(scope.period, a.at.date() if a.at else None)]
    inside = timeline(asked, everything.labels, as_of)
    shown = Exhibits()
    facts = {
        **_nobody(),
        "about": scope.contact.name if scope.contact else scope.account.name if scope.account else "",
        "period": scope.period,
        "as_of": scope.as_of,
        "considered": len(asked),
        "existing": len(everything.activities),
        "counts": counted(inside),
        **_contacts(inside, shown, tools),
        "earlier": _told(before.two_way, shown, tools) if before and not inside.two_way else None,
        "meeting": _meeting(everything, as_of, shown),
        "since": chasing(inside.since, shown),
        "before": [c for c in (chasing(r, shown) for r in inside.before[-EXAMPLES:]) if c],
        "undecided": [shown.record(a) for a in inside.undecided[:EXAMPLES]],
        "undecided_count": len(inside.undecided),
        "unjudged": inside.unjudged,
        "judged": len(asked) - inside.unjudged,
    }
    name = scope.account.name if scope.account else ""
    suggestions = suggest(tools.playbook, question.language, ("account_summary", "email_draft", "ask_history"), name)
    manner = Manner(language=question.language)
    return Brief("engagement_check", question.text, facts, shown.evidence, manner, suggestions=suggestions)


def _many(question: Question, scope: Scope, tools: Toolbox) -> Brief:
    as_of = scope.as_of or date.max
    territory = territory_asked(question, tools)
    judge_accounts(tools, [a.id for a in territory.accounts])
    window = scope.period or Period(_before(as_of, WINDOW_DAYS), as_of)
    until = min(as_of, window.end or as_of)
    found = pulses(tools.store, until)
    groups = stand(found, (a.id for a in territory.accounts), window)
    counted_ones = [found[a.id] for a in territory.accounts if a.id in found]
    shown = Exhibits()
    facts = {
        **_nobody(),
        "about": territory.rep,
        "many": True,
        "period": scope.period,
        "window": window,
        "as_of": scope.as_of,
        "considered": sum(p.records for p in counted_ones),
        "existing": tools.store.count(),
        "counts": Counts(
            sum(p.engaged for p in counted_ones),
            sum(p.not_engaged for p in counted_ones),
            sum(p.nd for p in counted_ones),
        ),
        "unjudged": sum(p.unjudged for p in counted_ones),
        "judged": sum(p.records - p.unjudged for p in counted_ones),
        **_rows(groups, shown, tools),
    }
    manner = Manner(language=question.language)
    suggestions = _next(groups, territory, question, tools)
    return Brief("engagement_check", question.text, facts, shown.evidence, manner, suggestions=suggestions)


def _nobody() -> dict[str, object]:
    """Every fact of the template, empty; one account and many fill different ones."""
    empty = ("two_way", "inbound", "outbound", "earlier", "meeting", "since", "window", "period")
    lists = ("before", "undecided", "talking", "quiet", "never")
    figures = ("undecided_count", "talking_count", "quiet_count", "never_count")
    facts: dict[str, object] = dict.fromkeys(empty)
    return facts | {name: [] for name in lists} | dict.fromkeys(figures, 0) | {"many": False}


def _meeting(log: Log, as_of: date, shown: Exhibits) -> Said | None:
    """The next one, whatever period was asked about."""
    found = timeline(log.activities, log.labels, as_of).meeting
    return shown.record(found) if found else None


def _contacts(line: Timeline, shown: Exhibits, tools: Toolbox) -> dict[str, object]:
    return {
        "two_way": _told(line.two_way, shown, tools),
        "inbound": _told(line.inbound, shown, tools),
        "outbound": _told(line.outbound, shown, tools),
    }


def _told(touch: Touch | None, shown: Exhibits, tools: Toolbox) -> Said | None:
    return shown.touch(touch, tools.book) if touch else None


def _rows(groups: Standing, shown: Exhibits, tools: Toolbox) -> dict[str, object]:
    named = {a.id: a.name for a in tools.book.accounts}

    def row(pulse: Pulse) -> Row:
        newest = tools.store.activities(
            Filter(
                account_id=pulse.account_id,
                engagement=Engagement.ENGAGED,
                period=Period(pulse.last_engaged, pulse.last_engaged),
            ),
            limit=1,
        )
        said = shown.record(newest[0]) if newest and pulse.last_engaged else None
        return Row(named[pulse.account_id], pulse.records, pulse.last, pulse.last_engaged, said)

    listed = {"talking": groups.talking, "quiet": groups.quiet, "never": groups.never}
    rows: dict[str, object] = {name: [row(p) for p in group[:ROWS]] for name, group in listed.items()}
    return rows | {f"{name}_count": len(group) for name, group in listed.items()}


def _next(groups: Standing, territory: Territory, question: Question, tools: Toolbox) -> tuple[str, ...]:
    first = next(iter(groups.quiet or groups.talking or groups.never), None)
    name = next((a.name for a in territory.accounts if first and a.id == first.account_id), "")
    tasks = ("engagement_check", "account_summary", "email_draft") if name else ("help",)
    return suggest(tools.playbook, question.language, tasks, name)


def counted(line: Timeline) -> Counts:
    """The labels of a timeline as figures."""
    return Counts(*(line.counts[e] for e in (Engagement.ENGAGED, Engagement.NOT_ENGAGED, Engagement.ND)))


def chasing(run: Chase | None, shown: Exhibits) -> Chasing | None:
    """A chase as a fact, with its last message as the proof."""
    if run is None:
        return None
    return Chasing(run.count, run.first, run.last, run.kinds, shown.record(run.activities[-1]))


def within(period: Period | None, day: date | None) -> bool:
    """Whether a day lies in the period; an undated record lies in none."""
    if period is None:
        return True
    if day is None:
        return False
    return (period.start is None or day >= period.start) and (period.end is None or day <= period.end)


def _before(day: date, days: int) -> date:
    return day - timedelta(days=days)


if __name__ == "__main__":
    run_alone("engagement_check")
