"""What an agent is, what it may use, how it runs alone."""

import runpy
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import ClassVar, Protocol

from crm.engagement.audit import judge_and_record
from crm.engagement.judge import Cascade
from crm.engagement.labels import current_among, restand, standing_now, unjudged
from crm.llm import LLM
from crm.nouns import Activity, Brief, Filter, Label, Question, Scope
from crm.records.book import Book, revision
from crm.records.store import Store
from crm.threads.thread import Ours
from retrieval.search import Search
from retrieval.search_llm import ModelHelper

APP = Path(__file__).resolve().parent.parent / "app.py"
JUDGED_AT_ONCE = 1_000  # what a question may wait for; the rest is left to the bulk audit, and said
KEPT = 16  # stores, as each viewer sees them, whose judged parts are remembered


@dataclass(frozen=True, slots=True)
class Toolbox:
    """All an agent may use. It reads; the only thing ever written is a label."""

    store: Store
    book: Book
    search: Search
    cascade: Cascade
    playbook: Path
    ours: Ours
    llm: LLM | None = None
    helper: ModelHelper | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing at all to answer from."""
        return self.book.blank and not self.store.count()


class Agent(Protocol):
    """Turns a question into a brief. It never makes words."""

    @property
    def name(self) -> str: ...

    def gather(self, question: Question, scope: Scope, tools: Toolbox) -> Brief: ...


Agents = Mapping[str, Agent]


@dataclass(frozen=True, slots=True)
class Log:
    """A part of the activity log with its labels: every record is judged, unless there were too many."""

    activities: tuple[Activity, ...]
    labels: Mapping[str, Label]

    @property
    def unjudged(self) -> int:
        return sum(a.id not in self.labels for a in self.activities)


def judged_log(tools: Toolbox, where: Filter) -> Log:
    """The activities that are meant, newest first. Those without a label are judged now, and the label kept."""
    judge_first(tools, where)
    activities = tools.store.activities(where)
    return Log(tuple(activities), current_among(tools.store, where))


def judge_first(tools: Toolbox, where: Filter, most: int = JUDGED_AT_ONCE) -> int:
    """Judges what has no label yet, as the bulk audit would, up to a bound; tells how many it judged.

    Where nothing was left to judge, and nothing was stored, judged or taken back since, it does not look again.
    """
    state = state_of(tools)
    if _Settled.covers(tools.store, state, where):
        return 0
    restand(tools.store, tools.cascade.policy, where)
    done = 0
    for batch in unjudged(tools.store, tools.cascade.policy, where):
        if done >= most:
            break
        judge_and_record(tools.store, tools.cascade, batch[: most - done])
        done += len(batch)
    if not done and state == state_of(tools):  # what stands did not change by looking
        _Settled.add(tools.store, state, where)
    return min(done, most)


def state_of(tools: Toolbox) -> tuple[object, ...]:
    """Changes when anything is stored, erased, judged, corrected or taken back, or another policy's labels stand."""
    return tools.cascade.policy, *revision(tools.store), *standing_now(tools.store)


class _Settled:
    """What of a store was seen to be judged, with the state it was in then; the last few stores."""

    seen: ClassVar[dict[Store, tuple[tuple[object, ...], frozenset[Filter]]]] = {}
    _lock: ClassVar[Lock] = Lock()

    @classmethod
    def covers(cls, store: Store, state: tuple[object, ...], where: Filter) -> bool:
        known, filters = cls.seen.get(store, ((), frozenset[Filter]()))
        wider = {Filter(), where, Filter(account_id=where.account_id), Filter(contact_id=where.contact_id)}
        return known == state and bool(wider & filters)

    @classmethod
    def add(cls, store: Store, state: tuple[object, ...], where: Filter) -> None:
        with cls._lock:
            known, filters = cls.seen.pop(store, (state, frozenset[Filter]()))
            while len(cls.seen) >= KEPT:
                cls.seen.pop(next(iter(cls.seen)))
            cls.seen[store] = state, (filters if known == state else frozenset[Filter]()) | {where}


def judge_accounts(tools: Toolbox, account_ids: Sequence[str]) -> None:
    """The same for several accounts, within one bound."""
    left = JUDGED_AT_ONCE
    for account_id in account_ids:
        left -= judge_first(tools, Filter(account_id=account_id), left)
        if left <= 0:
            return


def run_alone(name: str) -> None:
    """`python -m agents.<name> "question"`: the same turn as the app's, with the route given."""
    sys.argv = [str(APP), "ask", "--agent", name.rpartition(".")[2], *sys.argv[1:]]
    runpy.run_path(str(APP), run_name="__main__")
