"""Every account's engagement at a glance, counted by the store."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, case, func, select

from crm.nouns import LIKELY, Engagement, Period
from crm.records.db import activities, labels, standing
from crm.records.store import Store


class Answered(StrEnum):
    """Whether an account answered in a stretch of days, by the best that its records show."""

    TALKED = "talked"
    UNDECIDED = "undecided"
    APPROACHED = "approached"
    NO_RECORD = "no record"


@dataclass(frozen=True, slots=True)
class Pulse:
    """One account: how many records, how many under each label, when it last really talked, when anything happened.

    What is only guessed counts as `Verdict.counts_as` has it; `likely` counts the undecided that read like an answer.

    `chasing` counts the one-way records since then, or all of them when it never talked. `undated` counts the
    conversations whose day nobody knows: they were real, and belong to no period.
    """

    account_id: str
    records: int
    engaged: int
    not_engaged: int
    nd: int
    last_engaged: date | None
    last: date | None
    chasing: int = 0
    undated: int = 0
    likely: int = 0

    @property
    def unjudged(self) -> int:
        return self.records - self.engaged - self.not_engaged - self.nd

    @property
    def answered(self) -> Answered:
        """What all its records come to."""
        if self.engaged:
            return Answered.TALKED
        if not self.records:
            return Answered.NO_RECORD
        return Answered.UNDECIDED if self.doubtful else Answered.APPROACHED

    @property
    def doubtful(self) -> bool:
        """Whether what cannot be decided may hide an answer: one of it reads like one, or it is half of all or more.

        A to-do without words beside six unanswered calls hides none.
        """
        open_records = self.nd + self.unjudged
        return self.likely > 0 or open_records >= max(self.not_engaged, 1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Accounts by how alive they are in a window of days; `quiet` talked before it, `never` did not talk at all.

    `unclear` may have talked, as `Pulse.doubtful` has it.
    """

    talking: tuple[Pulse, ...]
    quiet: tuple[Pulse, ...]
    never: tuple[Pulse, ...]
    unclear: tuple[Pulse, ...] = ()


def pulses(store: Store, until: date, account_id: str = "", since: date | None = None) -> dict[str, Pulse]:
    """A pulse for each account that has records up to the end of that day, or for the one that is given.

    With `since` only records of that day or later count, and none whose day nobody knows. A mail of ours without a day
    counts on that of their words which it quotes.
    """
    end = datetime.combine(until + timedelta(days=1), time(), UTC)
    label, at, account = labels.c.engagement, activities.c.at, activities.c.account_id
    told = func.coalesce(activities.c.told_at, at)
    engaged, not_engaged = label == Engagement.ENGAGED.value, label == Engagement.NOT_ENGAGED.value
    weak = not_engaged & labels.c.undecided & (labels.c.confidence < LIKELY)  # as Verdict.counts_as has it
    one_way = not_engaged & ~weak
    stands = standing.outerjoin(labels, labels.c.number == standing.c.label)
    judged = activities.outerjoin(stands, standing.c.activity_id == activities.c.id)
    meant = (account == account_id if account_id else account.is_not(None), _within(since, end))
    if since is not None:
        first = datetime.combine(since, time(), UTC)
        one_way |= engaged & (told < first)  # a mail of ours that quotes what they wrote before
        engaged &= (told >= first) | told.is_(None)
    talk = engaged & ~labels.c.undecided
    unsure = (label == Engagement.ND.value) | (engaged & labels.c.undecided) | weak
    last_engaged = func.max(case((talk, told)))
    query = (
        select(
            account,
            func.count().label("records"),
            func.sum(case((talk, 1), else_=0)).label("engaged"),
            func.sum(case((one_way, 1), else_=0)).label("not_engaged"),
            func.sum(case((unsure, 1), else_=0)).label("nd"),
            last_engaged.label("last_engaged"),
            func.sum(case((talk & told.is_(None), 1), else_=0)).label("undated"),
            func.sum(case((engaged & labels.c.undecided, 1), else_=0)).label("likely"),
            func.max(at).label("last"),
        )
        .select_from(judged)
        .where(*meant)
        .group_by(account)
    )
    talked = select(account, last_engaged.label("at")).select_from(judged).where(*meant).group_by(account).subquery()
    chases = (
        select(account, func.count())
        .select_from(judged.join(talked, talked.c.account_id == account))
        .where(*meant, one_way | (talk & activities.c.told_at.is_not(None)), talked.c.at.is_(None) | (at > talked.c.at))
        .group_by(account)
    )
    with store.reading() as connection:
        rows = connection.execute(query).all()
        chasing = {r[0]: r[1] for r in connection.execute(chases)}
    return {
        r.account_id: Pulse(
            r.account_id,
            r.records,
            r.engaged,
            r.not_engaged,
            r.nd,
            _day(r.last_engaged),
            _day(r.last),
            chasing.get(r.account_id, 0),
            r.undated,
            r.likely,
        )
        for r in rows
    }


def _within(since: date | None, end: datetime) -> ColumnElement[bool]:
    at = func.coalesce(activities.c.at, activities.c.told_at)
    return (at < end) | at.is_(None) if since is None else (at >= datetime.combine(since, time(), UTC)) & (at < end)


def stand(
    found: Mapping[str, Pulse],
    account_ids: Iterable[str],
    window: Period,
    within: Mapping[str, Pulse] | None = None,
) -> Standing:
    """Who is talking, who went quiet (the longest silent first), who never talked (the most chased first).

    `within` are the pulses of the window alone, where somebody asked about it: what was said before it leaves no doubt
    of it then, and what cannot be decided in it does, also of those who talked before. Who only talked on days that
    nobody knows is in none of the groups.
    """
    mine = [found[i] for i in account_ids if i in found]
    start, _ = window.span
    talking = [p for p in mine if p.last_engaged and p.last_engaged >= start]
    silent = [p for p in mine if (p.last_engaged < start if p.last_engaged else not p.undated)]
    if within is None:
        doubtful = {p.account_id for p in silent if not p.last_engaged and p.doubtful}
    else:
        doubtful = {account_id for account_id, p in within.items() if p.doubtful}
    rest = [p for p in silent if p.account_id not in doubtful]
    return Standing(
        tuple(sorted(talking, key=lambda p: p.last_engaged or start, reverse=True)),
        tuple(sorted((p for p in rest if p.last_engaged), key=lambda p: p.last_engaged or start)),
        tuple(sorted((p for p in rest if not p.last_engaged), key=lambda p: -p.records)),
        tuple(sorted((p for p in silent if p.account_id in doubtful), key=lambda p: -p.records)),
    )


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None
