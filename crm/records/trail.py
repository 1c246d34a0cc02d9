"""The audit trail: who did what, when; rows are added, never changed."""

import csv
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Column, Float, Integer, String, Table, Text, select
from sqlalchemy.engine import Connection, RowMapping

from crm.quoting import harmless
from crm.records.db import metadata
from crm.records.hash_chain import BEGINNING, KeptHead, Verified, row_hash, seal, verified
from crm.records.store import Store
from crm.records.trail_entry import Entry, Row, Sought, What

MOST_LISTED = 200
EVERYTHING = Sought()
HEADS = ("number", "at", "who", "what", "about", "before", "after", "why", "policy", "cost", "hash")

trail = Table(
    "trail",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("what", String, nullable=False),
    Column("about", String, nullable=False),
    Column("policy", String, nullable=False),
    Column("cost", Float),
    Column("seal", String, nullable=False),
    Column("gone", Text, nullable=False),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
)
trail_words = Table(
    "trail_words",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("salt", String, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("why", Text, nullable=False),
)


@dataclass(slots=True)
class Pen:
    """Writes rows in a transaction that is under way."""

    connection: Connection
    now: Callable[[], datetime]
    head: tuple[int, str] | None = None

    def write(self, entry: Entry) -> None:
        """The entry as the next row of the chain."""
        last = self.connection.execute(select(trail.c.number, trail.c.hash).order_by(trail.c.number.desc()).limit(1))
        number, previous = last.one_or_none() or (0, BEGINNING)
        salt = secrets.token_hex(16)
        words = (entry.before, entry.after, entry.why)
        row = {
            "number": number + 1,
            "at": self.now().isoformat(timespec="milliseconds"),
            "who": entry.who,
            "what": entry.what.value,
            "about": entry.about,
            "policy": entry.policy,
            "cost": entry.cost,
            "seal": seal(salt, *words) if any(words) else "",
            "gone": ",".join(map(str, entry.gone)),
            "previous": previous,
        }
        row["hash"] = row_hash(row)
        self.connection.execute(trail.insert(), row)
        if any(words):
            kept = dict(zip(("before", "after", "why"), words, strict=True))
            self.connection.execute(trail_words.insert(), {"number": number + 1, "salt": salt, **kept})
        self.head = number + 1, str(row["hash"])


def utc_now() -> datetime:
    """The clock, which may go wrong: the order of rows is that of their numbers."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Trail:
    """The chain in one store, with the file that keeps its head a second time."""

    store: Store
    kept_head: Path
    now: Callable[[], datetime] = utc_now

    @contextmanager
    def together(self) -> Iterator[Pen]:
        """A transaction in which something is done and put on the trail: both, or neither."""
        with self.store.writing() as connection:
            pen = Pen(connection, self.now)
            yield pen
        if pen.head:
            KeptHead(self.kept_head).keep(*pen.head)

    def put(self, entry: Entry) -> None:
        """One row, for what was done already or is done elsewhere."""
        with self.together() as pen:
            pen.write(entry)

    def rows(self, where: Sought = EVERYTHING, limit: int | None = MOST_LISTED) -> list[Row]:
        """The newest first."""
        c = trail.c
        query = select(trail, trail_words.c.before, trail_words.c.after, trail_words.c.why)
        query = query.outerjoin(trail_words, trail_words.c.number == c.number)
        for column, value in ((c.who, where.who), (c.what, where.what), (c.about, where.about)):
            query = query.where(column == value) if value else query
        query = query.where(c.at >= where.since.isoformat()) if where.since else query
        query = query.where(c.at < (where.until + timedelta(days=1)).isoformat()) if where.until else query
        with self.store.reading() as connection:
            return [_row(row) for row in connection.execute(query.order_by(c.number.desc()).limit(limit)).mappings()]

    def verify(self) -> Verified:
        """Recomputes every hash and seal, then compares the end with the head that was kept apart."""
        with self.store.reading() as connection:
            rows = connection.execute(select(trail).order_by(trail.c.number)).mappings().all()
            words = {w["number"]: w for w in connection.execute(select(trail_words)).mappings()}
        return verified(rows, words, KeptHead(self.kept_head))

    def write_csv(self, out: Path, where: Sought = EVERYTHING) -> int:
        """The rows that are meant, oldest first, with their hashes; how many. Cells never run in a spreadsheet."""
        rows = self.rows(where, limit=None)[::-1]
        with out.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADS)
            for row in rows:
                e = row.entry
                told = (e.who, e.what.value, e.about, e.before, e.after, e.why, e.policy)
                cost = "" if e.cost is None else f"{e.cost:.6f}"
                writer.writerow((row.number, row.at.isoformat(), *map(harmless, told), cost, row.hash))
        return len(rows)

    def naming(self, connection: Connection, words: Sequence[str]) -> tuple[int, ...]:
        """The rows in whose words one of these stands, whatever its capitals."""
        found = connection.execute(select(trail_words)).mappings()
        wanted = [word.casefold() for word in words if word]
        return tuple(
            row["number"]
            for row in found
            if any(word in f"{row['before']}\n{row['after']}\n{row['why']}".casefold() for word in wanted)
        )

    def erase_words(self, connection: Connection, numbers: Sequence[int]) -> None:
        """Takes the words of these rows; the caller writes an entry that has them as `gone`."""
        for number in numbers:
            connection.execute(trail_words.delete().where(trail_words.c.number == number))


def _row(row: RowMapping) -> Row:
    gone = tuple(int(n) for n in row["gone"].split(",") if n)
    words = (row["before"] or "", row["after"] or "", row["why"] or "")
    entry = Entry(row["who"], What(row["what"]), row["about"], *words, row["policy"], row["cost"], gone)
    erased = bool(row["seal"]) and row["before"] is None
    return Row(row["number"], datetime.fromisoformat(row["at"]), entry, row["hash"], erased)
