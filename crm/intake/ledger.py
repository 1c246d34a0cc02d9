"""What an import did, row by row: the ledger that adds up, the refused rows to download."""

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection, RowMapping

from crm.errors import MissingPart, StoreTrouble
from crm.intake.columns import REFUSED_TAIL
from crm.intake.storing import Tally
from crm.intake.survey import Surveyed
from crm.quoting import FORMULA, harmless
from crm.records import db
from crm.records.store import Store

MOST_LISTED = 100  # refusals that an Intake carries; all of them can be downloaded
_HOMELESS = {"activities": db.activities, "contacts": db.contacts, "deals": db.deals}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not stored, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Intake:
    """The ledger of one import. `stored` counts new and changed rows; `unmatched` those of them without an account.

    Opened again, it tells those that have none by now.
    """

    import_id: int
    file_name: str
    source: str
    record: str
    read: int
    stored: int
    changed: int
    duplicate: int
    unchanged: int
    refused: int
    unmatched: int
    unknown_columns: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    finished: bool = True
    resumed: bool = False

    @property
    def adds_up(self) -> bool:
        return self.read == self.stored + self.duplicate + self.unchanged + self.refused

    def first_refusals(self, n: int) -> tuple[Refusal, ...]:
        """The first refused rows, at most MOST_LISTED."""
        return self.refusals[:n]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger that is being written. `position` counts the rows that are already in it."""

    import_id: int
    position: int

    @property
    def resumed(self) -> bool:
        return self.position > 0

    def advance(self, connection: Connection, tally: Tally, position: int) -> None:
        """Adds a batch, in the batch's own transaction. Raises StoreTrouble when somebody else has added it."""
        c = db.imports.c
        counts = {name: c[name] + getattr(tally, name) for name in Tally.__slots__}
        mine = (c.id == self.import_id, c.read == position, c.finished_at.is_(None))
        if connection.execute(db.imports.update().where(*mine).values(counts)).rowcount != 1:
            raise StoreTrouble("Another process is importing this file. Let it finish; nothing was lost.")

    def finish(self, connection: Connection) -> None:
        """Closes the entry, counting what found no account."""
        c = db.imports.c
        record = connection.execute(select(c.record).where(c.id == self.import_id)).scalar_one()
        done = {"finished_at": datetime.now(UTC), "unmatched": _unmatched(connection, self.import_id, record)}
        connection.execute(db.imports.update().where(c.id == self.import_id).values(done))


def open_entry(connection: Connection, file_name: str, surveyed: Surveyed) -> Entry:
    """The entry of an import of this very file that was stopped, else a new one."""
    c, layout = db.imports.c, surveyed.source.form.layout
    same = (c.file_hash == surveyed.table.digest, c.source == layout.source, c.record == layout.record)
    stopped = connection.execute(select(c.id, c.read).where(*same, c.finished_at.is_(None))).first()
    if stopped:
        return Entry(stopped.id, stopped.read)
    row = {
        "file_name": file_name,
        "file_hash": surveyed.table.digest,
        "source": layout.source,
        "record": layout.record,
        "started_at": datetime.now(UTC),
        "unknown_columns": list(layout.unknown),
    }
    inserted = connection.execute(db.imports.insert().values(row)).inserted_primary_key
    return Entry(int(inserted[0]) if inserted else 0, 0)


def intake(store: Store, import_id: int) -> Intake:
    """The ledger of an import. Raises MissingPart when there was none of that number."""
    refusals = select(db.refusals).where(db.refusals.c.import_id == import_id).order_by(db.refusals.c.number)
    with store.reading() as connection:
        row = connection.execute(select(db.imports).where(db.imports.c.id == import_id)).mappings().first()
        if row is None:
            raise MissingPart(f"There was no import number {import_id}.")
        first = connection.execute(refusals.limit(MOST_LISTED)).mappings().all()
        unmatched = _unmatched(connection, import_id, row["record"])
    found = _intake(row, tuple(Refusal(refused["line"], refused["reason"]) for refused in first))
    return replace(found, unmatched=unmatched)


def intakes(store: Store) -> list[Intake]:
    """Every import, newest first, without their refusals."""
    with store.reading() as connection:
        rows = connection.execute(select(db.imports).order_by(db.imports.c.id.desc())).mappings().all()
    return [_intake(row, ()) for row in rows]


def imports_of(store: Store, digests: Collection[str]) -> set[int]:
    """The numbers of the imports of these very files that still count, by the hash of their bytes."""
    c = db.imports.c
    with store.reading() as connection:
        return set(connection.execute(select(c.id).where(c.file_hash.in_(digests), c.stored > 0)).scalars())


def write_refused(store: Store, import_id: int, out: Path) -> int:
    """Writes the refused rows with their columns, line and reason, to be mended and imported again; how many."""
    c = db.refusals.c
    query = select(c.line, c.reason, c.row).where(c.import_id == import_id).order_by(c.number)
    with store.reading() as connection:
        names = dict.fromkeys(name for row in connection.execute(query) for name in row.row)
        with out.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*map(harmless, names), *REFUSED_TAIL])
            count = 0
            for row in connection.execute(query):
                writer.writerow([*(harmless(row.row.get(name, "")) for name in names), row.line, row.reason])
                count += 1
    return count


def alive(cell: str) -> str:
    """What `harmless` was given."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1] in FORMULA else cell


def _unmatched(connection: Connection, import_id: int, record: str) -> int:
    """How many rows of an import have no account at this moment: accounts come and go after it."""
    if (table := _HOMELESS.get(record)) is None:
        return 0
    homeless = (table.c.import_id == import_id, table.c.account_id.is_(None))
    return connection.execute(select(func.count()).select_from(table).where(*homeless)).scalar_one()


def _intake(row: RowMapping, refusals: tuple[Refusal, ...]) -> Intake:
    numbers: Mapping[str, Any] = {name: row[name] for name in (*Tally.__slots__, "unmatched")}
    return Intake(
        import_id=row["id"],
        file_name=row["file_name"],
        source=row["source"],
        record=row["record"],
        unknown_columns=tuple(row["unknown_columns"]),
        refusals=refusals,
        finished=row["finished_at"] is not None,
        **numbers,
    )
