"""The rows of a file on their way to a verdict, as the file has them or as the store does."""

import hashlib
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from crm.engagement import labels
from crm.engagement.report import REFUSED
from crm.intake.mending import Row
from crm.intake.survey import Surveyed
from crm.nouns import Activity, Engagement, Verdict
from crm.records.store import Store
from crm.threads.thread import Ours, RawActivity
from crm.threads.thread import activity as threaded


@dataclass(frozen=True, slots=True)
class Pending:
    """A row: what is to be judged, parsed already or not, or a verdict that is `given`.

    `stored` says that the store holds this very text under this id; `kept` are the input's other cells.
    """

    native_id: str
    subject: RawActivity | Activity | None = None
    given: Verdict | None = None
    stored: bool = False
    kept: tuple[str, ...] = ()

    def activity(self, ours: Ours) -> Activity:
        """The row as judges see it; only for rows with a subject."""
        if isinstance(self.subject, Activity):
            return self.subject
        if self.subject is None:
            raise LookupError(f"row {self.native_id} has nothing to judge")
        return threaded(self.subject, ours)

    def final(self, judged: Verdict | None) -> Verdict:
        verdict = self.given or judged
        if verdict is None:
            raise LookupError(f"row {self.native_id} was not judged")
        return verdict


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


def pending(surveyed: Surveyed, skip: int, size: int, others: Others = NONE) -> Iterator[list[Pending]]:
    """The file's rows after the first `skip`, in batches. Those that cannot be read are ND with the reason."""
    rows = islice(surveyed.table.rows(), skip, None)
    while batch := list(islice(rows, size)):
        read = [_read(surveyed, row) for row in batch]
        yield [replace(p, kept=others.cells(r)) for p, r in zip(read, batch, strict=True)] if others.at else read


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
        if not self.by_id or row.subject is None:
            return row
        known = self.by_id.get(f"{row.subject.source}:{row.subject.native_id}")
        return replace(row, given=known[1]) if known and _same_text(known[0], row.subject) else row


def recalled(batch: Sequence[Pending], store: Store, policy: str) -> list[Pending]:
    """The rows as the store reads them, which knows our own people better; with the verdicts that it has."""
    ids = [f"{row.subject.source}:{row.subject.native_id}" if row.subject else "" for row in batch]
    stored = {activity.id: activity for activity in store.activities_by_id(ids)}
    standing = labels.current(store, list(stored))
    found = []
    for row, activity_id in zip(batch, ids, strict=True):
        kept = stored.get(activity_id)
        if kept is None or not _same_text(kept, row.subject):
            found.append(row)  # refused, or a later row with the same id took its place
            continue
        label = standing.get(kept.id)
        fits = label and label.text_hash == kept.text_hash and label.policy in (policy, labels.PERSON)
        given = label.verdict if label and fits else None
        found.append(replace(row, subject=kept, given=given, stored=True))
    return found


def sameness(row: Pending) -> Hashable | None:
    """All of a row that its verdict can follow from; None for one that nobody needs to judge."""
    if row.given or row.subject is None:
        return None
    if isinstance(row.subject, Activity):
        return text_of(row.subject)
    raw = row.subject
    said = f"{raw.kind}\x1f{raw.raw_subject}\x1f{raw.raw_body}".encode("utf-8", "surrogatepass")
    people = (raw.from_address, raw.to_addresses, raw.owner)
    return hashlib.blake2b(said, digest_size=16).digest(), raw.direction, raw.outcome, raw.duration_s, people


def text_of(activity: Activity) -> Hashable:
    """The text, with the sides that its sender and owner gave its messages."""
    return activity.text_hash, tuple(message.side for message in activity.messages)


def _read(surveyed: Surveyed, row: Row) -> Pending:
    draft = surveyed.source.draft(row)
    if draft.refused or draft.raw is None:
        refusal = Verdict(Engagement.ND, 0.0, draft.refused, "", REFUSED)
        return Pending(surveyed.source.native_id(row), given=refusal)
    return Pending(draft.native_id, draft.raw)


def _same_text(kept: Activity, read: RawActivity | Activity | None) -> bool:
    return read is not None and all(
        getattr(kept, name) == getattr(read, name)
        for name in ("kind", "raw_subject", "raw_body", "outcome", "duration_s")
    )
