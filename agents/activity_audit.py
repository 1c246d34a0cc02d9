"""Shows how one activity was judged: who wrote what, which rules spoke, what the model thinks, the verdict."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from agents.audit_list import listed
from agents.base import Toolbox, run_alone
from agents.dialogue.manner import manner_asked
from agents.fallback_briefs import ask_account, unknown_record
from agents.numbered_evidence import Exhibits, telling
from agents.suggestions import suggest
from agents.whose_log import speaker
from crm.engagement.audit import judge_and_record
from crm.engagement.corrections import notice
from crm.engagement.judge import Explanation
from crm.engagement.labels import current
from crm.engagement.learned import View
from crm.nouns import Activity, Brief, Engagement, Kind, Message, Question, Scope, Side, Verdict
from crm.quoting import excerpt
from crm.threads.thread import RawActivity
from crm.threads.thread import activity as threaded

PARTS = 6
SIGNS = 4
INTRODUCTION = 120  # characters of the ask that may stand before a pasted record
PASTED = "pasted"
MAIL_HEAD = re.compile(
    r"^\W*(?:from|to|subject|sent|date|von|an|betreff|de|à|objet|para|asunto|assunto|da|oggetto)\s*:", re.I
)
COLON = re.compile(r":(?=\s|$)")  # ends the ask; the one of an id such as hubspot:5123 does not
HEADED = re.compile(r"^\W*(?:subject|betreff|objet|asunto|assunto|oggetto)\s*:\s*(.+)$", re.I | re.M)


@dataclass(frozen=True, slots=True)
class Record:
    """The activity as the answer names it; `native_id` is empty when it was pasted."""

    native_id: str
    kind: str
    subject: str
    day: date | None
    account: str
    claims: str


@dataclass(frozen=True, slots=True)
class Part:
    """One message of the thread."""

    side: Side
    who: str
    day: date | None
    quoted: bool
    words: str
    n: int


@dataclass(frozen=True, slots=True)
class Spoke:
    """A rule that spoke."""

    name: str
    says: Engagement
    because: str
    quote: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the small model thinks, in percent, and the signs that told most; `read` tells that a reader helped it."""

    shares: tuple[tuple[Engagement, int], ...]
    signs: tuple[str, ...]
    read: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """The verdict that stands; `person` is who gave it, when a person did."""

    label: Engagement
    percent: int
    because: str
    quote: str
    decided_by: str
    undecided: bool
    person: str
    n: int | None


@dataclass(frozen=True, slots=True)
class ActivityAudit:
    """The agent."""

    name: str = "activity_audit"

    def gather(self, question: Question, scope: Scope, tools: Toolbox) -> Brief:
        stored = tools.store.activity(scope.activity_id) if scope.activity_id else None
        activity = stored or pasted(question.text, tools)
        if activity is None and scope.activity_id:
            return unknown_record(question, scope.activity_id, tools.playbook)
        if activity is None and scope.account:
            return listed(question, scope, tools)
        if activity is None:
            return ask_account(question, self.name, tools.playbook)
        if stored and stored.id not in current(tools.store, [stored.id]):
            judge_and_record(tools.store, tools.cascade, [stored])
        explained = tools.cascade.explain(activity)
        label = current(tools.store, [stored.id]).get(stored.id) if stored else None
        shown = Exhibits()
        verdict = label.verdict if label else explained.verdict
        facts = {
            "record": _record(activity, tools),
            "parts": [_part(m, activity, shown, tools) for m in activity.messages[:PARTS]],
            "part_count": len(activity.messages),
            "rules": [Spoke(r.name, r.says, r.because, r.quote) for r in explained.rules],
            "conflict": explained.conflict,
            "model": _opinion(explained.model) if explained.model else None,
            "llm": _asked(explained),
            "ruling": _ruling(verdict, label.by if label else "", activity, shown),
        }
        account = tools.book.account_by_id.get(activity.account_id or "")
        tasks = ("engagement_check", "account_summary", "help")
        suggestions = suggest(tools.playbook, question.language, tasks, account.name if account else "")
        manner = manner_asked(question)
        earlier = notice(tools.store, stored) if stored else ""
        notices = (earlier,) if earlier else ()
        return Brief(self.name, question.text, facts, shown.evidence, manner, notices, suggestions)


def pasted(text: str, tools: Toolbox) -> Activity | None:
    """The record that follows the ask, read as an import would; None when nothing follows."""
    body = pasted_part(text)
    if not body:
        return None
    headed = HEADED.search(body)
    kind = Kind.EMAIL if MAIL_HEAD.search(body) or headed else Kind.OTHER
    subject = headed[1].strip() if headed else ""
    raw = RawActivity("text", PASTED, kind, raw_subject=subject, raw_body=body, at=datetime.now(UTC))
    return threaded(raw, tools.ours)


def pasted_part(text: str) -> str:
    """What was pasted behind the ask: after its colon or its line; the whole when it begins like a record."""
    text = text.strip()
    if MAIL_HEAD.match(text) or text.startswith("["):
        return text
    line, newline, rest = text.partition("\n")
    ask, *behind = COLON.split(line, maxsplit=1)
    if behind and len(ask) <= INTRODUCTION:
        return (behind[0] + newline + rest).strip()
    return rest.strip() if newline and len(line) <= INTRODUCTION else ""


def _record(activity: Activity, tools: Toolbox) -> Record:
    claims = [activity.direction.value if activity.direction != "unknown" else "", activity.outcome]
    account = tools.book.account_by_id.get(activity.account_id or "")
    return Record(
        "" if activity.source == PASTED else activity.native_id,
        activity.kind.value,
        activity.subject or excerpt(activity.raw_subject, 120),
        activity.at.date() if activity.at and activity.source != PASTED else None,
        account.name if account else "",
        ", ".join(c for c in claims if c),
    )


def _part(message: Message, activity: Activity, shown: Exhibits, tools: Toolbox) -> Part:
    words = telling(message.text)
    who = message.author or message.address
    named = speaker(who, activity, tools.book) if who and message.side is Side.THEM else who
    said = shown.add(activity, words, named, message.side, message.at)
    return Part(message.side, named, message.at.date() if message.at else None, message.depth > 0, words, said.n)


def _opinion(view: View) -> Opinion:
    shares = sorted(view.probabilities, key=lambda pair: -pair[1])
    signs = tuple(name.replace("_", " ") for name, _ in view.strongest[:SIGNS])
    return Opinion(tuple((label, round(100 * share)) for label, share in shares), signs, view.read)


def _asked(explained: Explanation) -> Ruling | None:
    """What an LLM said, when it was asked."""
    said = explained.llm
    return None if said is None else _told(said, "", None)


def _ruling(verdict: Verdict, person: str, activity: Activity, shown: Exhibits) -> Ruling:
    side = next((m.side for m in activity.messages if verdict.quote and verdict.quote in m.text), Side.UNKNOWN)
    n = shown.add(activity, verdict.quote, "", side).n if verdict.quote.strip() else None
    return _told(verdict, person, n)


def _told(verdict: Verdict, person: str, n: int | None) -> Ruling:
    return Ruling(
        verdict.engagement,
        round(100 * verdict.confidence),
        verdict.because,
        verdict.quote,
        verdict.decided_by,
        verdict.undecided,
        person,
        n,
    )


if __name__ == "__main__":
    run_alone("activity_audit")
