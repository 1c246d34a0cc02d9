"""The verdicts that stand in the store, as a file like that of a bulk audit."""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from crm.engagement import formats, labels
from crm.engagement.export import Result, SideFile, cells, columns
from crm.engagement.report import AuditReport, Tally
from crm.nouns import Activity, Filter, Verdict
from crm.records.store import CHUNK, Store

KEPT = ("id", "crm_subtype", "crm_subject", "crm_description", "date", "owner", "account_id")
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
    with SideFile(out, _stamp(), columns(KEPT if how.keep else ())) as file:
        for batch in _labelled(store, how.where):
            file.write(cells(Result(a.native_id, v, _kept(a) if how.keep else ()), neutral) for a, v in batch)
            for _, verdict in batch:
                tally.add(verdict.engagement, verdict.decided_by, verdict.undecided)
        file.finish()
    return AuditReport("the store", str(out), how.policy, tally, judged, 0, time.monotonic() - began)


def _labelled(store: Store, where: Filter) -> Iterator[list[tuple[Activity, Verdict]]]:
    each = (activity for _, activity in store.each(where))
    while batch := list(islice(each, CHUNK)):
        standing = labels.current(store, [activity.id for activity in batch])
        yield [(a, standing[a.id].verdict) for a in batch if a.id in standing]


def _kept(activity: Activity) -> tuple[str, ...]:
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
