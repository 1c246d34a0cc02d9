"""Keeps the full-text index of activities, in the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection

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
