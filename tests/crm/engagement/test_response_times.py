"""Response times in a log are those that the figures count in the store."""

from collections.abc import Iterator
from datetime import date

import pytest

from crm.engagement import reply_times as times
from crm.engagement.reply_times import ReplyTime, reply_times
from crm.insight.figures.compute import compute
from crm.insight.frame import About, Column, Field, How, Limit, QueryFrame
from crm.insight.question.wordbook import words_in
from crm.intake.ingest import Plan, ingest
from crm.nouns import Filter
from crm.records.book import Book
from crm.records.store import Store
from tests.four_accounts import PLAYBOOK
from wiring import SAMPLES

DAYS = times.LATEST.days


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path_factory.mktemp('replies') / 'crm.sqlite'}")
    for name in ("reps", "accounts", "contacts", "activities"):
        ingest(SAMPLES / f"{name}.csv", opened, Plan())
    yield opened
    opened.engine.dispose()


def test_a_mail_answers_nothing_after_as_many_days_as_for_the_figures() -> None:
    assert words_in(PLAYBOOK).reply_within_days == DAYS


def test_each_side_of_each_account_takes_as_long_as_the_figures_say(store: Store) -> None:
    within = Limit(Column.WAIT, high=24.0 * DAYS)
    frame = QueryFrame(About.REPLIES, How.MEDIAN, Column.WAIT, (within,), group=(Field.ACCOUNT, Field.DIRECTION))
    counted = {row.name: (row.value, row.rows) for row in compute(store, frame).rows}
    assert len(counted) > 20
    found: dict[str, ReplyTime] = {}
    for account in Book.read(store).accounts:
        log = list(store.activities(Filter(account_id=account.id)))
        told = reply_times(log, date.min, date.max)
        sides = {"inbound": told.them, "outbound": told.us}
        found |= {f"{account.name} / {way}": time for way, time in sides.items() if time}
    assert {name: time.replies for name, time in found.items()} == {name: rows for name, (_, rows) in counted.items()}
    for name, time in found.items():
        hours = counted[name][0]
        assert time.long == (hours >= times.LONG)
        assert time.value == round(hours / 24 if time.long else hours)


def test_only_replies_within_the_days_asked_about_count(store: Store) -> None:
    account = next(a for a in Book.read(store).accounts if a.name == "Norvik Maritime")
    log = list(store.activities(Filter(account_id=account.id)))
    whole = reply_times(log, date.min, date.max).them
    early = reply_times(log, date.min, date(2026, 6, 30)).them
    late = reply_times(log, date(2026, 7, 1), date.max).them
    assert whole
    assert whole.replies == sum(side.replies for side in (early, late) if side)
