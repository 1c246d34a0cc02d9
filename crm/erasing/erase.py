"""Takes a person, or old records, out of every table in one transaction.

A record that the person is on goes as a whole. Where others only mention them, the mention is blacked out letter by
letter. Remembered replies of a model all go: nobody can say what they were made of. A table that is not known here
loses each row that names the person or one of the records that went.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, String, Table, or_, select, text
from sqlalchemy.engine import Connection, RowMapping

from crm.erasing.person import Person, Redactor
from crm.nouns import Activity
from crm.records import db, forgotten, fulltext
from crm.records.engine import trouble
from crm.records.fulltext import Page
from crm.records.store import CHUNK, Store, activity_of
from crm.records.trail import Trail
from crm.records.trail_entry import Entry, What

LESSONS = "engagement lessons"
HANDLED = {*db.RECORDS, "labels", "standing", "joins", "versions", "refusals", "imports", "facts", "answers"} | {
    "forgotten"
}
LEFT = {"trail", "trail_words", "alembic_version"}  # the trail holds ids; its words are taken out by the trail itself
ID = re.compile(r"[\w:.-]+")
# columns that are no words
KEYS = {"id", "native_id", "source", "account_id", "row_hash", "text_hash", "joined_into", "joined_id", "into_id"}


@dataclass(frozen=True, slots=True)
class Erased:
    """Activities that went, and those in which the person was blacked out, as they were; rows that went by table."""

    activities: tuple[Activity, ...] = ()
    redacted: tuple[Activity, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    trail_rows: tuple[int, ...] = ()

    def to_text(self) -> str:
        went = ", ".join(f"{name} {count:,}" for name, count in sorted(self.rows.items()) if count) or "nothing"
        return f"rows that went: {went}; records in which they were blacked out: {len(self.redacted):,}"


def erase_person(store: Store, trail: Trail, person: Person, by: str) -> Erased:
    """Everything of one person, with hashes kept against their coming back, and who did it put on the trail."""
    finds = Redactor.of(person.words)
    with trail.together() as pen:
        connection = pen.connection
        connection.execute(text("PRAGMA secure_delete=ON"))
        activity_ids = _on(connection, person, finds)
        went = store.activities_by_id(activity_ids)
        gone = _Gone(connection, finds, frozenset(activity_ids), {})
        redacted = gone.redact_activities()
        for table, ids in (("contacts", person.contact_ids), ("leads", person.lead_ids), ("activities", activity_ids)):
            gone.take(table, ids)
        gone.sweep()
        trail_rows = trail.naming(connection, person.words)
        trail.erase_words(connection, trail_rows)
        ids = (*person.contact_ids, *person.lead_ids, *activity_ids, *(a.id for a in redacted))
        forgotten.put(connection, (*person.emails, *ids))
        told = f"records {len(went)}, blacked out {len(redacted)}"
        pen.write(Entry(by, What.ERASURE, after=told, gone=trail_rows))
    return Erased(tuple(went), tuple(redacted), gone.rows, trail_rows)


def erase_activities(store: Store, ids: Sequence[str]) -> Erased:
    """Records that are too old. They may be imported again."""
    with store.writing() as connection:
        connection.execute(text("PRAGMA secure_delete=ON"))
        went = store.activities_by_id(ids)
        gone = _Gone(connection, Redactor.of(()), frozenset(ids), {})
        gone.take("activities", ids)
        gone.sweep()
        forgotten.put(
            connection, [f"old records, {datetime.now(UTC).isoformat()}"]
        )  # whoever remembers a book reads anew
    return Erased(tuple(went), (), gone.rows)


def compact(store: Store) -> None:
    """Writes the file anew without what was deleted, so that no byte of it is left. Raises StoreTrouble."""
    with store.writing() as connection:
        connection.execute(text("INSERT INTO activities_fts(activities_fts) VALUES ('optimize')"))
    store.engine.dispose()  # no connection of ours may hold an old snapshot
    with trouble():
        raw = store.engine.raw_connection()
        try:
            cursor = raw.cursor()
            for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                cursor.execute(statement)
                cursor.fetchall()
        finally:
            raw.close()


def _on(connection: Connection, person: Person, finds: Redactor) -> list[str]:
    """The activities that the person is on: as a contact, or with an address of theirs in any place."""
    by_address, contacts = Redactor.of(person.emails), set(person.contact_ids)
    c = db.activities.c
    query = select(c.id, c.contact_ids, c.raw_subject, c.raw_body, c.messages, c.extra)
    found = []
    for row in connection.execute(query.execution_options(yield_per=CHUNK)):
        said = "\n".join((row.raw_subject, row.raw_body, _json(row.messages), _json(row.extra)))
        wrote = any(finds.finds(message[1]) for message in row.messages)
        if contacts & set(row.contact_ids) or wrote or by_address.finds(said):
            found.append(row.id)
    return found


@dataclass(slots=True)
class _Gone:
    """One erasure under way."""

    connection: Connection
    finds: Redactor
    activity_ids: frozenset[str]
    hashes: dict[str, str]  # of texts before and after something was blacked out in them
    rows: dict[str, int] = field(default_factory=dict)

    def redact_activities(self) -> list[Activity]:
        """Blacks the person out of activities that stay; these as they were."""
        mentioned = []
        for row in self.connection.execute(select(db.activities)).mappings().all():
            if row["id"] in self.activity_ids:
                continue
            changed = self._redacted(db.activities, row)
            if changed:
                new = {**row, **changed}
                self.hashes[row["text_hash"]] = changed["text_hash"] = activity_of(new).text_hash
                mine = db.activities.c.number == row["number"]
                self.connection.execute(db.activities.update().where(mine).values(changed))
                mentioned.append(activity_of(row))
            self._redact_full_text(row["number"])
        return mentioned

    def take(self, name: str, ids: Sequence[str]) -> None:
        """Records by id, with all that hangs on them."""
        table = db.RECORDS[name]
        for start in range(0, len(ids), CHUNK):
            some = list(ids[start : start + CHUNK])
            if table is db.activities:
                numbers = select(table.c.number).where(table.c.id.in_(some))
                fulltext.drop(self.connection, self.connection.execute(numbers).scalars().all())
                for other in (db.labels, db.standing):
                    self._delete(other, other.c.activity_id.in_(some))
            self._delete(db.versions, (db.versions.c.record == name) & db.versions.c.record_id.in_(some))
            c = db.joins.c
            self._delete(db.joins, (c.record == name) & or_(c.joined_id.in_(some), c.into_id.in_(some)))
            self._delete(table, table.c.id.in_(some))

    def sweep(self) -> None:
        """What names the person, or a record that went, anywhere else."""
        for table in db.RECORDS.values():
            if table is not db.activities:
                self._redact_table(table)
        for table in (db.labels, db.imports, db.joins):
            self._redact_table(table)
        for before, after in self.hashes.items():
            mine = db.labels.c.text_hash == before
            self.connection.execute(db.labels.update().where(mine).values(text_hash=after))
        for name in ("versions", "refusals", *self._unknown()):
            self._drop_rows(name)
        self._drop_orphans()
        self._delete(db.answers, text("1"))
        self._clean_facts()

    def _redact_table(self, table: Table) -> None:
        key = next(iter(table.primary_key.columns))
        for row in self.connection.execute(select(table)).mappings().all():
            if changed := self._redacted(table, row):
                self.connection.execute(table.update().where(key == row[key.name]).values(changed))

    def _redacted(self, table: Table, row: RowMapping) -> dict[str, Any]:
        """The columns in which the person stood, without them."""
        changed: dict[str, Any] = {}
        for column in table.columns:
            value = row[column.name]
            if column.name in KEYS or value is None or (table is db.accounts and column.name == "name"):
                continue
            if isinstance(column.type, JSON):
                new = _walked(value, self.finds.redacted)
            elif isinstance(column.type, String) and isinstance(value, str):
                new = self.finds.redacted(value)
            else:
                continue
            if new != value:
                changed[column.name] = new
        return changed

    def _redact_full_text(self, number: int) -> None:
        found = self.connection.execute(
            text("SELECT subject, body, people FROM activities_fts WHERE rowid = :number"), {"number": number}
        ).one_or_none()
        if found and any(map(self.finds.finds, found)):
            fulltext.drop(self.connection, [number])
            fulltext.put(self.connection, [Page(number, *map(self.finds.redacted, found))])

    def _unknown(self) -> list[str]:
        """Tables that other rooms have made."""
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        names = self.connection.execute(text(query)).scalars()
        return [n for n in names if n not in HANDLED | LEFT and not n.startswith("activities_fts")]

    def _drop_rows(self, name: str) -> None:
        """Rows of any table in which the person is named, or a record that went."""
        numbers = []
        for number, *values in self.connection.execute(text(f'SELECT rowid, * FROM "{name}"')):
            said = "\n".join(_words(value) for value in values)
            if self.finds.finds(said) or self.finds.finds(_unescaped(said)) or self._names_gone(said):
                numbers.append({"number": number})
        if numbers:
            self.connection.execute(text(f'DELETE FROM "{name}" WHERE rowid = :number'), numbers)
        self.rows[name] = self.rows.get(name, 0) + len(numbers)

    def _drop_orphans(self) -> None:
        """Turns of a conversation that went, where conversations are kept."""
        if {"conversations", "turns"} <= set(self._unknown()):
            orphans = "DELETE FROM turns WHERE conversation_id NOT IN (SELECT id FROM conversations)"
            self.rows["turns"] = self.rows.get("turns", 0) + self.connection.execute(text(orphans)).rowcount

    def _names_gone(self, said: str) -> bool:
        return not self.activity_ids.isdisjoint(ID.findall(said))

    def _clean_facts(self) -> None:
        """Lessons forget records that went, and know changed ones by their new text; other facts lose the words."""
        for row in self.connection.execute(select(db.facts)).all():
            value = row.value
            if row.name == LESSONS:
                value = [
                    {**one, "records": [r for r in one["records"] if r[0] not in self.activity_ids]} for one in value
                ]
                value = _walked(value, lambda word: self.hashes.get(word, word))
            elif row.name != forgotten.SALT:
                value = _walked(value, self.finds.redacted)
            if value != row.value:
                self.connection.execute(db.facts.update().where(db.facts.c.name == row.name).values(value=value))

    def _delete(self, table: Table, which: Any) -> None:
        count = self.connection.execute(table.delete().where(which)).rowcount
        self.rows[table.name] = self.rows.get(table.name, 0) + count


def _walked(value: Any, change: Any) -> Any:
    """A JSON value with each of its words changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _walked(one, change) for key, one in value.items()}
    if isinstance(value, Iterable):
        return [_walked(one, change) for one in value]
    return value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _words(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _unescaped(said: str) -> str:
    r"""JSON text in which letters were written as \u00e9."""
    return said.encode("utf-8", "replace").decode("unicode_escape", "replace") if "\\u" in said else ""
