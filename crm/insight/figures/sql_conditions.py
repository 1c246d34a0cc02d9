"""The conditions of a frame as SQL."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Text, and_, cast, distinct, func, not_, or_, select

from crm.insight.figures.columns import REPS, TABLES, counted, field, joined, moment, number, weekday_of
from crm.insight.frame import WEEKDAYS, About, Column, Condition, Dated, Field, Has, Limit, QueryFrame, When, Where
from crm.records import db


def holds(frame: QueryFrame, condition: Condition) -> ColumnElement[bool]:
    """The condition, for a record of the frame's kind."""
    match condition:
        case Where():
            return _is(frame.about, condition, dated_of(frame))
        case When():
            return within(frame.about, condition)
        case Limit():
            return _limited(frame.about, condition, frame.as_of)
        case Has():
            return _has(frame.about, condition)


def dated_of(frame: QueryFrame) -> Dated:
    """The date by which a frame is grouped: that of its periods, else what its state implies."""
    said = [c.dated for c in (*frame.where, *frame.versus) if isinstance(c, When)]
    return said[0] if said else default_dated(frame.about, frame.of, (*frame.where, *frame.are))


def default_dated(about: About, of: object, where: Iterable[object]) -> Dated:
    """When it happened, was last contacted, was closed (for decided deals), or was created."""
    if about in (About.ACTIVITIES, About.REPLIES):
        return Dated.DATED
    if about is About.LEADS:
        return Dated.CONTACTED
    states = [c for c in where if isinstance(c, Where) and c.field is Field.STATE]
    decided = any(not c.negated and "open" not in c.values for c in states)
    return Dated.CLOSED if decided or of is Column.CYCLE else Dated.CREATED


def _has(about: About, condition: Has) -> ColumnElement[bool]:
    own = TABLES[condition.about]
    dated = default_dated(condition.about, None, condition.where)
    inner = [
        _is(condition.about, c, dated) if isinstance(c, Where) else within(condition.about, c) for c in condition.where
    ]
    owner, owned = (REPS.c.name, own.c.owner) if about is About.REPS else (db.accounts.c.id, own.c.account_id)
    there = select(owned).select_from(joined(condition.about))
    there = there.where(counted(condition.about), owned.is_not(None), *inner)
    if condition.different is not None:
        different = func.count(distinct(func.nullif(field(condition.about, condition.different, dated), "")))
        there = there.group_by(owned).having(different >= condition.least)
    elif condition.least > 1:
        there = there.group_by(owned).having(func.count() >= condition.least)
    found = owner.in_(there)
    return not_(found) if condition.negated else found


def _is(about: About, where: Where, dated: Dated) -> ColumnElement[bool]:
    if where.field is Field.WEEKDAY:
        days = [str((WEEKDAYS.index(day) + 1) % 7) for day in where.values]
        own_day = weekday_of(moment(about, dated))
        return own_day.not_in(days) if where.negated else own_day.in_(days)
    if where.field is Field.CONTACT:
        held = cast(TABLES[about].c.contact_ids, Text)
        found: ColumnElement[bool] = or_(*(held.contains(f'"{v}"', autoescape=True) for v in where.values))
        return not_(found) if where.negated else found
    own = func.coalesce(field(about, where.field, Dated.DATED), "")
    if not where.values:
        return own != "" if where.negated else own == ""
    return own.not_in(where.values) if where.negated else own.in_(where.values)


def _limited(about: About, limit: Limit, as_of: date | None) -> ColumnElement[bool]:
    own = number(about, limit.column, as_of)
    if limit.missing:
        return own.is_(None)
    bounds = []
    if limit.low is not None:
        bounds.append(own > limit.low if limit.strict else own >= limit.low)
    if limit.high is not None:
        bounds.append(own < limit.high if limit.strict else own <= limit.high)
    return and_(*bounds)


def within(about: About, when: When) -> ColumnElement[bool]:
    """The record's date lies on one of the period's days; a record without a date never does."""
    own = moment(about, when.dated)
    if when.missing:
        return own.is_(None)
    bounds: list[ColumnElement[bool]] = [own.is_not(None)]
    if when.period.start:
        bounds.append(own >= datetime.combine(when.period.start, time(), UTC))
    if when.period.end:
        bounds.append(own < datetime.combine(when.period.end + timedelta(days=1), time(), UTC))
    if about is About.DEALS and when.dated is Dated.CLOSED:
        bounds.append(db.deals.c.won.is_not(None))
    if about is About.DEALS and when.dated is Dated.EXPECTED:
        bounds.append(db.deals.c.won.is_(None))
    return and_(*bounds)
