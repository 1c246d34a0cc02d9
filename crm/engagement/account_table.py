"""The list of accounts as a table to take away."""

from collections.abc import Sequence
from dataclasses import dataclass

from crm.engagement.overview import Pulse
from crm.engagement.portfolio import AccountRow
from crm.nouns import Period
from crm.taken_tables import Cell

BEFORE = {
    "account": "The company's name.",
    "owner": "Who of our side the account belongs to.",
    "type": "What the company is to us, as the CRM has it: customer, prospect, partner.",
    "industry": "What the company does, as the CRM has it.",
    "region": "Where it is, as the CRM has it.",
    "last_two_way_contact": "The day on which somebody there last really talked with us.",
    "days_silent": "Days between that and the newest record in the data.",
    "engaged": "How many of its activities were real two-way contacts.",
    "not_engaged": "How many were one-way, or no person answered.",
    "undecided": "How many do not show enough to tell.",
    "open_deals": "How many deals with it are open.",
}
AFTER = {
    "health": "How the account is doing, in a word.",
    "health_because": "What that follows from.",
}
WITHIN = {
    "in_period_from": "The first day of the period that was chosen.",
    "in_period_to": "Its last day.",
    "in_period": "What that period comes to: talked with us, approached only, undecided, or no record.",
    "in_period_last_two_way_contact": "The day of the last real two-way contact in the period that was chosen.",
    "in_period_engaged": "How many of its activities in that period were real two-way contacts.",
    "in_period_not_engaged": "How many in that period were one-way, or no person answered.",
    "in_period_undecided": "How many in that period do not show enough to tell.",
}
VALUE, OF_VALUE = "open_value", "What its open deals are worth together"


@dataclass(frozen=True, slots=True)
class AccountTable:
    """The accounts as rows under a head.

    The value of open deals has a column for each currency, so that no sum of a column ever mixes two.
    """

    rows: Sequence[AccountRow]
    period: Period | None = None

    @property
    def meanings(self) -> dict[str, str]:
        """What each column holds, in the order of the columns."""
        values = {_column(c): f"{OF_VALUE}, in {c}." if c else f"{OF_VALUE}; no currency is given." for c in self._held}
        return {**BEFORE, **(WITHIN if self.period else {}), **values, **AFTER}

    @property
    def cells(self) -> list[tuple[Cell, ...]]:
        """Each account's cells; an unknown number is empty, and so is the value in a currency without open deals."""
        held = self._held
        days = [day.isoformat() if day else "" for day in (self.period.start, self.period.end)] if self.period else []
        return [_cells(row, held, days) for row in self.rows]

    @property
    def _held(self) -> list[str]:
        """The currencies of open deals; one that nobody named where there is none."""
        return sorted({currency for row in self.rows for currency in row.value}) or [""]


def _column(currency: str) -> str:
    return f"{VALUE}_{currency}" if currency else VALUE


def _cells(row: AccountRow, currencies: Sequence[str], days: Sequence[str]) -> tuple[Cell, ...]:
    account, pulse = row.account, row.pulse
    last, *counts = _counts(pulse)
    told = (account.name, account.owner, account.type, account.industry, account.region, last, row.days_silent)
    then = (*days, row.within.answered.value if row.within else "", *_counts(row.within)) if days else ()
    values = (round(row.value[c], 2) if c in row.value else None for c in currencies)
    return (*told, *counts, len(row.open_deals), *then, *values, row.health.band.value, "; ".join(row.health.reasons))


def _counts(pulse: Pulse | None) -> tuple[Cell, ...]:
    """The day of the last conversation, then the records under each label."""
    if pulse is None:
        return "", 0, 0, 0
    last = pulse.last_engaged.isoformat() if pulse.last_engaged else ""
    return last, pulse.engaged, pulse.not_engaged, pulse.nd
