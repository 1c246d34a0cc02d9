"""What a question about numbers asks for, written down before anything is computed."""

from dataclasses import dataclass
from enum import StrEnum

from crm.nouns import Period


class About(StrEnum):
    """Which records are counted."""

    ACTIVITIES = "activities"
    DEALS = "deals"
    LEADS = "leads"
    ACCOUNTS = "accounts"


class Measure(StrEnum):
    """What is computed over them."""

    COUNT = "number"
    TOTAL = "total value"
    MEAN = "average value"
    MEDIAN = "median value"
    WIN_RATE = "win rate"
    ENGAGED_SHARE = "share of engaged"


class Field(StrEnum):
    """What records can be filtered or grouped by."""

    REP = "rep"
    STAGE = "stage"
    STATE = "state"
    PRODUCT = "product"
    ACCOUNT = "account"
    REGION = "region"
    INDUSTRY = "industry"
    KIND = "type"
    LABEL = "label"
    OUTCOME = "outcome"
    STATUS = "status"
    MONTH = "month"
    QUARTER = "quarter"


OF: dict[About, frozenset[Field]] = {
    About.ACTIVITIES: frozenset(
        {
            Field.REP,
            Field.KIND,
            Field.LABEL,
            Field.OUTCOME,
            Field.ACCOUNT,
            Field.REGION,
            Field.INDUSTRY,
            Field.MONTH,
            Field.QUARTER,
        }
    ),
    About.DEALS: frozenset(
        {
            Field.REP,
            Field.STAGE,
            Field.STATE,
            Field.PRODUCT,
            Field.ACCOUNT,
            Field.REGION,
            Field.INDUSTRY,
            Field.MONTH,
            Field.QUARTER,
        }
    ),
    About.LEADS: frozenset({Field.REP, Field.STATUS, Field.INDUSTRY}),
    About.ACCOUNTS: frozenset({Field.REP, Field.REGION, Field.INDUSTRY}),
}
"""Which fields each kind of record has; a frame outside of this is refused."""


@dataclass(frozen=True, slots=True)
class Where:
    """A condition: the field has one of the values, as they stand in the store."""

    field: Field
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryFrame:
    """A checked question: only what the store can answer exactly. `top` keeps the largest groups."""

    about: About
    measure: Measure
    where: tuple[Where, ...] = ()
    period: Period | None = None
    group: Field | None = None
    top: int | None = None

    @property
    def needs_labels(self) -> bool:
        """Whether the figures stand on verdicts, so that everything must be judged first."""
        fields = {self.group, *(w.field for w in self.where)}
        return self.measure is Measure.ENGAGED_SHARE or Field.LABEL in fields

    def in_words(self) -> str:
        """The frame as a person would say it, so that a misunderstanding shows."""
        said = f"{self.measure} of {self.about}" if self.measure is not Measure.COUNT else f"number of {self.about}"
        if self.where:
            said += " with " + " and ".join(f"{w.field} {' or '.join(w.values)}" for w in self.where)
        if self.period:
            dated = {About.DEALS: "created", About.LEADS: "last contacted"}.get(self.about, "dated")
            if self.about is About.DEALS and any(w.field is Field.STATE and "open" not in w.values for w in self.where):
                dated = "closed"
            start, end = self.period.start or "the beginning", self.period.end or "now"
            said += f", {dated} from {start} to {end}"
        if self.group:
            said += f", by {self.group}"
        return said + (f", the {self.top} largest" if self.top else "")


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of a result: `name` is the group, empty for a single figure; `rows` how many records stand behind it."""

    name: str
    value: float
    rows: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """A computed frame, largest first or in time order."""

    frame: QueryFrame
    rows: tuple[Figure, ...]
    left_out: int = 0
    """Records that match but lack the value, such as deals without an amount."""
