"""The clock jumps a day forward, or back: who is signed in, who waits, what stands, what is spent, what is old."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from inspect import signature
from pathlib import Path
from time import monotonic

import pytest
from pydantic import BaseModel
from sqlalchemy import update

from api.idempotency import Replies, Write
from api.sessions import Sessions
from crm.engagement.labels import current, record
from crm.erasing.retention import Keeping, aged_rows
from crm.errors import BudgetSpent
from crm.llm import open_llm
from crm.nouns import Kind
from crm.people.limiter import Limiter
from crm.prices import Price
from crm.records import db
from crm.records.model_calls import Metered
from crm.records.store import Store
from crm.records.trail import Trail
from crm.records.trail_entry import Entry, What
from house.private_files import KEPT_S, sweep
from tests.crm.engagement.made import ENGAGED, ND, activity, put, verdict
from tests.gemini_server import GeminiServer, says

DAY = timedelta(days=1)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
JUMPS = (NOW, NOW + DAY, NOW - DAY, NOW)


class Clock:
    """A clock that shows what it is told to."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    yield opened
    opened.engine.dispose()


def test_sessions_and_waits_go_by_a_clock_that_cannot_jump() -> None:
    assert signature(Sessions).parameters["clock"].default is monotonic
    assert Limiter().clock is monotonic


def test_the_trail_stays_whole_and_in_the_order_in_which_things_were_done(
    store: Store, tmp_path: Path, clock: Clock
) -> None:
    trail = Trail(store, tmp_path / "trail.head", clock)
    for number, clock.at in enumerate(JUMPS):
        trail.put(Entry("Ana", What.EXPORT, about=f"export {number}"))
    assert [row.entry.about for row in trail.rows()] == [f"export {n}" for n in (3, 2, 1, 0)]
    assert [row.at for row in trail.rows()] == [*reversed(JUMPS)]
    assert (trail.verify().whole, trail.verify().count) == (True, 4)


@pytest.mark.parametrize("earlier", [NOW + DAY, NOW - DAY, NOW + 400 * DAY])
def test_what_a_person_said_last_stands_whatever_the_clock_showed_before(store: Store, earlier: datetime) -> None:
    one = activity("1", "Yes, Thursday.")
    put(store, [one])
    record(store, [(one, verdict(ENGAGED))], "p1", by="Ana")
    with store.writing() as connection:
        connection.execute(update(db.labels).values(at=earlier))
    record(store, [(one, verdict(ND))], "p1", by="Ana")
    assert current(store, [one.id])[one.id].verdict.engagement is ND


def test_each_day_has_its_own_budget_and_a_jump_back_gives_none_twice(store: Store, clock: Clock) -> None:
    price = Price(name="gemini-test", input=10_000, output=40_000)  # a request: $0.30
    with GeminiServer(says("Yes.")) as gemini:
        llm = open_llm("google_genai:gemini-test", "key", gemini.url, 10, 0)
        metered = Metered(llm, store, lambda day: price, 0.25, clock)
        answered = []
        for clock.at in (NOW, NOW, NOW + DAY, NOW + DAY, NOW, NOW - DAY, NOW, NOW + DAY):
            try:
                list(metered.stream("?"))
                answered.append(True)
            except BudgetSpent:
                answered.append(False)
    assert answered == [True, False, True, False, False, True, False, False]


class Made(BaseModel):
    number: int


def test_a_write_that_was_answered_is_not_done_again_when_the_clock_goes_back(tmp_path: Path, clock: Clock) -> None:
    replies = Replies(tmp_path, lambda: clock.at.timestamp())
    write = Write("Ana", "key", "what was asked")
    assert replies.once(write, Made, lambda: Made(number=1)).number == 1
    for clock.at in (NOW - DAY, NOW - 400 * DAY, NOW):
        assert replies.once(write, Made, lambda: Made(number=2)).number == 1


def test_files_from_a_day_that_is_yet_to_come_are_not_swept(tmp_path: Path) -> None:
    now = NOW.timestamp()
    for name, days in (("today", 0.0), ("tomorrow", 1.0), ("yesterday", -0.9), ("old", -1.1)):
        (tmp_path / name).write_text("x")
        os.utime(tmp_path / name, (now + days * KEPT_S, now + days * KEPT_S))
    assert sweep(tmp_path, now - KEPT_S) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["today", "tomorrow", "yesterday"]


@pytest.mark.parametrize("stray", [datetime(2099, 1, 1, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC)])
def test_one_mail_dated_far_away_makes_nothing_else_old(store: Store, stray: datetime) -> None:
    today = datetime.now(UTC)
    mails = [replace(activity(str(n), "Yes."), kind=Kind.EMAIL, at=today - n * DAY) for n in range(1, 20)]
    put(store, [*mails, replace(activity("stray", "Yes."), kind=Kind.EMAIL, at=stray)])
    aged = {one.kind: one.count for one in aged_rows(store, Keeping({"email": 30}))}
    assert aged == {"email": int(stray < today)}
