"""A period that begins with something that happened: "since the QBR", "seit der Demo"."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import func, select

from agents.reading.period_words import Code, codes
from agents.reading.tokens import Token, tokens
from crm.nouns import Period
from crm.records.db import activities
from crm.records.store import Store

LONGEST = 3  # words that name an event
SINCE = frozenset({"since", "after"})
SKIPPED = frozenset({"the", "of", "from", "last", "past", "this"})


def since_event(text: str, store: Store, as_of: date, account_id: str | None) -> Period | None:
    """From the latest activity whose subject holds the event's words, if the question names one and there is one."""
    words = tokens(text)
    name, said = _event(words, text)
    at = _latest(store, name, as_of, account_id) if name else None
    return Period(at, as_of, said) if at else None


def _event(words: Sequence[Token], text: str) -> tuple[str, str]:
    """The event's words and the phrase they stand in, after a "since"; empty when there is none."""
    found = codes(words, text)
    for place, code in enumerate(found):
        if code.name not in SINCE:
            continue
        rest = list(found[place + 1 :])
        while rest and rest[0].name in SKIPPED:
            rest.pop(0)
        named = _run(rest, words)
        if named:
            return " ".join(t.plain for t in named), text[words[code.first].start : named[-1].end]
    return "", ""


def _run(rest: Sequence[Code], words: Sequence[Token]) -> list[Token]:
    named: list[Token] = []
    for code in rest[:LONGEST]:
        token = words[code.first]
        if code.name != "w" or not token.text.isalpha():
            break
        named.append(token)
    return named


def _latest(store: Store, name: str, as_of: date, account_id: str | None) -> date | None:
    end = datetime.combine(as_of, time.max, UTC)
    query = select(func.max(activities.c.at)).where(activities.c.at <= end)
    for word in name.split():
        query = query.where(func.lower(activities.c.subject).contains(word, autoescape=True))
    if account_id is not None:
        query = query.where(activities.c.account_id == account_id)
    with store.reading() as connection:
        newest = connection.execute(query).scalar()
    return None if newest is None else newest.date()
