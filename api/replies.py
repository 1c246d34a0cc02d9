"""Replies to writes, kept for a day by the caller's own key: sent twice, done once (the Idempotency-Key header)."""

import hashlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

from fastapi import Header, Request
from pydantic import BaseModel

from api.problems import Trouble
from crm.errors import StoreTrouble

FILE = "replies.sqlite"
KEPT = 24 * 3_600  # seconds
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        pattern=r"^[\x21-\x7e]*$",
        description="your own name for this write; sent again with the same key it is answered, not done again",
    ),
]
M = TypeVar("M", bound=BaseModel)
_TABLE = """create table if not exists replies (
    owner text, key text, asked text, reply text, at real, primary key (owner, key)) without rowid"""


class Replies:
    """One data folder's replies. They hold ids and labels, never words of a record."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._path, self._clock, self._alone = folder / FILE, clock, threading.Lock()
        with self._open() as connection:
            connection.execute(_TABLE)
            connection.execute("delete from replies where reply is null")  # begun by a process that was killed

    def once(self, write: "Write", shape: type[M], make: Callable[[], M]) -> M:
        """What `make` gave when this owner sent this key first; without a key it is made each time.

        Raises Trouble when the key came with something else before, or when the first is still under way.
        """
        if not write.key:
            return make()
        known = self._begun(write)
        if known:
            return shape.model_validate_json(known)
        try:
            made = make()
        except BaseException:
            self._do("delete from replies where owner = ? and key = ?", write.owner, write.key)
            raise
        self._do(
            "update replies set reply = ? where owner = ? and key = ?", made.model_dump_json(), write.owner, write.key
        )
        return made

    def _begun(self, write: "Write") -> str:
        """The reply that is there already; empty when this call is the first and has now its row."""
        with self._open() as connection:
            connection.execute("delete from replies where at < ?", (self._clock() - KEPT,))
            row = (write.owner, write.key, write.digest, self._clock())
            first = connection.execute("insert or ignore into replies values (?, ?, ?, null, ?)", row).rowcount
            if first:
                return ""
            where = (write.owner, write.key)
            asked, reply = connection.execute(
                "select asked, reply from replies where owner = ? and key = ?", where
            ).fetchone()
        if asked != write.digest:
            raise Trouble(422, "This Idempotency-Key came with another request before. Use a new one.")
        if reply is None:
            raise Trouble(409, "The first request with this Idempotency-Key is still under way.")
        return str(reply)

    def _do(self, statement: str, *values: str) -> None:
        with self._open() as connection:
            connection.execute(statement, values)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._alone, closing(sqlite3.connect(self._path, timeout=5)) as connection, connection:
                yield connection
        except sqlite3.Error as err:
            raise StoreTrouble(f"Replies cannot be kept in {FILE}: {err}. Nothing was done.") from err


@dataclass(frozen=True, slots=True)
class Write:
    """A write that a caller named; `asked` is all that it follows from, of which a hash is kept."""

    owner: str
    key: str
    asked: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.asked.encode("utf-8", "surrogatepass")).hexdigest()


def replies_of(request: Request) -> Replies:
    """Those of the server that a request came to."""
    replies = request.app.state.replies
    assert isinstance(replies, Replies)  # noqa: S101 - put there when the API was made
    return replies
