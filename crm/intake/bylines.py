"""Every name that stands on a record, for full-text search to find it by."""

from collections.abc import Iterable, Mapping
from typing import Any

from crm.intake.match import Directory, KnownContact
from crm.intake.parsing import written_on
from crm.intake.sources import Refs
from crm.records.fulltext import Page


def people_of(row: Mapping[str, Any], contacts: Iterable[KnownContact]) -> str:
    """Every name and address on a row of `activities`: contacts, and all that `written_on` finds."""
    return with_contacts(written_on(row, Refs.of(row["extra"])), contacts)


def page(row: Mapping[str, Any], directory: Directory) -> Page:
    """What full-text search sees of a stored row of `activities`."""
    return Page.of(row, people_of(row, directory.contacts_of(row["contact_ids"])))


def with_contacts(written: str, contacts: Iterable[KnownContact]) -> str:
    """The contacts' names and addresses before those that are written on a row."""
    return "\n".join(filter(None, (*(part for c in contacts for part in (c.name, c.email)), written)))
