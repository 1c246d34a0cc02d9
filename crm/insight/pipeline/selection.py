"""Which part of the business is looked at: a rep, a region, a product, a period, applied to every kind of record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from crm.insight.figures.sql_conditions import default_dated
from crm.insight.frame import About, Condition, Field, Has, QueryFrame, When, Where
from crm.insight.question.stored_names import StoredNames
from crm.nouns import Period


@dataclass(frozen=True, slots=True)
class Selection:
    """Empty fields mean all. Regions are the customer's where accounts and reps share region names, else the rep's."""

    rep: str = ""
    region: str = ""
    product: str = ""
    period: Period | None = None

    def on(self, frame: QueryFrame, held: StoredNames) -> QueryFrame:
        """The frame over this part only. A deal's day is that of closing for decided deals, else of creation."""
        return replace(frame, where=(*frame.where, *self._conditions(frame, held)))

    def accounts(self, held: StoredNames) -> tuple[Condition, ...]:
        """What an account must be; a product means that it has a deal of it."""
        found: list[Condition] = self._owned(About.ACCOUNTS, held)
        if self.product:
            found.append(Has(About.DEALS, (Where(Field.PRODUCT, (self.product,)),)))
        return tuple(found)

    def during(self, about: About, where: Sequence[Where] = ()) -> tuple[Where | When, ...]:
        """Conditions for a record that an account must have: its own, in the period, of the product."""
        found: list[Where | When] = list(where)
        if self.product and about is About.DEALS:
            found.append(Where(Field.PRODUCT, (self.product,)))
        if self.period:
            found.append(When(self.period, default_dated(about, None, where)))
        return tuple(found)

    def until(self, as_of: date) -> date:
        """The day to look from: the period's last, if that has passed."""
        return min(as_of, self.period.end) if self.period and self.period.end else as_of

    def _conditions(self, frame: QueryFrame, held: StoredNames) -> list[Condition]:
        found = self._owned(frame.about, held)
        if self.product and frame.about is About.DEALS:
            found.append(Where(Field.PRODUCT, (self.product,)))
        if self.period and frame.about in (About.DEALS, About.ACTIVITIES, About.LEADS):
            found.append(When(self.period, default_dated(frame.about, frame.of, (*frame.where, *frame.are))))
        return found

    def _owned(self, about: About, held: StoredNames) -> list[Condition]:
        found: list[Condition] = []
        if self.rep:
            found.append(Where(Field.REP, (self.rep,)))
        if self.region:
            found.append(Where(held.region(about), (self.region,)))
        return found


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be selected, each list in the order of the alphabet."""

    reps: tuple[str, ...]
    regions: tuple[str, ...]
    products: tuple[str, ...]


def choices(held: StoredNames) -> Choices:
    """The reps, regions and products that deals and accounts carry."""

    def values(field: Field) -> set[str]:
        return {v for about in (About.DEALS, About.ACCOUNTS) for v in held.values.get((about, field), ())}

    regions = {v for about in (About.DEALS, About.ACCOUNTS) for v in held.values.get((about, held.region(about)), ())}
    return Choices(*(tuple(sorted(found)) for found in (values(Field.REP), regions, values(Field.PRODUCT))))
