"""Rank correlation on tables that can be checked by eye."""

import pytest

from crm.insight.pipeline.correlate import correlations, ranks


def column(*values: float) -> dict[str, float]:
    return {f"row {n}": value for n, value in enumerate(values)}


def test_equal_values_share_the_mean_of_their_ranks() -> None:
    assert list(ranks([30, 10, 20, 20])) == [4, 1, 2.5, 2.5]


def test_what_rises_together_is_one_and_what_falls_is_minus_one() -> None:
    up = column(*range(12))
    curved = {i: v**3 for i, v in up.items()}
    down = {i: -v for i, v in up.items()}
    found = {(c.one, c.other): c for c in correlations({"up": up, "curved": curved, "down": down})}
    assert found["curved", "up"].r == pytest.approx(1)
    assert found["down", "up"].r == pytest.approx(-1)
    assert found["curved", "up"].sure
    assert found["down", "up"].ids == tuple(up)


def test_a_pair_that_may_be_chance_says_so() -> None:
    one = column(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
    other = column(5, 3, 8, 1, 9, 2, 7, 4, 10, 6)
    (found,) = correlations({"one": one, "other": other})
    assert found.low < 0 < found.r < found.high
    assert not found.sure


def test_too_few_rows_or_a_constant_column_say_nothing() -> None:
    many = column(*range(12))
    assert correlations({"many": many, "few": column(1, 2, 3)}) == []
    assert correlations({"many": many, "flat": dict.fromkeys(many, 1.0)}) == []
