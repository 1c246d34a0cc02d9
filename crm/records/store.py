"""The store of activities: the truth that everything else can be rebuilt from.

Accounts, contacts, deals and the rest are read through `book.py`; labels are kept by `engagement/labels.py`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, Text, and_, func, or_, select
from sqlalchemy.engine import Connection

from crm.nouns import Activity, Direction, Engagement, Filter, Kind, Message, Side
from crm.records import db, owner_view
from crm.records.db import activities, labels, standing
from crm.records.engine import open_engine, trouble

CHUNK = 500
_WRITING: ContextVar[tuple[Engine, Connection] | None] = ContextVar("writing", default=None)
COLUMNS = tuple(  # what an Activity is made of; the other columns of its row are not read for it
    activities.c[name]
    for name in (
        *("id", "native_id", "source", "kind", "raw_subject", "raw_body", "subject", "tags", "messages"),
        *("direction", "outcome", "duration_s", "at", "owner", "account_id", "contact_ids", "named"),
    )
)
_KINDS, _DIRECTIONS = {one.value: one for one in Kind}, {one.value: one for one in Direction}
_SIDES = {one.value: one for one in Side}
HAPPENED = (Kind.EMAIL, Kind.CALL)  # an event or a task may lie in the future; a mail or a call cannot


@dataclass(frozen=True, slots=True)
class Store:
    """The store, open. Reads see a consistent snapshot; writes go through `writing`.

    `whole` is set on a store that is narrowed to what one rep owns: reads see that only, writes go to the whole one.
    """

    engine: Engine
    whole: "Store | None" = None

    @classmethod
    def open(cls, url: str) -> "Store":
        """Opens a database URL and brings its tables up to date. Raises StoreTrouble."""
        return cls(open_engine(url))

    def owned_by(self, name: str) -> "Store":
        """The same store as one rep sees it: what is not theirs is not there, for any query whatever."""
        return Store(owner_view.engine_for(self.engine, name), self)

    @property
    def narrowed(self) -> bool:
        return self.whole is not None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A snapshot; within a transaction of `writing`, that transaction, which sees what it has written."""
        under_way = _under_way(self.engine)
        if under_way is not None:
            yield under_way
            return
        with trouble(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that holds the write lock from its start; all or nothing. One within another joins it."""
        engine = self.whole.engine if self.whole else self.engine
        under_way = _under_way(engine)
        if under_way is not None:
            yield under_way
            return
        with trouble(), engine.connect().execution_options(write=True) as connection, connection.begin():
            outer = _WRITING.set((engine, connection))
            try:
                yield connection
            finally:
                _WRITING.reset(outer)

    def activity(self, activity_id: str) -> Activity | None:
        return next(iter(self.activities_by_id([activity_id])), None)

    def activities_by_id(self, ids: Sequence[str]) -> list[Activity]:
        """In the order asked; ids that are not there are left out."""
        found: dict[str, Activity] = {}
        with self.reading() as connection:
            for start in range(0, len(ids), CHUNK):
                rows = connection.execute(select(*COLUMNS).where(activities.c.id.in_(ids[start : start + CHUNK])))
                found.update((row[0], told_by(row)) for row in rows)
        return [found[i] for i in ids if i in found]

    def find(self, typed: str) -> list[Activity]:
        """The activities that a typed id may mean: the full id, else the native id in any source."""
        wanted = typed.strip()
        with self.reading() as connection:
            query = select(*COLUMNS).where(or_(activities.c.id == wanted, activities.c.native_id == wanted))
            rows = [told_by(row) for row in connection.execute(query)]
        return [a for a in rows if a.id == wanted] or rows

    def activities(self, where: Filter = Filter(), limit: int | None = None) -> list[Activity]:  # noqa: B008
        """Newest first; undated ones last, in the order they came."""
        order = (activities.c.at.is_(None), activities.c.at.desc(), activities.c.number)
        query = narrowed(select(*COLUMNS), where).order_by(*order).limit(limit)
        with self.reading() as connection:
            return [told_by(row) for row in connection.execute(query)]

    def each(self, where: Filter = Filter(), after: int = 0) -> Iterator[tuple[int, Activity]]:  # noqa: B008
        """Every activity with its number, in the order they came, a chunk in memory at a time."""
        while True:
            query = narrowed(select(activities.c.number, *COLUMNS), where).where(activities.c.number > after)
            with self.reading() as connection:
                rows = connection.execute(query.order_by(activities.c.number).limit(CHUNK)).all()
            if not rows:
                return
            for after, *row in rows:
                yield after, told_by(row)

    def count(self, where: Filter = Filter()) -> int:  # noqa: B008
        with self.reading() as connection:
            return int(connection.execute(narrowed(select(func.count()).select_from(activities), where)).scalar_one())

    def undated(self) -> int:
        """How many activities carry no day."""
        with self.reading() as connection:
            return int(connection.execute(select(func.count()).where(activities.c.at.is_(None))).scalar_one())

    def as_of(self) -> date | None:
        """The newest day on which something happened: what "lately" counts from. None when nothing is dated.

        What is dated after today is planned, also where its record calls it a call: a newer day is believed only
        where all are newer. A meeting, a note or a task happened once its record proves a conversation. Without
        activities, the newest day on which a deal was created or decided, or a lead
        created or contacted.
        """
        deals, leads = db.deals.c, db.leads.c
        queries = (
            (select(func.max(activities.c.at)).where(activities.c.kind.in_(HAPPENED), activities.c.at < _soon()),),
            (select(func.max(activities.c.at)).where(activities.c.at < _soon()),),
            (select(func.max(activities.c.at)),),
            (
                select(func.max(deals.created_at)),
                select(func.max(deals.closed_at)).where(deals.won.is_not(None)),
                select(func.max(leads.created_at)),
                select(func.max(leads.last_contact)),
            ),
        )
        with self.reading() as connection:
            for level in queries:
                found: list[datetime] = [day for query in level if (day := connection.execute(query).scalar())]
                if found:
                    return self._last_talk(connection, max(found)).date()
        return None

    def _last_talk(self, connection: Connection, after: datetime) -> datetime:
        """The newest proven conversation after that moment, until today; the moment itself where there is none."""
        proven = (labels.c.engagement == Engagement.ENGAGED.value, ~labels.c.undecided)
        query = (
            select(func.max(activities.c.at))
            .join(standing, standing.c.activity_id == activities.c.id)
            .join(labels, labels.c.number == standing.c.label)
            .where(activities.c.at > after, activities.c.at < _soon(), *proven)
        )
        return connection.execute(query).scalar() or after

    def fact(self, name: str) -> Any:
        """A small remembered value, such as our own domains; None when never set."""
        with self.reading() as connection:
            return connection.execute(select(db.facts.c.value).where(db.facts.c.name == name)).scalar()

    def put_fact(self, name: str, value: Any) -> None:
        with self.writing() as connection:
            connection.execute(db.facts.delete().where(db.facts.c.name == name))
            connection.execute(db.facts.insert().values(name=name, value=value))


def _soon() -> datetime:
    """The end of today in every zone of the world."""
    return datetime.now(UTC) + timedelta(hours=14)


def _under_way(engine: Engine) -> Connection | None:
    """The transaction that this thread has open on a database."""
    known = _WRITING.get()
    return known[1] if known and known[0] is engine else None


def narrowed(query: Select[Any], where: Filter) -> Select[Any]:
    """The query with the filter's conditions on `activities`."""
    conditions = list(_conditions(where))
    return query.where(and_(*conditions)) if conditions else query


def _conditions(where: Filter) -> Iterable[ColumnElement[bool]]:
    if where.account_id is not None:
        yield activities.c.account_id == where.account_id
    if where.contact_id is not None:
        yield activities.c.contact_ids.cast(Text).contains(json.dumps(where.contact_id), autoescape=True)
    if where.kinds:
        yield activities.c.kind.in_(sorted(where.kinds))
    if where.side is not None:
        yield activities.c.sides.contains(where.side.value)
    if where.period is not None and where.period.start is not None:
        yield activities.c.at >= datetime.combine(where.period.start, time(), UTC)
    if where.period is not None and where.period.end is not None:
        yield activities.c.at < datetime.combine(where.period.end + timedelta(days=1), time(), UTC)
    if where.engagement is not None:
        yield activities.c.id.in_(select(standing.c.activity_id).where(standing.c.engagement == where.engagement.value))
    if where.ids:
        yield activities.c.id.in_(where.ids)


def activity_of(row: Mapping[Any, Any]) -> Activity:
    """One row of the table as a noun."""
    return told_by([row[column.name] for column in COLUMNS])


def told_by(values: Sequence[Any]) -> Activity:
    """An activity from the values of COLUMNS, in their order: an account may have thousands of them."""
    (i, native, source, kind, raw_subject, raw_body, subject, tags, messages), rest = values[:9], values[9:]
    direction, outcome, duration, at, owner, account, contacts, named = rest
    return Activity(
        id=i,
        native_id=native,
        source=source,
        kind=_KINDS[kind],
        raw_subject=raw_subject,
        raw_body=raw_body,
        subject=subject,
        tags=tuple(tags),
        messages=tuple([_message(m) for m in messages]),
        direction=_DIRECTIONS[direction],
        outcome=outcome,
        duration_s=duration,
        at=at,
        owner=owner,
        account_id=account,
        contact_ids=tuple(contacts),
        named=tuple(named),
    )


def _message(stored: Sequence[Any]) -> Message:
    side, author, address, at, text, depth, start, end = stored
    moment = datetime.fromisoformat(at) if at else None
    return Message(_SIDES[side], author, address, moment, text, depth, (start, end))
