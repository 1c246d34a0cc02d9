"""Every account in one line, on a small CRM with labels given by hand."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from crm.engagement.health import Band, HealthScale
from crm.engagement.labels import current, record
from crm.engagement.portfolio import AccountRow, account_page, portfolio, within
from crm.engagement.timeline import timeline
from crm.nouns import Engagement, Period, Verdict
from crm.records.book import Book
from crm.records.store import Store
from tests.four_accounts import PLAYBOOK, build

SCALE = HealthScale.read(PLAYBOOK)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return build(tmp_path_factory.mktemp("portfolio")).store


def label_all(store: Store, engagement: Engagement, undecided: bool = False, confidence: float = 0.9) -> None:
    verdict = Verdict(engagement, confidence, "by hand", "", "rule:test", undecided)
    record(store, [(a, verdict) for a in store.activities()], f"{engagement}-{undecided}-{confidence}")


def rows(store: Store) -> dict[str, AccountRow]:
    return {row.account.name: row for row in portfolio(store, Book.read(store), SCALE)}


def test_every_account_is_there_once(store: Store) -> None:
    assert sorted(rows(store)) == sorted(a.name for a in Book.read(store).accounts)


def test_only_sure_conversations_count_as_contact(store: Store) -> None:
    label_all(store, Engagement.ENGAGED, undecided=True)
    assert all(row.days_silent is None for row in rows(store).values())
    guessed = [row.pulse for row in rows(store).values() if row.pulse]
    assert guessed
    assert all((pulse.engaged, pulse.nd) == (0, pulse.records) for pulse in guessed)
    label_all(store, Engagement.ENGAGED)
    talked = [row for row in rows(store).values() if row.pulse and row.pulse.last]
    assert talked
    assert all(row.pulse and row.pulse.last_engaged == row.pulse.last for row in talked)


def test_what_is_hardly_guessed_to_be_one_way_is_undecided_on_every_page(store: Store) -> None:
    for confidence, counted in ((0.4, Engagement.ND), (0.6, Engagement.NOT_ENGAGED)):
        label_all(store, Engagement.NOT_ENGAGED, undecided=True, confidence=confidence)
        for row in (row for row in rows(store).values() if row.pulse):
            page = account_page(store, Book.read(store), row.account.id, SCALE)
            assert page is not None
            assert {m.counts_as for m in page.moments} == {counted}
            activities = [m.activity for m in page.moments]
            line = timeline(activities, current(store, [a.id for a in activities]), store.as_of() or date.max)
            assert line.counts[counted] + line.ahead == len(activities)
            assert row.pulse
            assert line.counts[counted] == row.pulse.records
            assert (row.pulse.nd if counted is Engagement.ND else row.pulse.not_engaged) == row.pulse.records


def test_one_way_records_are_chasing(store: Store) -> None:
    label_all(store, Engagement.NOT_ENGAGED)
    chased = [row for row in rows(store).values() if row.pulse]
    assert chased
    assert all(row.pulse and row.pulse.chasing == row.pulse.not_engaged == row.pulse.records for row in chased)
    assert all(row.health.band is Band.NEVER for row in chased)


def test_a_page_has_the_rows_of_its_account_only(store: Store) -> None:
    book = Book.read(store)
    for account in book.accounts:
        page = account_page(store, book, account.id, SCALE)
        assert page is not None
        assert {m.activity.account_id for m in page.moments} <= {account.id}
        assert {p.contact.account_id for p in page.people} <= {account.id}
    assert account_page(store, book, "demo:nobody", SCALE) is None


def test_paths_of_the_playbook_hold_the_scale() -> None:
    assert Path(PLAYBOOK / "scales" / "health.yaml").is_file()
    assert SCALE.talking_days < SCALE.cooling_days


def test_in_a_period_only_its_own_records_count(store: Store) -> None:
    label_all(store, Engagement.ENGAGED)
    every = list(rows(store).values())
    days = sorted(a.at.date() for a in store.activities() if a.at and a.account_id)
    middle = days[len(days) // 2]
    early, late = (within(every, store, period) for period in (Period(None, middle), Period(middle + DAY, None)))
    for row in early:
        later = next(other for other in late if other.account == row.account)
        whole = row.pulse.records if row.pulse else 0
        undated = sum(a.at is None and a.account_id == row.account.id for a in store.activities())
        assert row.within
        assert later.within
        assert row.within.records + later.within.records + undated == whole
        assert row.within.last_engaged is None or row.within.last_engaged <= middle
        assert later.health == row.health
    assert [-row.within.engaged for row in early if row.within] == sorted(-r.within.engaged for r in early if r.within)
