"""The bulk audits under way: each belongs to the server, so that a page may be reloaded, closed and opened again."""

import shutil
import tempfile
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from crm.access import Right, Viewer
from crm.engagement.audit_rows import Outcome, Wish
from crm.errors import Stopped
from house import Wanted
from ui.faults import sentence
from ui.long_job import Job, Pace, Report, Stop

if TYPE_CHECKING:
    from house import House

MOST = 50  # audits that are kept; the oldest goes first
JUDGED = "judged.csv"


class State(StrEnum):
    """Where an audit stands."""

    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"


@dataclass
class Run:
    """One person's audit of a file, or of the whole store without one; `record` also stores the file's records."""

    house: "House"
    source: Path | None
    record: bool = False
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="audit-")))
    state: State = State.PAUSED
    outcome: Outcome | None = None
    problem: str = ""
    _judged: tuple[int, ...] = ()
    _job: "Job[Outcome] | None" = None
    _lock: Lock = field(default_factory=Lock)

    @property
    def name(self) -> str:
        """Of the file; empty for the whole store."""
        return self.source.name if self.source else ""

    @property
    def pace(self) -> Pace:
        return self._job.pace if self._job else Pace()

    def start(self) -> None:
        """From the beginning, or on from where it was paused."""
        with self._lock:
            if self.state is not State.RUNNING:
                self.state, self.problem = State.RUNNING, ""
                self._job = Job(self._work)

    def pause(self) -> None:
        """Asks it to stop soon; what is judged by then is kept."""
        if self._job is not None:
            self._job.stop()

    @property
    def pausing(self) -> bool:
        return self.state is State.RUNNING and self._job is not None and self._job.stopped

    @property
    def outdated(self) -> bool:
        """Whether other records are in the store now than were judged."""
        return self.state is State.DONE and self.source is None and self.house.revision() != self._judged

    def look(self) -> State:
        """How it stands now."""
        with self._lock:
            if self.state is State.RUNNING and self._job is not None and self._job.ended:
                self._settle(self._job)
            return self.state

    def taken(self, form: str, wish: Wish) -> Path | None:
        """The wanted rows of the result as a file, as they are now; None before there are any. Raises BadFile."""
        name = self._called if wish == Wish() else f"{self._called}.chosen"
        return self.outcome.write(form, name, wish) if self.outcome else None

    def close(self) -> None:
        """Stops what runs; removes what was written as soon as nothing writes there any more."""
        self.pause()
        Thread(target=self._remove, name="removing", daemon=True).start()

    def _remove(self) -> None:
        if self._job is not None:
            for _ in self._job.watch(give_up=False):
                pass
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _called(self) -> str:
        return f"{self.source.stem if self.source else 'store'}.audited"

    def _work(self, report: Report, stop: Stop) -> Outcome:
        out = self.folder / JUDGED
        if self.source is None:
            self._judged = self.house.revision()
            self.house.audit_store(Wanted(out, neutral=False, keep=True), report, stop)
            outcome = Outcome.of_store(out, {a.id: a.name for a in self.house.book.accounts})
        else:
            self.house.audit_file(self.source, Wanted(out, neutral=False, record=self.record), report, stop)
            outcome = self._of_file(out, self.source)
        return outcome

    def _of_file(self, judged: Path, source: Path) -> Outcome:
        surveyed = self.house.surveyed(source)
        return Outcome.of_file(judged, surveyed, self.house.counterparts(surveyed))

    def _settle(self, job: "Job[Outcome]") -> None:
        try:
            self.outcome, self.state = job.result(), State.DONE
        except Stopped:
            self.state = State.PAUSED
            self.outcome = self._so_far() or self.outcome
        except Exception as err:  # noqa: BLE001 - the door: whatever broke becomes a sentence beside the progress
            self.problem, self.state = sentence(err), State.FAILED

    def _so_far(self) -> Outcome | None:
        """The rows of a file that were judged before it was paused."""
        part = next(self.folder.glob(f"{JUDGED}.*.part"), None)
        if part is None or self.source is None:
            return None
        copy = Path(shutil.copy(part, self.folder / "so-far.csv"))
        return self._of_file(copy, self.source)


class Audits:
    """Each person's last audit in each browser. A browser's secret alone opens nothing: its users may change."""

    def __init__(self) -> None:
        self._runs: dict[tuple[str, str], Run] = {}
        self._lock = Lock()

    def of(self, viewer: Viewer, visitor: str) -> Run | None:
        """The viewer's own in this browser; None also for one who may not audit any more."""
        return self._runs.get((viewer.name, visitor)) if viewer.may(Right.AUDIT) else None

    def start(self, viewer: Viewer, visitor: str, run: Run) -> Run:
        """Starts it in the place of their last one. Raises NotAllowed."""
        viewer.needs(Right.AUDIT)
        with self._lock:
            self._forget((viewer.name, visitor))
            if len(self._runs) >= MOST:
                self._forget(next(iter(self._runs)))
            self._runs[viewer.name, visitor] = run
        run.start()
        return run

    def cancel(self, viewer: Viewer, visitor: str) -> None:
        """Ends their audit; nothing of its file is kept."""
        with self._lock:
            self._forget((viewer.name, visitor))

    def _forget(self, whose: tuple[str, str]) -> None:
        if (run := self._runs.pop(whose, None)) is not None:
            run.close()
