"""Gathers what a mail may say: from conversations only, and from what the customer themselves wrote.

Where there was no conversation it says so and offers an introduction, which claims nothing. Nothing is sent.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from agents.account_summary import account_of
from agents.base import Toolbox, judge_first, judged_log, run_alone
from agents.dialogue.mail_wish import MailWish, mail_wish
from agents.dialogue.manner import WRITTEN as WRITTEN_IN
from agents.dialogue.task_phrases import asked_for
from agents.fallback_briefs import ask_account
from agents.mail.address import last_writer, with_address, writer_called
from agents.mail.conveyed import conveyed, conveyed_notices, names_at, period_of_log
from agents.mail.grounds import Grounds, exchange, further, promised, situation
from agents.mail.mention import mention
from agents.mail.recipient import (
    Recipient,
    formally,
    hot,
    last_with,
    may_get_mail,
    named_in,
    opted_out,
    partner,
    stranger_in,
)
from agents.next_steps import SILENT_DAYS
from agents.numbered_evidence import Exhibits
from agents.reading.language import language_of
from agents.reading.tokens import plain
from agents.statements import holds
from agents.suggestions import suggest
from crm.engagement.timeline import Touch, conversations, their_messages, timeline
from crm.nouns import (
    Account,
    Activity,
    Brief,
    Contact,
    Engagement,
    Filter,
    Kind,
    Label,
    Manner,
    Question,
    Scope,
    Side,
)
from crm.records.book import Book
from crm.records.store import Store
from crm.scoring.points import LeadScale

NO_DRAFT = "no_draft"  # the task of saying that nobody is there to write to
STRANGER = "Nobody called “{}” is on record at {}: this mail is to {}."
HEARD = 8  # of their latest messages, to tell in which language they write


@dataclass(frozen=True, slots=True)
class Mailing:
    """The mail as it is wished: by whom, to whom, as of which day."""

    account: Account
    who: Contact
    sender: str
    as_of: date
    wish: MailWish


@dataclass(frozen=True, slots=True)
class EmailDraft:
    """The agent."""

    name: str = "email_draft"

    def gather(self, question: Question, scope: Scope, tools: Toolbox) -> Brief:
        account = account_of(scope, tools)
        if account is None:
            return ask_account(question, self.name, tools.playbook)
        judge_first(tools, Filter(account_id=account.id))
        as_of = scope.as_of or date.max
        wish = mail_wish(question, names_at(account, tools.book))
        where = Filter(account_id=account.id, period=period_of_log(scope, wish), engagement=Engagement.ENGAGED)
        engaged = judged_log(tools, where)
        if where.period and not engaged.activities:  # "the offer of 28 May", "I'll call on Tuesday": no time to look in
            engaged = judged_log(tools, replace(where, period=None))
        talks = conversations(engaged.activities, engaged.labels, as_of)
        stranger = stranger_in(wish.asked, account, tools.book)
        named = scope.contact or named_in(wish.asked, tools.book.contacts_of(account.id))
        named = named or (writer_called(stranger, account, tools) if stranger else None)
        touch, who = last_with(talks, named or last_writer(account, tools), account, tools.book)
        if who is None:
            return _nobody(question, account, named, wish, tools)
        sender = question.asked_by or account.owner or (engaged.activities[0].owner if engaged.activities else "")
        who = who if named else _newcomer(wish, talks, account, sender, tools.book) or who
        who = with_address(who, tools)
        if not may_get_mail(who, tools.book):  # somebody with this address asked for none
            return _nobody(question, account, named, wish, tools)
        kind = kind_of(wish, touch, as_of)
        mail, shown = Mailing(account, who, sender, as_of, wish), Exhibits()
        going_on = touch if kind not in ("nothing", "introduction") else None
        found = _grounds(going_on, talks, mail, shown, tools)
        language = wish.language or _language(question, touch, engaged.activities)
        say = conveyed(wish, question, language)
        facts = {
            "kind": kind,
            "person": named.name if named else "",
            **_addressed(mail, tools),
            "variant": _variant(touch.activity.id if touch else account.id),
            "considered": len(talks),
            "existing": tools.store.count(Filter(account_id=account.id)),
            "as_of": scope.as_of,
            "last": found.last,
            "further": found.further,
            "promised": found.promised,
            "meeting": found.meeting,
            "situation": found.situation,
            "mention": mention(wish.mention, found.last.words if found.last else "", who, shown, tools),
            "say": say,
        }
        manner = Manner(language, wish.tone or ("professional" if formally(wish, who) else "friendly"), wish.length)
        offered = ("introduction", "engagement_check") if kind == "nothing" else ("engagement_check", "account_summary")
        suggestions = suggest(tools.playbook, question.language, offered, account.name)
        notices = (
            *([STRANGER.format(stranger, account.name, who.name)] if stranger and named is None else []),
            *_notices(wish, kind, found.situation, len(talks)),
            *conveyed_notices(say, who.name, language, tools.playbook),
        )
        return Brief(self.name, question.text, facts, shown.evidence, manner, notices, suggestions)


def _addressed(mail: Mailing, tools: Toolbox) -> dict[str, object]:
    """Who writes to whom about what, and how."""
    return {
        "account": mail.account.name,
        "to": Recipient.of(mail.who),
        "sender": mail.sender,
        "formal": formally(mail.wish, mail.who),
        "soft": mail.wish.soft,
        "product": _product(mail.account, tools.book),
        "opted_out": opted_out(mail.account, tools.book),
        "soon": hot(mail.who, tools.book, LeadScale.read(tools.playbook), mail.as_of),
    }


def _nobody(question: Question, account: Account, named: Contact | None, wish: MailWish, tools: Toolbox) -> Brief:
    """Nobody may be written to: a sentence from a template, whoever else writes; no model is given the chance."""
    facts = {
        "account": account.name,
        "person": named.name if named else "",
        "opted_out": opted_out(account, tools.book),
    }
    language = wish.language or (question.language if question.language in WRITTEN_IN else "en")
    suggestions = suggest(tools.playbook, question.language, ("engagement_check", "account_summary"), account.name)
    return Brief(NO_DRAFT, question.text, facts, manner=Manner(language), suggestions=suggestions)


def kind_of(wish: MailWish, touch: Touch | None, as_of: date) -> str:
    """What is wished, as far as the record allows: a refusal is respected, no silence is broken that is none."""
    if touch is not None and touch.side is Side.THEM and holds(touch.text, "refusal"):
        return "declined"
    if wish.kind == "introduction":
        return "introduction"
    if wish.say and (touch is None or not wish.kind):
        return "message"
    if touch is None:
        return "nothing"
    fresh = wish.kind == "reengagement" and as_of - touch.day <= timedelta(days=SILENT_DAYS)
    if fresh or _complains(touch):
        return "follow_up"
    return wish.kind or "follow_up"


def _notices(wish: MailWish, kind: str, situation: str, talks: int) -> Iterator[str]:
    if situation == "complaint" and kind == "message":
        yield "Their last words are a complaint, of which this mail does not speak."
    elif situation == "complaint" and wish.kind not in ("", kind):
        yield "Their last words are a complaint: this mail asks how that stands before anything else."
    elif wish.kind == "reengagement" and kind == "follow_up":
        yield f"They talked with us in the last {SILENT_DAYS} days: this is a follow-up, there is no silence to break."
    if kind == "introduction" and talks:
        yield f"There were already {talks} moments of real contact with this account: a follow-up may fit better."


def _product(account: Account, book: Book) -> str:
    """What the newest open deal is about."""
    deals = [d for d in book.deals_of(account.id) if d.open]
    newest = max(deals, key=lambda d: d.created_at.timestamp() if d.created_at else 0.0, default=None)
    return (newest.product or newest.name) if newest else ""


def _grounds(touch: Touch | None, talks: Sequence[Touch], mail: Mailing, shown: Exhibits, tools: Toolbox) -> Grounds:
    """What goes on from the last conversation; nothing where there was none. A short mail keeps to one point."""
    if touch is None:
        return Grounds()
    last = exchange(touch, shown, tools.book)
    meeting = _meeting(mail.account, mail.as_of, tools.store)
    met = shown.record(meeting) if meeting else None
    why = situation(last, meeting is not None, _complains(touch), mail.as_of)
    if mail.wish.mention or mail.wish.say or mail.wish.length == "short":
        return Grounds(last, meeting=met, situation=why)
    with_them = [t for t in talks if partner(t, mail.account, tools.book) == mail.who]
    lately = touch.day - timedelta(days=SILENT_DAYS)
    ours = promised(with_them, mail.sender, lately, shown)
    return Grounds(last, None if ours else further(with_them, touch, shown, tools.book), ours, met, why)


def _complains(touch: Touch) -> bool:
    return touch.side is Side.THEM and holds(touch.text, "complaint")


def _newcomer(wish: MailWish, talks: Sequence[Touch], account: Account, sender: str, book: Book) -> Contact | None:
    """For an introduction: somebody there who has not talked with us yet, the senior first; nobody for any other mail.

    Whoever did not hold those talks may introduce themselves to those who did.
    """
    held = any(plain(sender) in (plain(t.activity.owner), plain(t.who)) for t in talks)
    if wish.kind != "introduction" or not held:
        return None
    known = {c.id for t in talks if (c := partner(t, account, book))}
    known |= {i for t in talks for i in t.activity.contact_ids}
    new = [c for c in book.contacts_of(account.id) if c.id not in known and c.name and may_get_mail(c, book)]
    return min(new, key=lambda c: not asked_for(c.title, "senior"), default=None)


def _language(question: Question, touch: Touch | None, engaged: Sequence[Activity]) -> str:
    """That of most of the customer's latest messages, else the question's."""
    theirs = [touch.text] if touch and touch.side is Side.THEM else []
    theirs += [m.text for a in engaged for m in their_messages(a)[:1]][:HEARD]
    if not theirs:
        return question.language if question.language in WRITTEN_IN else "en"
    spoken = Counter(language_of(text) for text in theirs).most_common(1)[0][0]
    return spoken if spoken in WRITTEN_IN else "en"


def _meeting(account: Account, as_of: date, store: Store) -> Activity | None:
    nobody: dict[str, Label] = {}
    events = store.activities(Filter(account_id=account.id, kinds=frozenset({Kind.EVENT})))
    return timeline(events, nobody, as_of).meeting


def _variant(seed: str) -> int:
    """A number that the same evidence always gives, so that drafts differ between customers and not between runs."""
    return hashlib.blake2b(seed.encode(), digest_size=2).digest()[0]


if __name__ == "__main__":
    run_alone("email_draft")
