"""Gives a row the names of the people whom it tells by an id only: its owner, and its contacts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.engine import Connection

from crm.intake.owners import NO_OWNERS, Owners
from crm.intake.sources import Draft, Refs
from crm.records import db


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Ours, and the names of the contacts by their ids."""

    owners: Owners = NO_OWNERS
    contacts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, connection: Connection) -> "KnownPeople":
        c = db.contacts.c
        contacts = connection.execute(select(c.id, c.name).where(c.name != ""))
        return cls(Owners.read(connection), {row.id: row.name for row in contacts})

    def on(self, draft: Draft) -> Draft:
        """The record with these names. What it refers to stays as the row says it."""
        named = self.owners.on(draft)
        if named.raw is None or not draft.refs.contact_ids:
            return named
        return named._replace(raw=named.raw._replace(contacts=self.with_names(draft.refs)))

    def with_names(self, refs: Refs) -> tuple[str, ...]:
        """The contacts of an activity, whether it names them or refers to them."""
        known = (self.contacts[one] for one in refs.contact_ids if one in self.contacts)
        return tuple(dict.fromkeys((*refs.contact_names, *known)))


NOBODY_KNOWN = KnownPeople()
