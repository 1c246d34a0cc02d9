"""What is older than it may get, by kind of record, as playbook/retention.yaml says.

Age counts back from the newest day in the data, like every relative date in this house, and never from a day that is
yet to come. So neither a clock that is wrong nor one mail dated 2099 takes anything away; it takes both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, Table, func, select

from crm.errors import BadPlaybook
from crm.nouns import Kind
from crm.playbook import Page, read_yaml
from crm.records import db
from crm.records.store import Store

FILE = "retention.yaml"
LEAD, VERSION, REPLY, REFUSED, RESULT = "lead", "old version", "remembered reply", "refused row", "file"
ROWS = (LEAD, VERSION, REPLY, REFUSED)
KINDS = (*Kind, *ROWS, RESULT)


class _Page(Page):
    """Days by kind; nothing means for ever."""

    about: str
    keep_days: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Keeping:
    """How many days each kind is kept; None is for ever."""

    days: Mapping[str, int | None]

    @classmethod
    def read(cls, playbook: Path) -> "Keeping":
        """Raises BadPlaybook."""
        page = read_yaml(playbook / FILE, _Page)
        unknown = sorted(set(page.keep_days) - set(KINDS))
        if unknown or any(days is not None and days < 1 for days in page.keep_days.values()):
            wrong = f"not {', '.join(unknown)}" if unknown else "or nothing for ever"
            raise BadPlaybook(f"{FILE}: allowed are {', '.join(KINDS)}, each with days from 1 on; {wrong}.")
        return cls({kind: page.keep_days.get(kind) for kind in KINDS})

    @property
    def limited(self) -> dict[str, int]:
        """The kinds that are not kept for ever."""
        return {kind: days for kind, days in self.days.items() if days is not None}


@dataclass(frozen=True, slots=True)
class Aged:
    """How many of a kind are older than `days`."""

    kind: str
    days: int
    count: int


def aged_rows(store: Store, keeping: Keeping) -> list[Aged]:
    """How many rows are too old, by kind."""
    found = [Aged(kind, days, len(activity_ids(store, kind, days))) for kind, days in _of(keeping, tuple(Kind))]
    for kind, days in _of(keeping, ROWS):
        table, old = _old(kind, _before(store, days))
        with store.reading() as connection:
            count = connection.execute(select(func.count()).select_from(table).where(old)).scalar_one()
        found.append(Aged(kind, days, count))
    return found


def activity_ids(store: Store, kind: str, days: int) -> list[str]:
    """The activities of a kind that are too old; undated ones stay."""
    c = db.activities.c
    old = select(c.id).where(c.kind == kind, c.at < _before(store, days)).order_by(c.number)
    with store.reading() as connection:
        return list(connection.execute(old).scalars())


def all_activity_ids(store: Store, keeping: Keeping) -> list[str]:
    """Those of every kind."""
    return [i for kind, days in _of(keeping, tuple(Kind)) for i in activity_ids(store, kind, days)]


def erase_rows(store: Store, keeping: Keeping) -> None:
    """What is no activity and too old goes."""
    for kind, days in _of(keeping, ROWS):
        table, old = _old(kind, _before(store, days))
        with store.writing() as connection:
            connection.execute(table.delete().where(old))


def _of(keeping: Keeping, kinds: tuple[str, ...]) -> list[tuple[str, int]]:
    return [(kind, days) for kind, days in keeping.limited.items() if kind in kinds]


def _old(kind: str, before: datetime) -> tuple[Table, ColumnElement[bool]]:
    """The table of a kind, and which rows of it are too old."""
    match kind:
        case "lead":
            return db.leads, db.leads.c.last_contact < before
        case "old version":
            return db.versions, db.versions.c.replaced_at < before
        case "remembered reply":
            return db.answers, db.answers.c.at < before
        case _:
            then = select(db.imports.c.id).where(db.imports.c.started_at < before)
            return db.refusals, db.refusals.c.import_id.in_(then)


def _before(store: Store, days: int) -> datetime:
    newest = store.as_of()
    if newest is None:
        return datetime.min.replace(tzinfo=UTC)
    return datetime.combine(min(newest, datetime.now(UTC).date()) - timedelta(days=days), time(), UTC)
