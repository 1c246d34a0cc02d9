"""Who at a customer talked with us: how often, when last, in which words of their own."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from agents.base import Log
from agents.numbered_evidence import Exhibits, Said
from agents.reading.tokens import plain
from agents.whose_log import speaker
from crm.engagement.timeline import Touch, conversations
from crm.nouns import Contact, Side
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


def people_of(
    account_id: str, log: Log, shown: Exhibits, book: Book, until: date = date.max, since: date = date.min
) -> list[Person]:
    """Those who talked first, the latest first; then the others by name. Only conversations of these days count."""
    talks = [t for t in conversations(log.activities, log.labels, until) if t.day >= since]
    counts = Counter(i for t in talks for i in t.activity.contact_ids)
    people = [_person(c, counts[c.id], talks, shown, book) for c in book.contacts_of(account_id)]
    return sorted(people, key=lambda p: (p.last is None, -(p.last or date.min).toordinal(), p.name))


def _person(contact: Contact, count: int, talks: list[Touch], shown: Exhibits, book: Book) -> Person:
    theirs = [t for t in talks if contact.id in t.activity.contact_ids]
    last = theirs[0].day if theirs else None
    said = next((s for t in theirs if (s := _own_words(t, contact, shown, book))), None)
    return Person(contact.name, contact.title, count, last, said, contact.opted_out)


def _own_words(touch: Touch, contact: Contact, shown: Exhibits, book: Book) -> Said | None:
    if touch.side is Side.THEM and plain(speaker(touch.who, touch.activity, book)) != plain(contact.name):
        return None
    return shown.touch(touch, book)
