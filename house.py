"""What the doors can do: every verb once, for the window and the terminal alike."""

import logging
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from agents.base import Toolbox
from agents.help import Help
from agents.router import Route
from crm.engagement import corrections, labels, lessons
from crm.engagement.audit import AuditPlan, Batches, audit_file, audit_store
from crm.engagement.corrections import Event
from crm.engagement.drift import Drift
from crm.engagement.evaluate import Measuring, evaluate
from crm.engagement.evaluation import Evaluation
from crm.engagement.guide import Guide
from crm.engagement.health import HealthScale
from crm.engagement.judge import Cascade
from crm.engagement.learning import Learned, Material, learn
from crm.engagement.lessons import Lesson
from crm.engagement.portfolio import AccountPage, AccountRow, account_page, portfolio
from crm.engagement.reference import drift_of
from crm.engagement.report import AuditReport, Progress
from crm.engagement.review import Reviewed, queue
from crm.engagement.rows import Said
from crm.engagement.stored import Export, export_store
from crm.errors import CrmError, MissingPart, Stopped
from crm.intake.ingest import Plan, ingest
from crm.intake.ledger import Intake, write_refused
from crm.intake.undo import undo_import
from crm.nouns import Answer, Engagement, Filter, Label, Period, Question, Scope
from retrieval.search import Found
from retrieval.sync import SyncState
from wiring import LABELLED, PLAYBOOK, SAMPLES, Parts

log = logging.getLogger(__name__)
DEMO_FILES = ("reps", "accounts", "contacts", "deals", "leads", "activities")


class Pace(Protocol):
    """How far a long job is, whatever the job."""

    @property
    def done(self) -> int: ...

    @property
    def total(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Check:
    """What the doctor found about one part."""

    part: str
    ok: bool
    detail: str


Watch = Callable[[Pace], None]
Stop = Callable[[], bool]


def unwatched(pace: Pace) -> None:
    """For whoever does not look."""


def unstopped() -> bool:
    """For what is never asked to stop."""
    return False


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


class House(Parts):
    """The parts, with the verbs of the product."""

    _loading = ""  # what the status line says while the demo comes in

    # --- rows in ---------------------------------------------------------------------------------------

    def import_file(self, file: Path, source: str = "auto", kind: str = "auto", watch: Watch = unwatched) -> Intake:
        """One export into the store; the index follows behind. Raises BadFile, StoreTrouble."""
        plan = Plan(source, kind, self.settings.our_domains, watch, self.workers)
        intake = ingest(file, self.store, plan)
        if self.sync is not None:
            self.sync.wake()
        return intake

    def load_demo(self, watch: Watch = unwatched) -> list[Intake]:
        """The demo CRM, read like any other export."""
        return [self.import_file(SAMPLES / f"{name}.csv", watch=watch) for name in DEMO_FILES]

    def load_demo_if_empty(self) -> None:
        """On a first start there should be something to ask about."""

        def tell(pace: Pace) -> None:
            self._loading = f"loading the demo CRM, {pace.done:,} of {pace.total or 0:,}"

        if self.settings.demo and self.store.count() == 0 and self.book.blank:
            try:
                self.load_demo(tell)
            finally:
                self._loading = ""

    def refused_csv(self, import_id: int, out: Path | None = None) -> Path:
        """The refused rows of an import as a file to mend and import again; in a folder of its own if none is given."""
        path = out or Path(tempfile.mkdtemp(prefix="refused-")) / f"refused-{import_id}.csv"
        write_refused(self.store, import_id, path)
        return path

    def undo_import(self, import_id: int) -> int:
        """Takes an import back; how many records that touched. Raises MissingPart."""
        touched = undo_import(self.store, import_id)
        if self.sync is not None:
            self.sync.wake()
        return touched

    # --- judging ---------------------------------------------------------------------------------------

    def audit_file(self, file: Path, how: Wanted, watch: Watch = unwatched, stop: Stop = unstopped) -> AuditReport:
        """A verdict for every row of a file. Raises BadFile, Stopped; run again, it goes on where it stopped."""
        plan = AuditPlan(
            self.cascade,
            self.ours,
            workers=self.workers,
            store=self.store if how.record else None,
            said=Said.read(self.store),
            progress=_until(stop, watch),
            neutral=how.neutral,
            keep=how.keep,
        )
        return audit_file(file, how.out, plan)

    def audit_store(self, how: Wanted, watch: Watch = unwatched, stop: Stop = unstopped) -> AuditReport:
        """A verdict for every activity in the store, on record and in a file. Raises BadFile, Stopped."""
        judged = self.judge_store(_until(stop, watch))
        export = Export(self.cascade.policy, neutral=how.neutral, keep=how.keep)
        return export_store(self.store, how.out, export, judged)

    def judge_store(self, watch: Watch = unwatched) -> int:
        """Judges what has no label under the policy in force; how many labels are new."""
        return audit_store(self.store, self.cascade, how=Batches(watch, workers=self.workers))

    def evaluate(self, file: Path, label_column: str) -> Evaluation:
        """The cascade against people's labels; rows that the model learned from are judged by one that did not."""
        how = Measuring.ready(self.cascade, PLAYBOOK, LABELLED, self.settings.data_dir)
        return evaluate(file, label_column, self.cascade, how)

    def correct(self, typed_id: str, label: str, why: str = "", by: str = "") -> str:
        """A person's label on record: it wins at once and for good. What changed, as a sentence.

        Raises MissingPart for an id that is none, BadLabel for a label that is none.
        """
        engagement = corrections.the_label(label, Guide.read(PLAYBOOK))
        activity = corrections.the_activity(self.store, typed_id)
        before = self.judged([activity.id]).get(activity.id)
        now = corrections.correct(self.store, activity, engagement, why, by)
        return corrections.told(now, before)

    def take_back(self, typed_id: str, by: str = "") -> str:
        """The last correction of an activity counts no longer. Raises MissingPart when there is none."""
        activity = corrections.the_activity(self.store, typed_id)
        undone = corrections.take_back(self.store, activity, by)
        return corrections.told(self.judged([activity.id]).get(activity.id), undone)

    def history(self, typed_id: str) -> list[Event]:
        """All that was ever said about an activity, the newest first. Raises MissingPart."""
        return corrections.history(self.store, corrections.the_activity(self.store, typed_id))

    def judged(self, activity_ids: Sequence[str]) -> dict[str, Label]:
        """The labels that stand."""
        return labels.current(self.store, activity_ids)

    def accounts(self) -> list[AccountRow]:
        """Every account in one line, those first where money rests on silence."""
        self.judge_store()
        return portfolio(self.store, self.book, HealthScale.read(PLAYBOOK))

    def account_page(self, account_id: str) -> AccountPage | None:
        """All about one account; None when it is not in the data."""
        return account_page(self.store, self.book, account_id, HealthScale.read(PLAYBOOK))

    # --- learning --------------------------------------------------------------------------------------

    def learn(self, watch: Watch = unwatched, anyway: bool = False) -> Learned:
        """Trains anew with people's corrections; in use unless it is surely worse. Raises MissingPart.

        Both models are compared on rows that neither has seen, which takes a minute or two.
        """
        told = _steps(watch)
        learned = learn(self.store, Material(LABELLED, self.settings.data_dir, PLAYBOOK), told, anyway)
        if learned.in_use:
            self.change_judges()
            self.cascade  # noqa: B018 - trained here, not under the next question
        return learned

    def unlearn(self) -> Lesson | None:
        """The model before the last lesson is in use again; the lesson that counts now. Raises MissingPart."""
        lesson = lessons.drop(self.store)
        self.change_judges()
        return lesson

    def review(self, k: int) -> list[Reviewed]:
        """The records that a person should look at next, the most useful first; the store is judged before."""
        self.judge_store()
        return queue(self.store, k)

    def drift(self, since: date | None = None) -> Drift:
        """The newest activities against what the judges learned from; the store is judged before."""
        self.judge_store()
        where = Filter(period=Period(since, None)) if since else Filter()
        return drift_of(self.store, Material(LABELLED, self.settings.data_dir, PLAYBOOK), where)

    # --- answering -------------------------------------------------------------------------------------

    def ask(self, text: str, agent: str = "") -> Answer:
        """The whole answer at once."""
        *_, answer = self.assistant.turn(Question(text), agent)
        return answer

    def routed(self, text: str) -> tuple[Route, Scope]:
        """Who would answer, and about what."""
        scoper = self.scoper
        return self.router.route(scoper.masked(text)), scoper.scope(Question(text))

    def starters(self) -> tuple[str, ...]:
        """Questions to begin with, made from what is loaded; each has an answer."""
        nobody = Cascade.of([])  # help judges nothing, and must not wait for the small model
        tools = Toolbox(self.store, self.book, self.search, nobody, PLAYBOOK, self.ours)
        return Help().gather(Question(""), Scope(as_of=self.as_of()), tools).suggestions

    def find(self, words: str, k: int, account: str, engaged: bool) -> Found:
        """Records by meaning or words. Raises MissingPart when the account is not in the data."""
        scope = self.scoper.scope(Question(f"“{account}”")) if account else Scope()
        if account and scope.account is None:
            raise MissingPart(f"No account is called {account}.")
        wanted = Engagement.ENGAGED if engaged else None
        if engaged:
            self.judge_store()
        where = Filter(account_id=scope.account.id if scope.account else None, engagement=wanted)
        return self.search.find(words, where, k)

    # --- the index -------------------------------------------------------------------------------------

    def sync_now(self, watch: Watch = unwatched) -> SyncState:
        """Fills the index in the foreground. Raises MissingPart when another process owns it."""
        return self.open_sync().run(watch)

    def warm(self) -> None:
        """Loads the demo into an empty store, then what is heavy, then the index, behind the open page."""
        threading.Thread(target=self._warm, name="warming", daemon=True).start()

    def _warm(self) -> None:
        try:
            self.load_demo_if_empty()
            self.assistant  # noqa: B018 - made once, here instead of under the first question
            self.judge_store()
            self.open_sync().start()
        except CrmError as err:
            log.warning("warming stopped: %s", err)
            self.index_problem = str(err)

    # --- how it is doing -------------------------------------------------------------------------------

    def as_of(self) -> date | None:
        """The newest day in the data."""
        return self.store.as_of()

    def status(self) -> str:
        """One line for the top of the window."""
        if self._loading:
            return self._loading
        as_of, count = self.as_of(), self.store.count()
        told = f"{count:,} activities" + (f" as of {as_of.day} {as_of:%b %Y}" if as_of else "")
        return f"{told}; {self._index_told()}"

    def check(self) -> list[Check]:
        """Each part in use: whether it answers, with its state or what to do about it."""
        parts: dict[str, Callable[[], str]] = {
            "settings": lambda: (
                f"data in {self.settings.data_dir}, served on {self.settings.host}:{self.settings.port}"
            ),
            "store": lambda: (
                f"{self.store.engine.dialect.name}, {self.store.count():,} activities, {self._as_of_told()}"
            ),
            "book": lambda: (
                f"{len(self.book.accounts):,} accounts, {len(self.book.contacts):,} contacts, "
                f"{len(self.book.deals):,} deals, {len(self.book.leads):,} leads"
            ),
            "our side": lambda: f"mail from {', '.join(sorted(self.ours.domains)) or 'nobody known yet'}",
            "judges": lambda: self.cascade.policy,
            "router": lambda: f"{self.router.route('help').name} answers to “help”",
            "words": lambda: self.llm.name if self.llm else "templates (no model is set)",
            "embedder": lambda: f"{self.embedder.name}, {len(self.embedder.embed(['hello'])[0])} numbers a text",
            "index": self._index_checked,
        }
        return [_checked(name, look) for name, look in parts.items()]

    def _as_of_told(self) -> str:
        as_of = self.as_of()
        return f"the newest of {as_of}" if as_of else "undated"

    def _index_checked(self) -> str:
        self.open_sync()
        found = self.find("meeting", 1, "", engaged=False)
        return f"open; {' '.join(found.notices) or 'complete'}"

    def _index_told(self) -> str:
        if self.index_problem:
            return self.index_problem
        state = self.sync.state if self.sync else None
        if state is None or not state.total:
            return "semantic index loading"
        if state.problem:
            return f"semantic index: {state.problem}"
        if state.done < state.total:
            return f"semantic index {state.done / state.total:.0%}"
        return "semantic index complete"


def _steps(watch: Watch) -> Callable[[int, int], None]:
    """Watches a job that counts steps."""
    began = time.monotonic()
    return lambda done, of: watch(Progress(done, of, time.monotonic() - began))


def _until(stop: Stop, watch: Watch) -> Watch:
    """Watches until it is asked to stop."""

    def look(pace: Pace) -> None:
        watch(pace)
        if stop():
            raise Stopped("The audit was stopped. Start it again in the same way, and it goes on from there.")

    return look


def _checked(part: str, look: Callable[[], str]) -> Check:
    try:
        return Check(part, True, look())
    except CrmError as err:
        return Check(part, False, str(err))
