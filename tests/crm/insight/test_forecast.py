"""Forecasts and risks that can be checked by eye."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crm.insight.pipeline.forecast import outlook, quarters_won
from crm.insight.pipeline.risk import RiskScale, Talk, at_risk
from crm.nouns import Deal

SCALE = RiskScale.read(Path(__file__).parents[3] / "playbook")
AS_OF = date(2026, 12, 31)


def day(year: int, month: int, number: int = 1) -> datetime:
    return datetime(year, month, number, tzinfo=UTC)


def won(name: str, amount: float, closed: datetime) -> Deal:
    return Deal(name, "a1", "Norvik", name, "Won", amount, "EUR", created_at=day(2026, 1), closed_at=closed, won=True)


WON = [won("d1", 100.0, day(2026, 2)), won("d2", 140.0, day(2026, 8)), won("d3", 120.0, day(2026, 11))]


def test_a_quarter_in_which_nothing_was_won_counts_as_nothing() -> None:
    assert quarters_won(WON, "EUR", AS_OF) == [
        ("2026-Q1", 100.0),
        ("2026-Q2", 0.0),
        ("2026-Q3", 140.0),
        ("2026-Q4", 120.0),
    ]


def test_a_quarter_that_is_not_over_is_left_out() -> None:
    assert [name for name, _ in quarters_won(WON, "EUR", date(2026, 12, 30))] == ["2026-Q1", "2026-Q2", "2026-Q3"]


def test_the_forecast_is_the_mean_and_tells_how_it_would_have_done() -> None:
    found = outlook(WON, "EUR", AS_OF)
    assert found is not None
    assert (found.next.quarter, found.next.expected) == ("2027-Q1", 90.0)
    assert found.next.low < 90.0 < found.next.high
    assert found.held_out == 2
    assert found.missed_by == pytest.approx((abs(50 - 140) + abs(80 - 120)) / 2)
    assert found.naive == pytest.approx((140 + 20) / 2)


def test_too_little_history_gives_no_forecast() -> None:
    assert outlook(WON[:1], "EUR", date(2026, 6, 30)) is None
    assert outlook(WON, "USD", AS_OF) is None


OPEN = Deal("d9", "a1", "Norvik", "Dock", "Proposal", 5.0, "EUR", created_at=day(2026, 12))


@pytest.mark.parametrize(
    ("deal", "engaged", "reasons"),
    [
        (OPEN, {"a1": date(2026, 12, 20)}, []),
        (OPEN, {"a1": date(2026, 10, 1)}, ["no two-way contact for 91 days"]),
        (OPEN, {}, ["nobody at the account was ever engaged"]),
        (OPEN, None, []),
        (
            Deal("d9", None, "", "Dock", "Proposal", created_at=day(2026, 12)),
            {},
            ["belongs to no account, so that no contact can be seen"],
        ),
        (
            Deal("d9", "a1", "", "Dock", "Proposal", created_at=day(2026, 12), expected_close_at=day(2026, 12, 5)),
            {"a1": date(2026, 12, 30)},
            ["should have closed on 2026-12-05"],
        ),
        (
            Deal("d9", "a1", "", "Dock", "Proposal", created_at=day(2026, 1)),
            {"a1": date(2026, 12, 30)},
            ["open for 364 days, when 75% of won deals took 304 or fewer"],
        ),
    ],
)
def test_every_reason_is_named(deal: Deal, engaged: dict[str, date] | None, reasons: list[str]) -> None:
    found = at_risk([*WON, deal], Talk(engaged, 45), SCALE, AS_OF)
    assert [r for risk in found for r in risk.reasons] == reasons
