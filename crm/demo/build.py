"""A whole invented CRM of any size, the same every time."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from crm.demo.damage import damaged
from crm.demo.phrases import Bank
from crm.demo.rows import ActivityRow, Crm
from crm.demo.stories import add_stories
from crm.demo.vendor import reps
from crm.demo.world import add_accounts, add_activities, add_deals, add_leads

FIRST_ID = 100_001
COPIES = 0.06  # of the generated entries, logged a second time by another tool


def build(samples: Path, activities: int = 5_000) -> Crm:
    """The stories in `samples`/stories, with a generated rest: 60 accounts for every 5,000 activities."""
    bank, crm, scale = Bank.read(samples), Crm(reps=reps()), activities / 5_000
    add_stories(crm, samples / "stories")
    told, storied = tuple(crm.activities), len(crm.accounts)
    add_accounts(crm, bank, max(storied + 1, round(60 * scale)))
    add_deals(crm, round(400 * scale), storied)
    add_leads(crm, bank, round(300 * scale))
    copies = round((activities - len(told)) * COPIES)
    add_activities(crm, bank, activities - copies, storied)
    generated = crm.activities[len(told) :]
    missing = activities - len(told) - len(generated)
    crm.activities = _numbered([*told, *damaged(generated, missing, "damage")])
    return crm


def _numbered(rows: Sequence[ActivityRow]) -> list[ActivityRow]:
    ordered = sorted(rows, key=lambda row: row.activity_date)
    return [replace(row, hs_object_id=str(FIRST_ID + n)) for n, row in enumerate(ordered)]
