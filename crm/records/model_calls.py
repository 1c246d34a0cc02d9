"""Every request to a model on record: when, what for, tokens, cost, seconds, outcome; never its words.

The day's budget is kept here: a request that would go beyond it is not sent.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time

from sqlalchemy import case, func, insert, select

from crm.errors import BudgetSpent, LLMNonsense, LLMTrouble, StoreTrouble
from crm.llm import LLM, Call, T
from crm.prices import LETTERS, Price, money
from crm.records.db import model_calls
from crm.records.store import Store

log = logging.getLogger(__name__)
FAILED = ("failed", "unreadable")  # outcomes; one that was stopped is nobody's failure


@dataclass(frozen=True, slots=True)
class Spent:
    """What a span of time used."""

    calls: int
    tokens_in: int
    tokens_out: int
    dollars: float

    def told(self) -> str:
        return (
            f"{self.calls:,} requests to a model, {self.tokens_in:,} tokens in and {self.tokens_out:,} out, "
            f"{money(self.dollars)}"
        )


def spent(store: Store, since: datetime, until: datetime | None = None) -> Spent:
    """What was used from `since` on, up to but without `until`."""
    c = model_calls.c
    total = select(func.count(), func.sum(c.tokens_in), func.sum(c.tokens_out), func.sum(c.cost)).where(c.at >= since)
    with store.reading() as connection:
        row = connection.execute(total if until is None else total.where(c.at < until)).one()
    return Spent(int(row[0]), int(row[1] or 0), int(row[2] or 0), float(row[3] or 0.0))


def spent_on(store: Store, day: date) -> Spent:
    """What a day used, in UTC."""
    start = datetime.combine(day, clock_time(), UTC)
    return spent(store, start, start + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Used:
    """The requests of one day to one model for one task. `failed` ones had no reply, or one that could not be read."""

    day: date
    model: str
    task: str
    calls: int
    failed: int
    tokens_in: int
    tokens_out: int
    dollars: float


def used(store: Store) -> list[Used]:
    """Every day (in UTC) by model and task, the newest first, the busiest first within a day."""
    c = model_calls.c
    day, calls = func.date(c.at), func.count()
    failed = func.sum(case((c.outcome.in_(FAILED), 1), else_=0))
    sums = (func.sum(c.tokens_in), func.sum(c.tokens_out), func.sum(c.cost))
    query = select(day, c.model, c.task, calls, failed, *sums).group_by(day, c.model, c.task)
    with store.reading() as connection:
        rows = connection.execute(query.order_by(day.desc(), calls.desc(), c.model, c.task)).all()
    return [_used(*row) for row in rows]


def _used(at: object, model: str, task: str, *sums: float) -> Used:
    calls, failed, tokens_in, tokens_out = map(int, sums[:4])
    return Used(date.fromisoformat(str(at)), model, task, calls, failed, tokens_in, tokens_out, float(sums[4]))


def put_call(store: Store, at: datetime, call: Call, seconds: float, outcome: str) -> None:
    """One request on record."""
    row = {
        "at": at,
        "task": call.task,
        "model": call.model,
        "tokens_in": call.tokens_in,
        "tokens_out": call.tokens_out,
        "cost": call.cost,
        "seconds": seconds,
        "outcome": outcome,
    }
    with store.writing() as connection:
        connection.execute(insert(model_calls).values(row))


@dataclass(frozen=True, slots=True)
class Metered:
    """An LLM whose requests are counted, priced and held to a budget in dollars a day; 0 is none.

    `price` tells what its tokens cost on a day. Requests that run side by side may each pass the check: the budget
    can be overrun by what is under way, and by no more.
    """

    llm: LLM
    store: Store
    price: Callable[[date], Price | None]
    budget: float = 0.0
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    @property
    def name(self) -> str:
        return self.llm.name

    def stream(self, prompt: str, call: Call | None = None) -> Iterator[str]:
        with self._counted(prompt, call) as own:
            yield from self.llm.stream(prompt, own)

    def fill(self, prompt: str, shape: type[T], call: Call | None = None) -> T:
        with self._counted(prompt, call) as own:
            return self.llm.fill(prompt, shape, own)

    @contextmanager
    def _counted(self, prompt: str, call: Call | None) -> Iterator[Call]:
        at, began = self.now(), time.monotonic()
        price = self.price(at.date())
        afford(self.store, self.budget, price.cost(len(prompt) // LETTERS, 0) if price else 0.0, at.date())
        own = Call(call.task if call else "", self.llm.name)
        outcome = "stopped"  # whoever asked went away in the middle
        try:
            yield own
            outcome = "answered"
        except LLMNonsense:
            outcome = "unreadable"
            raise
        except LLMTrouble:
            outcome = "failed"
            raise
        finally:
            own.cost = price.cost(own.tokens_in, own.tokens_out) if price else 0.0
            try:
                put_call(self.store, at, own, time.monotonic() - began, outcome)
            except StoreTrouble as trouble:  # an answer that is paid for is not lost for its receipt
                log.warning("a request to a model is not on record: %s", trouble)
            if call is not None:
                call.add(own)


def afford(store: Store, budget: float, dollars: float, day: date) -> None:
    """Raises BudgetSpent when so many dollars more would go beyond the day's budget; 0 is none."""
    used = spent_on(store, day).dollars if budget else 0.0
    if budget and used + dollars > budget:
        raise BudgetSpent(
            f"Today's budget for models is spent: {money(used)} of {money(budget)} (CRM_BUDGET). "
            "Nothing more is sent until tomorrow."
        )
