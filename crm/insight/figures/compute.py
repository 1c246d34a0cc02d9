"""A frame to exact figures, by SQL, with the records behind each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import fsum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, select

from crm.insight.figures.aggregate import Group, Row, aggregate, size
from crm.insight.figures.changes import base_first, change_between, change_in_turn
from crm.insight.figures.columns import APART, TABLES, counted, field, joined, moment, number
from crm.insight.figures.sql_conditions import dated_of, holds
from crm.insight.figures.without_any import all_days, all_rows
from crm.insight.frame import (
    TIMES,
    UNDATED,
    WEEKDAYS,
    Column,
    Condition,
    Dated,
    Field,
    Figure,
    Figures,
    How,
    QueryFrame,
    When,
    Where,
)
from crm.records import db
from crm.records.store import Store


def compute(store: Store, frame: QueryFrame) -> Figures:
    """The figures of a frame. Money of different currencies is never added up: each gets its own row."""
    if frame.versus:
        return _compared(store, frame)
    rows = _rows(store, frame)
    grouped = [r for r in rows if all(r.group) and (r.each or frame.each is None)]
    parts: dict[tuple[Group, str], list[Row]] = defaultdict(list)
    for row in grouped:
        parts[row.group, row.unit].append(row)
    if not parts and not frame.group and not frame.each and frame.how in (How.COUNT, How.DISTINCT):
        parts[(), ""] = []
    for group in _without_any(store, frame):
        parts.setdefault((group, ""), [])
    units = {unit for _, unit in parts}
    twice = len(parts) > len({group for group, _ in parts})  # a group with several currencies is told apart by them
    behind_each = Counter(row.group for row in grouped)
    figures = (pair for pair in _measured(frame, parts) if _is_kept(frame, pair, behind_each))
    ordered = sorted(figures, key=lambda pair: _order(frame, pair))
    shown = _cut(frame, ordered)
    tied = sum(f.value == shown[-1][1].value for _, f in ordered[len(shown) :]) if shown and not frame.summed else 0
    named = [(group, replace(f, name=_name(group, f.unit if twice else ""))) for group, f in shown]
    left_out = sum(r.value is None for r in grouped) if isinstance(frame.of, Column) else 0
    told = _in_turn(frame, named) if frame.change else tuple(f for _, f in named)
    if frame.kept and frame.kept.counted:
        told = (Figure("", float(len(told)), tuple(i for f in told for i in f.ids)),)
    behind = tuple(f for _, f in named) if frame.change or frame.summed else ()
    if frame.summed and frame.top and told:
        told = (Figure("", fsum(f.value for f in told), tuple(i for f in told for i in f.ids), told[0].unit),)
    return Figures(frame, told, len(rows), left_out, len(rows) - len(grouped), len(units) > 1, behind, tied)


def _without_any(store: Store, frame: QueryFrame) -> Iterable[Group]:
    """The rows that a rank from the bottom could have, those without any record among them."""
    every = all_rows(frame)
    named = [row.group for row in _rows(store, every) if all(row.group)] if every else []
    return (*named, *((_grouped(frame.group[0], day.isoformat()),) for day in all_days(frame)))


def _is_kept(frame: QueryFrame, pair: tuple[Group, Figure], behind_each: Mapping[Group, int]) -> bool:
    group, figure = pair
    return frame.kept is None or frame.kept.keeps(behind_each[group] if frame.kept.records else figure.value)


def _in_turn(frame: QueryFrame, named: Sequence[tuple[Group, Figure]]) -> tuple[Figure, ...]:
    """Each time against the one before; of two groups the first is the time."""
    return tuple(change_in_turn(frame, [("/".join(group[1:]), group[0], f) for group, f in named]))


def _compared(store: Store, frame: QueryFrame) -> Figures:
    """A row, or a row a group, for each of the compared conditions, in the order in which they were asked for."""
    found = [
        compute(store, replace(frame, versus=(), change=None, where=(*frame.where, condition), top=None))
        for condition in frame.versus
    ]
    rows: list[Figure] = []
    for condition, one in zip(frame.versus, found, strict=True):
        said = label_of(condition)
        rows += [replace(f, name=f"{said} / {f.name}" if f.name else said) for f in one.rows]
    told, behind = tuple(rows), tuple(rows[:0])
    if frame.change:
        earlier, later = found if base_first(frame) else reversed(found)
        told, behind = tuple(change_between(frame, earlier.rows, later.rows)), told
    return Figures(
        frame,
        told,
        sum(f.matched for f in found),
        sum(f.left_out for f in found),
        sum(f.ungrouped for f in found),
        any(f.mixed for f in found),
        behind,
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


def _measured(frame: QueryFrame, parts: Mapping[tuple[Group, str], Sequence[Row]]) -> Iterable[tuple[Group, Figure]]:
    of_all = frame.how is How.SHARE and not frame.are
    wholes: dict[str, float] = defaultdict(float)
    for (_, unit), rows in parts.items():
        wholes[unit] += size(frame, rows) if of_all else 0
    for (group, unit), rows in parts.items():
        value = _part(size(frame, rows), wholes[unit]) if of_all else aggregate(frame, rows)
        if value is not None:
            yield group, Figure("", value, tuple(r.id for r in rows if r.value is not None), unit)


def _part(value: float, whole: float) -> float | None:
    return value / whole if whole else None


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
    asked = (*frame.group, *((frame.each,) if frame.each else ()))
    groups = [field(frame.about, g, dated) for g in asked]
    unit = db.deals.c.currency if frame.money else literal("")
    are = and_(*(holds(frame, c) for c in frame.are)) if frame.are else literal(True)
    query = select(table.c.id, unit, _valued(frame, dated), are, *groups).select_from(joined(frame.about))
    query = query.where(counted(frame.about), *(holds(frame, c) for c in frame.where)).order_by(table.c.number)
    with store.reading() as connection:
        found = connection.execute(query).all()
    kept = len(frame.group)
    rows = []
    for r in found:
        names = tuple(_grouped(g, v) for g, v in zip(asked, r[4:], strict=True))
        each = names[kept] if frame.each else ""
        rows.append(Row(r[0], names[:kept], r[1] or "", r[2], bool(r[3]), each))
    return rows


def _valued(frame: QueryFrame, dated: Dated) -> ColumnElement[Any]:
    if isinstance(frame.of, Column):
        own = number(frame.about, frame.of, frame.as_of)
        return own if frame.unit is None else own * frame.scale
    if frame.of is Field.CONTACT:
        return TABLES[frame.about].c.contact_ids
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


def span(store: Store, frame: QueryFrame) -> tuple[date, date] | None:
    """The first and the last day of such records; None where they are undated."""
    if frame.about in UNDATED:
        return None
    own = moment(frame.about, dated_of(frame))
    with store.reading() as connection:
        first, last = connection.execute(select(func.min(own), func.max(own))).one()
    return (first.date(), last.date()) if first and last else None
