"""Replies to writes, kept for a day by the caller's own key: sent twice, done once (the Idempotency-Key header)."""

import hashlib
import logging
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

from api.presence import Presence
from api.problems import Trouble
from crm.errors import StoreTrouble

log = logging.getLogger(__name__)
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
    owner text, key text, asked text, reply text, at real, server text, primary key (owner, key)) without rowid"""
_IS = "owner = ? and key = ?"


class Replies:
    """One data folder's replies. They hold ids and labels, never words of a record. Several servers may share them."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._path, self._clock, self._alone = folder / FILE, clock, threading.Lock()
        self._presence = Presence(folder)
        self._under_way: set[tuple[str, str]] = set()
        self._unkept: dict[tuple[str, str], str] = {}  # replies that could not be written; they are told all the same
        with self._open() as connection:
            connection.execute(_TABLE)
            if "server" not in {row[1] for row in connection.execute("pragma table_info(replies)")}:
                connection.execute("alter table replies add column server text")  # as earlier versions made it

    def once(self, write: "Write", shape: type[M], make: Callable[[], M]) -> M:
        """What `make` gave when this owner sent this key first; without a key it is made each time.

        Raises Trouble when the key came with something else before, or when the first is still under way;
        StoreTrouble, and then nothing was done, when it cannot be noted that it begins.
        """
        if not write.key:
            return make()
        known = self._begun(write)
        if known:
            return shape.model_validate_json(known)
        try:
            made = make()
            self._note(write, f"update replies set reply = ? where {_IS}", made.model_dump_json())
            return made
        except BaseException:
            self._note(write, f"delete from replies where {_IS}")
            raise
        finally:
            with self._alone:
                self._under_way.discard(write.name)

    def close(self) -> None:
        """What this server began and did not end may be begun anew elsewhere."""
        self._presence.end()

    def _begun(self, write: "Write") -> str:
        """The reply that is there already; empty when this call is the first and has now its row."""
        with self._alone:
            known = self._looked_up(write)
            if not known:
                self._unkept.pop(write.name, None)
                self._under_way.add(write.name)
            return known

    def _looked_up(self, write: "Write") -> str:
        with self._open() as connection:
            now = self._clock()
            connection.execute("delete from replies where at < ?", (now - KEPT,))
            query = f"select asked, reply, server from replies where {_IS}"
            if row := connection.execute(query, write.name).fetchone():
                asked, reply, server = row
                known = str(reply or self._unkept.get(write.name, ""))
                if known or self._works(write, server or ""):
                    return _known(write, asked, known)
            new = (*write.name, write.digest, None, now, self._presence.name)
            connection.execute("insert or replace into replies values (?, ?, ?, ?, ?, ?)", new)
            return ""

    def _works(self, write: "Write", server: str) -> bool:
        """Whether the server that began a write still works on it; one that broke, or was killed, does not."""
        return write.name in self._under_way if server == self._presence.name else self._presence.lives(server)

    def _note(self, write: "Write", statement: str, *reply: str) -> None:
        """How a write ended. What was done is done, and is told also where this fails."""
        try:
            with self._alone, self._open() as connection:
                connection.execute(statement, (*reply, *write.name))
        except StoreTrouble as err:
            log.warning("how a write ended is known in memory only: %s", err.__cause__)
            self._unkept.update((write.name, one) for one in reply)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=5)) as connection, connection:
                connection.execute("begin immediate")  # two servers look one after the other
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
    def name(self) -> tuple[str, str]:
        return self.owner, self.key

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.asked.encode("utf-8", "surrogatepass")).hexdigest()


def _known(write: Write, asked: str, reply: str) -> str:
    """The reply to what was asked under this key. Raises Trouble when that was something else, or goes on still."""
    if asked != write.digest:
        raise Trouble(422, "This Idempotency-Key came with another request before. Use a new one.")
    if not reply:
        raise Trouble(409, "The first request with this Idempotency-Key is still under way.")
    return reply


def replies_of(request: Request) -> Replies:
    """Those of the server that a request came to."""
    replies = request.app.state.replies
    assert isinstance(replies, Replies)  # noqa: S101 - put there when the API was made
    return replies
