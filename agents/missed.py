"""Meetings at which the other side did not turn up, or calls of ours that nobody took, by outcome or by note."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from agents.base import Toolbox
from agents.numbered_evidence import PASSAGE, Exhibits, Said
from agents.read_log import ReadLog
from agents.reading.phrases import without
from agents.reading.tokens import plain, words_of
from agents.reading.wordlists import word_list
from agents.whose_log import names_on, where_of
from crm.engagement.timeline import NOBODY_CAME, UNANSWERED
from crm.nouns import Activity, Brief, Direction, Engagement, Kind, Label, Question, Scope, Side
from crm.quoting import passage

MOST = 20


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of record that one side alone was at: its kind, the rules of engagement_notes.yaml, the outcomes."""

    kind: Kind
    rules: frozenset[str]
    outcomes: frozenset[str]


SORTS: Mapping[str, Sort] = {
    "meetings": Sort(Kind.EVENT, frozenset({"rule:nobody_came"}), NOBODY_CAME),
    "calls": Sort(
        Kind.CALL,
        frozenset(
            f"rule:{name}" for name in ("voicemail_left", "no_answer", "line_busy", "number_wrong", "phone_menu")
        ),
        UNANSWERED,
    ),
}


@dataclass(frozen=True, slots=True)
class Missed:
    """One of them: the record's own words, with the account and who of theirs was expected or called."""

    said: Said
    account: str
    who: str
    owner: str
    outcome: str


def missed_asked(text: str, period: str = "") -> str:
    """A name of `SORTS`, where the question is about nothing else but a time; `text` is without names."""
    words = without(words_of(text), {" ".join(words_of(period))})[0]
    meetings, calls = word_list("not_turning_up"), word_list("not_picking_up")
    left, found = without(words, meetings["no_show"])
    if found and not without(left, meetings["too"])[0]:
        return "meetings"
    left, found = without(words, calls["not_taken"])
    if not found:  # "which calls were not answered": of what, is said apart, and a list is asked for
        left, unanswered = without(words, calls["not_answered"])
        left, of_calls = without(left, calls["calls"])
        found = unanswered and of_calls and bool(set(left) & calls["asking"])
    return "calls" if found and not without(left, calls["too"] | calls["asking"] | calls["calls"])[0] else ""


def missed(question: Question, scope: Scope, what: str, tools: Toolbox) -> Brief:
    """Those of the scope that were to take place by the newest day, the newest first."""
    sort = SORTS[what]
    read = ReadLog.of(question, scope, tools, replace(where_of(scope), kinds=frozenset({sort.kind})))
    log = read.log
    due = [
        a for a in log.activities if (a.at is None or a.at.date() <= (scope.as_of or date.max)) and _of(scope.rep, a)
    ]
    found = [a for a in due if _alone(sort, a, log.labels.get(a.id))]
    facts = {
        "what": what,
        "rep": scope.rep,
        "rows": [_told(a, read.shown, tools) for a in found[:MOST]],
        "count": len(found),
        "more": len(found[MOST:]),
        "considered": len(due),
    }
    return read.brief("missed", facts, "engagement_check", "email_draft")


def _of(rep: str, activity: Activity) -> bool:
    return not rep or plain(activity.owner) == plain(rep)


def _alone(sort: Sort, activity: Activity, label: Label | None) -> bool:
    """Nobody of theirs was there; a call that came in was theirs, and of a note against its outcome nobody knows."""
    if label is not None and label.verdict.decided_by in sort.rules:
        return True
    if activity.outcome.casefold() not in sort.outcomes:
        return False
    one_way = label is None or label.verdict.engagement is Engagement.NOT_ENGAGED
    return sort.kind is Kind.EVENT or (one_way and activity.direction is not Direction.INBOUND)


def _told(activity: Activity, shown: Exhibits, tools: Toolbox) -> Missed:
    account = tools.book.account_by_id.get(activity.account_id or "")
    note = next((m.text.strip() for m in activity.messages if m.text.strip()), "")
    said = shown.add(activity, passage(note, PASSAGE), "", Side.US) if note else shown.record(activity)
    return Missed(
        said, account.name if account else "", names_on(activity, tools.book), activity.owner, activity.outcome
    )
