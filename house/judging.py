"""Verbs of judging: bulk audits, evaluation, corrections, the state of accounts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from crm.access import Right
from crm.engagement import corrections, labels, lessons
from crm.engagement.account_table import AccountTable
from crm.engagement.audit import AuditPlan, Batches, audit_file, audit_store
from crm.engagement.collect_doubtful import doubtful_in_file, doubtful_in_store
from crm.engagement.corrections import Event
from crm.engagement.cost_estimate import expected_of_file, expected_of_store
from crm.engagement.counterparts import Counterparts
from crm.engagement.doubtful import Line
from crm.engagement.evaluate import Measuring, evaluate
from crm.engagement.evaluation import Evaluation
from crm.engagement.file_rows import Said
from crm.engagement.health import HealthScale
from crm.engagement.labelling_guide import Guide
from crm.engagement.portfolio import AccountPage, AccountRow, account_page, portfolio, within
from crm.engagement.report import AuditReport
from crm.engagement.store_export import Export, export_store
from crm.intake.headers import Headers
from crm.intake.import_history import put_import
from crm.intake.ledger import Intake
from crm.intake.our_domains import joined
from crm.intake.survey import Surveyed, survey
from crm.nouns import Label, Period
from crm.prices import Prices
from crm.records.model_calls import spent
from crm.records.trail_entry import Entry, What
from crm.taken_tables import taken_table
from house.progress import Stop, Watch, unstopped, until, unwatched
from house.rights import needs, who
from wiring import PLAYBOOK, Parts
from wiring_llm import open_batch_asking


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where a bulk audit's result goes, and what it holds.

    `neutral` keeps spreadsheets from running cells; `keep` adds the input's other columns; `record` also puts a
    file's records and verdicts into the store.
    """

    out: Path
    neutral: bool = True
    keep: bool = False
    record: bool = False


class Judging(Parts):
    """Says which activities were real, with a person having the last word."""

    @needs(Right.AUDIT)
    def audit_file(self, file: Path, how: Wanted, watch: Watch = unwatched, stop: Stop = unstopped) -> AuditReport:
        """A verdict for every row of a file. Raises BadFile, Stopped; run again, it goes on where it stopped."""
        plan = AuditPlan(
            self.cascade,
            self.ours,
            workers=self.workers,
            store=self.store if how.record else None,
            imported=self._imported,
            said=Said.read(self.store),
            columns=Headers.read(self.store),
            progress=until(stop, watch),
            neutral=how.neutral,
            keep=how.keep,
        )
        report = audit_file(file, how.out, plan)
        self.chain.put(Entry(who(self), What.EXPORT, after=f"verdicts of {file.name} to {how.out.name}"))
        return report

    def _imported(self, intake: Intake) -> None:
        """An audit's records came into the store like any other export."""
        put_import(self.chain, who(self), intake)
        if self.sync is not None:
            self.sync.wake()

    @needs(Right.EXPORT)
    def audit_store(self, how: Wanted, watch: Watch = unwatched, stop: Stop = unstopped) -> AuditReport:
        """A verdict for every activity in the store, on record and in a file. Raises BadFile, Stopped."""
        judged = self.judge_store(until(stop, watch))
        export = Export(self.cascade.policy, neutral=how.neutral, keep=how.keep)
        report = export_store(self.store, how.out, export, judged)
        told = f"verdicts of the store to {how.out.name}"
        self.chain.put(Entry(who(self), What.EXPORT, after=told, policy=self.cascade.policy))
        return report

    @needs(Right.ASK)
    def judge_store(self, watch: Watch = unwatched) -> int:
        """Judges what has no label under the policy in force; how many labels are new."""
        return audit_store(self.store, self.cascade, how=Batches(watch, workers=self.workers))

    @needs(Right.AUDIT)
    def left_to_judge(self, file: Path | None) -> int:
        """How many records an audit of a file, or of the store, would judge. Raises BadFile."""
        if file is None:
            return labels.count_unjudged(self.store, self.cascade.policy)
        return self.surveyed(file).rows

    @needs(Right.AUDIT)
    def surveyed(self, file: Path) -> Surveyed:
        """A file of activities, its columns read as people said they are. Raises BadFile."""
        return survey(file, record="activities", said=Headers.read(self.store))

    @needs(Right.AUDIT)
    def counterparts(self, surveyed: Surveyed) -> Counterparts:
        """What tells with whom a file's activities were: our side, as it and the data show it, and our contacts."""
        return Counterparts.of(joined(self.ours, surveyed.ours), self.book.contacts)

    @needs(Right.AUDIT)
    def expected_cost(self, file: Path | None) -> str:
        """What an audit of a file, or of the store, will cost, as a sentence; nothing where no model is asked."""
        prices = Prices.read(PLAYBOOK)
        if not Line.of(self.cascade).outside:
            return ""
        if file is None:
            found = expected_of_store(self.store, self.cascade, prices)
        else:
            found = expected_of_file(self.surveyed(file), self.cascade, self.ours, prices)
        return found.told() if found else ""

    @needs(Right.AUDIT)
    def spent_since(self, at: datetime) -> str:
        """What models cost since then, as a sentence."""
        return f"Actual: {spent(self.store, at).told()}."

    @needs(Right.AUDIT)
    def ask_in_batch(self, file: Path | None, told: Callable[[str], None], watch: Watch = unwatched) -> int:
        """Asks the model about the doubtful in its vendor's batch mode; how many verdicts came back.

        An audit afterwards finds them. Raises BadSetting, LLMTrouble, BudgetSpent.
        """
        asking = open_batch_asking(self.settings, self.store, PLAYBOOK, self.cascade, lambda: self.names)
        plan = AuditPlan(self.cascade, self.ours, workers=self.workers)
        doubtful = doubtful_in_store(self.store, plan) if file is None else doubtful_in_file(file, plan)
        return replace(asking, told=told).ask(doubtful, watch)

    @needs(Right.AUDIT)
    def evaluate(self, file: Path, label_column: str) -> Evaluation:
        """The cascade against people's labels; rows that the model learned from are judged by one that did not."""
        taught = lessons.taught(self.store)
        how = Measuring.ready(self.cascade, self.material, taught)
        return evaluate(file, label_column, self.cascade, how)

    @needs(Right.CORRECT)
    def correct(self, typed_id: str, label: str, why: str = "", by: str = "") -> str:
        """A person's label on record: it wins at once and for good. What changed, as a sentence.

        Raises MissingPart for an id that is none, BadLabel for a label that is none.
        """
        engagement = corrections.the_label(label, Guide.read(PLAYBOOK))
        activity = corrections.the_activity(self.store, typed_id)
        before = self.judged([activity.id]).get(activity.id)
        by = self.viewer.name or by
        with self.chain.together() as pen:
            now = corrections.correct(self.store, activity, engagement, why, by)
            pen.write(_entry(by or who(self), What.CORRECTION, before, now, why))
        return corrections.told(now, before)

    @needs(Right.CORRECT)
    def take_back(self, typed_id: str, by: str = "") -> str:
        """The last correction of an activity counts no longer. Raises MissingPart when there is none."""
        activity = corrections.the_activity(self.store, typed_id)
        by = self.viewer.name or by
        with self.chain.together() as pen:
            undone = corrections.take_back(self.store, activity, by)
            now = self.judged([activity.id]).get(activity.id)
            pen.write(_entry(by or who(self), What.TAKE_BACK, undone, now))
        return corrections.told(now, undone)

    @needs(Right.ASK)
    def history(self, typed_id: str) -> list[Event]:
        """All that was ever said about an activity, the newest first. Raises MissingPart."""
        return corrections.history(self.store, corrections.the_activity(self.store, typed_id))

    @needs(Right.ASK)
    def judged(self, activity_ids: Sequence[str]) -> dict[str, Label]:
        """The labels that stand."""
        return labels.current(self.store, activity_ids)

    @needs(Right.ASK)
    def accounts(self, period: Period | None = None) -> list[AccountRow]:
        """Every account in one line, those first where money rests on silence; in a period those who talked most."""
        self.judge_store()
        rows = portfolio(self.store, self.book, HealthScale.read(PLAYBOOK))
        return within(rows, self.store, period) if period else rows

    @needs(Right.EXPORT)
    def accounts_file(self, rows: Sequence[AccountRow], form: str, period: Period | None = None) -> Path:
        """These accounts as xlsx or csv, in a folder of its own; that they were taken is on the trail."""
        name = f"accounts.{form}"
        self.chain.put(Entry(who(self), What.EXPORT, after=f"{len(rows)} accounts to {name}"))
        table = AccountTable(rows, period)
        return taken_table(tuple(table.meanings), table.cells, name, table.meanings)

    @needs(Right.ASK)
    def account_page(self, account_id: str) -> AccountPage | None:
        """All about one account; None when it is not in the data."""
        return account_page(self.store, self.book, account_id, HealthScale.read(PLAYBOOK))


def _entry(by: str, what: What, before: Label | None, now: Label | None, why: str = "") -> Entry:
    """A change of a label, for the trail."""
    about = now or before
    was, is_ = (str(label.verdict.engagement) if label else "" for label in (before, now))
    policy = before.policy if before else ""
    return Entry(by, what, about.activity_id if about else "", was, is_, why, policy)
