"""Keeps the full-text index of activities, in the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import column, table, text
from sqlalchemy.engine import Connection

from crm.records import bulk_insert
from crm.records.activity_row import body_of

_FTS = table("activities_fts", column("rowid"), column("subject"), column("body"), column("people"))
_DROP = text("DELETE FROM activities_fts WHERE rowid = :rowid")


@dataclass(frozen=True, slots=True)
class Page:
    """What full-text search sees of one row of `activities`; `people` are the names and addresses on it."""

    number: int
    subject: str
    body: str
    people: str

    @classmethod
    def of(cls, row: Mapping[str, Any], people: str) -> "Page":
        """The page of a stored row."""
        return cls(row["number"], row["raw_subject"], body_of(row["messages"], row["raw_body"]), people)


def put(connection: Connection, pages: Iterable[Page]) -> None:
    """Indexes rows that are not indexed yet."""
    rows = ({"rowid": p.number, "subject": p.subject, "body": p.body, "people": p.people} for p in pages)
    bulk_insert.insert(connection, _FTS, rows)


def drop(connection: Connection, numbers: Sequence[int]) -> None:
    """Takes rows out of the index."""
    if numbers:
        connection.execute(_DROP, [{"rowid": number} for number in numbers])
