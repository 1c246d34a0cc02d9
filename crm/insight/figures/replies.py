"""Replies: each mail that a person wrote after one of the other side, with the hours between the two.

A reply is the next dated mail of an account, by the way each went (directions.py), after one of the other direction.
Mails that only a program wrote (out of office, accepted invitations, bounces) are neither asked nor answered.
"""

from typing import Any

from sqlalchemy import Float, Subquery, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from crm.insight.figures.directions import DIRECTION
from crm.nouns import Direction, Kind, Side
from crm.records.db import activities


class hours_between(FunctionElement[float]):  # reads as the SQL function that it is
    """Hours from the second moment to the first."""

    inherit_cache = True
    type = Float()


@compiles(hours_between)
def _hours(element: Any, compiler: Any, **kw: Any) -> str:
    later, earlier = (compiler.process(c, **kw) for c in element.clauses)
    return f"(EXTRACT(EPOCH FROM ({later} - {earlier})) / 3600.0)"


@compiles(hours_between, "sqlite")
def _hours_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    later, earlier = (compiler.process(c, **kw) for c in element.clauses)
    seconds = f"(CAST(strftime('%s', {later}) AS INTEGER) - CAST(strftime('%s', {earlier}) AS INTEGER))"
    return f"({seconds} / 3600.0)"


def _pairs() -> Subquery:
    a = activities.c
    written = (
        select(
            a.number,
            a.id,
            a.owner,
            a.account_id,
            a.contact_ids,
            DIRECTION.label("direction"),
            a.at,
            func.lag(a.at).over(partition_by=a.account_id, order_by=(a.at, a.number)).label("asked_at"),
            func.lag(DIRECTION).over(partition_by=a.account_id, order_by=(a.at, a.number)).label("asked"),
        )
        .where(
            a.kind == Kind.EMAIL.value,
            DIRECTION.in_((Direction.INBOUND.value, Direction.OUTBOUND.value)),
            a.at.is_not(None),
            a.account_id.is_not(None),
            a.sides != Side.MACHINE.value,
        )
        .subquery("written")
    )
    w = written.c
    hours = hours_between(w.at, w.asked_at).label("hours")
    return (
        select(w.number, w.id, w.owner, w.account_id, w.contact_ids, w.direction, w.at, hours)
        .where(w.asked != w.direction)
        .subquery("replies")
    )


REPLIES = _pairs()
