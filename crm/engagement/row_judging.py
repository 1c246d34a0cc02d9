"""What other processes do of a file's audit: rows are read and parsed, then judged.

It imports no database and nothing that asks a model elsewhere: each process would wait half a second for those.
"""

from dataclasses import dataclass
from typing import NamedTuple

from crm.engagement.judge import Deciding
from crm.intake.csv_repair import Row
from crm.intake.sources import Source
from crm.nouns import Activity, Verdict
from crm.threads.thread import Ours, RawActivity
from crm.threads.thread import activity as threaded


class Pending(NamedTuple):
    """A row: what is to be judged, read and parsed already or not, or a verdict that is `given`.

    `stored` says that the store holds this very text under this id; `kept` are the input's other cells. A tuple, for
    there are many and they go to other processes.
    """

    native_id: str
    subject: Row | RawActivity | Activity | None = None
    given: Verdict | None = None
    stored: bool = False
    kept: tuple[str, ...] = ()

    def final(self, judged: Verdict | None) -> Verdict:
        verdict = self.given or judged
        if verdict is None:
            raise LookupError(f"row {self.native_id} was not judged")
        return verdict


@dataclass(frozen=True, slots=True)
class RowReader:
    """How a file's rows become what judges see."""

    source: Source
    ours: Ours

    def activity(self, row: Pending) -> Activity:
        """The row as judges see it; only for rows with a subject."""
        if isinstance(row.subject, Activity):
            return row.subject
        raw = self.raw(row)
        if raw is None:
            raise LookupError(f"row {row.native_id} has nothing to judge")
        return threaded(raw, self.ours)

    def raw(self, row: Pending) -> RawActivity | None:
        """What the row says; None for one that nobody needs to judge."""
        if isinstance(row.subject, Row):
            return self.source.raw(row.subject)
        return row.subject if isinstance(row.subject, RawActivity) else None

    def read(self, row: Pending) -> Pending:
        """The row with its cells read."""
        return row._replace(subject=self.raw(row))


@dataclass(frozen=True, slots=True)
class JudgingRows:
    """Parses rows, then judges them."""

    judge: Deciding
    reader: RowReader

    def __call__(self, rows: list[Pending]) -> list[Verdict]:
        return self.judge.judge([self.reader.activity(row) for row in rows])
