"""A frame over the border: a question about numbers, said in parts instead of words."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field as Described
from pydantic import StringConstraints

from api.models import Strict
from api.problems import Trouble
from crm.insight.frame import (
    COLUMNS,
    OF,
    About,
    Column,
    Condition,
    Dated,
    Field,
    Has,
    How,
    Limit,
    QueryFrame,
    When,
    Where,
)
from crm.nouns import Period

Value = Annotated[str, StringConstraints(max_length=200)]
DATES = {
    About.ACTIVITIES: {Dated.DATED},
    About.DEALS: {Dated.CREATED, Dated.CLOSED, Dated.EXPECTED},
    About.LEADS: {Dated.CREATED, Dated.CONTACTED},
}
OVER_COLUMN = {How.TOTAL, How.MEAN, How.MEDIAN, How.MOST, How.LEAST}


class Is(Strict):
    """A field has one of the values, as they stand in the store; without values: it was not given."""

    type: Literal["is"]
    field: Field
    values: list[Value] = Described([], max_length=50)
    negated: bool = False

    def condition(self, about: About) -> Where:
        _held(self.field in OF[about], f"{about} have no {self.field}.")
        return Where(self.field, tuple(self.values), self.negated)


class Between(Strict):
    """A column lies between two bounds, both inclusive unless `strict`; null is open."""

    type: Literal["between"]
    column: Column
    low: float | None = Described(None, allow_inf_nan=False)
    high: float | None = Described(None, allow_inf_nan=False)
    strict: bool = False

    def condition(self, about: About) -> Limit:
        _held(self.column in COLUMNS[about], f"{about} have no {self.column}.")
        _held(self.low is not None or self.high is not None, "A bound is needed: low, high or both.")
        return Limit(self.column, self.low, self.high, self.strict)


class During(Strict):
    """One of the record's dates lies on one of these days, both inclusive; null is open."""

    type: Literal["during"]
    start: date | None = None
    end: date | None = None
    dated: Dated

    def condition(self, about: About) -> When:
        _held(self.dated in DATES.get(about, ()), f"{about} have no date {self.dated}.")
        _held(self.end is None or self.end < date.max, "The last day is too far away.")
        return When(Period(self.start, self.end), self.dated)


class Having(Strict):
    """The account, or the rep, has at least `least` such activities, deals or contacts; `negated`: it has fewer."""

    type: Literal["has"]
    about: Literal[About.ACTIVITIES, About.DEALS, About.CONTACTS]
    where: list[Annotated[Is | During, Described(discriminator="type")]] = Described([], max_length=10)
    negated: bool = False
    least: int = Described(1, ge=1, le=1_000_000)

    def condition(self, about: About) -> Has:
        _held(about in (About.ACCOUNTS, About.REPS), "Only accounts and reps have activities, deals or contacts.")
        return Has(self.about, tuple(c.condition(self.about) for c in self.where), self.negated, self.least)


AnyCondition = Annotated[Is | Between | During | Having, Described(discriminator="type")]


class Frame(Strict):
    """What to compute over which records; only what the store can answer exactly."""

    about: About
    how: How = How.COUNT
    of: Column | Field | None = Described(None, description="a column to compute over; for DISTINCT a field")
    where: list[AnyCondition] = Described([], max_length=20)
    are: list[Is] = Described([], max_length=5, description="the counted part of a share")
    group: list[Field] = Described([], max_length=2)
    top: int | None = Described(None, ge=1, le=1_000)
    ascending: bool = False

    def frame(self) -> QueryFrame:
        """The same for the house. Raises Trouble for what such records cannot be asked."""
        self._checked()
        return QueryFrame(
            self.about,
            self.how,
            self.of,
            tuple(self._condition(c) for c in self.where),
            tuple(c.condition(self.about) for c in self.are),
            tuple(self.group),
            top=self.top,
            ascending=self.ascending,
        )

    def _condition(self, said: Is | Between | During | Having) -> Condition:
        return said.condition(self.about)

    def _checked(self) -> None:
        for wanted in self.group:
            _held(wanted in OF[self.about], f"{self.about} have no {wanted}.")
        _held(len(set(self.group)) == len(self.group), "Each group once.")
        if self.how in OVER_COLUMN:
            _held(self.of in COLUMNS[self.about], f"The {self.how} needs a column of {self.about} as `of`.")
        elif self.how is How.DISTINCT:
            _held(self.of in OF[self.about], f"The {self.how} needs a field of {self.about} as `of`.")
        else:
            _held(self.of is None, f"The {self.how} takes no `of`.")
        share = self.how is How.SHARE
        _held(not share or bool(self.are or self.group), "A share needs `are` or `group`.")
        _held(share or not self.are, "Only a share takes `are`.")
        _held(self.top is None or bool(self.group), "`top` needs a group.")


def _held(true: bool, otherwise: str) -> None:
    if not true:
        raise Trouble(422, otherwise)
