"""The imports there were: each with who brought it in, and who took it back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from crm.intake.ledger import Intake, intakes
from crm.records import db
from crm.records.store import Store
from crm.records.trail import Trail
from crm.records.trail_entry import Entry, Row, Sought, What


@dataclass(frozen=True, slots=True)
class Past:
    """One import. `by` and `undone_by` are empty where nobody noted it; `undone_at` is None while it counts."""

    intake: Intake
    at: datetime
    by: str = ""
    undone_at: datetime | None = None
    undone_by: str = ""

    @property
    def undone(self) -> bool:
        return self.undone_at is not None

    @property
    def undoable(self) -> bool:
        """Whether taking it back would change anything."""
        return not self.undone and self.intake.stored > 0


def past_imports(store: Store, chain: Trail) -> list[Past]:
    """Every import, the newest first, without their refusals.

    The people come from the trail, which notes them; an import that broke off before its end is not on it.
    """
    c = db.imports.c
    with store.reading() as connection:
        began = {row.id: row.started_at for row in connection.execute(select(c.id, c.started_at))}
    brought, took = _first(chain, What.IMPORT), _first(chain, What.UNDO)
    return [_past(intake, began[intake.import_id], brought, took) for intake in intakes(store)]


def put_import(chain: Trail, by: str, intake: Intake) -> None:
    """Notes who brought an import in."""
    counts = f"read {intake.read}, stored {intake.stored}, refused {intake.refused}"
    chain.put(Entry(by, What.IMPORT, str(intake.import_id), after=f"{intake.file_name}: {counts}"))


def _first(chain: Trail, what: What) -> dict[str, Row]:
    """The oldest row about each import."""
    return {row.entry.about: row for row in chain.rows(Sought(what=what.value), limit=None)}


def _past(intake: Intake, at: datetime, brought: dict[str, Row], took: dict[str, Row]) -> Past:
    known = str(intake.import_id)
    by = brought[known].entry.who if known in brought else ""
    undone = took.get(known)
    return Past(intake, at, by, undone.at if undone else None, undone.entry.who if undone else "")
