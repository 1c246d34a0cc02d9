from datetime import UTC, datetime

import pytest

from retrieval.ranking import covered, ordered, stands_out, sure, vote, weights


def test_what_is_as_near_as_anything_counts_for_nothing() -> None:
    assert vote(0.2, level=0.2) == vote(0.1, level=0.2) == 0.0
    assert vote(0.5, level=0.2) == pytest.approx(1.0)
    assert vote(0.4, level=0.2) == pytest.approx(2 / 3)


def test_of_many_words_a_smaller_part_is_enough() -> None:
    assert sure(named=1.0, typed=1.0, above=0.0, items=1)
    assert not sure(named=0.4, typed=0.2, above=0.2, items=3)
    assert sure(named=0.4, typed=0.2, above=0.2, items=8)
    assert not sure(named=0.0, typed=0.0, above=0.2, items=100)


def test_among_few_records_less_is_enough() -> None:
    assert not sure(named=0.33, typed=0.2, above=0.15, items=4)
    assert not sure(named=0.33, typed=0.2, above=0.15, items=4, records=100_000)
    assert sure(named=0.33, typed=0.2, above=0.15, items=4, records=200)
    assert not sure(named=0.2, typed=0.0, above=0.1, items=3, records=1)


def test_newest_first_among_equals_and_undated_last() -> None:
    days = {"old": datetime(2026, 1, 1, tzinfo=UTC), "new": datetime(2026, 1, 2, tzinfo=UTC), "never": None}
    assert ordered({"never": 1.0, "old": 1.0, "new": 1.0, "best": 2.0}, days) == ["best", "new", "old", "never"]


def test_rare_words_weigh_more_and_unknown_ones_most() -> None:
    weighed = weights({"price": 50, "forklift": 1, "zeppelin": 0}, total=100)
    assert weighed["price"] < weighed["forklift"] < weighed["zeppelin"]
    assert weights({"everywhere": 10}, total=10)["everywhere"] == pytest.approx(0.0465, abs=1e-3)


def test_covered_is_the_share_of_the_weight() -> None:
    weighed = {"forklift": 3.0, "two words": 1.0}
    assert covered("A FORKLIFT, and two\nwords.", weighed) == 1.0
    assert covered("two forklifts or words", weighed) == 0.0
    assert covered("one forklift", weighed) == 3 / 4
    assert covered("anything", {}) == 0.0


def test_the_more_records_the_further_the_nearest_must_stand_out() -> None:
    assert stands_out(0.1, records=5)
    assert not stands_out(0.1, records=500)
    assert stands_out(0.3, records=5_000)
    assert not stands_out(0.0, records=1)
