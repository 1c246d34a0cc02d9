from datetime import UTC, datetime

import pytest

from retrieval.ranking import Ranking, covered, fused, ordered, stands_out, weights


def test_reciprocal_ranks_add_up() -> None:
    scores = fused([Ranking(["a", "b"]), Ranking(["b", "c"])])
    assert scores == {"a": 1 / 61, "b": 1 / 62 + 1 / 61, "c": 1 / 62}


def test_a_vote_can_count_less() -> None:
    assert fused([Ranking(["a", "b"], {"a": 0.5})]) == {"a": 0.5 / 61, "b": 1 / 62}


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
