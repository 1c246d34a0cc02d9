"""Jobs that wait at a vendor, on record before they are queued: a program that was stopped finds them again."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import insert, select, update

from crm.records.db import model_jobs
from crm.records.store import Store

UNNAMED = "?"  # before the label of a job whose name the vendor has not told yet


@dataclass(frozen=True, slots=True)
class VendorJob:
    """A job under way: our label for it, and the vendor's name once that is known."""

    label: str
    name: str = ""


def begin_job(store: Store, task: str, wanted: str, model: str) -> VendorJob:
    """Puts on record that a job for these prompts is about to be queued, under a label that no other job has."""
    label = f"{task} {wanted} {secrets.token_hex(4)}"
    row = {"name": UNNAMED + label, "wanted": wanted, "model": model, "at": datetime.now(UTC), "outcome": ""}
    with store.writing() as connection:
        connection.execute(insert(model_jobs).values(row))
    return VendorJob(label)


def open_job(store: Store, wanted: str) -> VendorJob | None:
    """The job under way for exactly these prompts, or about to be when its program ended."""
    query = select(model_jobs.c.name).where(model_jobs.c.wanted == wanted, model_jobs.c.ended_at.is_(None))
    with store.reading() as connection:
        name = connection.execute(query.order_by(model_jobs.c.at.desc())).scalars().first()
    if name is None:
        return None
    return VendorJob(name.removeprefix(UNNAMED)) if name.startswith(UNNAMED) else VendorJob("", name)


def name_job(store: Store, label: str, name: str) -> None:
    """The vendor has it, under this name."""
    with store.writing() as connection:
        named = update(model_jobs).where(model_jobs.c.name == UNNAMED + label).values(name=name)
        connection.execute(named)


def end_job(store: Store, name: str, outcome: str) -> None:
    """Its replies are kept, or there will be none."""
    with store.writing() as connection:
        ended = {"ended_at": datetime.now(UTC), "outcome": outcome}
        connection.execute(update(model_jobs).where(model_jobs.c.name == name).values(ended))
