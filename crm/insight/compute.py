"""A frame to exact figures, by SQL."""

import statistics
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, case, func, literal, select

from crm.insight.frame import About, Field, Figure, Figures, Measure, QueryFrame
from crm.records import db
from crm.records.store import Store

TABLES = {About.ACTIVITIES: db.activities, About.DEALS: db.deals, About.LEADS: db.leads, About.ACCOUNTS: db.accounts}
CHRONOLOGICAL = (Field.MONTH, Field.QUARTER)


def compute(store: Store, frame: QueryFrame) -> Figures:
    """The figures of a frame. Money of different currencies is never added up: each gets its own row."""
    with store.reading() as connection:
        rows = connection.execute(_query(frame)).all()
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for name, unit, value in rows:
        groups[(str(name or "not given"), str(unit or ""))].append(value)
    figures = [f for (name, unit), values in groups.items() if (f := _figure(frame, name, unit, values))]
    if not rows and frame.measure is Measure.COUNT:
        figures = [Figure("", 0, 0)]
    left_out = sum(value is None for _, _, value in rows)
    figures.sort(key=lambda f: f.name if frame.group in CHRONOLOGICAL else (-f.value, f.name))
    return Figures(frame, tuple(figures[: frame.top]), left_out)


def _figure(frame: QueryFrame, name: str, unit: str, values: list[Any]) -> Figure | None:
    known = [float(v) for v in values if v is not None]
    name = name if frame.group else ""
    if frame.measure is Measure.COUNT:
        return Figure(name, len(values), len(values))
    if not known:
        return None
    return Figure(name, _over(frame.measure, known), len(known), unit)


def _over(measure: Measure, known: list[float]) -> float:
    match measure:
        case Measure.TOTAL:
            return sum(known)
        case Measure.MEDIAN:
            return statistics.median(known)
        case _:
            return statistics.fmean(known)


def _query(frame: QueryFrame) -> Select[Any]:
    """(group, unit, value) of every record that matches; value is None where the record lacks it."""
    table = TABLES[frame.about]
    group = _column(frame.about, frame.group, _dated(frame)) if frame.group else literal("")
    money = frame.measure in (Measure.TOTAL, Measure.MEAN, Measure.MEDIAN)
    unit = db.deals.c.currency if money else literal("")
    query = select(group, unit, _value(frame.measure)).select_from(table)
    if frame.about in (About.ACTIVITIES, About.DEALS):
        query = query.outerjoin(db.accounts, db.accounts.c.id == table.c.account_id)
    if frame.about is About.ACTIVITIES:
        query = query.outerjoin(db.standing, db.standing.c.activity_id == table.c.id)
    for condition in frame.where:
        query = query.where(_column(frame.about, condition.field, _dated(frame)).in_(condition.values))
    return query.where(*_within(frame))


def _value(measure: Measure) -> ColumnElement[Any]:
    if measure in (Measure.TOTAL, Measure.MEAN, Measure.MEDIAN):
        return db.deals.c.amount
    if measure is Measure.WIN_RATE:
        return case((db.deals.c.won.is_(True), 1), (db.deals.c.won.is_(False), 0))
    if measure is Measure.ENGAGED_SHARE:
        return case((db.standing.c.engagement == "ENGAGED", 1), (db.standing.c.engagement.is_not(None), 0))
    return literal(1)


def _column(about: About, field: Field, dated: ColumnElement[Any]) -> ColumnElement[Any]:
    table = TABLES[about]
    match field:
        case Field.REP:
            return table.c.owner
        case Field.STATE:
            return case((table.c.won.is_(True), "won"), (table.c.won.is_(False), "lost"), else_="open")
        case Field.ACCOUNT | Field.REGION | Field.INDUSTRY if about is not About.LEADS:
            return db.accounts.c.name if field is Field.ACCOUNT else db.accounts.c[field.value]
        case Field.LABEL:
            return db.standing.c.engagement
        case Field.MONTH:
            return func.strftime("%Y-%m", dated)
        case Field.QUARTER:
            month = func.strftime("%m", dated).cast(Integer)
            return func.strftime("%Y", dated) + literal(" Q") + ((month + 2) / 3).cast(Integer).cast(String)
        case Field.KIND:
            return table.c.kind
        case _:
            return table.c[field.value]


def _dated(frame: QueryFrame) -> ColumnElement[Any]:
    """The date that a period means: when it happened, was created, or (for closed deals) was closed."""
    if frame.about is About.ACTIVITIES:
        return db.activities.c.at
    if frame.about is About.LEADS:
        return db.leads.c.last_contact
    closed = any(w.field is Field.STATE and "open" not in w.values for w in frame.where)
    return db.deals.c.closed_at if closed else db.deals.c.created_at


def _within(frame: QueryFrame) -> Iterable[ColumnElement[bool]]:
    if frame.period and frame.period.start:
        yield _dated(frame) >= datetime.combine(frame.period.start, time(), UTC)
    if frame.period and frame.period.end:
        yield _dated(frame) < datetime.combine(frame.period.end + timedelta(days=1), time(), UTC)
