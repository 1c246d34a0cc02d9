"""Says after a list of our people was read what it tells of our side."""

from sqlalchemy import func, select

from crm.records import db
from crm.records.store import Store
from crm.threads.thread import Ours


def people_told(store: Store, import_id: int, told: Ours) -> list[str]:
    """How many of ours the import holds, and whose mail is ours by now."""
    c = db.reps.c
    with store.reading() as connection:
        count = connection.execute(select(func.count()).where(c.import_id == import_id)).scalar_one()
    if not count:
        return []
    domains = f"; mail from {', '.join(sorted(told.domains))} is ours" if told.domains else ""
    return [f"This is a list of our own people, {count} of them{domains}."]
