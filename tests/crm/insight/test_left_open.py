"""Questions that leave open what is told of deals, of what an average is taken, or of which stage: asked back."""

from dataclasses import replace
from datetime import date

import pytest

from crm.insight.frame import About, Field, How, When, Where
from crm.insight.frame_words import in_words
from crm.insight.read import FigureReader, Refused
from crm.nouns import Period
from tests.reading_figures import frame, read, refusal

TO_DATE = Period(date(2026, 1, 1), date(2026, 10, 28), "year to date")
QUARTER_TO_DATE = Period(date(2026, 10, 1), date(2026, 10, 28), "quarter to date")
MORE = {
    "year to date": TO_DATE,
    "since January": TO_DATE,
    "quarter to date": QUARTER_TO_DATE,
    "last year": Period(date(2025, 1, 1), date(2025, 12, 31), "last year"),
    "2025": Period(date(2025, 1, 1), date(2025, 12, 31), "2025"),
    "last quarter": Period(date(2026, 7, 1), date(2026, 9, 30), "last quarter"),
}


def offered(reader: FigureReader, question: str) -> tuple[str, ...]:
    found = read(reader, question, MORE)
    assert isinstance(found, Refused), found
    return found.instead


@pytest.mark.parametrize(
    ("question", "ways"),
    [
        (
            "what did Hanna Lindqvist sell",
            ("which deals did Hanna Lindqvist sell", "how many deals did Hanna Lindqvist sell"),
        ),
        ("what did we win", ("which deals did we win", "how many deals did we win", "how much did we win")),
        ("was haben wir verkauft", ("welche Deals haben wir verkauft", "wie viele Deals haben wir verkauft")),
        ("cosa abbiamo venduto", ("quali trattative abbiamo venduto", "quante trattative abbiamo venduto")),
        ("what is our pipeline", ("how much is our pipeline",)),
    ],
)
def test_what_is_asked_of_deals_is_asked_back(
    reader_of_four: FigureReader, question: str, ways: tuple[str, ...]
) -> None:
    assert "their number or their value is asked" in refusal(reader_of_four, question)
    assert offered(reader_of_four, question)[: len(ways)] == ways


@pytest.mark.parametrize(
    "question", ["what open deals do we have", "what are our open deals", "which open deals do we have"]
)
def test_what_deals_are_asked_is_a_row_for_each(reader_of_four: FigureReader, question: str) -> None:
    assert frame(reader_of_four, question) == frame(reader_of_four, "which deals are open")


@pytest.mark.parametrize(
    "question", ["what is our win rate", "what is the value of won deals", "what did we win by rep"]
)
def test_what_is_told_is_read(reader_of_four: FigureReader, question: str) -> None:
    assert frame(reader_of_four, question)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("who sold the most", "who sold the most deals"),
        ("who closed the most", "who closed the most deals"),
        ("who lost the least", "who lost the fewest deals"),
        ("which product sold the most", "which product sold the most deals"),
        ("wer hat am meisten verkauft", "wer hat die meisten Deals verkauft"),
        ("qui a vendu le plus", "qui a vendu le plus d'affaires"),
        ("quién vendió más", "quién vendió más negocios"),
        ("quem vendeu mais", "quem vendeu mais negócios"),
        ("best selling product", ""),
    ],
)
def test_the_most_of_what_is_asked_back(reader_of_four: FigureReader, question: str, first: str) -> None:
    assert "the number of deals or their value" in refusal(reader_of_four, question)
    if first:
        assert offered(reader_of_four, question)[0] == first


@pytest.mark.parametrize("question", ["who won the most deals", "who has the most wins", "who called the most"])
def test_the_most_of_something_is_ranked(reader_of_four: FigureReader, question: str) -> None:
    assert frame(reader_of_four, question).top == 1


def test_what_sells_is_won(reader_of_four: FigureReader) -> None:
    assert Where(Field.STATE, ("won",)) in frame(reader_of_four, "best selling product by number of deals").where


@pytest.mark.parametrize("question", ["lost deals by stage", "win rate by stage", "lost deals by stage they were in"])
def test_the_stage_before_the_end_is_not_on_record(reader_of_four: FigureReader, question: str) -> None:
    assert "another time is not on record" in refusal(reader_of_four, question)


def test_the_stage_of_what_is_open_is(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "open deals by stage").group == (Field.STAGE,)


def test_the_stage_beside_the_state_is_no_summer(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "deals by stage and state").group == (Field.STAGE, Field.STATE)


def test_of_two_units_one_makes_the_rows(reader_of_four: FigureReader) -> None:
    by_month, by_rep = offered(reader_of_four, "average number of calls per rep per month")[:2]
    assert frame(reader_of_four, by_month).each is Field.REP
    assert frame(reader_of_four, by_rep).each is Field.MONTH


@pytest.mark.parametrize(
    "question", ["average calls per rep and month", "nombre moyen d'appels par commercial par mois"]
)
def test_two_units_are_refused_however_they_are_joined(reader_of_four: FigureReader, question: str) -> None:
    assert "what makes the rows" in refusal(reader_of_four, question)


@pytest.mark.parametrize("question", ["calls per rep per month", "average calls per rep for each month"])
def test_rows_of_two_are_no_average(reader_of_four: FigureReader, question: str) -> None:
    assert Field.MONTH in frame(reader_of_four, question).group


@pytest.mark.parametrize(
    ("question", "each", "total"),
    [
        ("average won value by product", "average won deal value by product", "total won value by product"),
        ("average won value per month", "average won deal value per month", "average total won value per month"),
        (
            "which product has the highest average revenue",
            "which product has the highest average won deal value",
            "which product has the highest total revenue",
        ),
    ],
)
def test_both_averages_of_money_are_offered(reader_of_four: FigureReader, question: str, each: str, total: str) -> None:
    assert offered(reader_of_four, question)[:2] == (each, total)


def test_minutes_on_calls_are_added_up(reader_of_four: FigureReader) -> None:
    assert "averaged or the totals" in refusal(reader_of_four, "average call minutes per day")
    assert frame(reader_of_four, "call minutes by rep").how is How.TOTAL


@pytest.mark.parametrize(
    "question", ["total calls and emails", "total number of calls and emails", "sum of calls and emails"]
)
def test_a_total_is_one_figure(reader_of_four: FigureReader, question: str) -> None:
    assert frame(reader_of_four, question).versus == ()


@pytest.mark.parametrize("question", ["calls and emails", "total value of won and lost deals"])
def test_without_one_each_has_its_row(reader_of_four: FigureReader, question: str) -> None:
    assert len(frame(reader_of_four, question).versus) == 2


def test_reps_without_something_are_listed(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "reps with no won deals").group == (Field.REP,)
    assert frame(reader_of_four, "how many reps have no won deals").group == ()


def test_a_share_of_some_in_a_region_is_of_either(reader_of_four: FigureReader) -> None:
    assert "part of theirs" in refusal(reader_of_four, "share of unanswered calls in the Nordics")
    assert "account region" in in_words(frame(reader_of_four, "share of calls in the Nordics that were unanswered"))


def test_people_are_counted_as_contacts_are(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "how many people have we called") == frame(
        reader_of_four, "how many contacts have we called"
    )


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("won deals year to date versus last year", date(2025, 10, 28)),
        ("won deals since January versus last year", date(2025, 10, 28)),
        ("calls quarter to date versus last quarter", date(2026, 7, 28)),
    ],
)
def test_what_is_not_over_is_set_beside_the_same_days(reader_of_four: FigureReader, question: str, day: date) -> None:
    assert reader_of_four.as_of == TO_DATE.end
    last = frame(reader_of_four, question, MORE).versus[-1]
    assert isinstance(last, When)
    assert last.period.end == day


def test_a_whole_year_that_is_named_is_none_of_the_same_days(reader_of_four: FigureReader) -> None:
    assert "name both sides" in refusal(reader_of_four, "won deals year to date versus 2025", MORE)


def test_mails_that_tell_no_way_are_no_mails_to_nobody(reader_of_four: FigureReader) -> None:
    values = {**reader_of_four.held.values, (About.ACTIVITIES, Field.DIRECTION): frozenset[str]()}
    undirected = replace(reader_of_four, held=replace(reader_of_four.held, values=values))
    assert "no direction was imported" in refusal(undirected, "how many accounts have we mailed")
    assert frame(undirected, "how many accounts have we called")


@pytest.mark.parametrize("question", ["average win rate by rep", "median win rate per quarter"])
def test_a_rate_is_not_averaged(reader_of_four: FigureReader, question: str) -> None:
    assert "no average is taken" in refusal(reader_of_four, question)
    assert frame(reader_of_four, offered(reader_of_four, question)[0]).how is How.SHARE


@pytest.mark.parametrize(
    "question",
    [
        "top 3 accounts per industry by number of calls",
        "3 largest deals per rep",
        "which rep made the most calls each month",
        "who has the most calls per month",
    ],
)
def test_the_first_of_each_group_are_not_told(reader_of_four: FigureReader, question: str) -> None:
    assert "first of each group" in refusal(reader_of_four, question)


def test_one_rank_is(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "which rep has the most calls per month on average").top == 1
    assert frame(reader_of_four, "most won deals by region").how is How.COUNT


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("average time between calls", "calls"),
        ("reps who never won a deal in the Nordics", "Nordics"),
        ("which reps have only lost deals", "only"),
        ("accounts where the last activity was a call", "last activity"),
        ("calls in May compared to the monthly average", "compared to"),
    ],
)
def test_what_a_frame_would_lose_is_refused(reader_of_four: FigureReader, question: str, word: str) -> None:
    assert f"cannot fit “{word}”" in refusal(reader_of_four, question)


def test_reps_with_fewer_than_so_many_are_listed(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "reps with fewer than 5 won deals").group == (Field.REP,)
    assert frame(reader_of_four, "how many reps have fewer than 5 won deals").group == ()


@pytest.mark.parametrize(
    ("question", "group"),
    [
        ("accounts by number of won deals", Field.ACCOUNT),
        ("accounts by calls", Field.ACCOUNT),
        ("reps by won deals", Field.REP),
        ("products by won deals", Field.PRODUCT),
    ],
)
def test_what_is_ordered_by_a_number_has_its_rows(reader_of_four: FigureReader, question: str, group: Field) -> None:
    found = frame(reader_of_four, question)
    assert (found.how, found.group) == (How.COUNT, (group,))
    assert found.about in (About.DEALS, About.ACTIVITIES)


def test_a_list_with_numbers_is_no_number_of_its_rows(reader_of_four: FigureReader) -> None:
    assert "two figures" in refusal(reader_of_four, "list of reps with number of calls")


@pytest.mark.parametrize("question", ["deals created and won in May", "how many deals did we create and win in May"])
def test_one_time_is_not_that_of_one_of_two_dates(reader_of_four: FigureReader, question: str) -> None:
    assert "which period is for what" in refusal(reader_of_four, question)


def test_deals_of_two_units_are_counted_by_neither(reader_of_four: FigureReader) -> None:
    assert "what makes the rows" in refusal(reader_of_four, "average deals per product per region")
