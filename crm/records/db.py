"""The tables, with the one way to open a database.

SQLite in WAL mode. Every write that a caller saw succeed survives a killed process: `synchronous` is
NORMAL, which in WAL mode can lose the last transactions only when the whole machine loses power.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Engine,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    create_engine,
    event,
)
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DatabaseError, OperationalError

from crm.errors import StoreTrouble

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MS = 5_000
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in, naive UTC on disk, aware UTC out: SQLite forgets zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Encoded(str):
    """JSON text that was made where its row was read: a JSON column stores it as it is."""

    __slots__ = ()


def encoded(value: object) -> Encoded:
    """The JSON text of a value."""
    if isinstance(value, Encoded):
        return value
    try:
        return Encoded(orjson.dumps(value), "utf-8")
    except TypeError:  # what only Python's own encoder takes, such as keys that are numbers
        return Encoded(_JSON.encode(value))


def decoded(stored: str | float) -> object:
    """The value of a JSON text; SQLite hands a lone number back as one."""
    return orjson.loads(stored) if isinstance(stored, str) else stored


JSON_BY = {"json_serializer": encoded, "json_deserializer": decoded}  # how every engine reads and writes JSON
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
    Column("at", UtcDateTime, index=True),
    Column("owner", String, nullable=False),
    Column("account_id", String),
    Column("matched_by", String, nullable=False),
    Column("contact_ids", JSON, nullable=False),
    Column("text_hash", String, nullable=False, index=True),
    Index("activities_of_account", "account_id", "at"),
)
RECORDS = {t.name: t for t in (accounts, contacts, deals, leads, reps, products, activities)}

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


def open_engine(url: str) -> Engine:
    """An engine on a database whose tables are up to date. Raises StoreTrouble."""
    patience = {"timeout": BUSY_MS / 1000} if url.startswith("sqlite") else {}
    engine = create_engine(url, connect_args=patience, **JSON_BY)
    if engine.dialect.name == "sqlite":
        _look_at_the_end(engine.url.database or "")
        event.listen(engine, "connect", pragmas)
        event.listen(engine, "begin", begin)
    with trouble():
        _migrate(engine)
    return engine


def _look_at_the_end(file: str) -> None:
    """A file that ends within a page was cut off; SQLite would read the rest of that page as zeros, and say nothing.

    Where there is a log beside it, a killed process may have been at that page, and the log has it whole.
    """
    path, log = Path(file), Path(f"{file}-wal")
    if not path.is_file() or (log.is_file() and log.stat().st_size):
        return
    with path.open("rb") as opened:
        head = opened.read(18)
    size = int.from_bytes(head[16:18], "big") if head.startswith(b"SQLite format 3\0") else 0
    if size and path.stat().st_size % (65_536 if size == 1 else size):
        raise StoreTrouble(_sentence("malformed"))


@contextmanager
def trouble() -> Iterator[None]:
    """Turns what a database says when it is locked, full, read-only or damaged into a StoreTrouble."""
    try:
        yield
    except (OperationalError, DatabaseError) as err:
        raise StoreTrouble(_sentence(str(err.orig))) from err


def _sentence(said: str) -> str:
    low = said.lower()
    if "locked" in low or "busy" in low:
        return "The store is being written by another process. Try again when it has finished; nothing was lost."
    if "full" in low:
        return (
            "The disk is full. Free some space and run it again: it goes on where it stopped; nothing stored is lost."
        )
    if "readonly" in low or "read-only" in low:
        return "The data folder is read-only. Make it writable or set CRM_DATA_DIR to one that is."
    if "malformed" in low or "not a database" in low:
        return "The store file is damaged. Put back a backup, or move it away and import again."
    return f"The store refused: {said}"


def pragmas(connection: Any, _: Any) -> None:
    """How every connection to SQLite behaves."""
    connection.isolation_level = None  # let `begin` decide, so that a reader's snapshot starts where we say
    connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA cache_size=-65536")
    connection.execute("PRAGMA temp_store=MEMORY")


def begin(connection: Connection) -> None:
    """A snapshot for readers; for writers the write lock from the start."""
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    newest = set(ScriptDirectory.from_config(config).get_heads())
    with engine.connect() as connection:
        if set(MigrationContext.configure(connection).get_current_heads()) == newest:
            return
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "heads")
