"""Stores one batch of an import: each row is new, changed, unchanged, a duplicate, or refused."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Table as SqlTable
from sqlalchemy import bindparam, func, select
from sqlalchemy.engine import Connection, RowMapping

from crm.intake import bylines
from crm.intake.assignment import Homes
from crm.intake.csv_repair import Row
from crm.intake.parsing import Record
from crm.intake.readers import Table, named
from crm.intake.seen_ids import First, Seen
from crm.records import bulk_insert, db, fulltext
from crm.records.forgotten import WHY
from crm.records.fulltext import Page

SAME_ID = (
    "The id {id} was already on line {line} with other content; only the first is kept. Give one of them a new id."
)
NUMBERS = "numbers"  # the fact that keeps the highest number ever given, so that none is given twice


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of rows; `changed` ones are counted in `stored` too."""

    read: int = 0
    stored: int = 0
    changed: int = 0
    duplicate: int = 0
    unchanged: int = 0
    refused: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Placed:
    """A record with the row it came from, in case it is refused."""

    row: Row
    record: Record


@dataclass(slots=True)
class _Sorted:
    """A batch, told apart."""

    new: list[Record] = field(default_factory=list)
    changed: list[Record] = field(default_factory=list)
    refused: list[tuple[Placed, str]] = field(default_factory=list)
    met: dict[str, First] = field(default_factory=dict)
    duplicate: int = 0
    unchanged: int = 0

    def tally(self) -> Tally:
        stored, changed, refused = len(self.new) + len(self.changed), len(self.changed), len(self.refused)
        read = stored + self.duplicate + self.unchanged + refused
        return Tally(read, stored, changed, self.duplicate, self.unchanged, refused)


@dataclass(frozen=True, slots=True)
class Keeper:
    """Stores the batches of one import."""

    table: SqlTable
    import_id: int
    seen: Seen
    homes: Homes
    file: Table

    def keep(self, connection: Connection, batch: Sequence[Placed]) -> Tally:
        """Stores a batch in the caller's transaction."""
        ids = [placed.record.id for placed in batch if not placed.record.refused]
        old = self._stored(connection, ids)
        told = self._tell_apart(batch, old)
        self._insert(connection, told.new)
        self._update(connection, told.changed, old)
        self._refuse(connection, told.refused)
        self.seen.put(told.met)
        return told.tally()

    def _stored(self, connection: Connection, ids: Sequence[str]) -> dict[str, tuple[int, str]]:
        """Number and hash of those that the store has."""
        c = self.table.c
        rows = connection.execute(select(c.id, c.number, c.row_hash).where(c.id.in_(ids)))
        return {row.id: (row.number, row.row_hash) for row in rows}

    def _tell_apart(self, batch: Sequence[Placed], old: Mapping[str, tuple[int, str]]) -> _Sorted:
        told = _Sorted(met=self.seen.of(p.record.id for p in batch if not p.record.refused))
        for placed in batch:
            record = placed.record
            first = told.met.get(record.id)
            if record.refused:
                told.refused.append((placed, record.refused))
            elif self.homes.forgotten.knows((record.id, record.columns.get("email", ""), *record.refs.everybody)):
                told.refused.append((Placed(placed.row._replace(cells=()), record), WHY))
            elif first is None:
                told.met[record.id] = First(placed.row.line, record.row_hash)
                self._place(record, old, told)
            elif first.row_hash == record.row_hash:
                told.duplicate += 1
            else:
                why = SAME_ID.format(id=record.columns["native_id"], line=first.line)
                told.refused.append((placed, why))
        return told

    def _place(self, record: Record, old: Mapping[str, tuple[int, str]], told: _Sorted) -> None:
        """An id that this import meets for the first time."""
        if record.id not in old:
            told.new.append(record)
        elif old[record.id][1] == record.row_hash:
            told.unchanged += 1
        else:
            told.changed.append(record)

    def _insert(self, connection: Connection, records: Sequence[Record]) -> None:
        if not records:
            return
        first = next_number(connection, self.table)
        apart = {"joined_into": None} if self.table in db.JOINABLE else {}
        rows = [self._row(record, number) | apart for number, record in enumerate(records, start=first)]
        bulk_insert.insert(connection, self.table, rows)
        self._index(connection, rows, records)

    def _update(self, connection: Connection, records: Sequence[Record], old: Mapping[str, tuple[int, str]]) -> None:
        if not records:
            return
        before = select(self.table).where(self.table.c.id.in_([record.id for record in records]))
        keep_versions(connection, self.table.name, connection.execute(before).mappings().all(), self.import_id)
        rows = [self._row(record, old[record.id][0]) for record in records]
        replace_rows(connection, self.table, rows)
        if self.table is db.activities:
            fulltext.drop(connection, [row["number"] for row in rows])
        self._index(connection, rows, records)

    def _row(self, record: Record, number: int) -> dict[str, Any]:
        home = self.homes.columns(self.table.name, record.columns, record.refs)
        return {**record.columns, **home, "number": number, "import_id": self.import_id}

    def _index(self, connection: Connection, rows: Sequence[Mapping[str, Any]], records: Iterable[Record]) -> None:
        if self.table is db.activities:
            pairs = zip(rows, records, strict=True)
            fulltext.put(connection, (self._page(row, record) for row, record in pairs))

    def _page(self, row: Mapping[str, Any], record: Record) -> Page:
        people = bylines.with_contacts(record.people, self.homes.directory.contacts_of(row["contact_ids"]))
        return Page(row["number"], row["raw_subject"], record.body, people)

    def _refuse(self, connection: Connection, refused: Iterable[tuple[Placed, str]]) -> None:
        rows = [
            {"import_id": self.import_id, "line": p.row.line, "reason": why, "row": named(self.file, p.row)}
            for p, why in refused
        ]
        if rows:
            connection.execute(db.refusals.insert(), rows)


def next_number(connection: Connection, table: SqlTable) -> int:
    """The number of the next row. A number is never given again, even when its row was removed."""
    highest = connection.execute(select(func.max(table.c.number))).scalar() or 0
    fact = connection.execute(select(db.facts.c.value).where(db.facts.c.name == NUMBERS)).scalar() or {}
    return max(int(highest), int(fact.get(table.name, 0))) + 1


def replace_rows(connection: Connection, table: SqlTable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes rows over those with the same numbers."""
    if rows:
        values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in rows[0] if name != "number"}
        update = table.update().where(table.c.number == bindparam("new_number")).values(values)
        connection.execute(update, [{f"new_{name}": value for name, value in row.items()} for row in rows])


def keep_versions(connection: Connection, record: str, rows: Sequence[RowMapping], import_id: int) -> None:
    """Remembers rows that are about to be replaced."""
    now = datetime.now(UTC)
    kept = [
        {
            "record": record,
            "record_id": row["id"],
            "row": plain_row(dict(row)),
            "import_id": import_id,
            "replaced_at": now,
        }
        for row in rows
    ]
    connection.execute(db.versions.insert(), kept)


def plain_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row that JSON can hold."""
    return {name: v.isoformat() if isinstance(v, date) else v for name, v in row.items()}
