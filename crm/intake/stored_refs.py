"""Whom the stored activities say they belong to."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, select, true

from crm.intake.sources import NAMES, NO_REFS, Refs
from crm.nouns import Direction, Kind, Side
from crm.records import db
from crm.records.store import Store

TRUE = true()


class Stored(NamedTuple):
    """What one activity says, with whose of ours it is, and the account that was found for it.

    `automatic`: a mail to us that nobody typed a word of, such as a newsletter or a notice. `names` are those that
    stood beside addresses of the row, by address.
    """

    refs: Refs
    owner: str
    account_id: str | None
    automatic: bool
    names: Mapping[str, str]


def all_refs(store: Store, where: ColumnElement[bool] = TRUE) -> Iterator[Stored]:
    """Each activity's, where a condition holds."""
    c = db.activities.c
    with store.reading() as connection:
        columns = (c.extra, c.owner, c.account_id, c.kind, c.sides, c.direction)
        for extra, owner, account_id, kind, sides, direction in connection.execute(select(*columns).where(where)):
            automatic = kind == Kind.EMAIL and sides == Side.MACHINE and direction != Direction.OUTBOUND
            yield Stored(Refs.of(extra), owner, account_id, automatic, dict(extra.get(NAMES, ())))


class Envelope(NamedTuple):
    """What the row of one activity named beside its text: to whom it belongs, from whom and to whom its mail went."""

    refs: Refs = NO_REFS
    sender: str = ""
    to: tuple[str, ...] = ()


def envelopes(store: Store, ids: Sequence[str]) -> dict[str, Envelope]:
    """Those of a few activities by their ids, as many as one query may name."""
    c = db.activities.c
    with store.reading() as connection:
        found = connection.execute(select(c.id, c.extra).where(c.id.in_(ids))).all()
    return {i: Envelope(Refs.of(extra), extra.get("@from", ""), tuple(extra.get("@to", ()))) for i, extra in found}
