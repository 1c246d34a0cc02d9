"""Asks a model about the doubtful in its vendor's batch mode: half the price, an answer within a day.

What comes back is remembered as if it had been asked here, so an audit afterwards finds it. What cannot be believed
stays open for the audit to ask about.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pydantic import ValidationError

from crm.engagement.llm_judge import TASK, decided_by
from crm.engagement.llm_request import Inquiry, Reply
from crm.engagement.report import Progress
from crm.engagement.verdict_cache import RememberedJudge
from crm.errors import LLMTrouble
from crm.llm.batch import Batches, Looked, portions
from crm.llm.door import Call
from crm.nouns import Activity
from crm.prices import LETTERS, Price
from crm.privacy import Masked, restored
from crm.records.model_calls import afford, put_call
from crm.records.store import Store
from crm.records.vendor_jobs import begin_job, end_job, name_job, open_job

EVERY_S = 30.0  # between two looks at a job that takes minutes to a day


@dataclass(frozen=True, slots=True)
class Counter:
    """What the vendor's batch mode costs: its own price, and the day's budget in dollars; 0 is none."""

    price: Price | None
    share: float
    budget: float = 0.0

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        return self.share * self.price.cost(tokens_in, tokens_out) if self.price else 0.0


@dataclass(frozen=True, slots=True)
class BatchAsking:
    """The judge whose verdicts are wanted, the vendor's queue, what hides a prompt's personal data."""

    judge: RememberedJudge
    queue: Batches
    hide: Callable[[str], Masked]
    store: Store
    counter: Counter
    told: Callable[[str], None] = field(default=lambda _: None, repr=False)
    rest: Callable[[float], None] = field(default=time.sleep, repr=False)

    def ask(self, doubtful: Sequence[Activity], watch: Callable[[Progress], None] | None = None) -> int:
        """How many verdicts came back. Raises LLMTrouble, BudgetSpent.

        Stop it at any time: the job goes on at the vendor, and the same call finds it again.
        """
        asked = {_key(prompt): (inquiry, self.hide(prompt)) for inquiry, prompt in self._inquiries(doubtful)}
        jobs = [self._queued(part) for part in portions({key: hidden.text for key, (_, hidden) in asked.items()})]
        replies: dict[str, str] = {}
        for number, job in enumerate(jobs):
            replies |= self._waited(job, lambda n=number: self._watch(watch, n, len(jobs))).replies  # type: ignore[misc]
        self._watch(watch, len(jobs), len(jobs))
        # Only now: were some verdicts kept before, a stopped run would ask for other prompts and not find its jobs.
        kept = sum(self._keep(*asked[key], text) for key, text in replies.items() if key in asked)
        for job in jobs:
            end_job(self.store, job, f"{len(replies)} replies")
        if jobs and not replies:
            raise LLMTrouble(f"The batch {', '.join(jobs)} ended without replies. The audit asks in the usual way.")
        return kept

    def _inquiries(self, doubtful: Sequence[Activity]) -> Iterator[tuple[Inquiry, str]]:
        return self.judge.asked.inquiries(self.judge.new(doubtful))

    def _queued(self, portion: Mapping[str, str]) -> str:
        """The vendor's name of the job for these prompts: of the one under way, else of a new one."""
        wanted = _key("".join(sorted(portion)))
        job = open_job(self.store, wanted)
        name = job.name if job else ""
        if job is not None and not name:  # its program ended before it heard whether the vendor took it
            name = self._named(job.label, self.queue.find(job.label))
        if not name:
            dollars = self.counter.cost(sum(map(len, portion.values())) // LETTERS, 0)
            afford(self.store, self.counter.budget, dollars, datetime.now(UTC).date())
            job = job or begin_job(self.store, TASK, wanted, self.queue.name)
            name = self._named(job.label, self.queue.submit(portion, Reply, job.label))
        self.told(f"{len(portion):,} requests wait at the vendor as {name}. Stop at any time; this command finds them.")
        return name

    def _named(self, label: str, name: str) -> str:
        if name:
            name_job(self.store, label, name)
        return name

    def _waited(self, job: str, watch: Callable[[], None]) -> Looked:
        began, at = time.monotonic(), datetime.now(UTC)
        while not (looked := self.queue.look(job)).ended:
            watch()
            self.rest(EVERY_S)
        call = Call(TASK, self.queue.name, looked.used.tokens_in, looked.used.tokens_out)
        call.cost = self.counter.cost(call.tokens_in, call.tokens_out)
        put_call(self.store, at, call, time.monotonic() - began, f"batch {looked.state.lower()}")
        return looked

    def _keep(self, inquiry: Inquiry, hidden: Masked, text: str) -> int:
        """The verdicts of one reply that can be believed, remembered; how many."""
        try:
            reply = restored(Reply.model_validate_json(text), hidden)
        except ValidationError:
            return 0
        verdicts = inquiry.believed(reply, decided_by(self.queue.name)) or {}
        self.judge.keep(verdicts)
        return len(verdicts)

    def _watch(self, watch: Callable[[Progress], None] | None, done: int, total: int) -> None:
        if watch is not None:
            watch(Progress(done, total, 0.0))


def _key(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
