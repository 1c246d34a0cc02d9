"""The one way to open a database.

SQLite in WAL mode. Every write that a caller saw succeed survives a killed process: `synchronous` is
NORMAL, which in WAL mode can lose the last transactions only when the whole machine loses power.
"""

import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError

from crm.errors import StoreTrouble
from crm.records.jsontext import JSON_BY

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MS = 5_000
PRIMARY = 0xFF  # the part of SQLite's error code that all variants of one trouble share
BUSY = "The store is being written by another process. Try again when it has finished; nothing was lost."
FULL = "The disk is full. Free some space and run it again: it goes on where it stopped; nothing stored is lost."
READ_ONLY = "The data folder is read-only. Make it writable or set CRM_DATA_DIR to one that is."
OUT_OF_REACH = "The store cannot be opened or read. Check that the data folder is there, and its disk in order."
DAMAGED = "The store file is damaged. Put back a backup, or move it away and import again."
TROUBLES = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_IOERR: OUT_OF_REACH,
    sqlite3.SQLITE_CANTOPEN: OUT_OF_REACH,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}


def open_engine(url: str) -> Engine:
    """An engine on a database whose tables are up to date. Raises StoreTrouble."""
    patience = {"timeout": BUSY_MS / 1000} if url.startswith("sqlite") else {}
    engine = closing_itself(create_engine(url, connect_args=patience, **JSON_BY))
    if engine.dialect.name == "sqlite":
        _look_at_the_end(engine.url.database or "")
        event.listen(engine, "connect", pragmas)
        event.listen(engine, "begin", begin)
    with trouble():
        _migrate(engine)
    return engine


def closing_itself(engine: Engine) -> Engine:
    """The engine; its open connections end with it, where whoever made it let go of it without a word.

    Once disposed of, an engine that is asked again opens a new pool.
    """
    weakref.finalize(engine, engine.pool.dispose)
    event.listen(engine, "engine_disposed", lambda again: weakref.finalize(again, again.pool.dispose))
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
        raise StoreTrouble(DAMAGED)


@contextmanager
def trouble() -> Iterator[None]:
    """Turns what a database says when it is locked, full, read-only, out of reach or damaged into a StoreTrouble.

    Anything else that it says is a fault of ours, and stays what it is.
    """
    try:
        yield
    except DatabaseError as err:
        code = getattr(err.orig, "sqlite_errorcode", sqlite3.SQLITE_OK) & PRIMARY
        if code not in TROUBLES:
            raise
        raise StoreTrouble(TROUBLES[code]) from err


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
