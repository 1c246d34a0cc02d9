"""Keeps the full-text index of activities, in the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection

from crm.records.match import KnownContact
from crm.records.sources import Refs
from crm.records.store import searchable

_PUT = text("INSERT INTO activities_fts(rowid, subject, body, people) VALUES (:rowid, :subject, :body, :people)")
_DROP = text("DELETE FROM activities_fts WHERE rowid = :rowid")


def put(connection: Connection, rows: Iterable[Mapping[str, Any]], people: Iterable[str]) -> None:
    """Indexes rows of `activities` that are not indexed yet."""
    found = [searchable(row, who) for row, who in zip(rows, people, strict=True)]
    if found:
        connection.execute(_PUT, found)


def drop(connection: Connection, numbers: Sequence[int]) -> None:
    """Takes rows out of the index."""
    if numbers:
        connection.execute(_DROP, [{"rowid": number} for number in numbers])


def people_of(row: Mapping[str, Any], contacts: Iterable[KnownContact]) -> str:
    """Every name and address on a row of `activities`: contacts, and all that `written_on` finds."""
    return with_contacts(written_on(row, Refs.of(row["extra"])), contacts)


def written_on(row: Mapping[str, Any], refs: Refs) -> str:
    """The names and addresses that stand on the row itself: who wrote, whom mails went to, our rep."""
    wrote = (part for message in row["messages"] for part in (message[1], message[2]))
    return "\n".join(dict.fromkeys(filter(None, (*wrote, *refs.addresses, *refs.mentioned, row["owner"]))))


def with_contacts(written: str, contacts: Iterable[KnownContact]) -> str:
    """The contacts' names and addresses before those that are written on a row."""
    return "\n".join(filter(None, (*(part for c in contacts for part in (c.name, c.email)), written)))
