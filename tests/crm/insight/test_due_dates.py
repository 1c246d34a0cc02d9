"""What is due: deals by the month in which they should close, tasks and meetings whose day has passed."""

from datetime import date

import pytest

from crm.insight.frame import About, Dated, Field, How, When, Where
from crm.insight.question.refusal import CLOSED_OR_EXPECTED
from crm.insight.read import FigureReader
from crm.nouns import Period
from tests.reading_figures import frame, refusal

YESTERDAY = date(2026, 10, 27)  # the day before the newest one of the small CRM


@pytest.mark.parametrize(
    ("question", "group"),
    [
        ("open deals expected to close by month", (Field.MONTH,)),
        ("deals expected to close per quarter", (Field.QUARTER,)),
        ("expected closings by month", (Field.MONTH,)),
        ("open deals by expected close quarter", (Field.QUARTER,)),
        ("open deals expected to close by month by rep", (Field.MONTH, Field.REP)),
    ],
)
def test_rows_are_those_of_the_expected_day(
    reader_of_four: FigureReader, question: str, group: tuple[Field, ...]
) -> None:
    found = frame(reader_of_four, question)
    assert (found.about, found.how, found.group) == (About.DEALS, How.COUNT, group)
    assert [c.dated for c in found.where if isinstance(c, When)] == [Dated.EXPECTED]
    assert not any(isinstance(c, Where) and c.values != ("open",) for c in found.where)


def test_what_was_won_is_by_the_day_of_closing(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "won amount by close date month")
    assert not any(isinstance(c, When) and c.dated is Dated.EXPECTED for c in found.where)


@pytest.mark.parametrize(
    ("question", "kind", "outcome"),
    [
        ("overdue tasks", "task", "not started"),
        ("how many tasks are overdue", "task", "not started"),
        ("overdue meetings", "event", "scheduled"),
        ("meetings still scheduled although their date has passed", "event", "scheduled"),
        ("scheduled meetings that are already in the past", "event", "scheduled"),
    ],
)
def test_what_is_still_to_be_done_and_its_day_over(
    reader_of_four: FigureReader, question: str, kind: str, outcome: str
) -> None:
    found = frame(reader_of_four, question)
    told = {c.field: c.said or c.values[0] for c in found.where if isinstance(c, Where)}
    assert (told[Field.TYPE], told[Field.OUTCOME]) == (kind, outcome)
    assert [c.period.end for c in found.where if isinstance(c, When)] == [YESTERDAY]


@pytest.mark.parametrize(
    "question", ["overdue calls", "overdue meetings that were cancelled", "overdue tasks in May", "overdue leads"]
)
def test_nothing_else_is_overdue(reader_of_four: FigureReader, question: str) -> None:
    assert "I cannot fit “overdue”" in refusal(reader_of_four, question)


@pytest.mark.parametrize(
    "question",
    [
        "Offene Deals, die im Mai abgeschlossen werden sollen",
        "offene Deals, die im Mai abgeschlossen werden",
        "negocios abiertos que cierran en mayo",
        "negocios que se cerrarán en mayo",
        "affaires ouvertes à conclure en mai",
    ],
)
def test_what_should_close_then_is_no_deal_that_closed(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert [c.dated for c in found.where if isinstance(c, When)] == [Dated.EXPECTED]
    assert found.versus == ()


@pytest.mark.parametrize(
    "question", ["Deals, die vor Weihnachten abgeschlossen werden", "negocios que cierran antes de Navidad"]
)
def test_in_the_present_either_may_be_meant(reader_of_four: FigureReader, question: str) -> None:
    before = Period(None, date(2025, 12, 24), "before Christmas")
    told = {"vor Weihnachten": before, "antes de Navidad": before}
    assert refusal(reader_of_four, question, told) == CLOSED_OR_EXPECTED


def test_what_is_planned_before_a_holiday_is_before_the_coming_one(reader_of_four: FigureReader) -> None:
    before = {"before Christmas": Period(None, date(2025, 12, 24), "before Christmas")}
    found = frame(reader_of_four, "planned meetings before Christmas", before)
    assert [c.period.end for c in found.where if isinstance(c, When)] == [date(2026, 12, 24)]
