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


def joined(found: "list[pd.DataFrame]", today: "pd.Timestamp") -> None:
    """Adds what stands in other tables: `firm` and `day` of activities; `mgr`, `acc_...`, `age`, `cyc` of deals."""
    reps, accounts, contacts, deals, _, activities = found
    by_id = accounts.set_index("account_id")
    works_at = dict(zip(contacts.email, contacts.account_id.map(by_id.name), strict=True))
    activities["day"] = activities.t.dt.normalize()
    activities["firm"] = activities.account.fillna(activities.contact_emails.str.split(";").str[0].map(works_at))
    deals["mgr"] = deals.owner.map(dict(zip(reps.name, reps.manager, strict=True)))
    for column in ("name", "region", "industry"):
        deals[f"acc_{column}"] = deals.account_id.map(by_id[column])
    deals["age"], deals["cyc"] = (today - deals.cr).dt.days, (deals.cl - deals.cr).dt.days
