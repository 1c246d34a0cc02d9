"""Who has left a company, or hands over to somebody else: as an automatic reply, a successor or our note says it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from agents.base import Toolbox
from agents.numbered_evidence import PASSAGE, Said, lines_in
from agents.read_log import ReadLog
from agents.reading.phrases import begun, without
from agents.reading.tokens import plain, words_of
from agents.reading.wordlists import word_list
from agents.whose_log import speaker, where_of
from crm.nouns import Activity, Brief, Contact, Filter, Kind, Message, Question, Scope, Side
from crm.threads.untrusted import without_orders

MOST = 20
SOON = 8  # words between "nicht mehr" and "tätig": the name of the company
BEFORE = 2  # words before "no longer" among which it may say that it is said of no person


@dataclass(frozen=True, slots=True)
class Leaving:
    """A sentence that says so, with the account; `automatic`: a program sent it from the person's mailbox."""

    said: Said
    account: str
    automatic: bool


def leaving_asked(text: str, of_person: bool = False, period: str = "") -> bool:
    """Whether the question is who has left, and about nothing else but a time; `text` is without names.

    `of_person` says that a person of theirs is named in it: "has Jo left?", "does Jo still work there?"
    """
    words, lists = without(words_of(text), {" ".join(words_of(period))})[0], word_list("leaving")
    left, gone = without(words, lists["gone"])
    left, still = without(left, lists["still"])
    left, who = without(left, lists["who"])
    return (of_person or (who and not still)) and (gone or still) and not without(left, lists["too"])[0]


def leaving(question: Question, scope: Scope, tools: Toolbox) -> Brief:
    """Every sentence on record that says so, the newest first; of one person where one is meant."""
    read = ReadLog.of(question, scope, tools, _where(scope))
    found: list[Leaving] = []
    told = set()
    for activity, message, sentence in _sentences(read.log.activities, scope.rep):
        key = " ".join(words_of(sentence))
        if key in told or not tells_of_leaving(key) or not _about(scope.contact, activity, message, key, tools):
            continue
        told.add(key)
        found.append(_told(activity, message, sentence, read))
    facts = {
        "person": scope.contact is not None,
        "rep": scope.rep,
        "rows": found[:MOST],
        "count": len(found),
        "more": len(found[MOST:]),
    }
    return read.brief("leaving", facts, "account_summary", "email_draft")


def tells_of_leaving(words: str) -> bool:
    """Whether plain words say that somebody left, is about to, or was followed by somebody."""
    lists, said = word_list("leaving"), words.split()
    if any(f" {phrase} " in f" {words} " for phrase in lists["left"]):
        return True
    for at in range(len(said)):
        size = begun(said[at:], lists["no_longer"])
        after, before = said[at + size : at + size + SOON], said[max(0, at - BEFORE) : at]
        if size and lists["nobody"].isdisjoint(before) and _holds(after, lists["employed"]):
            return True
    return False


def _holds(words: Sequence[str], phrases: frozenset[str]) -> bool:
    return any(begun(words[at:], phrases) for at in range(len(words)))


def _where(scope: Scope) -> Filter:
    """Of one person it may be a colleague who says so: the whole account is read."""
    if scope.contact is not None and scope.contact.account_id:
        return Filter(account_id=scope.contact.account_id, period=scope.period)
    return where_of(scope)


def _sentences(activities: Sequence[Activity], rep: str) -> Iterator[tuple[Activity, Message, str]]:
    """What customers, their mailboxes and our notes state; our own mails only pass on what somebody else said."""
    for activity in activities:
        if rep and plain(activity.owner) != plain(rep):
            continue
        for message in activity.messages:
            if message.side is Side.US and activity.kind is Kind.EMAIL:
                continue
            for sentence in lines_in(message.text):
                asks = sentence.rstrip("\"'”»)").endswith("?")
                if not asks and len(sentence) <= PASSAGE and without_orders(sentence) == sentence:
                    yield activity, message, sentence


def _about(contact: Contact | None, activity: Activity, message: Message, words: str, tools: Toolbox) -> bool:
    """Whether the sentence names the person who is meant, or stands in a mail of theirs; true where nobody is meant."""
    if contact is None:
        return True
    said, named = set(words.split()), words_of(contact.name)
    there = [c for c in tools.book.contacts_of(contact.account_id or "") if c.id != contact.id]
    alone = not any(said & set(words_of(c.name)) for c in there)
    called = bool(set(named[-1:]) & said) or (alone and bool(set(named) & said))
    wrote = bool(contact.email) and plain(message.address) == plain(contact.email)
    return called or wrote or _author(activity, message, tools) == contact.name


def _author(activity: Activity, message: Message, tools: Toolbox) -> str:
    if message.side is Side.US:
        return message.author or activity.owner
    return speaker(message.author, activity, tools.book)


def _told(activity: Activity, message: Message, sentence: str, read: ReadLog) -> Leaving:
    account = read.tools.book.account_by_id.get(activity.account_id or "")
    who = _author(activity, message, read.tools)
    said = read.shown.add(activity, sentence, who, message.side, message.at)
    name = account.name if account else ""
    return Leaving(replace(said, who=who), "" if name == read.about else name, message.side is Side.MACHINE)
