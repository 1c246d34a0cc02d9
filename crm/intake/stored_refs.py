"""Whom the stored activities say they belong to."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import ColumnElement, select, true

from crm.intake.sources import Refs
from crm.records import db
from crm.records.store import Store

TRUE = true()


class Stored(NamedTuple):
    """What one activity says, with whose of ours it is, and the account that was found for it."""

    refs: Refs
    owner: str
    account_id: str | None


def all_refs(store: Store, where: ColumnElement[bool] = TRUE) -> Iterator[Stored]:
    """Each activity's, where a condition holds."""
    c = db.activities.c
    with store.reading() as connection:
        for extra, owner, account_id in connection.execute(select(c.extra, c.owner, c.account_id).where(where)):
            yield Stored(Refs.of(extra), owner, account_id)
