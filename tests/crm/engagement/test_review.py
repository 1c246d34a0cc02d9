"""The next records to look at: least certain, most common pattern first, one of each."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from crm.engagement import labels
from crm.engagement.corrections import correct
from crm.engagement.review import Doubt, pattern, queue, rank
from crm.nouns import Activity, Verdict
from crm.records.store import Store
from tests.crm.engagement.made import ENGAGED, ND, NOT_ENGAGED, activity, put


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    yield opened
    opened.engine.dispose()


def ids(doubts: Sequence[Doubt], k: int = 10) -> list[str]:
    return [ask.doubt.id for ask in rank(doubts, k)]


def test_the_least_certain_comes_first() -> None:
    doubts = [Doubt("a", "p", 0.9), Doubt("b", "q", 0.4), Doubt("c", "r", 0.6)]
    assert ids(doubts) == ["b", "c", "a"]
    assert ids(doubts, 1) == ["b"]


def test_of_equally_doubtful_the_common_pattern_comes_first_and_once() -> None:
    common = [Doubt(f"a{n}", "common", 0.6) for n in range(9)]
    assert ids([Doubt("z", "rare", 0.6), *common]) == ["a0", "z"]
    assert [ask.alike for ask in rank([Doubt("z", "rare", 0.6), *common], 2)] == [9, 1]


def test_a_common_pattern_that_is_certain_does_not_push_in() -> None:
    assert ids([*(Doubt(f"a{n}", "common", 0.97) for n in range(99)), Doubt("z", "rare", 0.5)]) == ["z", "a0"]


def test_the_order_they_come_in_does_not_matter() -> None:
    doubts = [Doubt(str(n), str(n % 4), (n * 7 % 10) / 10) for n in range(40)]
    assert ids(doubts) == ids(doubts[::-1])


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Left a voicemail for Ana Silva about 12 seats", "Left a voicemail for Ben Cole about 9 seats", True),
        ("Mail to ana@norvik.example bounced", "Mail to ben@dunmore.example bounced", True),
        ("Left a voicemail for Ana Silva", "Spoke with Ana Silva", False),
    ],
)
def test_records_of_one_make_share_a_pattern(one: str, other: str, alike: bool) -> None:
    assert (pattern(activity("1", one)) == pattern(activity("2", other))) is alike


def judged(store: Store, records: Sequence[tuple[Activity, float]]) -> None:
    put(store, [record for record, _ in records])
    verdicts = [(a, Verdict(NOT_ENGAGED, sure, "x", a.raw_body[:5], "model")) for a, sure in records]
    labels.record(store, verdicts, "p1")


def test_the_queue_of_a_store(store: Store) -> None:
    notes = [(activity(f"n{n}", f"Left a voicemail for Ana, try {n}"), 0.7) for n in range(6)]
    judged(store, [*notes, (activity("lone", "Something odd happened"), 0.7), (activity("empty", ""), 0.2)])
    found = queue(store, 5)
    assert [(one.activity.native_id, one.alike) for one in found] == [("n0", 6), ("lone", 1)]
    assert found[0].verdict.engagement is NOT_ENGAGED


def test_what_a_person_labelled_is_not_asked_again(store: Store) -> None:
    one, other = activity("1", "Something odd happened"), activity("2", "Nothing of note here")
    judged(store, [(one, 0.5), (other, 0.6)])
    correct(store, one, ENGAGED, by="ana")
    assert [r.activity.native_id for r in queue(store, 5)] == ["2"]


def test_a_corrected_record_whose_text_changed_comes_first(store: Store) -> None:
    one, other = activity("1", "Something odd happened"), activity("2", "Nothing of note here")
    judged(store, [(one, 0.9), (other, 0.4)])
    correct(store, one, ND, by="ana")
    judged(store, [(activity("1", "Something else happened"), 0.95)])
    first, second = queue(store, 5)
    assert (first.activity.native_id, second.activity.native_id) == ("1", "2")
    assert first.earlier is not None
    assert first.earlier.verdict.engagement is ND
    assert second.earlier is None
    assert len(queue(store, 1)) == 1
