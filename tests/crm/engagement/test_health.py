"""An account's health: its band by days of silence, every reason told, money on silence seen."""

from dataclasses import replace
from datetime import date

import pytest

from crm.engagement.health import Band, HealthScale, health
from crm.engagement.overview import Pulse
from crm.nouns import Deal

AS_OF = date(2026, 10, 30)
SCALE = HealthScale(talking_days=30, cooling_days=90, chased=3, undecided_share=0.25)
DEAL = Deal("demo:D1", "demo:A1", "Norvik", "Dock", "Proposal", 34_000.0, "EUR")


def pulse(last_engaged: date | None, **more: int) -> Pulse:
    counts = {"engaged": 4, "not_engaged": 6, "nd": 0, **more}
    return Pulse("demo:A1", counts["engaged"] + counts["not_engaged"] + counts["nd"], counts["engaged"],
                 counts["not_engaged"], counts["nd"], last_engaged, AS_OF, counts.get("chasing", 0))  # fmt: skip


@pytest.mark.parametrize(
    ("last", "band"),
    [
        (date(2026, 10, 30), Band.TALKING),
        (date(2026, 9, 30), Band.TALKING),
        (date(2026, 9, 29), Band.COOLING),
        (date(2026, 8, 1), Band.COOLING),
        (date(2026, 7, 31), Band.SILENT),
        (None, Band.NEVER),
    ],
)
def test_the_band_is_told_by_days_of_silence(last: date | None, band: Band) -> None:
    assert health(pulse(last), (), AS_OF, SCALE).band is band


def test_an_account_without_records_is_untouched() -> None:
    found = health(None, (), AS_OF, SCALE)
    assert (found.band, found.reasons) == (Band.UNTOUCHED, ("no record of this account",))


def test_reasons_give_the_counts() -> None:
    found = health(pulse(date(2026, 7, 22), nd=5, chasing=3), (DEAL,), AS_OF, SCALE)
    assert found.reasons == (
        "last two-way contact 100 days ago",
        "3 one-way entries since then",
        "5 of 15 records could not be decided",
        "1 open deal rests on no recent conversation",
    )


def test_money_is_at_risk_only_on_silence() -> None:
    assert health(pulse(None), (DEAL,), AS_OF, SCALE).at_risk
    assert not health(pulse(AS_OF), (DEAL,), AS_OF, SCALE).at_risk
    assert not health(pulse(None), (), AS_OF, SCALE).at_risk


def test_who_talked_on_a_day_that_nobody_knows_has_not_never_answered() -> None:
    found = health(replace(pulse(None), undated=2), (DEAL,), AS_OF, SCALE)
    assert (found.band, found.at_risk) == (Band.UNDATED, False)
    assert found.reasons == ("two-way contact on record, without a date",)
