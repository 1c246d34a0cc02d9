"""How long each side of a log takes to answer the other's mails.

The definition is that of the figure "hours to the reply" (crm/insight/figures/replies.py), which counts in the store: a
reply is the next dated mail of the account by the other side, as the CRM tells the direction, after one that a person
wrote. Here a log that was read anyway is looked through, so that an answer about one account asks the store nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median

from crm.nouns import Activity, Direction, Kind, Side

HOUR = timedelta(hours=1)
LATEST = timedelta(days=30)  # after which a mail answers nothing; as `reply_within_days` of words/insight.yaml
LONG = 48  # hours, from which on days are told


@dataclass(frozen=True, slots=True)
class ReplyTime:
    """The median of so many replies, in whole hours or, where they are `long`, in days."""

    value: int
    long: bool
    replies: int


@dataclass(frozen=True, slots=True)
class ReplyTimes:
    """Of each side; None where it answered nothing."""

    them: ReplyTime | None = None
    us: ReplyTime | None = None


def reply_times(activities: Sequence[Activity], first: date, last: date) -> ReplyTimes:
    """Of the answers given within the days from `first` to `last`."""
    found: dict[Direction, list[float]] = {}
    for reply, hours in _replies(activities):
        if first <= _at(reply).date() <= last:
            found.setdefault(reply.direction, []).append(hours)
    them, us = (_told(found[way]) if way in found else None for way in (Direction.INBOUND, Direction.OUTBOUND))
    return ReplyTimes(them, us)


def _replies(activities: Sequence[Activity]) -> Iterator[tuple[Activity, float]]:
    mails = sorted((a for a in activities if _by_somebody(a)), key=_at)
    for before, after in pairwise(mails):
        waited = _at(after) - _at(before)
        if before.direction is not after.direction and waited <= LATEST:
            yield after, waited / HOUR


def _by_somebody(activity: Activity) -> bool:
    """A dated mail of a known direction that not only a program wrote."""
    if activity.kind is not Kind.EMAIL or activity.direction is Direction.UNKNOWN or activity.at is None:
        return False
    return {m.side for m in activity.messages} != {Side.MACHINE}


def _told(hours: Sequence[float]) -> ReplyTime:
    middle = median(hours)
    long = middle >= LONG
    return ReplyTime(round(middle / 24 if long else middle), long, len(hours))


def _at(activity: Activity) -> datetime:
    if activity.at is None:
        raise ValueError(f"{activity.id} has no date")
    return activity.at
