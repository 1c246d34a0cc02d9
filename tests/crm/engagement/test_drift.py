"""Drift: the same data is the same, other labels, doubts or words are told apart, chance is not taken for change."""

import math

import pytest

from crm.engagement.drift import FEWEST, OTHER, Drift, Row, divergence, drift, stability
from crm.nouns import Engagement
from tests.crm.engagement.made import ND, NOT_ENGAGED, activity

SALES = ("offer", "contract", "price", "meeting", "voicemail", "thursday", "quote", "answer")
PORTS = ("berth", "crane", "harbour", "quay", "vessel", "tide", "pilot", "anchor")


def rows(
    count: int = 200,
    words: tuple[str, ...] = SALES,
    sure: float | None = 0.95,
    labels: tuple[Engagement, ...] = tuple(Engagement),
) -> list[Row]:
    texts = (" ".join(words[(n * k) % len(words)] for k in (1, 3, 5)) + " " + words[n % 3] * 2 for n in range(count))
    made = [activity(str(n), f"{text} {n}") for n, text in enumerate(texts)]
    return [Row(one, labels[n % len(labels)], sure) for n, one in enumerate(made)]


THEN = [rows(), rows(words=(*SALES[:6], "budget", "renewal")), rows(words=(*SALES[2:], "invoice", "order"))]


def beyond(found: Drift) -> set[str]:
    return {measure.name for measure in found.measures if measure.beyond}


def test_more_of_the_same_is_no_drift() -> None:
    found = drift(rows(), THEN)
    assert beyond(found) == set()
    assert not found.relearn
    assert found.to_text().endswith("No need to learn anew.")


@pytest.mark.parametrize(("count", "told"), [(FEWEST - 1, True), (FEWEST, False)])
def test_a_few_learned_rows_far_from_all_others_set_no_bound(count: int, told: bool) -> None:
    strange = ("xylem", "phloem", "stamen", "sepal", "petal", "stigma", "ovule", "pollen")
    found = drift(rows(words=PORTS), [*THEN, rows(count, words=strange)])
    assert ("new words" in beyond(found)) is told


def test_another_mix_of_labels_is_told_but_calls_for_nothing() -> None:
    found = drift(rows(labels=(NOT_ENGAGED, NOT_ENGAGED, NOT_ENGAGED, NOT_ENGAGED, ND)), THEN)
    assert beyond(found) == {"labels"}
    assert not found.relearn
    assert "NOT ENGAGED 80% (was 3" in found.to_text()


def test_judges_that_became_unsure_call_for_learning() -> None:
    found = drift(rows(sure=0.55), THEN)
    assert beyond(found) == {"confidence"}
    assert found.relearn
    assert "Learn anew: label what `review` lists" in found.to_text()


def test_judges_that_became_surer_do_not() -> None:
    assert beyond(drift(rows(sure=0.95), [rows(sure=0.7) for _ in range(3)])) == set()


def test_words_of_another_trade_call_for_learning_and_are_named() -> None:
    found = drift(rows(words=PORTS), THEN)
    assert beyond(found) == {"words", "new words"}
    assert "crane" in found.to_text()


def test_words_that_corrections_taught_are_known() -> None:
    taught = rows(words=PORTS)
    assert "new words" not in beyond(drift(rows(words=PORTS), THEN, taught))


def test_what_people_decided_says_nothing_on_how_sure_judges_are() -> None:
    found = drift([*rows(), *rows(sure=None)], THEN)
    assert next(m.value for m in found.measures if m.name == "confidence") < 0.02


def test_of_few_activities_nothing_is_said() -> None:
    found = drift(rows(FEWEST - 1, PORTS), THEN)
    assert found.measures == ()
    assert not found.relearn
    assert "from 100 on, drift can be told" in found.to_text()


def test_the_index_of_stability_is_the_textbook_s() -> None:
    value, bound = stability([5_000, 5_000], [8_000, 2_000])
    assert value == pytest.approx(0.3 * math.log(0.5 / 0.2) - 0.3 * math.log(0.5 / 0.8), rel=1e-3)
    assert bound == OTHER
    assert stability([10, 20, 30], [1_000, 2_000, 3_000])[0] < 0.01


def test_few_rows_need_a_larger_change_to_count() -> None:
    assert stability([4, 6], [60, 40])[1] == pytest.approx((1 / 11 + 1 / 101) * 3.84)


def test_divergence_runs_from_nothing_in_common_to_the_same() -> None:
    assert divergence({"a": 1, "b": 1}, {"a": 20, "b": 20}) == pytest.approx(0)
    assert divergence({"a": 3}, {"b": 5}) == pytest.approx(1)
    assert 0 < divergence({"a": 1, "b": 1}, {"a": 1}) < 1
