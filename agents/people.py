"""Who at a customer talked with us: how often, when last, in which words of their own."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from agents.base import Log
from agents.numbered_evidence import Exhibits, Said
from agents.reading.tokens import plain
from agents.whose_log import speaker
from crm.engagement.timeline import is_conversation, talk
from crm.nouns import Activity, Contact, Side
from crm.records.book import Book


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the account; `engaged` counts the conversations that name them, `last` is the newest.

    `said` are their own words, or our note of a talk with them; None when neither stands on record.
    """

    name: str
    title: str
    engaged: int
    last: date | None
    said: Said | None
    opted_out: bool


def people_of(account_id: str, log: Log, shown: Exhibits, book: Book, until: date = date.max) -> list[Person]:
    """Those who talked first, the latest first; then the others by name. Conversations after `until` do not count."""
    engaged = [a for a in log.activities if is_conversation(log.labels.get(a.id)) and a.at and a.at.date() <= until]
    counts = Counter(i for a in engaged for i in a.contact_ids)
    people = [_person(c, counts[c.id], engaged, log, shown, book) for c in book.contacts_of(account_id)]
    return sorted(people, key=lambda p: (p.last is None, -(p.last or date.min).toordinal(), p.name))


def _person(contact: Contact, count: int, engaged: list[Activity], log: Log, shown: Exhibits, book: Book) -> Person:
    theirs = [a for a in engaged if contact.id in a.contact_ids]
    last = theirs[0].at.date() if theirs and theirs[0].at else None
    said = next((s for a in theirs if (s := _own_words(a, contact, log, shown, book))), None)
    return Person(contact.name, contact.title, count, last, said, contact.opted_out)


def _own_words(activity: Activity, contact: Contact, log: Log, shown: Exhibits, book: Book) -> Said | None:
    touch = talk(activity, log.labels)
    if touch is None:
        return None
    if touch.side is Side.THEM and plain(speaker(touch.who, activity, book)) != plain(contact.name):
        return None
    return shown.touch(touch, book)
