"""The ids an import has met so far, kept on disk so that files larger than memory fit."""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class First:
    """Where an id was met first, with the hash of its row."""

    line: int
    row_hash: str


def _temporary() -> sqlite3.Connection:
    """A private database in a temporary file, which SQLite removes when it is closed."""
    connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    connection.execute("CREATE TABLE met (id TEXT PRIMARY KEY, line INTEGER, row_hash TEXT) WITHOUT ROWID")
    return connection


@dataclass(frozen=True, slots=True)
class Seen:
    """Remembers the first row of every id of one import."""

    _connection: sqlite3.Connection = field(default_factory=_temporary)

    def of(self, ids: Iterable[str]) -> dict[str, First]:
        """Those of the ids that were met before."""
        wanted = list(dict.fromkeys(ids))
        marks = ",".join("?" * len(wanted))
        with closing(self._connection.execute(f"SELECT * FROM met WHERE id IN ({marks})", wanted)) as rows:
            return {row[0]: First(row[1], row[2]) for row in rows}

    def put(self, met: Mapping[str, First]) -> None:
        self._connection.execute("BEGIN")
        rows = [(id_, first.line, first.row_hash) for id_, first in met.items()]
        self._connection.executemany("INSERT OR IGNORE INTO met VALUES (?, ?, ?)", rows)
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()
