"""The list of accounts as a table to take away."""

import csv
from collections.abc import Sequence
from io import StringIO

from crm.engagement.portfolio import AccountRow
from crm.quoting import harmless

HEAD = (
    "account", "owner", "industry", "region", "last_two_way_contact", "days_silent", "engaged", "not_engaged",
    "undecided", "open_deals", "open_value", "health", "health_because",
)  # fmt: skip


def accounts_csv(rows: Sequence[AccountRow]) -> str:
    """A row per account, in the order given; cells never run in a spreadsheet. An unknown number is empty."""
    out = StringIO()
    out.write("\N{ZERO WIDTH NO-BREAK SPACE}")  # by which Excel knows UTF-8
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for row in rows:
        writer.writerow([harmless(cell) for cell in _cells(row)])
    return out.getvalue()


def _cells(row: AccountRow) -> tuple[str, ...]:
    account, pulse = row.account, row.pulse
    last = pulse.last_engaged.isoformat() if pulse and pulse.last_engaged else ""
    silent = "" if row.days_silent is None else str(row.days_silent)
    counts = map(str, (pulse.engaged, pulse.not_engaged, pulse.nd) if pulse else (0, 0, 0))
    value = "; ".join(f"{amount:.0f} {currency}".strip() for currency, amount in row.value.items())
    told = (account.name, account.owner, account.industry, account.region, last, silent)
    return (*told, *counts, str(len(row.open_deals)), value, row.health.band.value, "; ".join(row.health.reasons))
