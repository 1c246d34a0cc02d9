"""Finds again whom an activity names of the contacts it refers to by id, whichever of both came first."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Text, cast, select

from crm.intake.known_people import KnownPeople
from crm.intake.rematch import chunks, parse_again
from crm.intake.sources import Refs
from crm.records import db
from crm.records.store import Store
from crm.threads.thread import Ours, named_in_text


def name_contacts(store: Store, ours: Ours) -> None:
    """May be done again. What names somebody else than before is parsed anew."""
    c = db.activities.c
    with store.reading() as connection:
        known = KnownPeople.read(connection)
    query = select(c.number, c.raw_subject, c.raw_body, c.extra, c.named)
    for rows in chunks(store, query.where(cast(c.extra, Text).contains('"@contact_ids"')), db.activities):
        changed = [row["number"] for row in rows if _named(row, known) != row["named"]]
        if changed:
            parse_again(store, c.number.in_(changed), ours, known)


def _named(row: Mapping[str, Any], known: KnownPeople) -> list[str]:
    return list(named_in_text(known.with_names(Refs.of(row["extra"])), row["raw_subject"], row["raw_body"]))
