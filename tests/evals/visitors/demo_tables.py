"""The demo CRM's tables as the answers in pandas begin with them."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

NAMES = ("reps", "accounts", "contacts", "deals", "leads", "activities")


def tables(folder: Path) -> "list[pd.DataFrame]":
    """The six tables in the order of NAMES; `t` is an activity's time, `cr` the day created, `cl` the day closed."""
    import pandas as pd

    found = [pd.read_csv(folder / f"{name}.csv") for name in NAMES]
    _, _, _, deals, leads, activities = found
    activities["t"] = pd.to_datetime(activities.activity_date)
    deals["cr"], deals["cl"] = pd.to_datetime(deals.created_date), pd.to_datetime(deals.close_date)
    leads["cr"] = pd.to_datetime(leads.created_date)
    return found
