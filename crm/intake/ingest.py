"""Brings a file's rows into the store; a stopped import goes on where it stopped and ends in the same store."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from sqlalchemy import Table as SqlTable
from sqlalchemy import select

from crm.intake.assignment import Homes
from crm.intake.columns import AUTO, REFUSED_TAIL, folded
from crm.intake.contact_names import name_contacts
from crm.intake.csv_repair import Row
from crm.intake.days_from_quotes import date_undated
from crm.intake.giving_way import give_way
from crm.intake.headers import NOTHING_SAID, Headers
from crm.intake.known_people import NOBODY_KNOWN, KnownPeople
from crm.intake.ledger import Entry, Intake, alive, intake, open_entry
from crm.intake.our_domains import joined, remembered, tell
from crm.intake.our_people import people_told
from crm.intake.owner_names import name_owners
from crm.intake.parsing import Parse, Record
from crm.intake.quoted_days import date_quotes
from crm.intake.readers import Table, named
from crm.intake.rematch import rematch, reparse
from crm.intake.seen_ids import First, Seen
from crm.intake.storing import Keeper, Placed
from crm.intake.survey import Surveyed, survey
from crm.nouns import Activity
from crm.records import db
from crm.records.store import Store
from crm.threads.thread import Ours
from crm.workers import Here, Workers

BATCH = 500  # rows that are parsed at a time
# Batches a transaction: what a killed import does again at most. Each transaction leaves full text a piece to merge.
AT_ONCE = 4
WORTH_IT = 5_000  # rows above which starting other processes pays
_HERE = Here()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is."""

    done: int
    total: int
    record: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How to import. `our_domains` add to those that are found from the data; `workers` parse large files.

    `said` is what people said of columns that nobody knows.
    """

    source: str = AUTO
    kind: str = AUTO
    our_domains: frozenset[str] = frozenset()
    progress: Callable[[Progress], None] | None = None
    workers: Workers = _HERE
    said: Headers = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class RowRead:
    """One data row of a file of activities. Exactly one of `activity` and `refused` says something.

    `native_id` is the file's own id, unchanged, or the row's number; `row` holds the cells by column name.
    """

    line: int
    activity: Activity | None
    native_id: str
    refused: str
    row: Mapping[str, str]


def ingest(file: Path, store: Store, plan: Plan = Plan()) -> Intake:
    """Imports one file. Raises BadFile when it cannot be read, StoreTrouble when the store cannot be written."""
    surveyed = survey(file, plan.source, plan.kind, plan.said)
    with store.writing() as connection:
        before = remembered(connection)
        entry = open_entry(connection, file.name, surveyed)
        known = KnownPeople.read(connection)
    told = joined(Ours(plan.our_domains), surveyed.ours)
    ours = joined(before, told)
    _Import(store, plan, surveyed, entry, ours, known).run()
    gave_way = _settle(store, surveyed, entry, before, ours)
    with store.writing() as connection:
        tell(connection, entry.import_id, told)
        entry.finish(connection)
    done = intake(store, entry.import_id)
    return replace(done, notices=(*surveyed.notices, *gave_way), resumed=entry.resumed)


def activities_in(file: Path, ours: Ours, source: str = AUTO) -> Iterator[RowRead]:
    """Every row of a file of activities, in order, without touching any store. Raises BadFile."""
    surveyed = survey(file, source, "activities")
    everybody = joined(ours, surveyed.ours)
    for row in _rows(surveyed.table):
        cells = named(surveyed.table, row)
        draft = surveyed.source.draft(row)
        activity = None if draft.refused else draft.activity(everybody)
        native_id = draft.native_id if activity else surveyed.source.native_id(row)
        yield RowRead(row.line, activity, native_id, draft.refused, cells)


@dataclass(frozen=True, slots=True)
class _Import:
    """One run over a file."""

    store: Store
    plan: Plan
    surveyed: Surveyed
    entry: Entry
    ours: Ours
    known: KnownPeople = NOBODY_KNOWN

    def run(self) -> None:
        with self.store.reading() as connection:
            homes = Homes.read(connection, self.ours)
        with closing(Seen()) as seen:
            keeper = Keeper(self._table, self.entry.import_id, seen, homes, self.surveyed.table)
            position = self.entry.position
            for batch in _joined(self._batches(seen)):
                with self.store.writing() as connection:
                    self.entry.advance(connection, keeper.keep(connection, batch), position)
                position += len(batch)
                self._tell(position)

    @property
    def _table(self) -> SqlTable:
        return db.RECORDS[self.surveyed.source.record]

    def _batches(self, seen: Seen) -> Iterator[list[Placed]]:
        """The rows that are not in the ledger yet, parsed, a batch at a time and in order."""
        rows = _rows(self.surveyed.table)
        for done in _cut(islice(rows, self.entry.position)):
            self._meet(done, seen)
        waiting: deque[tuple[list[Row], dict[int, Record]]] = deque()

        def unknown() -> Iterator[list[Row]]:
            known_before = self._has_some()
            for batch in _cut(rows):
                known = self._unchanged(batch) if known_before else {}
                waiting.append((batch, known))
                yield [row for row in batch if row.number not in known]

        for records in self._workers().map(Parse(self.surveyed.source, self.ours, self.known), unknown()):
            batch, known = waiting.popleft()
            parsed = iter(records)
            yield [Placed(row, known.get(row.number) or next(parsed)) for row in batch]

    def _workers(self) -> Workers:
        many = self.surveyed.rows - self.entry.position > WORTH_IT and self._table is db.activities
        return self.plan.workers if many else _HERE

    def _has_some(self) -> bool:
        """Whether the store has records of this source already: then most rows of a file may be unchanged."""
        source = self.surveyed.source.form.layout.source
        with self.store.reading() as connection:
            some = select(self._table.c.number).where(self._table.c.source == source).limit(1)
            return connection.execute(some).first() is not None

    def _unchanged(self, batch: Iterable[Row]) -> dict[int, Record]:
        """The rows that the store has word for word, by their number: they need not be parsed."""
        drafts = {row.number: self.surveyed.source.draft(row) for row in batch}
        hashes = {number: draft.row_hash() for number, draft in drafts.items() if not draft.refused}
        c = self._table.c
        with self.store.reading() as connection:
            stored = select(c.id, c.row_hash).where(c.id.in_([drafts[number].id for number in hashes]))
            old = {row.id: row.row_hash for row in connection.execute(stored)}
        return {
            number: Record(drafts[number].id, row_hash, {"native_id": drafts[number].native_id})
            for number, row_hash in hashes.items()
            if old.get(drafts[number].id) == row_hash
        }

    def _meet(self, rows: Iterable[Row], seen: Seen) -> None:
        """Remembers rows that are in the ledger already, for ids that come again."""
        met: dict[str, First] = {}
        for row in rows:
            draft = self.surveyed.source.draft(row)
            if not draft.refused:
                met.setdefault(draft.id, First(row.line, draft.row_hash()))
        seen.put(met)

    def _tell(self, done: int) -> None:
        if self.plan.progress:
            self.plan.progress(Progress(done, self.surveyed.rows, self.surveyed.source.record))


def _settle(store: Store, surveyed: Surveyed, entry: Entry, before: Ours, ours: Ours) -> list[str]:
    """What the rows that are in change in others; tells what gave way to them.

    A killed import does it again: each step may be repeated.
    """
    record, gave_way = surveyed.source.record, []
    if record == "accounts" and (joined_in := give_way(store, db.accounts)):
        gave_way.append(f"Of the accounts made of names before, {joined_in} are now one with an account of an export.")
    if record == "reps":
        name_owners(store, ours)
        gave_way += people_told(store, entry.import_id, surveyed.ours)
    if record in ("accounts", "contacts", "deals", "products"):
        rematch(store, ours)
    # People are known by their accounts, which were just matched.
    if record in ("accounts", "contacts") and (joined_in := give_way(store, db.contacts)):
        gave_way.append(f"Of the contacts made of names before, {joined_in} are now one with a contact of an export.")
        rematch(store, ours)
    if ours != before:
        reparse(store, before, ours, entry.import_id)
    if record == "contacts":
        name_contacts(store, ours)
    if record == "reps":
        rematch(store, ours)
    if record in ("accounts", "contacts", "activities", "reps"):
        date_undated(store)
        date_quotes(store)
    return gave_way


def _rows(table: Table) -> Iterator[Row]:
    """The file's rows; cells of a list of refused rows lose the apostrophe that kept spreadsheets from running them."""
    if tuple(folded(name) for name in table.header[-2:]) != REFUSED_TAIL:
        yield from table.rows()
    else:
        yield from (row._replace(cells=tuple(map(alive, row.cells))) for row in table.rows())


def _cut(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _joined(batches: Iterable[list[Placed]]) -> Iterator[list[Placed]]:
    """The batches, as many in one as are stored in one transaction."""
    batches = iter(batches)
    while some := list(islice(batches, AT_ONCE)):
        yield list(chain.from_iterable(some))
