"""Lists, totals beside rows, ranks with an amount, and measures whose words say more than a frame holds."""

import pytest

from crm.insight.frame import Field, How
from crm.insight.frame_words import in_words
from crm.insight.read import FigureReader
from tests.reading_figures import frame, refusal


@pytest.mark.parametrize("question", ["list open deals", "open deals list", "liste des affaires ouvertes"])
def test_a_list_of_deals_is_their_rows(reader_of_four: FigureReader, question: str) -> None:
    assert frame(reader_of_four, question) == frame(reader_of_four, "which deals are open")


@pytest.mark.parametrize(
    ("question", "group"),
    [
        ("list accounts without an open deal", Field.ACCOUNT),
        ("accounts by employees", Field.ACCOUNT),
        ("open deals by value", Field.DEAL),
        ("list the value of open deals", Field.DEAL),
    ],
)
def test_each_has_its_row(reader_of_four: FigureReader, question: str, group: Field) -> None:
    assert frame(reader_of_four, question).group == (group,)


@pytest.mark.parametrize("question", ["list calls in May", "list leads", "list open deals by rep"])
def test_what_is_not_listed_says_so(reader_of_four: FigureReader, question: str) -> None:
    assert "counted, not listed" in in_words(frame(reader_of_four, question))


@pytest.mark.parametrize("question", ["how many calls", "list the number of calls per rep", "rank reps by win rate"])
def test_what_was_asked_as_a_number_says_nothing_of_lists(reader_of_four: FigureReader, question: str) -> None:
    assert "listed" not in in_words(frame(reader_of_four, question))


TWO = [
    "calls by rep and in total",
    "open deals by stage, with the total",
    "won value per quarter and overall",
    "who won the most deals, and how much",
    "which product sold best and how much",
    "who has the most open deals and how much are they worth",
]


@pytest.mark.parametrize("question", TWO)
def test_of_rows_and_a_total_neither_is_told_in_silence(reader_of_four: FigureReader, question: str) -> None:
    assert "two figures at once" in refusal(reader_of_four, question)


@pytest.mark.parametrize(
    "question", ["which rep made the most calls, and how much", "who closed the most revenue and how much"]
)
def test_the_amount_of_what_is_ranked_is_its_figure(reader_of_four: FigureReader, question: str) -> None:
    assert frame(reader_of_four, question).top == 1


@pytest.mark.parametrize("question", ["won and lost deals in total", "calls and mails altogether"])
def test_in_total_is_one_figure(reader_of_four: FigureReader, question: str) -> None:
    assert frame(reader_of_four, question).versus == ()


@pytest.mark.parametrize(
    "question",
    [
        "share of won value in the Nordics",
        "number of calls made and received",
        "average value of the 5 largest deals",
        "sum of the top 10 deals",
        "revenue by customer size",
        "number of companies per lead",
        "silent accounts by rep",
        "cheapest product",
        "distribution of deal values",
        "breakdown of open deals",
        "how many days overdue are our deals on average",
        "deals created but not closed in May",
        "how many deals entered Proposal in May",
        "deals in Proposal for more than 60 days",
        "rank the open deals",
    ],
)
def test_no_word_is_lost(reader_of_four: FigureReader, question: str) -> None:
    assert refusal(reader_of_four, question)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("how many meetings did we hold", "outcome held"),
        ("how many days does it take to win a deal", "state won"),
        ("average time to lose a deal", "state lost"),
        ("share of won value from the Nordics", "are Nordics"),
        ("deals in Proposal older than 60 days", "age in days above 60"),
        ("top 10 deals by total value", "the highest 10"),
    ],
)
def test_a_word_that_tells_which_is_in_the_frame(reader_of_four: FigureReader, question: str, words: str) -> None:
    assert words in in_words(frame(reader_of_four, question))


def test_talk_time_is_added_up(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "talk time by rep").how is How.TOTAL
    assert frame(reader_of_four, "average call duration by rep").how is How.MEAN


def test_each_account_tells_how_long_it_is_quiet(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "which accounts have gone quiet").group == (Field.ACCOUNT,)
