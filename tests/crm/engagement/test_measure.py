"""Figures one can check by hand."""

import pytest

from crm.engagement.measure import Confusion, Outcome, calibration_error, share, surest
from tests.crm.engagement.made import ENGAGED, ND, NOT_ENGAGED

# truth, said: 3 of 4 engaged found, 1 of 2 nd, 4 of 4 not engaged
TABLE = Confusion(
    {
        (ENGAGED, ENGAGED): 3,
        (ENGAGED, NOT_ENGAGED): 1,
        (NOT_ENGAGED, NOT_ENGAGED): 4,
        (ND, ENGAGED): 1,
        (ND, ND): 1,
    }
)


def test_shares_of_a_small_table() -> None:
    assert TABLE.rows == 10
    assert TABLE.accuracy.value == 8 / 10
    assert TABLE.precision(ENGAGED).value == 3 / 4
    assert TABLE.recall(ENGAGED).value == 3 / 4
    assert TABLE.precision(NOT_ENGAGED).value == 4 / 5
    assert TABLE.recall(NOT_ENGAGED).value == 4 / 4
    assert TABLE.precision(ND).value == 1 / 1
    assert TABLE.recall(ND).value == 1 / 2
    assert TABLE.f1(ND).value == pytest.approx(2 / 3)
    assert TABLE.macro_f1.value == pytest.approx((3 / 4 + 8 / 9 + 2 / 3) / 3)


def test_intervals_hold_the_figure_and_narrow_with_more_rows() -> None:
    more = Confusion({pair: 100 * n for pair, n in TABLE.counts.items()})
    for few, many in ((TABLE.accuracy, more.accuracy), (TABLE.macro_f1, more.macro_f1), (TABLE.f1(ND), more.f1(ND))):
        assert few.low <= few.value <= few.high
        assert many.value == pytest.approx(few.value)
        assert many.high - many.low < (few.high - few.low) / 5


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(8, 10, 0.490, 0.943), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (81, 263, 0.255, 0.366)],
)
def test_wilson_as_published(right: int, of: int, low: float, high: float) -> None:
    figure = share(right, of)
    assert (round(figure.low, 3), round(figure.high, 3)) == (low, high)


def test_nothing_measured_is_not_a_figure() -> None:
    empty = Confusion({})
    assert [str(f) for f in (empty.accuracy, empty.macro_f1, empty.f1(ND), share(0, 0))] == ["-"] * 4


def test_a_label_that_occurs_nowhere_does_not_count_in_the_mean() -> None:
    assert Confusion({(ENGAGED, ENGAGED): 2, (NOT_ENGAGED, NOT_ENGAGED): 2}).macro_f1.value == 1.0


def test_the_surest_rows() -> None:
    outcomes = [Outcome(ENGAGED, ENGAGED, 0.9)] * 4 + [Outcome(ENGAGED, ND, 0.3)]
    assert (surest(outcomes).value, surest(outcomes).of) == (4 / 4, 4)
    assert surest(outcomes, 1.0).value == 4 / 5


def test_the_calibration_error() -> None:
    assert calibration_error([Outcome(ND, ND, 0.5), Outcome(ND, ENGAGED, 0.5)]) == 0.0
    assert calibration_error([Outcome(ND, ND, 0.9), Outcome(ND, ENGAGED, 0.9)]) == pytest.approx(0.4)
    assert calibration_error([Outcome(ND, ND, 1.0), Outcome(ND, ENGAGED, 0.0)]) == 0.0
    assert calibration_error([]) == 0.0
