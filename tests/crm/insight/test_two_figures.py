"""Two figures that one sentence asks for: told side by side where a frame can, else refused with both questions."""

import pytest

from crm.insight.frame import About, Field, How, QueryFrame, Where
from crm.insight.read import FigureReader, Refused
from tests.reading_figures import frame, read

TWO = [
    ("how many calls did each rep make and how many were really answered", How.COUNT),
    ("how many calls did Hanna Lindqvist make and how many of them were answered", How.COUNT),
    ("how many meetings did each rep book and how many actually took place", How.COUNT),
    ("wie viele Anrufe hat jeder Vertriebler gemacht und wie viele wurden beantwortet", How.COUNT),
    ("combien d'appels chaque commercial a passés et combien ont abouti", How.COUNT),
    ("cuántas llamadas hizo cada comercial y cuántas fueron contestadas", How.COUNT),
    ("calls made and calls answered by rep", How.COUNT),
    ("number of open deals and their total value by rep", How.COUNT),
    ("count and value of open deals per stage", How.COUNT),
    ("number and share of unanswered calls by rep", How.COUNT),
    ("how many and what percentage of calls went unanswered", How.COUNT),
    ("average and median sales cycle of won deals", How.MEAN),
    ("win rate and average deal size by product", How.SHARE),
    ("how many deals did we win and how much were they worth", How.COUNT),
    ("how many accounts do we have and how many contacts", How.COUNT),
    ("how many deals were created in May and how many were won in June", How.COUNT),
    ("the largest and the smallest open deal", How.MOST),
    ("which rep has the highest win rate and which the lowest", How.SHARE),
]


@pytest.mark.parametrize(("question", "how"), TWO)
def test_of_two_figures_none_is_told_in_silence_and_each_is_offered(
    reader_of_four: FigureReader, question: str, how: How
) -> None:
    found = read(reader_of_four, question)
    assert isinstance(found, Refused), found
    assert "at once" in found.because
    first, second = (frame(reader_of_four, half) for half in found.instead[:2])
    assert first != second
    assert first.how is how
    assert (first.group == second.group) or first.about is not second.about


def test_the_halves_keep_the_rows_and_the_conditions_of_both(reader_of_four: FigureReader) -> None:
    found = read(reader_of_four, "how many calls did each rep make and how many were really answered")
    assert isinstance(found, Refused)
    first, second = (frame(reader_of_four, half) for half in found.instead[:2])
    assert first == QueryFrame(About.ACTIVITIES, How.COUNT, where=first.where, group=(Field.REP,), as_of=first.as_of)
    assert first.where == (Where(Field.TYPE, ("call",)),)
    assert {*first.where} < {*second.where}
    assert [c.field for c in second.where if isinstance(c, Where)] == [Field.TYPE, Field.OUTCOME]


@pytest.mark.parametrize(
    "question",
    [
        "how many emails did we send and how many did we receive",
        "number of calls and number of emails per rep",
        "how many deals did we win in May and how many in June",
        "meetings held and no-shows per month",
    ],
)
def test_two_that_differ_in_one_field_are_rows(reader_of_four: FigureReader, question: str) -> None:
    assert len(frame(reader_of_four, question).versus) == 2


@pytest.mark.parametrize(
    "question",
    [
        "which rep won the most deals and how many",
        "quel commercial a gagné le plus d'affaires et combien",
        "which product brings the most won value in EUR and how much",
    ],
)
def test_the_figure_of_the_first_is_no_second_figure(reader_of_four: FigureReader, question: str) -> None:
    assert frame(reader_of_four, question).top == 1


@pytest.mark.parametrize(
    "question",
    [
        "win rate by account size",
        "who won the most deals and how many did he lose",
        "leads and deals by rep",
        "how many emails were sent and how many meetings held",
        "average deal size and average sales cycle by product",
        "how much pipeline do we have and how old is it",
        "open deals by stage, won deals by product",
        "largest won deal in EUR and who won it",
        "value of Proposal deals and of all deals in EUR",
    ],
)
def test_what_would_be_dropped_refuses(reader_of_four: FigureReader, question: str) -> None:
    assert isinstance(read(reader_of_four, question), Refused)
