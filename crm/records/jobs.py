"""Jobs that wait at a vendor, on record from the moment they have a name: a stopped program finds them again."""

from datetime import UTC, datetime

from sqlalchemy import insert, select, update

from crm.records.db import model_jobs
from crm.records.store import Store


def open_job(store: Store, wanted: str) -> str:
    """The job under way for exactly these prompts; empty when there is none."""
    query = select(model_jobs.c.name).where(model_jobs.c.wanted == wanted, model_jobs.c.ended_at.is_(None))
    with store.reading() as connection:
        return str(connection.execute(query).scalar() or "")


def put_job(store: Store, name: str, wanted: str, model: str) -> None:
    """A job that was just queued."""
    row = {"name": name, "wanted": wanted, "model": model, "at": datetime.now(UTC), "outcome": ""}
    with store.writing() as connection:
        connection.execute(insert(model_jobs).values(row))


def end_job(store: Store, name: str, outcome: str) -> None:
    """Its replies are kept, or there will be none."""
    with store.writing() as connection:
        ended = {"ended_at": datetime.now(UTC), "outcome": outcome}
        connection.execute(update(model_jobs).where(model_jobs.c.name == name).values(ended))
