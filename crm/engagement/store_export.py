"""The verdicts that stand in the store, as a file like that of a bulk audit."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from crm.engagement import formats, labels
from crm.engagement.counterparts import Counterparts
from crm.engagement.export import Result, SideFile, cells, columns
from crm.engagement.report import AuditReport, Tally
from crm.intake.our_domains import remembered
from crm.intake.stored_refs import Envelope, envelopes
from crm.nouns import Activity, Filter, Verdict
from crm.records.book import Book
from crm.records.store import CHUNK, Store

KEPT = ("id", "crm_subtype", "crm_subject", "crm_description", "date", "owner", "account_id", "contact")
"""What `keep` adds of each record, in the seed format's own words where it has them."""


@dataclass(frozen=True, slots=True)
class Export:
    """What to write of the store, and how; `neutral` and `keep` as in a file's audit."""

    policy: str
    where: Filter = Filter()  # noqa: RUF009
    neutral: bool = True
    keep: bool = False


def export_store(store: Store, out: Path, how: Export, judged: int = 0) -> AuditReport:
    """Writes a row for each activity that has a verdict, in the order they came; people's verdicts win.

    `judged` is how many were judged just before, for the report. Raises BadFile.
    """
    began = time.monotonic()
    tally = Tally()
    neutral = how.neutral and formats.is_csv(out)
    people = _people(store) if how.keep else None
    with SideFile(out, _stamp(), columns(KEPT if how.keep else ())) as file:
        for batch in _labelled(store, how.where):
            kept = _kept(store, people, [a for a, _ in batch]) if people else [()] * len(batch)
            results = (Result(a.native_id, v, k) for (a, v), k in zip(batch, kept, strict=True))
            file.write(cells(result, neutral) for result in results)
            for _, verdict in batch:
                tally.add(verdict.engagement, verdict.decided_by, verdict.undecided)
        file.finish()
    return AuditReport("the store", str(out), how.policy, tally, judged, 0, time.monotonic() - began)


def _labelled(store: Store, where: Filter) -> Iterator[list[tuple[Activity, Verdict]]]:
    each = (activity for _, activity in store.each(where))
    while batch := list(islice(each, CHUNK)):
        standing = labels.current(store, [activity.id for activity in batch])
        yield [(a, standing[a.id].verdict) for a in batch if a.id in standing]


def _people(store: Store) -> Counterparts:
    with store.reading() as connection:
        ours = remembered(connection)
    return Counterparts.of(ours, Book.read(store).contacts)


def _kept(store: Store, people: Counterparts, batch: Sequence[Activity]) -> Iterator[tuple[str, ...]]:
    named = envelopes(store, [activity.id for activity in batch])
    return ((*_told(a), people.of_stored(a, named.get(a.id, Envelope()))) for a in batch)


def _told(activity: Activity) -> tuple[str, ...]:
    return (
        activity.id,
        activity.kind.value,
        activity.raw_subject,
        activity.raw_body,
        activity.at.isoformat() if activity.at else "",
        activity.owner,
        activity.account_id or "",
    )


def _stamp() -> str:
    """Never the same: writing takes seconds, and the store may have changed since a run that was stopped."""
    return hashlib.blake2b(str(time.time_ns()).encode(), digest_size=8).hexdigest()
