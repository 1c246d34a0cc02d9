"""Dates mails that came without a day: where another mail quotes one with its day, it was written on that day.

Outlook's own export has no column of dates, and a reply tells when it was written what it answers. The same words of
the same writer are the same mail only where no other one could be meant; whatever is not told so stays undated.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Text, and_, cast, or_, select
from sqlalchemy.engine import Connection, Row

from crm.intake.quoted_days import ENOUGH, MOST
from crm.nouns import Kind
from crm.records.activity_row import told_at
from crm.records.db import activities
from crm.records.store import Store
from crm.threads.people import Person, same

DAY_FROM = "@day_from"  # where a record keeps the id of the one whose quote told its day
FEWEST = 12  # characters of a mail under the same title: "Got it, thank you." is known by both
_KEY = 12  # by so many first characters mails are laid beside each other, before they are compared


class _Words(NamedTuple):
    """What somebody wrote, in a mail of its own or as another one quotes it."""

    mail: Row[Any]
    text: str
    writer: Person
    at: datetime | None

    @property
    def key(self) -> str:
        return self.text[:_KEY]


def date_undated(store: Store) -> int:
    """Gives each mail without a day of its own the day that a quote of it tells, and takes back what none tells now.

    It may be done again at any time, after whatever came or went; how many rows changed.
    """
    with store.reading() as connection:
        undated = connection.execute(_UNDATED).all()
        told = _days(connection, {_own(mail).key for mail in undated}) if undated else {}
    changed = [one for mail in undated if (one := _changed(mail, told.get(mail.number)))]
    if changed:
        with store.writing() as connection:
            for number, values in changed:
                connection.execute(activities.update().where(activities.c.number == number).values(values))
    return len(changed)


def day_told_by(store: Store, activity_id: str) -> str:
    """The id of the record whose quote told the day of this one; empty where it has its own, or none."""
    with store.reading() as connection:
        extra = connection.execute(select(_C.extra).where(_C.id == activity_id)).scalar()
    return str((extra or {}).get(DAY_FROM, ""))


_C = activities.c
_TAKEN = cast(_C.extra, Text).contains(f'"{DAY_FROM}"', autoescape=True)
_WITHOUT = and_(_C.kind == Kind.EMAIL.value, or_(_C.at.is_(None), _TAKEN))
_COLUMNS = (_C.number, _C.id, _C.subject, _C.at, _C.told_at, _C.messages, _C.extra)
_WORDED = cast(_C.messages, Text) != "[]"
_UNDATED: Any = select(*_COLUMNS).where(_WITHOUT, _WORDED)
_MAILS: Any = select(*_COLUMNS).where(_C.kind == Kind.EMAIL.value, _WORDED).order_by(_C.number)


def _days(connection: Connection, keys: Collection[str]) -> dict[int, tuple[datetime, str]]:
    """The day of each mail without one that a quote tells, with the id of the mail that quotes it.

    `keys`: how these mails begin, for no other words need be remembered.
    """
    written: defaultdict[str, list[_Words]] = defaultdict(list)
    quoted: list[_Words] = []
    for mail in connection.execute(_MAILS):
        for n in range(len(mail.messages)):
            words = _words(mail, n)
            if words.key in keys and n == 0:
                written[words.key].append(words)
            elif words.key in keys and words.at is not None:
                quoted.append(words)
    days: defaultdict[int, dict[datetime, str]] = defaultdict(dict)
    for quote in quoted:
        meant = [one for one in written[quote.key] if _is_of(quote, one)]
        if len(meant) == 1 and meant[0].at is None and quote.at is not None:
            days[meant[0].mail.number].setdefault(quote.at, quote.mail.id)
    return {number: next(iter(found.items())) for number, found in days.items() if len(_dates(found)) == 1}


def _dates(found: Mapping[datetime, str]) -> set[date]:
    return {at.date() for at in found}


def _own(mail: Row[Any]) -> _Words:
    return _words(mail, 0)


def _words(mail: Row[Any], n: int) -> _Words:
    """The mail's own words, or those that it quotes; its own day only where it came with one."""
    _, author, address, at, text, *_ = mail.messages[n]
    own = None if DAY_FROM in mail.extra else mail.at
    day = own if n == 0 else datetime.fromisoformat(at) if at else None
    return _Words(mail, " ".join(text.split()).casefold(), Person(author, address), day)


def _is_of(quote: _Words, mail: _Words) -> bool:
    """Whether the quote is of this mail: its writer and its words, which a quote may cut short or leave unsigned."""
    if quote.mail.number == mail.mail.number or not same(quote.writer, mail.writer):
        return False
    enough = FEWEST if quote.mail.subject.casefold() == mail.mail.subject.casefold() else ENOUGH
    return len(quote.text) >= enough and mail.text.startswith(quote.text[:MOST])


def _changed(mail: Row[Any], told: tuple[datetime, str] | None) -> tuple[int, dict[str, Any]] | None:
    """The mail's columns where another day is told of it than it has."""
    at, by = told or (None, "")
    kept = {name: said for name, said in mail.extra.items() if name != DAY_FROM}
    extra = kept | ({DAY_FROM: by} if by else {})
    messages = _first_of(mail.messages, at)
    values = {"at": at, "extra": extra, "messages": messages, "told_at": told_at(Kind.EMAIL, messages, at)}
    before = {"at": mail.at, "extra": mail.extra, "messages": mail.messages, "told_at": mail.told_at}
    return None if values == before else (mail.number, values)


def _first_of(messages: Sequence[Sequence[Any]], at: datetime | None) -> list[list[Any]]:
    day = at.isoformat() if at else None
    return [[*m[:3], day, *m[4:]] if n == 0 else list(m) for n, m in enumerate(messages)]
