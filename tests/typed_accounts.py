"""A small invented CRM whose accounts carry types, with what each of them did."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from crm.records import db
from crm.records.store import Store

TYPES = {  # the account's number: its type, its industry
    1: ("Customer - Direct", "Food"),
    2: ("Customer - Direct", "Stone"),
    3: ("Customer - Channel", "Food"),
    4: ("Prospect", "Food"),
    5: ("Prospect", "Stone"),
    6: ("Supplier", "Stone"),
    7: ("Technology Partner", "Food"),
    8: ("", "Stone"),
}
DEALS = [  # account, amount, won
    (1, 100.0, True),
    (1, 200.0, None),
    (3, 400.0, False),
    (4, 800.0, None),
    (4, 1600.0, None),
    (5, 3200.0, True),
    (7, 6400.0, None),
    (8, 12800.0, None),
]
MAILS = [  # account, direction, days after the first
    (1, "outbound", 0),
    (1, "inbound", 1),
    (2, "outbound", 2),
    (3, "outbound", 3),
    (4, "outbound", 4),
    (5, "outbound", 5),
    (5, "inbound", 6),
    (6, "outbound", 7),
    (7, "inbound", 8),
    (8, "outbound", 9),
]
FIRST = datetime(2026, 5, 4, 9, tzinfo=UTC)
COMMON = {"source": "t", "row_hash": "", "import_id": 1, "extra": {}}


def opened(folder: Path, typed: bool = True) -> Store:
    """The store; without types its accounts are only accounts."""
    store = Store.open(f"sqlite:///{folder}/crm.sqlite")
    with store.writing() as connection:
        for number, (type_, industry) in TYPES.items():
            row = {"id": f"a{number}", "native_id": str(number), "name": f"Firm {number}", "industry": industry}
            connection.execute(db.accounts.insert().values(**COMMON, **row, type=type_ if typed else ""))
        for number, (account, amount, won) in enumerate(DEALS):
            row = {"id": f"d{number}", "native_id": str(number), "name": f"Deal {number}", "account_id": f"a{account}"}
            closed = FIRST if won is not None else None
            told = {"amount": amount, "currency": "EUR", "won": won, "created_at": FIRST, "closed_at": closed}
            stage = {True: "Won", False: "Lost", None: "Proposal"}[won]
            connection.execute(db.deals.insert().values(**COMMON, **row, **told, stage=stage))
        for number, (account, direction, days) in enumerate(MAILS):
            row = {"id": f"m{number}", "native_id": str(number), "kind": "email", "account_id": f"a{account}"}
            told = {"raw_subject": "Docks", "raw_body": "A word.", "subject": "Docks", "direction": direction}
            more = {"tags": [], "messages": [], "named": [], "contact_ids": [], "text_hash": str(number), "sides": ""}
            more |= {"outcome": "", "owner": "", "matched_by": ""}
            at = FIRST + timedelta(days=days)
            connection.execute(db.activities.insert().values(**COMMON, **row, **told, **more, at=at))
    return store
