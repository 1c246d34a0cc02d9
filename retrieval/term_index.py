"""The terms of every record, kept in a SQLite file beside the vectors: the index of words and topics.

Like the vectors it is a shadow of the store: it can be made again at any time, and is when its file is damaged.
"""

import sqlite3
import time
import weakref
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import numpy as np

from crm.errors import StoreTrouble
from retrieval.postings import Postings
from retrieval.terms import Bag

PATIENCE = 20.0  # times what reading everything took: so long new rows may wait to be read while more come in

_TABLES = """
CREATE TABLE IF NOT EXISTS stamp (stamp TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS vocabulary (number INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS bags (record_id TEXT PRIMARY KEY, mark TEXT, length REAL, terms BLOB, weights BLOB);
"""


@dataclass(slots=True, weakref_slot=True)
class Bags:
    """One file, opened when it is first needed."""

    path: Path
    _lock: Lock = field(default_factory=Lock, repr=False)
    _connection: sqlite3.Connection | None = field(default=None, repr=False)
    _vocabulary: dict[str, int] = field(default_factory=dict, repr=False)
    _marks: dict[str, str] = field(default_factory=dict, repr=False)
    _stamp: str = ""
    _read: Postings | None = field(default=None, repr=False)
    _stale: bool = True
    _read_at: float = 0.0
    _took: float = 0.0

    @property
    def stamp(self) -> str:
        """What the bags were made with; empty when nothing was begun."""
        with self._lock:
            self._open()
            return self._stamp

    @property
    def marks(self) -> Mapping[str, str]:
        """The mark of every record here."""
        with self._lock:
            self._open()
            return dict(self._marks)

    def begin(self, stamp: str) -> None:
        """Empties what was made with anything else."""
        if self.stamp == stamp:
            return
        with self._lock, self._writing() as connection:
            for table in ("stamp", "vocabulary", "bags"):
                connection.execute(f"DELETE FROM {table}")  # the names stand one line above
            connection.execute("INSERT INTO stamp VALUES (?)", (stamp,))
            self._vocabulary, self._marks, self._stamp, self._stale = {}, {}, stamp, True

    def put(self, bags: Iterable[tuple[str, str, Bag]]) -> None:
        """Replaces the bags of records, each given with its id and mark."""
        with self._lock, self._writing() as connection:
            for record_id, mark, bag in bags:
                numbers = np.array([self._number(connection, term) for term in bag.weights], dtype=np.int32)
                weights = np.array(list(bag.weights.values()), dtype=np.float32)
                row = (record_id, mark, bag.length, numbers.tobytes(), weights.tobytes())
                connection.execute("INSERT OR REPLACE INTO bags VALUES (?, ?, ?, ?, ?)", row)
                self._marks[record_id] = mark
            self._stale = True

    def drop(self, record_ids: Collection[str]) -> None:
        with self._lock, self._writing() as connection:
            connection.executemany("DELETE FROM bags WHERE record_id = ?", [(i,) for i in record_ids])
            for record_id in record_ids:
                self._marks.pop(record_id, None)
            self._stale = self._stale or bool(record_ids)

    def postings(self) -> Postings:
        """Everything here, ready to be searched."""
        with self._lock:
            connection = self._open()
            waited = time.monotonic() - self._read_at
            if self._read is None or (self._stale and waited >= PATIENCE * self._took):
                began = time.monotonic()
                rows = connection.execute("SELECT record_id, length, terms, weights FROM bags").fetchall()
                self._read = _postings(rows, dict(self._vocabulary))
                self._read_at = time.monotonic()
                self._took, self._stale = self._read_at - began, False
            return self._read

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _number(self, connection: sqlite3.Connection, term: str) -> int:
        number = self._vocabulary.get(term)
        if number is None:
            number = self._vocabulary[term] = len(self._vocabulary)
            connection.execute("INSERT INTO vocabulary VALUES (?, ?)", (number, term))
        return number

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction. Raises StoreTrouble when it cannot be written; then what is known is read again."""
        connection = self._open()
        try:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
        except BaseException as err:
            connection.close()
            self._connection = None
            if isinstance(err, sqlite3.Error):
                raise StoreTrouble(f"The index of words could not be written ({err}). Free some disk space.") from err
            raise

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = _connect(self.path)
            weakref.finalize(self, self._connection.close)
            rows = self._connection.execute("SELECT term, number FROM vocabulary")
            self._vocabulary = dict(rows.fetchall())
            self._marks = dict(self._connection.execute("SELECT record_id, mark FROM bags").fetchall())
            stamp = self._connection.execute("SELECT stamp FROM stamp").fetchone()
            self._stamp = stamp[0] if stamp else ""
        return self._connection


def _postings(rows: Sequence[tuple[str, float, bytes, bytes]], vocabulary: Mapping[str, int]) -> Postings:
    numbers = [np.frombuffer(row[2], dtype=np.int32) for row in rows]
    weights = [np.frombuffer(row[3], dtype=np.float32) for row in rows]
    sizes = [len(some) for some in numbers]
    none = np.zeros(0, dtype=np.int32)
    return Postings.of(
        [row[0] for row in rows],
        np.array([row[1] for row in rows], dtype=np.float32),
        vocabulary,
        (
            np.repeat(np.arange(len(rows), dtype=np.int32), sizes),
            np.concatenate([none, *numbers]),
            np.concatenate([none.astype(np.float32), *weights]),
        ),
    )


def _connect(path: Path) -> sqlite3.Connection:
    """The file; a damaged one is made anew, for everything in it can be."""
    try:
        return _prepared(path)
    except sqlite3.OperationalError as err:
        raise StoreTrouble(f"{path.name} cannot be opened ({err}). Check the data folder.") from err
    except sqlite3.DatabaseError:
        path.unlink()
        return _prepared(path)


def _prepared(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False, timeout=30)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.executescript(_TABLES)
        connection.execute("SELECT count(*) FROM bags").fetchone()
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
