"""Long work that outlives its request: each job a folder with what went in, how far it is, what came out.

A job that was stopped, or whose process was killed, is resumed where it was: the audit itself knows what it has done.
Several servers may share a data folder: the folders are the truth, and a job is left to the server that works on it.
"""

import json
import re
import secrets
import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from filelock import FileLock

from api.presence import Presence
from api.problems import Trouble, reference
from crm.engagement.report import AuditReport
from crm.errors import CrmError, Stopped
from house import Pace

AT_ONCE = 2  # jobs that work; the others wait
WAITING = 20  # unfinished jobs of one person
KEPT = 7 * 86_400  # seconds that a folder stays after its job has last been heard of
ENDED = "The server ended. Resume it to go on."
ID = re.compile(r"[0-9a-f]{16}")


class State(StrEnum):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    STOPPED = "stopped"
    FAILED = "failed"
    DONE = "done"


UNFINISHED = (State.WAITING, State.RUNNING)


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for: an audit of a file or an export of the store, as csv, xlsx, jsonl or parquet."""

    what: str
    form: str = "csv"
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it is known. `done` counts rows; `total` is None while it is not known. Times are ISO 8601 in UTC.

    `server` is the one that made or resumed it, by its `Presence`.
    """

    id: str
    owner: str
    order: Order
    made_at: str
    state: State = State.WAITING
    done: int = 0
    total: int | None = None
    problem: str = ""
    labels: dict[str, int] = field(default_factory=dict)
    server: str = ""


Work = Callable[[Job, Path, Callable[[Pace], None], Callable[[], bool]], AuditReport]
"""Does a job's work in its folder, telling how far it is and asking whether to stop. The result is `result(...)`."""


class Jobs:
    """All jobs of one data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "jobs"
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._presence = Presence(folder)
        self._alone = threading.RLock()
        self._claiming = FileLock(folder / "jobs.lock")  # among servers, for the moment of taking or removing a job
        self._here: dict[str, Job] = {}  # in line or at work in this server, as they are now
        self._stops: dict[str, threading.Event] = {}
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="api-job")

    def make(self, owner: str, order: Order, file: Path | None) -> Job:
        """A new job that waits for `run`; the file moves into its folder. Raises Trouble when too many wait."""
        self.sweep()
        with self._alone:
            if sum(j.state in UNFINISHED for j in self.of(owner)) >= WAITING:
                raise Trouble(429, f"{WAITING} of your jobs are unfinished. Wait for one, or cancel one.")
            job = Job(secrets.token_hex(8), owner, order, datetime.now(UTC).isoformat(), server=self._presence.name)
            self.folder(job).mkdir(mode=0o700)
            if file is not None:
                file.replace(input_of(self.folder(job)))
            return self._note(job)

    def run(self, job: Job, work: Work) -> Job:
        """Puts the job in line. Raises Trouble when it is there already, or done."""
        with self._alone, self._claiming:
            found = self.one(job.owner, job.id)
            if self._busy(found) or found.state is State.DONE:
                raise Trouble(409, f"This job is {found.state}.")
            stop = self._stops[job.id] = threading.Event()
            noted = self._note(replace(found, state=State.WAITING, problem="", server=self._presence.name))
            self._threads.submit(self._work, noted, work, stop)
            return noted

    def cancel(self, job: Job) -> Job:
        """Asks the job to stop after the batch in hand; what it did is kept. Raises Trouble when it works elsewhere."""
        with self._alone:
            if (stop := self._stops.get(job.id)) is not None:
                stop.set()
            elif self._busy(job):
                raise Trouble(409, "Another server on the same data works on this job. Cancel it there.")
            return self.one(job.owner, job.id)

    def drop(self, job: Job) -> None:
        """Removes a job with its files. Raises Trouble while it works."""
        with self._alone, self._claiming:
            if self._busy(self._found(job.id) or job):
                raise Trouble(409, "The job is under way. Cancel it first.")
            shutil.rmtree(self.folder(job), ignore_errors=True)

    def of(self, owner: str) -> list[Job]:
        """One person's jobs, the newest first."""
        mine = [job for job in self._all() if job.owner == owner]
        return sorted(mine, key=lambda job: (job.made_at, job.id), reverse=True)

    def one(self, owner: str, job_id: str) -> Job:
        """One of this person's jobs. Raises Trouble for any other, there or not."""
        job = self._found(job_id) if ID.fullmatch(job_id) else None
        if job is None or job.owner != owner:
            raise Trouble(404, "You have no job of that id.")
        return job

    def result(self, job: Job) -> Path:
        """The file that a finished job wrote. Raises Trouble before."""
        path = result_of(self.folder(job), job.order)
        if job.state is not State.DONE or not path.is_file():
            raise Trouble(409, f"The job is {job.state}; there is a result once it is done.")
        return path

    def folder(self, job: Job) -> Path:
        return self._folder / job.id

    def sweep(self, now: float | None = None) -> None:
        """Removes the folders of jobs that nobody has heard of for KEPT seconds."""
        oldest = (time.time() if now is None else now) - KEPT
        with self._alone, self._claiming:
            for folder in list(self._folder.iterdir()):
                known, job = folder / "job.json", self._found(folder.name)
                last = known if known.exists() else folder  # half made, as a killed process leaves it
                if last.stat().st_mtime < oldest and not (job and self._busy(job)):
                    shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Asks every job to stop, and waits for the batches in hand."""
        with self._alone:
            for stop in self._stops.values():
                stop.set()
        self._threads.shutdown(cancel_futures=True)
        with self._alone:
            for job_id in list(self._stops):  # still in line: no thread will ever end them
                self._ended(replace(self._here[job_id], state=State.STOPPED, problem=ENDED))
        self._presence.end()

    def counts(self) -> dict[State, int]:
        """How many jobs are in each state."""
        states = [job.state for job in self._all()]
        return {state: states.count(state) for state in State}

    def _all(self) -> list[Job]:
        found = (self._found(path.parent.name) for path in self._folder.glob("*/job.json"))
        return [job for job in found if job is not None]

    def _found(self, job_id: str) -> Job | None:
        """A job as it is now; one whose server has ended is stopped, whatever its folder says."""
        with self._alone:
            job = self._here.get(job_id) or _read(self._folder / job_id / "job.json")
        if job and job.state in UNFINISHED and not self._presence.lives(job.server):
            return replace(job, state=State.STOPPED, problem=ENDED)
        return job

    def _busy(self, job: Job) -> bool:
        """Whether a server works on it, or has it in line."""
        elsewhere = job.server != self._presence.name and job.state in UNFINISHED
        return job.id in self._stops or elsewhere

    def _work(self, job: Job, work: Work, stop: threading.Event) -> None:
        def look(pace: Pace) -> None:
            with self._alone:
                self._here[job.id] = replace(self._here[job.id], done=pace.done, total=pace.total)

        try:
            if stop.is_set():
                raise Stopped("Cancelled before it began.")
            self._note(replace(job, state=State.RUNNING))
            report = work(job, self.folder(job), look, stop.is_set)
            counts = {label.value: n for label, n in report.labels.items()}
            end = replace(job, state=State.DONE, done=report.rows, total=report.rows, labels=counts)
        except Stopped:
            end = replace(self._here[job.id], state=State.STOPPED, problem="Cancelled. Resume it to go on.")
        except CrmError as err:
            end = replace(self._here[job.id], state=State.FAILED, problem=str(err))
        except Exception as err:  # noqa: BLE001 - the door: a bug in a thread must be told by the job
            end = replace(self._here[job.id], state=State.FAILED, problem=reference(err))
        self._ended(end)

    def _ended(self, job: Job) -> None:
        with self._alone:
            try:
                self._note(job)
            finally:  # also when the disk is full: it works no more
                del self._stops[job.id], self._here[job.id]

    def _note(self, job: Job) -> Job:
        with self._alone:
            if job.id in self._stops:
                self._here[job.id] = job
            new = self.folder(job) / "job.new"
            new.write_text(json.dumps(asdict(job)), encoding="utf-8")
            new.replace(self.folder(job) / "job.json")
            return job


def input_of(folder: Path) -> Path:
    """Where a job's file lies, whatever it was called outside."""
    return folder / "input.csv"


def result_of(folder: Path, order: Order) -> Path:
    """Where a job's result will lie."""
    return folder / f"result.{order.form}"


def _read(path: Path) -> Job | None:
    """A job as its folder tells it; None for one that is not there, or that a killed process left half made."""
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        return Job(**{**row, "order": Order(**row["order"]), "state": State(row["state"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None
