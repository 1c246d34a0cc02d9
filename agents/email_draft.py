"""Gathers what a mail may say: from conversations only, and from what the customer themselves wrote.

Where there was no conversation it says so and offers an introduction, which claims nothing. Nothing is sent.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agents.account_summary import account_of
from agents.asking import ask_account
from agents.base import Toolbox, judge_first, judged_log, run_alone
from agents.exhibits import Exhibits, Said, questions_in, telling
from agents.language import language_of
from agents.suggestions import suggest
from agents.tokens import plain, words_of
from agents.who import speaker
from agents.wordlists import word_list
from crm.engagement.timeline import Timeline, Touch, their_messages, timeline
from crm.nouns import Account, Activity, Brief, Contact, Engagement, Filter, Kind, Label, Manner, Question, Scope, Side
from crm.quoting import folded
from crm.records.book import Book
from crm.records.store import Store

SILENT_DAYS = 45  # after so long without a word from them a mail asks whether the matter is still alive
QUOTABLE = range(25, 170)  # characters of theirs that a mail may give back
UNQUOTABLE = re.compile(r"https?:|www\.|@|\d{7}|[<>{}\[\]|]", re.IGNORECASE)
LANGUAGES = ("en", "fr", "de", "es", "pt", "it")
WRITTEN = frozenset({Kind.EMAIL, Kind.TASK, Kind.OTHER})


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom the mail goes to."""

    name: str
    first: str
    email: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """The last conversation, as a mail refers to it.

    `words` are a sentence of theirs worth giving back, or nothing; `asks` tells that it is a question;
    `wrote` tells that they wrote rather than spoke; `topic` is the subject of their mail.
    """

    said: Said
    words: str
    asks: bool
    wrote: bool
    topic: str


@dataclass(frozen=True, slots=True)
class EmailDraft:
    """The agent."""

    name: str = "email_draft"

    def gather(self, question: Question, scope: Scope, tools: Toolbox) -> Brief:
        account = account_of(scope, tools)
        if account is None:
            return ask_account(question, self.name, tools.playbook)
        judge_first(tools, Filter(account_id=account.id))
        engaged = judged_log(tools, Filter(account_id=account.id, period=scope.period, engagement=Engagement.ENGAGED))
        as_of = scope.as_of or date.max
        line = timeline(engaged.activities, engaged.labels, as_of)
        shown = Exhibits()
        who = _recipient(account, line, engaged.activities, scope, tools.book)
        last = _exchange(line.two_way, shown, tools.book) if line.two_way else None
        wants_intro = _asked(question.text, "introduction")
        kind = "introduction" if wants_intro else "follow_up" if last and who else "nothing"
        meeting = _meeting(account, as_of, tools.store)
        facts = {
            "kind": kind,
            "account": account.name,
            "to": who,
            "sender": question.asked_by or account.owner or (engaged.activities[0].owner if engaged.activities else ""),
            "last": last if kind != "introduction" else None,
            "situation": _situation(last, meeting is not None, as_of),
            "meeting": shown.record(meeting) if meeting and kind == "follow_up" else None,
            "opted_out": _opted_out(account, tools.book),
            "variant": _variant(line.two_way.activity.id if line.two_way else account.id),
            "considered": len(engaged.activities),
            "existing": tools.store.count(Filter(account_id=account.id)),
            "as_of": scope.as_of,
        }
        language = _language(question, engaged.activities)
        tasks = ("introduction", "engagement_check") if kind == "nothing" else ("engagement_check", "account_summary")
        if kind == "nothing" and not who:
            tasks = ("engagement_check", "account_summary")
        suggestions = suggest(tools.playbook, question.language, tasks, account.name)
        return Brief(
            self.name, question.text, facts, shown.evidence, Manner(language=language), suggestions=suggestions
        )


def _asked(text: str, group: str) -> bool:
    asked = f" {' '.join(words_of(text))} "
    return any(f" {words} " in asked for words in word_list("asks")[group])


def _language(question: Question, engaged: Sequence[Activity]) -> str:
    """The one that was asked for, else that of the customer's own latest words, else the question's."""
    named = next((code for code in LANGUAGES if _asked(question.text, f"write_{code}")), "")
    theirs = " ".join(m.text for a in engaged[:5] for m in their_messages(a)[:1])[:2000]
    if named or not theirs:
        return named or (question.language if question.language in LANGUAGES else "en")
    spoken = language_of(theirs)
    return spoken if spoken in LANGUAGES else "en"


def _recipient(
    account: Account, line: Timeline, engaged: Sequence[Activity], scope: Scope, book: Book
) -> Recipient | None:
    """The person who was named, else who talked to us last, else anybody there; never one who opted out."""
    people = book.contacts_of(account.id)
    spoke = [speaker(line.two_way.who, line.two_way.activity, book)] if line.two_way else []
    by_name = [c for name in spoke for c in people if name and plain(name) in (plain(c.name), plain(c.email))]
    on_record = [book.contact_by_id[i] for a in engaged for i in a.contact_ids if i in book.contact_by_id]
    wanted = (
        [scope.contact] if scope.contact else [*by_name, *(c for c in on_record if c.account_id == account.id), *people]
    )
    chosen = next((c for c in wanted if not c.opted_out and c.name), None)
    return _named(chosen) if chosen else None


def _named(contact: Contact) -> Recipient:
    return Recipient(contact.name, contact.name.split()[0], contact.email)


def _opted_out(account: Account, book: Book) -> list[str]:
    return [c.name for c in book.contacts_of(account.id) if c.opted_out]


def _exchange(touch: Touch, shown: Exhibits, book: Book) -> Exchange:
    theirs = touch.text if touch.side is Side.THEM else ""
    asked = [q for q in questions_in(theirs) if _quotable(q)]
    told = telling(theirs) if theirs else ""
    words = asked[-1] if asked else told if _quotable(told) else ""
    who = speaker(touch.who, touch.activity, book)
    said = shown.add(touch.activity, words or telling(touch.text), who, touch.side, touch.at)
    wrote = touch.side is Side.THEM and touch.activity.kind in WRITTEN
    topic = folded(touch.activity.subject) if wrote and touch.activity.kind is Kind.EMAIL else ""
    return Exchange(said, folded(words), bool(asked), wrote, topic)


def _quotable(words: str) -> bool:
    return len(words) in QUOTABLE and not UNQUOTABLE.search(words)


def _situation(last: Exchange | None, meeting: bool, as_of: date) -> str:
    """What the mail is for: one clear ask follows from it."""
    if meeting:
        return "meeting"
    if last is None or last.said.day is None:
        return "open"
    if as_of - last.said.day > timedelta(days=SILENT_DAYS):
        return "silent"
    return "question" if last.asks else "open"


def _meeting(account: Account, as_of: date, store: Store) -> Activity | None:
    nobody: dict[str, Label] = {}
    events = store.activities(Filter(account_id=account.id, kinds=frozenset({Kind.EVENT})))
    return timeline(events, nobody, as_of).meeting


def _variant(seed: str) -> int:
    """A number that the same evidence always gives, so that drafts differ between customers and not between runs."""
    return hashlib.blake2b(seed.encode(), digest_size=2).digest()[0]


if __name__ == "__main__":
    run_alone("email_draft")
