"""What was until today: planned activities lie behind it, of other records none does."""

from datetime import date

import pytest

from crm.insight.frame import Dated, When
from crm.insight.read import FigureReader
from crm.nouns import Period
from tests.reading_figures import frame

TODAY = date(2026, 10, 28)  # the newest day of the small CRM


@pytest.mark.parametrize(
    ("question", "words"), [("meetings up to today", "up to today"), ("Termine bis heute", "bis heute")]
)
def test_planned_activities_are_none_until_today(reader_of_four: FigureReader, question: str, words: str) -> None:
    until = Period(None, TODAY, words)
    assert When(until, Dated.DATED) in frame(reader_of_four, question, {words: until}).where


@pytest.mark.parametrize("question", ["open deals up to today", "deals won up to today by rep", "win rate up to today"])
def test_every_deal_is_one_until_today(reader_of_four: FigureReader, question: str) -> None:
    words = "up to today"
    found = frame(reader_of_four, question, {words: Period(None, TODAY, words)})
    assert found == frame(reader_of_four, question.replace(f" {words}", ""))
