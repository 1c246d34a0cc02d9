"""Dates quotes that carry no day: what a mail of ours quotes was said in the record that holds the same words.

A bare quote, of which not even a head tells who wrote it, is whose that record is.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Text, cast, or_, select
from sqlalchemy.engine import Row

from crm.nouns import Kind, Side
from crm.records.activity_row import told_at
from crm.records.db import activities
from crm.records.store import Store
from crm.records.withdrawn_labels import withdraw

ENOUGH = 40  # characters that two mails do not share by chance
MOST = 60  # characters: quotes are often cut short, so more than their beginning need not be the same
RECENT = 200  # mails before one of ours among which a bare quote is looked for


class _Mail(NamedTuple):
    """What stands on top of a mail that is on record."""

    side: str
    author: str
    address: str
    at: datetime
    words: str


class _Dated(NamedTuple):
    """A mail of ours whose quotes are known now; `anew` says that so is who wrote one."""

    number: int
    activity_id: str
    values: dict[str, Any]
    anew: bool


def date_quotes(store: Store) -> int:
    """Gives each undated quote the day of the mail, in the same account, that says so; how many mails of ours it dated.

    It may be done again at any time. A day stays when the mail that told it goes: they did write on that day.
    """
    with store.reading() as connection:
        found = [
            dated
            for _, mails in groupby(connection.execute(_MAILS), attrgetter("account_id"))
            for dated in _dated(mails)
        ]
    if found:
        with store.writing() as connection:
            for one in found:
                connection.execute(activities.update().where(activities.c.number == one.number).values(one.values))
            withdraw(connection, [one.activity_id for one in found if one.anew])
    return len(found)


def _mails_around_quotes() -> Any:
    """The mails of accounts in which one of ours quotes without a day, oldest first."""
    c = activities.c
    mails = (c.kind == Kind.EMAIL.value, c.at.is_not(None))
    others = or_(c.sides.contains(Side.THEM.value), c.sides.contains(Side.UNKNOWN.value))
    quoting = (c.told_at.is_(None), cast(c.messages, Text).startswith(f'[["{Side.US.value}"'), others)
    accounts = select(c.account_id).where(*mails, *quoting)
    columns = (c.number, c.id, c.account_id, c.at, c.told_at, c.messages)
    return select(*columns).where(*mails, c.account_id.in_(accounts)).order_by(c.account_id, c.at, c.number)


_MAILS = _mails_around_quotes()


def _dated(mails: Iterable[Row[Any]]) -> Iterator[_Dated]:
    """Of one account's mails, oldest first, those of ours that quote, with the columns that tell the day."""
    said: list[_Mail] = []
    for mail in mails:
        if not mail.messages:
            continue
        side, author, address, _, text = mail.messages[0][:5]
        if side == Side.US and mail.told_at is None:
            messages = _attributed(mail.messages, said[-RECENT:])
            anew = messages != mail.messages
            messages = _with_day(messages, said)
            day = told_at(Kind.EMAIL, messages, mail.at)
            if messages != mail.messages and (day or anew):
                sides = ",".join(sorted({message[0] for message in messages}))
                yield _Dated(mail.number, mail.id, {"messages": messages, "sides": sides, "told_at": day}, anew)
        if side in (Side.US, Side.THEM):
            said.append(_Mail(side, author, address, mail.at, _words(text)))


def _attributed(messages: Sequence[list[Any]], said: Sequence[_Mail]) -> list[list[Any]]:
    """The messages, each bare quote with the writer and the day of the newest mail that holds its words.

    Who wrote a quote without a head is a guess at best; a mail on record knows.
    """
    found = [messages[0]]
    for message in messages[1:]:
        words = "" if any(message[1:4]) else _words(message[4])
        whose = next((mail for mail in reversed(said) if words in mail.words), None) if len(words) >= ENOUGH else None
        known = [whose.side, whose.author, whose.address, whose.at.isoformat()] if whose else message[:4]
        found.append([*known, *message[4:]])
    return found


def _with_day(messages: list[list[Any]], said: Sequence[_Mail]) -> list[list[Any]]:
    """The messages, their newest one with the day of the mail of theirs that begins so."""
    if (quote := _undated(messages)) is None:
        return messages
    words = _words(messages[quote][4])[:MOST]
    day = next((mail.at for mail in said if mail.side == Side.THEM and mail.words.startswith(words)), None)
    return [[*m[:3], day.isoformat(), *m[4:]] if n == quote else m for n, m in enumerate(messages)] if day else messages


def _undated(messages: Sequence[Sequence[Any]]) -> int | None:
    """Which is their newest message, where it has no day of its own and is long enough to be known again."""
    theirs = next((n for n, m in enumerate(messages) if m[0] == Side.THEM and m[4].strip()), None)
    if theirs is None or messages[theirs][3] or len(_words(messages[theirs][4])) < ENOUGH:
        return None
    return theirs


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()
