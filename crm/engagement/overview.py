"""Every account's engagement at a glance, counted by the store."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import case, func, select

from crm.nouns import Engagement, Period
from crm.records.db import activities, standing
from crm.records.store import Store


@dataclass(frozen=True, slots=True)
class Pulse:
    """One account: how many records, how many under each label, when it last really talked, when anything happened."""

    account_id: str
    records: int
    engaged: int
    not_engaged: int
    nd: int
    last_engaged: date | None
    last: date | None

    @property
    def unjudged(self) -> int:
        return self.records - self.engaged - self.not_engaged - self.nd


@dataclass(frozen=True, slots=True)
class Standing:
    """Accounts by how alive they are in a window of days; `quiet` talked before it, `never` did not talk at all."""

    talking: tuple[Pulse, ...]
    quiet: tuple[Pulse, ...]
    never: tuple[Pulse, ...]


def pulses(store: Store, until: date) -> dict[str, Pulse]:
    """A pulse for each account that has records up to the end of that day."""
    end = datetime.combine(until + timedelta(days=1), time(), UTC)
    label = standing.c.engagement
    engaged = label == Engagement.ENGAGED.value
    query = (
        select(
            activities.c.account_id,
            func.count().label("records"),
            func.sum(case((engaged, 1), else_=0)).label("engaged"),
            func.sum(case((label == Engagement.NOT_ENGAGED.value, 1), else_=0)).label("not_engaged"),
            func.sum(case((label == Engagement.ND.value, 1), else_=0)).label("nd"),
            func.max(case((engaged, activities.c.at))).label("last_engaged"),
            func.max(activities.c.at).label("last"),
        )
        .select_from(activities.outerjoin(standing, standing.c.activity_id == activities.c.id))
        .where(activities.c.account_id.is_not(None), (activities.c.at < end) | activities.c.at.is_(None))
        .group_by(activities.c.account_id)
    )
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return {
        r.account_id: Pulse(r.account_id, r.records, r.engaged, r.not_engaged, r.nd, _day(r.last_engaged), _day(r.last))
        for r in rows
    }


def stand(found: Mapping[str, Pulse], account_ids: Iterable[str], window: Period) -> Standing:
    """Who is talking, who went quiet (the longest silent first), who never talked (the most chased first)."""
    mine = [found[i] for i in account_ids if i in found]
    start = window.start or date.min
    talking = [p for p in mine if p.last_engaged and p.last_engaged >= start]
    quiet = [p for p in mine if p.last_engaged and p.last_engaged < start]
    return Standing(
        tuple(sorted(talking, key=lambda p: p.last_engaged or start, reverse=True)),
        tuple(sorted(quiet, key=lambda p: p.last_engaged or start)),
        tuple(sorted((p for p in mine if not p.last_engaged), key=lambda p: -p.records)),
    )


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None
