"""A frame to exact figures, by SQL, with the records behind each."""

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, func, literal, not_, or_, select

from crm.insight.columns import APART, TABLES, field, joined, moment, number
from crm.insight.frame import (
    TIMES,
    About,
    Column,
    Condition,
    Dated,
    Field,
    Figure,
    Figures,
    Has,
    How,
    Limit,
    QueryFrame,
    When,
    Where,
)
from crm.records import db
from crm.records.store import Store

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One record that matches: its groups, the money's currency, its value, whether it is in a share's counted part."""

    id: str
    group: Group
    unit: str
    value: Any
    counted: bool


def compute(store: Store, frame: QueryFrame) -> Figures:
    """The figures of a frame. Money of different currencies is never added up: each gets its own row."""
    if frame.versus:
        return _compared(store, frame)
    rows = _rows(store, frame)
    grouped = [r for r in rows if all(r.group)]
    parts: dict[tuple[Group, str], list[Row]] = defaultdict(list)
    for row in grouped:
        parts[row.group, row.unit].append(row)
    if not parts and not frame.group and frame.how in (How.COUNT, How.DISTINCT):
        parts[(), ""] = []
    units = {unit for _, unit in parts}
    twice = len(parts) > len({group for group, _ in parts})  # a group with several currencies is told apart by them
    figures = _measured(frame, parts, len(grouped))
    ordered = _cut(frame, sorted(figures, key=lambda pair: _order(frame, pair)))
    named = tuple(replace(f, name=_name(group, f.unit if twice else "")) for group, f in ordered)
    left_out = sum(r.value is None for r in grouped) if isinstance(frame.of, Column) else 0
    return Figures(frame, named, len(rows), left_out, len(rows) - len(grouped), len(units) > 1)


def _compared(store: Store, frame: QueryFrame) -> Figures:
    """A row, or a row a group, for each of the compared conditions, in the order in which they were asked for."""
    found = [
        compute(store, replace(frame, versus=(), where=(*frame.where, condition), top=None))
        for condition in frame.versus
    ]
    rows: list[Figure] = []
    for condition, one in zip(frame.versus, found, strict=True):
        said = label_of(condition)
        rows += [replace(f, name=f"{said} / {f.name}" if f.name else said) for f in one.rows]
    return Figures(
        frame,
        tuple(rows),
        sum(f.matched for f in found),
        sum(f.left_out for f in found),
        sum(f.ungrouped for f in found),
        any(f.mixed for f in found),
    )


def label_of(condition: Condition) -> str:
    """How a compared row is called: the value as stored, or the period as one says it."""
    if isinstance(condition, Where):
        return condition.said or " or ".join(condition.values)
    if isinstance(condition, When):
        return period_label(condition.period.start, condition.period.end)
    raise ValueError(f"{condition} cannot be compared")


def period_label(start: date | None, end: date | None) -> str:
    """2017, 2017-Q2, 2017-06 for whole years, quarters, months; else from a day to a day."""
    if start and end and start.day == 1 and (end + timedelta(days=1)).day == 1:
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        if months == 12 and start.month == 1:
            return f"{start.year}"
        if months == 3 and start.month % 3 == 1:
            return f"{start.year}-Q{start.month // 3 + 1}"
        if months == 1:
            return f"{start.year}-{start.month:02d}"
    return f"{start or 'the beginning'} to {end or 'now'}"


def _measured(
    frame: QueryFrame, parts: Mapping[tuple[Group, str], Sequence[Row]], total: int
) -> Iterable[tuple[Group, Figure]]:
    for (group, unit), rows in parts.items():
        if frame.how is How.SHARE and not frame.are:
            value: float | None = len(rows) / total if total else None
        else:
            value = _value(frame.how, rows)
        if value is not None:
            counted = [r.id for r in rows if r.value is not None]
            yield group, Figure("", value, tuple(counted), unit)


def _value(how: How, rows: Sequence[Row]) -> float | None:
    """None when nothing can be computed: no value on record, or a share of nothing."""
    known = [r.value for r in rows if r.value is not None]
    match how:
        case How.COUNT:
            return len(rows)
        case How.DISTINCT:
            return len({v for v in known if v != ""})
        case How.SHARE:
            return sum(r.counted for r in rows) / len(rows) if rows else None
        case _ if not known:
            return None
        case How.TOTAL:
            return math.fsum(known)
        case How.MEAN:
            return math.fsum(known) / len(known)
        case How.MEDIAN:
            return float(statistics.median(known))
        case How.MOST:
            return float(max(known))
        case How.LEAST:
            return float(min(known))


def _name(group: Group, unit: str) -> str:
    said = " / ".join(g.rpartition(APART)[2] for g in group)
    return f"{said} ({unit})" if said and unit else said or unit


def _order(frame: QueryFrame, pair: tuple[Group, Figure]) -> tuple[Any, ...]:
    group, figure = pair
    timed = next((i for i, wanted in enumerate(frame.group) if wanted in TIMES), None)
    if timed is not None and frame.top is None:
        places = [WEEKDAYS.index(g) if g in WEEKDAYS else g for g in group]
        return (places.pop(timed), *places)
    return figure.unit, figure.value if frame.ascending else -figure.value, group


def _cut(frame: QueryFrame, ordered: list[tuple[Group, Figure]]) -> list[tuple[Group, Figure]]:
    if frame.top == 1 and ordered:
        return [pair for pair in ordered if pair[1].value == ordered[0][1].value]
    return ordered[: frame.top]


def _rows(store: Store, frame: QueryFrame) -> list[Row]:
    """Every record that matches."""
    table = TABLES[frame.about]
    dated = dated_of(frame)
    groups = [field(frame.about, g, dated) for g in frame.group]
    unit = db.deals.c.currency if frame.money else literal("")
    counted = and_(*(_holds(frame, c) for c in frame.are)) if frame.are else literal(True)
    query = select(table.c.id, unit, _valued(frame, dated), counted, *groups).select_from(joined(frame.about))
    query = query.where(*(_holds(frame, c) for c in frame.where)).order_by(table.c.number)
    with store.reading() as connection:
        found = connection.execute(query).all()
    return [
        Row(r[0], tuple(_grouped(g, v) for g, v in zip(frame.group, r[4:], strict=True)), r[1] or "", r[2], bool(r[3]))
        for r in found
    ]


def _valued(frame: QueryFrame, dated: Dated) -> ColumnElement[Any]:
    if isinstance(frame.of, Column):
        return number(frame.of, frame.as_of)
    if isinstance(frame.of, Field):
        return field(frame.about, frame.of, dated)
    return literal(1)


def _grouped(wanted: Field, value: str | None) -> str:
    """The group's name; a day becomes its week (by its Monday), month, quarter, year or weekday."""
    if not value or wanted not in TIMES:
        return str(value or "")
    day = date.fromisoformat(value)
    match wanted:
        case Field.WEEK:
            return (day - timedelta(days=day.weekday())).isoformat()
        case Field.MONTH:
            return f"{day:%Y-%m}"
        case Field.QUARTER:
            return f"{day.year}-Q{(day.month + 2) // 3}"
        case Field.YEAR:
            return f"{day.year}"
        case Field.WEEKDAY:
            return WEEKDAYS[day.weekday()]
        case _:
            return value


def dated_of(frame: QueryFrame) -> Dated:
    """The date by which a frame is grouped: that of its periods, else what its state implies."""
    said = [c.dated for c in (*frame.where, *frame.versus) if isinstance(c, When)]
    return said[0] if said else default_dated(frame.about, frame.of, (*frame.where, *frame.are))


def default_dated(about: About, of: object, where: Iterable[object]) -> Dated:
    """When it happened, was last contacted, was closed (for decided deals), or was created."""
    if about is About.ACTIVITIES:
        return Dated.DATED
    if about is About.LEADS:
        return Dated.CONTACTED
    states = [c for c in where if isinstance(c, Where) and c.field is Field.STATE]
    decided = any(not c.negated and "open" not in c.values for c in states)
    return Dated.CLOSED if decided or of is Column.CYCLE else Dated.CREATED


def _holds(frame: QueryFrame, condition: Condition) -> ColumnElement[bool]:
    match condition:
        case Where():
            return _is(frame.about, condition)
        case When():
            return within(frame.about, condition)
        case Limit():
            return _limited(condition, frame.as_of)
        case Has():
            inner = [
                _is(condition.about, c) if isinstance(c, Where) else within(condition.about, c) for c in condition.where
            ]
            own = TABLES[condition.about]
            there = (
                select(own.c.id)
                .select_from(joined(condition.about))
                .where(own.c.account_id.is_not(None), *inner)
                .with_only_columns(own.c.account_id)
            )
            found = db.accounts.c.id.in_(there)
            return not_(found) if condition.negated else found


def _is(about: About, where: Where) -> ColumnElement[bool]:
    if where.field is Field.CONTACT:
        held = cast(db.activities.c.contact_ids, Text)
        found: ColumnElement[bool] = or_(*(held.contains(f'"{v}"', autoescape=True) for v in where.values))
        return not_(found) if where.negated else found
    own = func.coalesce(field(about, where.field, Dated.DATED), "")
    if not where.values:
        return own != "" if where.negated else own == ""
    return own.not_in(where.values) if where.negated else own.in_(where.values)


def _limited(limit: Limit, as_of: date | None) -> ColumnElement[bool]:
    own = number(limit.column, as_of)
    bounds = []
    if limit.low is not None:
        bounds.append(own > limit.low if limit.strict else own >= limit.low)
    if limit.high is not None:
        bounds.append(own < limit.high if limit.strict else own <= limit.high)
    return and_(*bounds)


def within(about: About, when: When) -> ColumnElement[bool]:
    """The record's date lies on one of the period's days; a record without a date never does."""
    own = moment(about, when.dated)
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


def span(store: Store, frame: QueryFrame) -> tuple[date, date] | None:
    """The first and the last day of such records; None where they are undated."""
    if frame.about in (About.ACCOUNTS, About.CONTACTS):
        return None
    own = moment(frame.about, dated_of(frame))
    with store.reading() as connection:
        first, last = connection.execute(select(func.min(own), func.max(own))).one()
    return (first.date(), last.date()) if first and last else None
