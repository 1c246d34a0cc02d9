"""Says whether a customer really talks to us: last two-way contact, last word each way, what was only chasing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agents.base import Log, Toolbox, judged_log, run_alone
from agents.dialogue.manner import manner_asked
from agents.dialogue.task_phrases import asked_for
from agents.engagement_many import many, meant
from agents.latest_contact import Newest, met_asked, newest
from agents.numbered_evidence import Exhibits, Said
from agents.people import Person, people_of
from agents.reading.topic import topic_of
from agents.suggestions import suggest
from agents.whose_log import ever, name_of, where_of
from crm.engagement.reply_times import ReplyTimes, reply_times
from crm.engagement.timeline import Chase, Timeline, Touch, conversations, timeline
from crm.nouns import Activity, Brief, Engagement, Period, Question, Scope

EXAMPLES = 2
PEOPLE = 6


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records stand under each label, and how many lie still ahead: a planned meeting was no conversation."""

    engaged: int = 0
    not_engaged: int = 0
    nd: int = 0
    ahead: int = 0


@dataclass(frozen=True, slots=True)
class Chasing:
    """A run of one-way messages; `said` is the last of them."""

    count: int
    first: date
    last: date
    kinds: tuple[tuple[str, int], ...]
    said: Said


@dataclass(frozen=True, slots=True)
class EngagementCheck:
    """The agent."""

    name: str = "engagement_check"

    def gather(self, question: Question, scope: Scope, tools: Toolbox) -> Brief:
        if (scope.account or scope.contact) and (wanted := _kind_asked(question.text, scope)):
            return newest(question, scope, wanted, tools)
        if scope.account or scope.contact:
            return _one(question, scope, tools)
        return _many(question, scope, tools)


def _kind_asked(text: str, scope: Scope) -> Newest | None:
    """Contact of one kind, where only that is asked for."""
    names = f"{name_of(scope)} {scope.account.name if scope.account else ''}"
    return met_asked(text, topic_of(text, names, scope), scope)


def _one(question: Question, scope: Scope, tools: Toolbox) -> Brief:
    where = where_of(scope)
    as_of = scope.as_of or date.max
    everything = judged_log(tools, ever(where))
    first, last = scope.span
    asked = tuple(a for a in everything.activities if within(scope.period, a.at.date() if a.at else None))
    inside = timeline(asked, everything.labels, last, first)
    shown = Exhibits()
    facts = {
        **_nobody(),
        "about": name_of(scope),
        "period": scope.period,
        "as_of": scope.as_of,
        "considered": len(asked),
        "existing": len(everything.activities),
        "lead": "people" if asked_for(question.text, "people") else "",
        "counts": counted(inside),
        **_contacts(inside, shown, tools),
        "earlier": None if inside.two_way else _told(talked_before(first, everything, as_of), shown, tools),
        "meeting": _meeting(everything, as_of, shown),
        "since": chasing(inside.since, shown),
        "before": chasing(inside.before[-1], shown) if inside.before else None,
        "before_count": len(inside.before),
        "people": _who(scope, Log(asked, everything.labels), as_of, shown, tools),
        "undecided": [shown.record(a) for a in inside.undecided[:EXAMPLES]],
        "undecided_count": len(inside.undecided),
        "reply_times": _reply_times(scope, everything.activities),
        "unjudged": inside.unjudged,
        "judged": len(asked) - inside.unjudged - inside.ahead,
    }
    name = scope.account.name if scope.account else ""
    suggestions = suggest(tools.playbook, question.language, ("account_summary", "email_draft", "ask_history"), name)
    manner = manner_asked(question)
    return Brief("engagement_check", question.text, facts, shown.evidence, manner, suggestions=suggestions)


def _who(scope: Scope, log: Log, as_of: date, shown: Exhibits, tools: Toolbox) -> list[Person]:
    """The people who talked, where the question is about a company."""
    if scope.contact or not scope.account:
        return []
    everybody = people_of(scope.account.id, log, shown, tools.book, as_of, scope.span[0])
    return [p for p in everybody if p.engaged][:PEOPLE]


def _many(question: Question, scope: Scope, tools: Toolbox) -> Brief:
    scope, shown = meant(question, scope), Exhibits()
    found = many(question, scope, shown, tools)
    facts = {**_nobody(), "period": scope.period, "as_of": scope.as_of, "existing": tools.store.count(), **found.facts}
    manner = manner_asked(question)
    return Brief("engagement_check", question.text, facts, shown.evidence, manner, found.notices, found.suggestions)


def _nobody() -> dict[str, object]:
    """Every fact of the template, empty; one account and many fill different ones."""
    empty = (
        "two_way",
        "inbound",
        "outbound",
        "earlier",
        "meeting",
        "since",
        "before",
        "window",
        "window_days",
        "until",
        "period",
        "reply_times",
    )
    lists = ("types", "other_types", "people", "undecided", "talking", "quiet", "never", "unclear", "calls", "waiting")
    groups = ("talking", "quiet", "never", "unclear")
    figures = ["before_count", "undecided_count", "unjudged", "judged"]
    figures += [f"waiting_{what}" for what in ("count", "more", "read", "of")]
    figures += [f"{group}_{what}" for group in groups for what in ("count", "more")]
    facts: dict[str, object] = dict.fromkeys(empty)
    facts |= {name: [] for name in lists} | dict.fromkeys(figures, 0)
    return facts | {"many": False, "lead": "", "counts": Counts()}


def talked_before(day: date, log: Log, as_of: date) -> Touch | None:
    """The last conversation before the day."""
    return next((t for t in conversations(log.activities, log.labels, as_of) if t.day < day), None)


def _reply_times(scope: Scope, activities: Sequence[Activity]) -> ReplyTimes:
    """Theirs and ours in the period asked about; of a company only, whose mails answer each other."""
    if scope.contact:
        return ReplyTimes()
    return reply_times(activities, *scope.span)


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


def counted(line: Timeline) -> Counts:
    """The labels of a timeline as figures."""
    engaged, not_engaged, nd = (line.counts[it] for it in (Engagement.ENGAGED, Engagement.NOT_ENGAGED, Engagement.ND))
    return Counts(engaged, not_engaged, nd, line.ahead)


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


if __name__ == "__main__":
    run_alone("engagement_check")
