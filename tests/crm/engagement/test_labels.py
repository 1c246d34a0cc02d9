"""Labels on record: appended, one per key, a person's wins."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.engagement import labels
from crm.engagement.labels import counts, current, history, record, restand, unjudged
from crm.nouns import Filter
from crm.records.store import Store
from crm.records.withdrawn_labels import withdraw
from tests.crm.engagement.made import ENGAGED, ND, NOT_ENGAGED, activity, put, verdict


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    yield opened
    opened.engine.dispose()


ONE, TWO = activity("1", "Yes, Thursday."), activity("2", "Left a voicemail.")


def test_what_was_recorded_comes_back_whole(store: Store) -> None:
    put(store, [ONE, TWO])
    assert record(store, [(ONE, verdict(ENGAGED, "Thursday")), (TWO, verdict(NOT_ENGAGED))], "p1") == 2
    found = current(store, [ONE.id, TWO.id, "csv:none"])
    assert set(found) == {ONE.id, TWO.id}
    assert found[ONE.id].verdict == verdict(ENGAGED, "Thursday")
    assert (found[ONE.id].policy, found[ONE.id].text_hash, found[ONE.id].by) == ("p1", ONE.text_hash, "")
    assert counts(store) == {ENGAGED: 1, NOT_ENGAGED: 1, ND: 0}


def test_a_judge_never_writes_the_same_key_twice(store: Store) -> None:
    put(store, [ONE])
    assert record(store, [(ONE, verdict(ENGAGED)), (ONE, verdict(ND))], "p1") == 1
    assert record(store, [(ONE, verdict(ND))], "p1") == 0
    assert [label.verdict.engagement for label in history(store, ONE.id)] == [ENGAGED]


def test_another_policy_or_another_text_is_another_label(store: Store) -> None:
    put(store, [ONE])
    record(store, [(ONE, verdict(ENGAGED))], "p1")
    changed = activity("1", "No, thanks.")
    assert record(store, [(ONE, verdict(ND))], "p2") == 1
    assert record(store, [(changed, verdict(NOT_ENGAGED))], "p2") == 1
    assert [label.verdict.engagement for label in history(store, ONE.id)] == [NOT_ENGAGED, ND, ENGAGED]
    assert current(store, [ONE.id])[ONE.id].verdict.engagement == NOT_ENGAGED


def test_a_person_wins_over_every_later_judge(store: Store) -> None:
    put(store, [ONE])
    record(store, [(ONE, verdict(ENGAGED))], "p1")
    record(store, [(ONE, verdict(ND, by="person:ana"))], labels.PERSON, by="ana")
    record(store, [(ONE, verdict(ENGAGED))], "p2")
    assert current(store, [ONE.id])[ONE.id].by == "ana"
    assert counts(store) == {ENGAGED: 0, NOT_ENGAGED: 0, ND: 1}
    assert len(history(store, ONE.id)) == 3


def test_a_person_may_change_their_mind(store: Store) -> None:
    put(store, [ONE])
    record(store, [(ONE, verdict(ND))], labels.PERSON, by="ana")
    record(store, [(ONE, verdict(ENGAGED))], labels.PERSON, by="ben")
    assert current(store, [ONE.id])[ONE.id].by == "ben"
    assert [label.by for label in history(store, ONE.id)] == ["ben", "ana"]


def test_a_person_spoke_about_that_text_only(store: Store) -> None:
    put(store, [ONE])
    record(store, [(ONE, verdict(ND))], labels.PERSON, by="ana")
    changed = activity("1", "No, thanks.")
    put(store, [changed])
    assert [a.id for batch in unjudged(store, "p1") for a in batch] == [ONE.id]
    record(store, [(changed, verdict(NOT_ENGAGED))], "p1")
    assert current(store, [ONE.id])[ONE.id].verdict.engagement == NOT_ENGAGED


def test_unjudged_are_those_without_a_label_for_this_text_and_policy(store: Store) -> None:
    many = [activity(str(n), f"Mail {n}") for n in range(1, 8)]
    put(store, many)
    record(store, [(many[0], verdict())], "p1")
    record(store, [(many[1], verdict())], labels.PERSON, by="ana")
    record(store, [(many[2], verdict())], "p2")
    assert [[a.native_id for a in batch] for batch in unjudged(store, "p1", size=3)] == [["3", "4", "5"], ["6", "7"]]
    assert [[a.native_id for a in batch] for batch in unjudged(store, "p1", Filter(ids=("csv:1", "csv:7")))] == [["7"]]


def test_unjudged_may_be_recorded_while_it_is_read(store: Store) -> None:
    put(store, [activity(str(n), f"Mail {n}") for n in range(10)])
    seen = []
    for batch in unjudged(store, "p1", size=3):
        record(store, [(a, verdict()) for a in batch], "p1")
        seen += [a.native_id for a in batch]
    assert seen == [str(n) for n in range(10)]
    assert list(unjudged(store, "p1")) == []


def test_more_than_one_chunk_in_one_transaction(store: Store) -> None:
    many = [activity(str(n), f"Mail {n}") for n in range(1203)]
    put(store, many)
    assert record(store, [(a, verdict(NOT_ENGAGED)) for a in many], "p1") == 1203
    assert record(store, [(a, verdict(ENGAGED)) for a in many], "p1") == 0
    assert counts(store) == {ENGAGED: 0, NOT_ENGAGED: 1203, ND: 0}
    assert {label.text_hash for label in current(store, [a.id for a in many]).values()} == {a.text_hash for a in many}


def test_an_earlier_policy_stands_again_without_judging(store: Store) -> None:
    put(store, [ONE, TWO])
    record(store, [(ONE, verdict(ENGAGED)), (TWO, verdict(ENGAGED))], "p1")
    record(store, [(ONE, verdict(ND)), (TWO, verdict(ND))], "p2")
    record(store, [(TWO, verdict(NOT_ENGAGED))], labels.PERSON, by="ana")
    restand(store, "p1")
    found = current(store, [ONE.id, TWO.id])
    assert (found[ONE.id].policy, found[TWO.id].by) == ("p1", "ana")
    assert len(history(store, ONE.id)) == 2


def test_a_record_that_is_read_another_way_is_judged_again_and_a_person_keeps_the_last_word(store: Store) -> None:
    put(store, [ONE, TWO])
    record(store, [(ONE, verdict(ENGAGED)), (TWO, verdict(NOT_ENGAGED))], "p1")
    record(store, [(TWO, verdict(ND))], labels.PERSON, by="ana")
    with store.writing() as connection:
        withdraw(connection, [ONE.id, TWO.id])
    assert [[a.id for a in batch] for batch in unjudged(store, "p1")] == [[ONE.id]]
    assert set(current(store, [ONE.id, TWO.id])) == {TWO.id}
    restand(store, "p1")
    assert current(store, [TWO.id])[TWO.id].verdict.engagement is ND
    assert record(store, [(ONE, verdict(NOT_ENGAGED))], "p1") == 1
    assert current(store, [ONE.id])[ONE.id].verdict.engagement is NOT_ENGAGED
    assert [label.verdict.engagement for label in history(store, ONE.id)] == [NOT_ENGAGED, ENGAGED]
