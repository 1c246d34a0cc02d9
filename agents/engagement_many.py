"""Says of many accounts at once who talks with us, who went quiet, whom to call today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from agents.base import Toolbox, judge_accounts, judge_first, state_of
from agents.dialogue.task_phrases import asked_for
from agents.numbered_evidence import Exhibits, Said
from agents.reading.silences import silence_of
from agents.stood import Stood, log_on
from agents.suggestions import suggest
from agents.types_asked import missing_types
from agents.whose_log import Territory, territory_asked
from crm.engagement.overview import Pulse, Standing, pulses, stand
from crm.engagement.timeline import Touch
from crm.nouns import Activity, Filter, Period, Question, Scope
from crm.records.store import Store

WEEK_DAYS = 7
WINDOW_DAYS = 60  # how long a customer may be silent before we call it quiet, when no period is asked about
ROWS = 8
LED = 40  # accounts of the group that is asked for
CALLS = 5
WAITING = 200  # accounts whose log is read to see who waits for us, those that talked last first
SOON_DAYS = 7
KEPT = 16  # stores, as each viewer sees them, whose counts are remembered
NONE: frozenset[str] = frozenset()
READ_FOR = {"quiet": {"quiet"}, "never": {"quiet"}, "waiting": NONE}  # groups whose logs are shown; else both


@dataclass(frozen=True, slots=True)
class Row:
    """One account among several; `said` is its newest conversation, `count` how many there were in the window.

    `waiting` tells that they wrote last and nothing of ours followed; `unsure`, that no judge was sure of `said`.
    `undecided` counts the records of the window, in which it went quiet, that may be a conversation.
    """

    name: str
    records: int
    last: date | None
    last_engaged: date | None
    said: Said | None
    waiting: bool
    silent_days: int
    unsure: bool
    undecided: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """An account to call today. `why` is waiting (for us), meeting (soon) or silent (with a deal open).

    `days` is for how long they have been waiting.
    """

    name: str
    why: str
    said: Said | None
    meeting: Said | None
    deal: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What the question about many came to: facts for the template, questions to offer."""

    facts: dict[str, object]
    suggestions: tuple[str, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Looked:
    """A row with the words that show that they wait for us, and the next meeting on record."""

    row: Row
    waits: Touch | None
    meeting: Activity | None
    account_id: str


def meant(question: Question, scope: Scope) -> Scope:
    """The scope with the window of the log that is meant: "whom to call this week" has none, a silence its own."""
    lead, as_of = _lead(question.text), scope.as_of
    if lead == "quiet" and as_of and (silent := silence_of(question.text, as_of)):
        return replace(scope, period=silent)
    first, last = scope.period.span if scope.period else (date.min, date.max)
    to_come = last - first < timedelta(days=WEEK_DAYS) and as_of is not None and last >= as_of
    return replace(scope, period=None) if to_come and lead == "calls" else scope


def many(question: Question, scope: Scope, shown: Exhibits, tools: Toolbox) -> Found:
    """The accounts of a rep, or all, in a window of days."""
    as_of = scope.as_of or date.today()  # the day of asking, where no record has one
    territory = territory_asked(question, tools, scope.rep)
    if territory.rep:
        judge_accounts(tools, [a.id for a in territory.accounts])
    else:
        judge_first(tools, Filter())  # everybody at once is one look, not one for each account
    window = scope.period or Period(as_of - timedelta(days=WINDOW_DAYS), as_of)
    until = min(as_of, window.end or as_of)
    state = state_of(tools)
    found = _pulses(tools.store, until, state)
    within = _pulses(tools.store, until, state, window.start)
    groups = stand(found, (a.id for a in territory.accounts), window, within if scope.period else None)
    ones = [found[a.id] for a in territory.accounts if a.id in found]
    older = [p for p in groups.talking[:LED] if _before(window, log_on(tools.store, p.account_id, until, state))]
    talking, quiet = [p for p in groups.talking if p not in older], [*older, *groups.quiet]
    listed = {"talking": talking, "quiet": quiet, "never": groups.never, "unclear": groups.unclear}
    lead = _lead(question.text)
    deep = READ_FOR.get(lead, {"talking", "quiet"})
    most = {n: LED if n == lead else ROWS for n in listed}
    most["unclear"] = most["never"]  # listed with those
    looked = {
        n: [_look(p, until, state, shown, tools) for p in group[: most[n]] if n in deep] for n, group in listed.items()
    }
    looked["quiet"] = [_doubted(one, within.get(one.account_id)) for one in looked["quiet"]]
    facts: dict[str, object] = {name: by_day(name, [one.row for one in some]) for name, some in looked.items()}
    counted = {"never": groups.never, "unclear": [within[p.account_id] if scope.period else p for p in groups.unclear]}
    facts |= {name: [_counted(p, tools) for p in group[: most[name]]] for name, group in counted.items()}
    facts |= {f"{name}_count": len(group) for name, group in listed.items()}
    facts |= {f"{name}_more": len(group[most[name] :]) for name, group in listed.items()}
    facts |= {
        "about": territory.rep,
        **_types(territory),
        "many": True,
        "window": window,
        "window_days": None if scope.period else WINDOW_DAYS,
        "until": until if until < as_of else None,
        "lead": lead,
        "calls": _calls([*looked["talking"], *looked["quiet"]], as_of, shown, tools) if until == as_of else [],
        **_waiting(ones if lead == "waiting" else (), scope.period, until, shown, tools),
        "considered": sum(p.records for p in ones),
        "unjudged": sum(p.unjudged for p in ones),
        "judged": sum(p.records - p.unjudged for p in ones),
    }
    notices = (*missing_types(question.text, tools), *_undated(ones, tools))
    return Found(facts, _next(groups, territory, question, tools), notices)


def _types(territory: Territory) -> dict[str, object]:
    """The types of account that the answer is of, or without which it is."""
    asked = territory.types
    named = asked.values or (asked.missing if asked.wanted else ())
    return {"types": list(named), "other_types": [] if named else list(asked.left_out)}


def _before(window: Period, stood: Stood) -> bool:
    """Whether a record of the window only quotes what they wrote before it."""
    guessed = stood.guessed.at if stood.guessed else None
    last = stood.two_way.day if stood.two_way else guessed.date() if guessed else None
    return bool(window.start and last and last < window.start)


def _undated(pulses: Sequence[Pulse], tools: Toolbox) -> tuple[str, ...]:
    """Says which accounts really talked on days that the data do not hold."""
    named = [tools.book.account_by_id[p.account_id].name for p in pulses if p.undated and not p.last_engaged]
    if not named:
        return ()
    some = ", ".join([*named[:ROWS], *(["…"] if len(named) > ROWS else [])])
    return (f"Their conversations carry no date, so they are in no period: {some}.",)


def by_day(group: str, rows: list[Row]) -> list[Row]:
    """In the order that the list claims, by the days that it shows: a reply's own day is not always its record's."""
    return sorted(rows, key=lambda r: r.last_engaged or date.min, reverse=group == "talking")


@lru_cache(maxsize=KEPT)
def _pulses(store: Store, until: date, state: tuple[object, ...], since: date | None = None) -> Mapping[str, Pulse]:
    """Counted once for each state of the store: many ask on the same morning."""
    return pulses(store, until, since=since)


def _doubted(looked: _Looked, within: Pulse | None) -> _Looked:
    """With what of the window may be a conversation: the list of Accounts says of such a one that nobody can tell."""
    undecided = within.nd + within.unjudged if within and not within.engaged else 0
    return replace(looked, row=replace(looked.row, undecided=undecided))


def _lead(text: str) -> str:
    """Which of the groups the question is after."""
    for group in ("waiting", "calls", "quiet", "never", "talking"):
        if asked_for(text, group):
            return group
    return ""


def _counted(pulse: Pulse, tools: Toolbox) -> Row:
    """A row of figures alone: there is nothing to quote."""
    name = tools.book.account_by_id[pulse.account_id].name
    return Row(name, pulse.records, pulse.last, None, None, False, 0, False, pulse.nd + pulse.unjudged)


def _look(pulse: Pulse, until: date, state: tuple[object, ...], shown: Exhibits, tools: Toolbox) -> _Looked:
    stood = log_on(tools.store, pulse.account_id, until, state)
    said = shown.touch(stood.two_way, tools.book) if stood.two_way else None
    said = said or (shown.record(stood.guessed) if stood.guessed else None)
    last = said.day if said else pulse.last_engaged
    name = tools.book.account_by_id[pulse.account_id].name
    days = (until - last).days if last else 0
    unsure = said is not None and stood.two_way is None
    row = Row(name, pulse.records, pulse.last, last, said, stood.asked is not None, days, unsure)
    return _Looked(row, stood.waits, stood.meeting, pulse.account_id)


def _waiting(
    found: Sequence[Pulse], period: Period | None, until: date, shown: Exhibits, tools: Toolbox
) -> dict[str, object]:
    """Who waits for us, the newest wait first; of many accounts those that talked last.

    In a period that was asked about: who has been waiting since a day of it.
    """
    state = state_of(tools)
    last = sorted(found, key=lambda p: (p.last_engaged or date.min, p.last or date.min), reverse=True)
    first, _ = period.span if period else (date.min, until)
    stood = [(p.account_id, log_on(tools.store, p.account_id, until, state)) for p in last[:WAITING]]
    waits = [(touch, i) for i, one in stood if (touch := one.waits) and touch.day >= first]
    waits.sort(key=lambda one: one[0].at, reverse=True)
    return {
        "waiting": [_waits(touch, i, until, shown, tools) for touch, i in waits[:LED]],
        "waiting_count": len(waits),
        "waiting_more": len(waits[LED:]),
        "waiting_read": len(stood),
        "waiting_of": len(last),
    }


def _waits(touch: Touch, account_id: str, until: date, shown: Exhibits, tools: Toolbox) -> Call:
    name = tools.book.account_by_id[account_id].name
    return Call(name, "waiting", shown.touch(touch, tools.book), None, "", (until - touch.day).days)


def _calls(looked: Sequence[_Looked], as_of: date, shown: Exhibits, tools: Toolbox) -> list[Call]:
    """Those who wait for us, the longest first; those we meet soon; those who fell silent over an open deal.

    Who has waited longer than a window stands behind the others who wait: that is seldom a call for today.
    """
    sure = [o for o in looked if o.row.said and not o.row.unsure]
    waiting = [_waits(o.waits, o.account_id, as_of, shown, tools) for o in sure if o.waits]
    waiting.sort(key=lambda c: (c.days > WINDOW_DAYS, -c.days))
    soon = as_of + timedelta(days=SOON_DAYS)
    meeting = [
        Call(o.row.name, "meeting", o.row.said, shown.record(o.meeting), "")
        for o in sure
        if not o.waits and o.meeting and o.meeting.at and o.meeting.at.date() <= soon
    ]
    told = {c.name for c in (*waiting, *meeting)}
    silent = [
        Call(o.row.name, "silent", o.row.said, None, deal.name)
        for o in sure
        if o.row.name not in told and o.row.silent_days > WINDOW_DAYS
        for deal in [d for d in tools.book.deals_of(o.account_id) if d.open][:1]
    ]
    return [*waiting, *meeting, *silent][:CALLS]


def _next(groups: Standing, territory: Territory, question: Question, tools: Toolbox) -> tuple[str, ...]:
    first = next(iter(groups.quiet or groups.talking or groups.never or groups.unclear), None)
    name = next((a.name for a in territory.accounts if first and a.id == first.account_id), "")
    tasks = ("engagement_check", "account_summary", "email_draft") if name else ("help",)
    return suggest(tools.playbook, question.language, tasks, name)
