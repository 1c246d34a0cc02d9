"""The list of accounts as a table to take away."""

from crm.engagement.portfolio import AccountRow
from crm.taken_tables import Cell

HEAD = (
    "account", "owner", "industry", "region", "last_two_way_contact", "days_silent", "engaged", "not_engaged",
    "undecided", "open_deals", "open_value", "health", "health_because",
)  # fmt: skip


def cells(row: AccountRow) -> tuple[Cell, ...]:
    """The account's cells in the order of HEAD; an unknown number is empty."""
    account, pulse = row.account, row.pulse
    last = pulse.last_engaged.isoformat() if pulse and pulse.last_engaged else ""
    counts = (pulse.engaged, pulse.not_engaged, pulse.nd) if pulse else (0, 0, 0)
    value = "; ".join(f"{amount:.0f} {currency}".strip() for currency, amount in row.value.items())
    told = (account.name, account.owner, account.industry, account.region, last, row.days_silent)
    return (*told, *counts, len(row.open_deals), value, row.health.band.value, "; ".join(row.health.reasons))
