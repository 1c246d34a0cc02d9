"""Dates quotes that carry no day: what a mail of ours quotes was said in the record that holds the same words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Text, cast, select
from sqlalchemy.engine import Row

from crm.nouns import Kind, Side
from crm.records.db import activities
from crm.records.store import Store

ENOUGH = 40  # characters that two mails do not share by chance
MOST = 60  # characters: quotes are often cut short, so more than their beginning need not be the same


def date_quotes(store: Store) -> int:
    """Gives each undated quote the day of the mail of theirs, in the same account, that begins so; how many it dated.

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
            for number, values in found:
                connection.execute(activities.update().where(activities.c.number == number).values(values))
    return len(found)


def _mails_with_words_of_theirs() -> Any:
    """The mails of accounts in which one of ours quotes them without a day, oldest first."""
    c = activities.c
    theirs = (c.kind == Kind.EMAIL.value, c.at.is_not(None), c.sides.contains(Side.THEM.value))
    quoting = (c.told_at.is_(None), cast(c.messages, Text).startswith(f'[["{Side.US.value}"'))
    accounts = select(c.account_id).where(*theirs, *quoting)
    columns = (c.number, c.account_id, c.at, c.told_at, c.messages)
    return select(*columns).where(*theirs, c.account_id.in_(accounts)).order_by(c.account_id, c.at, c.number)


_MAILS = _mails_with_words_of_theirs()


def _dated(mails: Iterable[Row[Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Of one account's mails, oldest first, the numbers of those that quote, with the columns that tell the day."""
    said: list[tuple[str, datetime]] = []
    for mail in mails:
        if mail.messages[0][0] == Side.THEM:
            said.append((_words(mail.messages[0][4]), mail.at))
        elif mail.told_at is None and (quote := _undated(mail.messages)) is not None:
            words = _words(mail.messages[quote][4])[:MOST]
            day = next((at for theirs, at in said if theirs.startswith(words)), None)
            if day is not None:
                messages = [[*m[:3], day.isoformat(), *m[4:]] if n == quote else m for n, m in enumerate(mail.messages)]
                yield mail.number, {"messages": messages, "told_at": day}


def _undated(messages: Sequence[Sequence[Any]]) -> int | None:
    """Which is their newest message, where it has no day of its own and is long enough to be known again."""
    theirs = next((n for n, m in enumerate(messages) if m[0] == Side.THEM and m[4].strip()), None)
    if theirs is None or messages[theirs][3] or len(_words(messages[theirs][4])) < ENOUGH:
        return None
    return theirs


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()
