"""Days of which nothing is on record, and words that tell what is open without saying so."""

import pytest

from crm.insight.frame import Dated, Field, When, Where
from crm.insight.question.refusal import NOT_KEPT
from crm.insight.read import FigureReader
from tests.reading_figures import frame, refusal


@pytest.mark.parametrize(
    "question",
    [
        "deals assigned in May by rep",
        "deals assigned per month",
        "deals zugewiesen im Mai je Verkäufer",
        "deals worked in 2026 by rep",
        "deals existing in June",
    ],
)
def test_when_something_was_done_with_a_record_is_not_told(reader_of_four: FigureReader, question: str) -> None:
    assert refusal(reader_of_four, question) == NOT_KEPT


@pytest.mark.parametrize(
    ("question", "dated"),
    [
        ("deals created in May assigned to us", Dated.CREATED),
        ("deals created in May by assigned rep", Dated.CREATED),
        ("deals handled by us won in May", Dated.CLOSED),
    ],
)
def test_a_day_that_is_told_counts(reader_of_four: FigureReader, question: str, dated: Dated) -> None:
    assert [c.dated for c in frame(reader_of_four, question).where if isinstance(c, When)] == [dated]


@pytest.mark.parametrize(
    "question",
    [
        "laufende Deals je Verkäufer",
        "affaires actuelles par commercial",
        "valeur des affaires actuelles par commercial",
    ],
)
def test_running_deals_are_open(reader_of_four: FigureReader, question: str) -> None:
    assert Where(Field.STATE, ("open",)) in [
        Where(c.field, c.values) for c in frame(reader_of_four, question).where if isinstance(c, Where)
    ]


def test_running_says_nothing_of_a_call(reader_of_four: FigureReader) -> None:
    plain = frame(reader_of_four, "calls longer than 10 minutes")
    assert frame(reader_of_four, "calls running longer than 10 minutes") == plain


def test_a_portfolio_may_be_all_of_them(reader_of_four: FigureReader) -> None:
    assert "Portfolio" in refusal(reader_of_four, "Portfolio value by rep")


@pytest.mark.parametrize(
    "question",
    ["combien de ventes en mai", "ventas en mayo", "quante vendite a maggio", "Abschlüsse im Mai", "Aufträge im Mai"],
)
def test_what_was_sold_was_won(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert found.where[0] == Where(Field.STATE, ("won",))
    assert [c.dated for c in found.where if isinstance(c, When)] == [Dated.CLOSED]


@pytest.mark.parametrize("question", ["ventas abiertas", "pipeline de ventas por etapa"])
def test_what_is_sold_may_be_open(reader_of_four: FigureReader, question: str) -> None:
    assert Where(Field.STATE, ("won",)) not in frame(reader_of_four, question).where


@pytest.mark.parametrize(
    "question", ["deals with a close date in May", "affaires avec date de clôture en mai", "Deals mit Abschluss im Mai"]
)
def test_a_day_of_closing_that_is_over_is_one_of_closed_deals(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert Where(Field.STATE, ("won", "lost")) in found.where
    assert [c.dated for c in found.where if isinstance(c, When)] == [Dated.CLOSED]
