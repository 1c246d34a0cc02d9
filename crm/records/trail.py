"""The audit trail: who did what, when; rows are added, never changed, and each carries the hash of the one before.

What people typed, and what was there before and after, may name a customer, who may want to be forgotten. So a row
holds only the seal of its words (a salted hash); the words lie beside it. Erasing words leaves the chain whole and is
itself a row that names the rows whose words are gone.

How many rows there are, with the last hash, is kept a second time in a file of its own. Together they show a row that
was altered, taken out or cut off the end. They cannot show it against somebody who writes to both and computes the
whole chain anew: for that, keep what `verify` prints somewhere else.
"""

import csv
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Float, Integer, String, Table, Text, select
from sqlalchemy.engine import Connection, RowMapping

from crm.errors import StoreTrouble
from crm.quoting import harmless
from crm.records.db import metadata
from crm.records.store import Store

BEGINNING = "0" * 64  # what the first row carries as the hash of the one before
MOST_LISTED = 200
FIELDS = ("number", "at", "who", "what", "about", "policy", "cost", "seal", "gone", "previous")  # what is hashed

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


class What(StrEnum):
    """What was done."""

    SIGN_IN = "sign-in"
    REFUSED = "refused sign-in"
    PEOPLE = "people"
    IMPORT = "import"
    UNDO = "undo"
    CORRECTION = "correction"
    TAKE_BACK = "take-back"
    LEARN = "learn"
    EXPORT = "export"
    DRAFT = "draft"
    MODEL_CALL = "model call"
    ERASURE = "erasure"
    RETENTION = "retention"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done. `about` is the id of a record or of an import, never words about a customer.

    `before`, `after`, `why` may hold such words; `policy` says under which rules; `cost` is in US dollars; `gone`
    lists earlier entries whose words were erased with this one.
    """

    who: str
    what: What
    about: str = ""
    before: str = ""
    after: str = ""
    why: str = ""
    policy: str = ""
    cost: float | None = None
    gone: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """An entry on record. `erased` tells that its words are gone."""

    number: int
    at: datetime
    entry: Entry
    hash: str
    erased: bool = False

    def to_text(self) -> str:
        """One line for a terminal."""
        entry = self.entry
        told = [f"{self.number:>6}  {self.at:%Y-%m-%d %H:%M:%S}  {entry.who or '-'}  {entry.what}", entry.about]
        told += ["(words erased)"] if self.erased else [_change(entry), f"“{entry.why}”" if entry.why else ""]
        told += [f"policy {entry.policy}" if entry.policy else ""]
        told += [f"${entry.cost:.4f}" if entry.cost is not None else ""]
        return "  ".join(part for part in told if part)


@dataclass(frozen=True, slots=True)
class Sought:
    """Which rows are meant; every field that is set must hold. Days are inclusive, in UTC."""

    who: str = ""
    what: str = ""
    about: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """What checking the chain came to. `number` is the first row that is wrong; `count` and `head` what was found."""

    count: int
    head: str
    number: int | None = None
    wrong: str = ""

    @property
    def whole(self) -> bool:
        return not self.wrong

    def to_text(self) -> str:
        if self.whole:
            return f"The trail is whole: {self.count:,} rows, the last hash {self.head}"
        return f"The trail was altered: {'row ' + str(self.number) + ': ' if self.number else ''}{self.wrong}"


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
            "seal": _seal(salt, *words) if any(words) else "",
            "gone": ",".join(map(str, entry.gone)),
            "previous": previous,
        }
        row["hash"] = _hash(row)
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
            self._keep(*pen.head)

    def put(self, entry: Entry) -> None:
        """One row, for what was done already or is done elsewhere."""
        with self.together() as pen:
            pen.write(entry)

    def rows(self, where: Sought = Sought(), limit: int | None = MOST_LISTED) -> list[Row]:
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
        erased = {int(n) for row in rows for n in row["gone"].split(",") if n}
        previous, hashes = BEGINNING, [BEGINNING]
        for place, row in enumerate(rows, 1):
            if wrong := _wrong(row, place, previous, words.get(row["number"]), erased):
                return Verified(len(rows), previous, place, wrong)
            previous = row["hash"]
            hashes.append(previous)
        return self._against_head(hashes)

    def write_csv(self, out: Path, where: Sought = Sought()) -> int:
        """The rows that are meant, oldest first, with their hashes; how many. Cells never run in a spreadsheet."""
        rows = self.rows(where, limit=None)[::-1]
        with out.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(
                ("number", "at", "who", "what", "about", "before", "after", "why", "policy", "cost", "hash")
            )
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

    def _against_head(self, hashes: Sequence[str]) -> Verified:
        count, head = len(hashes) - 1, hashes[-1]
        try:
            kept = json.loads(self.kept_head.read_text(encoding="ascii"))
            known, last = int(kept["count"]), str(kept["hash"])
        except FileNotFoundError:
            missing = f"{self.kept_head.name} is missing: whether rows were cut off the end cannot be told"
            return Verified(count, head, None, missing if count else "")
        except (OSError, ValueError, KeyError, TypeError) as err:
            return Verified(count, head, None, f"{self.kept_head.name} cannot be read ({err})")
        if known > count:
            return Verified(count, head, count + 1, f"the last {known - count:,} of {known:,} rows are missing")
        if hashes[known] != last:
            return Verified(count, head, known, f"it is not the row that {self.kept_head.name} knows")
        return Verified(count, head)

    def _keep(self, count: int, last: str) -> None:
        """In one step; a process that was killed before it leaves an older head, which still fits."""
        beside = self.kept_head.with_name(f"{self.kept_head.name}.{os.getpid()}-{secrets.token_hex(4)}")
        try:
            beside.write_text(json.dumps({"count": count, "hash": last}), encoding="ascii")
            beside.replace(self.kept_head)
        except OSError as err:
            beside.unlink(missing_ok=True)
            raise StoreTrouble(f"{self.kept_head.name} cannot be written ({err}). Check the data folder.") from err


def _wrong(row: RowMapping, place: int, previous: str, words: RowMapping | None, erased: set[int]) -> str:
    """What is wrong with a row; nothing when it is as it was written."""
    if row["number"] != place:
        return "it was taken out"
    if row["previous"] != previous:
        return "it does not follow the row before it"
    if row["hash"] != _hash(row):
        return "it was changed"
    if words is None:
        return "its words were taken out" if row["seal"] and place not in erased else ""
    if place in erased:
        return "its words were put back after they were erased"
    told = (words["salt"], words["before"], words["after"], words["why"])
    return "its words were changed" if _seal(*told) != row["seal"] else ""


def _hash(row: "RowMapping | dict[str, Any]") -> str:
    told = json.dumps([row[name] for name in FIELDS], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def _seal(salt: str, *words: str) -> str:
    told = json.dumps([salt, *words], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def _row(row: RowMapping) -> Row:
    gone = tuple(int(n) for n in row["gone"].split(",") if n)
    words = (row["before"] or "", row["after"] or "", row["why"] or "")
    entry = Entry(row["who"], What(row["what"]), row["about"], *words, row["policy"], row["cost"], gone)
    erased = bool(row["seal"]) and row["before"] is None
    return Row(row["number"], datetime.fromisoformat(row["at"]), entry, row["hash"], erased)


def _change(entry: Entry) -> str:
    return f"{entry.before} → {entry.after}" if entry.before and entry.after else entry.before or entry.after
