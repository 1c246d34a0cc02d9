"""One sum of two times, an average of what, the newest of which, a part of whose: said, or asked back."""

from datetime import date

import pytest

from crm.insight.frame import Column, How, When
from crm.insight.question.refusal import OPEN_ONLY, THEIRS_OR_ALL, THEY_OR_NUMBER
from crm.insight.read import FigureReader, Refused
from crm.nouns import Period
from tests.reading_figures import frame, read, refusal


@pytest.mark.parametrize(
    "question",
    ["total won value in May and June", "total calls in May and June", "calls in May and June in total"],
)
def test_a_total_of_times_that_touch_is_one_sum(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert found.versus == ()
    assert [(c.period.start, c.period.end) for c in found.where if isinstance(c, When)] == [
        (date(2026, 5, 1), date(2026, 6, 30))
    ]


@pytest.mark.parametrize("question", ["won value in May and June", "total calls in May versus June"])
def test_without_a_total_each_time_has_its_row(reader_of_four: FigureReader, question: str) -> None:
    assert len(frame(reader_of_four, question).versus) == 2


def test_times_that_lie_apart_have_a_row_each(reader_of_four: FigureReader) -> None:
    august = {"August": Period(date(2026, 8, 1), date(2026, 8, 31), "August")}
    found = read(reader_of_four, "total calls in May and August", august)
    assert not isinstance(found, Refused)
    assert len(found.versus) == 2


def test_an_average_of_several_deals_is_of_their_number_or_their_value(reader_of_four: FigureReader) -> None:
    found = read(reader_of_four, "average deals per product")
    assert isinstance(found, Refused)
    assert (found.because, found.instead[:2]) == (
        THEY_OR_NUMBER,
        ("average number of deals per product", "average value of deals per product"),
    )
    assert frame(reader_of_four, "average deal per product").of is Column.VALUE
    assert frame(reader_of_four, "average deals per rep").how is How.MEAN


def test_the_newest_deal_is_told_of_open_ones(reader_of_four: FigureReader) -> None:
    found = read(reader_of_four, "newest deal")
    assert isinstance(found, Refused)
    assert (found.because, found.instead[0]) == (OPEN_ONLY, "newest open deal")
    assert frame(reader_of_four, "latest open deal") == frame(reader_of_four, "newest open deal")


@pytest.mark.parametrize(
    "question",
    [
        "part des appels sans réponse en Nordics",
        "porcentaje de llamadas sin respuesta en Nordics",
        "share of calls that were unanswered in Nordics",
        "share of engaged activities in Nordics",
    ],
)
def test_a_part_of_theirs_or_of_all_is_asked_back(reader_of_four: FigureReader, question: str) -> None:
    assert refusal(reader_of_four, question) == THEIRS_OR_ALL


@pytest.mark.parametrize(
    "question",
    [
        "share of calls in Nordics that were unanswered",
        "part des appels en Nordics qui sont sans réponse",
        "porcentaje de llamadas en Nordics que están sin respuesta",
    ],
)
def test_whose_part_it_is_stands_with_the_records(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert (found.how, found.group, len(found.are)) == (How.SHARE, (), 1)
