"""The bulk audit: a verdict for every row of a file, or for every activity in the store.

Both may be stopped at any moment, killed too: the next run goes on with what has no verdict yet.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from crm.engagement import formats, labels
from crm.engagement.distinct_texts import Once
from crm.engagement.doubtful import Line
from crm.engagement.export import Result, SideFile, cells, columns
from crm.engagement.file_rows import NONE, Others, Said, Sameness, pending, recalled, text_of
from crm.engagement.judge import Deciding
from crm.engagement.report import AuditReport, Progress, Tally
from crm.engagement.row_judging import JudgingRows, Pending, RowReader
from crm.errors import BadFile
from crm.intake.headers import NOTHING_SAID, Headers
from crm.intake.ingest import Plan, ingest
from crm.intake.ledger import Intake
from crm.intake.our_domains import joined
from crm.intake.survey import Surveyed, survey
from crm.nouns import Activity, Filter, Verdict
from crm.records.store import CHUNK, Store
from crm.threads.thread import Ours
from crm.workers import Here, Workers

Watch = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class AuditPlan:
    """How a file is audited.

    `store`: also import the file and put the verdicts on record; `imported` hears of that import. `said`: what people
    said, which wins. `columns`: what they said its columns mean. `neutral`: keep spreadsheets from running cells as
    formulas. `keep`: the input's other columns too. An exception raised by `progress` stops the audit; what was judged
    so far is kept.
    """

    cascade: Deciding
    ours: Ours = Ours()  # noqa: RUF009
    source: str = "auto"
    workers: Workers = Here()  # noqa: RUF009
    store: Store | None = None
    imported: Callable[[Intake], None] | None = None
    progress: Watch | None = None
    said: Said = Said()  # noqa: RUF009
    columns: Headers = NOTHING_SAID
    neutral: bool = True
    keep: bool = False
    batch: int = 250


@dataclass(frozen=True, slots=True)
class Batches:
    """How the store's activities are worked on. An exception raised by `progress` stops the audit, as in a plan."""

    progress: Watch | None = None
    size: int = CHUNK
    workers: Workers = Here()  # noqa: RUF009


def audit_file(source: Path, out: Path, how: AuditPlan) -> AuditReport:
    """Writes one verdict per row of `source` to `out`, in order. Raises BadFile.

    A stopped run goes on after its last complete row when the input and the policy are the same. With a store the
    file is imported first, which adds nothing when it was imported before; a verdict that the store has for the
    same text and policy, or from a person, is taken from there.
    """
    began = time.monotonic()
    if source.resolve() == out.resolve():
        raise BadFile(f"{out} is the file that is audited. Give another name for the result.")
    if how.store is not None:
        _import(source, how.store, how)
        labels.restand(how.store, how.cascade.policy)
    surveyed = survey(source, how.source, "activities", how.columns)
    judging = RowJudging.of(how, surveyed)
    tally, once = Tally(), Once(judging.here, Sameness.of(surveyed.source), how.workers, judging.outside)
    others = Others.of(surveyed) if how.keep else NONE
    with SideFile(out, _stamp(surveyed, judging, how), columns(others.names)) as file:
        for _, engagement, decided_by in file.kept():
            tally.add(engagement, decided_by)
        kept = tally.rows
        with closing(once.over(batches(surveyed, kept, others, how, judging.reader))) as judged:
            for batch in judged:
                _put(batch, file, tally, how, judging.line)
                if how.progress is not None:
                    how.progress(Progress(tally.rows, surveyed.rows, time.monotonic() - began, kept))
        file.finish()
    seconds = time.monotonic() - began
    notices = _notices(tally, judging.line)
    return AuditReport(source.name, str(out), judging.line.policy, tally, once.judged, kept, seconds, notices)


def audit_store(
    store: Store,
    cascade: Deciding,
    where: Filter = Filter(),  # noqa: B008
    how: Batches = Batches(),
) -> int:
    """Judges what has no label for its text under this policy; returns how many labels are new.

    Each batch is put on record as it is judged. Run again, it finds nothing left to do, but for what a model was
    asked about and left open.
    """
    began = time.monotonic()
    line = Line.of(cascade)
    labels.restand(store, line.policy, where)
    total = labels.count_unjudged(store, line.policy, where) if how.progress else None
    new = done = 0
    once = Once(line.here.judge, text_of, how.workers, line.settle)
    with closing(once.over(labels.unjudged(store, line.policy, where, how.size))) as batches:
        for judged in batches:
            new += _record(store, [(activity, verdict) for activity, verdict in judged if verdict], line)
            done += len(judged)
            if how.progress is not None:
                how.progress(Progress(done, total, time.monotonic() - began))
    return new


def judge_and_record(store: Store, cascade: Deciding, batch: Sequence[Activity]) -> None:
    """Verdicts on a few stored activities, put on record as the audit of the whole store would."""
    line = Line.of(cascade)
    verdicts = line.settle(batch, line.here.judge(batch))
    _record(store, list(zip(batch, verdicts, strict=True)), line)


def _import(source: Path, store: Store, how: AuditPlan) -> None:
    done = ingest(source, store, Plan(source=how.source, kind="activities", our_domains=how.ours.domains))
    if how.imported is not None:
        how.imported(done)


@dataclass(frozen=True, slots=True)
class RowJudging:
    """Parses rows, then judges them."""

    line: Line
    reader: RowReader

    @classmethod
    def of(cls, how: AuditPlan, surveyed: Surveyed) -> "RowJudging":
        return cls(Line.of(how.cascade), RowReader(surveyed.source, joined(how.ours, surveyed.ours)))

    @property
    def here(self) -> JudgingRows:
        """The part of it that can run in another process."""
        return JudgingRows(self.line.here, self.reader)

    def outside(self, rows: list[Pending], verdicts: list[Verdict]) -> list[Verdict]:
        doubtful = [n for n, v in enumerate(verdicts) if v.undecided] if self.line.outside else []
        batch = [self.reader.activity(rows[n]) for n in doubtful]
        settled = dict(zip(doubtful, self.line.settle(batch, [verdicts[n] for n in doubtful]), strict=True))
        return [settled.get(n, v) for n, v in enumerate(verdicts)]


def _put(batch: list[tuple[Pending, Verdict | None]], file: SideFile, tally: Tally, how: AuditPlan, line: Line) -> None:
    """A judged batch on record, then to the file: what the file says, the store says too."""
    final = [(row, row.final(verdict)) for row, verdict in batch]
    if how.store is not None:
        stored = [(r.subject, v) for r, v in final if r.stored and not r.given and isinstance(r.subject, Activity)]
        _record(how.store, stored, line)
    neutral = how.neutral and formats.is_csv(file.out)
    file.write(cells(Result(row.native_id, verdict, row.kept), neutral) for row, verdict in final)
    for _, verdict in final:
        tally.add(verdict.engagement, verdict.decided_by, verdict.undecided)


def _record(store: Store, judged: list[tuple[Activity, Verdict]], line: Line) -> int:
    """Each verdict under the policy that stands for it."""
    by_policy: dict[str, list[tuple[Activity, Verdict]]] = {}
    for activity, verdict in judged:
        by_policy.setdefault(line.policy_of(verdict), []).append((activity, verdict))
    return sum(labels.record(store, some, policy) for policy, some in by_policy.items())


def batches(
    surveyed: Surveyed, skip: int, others: Others, how: AuditPlan, reader: RowReader
) -> Iterator[list[Pending]]:
    """The rows that are left; with a store, as the store has them. Rows that nobody spoke of are read by workers."""
    for batch in pending(surveyed, skip, how.batch, others):
        if how.store is not None:
            yield recalled([reader.read(row) for row in batch], how.store, how.cascade.policy)
        elif how.said.by_id:
            yield [how.said.on(reader.read(row)) for row in batch]
        else:
            yield batch


def _notices(tally: Tally, line: Line) -> tuple[str, ...]:
    if not tally.undecided:
        return ()
    if not line.outside:
        return (f"{tally.undecided:,} rows are undecided: no judge is sure of them, so the likeliest label stands.",)
    why = line.trouble or "The model gave no answer on them that could be believed."
    return (f"{tally.undecided:,} rows keep the small model's guess. {why} Run it again to ask about them once more.",)


def _stamp(surveyed: Surveyed, judging: RowJudging, how: AuditPlan) -> str:
    """What the result follows from, as hex digits."""
    ours = sorted(judging.reader.ours.domains), sorted(judging.reader.ours.people)
    told = (
        surveyed.table.digest,
        sorted(surveyed.source.form.layout.columns.items()),
        how.cascade.policy,
        how.source,
        how.neutral,
        how.store is not None,
        how.keep,
        how.said.digest,
        *ours,
    )
    return hashlib.blake2b(repr(told).encode(), digest_size=8).hexdigest()
