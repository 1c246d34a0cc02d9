"""What should or could happen is no record, nor who left; a lead belongs to no account."""

import pytest

from crm.insight.frame import Dated, When
from crm.insight.question.refusal import LEFT_US
from crm.insight.read import FigureReader
from tests.reading_figures import frame, refusal


@pytest.mark.parametrize("question", ["how many deals should close in May", "deals that should be closed by May"])
def test_what_should_close_is_expected_to(reader_of_four: FigureReader, question: str) -> None:
    assert [c.dated for c in frame(reader_of_four, question).where if isinstance(c, When)] == [Dated.EXPECTED]


@pytest.mark.parametrize(
    "question",
    [
        "how many deals should we win in May",
        "how many deals could Hanna win in May",
        "deals that might close in May",
        "how many deals are about to be signed",
        "how many deals are close to closing",
        "cuántos negocios podrían cerrarse en mayo",
    ],
)
def test_what_could_happen_is_a_prediction(reader_of_four: FigureReader, question: str) -> None:
    assert "prediction" in refusal(reader_of_four, question)


@pytest.mark.parametrize("question", ["could you tell me how many deals we won in May", "would you show won deals"])
def test_a_polite_could_asks(reader_of_four: FigureReader, question: str) -> None:
    assert frame(reader_of_four, question)


@pytest.mark.parametrize(
    "question", ["how many customers did we lose", "accounts lost in May", "Kunden, die wir verloren haben"]
)
def test_who_left_is_not_told_by_a_lost_deal(reader_of_four: FigureReader, question: str) -> None:
    assert refusal(reader_of_four, question) == LEFT_US
    assert frame(reader_of_four, "accounts with a lost deal")


def test_a_new_customer_is_none_by_a_new_deal(reader_of_four: FigureReader) -> None:
    assert "new" in refusal(reader_of_four, "how many new customers did we win in May")


def test_leads_have_no_reply_times(reader_of_four: FigureReader) -> None:
    assert refusal(reader_of_four, "reply time of leads") == "“leads” says nothing about replies"


@pytest.mark.parametrize("question", ["calls that should be made", "tasks that should have been done"])
def test_what_should_be_done_is_not_what_was(reader_of_four: FigureReader, question: str) -> None:
    assert "should" in refusal(reader_of_four, question)
