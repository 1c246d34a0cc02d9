"""A bound on a column, or on the rows of a result."""

from dataclasses import dataclass
from enum import StrEnum

from crm.insight.frame import Column


class Rows(StrEnum):
    """By which of their figures rows are kept: "more than 10 open deals", "over 1m in won revenue", "over 20 %".

    The average is that of a column: "an average deal size above 50k".
    """

    NUMBER = "number"
    SUM = "sum"
    RATE = "rate"
    AVERAGE = "average"


@dataclass(frozen=True, slots=True)
class Bound:
    """A number that something must lie above or below; `column` where it is said.

    `days` tells that days or weeks were counted, `calendar` that these are months or years back from today,
    `timed` that minutes or the like were, `missing` that there is none, `of_rows` that it keeps rows of the result,
    not records; `at` is where its number stands.
    """

    low: float | None
    high: float | None
    strict: bool
    column: Column | None
    text: str
    days: bool = False
    calendar: bool = False
    timed: bool = False
    missing: bool = False
    of_rows: Rows | None = None
    at: int = 0
    told: bool = False  # a small verb or its column leads it in: "deals that have more than 180 days"
