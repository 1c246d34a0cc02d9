"""What an import would do, told without storing anything."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import select

from crm.errors import BadFile
from crm.intake.columns import AUTO, columns
from crm.intake.headers import Headers
from crm.intake.ledger import Refusal
from crm.intake.readers import Table
from crm.intake.sources import Draft
from crm.intake.survey import Surveyed, survey
from crm.intake.tables import open_table
from crm.records import db
from crm.records.store import CHUNK, Store

LISTED = 20  # refused rows that are told
LETTERS = 60  # of an example


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of the file: its name, the field that it means (empty: kept as it is), an example from the rows."""

    name: str
    field: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become of each row: read = new + changed + unchanged + duplicate + refused.

    `problem` says why nothing can be imported yet; then only the columns are known.
    """

    file_name: str
    record: str
    source: str
    headings: tuple[Heading, ...]
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicate: int = 0
    refused: int = 0
    refusals: tuple[Refusal, ...] = ()
    notices: tuple[str, ...] = ()
    problem: str = ""


def preview(file: Path, store: Store, source: str = AUTO, record: str = AUTO) -> Preview:
    """Looks through a file. Raises BadFile where not even its columns can be read."""
    table, said = open_table(file), Headers.read(store)
    examples = _examples(table)
    try:
        surveyed = survey(file, source, record, said)
    except BadFile as err:
        renamed, held = said.on(table, record)
        known = columns().nearest(renamed.header, held)
        fields = (known.get(at, "") for at in range(len(table.header)))
        headings = tuple(map(Heading, table.names, fields, examples))
        return Preview(file.name, held, source, headings, problem=str(err))
    counted = _counted(surveyed, store)
    layout = surveyed.source.form.layout
    means = {at: field for field, places in layout.columns.items() for at in places}
    named = enumerate(zip(table.names, examples, strict=True))
    headings = tuple(Heading(name, means.get(at, ""), example) for at, (name, example) in named)
    return Preview(
        file.name,
        layout.record,
        layout.source,
        headings,
        surveyed.rows,
        *counted.numbers,
        refusals=tuple(counted.refusals),
        notices=surveyed.notices,
    )


@dataclass(slots=True)
class _Counted:
    """How many rows would become what."""

    numbers: tuple[int, int, int, int, int]
    refusals: list[Refusal]


def _counted(surveyed: Surveyed, store: Store) -> _Counted:
    new = changed = unchanged = duplicate = refused = 0
    refusals: list[Refusal] = []
    seen: set[str] = set()
    for batch in _batches(surveyed):
        fine = []
        for line, draft in batch:
            if draft.refused:
                refused += 1
                if len(refusals) < LISTED:
                    refusals.append(Refusal(line, draft.refused))
            elif draft.id in seen:
                duplicate += 1
            else:
                seen.add(draft.id)
                fine.append(draft)
        old = _stored(store, surveyed, fine)
        for draft in fine:
            if draft.id not in old:
                new += 1
            elif old[draft.id] == draft.row_hash():
                unchanged += 1
            else:
                changed += 1
    return _Counted((new, changed, unchanged, duplicate, refused), refusals)


def _batches(surveyed: Surveyed) -> Iterator[list[tuple[int, Draft]]]:
    rows = ((row.line, surveyed.source.draft(row)) for row in surveyed.table.rows())
    while batch := list(islice(rows, CHUNK)):
        yield batch


def _stored(store: Store, surveyed: Surveyed, drafts: Sequence[Draft]) -> dict[str, str]:
    c = db.RECORDS[surveyed.source.record].c
    with store.reading() as connection:
        found = connection.execute(select(c.id, c.row_hash).where(c.id.in_([d.id for d in drafts])))
        return {row.id: row.row_hash for row in found}


def _examples(table: Table) -> list[str]:
    """The first cell of each column that has anything in it, from the top of the file."""
    found = [""] * len(table.names)
    for row in islice(table.rows(), LISTED):
        for at, cell in enumerate(row.cells[: len(found)]):
            found[at] = found[at] or " ".join(cell.split())[:LETTERS]
    return found
