"""The rows of a file on their way to a verdict, as the file has them or as the store does."""

import hashlib
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from crm.engagement import labels
from crm.engagement.report import REFUSED
from crm.engagement.row_judging import Pending
from crm.intake.csv_repair import Row
from crm.intake.sources import Source
from crm.intake.survey import Surveyed
from crm.nouns import Activity, Engagement, Verdict
from crm.records.store import Store
from crm.threads.thread import RawActivity

# The fields of a row that its verdict can follow from; `at` only where a call's end is given instead of its length.
_TOLD = (
    "kind", "subject", "body", "html", "notes", "direction", "outcome", "duration_s", "duration_min", "ends_at",
    "from_address", "to_addresses", "owner",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Others:
    """The input's columns beside the id, which the result may keep: their names with their places."""

    names: tuple[str, ...] = ()
    at: tuple[int, ...] = ()

    @classmethod
    def of(cls, surveyed: Surveyed) -> "Others":
        ids = surveyed.source.form.layout.columns.get("native_id", ())
        at = tuple(n for n in range(len(surveyed.table.names)) if tuple(ids) != (n,))
        return cls(tuple(surveyed.table.names[n] for n in at), at)

    def cells(self, row: Row) -> tuple[str, ...]:
        """Cells of a broken row that are not there are empty."""
        return tuple(row.cells[n] if n < len(row.cells) else "" for n in self.at)


NONE = Others()


@dataclass(frozen=True, slots=True)
class Sameness:
    """Tells which rows of a file are judged alike. `at` are the columns that a verdict can follow from."""

    at: tuple[int, ...]

    @classmethod
    def of(cls, source: Source) -> "Sameness":
        columns = source.form.layout.columns
        told = (*_TOLD, "at") if "ends_at" in columns else _TOLD
        return cls(tuple(sorted({place for name in told for place in columns.get(name, ())})))

    def __call__(self, row: Pending) -> Hashable | None:
        """All of a row that its verdict can follow from; None for one that nobody needs to judge."""
        if row.given or row.subject is None:
            return None
        if isinstance(row.subject, Row):
            cells = row.subject.cells
            return _digest([cells[place] for place in self.at])
        return text_of(row.subject) if isinstance(row.subject, Activity) else _said(row.subject)


def pending(surveyed: Surveyed, skip: int, size: int, others: Others = NONE) -> Iterator[list[Pending]]:
    """The file's rows after the first `skip`, in batches. Those that cannot be read are ND with the reason."""
    rows = islice(surveyed.table.rows(), skip, None)
    while batch := list(islice(rows, size)):
        read = [_read(surveyed, row) for row in batch]
        yield [p._replace(kept=others.cells(r)) for p, r in zip(read, batch, strict=True)] if others.at else read


@dataclass(frozen=True, slots=True)
class Said:
    """What people said about records of the store, as far as the store still has the text they spoke of."""

    by_id: Mapping[str, tuple[Activity, Verdict]] = field(default_factory=dict)

    @classmethod
    def read(cls, store: Store) -> "Said":
        said = labels.of_people(store)
        return cls({a.id: (a, said[a.id].verdict) for a in store.activities_by_id(list(said))})

    @property
    def digest(self) -> str:
        """Changes whenever somebody corrects anything."""
        told = sorted((i, a.text_hash, repr(verdict)) for i, (a, verdict) in self.by_id.items())
        return hashlib.blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

    def on(self, row: Pending) -> Pending:
        """The row, with a person's verdict where there is one on this very record with this very text."""
        if not isinstance(row.subject, RawActivity):
            return row
        known = self.by_id.get(f"{row.subject.source}:{row.subject.native_id}")
        return row._replace(given=known[1]) if known and _same_text(known[0], row.subject) else row


def recalled(batch: Sequence[Pending], store: Store, policy: str) -> list[Pending]:
    """The rows as the store reads them, which knows our own people better; with the verdicts that it has."""
    told = [row.subject if isinstance(row.subject, RawActivity) else None for row in batch]
    ids = [f"{raw.source}:{raw.native_id}" if raw else "" for raw in told]
    stored = {activity.id: activity for activity in store.activities_by_id(ids)}
    standing = labels.current(store, list(stored))
    found = []
    for row, raw, activity_id in zip(batch, told, ids, strict=True):
        kept = stored.get(activity_id)
        if kept is None or not _same_text(kept, raw):
            found.append(row)  # refused, or a later row with the same id took its place
            continue
        label = standing.get(kept.id)
        fits = label and label.text_hash == kept.text_hash and label.policy in (policy, labels.PERSON)
        given = label.verdict if label and fits else None
        found.append(row._replace(subject=kept, given=given, stored=True))
    return found


def text_of(activity: Activity) -> Hashable:
    """The text, with the sides that its sender and owner gave its messages."""
    return activity.text_hash, tuple(message.side for message in activity.messages)


def _said(raw: RawActivity) -> Hashable:
    people = (raw.from_address, raw.to_addresses, raw.owner)
    return _digest((raw.kind, raw.raw_subject, raw.raw_body)), raw.direction, raw.outcome, raw.duration_s, people


def _digest(cells: Iterable[str]) -> Hashable:
    text = "\x1f".join(cells).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=16).digest()


def _read(surveyed: Surveyed, row: Row) -> Pending:
    native_id = surveyed.source.native_id(row)
    if row.broken:
        return Pending(native_id, given=Verdict(Engagement.ND, 0.0, row.broken, "", REFUSED))
    return Pending(native_id, row)


def _same_text(kept: Activity, read: RawActivity | None) -> bool:
    return read is not None and all(
        getattr(kept, name) == getattr(read, name)
        for name in ("kind", "raw_subject", "raw_body", "outcome", "duration_s")
    )
