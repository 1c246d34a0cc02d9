"""Looks again at what is stored, now that more is known of accounts, contacts and our own side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, func, or_, select, text
from sqlalchemy import Table as SqlTable

from crm.intake import bylines
from crm.intake.assignment import Homes
from crm.intake.joins import settle
from crm.intake.known_people import KnownPeople
from crm.intake.our_domains import remembered
from crm.intake.owners import GIVEN_OWNER, Owners
from crm.intake.parsing import mentioned
from crm.intake.sources import Refs
from crm.intake.storing import replace_rows
from crm.nouns import Direction, Kind
from crm.records import db, fulltext
from crm.records.activity_row import row_of
from crm.records.store import CHUNK, Store
from crm.records.withdrawn_labels import withdraw
from crm.threads.thread import Ours, RawActivity, activity

_PEOPLE = text("UPDATE activities_fts SET people = :people WHERE rowid = :rowid")
_HOME = {
    "contacts": ("account_id",),
    "deals": ("account_id", "account_name", "product"),
    "activities": ("account_id", "matched_by", "contact_ids"),
}
NO_IMPORT = 0  # their numbers begin at 1
_MOST_NEEDLES = 50
_READ = ("messages", "named")  # what judges go by that the text alone does not tell


@dataclass(frozen=True, slots=True)
class Unmatched:
    """An activity that fits no account, with what it says of one."""

    activity_id: str
    named: str
    addresses: tuple[str, ...]


def rematch(store: Store, ours: Ours | None = None) -> int:
    """Matches every contact, deal and activity again, so that the order of imports does not matter; how many moved.

    `ours` is what is known of our own side; None takes what the store remembers.
    """
    with store.writing() as connection:
        settle(connection)
    return sum(_rematch(store, db.RECORDS[name], ours) for name in _HOME)


def unmatched(store: Store, limit: int = 100) -> list[Unmatched]:
    """The activities without an account, newest first."""
    c = db.activities.c
    query = select(c.id, c.extra).where(c.account_id.is_(None)).order_by(c.at.is_(None), c.at.desc(), c.number)
    with store.reading() as connection:
        found = [(row.id, Refs.of(row.extra)) for row in connection.execute(query.limit(limit))]
    return [
        Unmatched(activity_id, refs.account or refs.account_id.partition(":")[2], refs.addresses or refs.mentioned)
        for activity_id, refs in found
    ]


def reparse(store: Store, before: Ours, now: Ours, apart_from: int = NO_IMPORT) -> int:
    """Parses the threads again in which somebody occurs who is ours only `before` or only `now`; how many there were.

    Where that changes who wrote what, judges must look again: their labels count no longer.
    Rows of the import `apart_from` were parsed with all that is known `now`.
    """
    new = sorted((now.domains ^ before.domains) | (now.people ^ before.people))
    changed = 0
    for start in range(0, len(new), _MOST_NEEDLES):
        where = _occurs(new[start : start + _MOST_NEEDLES])
        changed += parse_again(store, where & (db.activities.c.import_id != apart_from), now)
    return changed


def parse_again(store: Store, where: ColumnElement[bool], now: Ours, known: KnownPeople | None = None) -> int:
    """Parses these activities again; how many there were. Where they are read otherwise, their labels go.

    `known` are the people whom rows tell by ids; None takes those whom the store holds.
    """
    changed = 0
    if known is None:
        with store.reading() as connection:
            known = KnownPeople.read(connection)
    for rows in chunks(store, select(db.activities).where(where), db.activities):
        changed += len(rows)
        parsed = [_parsed_again(row, now, known) for row in rows]
        _store_again(store, parsed, now)
        other = [new["id"] for new, old in zip(parsed, rows, strict=True) if any(new[n] != old[n] for n in _READ)]
        if other:
            with store.writing() as connection:
                withdraw(connection, other)
    return changed


def owned(row: Mapping[str, Any], owners: Owners) -> tuple[Mapping[str, Any], str]:
    """What a record keeps beside its columns and its owner, by those whom we know now."""
    said = row["extra"].get(GIVEN_OWNER, row["owner"])
    called = owners.called(said, row["id"].partition(":")[0])
    kept = {name: one for name, one in row["extra"].items() if name != GIVEN_OWNER}
    return kept | ({GIVEN_OWNER: said} if called != said else {}), called


def _rematch(store: Store, table: SqlTable, ours: Ours | None) -> int:
    with store.reading() as connection:
        homes = Homes.read(connection, ours or remembered(connection))
    columns = [table.c[name] for name in ("number", "extra", *_HOME[table.name])]
    moved = 0
    for rows in chunks(store, select(*columns), table):
        found = [{"number": row["number"], **homes.columns(table.name, row, Refs.of(row["extra"]))} for row in rows]
        changed = [new for new, old in zip(found, rows, strict=True) if any(new[name] != old[name] for name in new)]
        _move(store, table, changed, homes)
        moved += len(changed)
    return moved


def _move(store: Store, table: SqlTable, rows: Sequence[Mapping[str, Any]], homes: Homes) -> None:
    if not rows:
        return
    with store.writing() as connection:
        replace_rows(connection, table, rows)
        if table is db.activities:
            wanted = select(table).where(table.c.number.in_([row["number"] for row in rows]))
            found = connection.execute(wanted).mappings().all()
            people = [
                {
                    "rowid": row["number"],
                    "people": bylines.people_of(row, homes.directory.contacts_of(row["contact_ids"])),
                }
                for row in map(dict, found)
            ]
            connection.execute(_PEOPLE, people)


def chunks(store: Store, query: Select[Any], table: SqlTable) -> Iterator[list[dict[str, Any]]]:
    """The rows of a query in the order they came, a chunk in memory at a time."""
    after = 0
    while True:
        with store.reading() as connection:
            page = query.where(table.c.number > after).order_by(table.c.number).limit(CHUNK)
            rows = [dict(row) for row in connection.execute(page).mappings()]
        if not rows:
            return
        yield rows
        after = rows[-1]["number"]


def _occurs(needles: Sequence[str]) -> ColumnElement[bool]:
    c = db.activities.c
    extra = cast(c.extra, Text)
    anywhere = (column.icontains(needle, autoescape=True) for needle in needles for column in (c.raw_body, extra))
    return or_(func.lower(c.owner).in_(needles), *anywhere)


def _parsed_again(row: Mapping[str, Any], ours: Ours, known: KnownPeople) -> dict[str, Any]:
    source, _, key = row["id"].partition(":")
    extra, owner = owned(row, known.owners)
    raw = RawActivity(
        native_id=key,
        source=source,
        kind=Kind(row["kind"]),
        raw_subject=row["raw_subject"],
        raw_body=row["raw_body"],
        direction=Direction(row["direction"]),
        outcome=row["outcome"],
        duration_s=row["duration_s"],
        at=row["at"],
        owner=owner,
        from_address=extra.get("@from", ""),
        to_addresses=tuple(extra.get("@to", ())),
        contacts=known.with_names(Refs.of(extra)),
    )
    parsed = activity(raw, ours)
    found = mentioned(parsed.raw_body, parsed.messages)
    extra = {name: said for name, said in extra.items() if name != "@mentioned"} | (
        {"@mentioned": list(found)} if found else {}
    )
    kept = ("number", "native_id")
    return row_of(parsed) | {name: row[name] for name in kept} | {"extra": extra}


def _store_again(store: Store, rows: Sequence[dict[str, Any]], ours: Ours) -> None:
    with store.writing() as connection:
        homes = Homes.read(connection, ours)
        rows = [row | homes.columns("activities", row, Refs.of(row["extra"])) for row in rows]
        replace_rows(connection, db.activities, rows)
        fulltext.drop(connection, [row["number"] for row in rows])
        fulltext.put(connection, (bylines.page(row, homes.directory) for row in rows))
