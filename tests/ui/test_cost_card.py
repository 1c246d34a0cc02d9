"""What chat models cost, as the Quality tab shows it."""

import re
from datetime import date

from crm.records.model_calls import Used
from ui.measures import USED_SHOWN, cost_card


def test_without_a_model_it_says_that_nothing_costs_and_what_will_stand_here() -> None:
    drawn = cost_card([])
    assert "No chat model was ever asked" in drawn
    assert "<table" not in drawn


def test_days_models_and_tasks_stand_with_their_sums() -> None:
    one = Used(date(2026, 11, 21), "google_genai:gemini-test", "ask_history", 1_200, 3, 45_000, 9_000, 1.5)
    drawn = cost_card([one, Used(date(2026, 11, 20), "<b>", "email_draft", 1, 0, 10, 5, 0.25)])
    cells = re.findall(r"<td[^>]*>(.*?)</td>", drawn)
    assert cells[:8] == [
        "21 Nov 2026", "google_genai:gemini-test", "ask_history", "1,200", "45,000", "9,000", "$1.50", "3"
    ]  # fmt: skip
    assert "1,201 requests so far, $1.75, 3 failed" in drawn
    assert "<b>" not in drawn


def test_a_long_table_is_cut_and_its_sums_are_not() -> None:
    day = Used(date(2026, 11, 21), "m", "t", 1, 0, 1, 1, 0.01)
    drawn = cost_card([day] * (USED_SHOWN + 50))
    assert drawn.count("<tr>") == USED_SHOWN + 1
    assert "150 requests so far" in drawn
