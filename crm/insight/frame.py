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
    REPLIES = "replies"
    REPS = "reps"


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
    FOUNDED = "year of founding"
    AGE = "age in days"
    CYCLE = "sales cycle in days"
    DURATION = "duration in seconds"
    WAIT = "hours to the reply"
    SILENCE = "days since the last activity"
    FOLLOWED = "days from creation to the last contact"
    SINCE = "days since then"


class Field(StrEnum):
    """What records can be filtered or grouped by."""

    REP = "rep"
    MANAGER = "manager"
    REP_REGION = "rep region"
    ACCOUNT_REGION = "account region"
    ACCOUNT = "account"
    ACCOUNT_TYPE = "account type"
    PARENT = "parent"
    INDUSTRY = "industry"
    PRODUCT = "product"
    SERIES = "series"
    STAGE = "stage"
    STATE = "state"
    LOSS_REASON = "loss reason"
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
    LOCATION = "location"
    COMPANY = "company"
    NOTE = "note"
    EMAIL = "e-mail address"
    OPTED_OUT = "opted out"
    DAY = "day"
    WEEKDAY = "weekday"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Change(StrEnum):
    """How two figures are set against each other: by how much, or by what part of the earlier one."""

    DIFFERENCE = "difference"
    GROWTH = "growth"


class Dated(StrEnum):
    """Which of a record's dates a period means."""

    DATED = "dated"
    CREATED = "created"
    CLOSED = "closed"
    EXPECTED = "expected to close"
    CONTACTED = "last contacted"


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Unit(StrEnum):
    """In what a time is told, where that was said."""

    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"


SECONDS_IN = {Unit.SECONDS: 1, Unit.MINUTES: 60, Unit.HOURS: 3600, Unit.DAYS: 86_400, Unit.WEEKS: 604_800}
TOLD_IN = {
    Column.AGE: Unit.DAYS,
    Column.CYCLE: Unit.DAYS,
    Column.SILENCE: Unit.DAYS,
    Column.FOLLOWED: Unit.DAYS,
    Column.SINCE: Unit.DAYS,
    Column.WAIT: Unit.HOURS,
    Column.DURATION: Unit.SECONDS,
}
"""In what the store holds each time."""

TIMES = (Field.DAY, Field.WEEKDAY, Field.WEEK, Field.MONTH, Field.QUARTER, Field.YEAR)
_OWNED = frozenset({Field.REP, Field.MANAGER, Field.REP_REGION})
_OF_ACCOUNT = frozenset({Field.ACCOUNT, Field.ACCOUNT_TYPE, Field.ACCOUNT_REGION, Field.INDUSTRY, Field.PARENT})
OF: dict[About, frozenset[Field]] = {
    About.ACTIVITIES: _OWNED
    | _OF_ACCOUNT
    | {Field.TYPE, Field.LABEL, Field.DIRECTION, Field.OUTCOME, Field.CONTACT, *TIMES},
    About.DEALS: _OWNED
    | _OF_ACCOUNT
    | {Field.PRODUCT, Field.SERIES, Field.STAGE, Field.STATE, Field.LOSS_REASON, Field.CURRENCY, Field.DEAL, *TIMES},
    About.LEADS: _OWNED
    | {Field.STATUS, Field.INDUSTRY, Field.JOB_TITLE, Field.COMPANY_SIZE, Field.LOCATION}
    | {Field.COMPANY, Field.NOTE, Field.EMAIL, *TIMES},
    About.ACCOUNTS: _OWNED | _OF_ACCOUNT,
    About.CONTACTS: _OWNED | _OF_ACCOUNT | {Field.JOB_TITLE, Field.OPTED_OUT, Field.EMAIL},
    About.REPS: _OWNED,
    About.REPLIES: _OWNED | _OF_ACCOUNT | {Field.DIRECTION, Field.CONTACT, *TIMES},
}
"""Which fields each kind of record has; a frame outside of this is refused."""

UNDATED = (About.ACCOUNTS, About.CONTACTS, About.REPS)  # these carry no date
COLUMNS: dict[About, frozenset[Column]] = {
    About.ACTIVITIES: frozenset({Column.DURATION, Column.SINCE}),
    About.DEALS: frozenset({Column.VALUE, Column.AGE, Column.CYCLE}),
    About.LEADS: frozenset({Column.AGE, Column.SILENCE, Column.FOLLOWED}),
    About.ACCOUNTS: frozenset({Column.REVENUE, Column.EMPLOYEES, Column.FOUNDED, Column.SILENCE}),
    About.CONTACTS: frozenset(),
    About.REPLIES: frozenset({Column.WAIT}),
    About.REPS: frozenset(),
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
    """The column lies between two bounds, both inclusive unless `strict`; None is open. `missing`: it has no value."""

    column: Column
    low: float | None = None
    high: float | None = None
    strict: bool = False
    missing: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """One of the record's dates lies in a period; `missing`: it has none."""

    period: Period
    dated: Dated
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Has:
    """The account, or the rep, has at least so many such activities, deals or contacts; `negated`: fewer, or none.

    `different`: their different values of the field are counted instead.
    """

    about: About
    where: tuple["Where | When", ...] = ()
    negated: bool = False
    least: int = 1
    different: Field | None = None


Condition = Where | Limit | When | Has


@dataclass(frozen=True, slots=True)
class Kept:
    """Of the rows those whose figure lies between the bounds, which are inclusive unless `strict`; None is open.

    `counted`: how many these are. `records`: by how many records stand behind them, whatever their figure is.
    """

    low: float | None
    strict: bool = True
    counted: bool = False
    high: float | None = None
    records: bool = False

    def keeps(self, value: float) -> bool:
        """Whether a row with this figure is kept."""
        above = self.low is None or (value > self.low if self.strict else value >= self.low)
        below = self.high is None or (value < self.high if self.strict else value <= self.high)
        return above and below


@dataclass(frozen=True, slots=True)
class QueryFrame:
    """A checked question: only what the store can answer exactly.

    `of` is a column to compute over, or for DISTINCT the field whose values are counted. `are` is what the counted
    part of a SHARE is; empty: each group's part of all. `versus` are conditions of which each gives a row of its own;
    with `change` the two of them make one figure, or else each time of the group is set against the one before.
    `each` says of what an average or extreme is taken: records are counted (or `of` is added up) for each of its
    values first, those without a record left out.
    `summed`: the shares of the `top` are added up to one.
    `unlisted`: a list was asked of what is only counted here.
    `kept` keeps the groups with so many; `top` keeps so many groups, the largest first, or the smallest with
    `ascending`; ties with the last are kept when `top` is 1.
    """

    about: About
    how: How = How.COUNT
    of: Column | Field | None = None
    where: tuple[Condition, ...] = ()
    are: tuple[Condition, ...] = ()
    group: tuple[Field, ...] = ()
    versus: tuple[Condition, ...] = ()
    top: int | None = None
    ascending: bool = False
    as_of: date | None = None
    each: Field | None = None
    change: Change | None = None
    kept: Kept | None = None
    unit: Unit | None = None
    unlisted: bool = False
    summed: bool = False

    @property
    def scale(self) -> float:
        """By what a stored time is multiplied to be told in the unit that was asked."""
        if self.unit is None or not isinstance(self.of, Column):
            return 1.0
        return SECONDS_IN[TOLD_IN[self.of]] / SECONDS_IN[self.unit]

    @property
    def needs_labels(self) -> bool:
        """Whether the figures stand on verdicts, so that everything must be judged first."""
        conditions = [*self.where, *self.are, *self.versus]
        conditions += [c for has in conditions if isinstance(has, Has) for c in has.where]
        labels = any(isinstance(c, Where) and c.field is Field.LABEL for c in conditions)
        return labels or Field.LABEL in self.group

    @property
    def rate(self) -> bool:
        """The figures are parts of one, which are shown in percent."""
        return self.how is How.SHARE or self.change is Change.GROWTH

    @property
    def money(self) -> bool:
        return self.of is Column.VALUE


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
    that money of several currencies was kept apart. `behind` are the figures that a change was taken of. `tied` counts
    the rows that were cut off though they have the same figure as the last of the top.
    """

    frame: QueryFrame
    rows: tuple[Figure, ...]
    matched: int = 0
    left_out: int = 0
    ungrouped: int = 0
    mixed: bool = False
    behind: tuple[Figure, ...] = ()
    tied: int = 0
