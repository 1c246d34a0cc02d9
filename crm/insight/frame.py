"""What a question about numbers asks for, written down before anything is computed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crm.nouns import Period


class About(StrEnum):
    """Which records are counted."""

    ACTIVITIES = "activities"
    DEALS = "deals"
    LEADS = "leads"
    ACCOUNTS = "accounts"
    CONTACTS = "contacts"


class How(StrEnum):
    """What is computed over them."""

    COUNT = "number"
    DISTINCT = "number of different"
    TOTAL = "total"
    MEAN = "average"
    MEDIAN = "median"
    MOST = "largest"
    LEAST = "smallest"
    SHARE = "share"


class Column(StrEnum):
    """What can be added up, averaged or ranked."""

    VALUE = "value"
    REVENUE = "company revenue (millions)"
    EMPLOYEES = "employees"
    AGE = "age in days"
    CYCLE = "sales cycle in days"
    DURATION = "duration in seconds"


class Field(StrEnum):
    """What records can be filtered or grouped by."""

    REP = "rep"
    MANAGER = "manager"
    REP_REGION = "rep region"
    ACCOUNT_REGION = "account region"
    ACCOUNT = "account"
    PARENT = "parent"
    INDUSTRY = "industry"
    PRODUCT = "product"
    SERIES = "series"
    STAGE = "stage"
    STATE = "state"
    CURRENCY = "currency"
    DEAL = "deal"
    TYPE = "type"
    LABEL = "label"
    DIRECTION = "direction"
    OUTCOME = "outcome"
    CONTACT = "contact"
    STATUS = "status"
    JOB_TITLE = "job title"
    COMPANY_SIZE = "company size"
    OPTED_OUT = "opted out"
    DAY = "day"
    WEEKDAY = "weekday"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Dated(StrEnum):
    """Which of a record's dates a period means."""

    DATED = "dated"
    CREATED = "created"
    CLOSED = "closed"
    EXPECTED = "expected to close"
    CONTACTED = "last contacted"


TIMES = (Field.DAY, Field.WEEKDAY, Field.WEEK, Field.MONTH, Field.QUARTER, Field.YEAR)
_OWNED = frozenset({Field.REP, Field.MANAGER, Field.REP_REGION})
_OF_ACCOUNT = frozenset({Field.ACCOUNT, Field.ACCOUNT_REGION, Field.INDUSTRY, Field.PARENT})
OF: dict[About, frozenset[Field]] = {
    About.ACTIVITIES: _OWNED
    | _OF_ACCOUNT
    | {Field.TYPE, Field.LABEL, Field.DIRECTION, Field.OUTCOME, Field.CONTACT, *TIMES},
    About.DEALS: _OWNED
    | _OF_ACCOUNT
    | {Field.PRODUCT, Field.SERIES, Field.STAGE, Field.STATE, Field.CURRENCY, Field.DEAL, *TIMES},
    About.LEADS: _OWNED | {Field.STATUS, Field.INDUSTRY, Field.JOB_TITLE, Field.COMPANY_SIZE, *TIMES},
    About.ACCOUNTS: _OWNED | _OF_ACCOUNT,
    About.CONTACTS: _OWNED | _OF_ACCOUNT | {Field.JOB_TITLE, Field.OPTED_OUT},
}
"""Which fields each kind of record has; a frame outside of this is refused."""

COLUMNS: dict[About, frozenset[Column]] = {
    About.ACTIVITIES: frozenset({Column.DURATION}),
    About.DEALS: frozenset({Column.VALUE, Column.AGE, Column.CYCLE}),
    About.LEADS: frozenset(),
    About.ACCOUNTS: frozenset({Column.REVENUE, Column.EMPLOYEES}),
    About.CONTACTS: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Where:
    """The field has one of the values, as they stand in the store; without values: it was not given."""

    field: Field
    values: tuple[str, ...]
    negated: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """The column lies between two bounds, both inclusive unless `strict`; None is open."""

    column: Column
    low: float | None = None
    high: float | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """One of the record's dates lies in a period."""

    period: Period
    dated: Dated


@dataclass(frozen=True, slots=True)
class Has:
    """The account has at least one such activity or deal; `negated`: it has none."""

    about: About
    where: tuple["Where | When", ...] = ()
    negated: bool = False


Condition = Where | Limit | When | Has


@dataclass(frozen=True, slots=True)
class QueryFrame:
    """A checked question: only what the store can answer exactly.

    `of` is a column to compute over, or for DISTINCT the field whose values are counted. `are` is what the counted
    part of a SHARE is; empty: each group's part of all. `versus` are conditions of which each gives a row of its own.
    `top` keeps so many groups, the largest first, or the smallest with `ascending`; ties with the last are kept when
    `top` is 1.
    """

    about: About
    how: How = How.COUNT
    of: Column | Field | None = None
    where: tuple[Condition, ...] = ()
    are: tuple[Where, ...] = ()
    group: tuple[Field, ...] = ()
    versus: tuple[Condition, ...] = ()
    top: int | None = None
    ascending: bool = False
    as_of: date | None = None

    @property
    def needs_labels(self) -> bool:
        """Whether the figures stand on verdicts, so that everything must be judged first."""
        conditions = [*self.where, *self.are, *self.versus]
        conditions += [c for has in conditions if isinstance(has, Has) for c in has.where]
        labels = any(isinstance(c, Where) and c.field is Field.LABEL for c in conditions)
        return labels or Field.LABEL in self.group

    @property
    def money(self) -> bool:
        return self.of is Column.VALUE

    def in_words(self) -> str:
        """The frame as a person would say it, so that a misunderstanding shows."""
        said = [_measured(self), *(_condition(c) for c in self.where)]
        if self.of is Column.AGE and self.as_of:
            said.append(f"as of {self.as_of}")
        if self.versus:
            said.append("compared: " + " against ".join(_condition(c, short=True) for c in self.versus))
        if self.group:
            said.append("by " + " and ".join(self.group))
        if self.top:
            said.append(f"the {'lowest' if self.ascending else 'highest'}{f' {self.top}' if self.top > 1 else ''}")
        return ", ".join(said)


def _measured(frame: QueryFrame) -> str:
    if frame.how is How.SHARE and frame.are:
        return f"share of {frame.about} that are {' and '.join(_condition(c, short=True) for c in frame.are)}"
    if frame.how is How.SHARE:
        return f"each {' and '.join(frame.group)}'s share of {frame.about}"
    if frame.how is How.DISTINCT:
        return f"{frame.how} {frame.of} values of {frame.about}"
    return f"{frame.how} of {frame.about}" if frame.of is None else f"{frame.how} {frame.of} of {frame.about}"


def _condition(c: Condition, short: bool = False) -> str:
    if isinstance(c, When):
        start, end = c.period.start, c.period.end
        span = f"from {start or 'the beginning'} to {end or 'the newest'}"
        return span if short and c.dated is Dated.DATED else f"{c.dated} {span}"
    if isinstance(c, Limit):
        low = f"{'above' if c.strict else 'at least'} {c.low:g}" if c.low is not None else ""
        high = f"{'below' if c.strict else 'at most'} {c.high:g}" if c.high is not None else ""
        return f"{c.column} {' and '.join(filter(None, (low, high)))}"
    if isinstance(c, Has):
        inner = " ".join(_condition(w) for w in c.where)
        return f"{'without' if c.negated else 'with'} {c.about} {inner}".strip()
    if not c.values:
        return f"{'with' if c.negated else 'without'} {c.field}"
    values = c.said or " or ".join(c.values)
    return f"{'not ' if c.negated else ''}{values}" if short else f"{c.field} {'not ' if c.negated else ''}{values}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of a result: `name` is the group, empty for a single figure; `ids` are the records behind it."""

    name: str
    value: float
    ids: tuple[str, ...]
    unit: str = ""

    @property
    def rows(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Figures:
    """A computed frame, largest first, in time order, or in the order of a comparison.

    `left_out` counts records that match but lack the value; `ungrouped` those that lack the group. `mixed` tells
    that money of several currencies was kept apart.
    """

    frame: QueryFrame
    rows: tuple[Figure, ...]
    matched: int = 0
    left_out: int = 0
    ungrouped: int = 0
    mixed: bool = False
