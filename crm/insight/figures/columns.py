"""How the store's tables hold a frame's fields, columns and dates."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Float, FromClause, Integer, String, Table, case, cast, func, literal, select, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement, GenericFunction

from crm.insight.figures.directions import DIRECTION
from crm.insight.figures.replies import REPLIES
from crm.insight.frame import About, Column, Dated, Field
from crm.records import db

# One row a name, so that a rep or product who stands twice in the book doubles nothing.
REPS = (
    select(
        func.min(db.reps.c.id).label("id"),
        func.min(db.reps.c.number).label("number"),
        db.reps.c.name,
        func.min(db.reps.c.manager).label("manager"),
        func.min(db.reps.c.region).label("region"),
    )
    .group_by(db.reps.c.name)
    .subquery("rep")
)
TABLES: dict[About, FromClause] = {
    About.ACTIVITIES: db.activities,
    About.DEALS: db.deals,
    About.LEADS: db.leads,
    About.ACCOUNTS: db.accounts,
    About.CONTACTS: db.contacts,
    About.REPLIES: REPLIES,
    About.REPS: REPS,
}
FOUNDED_IN = "year_established"  # kept as it came (playbook/columns/maven.yaml); no other layout tells it
APART = "\x1f"  # between a deal's id and its name: two deals of one name are two
PRODUCTS = (
    select(db.products.c.name, func.min(db.products.c.series).label("series"))
    .group_by(db.products.c.name)
    .subquery("product_line")
)


class days_between(FunctionElement[int]):  # reads as the SQL function that it is
    """Whole calendar days from the second date to the first."""

    inherit_cache = True
    type = Integer()


@compiles(days_between)
def _days(element: Any, compiler: Any, **kw: Any) -> str:
    later, earlier = (compiler.process(c, **kw) for c in element.clauses)
    return f"(CAST({later} AS DATE) - CAST({earlier} AS DATE))"


@compiles(days_between, "sqlite")
def _days_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    later, earlier = (compiler.process(c, **kw) for c in element.clauses)
    return f"CAST(julianday(date({later})) - julianday(date({earlier})) AS INTEGER)"


class weekday_of(GenericFunction[str]):
    """A moment's day of the week, Sunday as "0"."""

    inherit_cache = True
    type = String()
    name = "weekday_of"


@compiles(weekday_of)
def _weekday(element: Any, compiler: Any, **kw: Any) -> str:
    return f"CAST(EXTRACT(DOW FROM {compiler.process(element.clauses, **kw)}) AS TEXT)"


@compiles(weekday_of, "sqlite")
def _weekday_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"strftime('%w', {compiler.process(element.clauses, **kw)})"


class iso_day(GenericFunction[str]):
    """A moment's day as YYYY-MM-DD."""

    inherit_cache = True
    type = String()
    name = "iso_day"


@compiles(iso_day)
def _iso(element: Any, compiler: Any, **kw: Any) -> str:
    return f"to_char({compiler.process(element.clauses, **kw)}, 'YYYY-MM-DD')"


@compiles(iso_day, "sqlite")
def _iso_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"date({compiler.process(element.clauses, **kw)})"


def joined(about: About) -> FromClause:
    """The table with what its records are told apart by: account, rep, product line, label."""
    table = TABLES[about]
    source: FromClause = table
    if about is About.REPS:
        return source
    if about in (About.ACTIVITIES, About.DEALS, About.CONTACTS, About.REPLIES):
        source = source.outerjoin(db.accounts, db.accounts.c.id == table.c.account_id)
    source = source.outerjoin(REPS, REPS.c.name == table.c.owner)
    if about is About.DEALS:
        source = source.outerjoin(PRODUCTS, PRODUCTS.c.name == table.c.product)
    if about is About.ACTIVITIES:
        source = source.outerjoin(db.standing, db.standing.c.activity_id == table.c.id)
    return source


def counted(about: About) -> ColumnElement[bool]:
    """Which of its table's rows are records of their own: what was joined into another is none."""
    table = TABLES[about]
    return db.standing_rows(table) if isinstance(table, Table) else true()


def field(about: About, wanted: Field, dated: Dated) -> ColumnElement[Any]:
    """The field's text; empty or NULL where a record lacks it. A time is the record's day, as YYYY-MM-DD."""
    table = TABLES[about]
    deal = db.deals.c
    account = db.accounts.c
    match wanted:
        case Field.REP:
            return table.c.name if about is About.REPS else table.c.owner
        case Field.MANAGER:
            return REPS.c.manager
        case Field.REP_REGION:
            return REPS.c.region
        case Field.ACCOUNT:
            return account.name
        case Field.ACCOUNT_TYPE:
            return account.type
        case Field.ACCOUNT_REGION:
            return account.region
        case Field.PARENT:
            return account.parent
        case Field.INDUSTRY:
            return db.leads.c.industry if about is About.LEADS else account.industry
        case Field.SERIES:
            return PRODUCTS.c.series
        case Field.STATE:
            return case((deal.won.is_(True), "won"), (deal.won.is_(False), "lost"), else_="open")
        case Field.DEAL:
            return deal.id + literal(APART) + case((deal.name != "", deal.name), else_=deal.native_id)
        case Field.TYPE:
            return db.activities.c.kind
        case Field.DIRECTION:
            return DIRECTION if about is About.ACTIVITIES else table.c.direction
        case Field.LABEL:
            return db.standing.c.engagement
        case Field.JOB_TITLE:
            return table.c.job_title if about is About.LEADS else table.c.title
        case Field.OPTED_OUT:
            return case((db.contacts.c.opted_out.is_(True), "yes"), else_="no")
        case Field.EMAIL:
            return case((table.c.email != "", "given"), else_="")
        case Field.NOTE:
            return db.leads.c.notes
        case Field.DAY | Field.WEEKDAY | Field.WEEK | Field.MONTH | Field.QUARTER | Field.YEAR:
            return iso_day(moment(about, dated))
        case _:
            return table.c[wanted.value.replace(" ", "_")]


def number(about: About, of: Column, as_of: date | None) -> ColumnElement[Any]:
    """The column's figure for such a record, or for the account it belongs to; NULL where it lacks one."""
    deal, lead = db.deals.c, db.leads.c
    match of:
        case Column.AGE if about is About.LEADS:
            return days_between(_today(as_of), lead.created_at)
        case Column.SILENCE if about is About.LEADS:
            return days_between(_today(as_of), lead.last_contact)
        case Column.FOLLOWED:
            return days_between(lead.last_contact, lead.created_at)
        case Column.SINCE:
            days = days_between(_today(as_of), db.activities.c.at)
            return case((days >= 0, days))  # what lies ahead was not yet
        case Column.VALUE:
            return deal.amount
        case Column.REVENUE:
            return db.accounts.c.revenue
        case Column.EMPLOYEES:
            return cast(db.accounts.c.size, Float)
        case Column.FOUNDED:
            return cast(func.nullif(db.accounts.c.extra[FOUNDED_IN].as_string(), ""), Float)
        case Column.DURATION:
            return db.activities.c.duration_s
        case Column.WAIT:
            return REPLIES.c.hours
        case Column.SILENCE:
            return days_between(_today(as_of), _last_contact(as_of))
        case Column.CYCLE:
            return case((deal.won.is_not(None), days_between(deal.closed_at, deal.created_at)))
        case Column.AGE:
            return case((deal.won.is_(None), days_between(_today(as_of), deal.created_at)))


def _last_contact(as_of: date | None) -> ColumnElement[Any]:
    """The day of an account's newest activity; what lies ahead, such as a planned meeting, is none yet."""
    newest = db.activities.alias("newest")
    past = iso_day(newest.c.at) <= (as_of.isoformat() if as_of else "")
    own = newest.c.account_id == db.accounts.c.id
    return select(func.max(newest.c.at)).where(own, past).correlate(db.accounts).scalar_subquery()


def _today(as_of: date | None) -> ColumnElement[Any]:
    return literal(as_of.isoformat() if as_of else None, String())


def moment(about: About, dated: Dated) -> ColumnElement[Any]:
    """The date that is meant; NULL for records that cannot have it."""
    if about in (About.ACTIVITIES, About.REPLIES):
        return TABLES[about].c.at
    if about is About.LEADS:
        return db.leads.c.created_at if dated is Dated.CREATED else db.leads.c.last_contact
    deal = db.deals.c
    if dated is Dated.CREATED:
        return deal.created_at
    return case((deal.won.is_(None), deal.expected_close_at), else_=deal.closed_at)
