"""Gathers what a mail may say: from conversations only, and from what the customer themselves wrote.

Where there was no conversation it says so and offers an introduction, which claims nothing. Nothing is sent.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agents.account_summary import account_of
from agents.asking import ask_account
from agents.base import Toolbox, judge_first, judged_log, run_alone
from agents.dialogue.asks import asked_for
from agents.dialogue.mail_wish import MailWish, mail_wish
from agents.dialogue.manner import WRITTEN as WRITTEN_IN
from agents.exhibits import SUBSTANCE, Exhibits, Said, questions_in, sentences_in, telling
from agents.outlook import holds
from agents.reading.language import language_of
from agents.reading.tokens import plain, words_of
from agents.reading.wordlists import word_list
from agents.suggestions import suggest
from agents.who import speaker
from crm.engagement.timeline import Touch, conversations, their_messages, timeline
from crm.nouns import Account, Activity, Brief, Contact, Engagement, Filter, Kind, Label, Manner, Question, Scope, Side
from crm.quoting import folded
from crm.records.book import Book
from crm.records.store import Store
from crm.threads.untrusted import without_orders

SILENT_DAYS = 45  # after so long without a word from them a mail asks whether the matter is still alive
QUOTABLE = range(25, 170)  # characters of theirs that a mail may give back
UNQUOTABLE = re.compile(r"https?:|www\.|@|\d{7}|[<>{}\[\]|]", re.IGNORECASE)
STEM = 5  # letters that two forms of a word share
MENTIONED = 5  # records looked at for what they said about something
ADDRESSED = re.compile(r"(?:\w+[.]?\s){0,3}\w+,\s")  # "Dear Ola, ...", "Pavel, ...": said to somebody by name
HEARD = 8  # of their latest messages, to tell in which language they write
NO_DRAFT = "no_draft"  # the task of saying that nobody is there to write to
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
class Mention:
    """What the mail should bring up too; `said` are their words about it, when they said any."""

    words: str
    said: Said | None


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
        wish = mail_wish(question)
        talks = conversations(engaged.activities, engaged.labels, as_of)
        named = scope.contact or _named_in(question.text, tools.book.contacts_of(account.id))
        touch, who = _last_with(talks, named, account, tools.book)
        if who is None:
            return _nobody(question, account, named, wish, tools)
        kind = kind_of(wish, touch, as_of)
        formal = _formal(wish, who)
        shown = Exhibits()
        last = _exchange(touch, shown, tools.book) if touch and kind not in ("nothing", "introduction") else None
        grounds = _grounds(last, account, as_of, shown, tools)
        facts = {
            "kind": kind,
            "account": account.name,
            "person": named.name if named else "",
            "to": Recipient(who.name, _first_name(who.name), who.email),
            "sender": question.asked_by or account.owner or (engaged.activities[0].owner if engaged.activities else ""),
            "formal": formal,
            "soft": wish.soft,
            "product": _product(account, tools.book),
            "opted_out": _opted_out(account, tools.book),
            "variant": _variant(touch.activity.id if touch else account.id),
            "considered": len(talks),
            "existing": tools.store.count(Filter(account_id=account.id)),
            "as_of": scope.as_of,
            **grounds,
            "mention": _mention(wish.mention, last.words if last else "", account, shown, tools),
        }
        language = wish.language or _language(question, touch, engaged.activities)
        manner = Manner(language, wish.tone or ("professional" if formal else "friendly"), wish.length)
        offered = ("introduction", "engagement_check") if kind == "nothing" else ("engagement_check", "account_summary")
        suggestions = suggest(tools.playbook, question.language, offered, account.name)
        notices = tuple(_notices(wish, kind, len(talks)))
        return Brief(self.name, question.text, facts, shown.evidence, manner, notices, suggestions)


def _nobody(question: Question, account: Account, named: Contact | None, wish: MailWish, tools: Toolbox) -> Brief:
    """Nobody may be written to: a sentence from a template, whoever else writes; no model is given the chance."""
    facts = {
        "account": account.name,
        "person": named.name if named else "",
        "opted_out": _opted_out(account, tools.book),
    }
    language = wish.language or (question.language if question.language in WRITTEN_IN else "en")
    suggestions = suggest(tools.playbook, question.language, ("engagement_check", "account_summary"), account.name)
    return Brief(NO_DRAFT, question.text, facts, manner=Manner(language), suggestions=suggestions)


def _opted_out(account: Account, book: Book) -> list[str]:
    return [c.name for c in book.contacts_of(account.id) if not _may_get_mail(c, book)]


def _may_get_mail(contact: Contact, book: Book) -> bool:
    """Nobody who opted out under this address, on whichever row of theirs it stands."""
    mail = contact.email.casefold()
    return not any(c.opted_out and (c is contact or (mail and c.email.casefold() == mail)) for c in book.contacts)


def kind_of(wish: MailWish, touch: Touch | None, as_of: date) -> str:
    """What is wished, as far as the record allows: a refusal is respected, no silence is broken that is none."""
    if wish.kind == "introduction":
        return "introduction"
    if touch is None:
        return "nothing"
    if touch.side is Side.THEM and holds(touch.text, "refusal"):
        return "declined"
    if wish.kind == "reengagement" and as_of - touch.day <= timedelta(days=SILENT_DAYS):
        return "follow_up"
    return wish.kind or "follow_up"


def _notices(wish: MailWish, kind: str, talks: int) -> Iterator[str]:
    if wish.kind == "reengagement" and kind == "follow_up":
        yield f"They talked with us in the last {SILENT_DAYS} days: this is a follow-up, there is no silence to break."
    if kind == "introduction" and talks:
        yield f"There were already {talks} moments of real contact with this account: a follow-up may fit better."


def _formal(wish: MailWish, who: Contact) -> bool:
    """A name in full for somebody senior, or where a formal tone is asked for."""
    senior = asked_for(who.title, "senior")
    return wish.tone == "professional" or (senior and wish.tone != "friendly")


def _first_name(name: str) -> str:
    """Without a title before it: Dr. Katrin Hollerbach is Katrin."""
    parts = [part for part in name.split() if plain(part).rstrip(".") not in word_list("asks")["titles"]]
    return parts[0] if parts else name


def _product(account: Account, book: Book) -> str:
    """What the newest open deal is about."""
    deals = [d for d in book.deals_of(account.id) if d.open]
    newest = max(deals, key=lambda d: d.created_at.timestamp() if d.created_at else 0.0, default=None)
    return (newest.product or newest.name) if newest else ""


def _mention(words: str, quoted: str, account: Account, shown: Exhibits, tools: Toolbox) -> Mention | None:
    """Their own sentence about it, from a conversation, where there is one that the mail does not quote already."""
    wanted = {w[:STEM] for w in words_of(words) if len(w) >= STEM}
    if not words or wanted & {w[:STEM] for w in words_of(quoted)}:
        return None
    where = Filter(account_id=account.id, side=Side.THEM, engagement=Engagement.ENGAGED)
    for hit in tools.search.find(words, where, MENTIONED).hits:
        for message in their_messages(hit.activity):
            for sentence in sentences_in(message.text):
                stems = {w[:STEM] for w in words_of(sentence)}
                if wanted & stems and _quotable(sentence):
                    who = speaker(message.author or message.address, hit.activity, tools.book)
                    return Mention(words, shown.add(hit.activity, sentence, who, message.side, message.at))
    return Mention(words, None)


def _grounds(
    last: Exchange | None, account: Account, as_of: date, shown: Exhibits, tools: Toolbox
) -> dict[str, object]:
    """What a follow-up stands on: the last exchange, the next meeting, and what the mail is for."""
    meeting = _meeting(account, as_of, tools.store) if last else None
    return {
        "last": last,
        "meeting": shown.record(meeting) if meeting else None,
        "situation": _situation(last, meeting is not None, as_of),
    }


def _language(question: Question, touch: Touch | None, engaged: Sequence[Activity]) -> str:
    """That of most of the customer's latest messages, else the question's."""
    theirs = [touch.text] if touch and touch.side is Side.THEM else []
    theirs += [m.text for a in engaged for m in their_messages(a)[:1]][:HEARD]
    if not theirs:
        return question.language if question.language in WRITTEN_IN else "en"
    spoken = Counter(language_of(text) for text in theirs).most_common(1)[0][0]
    return spoken if spoken in WRITTEN_IN else "en"


def _named_in(text: str, people: Sequence[Contact]) -> Contact | None:
    """The one person there whose first or last name the question holds."""
    words = set(words_of(text))
    found = [c for c in people if any(len(part) > 2 and part in words for part in words_of(c.name))]
    return found[0] if len(found) == 1 else None


def _last_with(
    talks: Sequence[Touch], named: Contact | None, account: Account, book: Book
) -> tuple[Touch | None, Contact | None]:
    """The last conversation and whom it was with: the person who was named, else anybody who did not opt out.

    A mail never gives one person back what another one said.
    """
    for touch in talks:
        who = _partner(touch, account, book)
        if who and named in (None, who) and _may_get_mail(who, book):
            return touch, who
    anybody = [named] if named else book.contacts_of(account.id)
    return None, next((c for c in anybody if c.name and _may_get_mail(c, book)), None)


def _partner(touch: Touch, account: Account, book: Book) -> Contact | None:
    """The person at the account who spoke; for a note of ours, the first one who is on its record."""
    there = book.contacts_of(account.id)
    if touch.side is Side.THEM:
        said = speaker(touch.who, touch.activity, book)
        return next((c for c in there if plain(said) in (plain(c.name), plain(c.email))), None)
    return next((c for i in touch.activity.contact_ids for c in there if c.id == i), None)


def _exchange(touch: Touch, shown: Exhibits, book: Book) -> Exchange:
    theirs = touch.text if touch.side is Side.THEM else ""
    asked = [q for q in questions_in(theirs) if _quotable(q)]
    told = [s for s in sentences_in(theirs) if _quotable(s) and len(s) >= SUBSTANCE and not ADDRESSED.match(s)]
    words = asked[-1] if asked else max(told, key=len, default="")
    words = next((s for s in sentences_in(theirs) if holds(s, "refusal")), words)
    who = speaker(touch.who, touch.activity, book)
    said = shown.add(touch.activity, words or telling(touch.text), who, touch.side, touch.at)
    wrote = touch.side is Side.THEM and touch.activity.kind in WRITTEN
    topic = folded(touch.activity.subject) if wrote and touch.activity.kind is Kind.EMAIL else ""
    return Exchange(said, folded(words), bool(asked), wrote, topic)


def _quotable(words: str) -> bool:
    """Short enough to give back, and addressed to us: no link, no code, no order to a program."""
    return len(words) in QUOTABLE and not UNQUOTABLE.search(words) and without_orders(words) == words


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
