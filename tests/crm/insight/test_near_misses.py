"""Questions that would be computed as something near what was asked: each is read right, or refused."""

from datetime import date

import pytest

from crm.insight.frame import About, Column, Dated, Field, Has, How, Limit, QueryFrame, When, Where
from crm.insight.read import FigureReader, Refused
from crm.nouns import Period
from tests.reading_figures import MAY, frame, refusal

WEEKS = {"2 weeks ago": Period(date(2026, 10, 12), date(2026, 10, 18), "2 weeks ago")}
MONTHS = {"3 months ago": Period(date(2026, 7, 1), date(2026, 7, 31), "3 months ago")}
QUARTERS = {"2 quarters ago": Period(date(2026, 4, 1), date(2026, 6, 30), "2 quarters ago")}
JULY = {"July": Period(date(2026, 7, 1), date(2026, 7, 31), "July")}
DECEMBER = {"December": Period(date(2025, 12, 1), date(2025, 12, 31), "December")}


@pytest.mark.parametrize(
    "question",
    [
        "open deals over 50k or older than 90 days",
        "deals over 50k or under 10k",
        "how many deals are in Proposal or of Hanna Lindqvist",
        "how many accounts without a call or an open deal",
        "offene Deals über 50k oder älter als 90 Tage",
    ],
)
def test_an_or_between_unlike_things_is_no_and(reader_of_four: FigureReader, question: str) -> None:
    assert "cannot fit" in refusal(reader_of_four, question)


def test_an_or_between_values_of_one_field_is_one_condition(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "deals in Proposal or Prospecting").where == (
        Where(Field.STAGE, ("Proposal", "Prospecting")),
    )


@pytest.mark.parametrize(
    "question", ["all calls except calls by Hanna Lindqvist", "won deals excluding won deals in EUR"]
)
def test_what_is_left_out_is_not_all_that_is_asked(reader_of_four: FigureReader, question: str) -> None:
    assert "left out is all" in refusal(reader_of_four, question)


def test_two_bounds_on_one_column_are_one_below_and_one_above(reader_of_four: FigureReader) -> None:
    assert "two numbers" in refusal(reader_of_four, "deals over 50k and over 20k")
    limits = [c for c in frame(reader_of_four, "deals over 10k and under 50k").where if isinstance(c, Limit)]
    assert {(c.low, c.high) for c in limits} == {(10_000, None), (None, 50_000)}


def test_a_time_ago_is_a_day_that_lies_so_far_back(reader_of_four: FigureReader) -> None:
    today = reader_of_four.as_of
    assert today == date(2026, 10, 28)

    def created(question: str, ago: dict[str, Period]) -> Period:
        (when,) = frame(reader_of_four, question, ago).where
        assert isinstance(when, When)
        assert when.dated is Dated.CREATED
        return when.period

    recent = created("deals created less than 2 weeks ago", WEEKS)
    assert (recent.start, recent.end) == (date(2026, 10, 15), today)
    assert created("deals created more than 3 months ago", MONTHS).end == date(2026, 7, 27)
    assert created("deals created more than 2 quarters ago", QUARTERS).end == date(2026, 4, 27)


def test_a_month_that_is_expected_is_the_nearest(reader_of_four: FigureReader) -> None:
    def expected(question: str, times: dict[str, Period]) -> int:
        found = frame(reader_of_four, question, times)
        (year,) = {c.period.start.year for c in found.where if isinstance(c, When) and c.period.start}
        return year

    assert expected("open deals closing in December", DECEMBER) == 2026
    assert expected("open deals expected to close in July", JULY) == 2026


@pytest.mark.parametrize(
    "question",
    [
        "which accounts have more than 100k open pipeline on average",
        "accounts without more than 3 open deals",
    ],
)
def test_rows_are_kept_by_the_figure_that_was_bounded(reader_of_four: FigureReader, question: str) -> None:
    assert "do not know" not in refusal(reader_of_four, question)  # refused for what it asks, not for a word


@pytest.mark.parametrize("question", ["half of the deals", "Stalled in our pipeline by stage", "half the open deals"])
def test_a_word_that_narrows_is_no_word_of_asking(reader_of_four: FigureReader, question: str) -> None:
    assert "do not know" in refusal(reader_of_four, question)


@pytest.mark.parametrize(
    "question",
    ["how many accounts with only won deals", "accounts that only bought Dock", "accounts with just EUR deals"],
)
def test_only_is_heard_where_it_would_leave_accounts_out(reader_of_four: FigureReader, question: str) -> None:
    assert "cannot fit" in refusal(reader_of_four, question)


def test_only_says_nothing_more_of_a_value(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "only EUR deals by rep") == frame(reader_of_four, "EUR deals by rep")


@pytest.mark.parametrize(
    "question",
    ["top 3 deals per rep", "deals over 2% of the total", "the largest deal but one", "top 10 % of accounts by value"],
)
def test_no_number_that_was_said_is_dropped(reader_of_four: FigureReader, question: str) -> None:
    assert "do not know" not in refusal(reader_of_four, question)  # refused for what it asks, not for a word


def test_an_each_of_nothing_is_no_total(reader_of_four: FigureReader) -> None:
    assert "cannot fit" in refusal(reader_of_four, "how many contacts each")
    assert frame(reader_of_four, "calls by Hanna Lindqvist and Claire Dumont, how many each").versus


def test_what_was_bought_is_told_of_each_product(reader_of_four: FigureReader) -> None:
    won = Where(Field.STATE, ("won",))
    has = [c for c in frame(reader_of_four, "how many accounts bought Dock but not Plan").where if isinstance(c, Has)]
    assert [(h.about, h.negated, won in h.where) for h in has] == [
        (About.DEALS, False, True),
        (About.DEALS, True, True),
    ]


def test_without_one_thing_and_another_must_say_of_which(reader_of_four: FigureReader) -> None:
    assert "say of each" in refusal(reader_of_four, "how many accounts without calls and mails")


def test_by_a_day_is_until_it(reader_of_four: FigureReader) -> None:
    (when,) = [c for c in frame(reader_of_four, "how many deals had we won by May").where if isinstance(c, When)]
    assert (when.period.start, when.period.end) == (None, MAY.end)


@pytest.mark.parametrize(("words", "low"), [("50 million", 50), ("50,000,000", 50), ("50", 50)])
def test_a_companys_revenue_is_bounded_in_millions(reader_of_four: FigureReader, words: str, low: float) -> None:
    found = frame(reader_of_four, f"how many accounts have a revenue over {words}").where
    assert Limit(Column.REVENUE, low, None, strict=True) in found


def test_a_magnitude_behind_the_last_number_holds_for_both(reader_of_four: FigureReader) -> None:
    assert Limit(Column.VALUE, 10_000, 20_000, False) in frame(reader_of_four, "deals between 10 and 20k").where


@pytest.mark.parametrize(
    "question",
    [
        "what share of open deals does Hanna Lindqvist have",
        "Hanna Lindqvist's share of open deals",
        "win rate and number of deals by rep",
    ],
)
def test_of_what_a_share_is_must_be_plain(reader_of_four: FigureReader, question: str) -> None:
    assert "do not know" not in refusal(reader_of_four, question)  # refused for what it asks, not for a word


def test_emptiness_may_stand_behind_what_is_not_there(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "how many open deals with the account field empty")
    assert found == frame(reader_of_four, "how many open deals without an account")


def test_what_is_missing_is_the_part_of_those_told_before(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "what % of Proposal deals are missing an account?")
    assert found.how is How.SHARE
    assert found.are == (Where(Field.ACCOUNT, (), negated=True),) or found.are == (Where(Field.ACCOUNT, ()),)
    assert Where(Field.STAGE, ("Proposal",)) in found.where


def test_a_deal_that_is_open_is_open_today(reader_of_four: FigureReader) -> None:
    today = {"today": Period(date(2026, 10, 28), date(2026, 10, 28), "today")}
    found = frame(reader_of_four, "how many open deals does each rep have today", today)
    assert not [c for c in found.where if isinstance(c, When)]
    created = frame(reader_of_four, "open deals created today", today)
    assert [c for c in created.where if isinstance(c, When)]


def test_land_is_a_win_unless_rows_are_split_by_it(reader_of_four: FigureReader) -> None:
    assert Where(Field.STATE, ("won",)) in frame(reader_of_four, "how many deals did each rep land").where
    assert frame(reader_of_four, "Anzahl Kunden pro Land").group == (Field.ACCOUNT_REGION,)


def test_the_nearest_question_is_the_same_without_the_word_that_nobody_knows(reader_of_four: FigureReader) -> None:
    found = reader_of_four.read("how many open deals did each rep frobnicate")
    assert isinstance(found, Refused)
    assert "frobnicate" in found.because
    assert found.instead[0] == "how many open deals did each rep"
    assert isinstance(reader_of_four.read(found.instead[0]), QueryFrame)


@pytest.mark.parametrize("question", ["how many accounts answered", "number of accounts that never answered"])
def test_an_account_answers_in_whatever_way(reader_of_four: FigureReader, question: str) -> None:
    (has,) = frame(reader_of_four, question).where
    assert isinstance(has, Has)
    assert has.where == (Where(Field.LABEL, ("ENGAGED",)),)


def test_calls_are_answered_as_the_crm_says(reader_of_four: FigureReader) -> None:
    (has,) = frame(reader_of_four, "how many accounts have answered calls").where
    assert isinstance(has, Has)
    assert {c.field for c in has.where if isinstance(c, Where)} == {Field.OUTCOME, Field.TYPE}
