"""Whoever asks about "last quarter" is told from which day it was counted, where that matters."""

from datetime import date

import pytest

from agents.counted_from import counted_from
from agents.reading.periods import period_of
from crm.nouns import Scope

AS_OF = date(2026, 2, 10)


def told(text: str, today: date) -> list[str]:
    return list(counted_from(Scope(period=period_of(text, AS_OF), as_of=AS_OF), today))


def test_old_data_say_from_which_day_they_count() -> None:
    (notice,) = told("Who answered us last quarter?", date(2026, 11, 22))
    assert notice == "“last quarter” was counted from the newest record, 2026-02-10, not from today."


@pytest.mark.parametrize(
    ("text", "today"),
    [
        ("Who answered us in Q3 2025?", date(2026, 11, 22)),
        ("Who answered us in March 2025?", date(2026, 11, 22)),
        ("Who answered us?", date(2026, 11, 22)),
        ("Who answered us last quarter?", date(2026, 3, 1)),  # the same quarter
        ("Who answered us in the last 90 days?", date(2026, 2, 12)),  # data of this week
    ],
)
def test_a_period_that_is_the_same_today_needs_no_word(text: str, today: date) -> None:
    assert told(text, today) == []
