"""The tables of the store."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    true,
)
from sqlalchemy.engine import Dialect


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in, naive UTC on disk, aware UTC out: SQLite forgets zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


metadata = MetaData()


def _record(name: str, *columns: Column[Any] | Index) -> Table:
    """A table of records that came from outside: each knows its import, its content, its unknown columns.

    `number` is the row's stable integer, which the full-text index shares.
    """
    return Table(
        name,
        metadata,
        Column("number", Integer, primary_key=True),
        Column("id", String, nullable=False, unique=True),
        Column("native_id", String, nullable=False),
        Column("source", String, nullable=False),
        *columns,
        Column("row_hash", String, nullable=False),
        Column("import_id", Integer, nullable=False),
        Column("extra", JSON, nullable=False),
    )


accounts = _record(
    "accounts",
    Column("name", String, nullable=False),
    Column("industry", String, nullable=False, default=""),
    Column("region", String, nullable=False, default=""),
    Column("size", Integer),
    Column("revenue", Float),
    Column("owner", String, nullable=False, default=""),
    Column("domain", String, nullable=False, default=""),
    Column("parent", String, nullable=False, default=""),
    Column("type", String, nullable=False, default=""),
    Column("joined_into", String),  # the account that stands for this one, as `joins` has it
)
contacts = _record(
    "contacts",
    Column("account_id", String, index=True),
    Column("name", String, nullable=False),
    Column("email", String, nullable=False, default="", index=True),
    Column("title", String, nullable=False, default=""),
    Column("phone", String, nullable=False, default=""),
    Column("owner", String, nullable=False, default=""),
    Column("opted_out", Boolean, nullable=False, default=False),
    Column("joined_into", String),
)
deals = _record(
    "deals",
    Column("account_id", String, index=True),
    Column("account_name", String, nullable=False, default=""),
    Column("name", String, nullable=False, default=""),
    Column("stage", String, nullable=False, default=""),
    Column("amount", Float),
    Column("currency", String, nullable=False, default=""),
    Column("product", String, nullable=False, default=""),
    Column("owner", String, nullable=False, default=""),
    Column("created_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("won", Boolean),
    Column("expected_close_at", UtcDateTime),
    Column("loss_reason", String, nullable=False, default=""),
)
leads = _record(
    "leads",
    Column("name", String, nullable=False, default=""),
    Column("email", String, nullable=False, default=""),
    Column("company", String, nullable=False, default=""),
    Column("industry", String, nullable=False, default=""),
    Column("job_title", String, nullable=False, default=""),
    Column("company_size", String, nullable=False, default=""),
    Column("location", String, nullable=False, default=""),
    Column("status", String, nullable=False, default=""),
    Column("owner", String, nullable=False, default=""),
    Column("created_at", UtcDateTime),
    Column("last_contact", UtcDateTime),
    Column("notes", Text, nullable=False, default=""),
)
reps = _record(
    "reps",
    Column("name", String, nullable=False),
    Column("email", String, nullable=False, default=""),
    Column("manager", String, nullable=False, default=""),
    Column("region", String, nullable=False, default=""),
)
products = _record(
    "products",
    Column("name", String, nullable=False),
    Column("series", String, nullable=False, default=""),
    Column("price", Float),
)
activities = _record(
    "activities",
    Column("kind", String, nullable=False),
    Column("raw_subject", Text, nullable=False),
    Column("raw_body", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("messages", JSON, nullable=False),
    Column("sides", String, nullable=False),
    Column("direction", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("duration_s", Integer),
    Column("at", UtcDateTime),
    Column("owner", String, nullable=False),
    Column("account_id", String),
    Column("matched_by", String, nullable=False),
    Column("contact_ids", JSON, nullable=False),
    Column("named", JSON, nullable=False, server_default="[]"),  # whom of its column of contacts its text names
    Column("text_hash", String, nullable=False, index=True),
    Column("told_at", UtcDateTime),  # of a mail of ours that quotes them: when they wrote what it quotes
    # The kind stands last: counted from the index alone, and never taken for narrower than an account or an id.
    Index("activities_of_account", "account_id", "at", "kind"),
    Index("activities_by_day", "at", "kind"),
    Index("activities_by_native_id", "native_id"),
)
JOINABLE = (accounts, contacts)
RECORDS = {t.name: t for t in (accounts, contacts, deals, leads, reps, products, activities)}

joins = Table(
    "joins",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("record", String, nullable=False),
    Column("joined_id", String, nullable=False),
    Column("into_id", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),  # taken apart; the row stays, so that whoever remembers a book sees a change
    Index("joins_of_record", "record", "joined_id"),
)
versions = Table(
    "versions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("record", String, nullable=False),
    Column("record_id", String, nullable=False, index=True),
    Column("row", JSON, nullable=False),
    Column("import_id", Integer, nullable=False),
    Column("replaced_at", UtcDateTime, nullable=False),
)
imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file_name", String, nullable=False),
    Column("file_hash", String, nullable=False, index=True),
    Column("source", String, nullable=False),
    Column("record", String, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("read", Integer, nullable=False, default=0),
    Column("stored", Integer, nullable=False, default=0),
    Column("changed", Integer, nullable=False, default=0),
    Column("duplicate", Integer, nullable=False, default=0),
    Column("unchanged", Integer, nullable=False, default=0),
    Column("refused", Integer, nullable=False, default=0),
    Column("unmatched", Integer, nullable=False, default=0),
    Column("unknown_columns", JSON, nullable=False),
)
refusals = Table(
    "refusals",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("import_id", Integer, nullable=False, index=True),
    Column("line", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("row", JSON, nullable=False),
)
labels = Table(
    "labels",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("activity_id", String, nullable=False),
    Column("text_hash", String, nullable=False),
    Column("policy", String, nullable=False),
    Column("engagement", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("because", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("decided_by", String, nullable=False),
    Column("undecided", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
    Index("labels_key", "activity_id", "text_hash", "policy", "by"),
)
standing = Table(
    "standing",
    metadata,
    Column("activity_id", String, primary_key=True),
    Column("label", Integer, nullable=False),
    Column("engagement", String, nullable=False, index=True),
)
answers = Table(
    "answers",
    metadata,
    Column("key", String, primary_key=True),
    Column("model", String, nullable=False),
    Column("reply", LargeBinary, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
forgotten = Table(
    "forgotten",
    metadata,
    Column("hash", String, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)
model_calls = Table(
    "model_calls",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("task", String, nullable=False),
    Column("model", String, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("cost", Float, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("outcome", String, nullable=False),
)
model_jobs = Table(
    "model_jobs",
    metadata,
    Column("name", String, primary_key=True),
    Column("wanted", String, nullable=False, index=True),
    Column("model", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("outcome", String, nullable=False, default=""),
)
conversations = Table(
    "conversations",
    metadata,
    Column("id", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("plain", Text, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("conversations_of_owner", "owner", "at"),
)
turns = Table(
    "turns",
    metadata,
    Column("conversation_id", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("question", Text, nullable=False),
    Column("answer", JSON, nullable=False),
    Column("plain", Text, nullable=False),
    Column("thumb", String, nullable=False),
    Column("comment", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
facts = Table(
    "facts",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", JSON, nullable=False),
)


def standing_rows(table: Table) -> ColumnElement[bool]:
    """Not those rows that another one stands for."""
    return table.c.joined_into.is_(None) if table in JOINABLE else true()
