"""Deals that are open without being called so; an "active" of anything else is refused."""

import pytest

from crm.insight.frame import Column, Field, QueryFrame, Where
from crm.insight.question.refusal import NOT_KEPT
from crm.insight.read import FigureReader
from tests.reading_figures import frame, refusal


def states(found: QueryFrame) -> list[tuple[str, ...]]:
    return [c.values for c in found.where if isinstance(c, Where) and c.field is Field.STATE]


@pytest.mark.parametrize(
    "question",
    [
        "active deals by rep",
        "how many deals are currently being worked on",
        "existing EUR deals",
        "deals that are in progress",
        "how many deals does each rep currently have",
        "aktive Deals je Verkäufer",
        "affaires actives par commercial",
        "negocios en curso por comercial",
        "trattative in corso",
        "active open deals",
        "current pipeline by rep",
    ],
)
def test_deals_that_somebody_has_are_open(reader_of_four: FigureReader, question: str) -> None:
    assert states(frame(reader_of_four, question)) == [("open",)]


@pytest.mark.parametrize(
    "question", ["deals by stage at the moment", "deals won currently", "average deal value at the moment by product"]
)
def test_of_today_is_nothing_where_something_else_tells_which(reader_of_four: FigureReader, question: str) -> None:
    assert ("open",) not in states(frame(reader_of_four, question))


@pytest.mark.parametrize(
    "question", ["active accounts", "leads being worked", "existing customers", "active won deals"]
)
def test_an_active_of_anything_else_is_refused(reader_of_four: FigureReader, question: str) -> None:
    assert refusal(reader_of_four, question).startswith("I cannot fit")


def test_what_was_in_progress_then_is_not_on_record(reader_of_four: FigureReader) -> None:
    assert refusal(reader_of_four, "deals in progress in June") == NOT_KEPT


@pytest.mark.parametrize(
    ("question", "top"),
    [
        ("qué dos productos tienen más negocios ganados", 2),
        ("los dos productos con más negocios ganados", 2),
        ("qual dos produtos tem mais negócios ganhos", 1),
    ],
)
def test_two_behind_a_spanish_article_is_a_number(reader_of_four: FigureReader, question: str, top: int) -> None:
    assert frame(reader_of_four, question).top == top


@pytest.mark.parametrize(
    ("question", "column"),
    [
        ("durée moyenne des appels", Column.DURATION),
        ("durée moyenne des affaires gagnées", Column.CYCLE),
        ("duración media de los negocios ganados", Column.CYCLE),
        ("average duration of open deals", Column.AGE),
    ],
)
def test_a_length_is_a_time_and_no_value(reader_of_four: FigureReader, question: str, column: Column) -> None:
    assert frame(reader_of_four, question).of is column
