"""Wholes that are told before their part, nouns beside what they own, times side by side, words that only ask."""

import pytest

from crm.insight.frame import About, Column, Dated, Field, How, Limit, When, Where
from crm.insight.read import FigureReader, Refused
from crm.insight.states import CLOSED, LOST, OPEN, WON
from tests.reading_figures import JUNE, MAY, frame, read


@pytest.mark.parametrize(
    "question",
    [
        "of the deals closed in May, what share was lost",
        "Of all closed deals in May, what portion got lost?",
        "lost deals as a share of all closed deals in May",
    ],
)
def test_the_whole_and_its_part_may_come_in_either_order(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert (found.how, found.are, found.group) == (How.SHARE, (LOST,), ())
    assert When(MAY, Dated.CLOSED) in found.where
    assert [c for c in found.where if isinstance(c, Where)] == [CLOSED]


def test_of_two_outcomes_that_are_counted_a_record_has_one(reader_of_four: FigureReader) -> None:
    (counted,) = frame(reader_of_four, "what proportion of meetings ended up cancelled or as a no-show").are
    assert isinstance(counted, Where)
    assert counted.field is Field.OUTCOME
    assert {*counted.values} == {"canceled", "cancelled", "no show"}


def test_nothing_can_be_counted_among_its_opposite(reader_of_four: FigureReader) -> None:
    assert isinstance(read(reader_of_four, "lost deals as a share of all open deals"), Refused)


def test_what_takes_in_both_sides_is_no_side(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "deals closed in May: how many won and how many lost?").versus == (WON, LOST)
    assert WON not in frame(reader_of_four, "deals closed in May, won and lost together, by rep").versus


def test_times_beside_each_other_are_set_side_by_side(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "how many deals were created in May and how many in June")
    assert found.versus == (When(MAY, Dated.CREATED), When(JUNE, Dated.CREATED))


@pytest.mark.parametrize(
    ("question", "group"),
    [
        ("revenue broken down by customer industry", (Field.INDUSTRY,)),
        ("win rate by industry of the customer", (Field.INDUSTRY,)),
        ("open deals by rep and industry", (Field.REP, Field.INDUSTRY)),
    ],
)
def test_who_owns_what_rows_are_split_by_splits_nothing(
    reader_of_four: FigureReader, question: str, group: tuple[Field, ...]
) -> None:
    assert frame(reader_of_four, question).group == group


@pytest.mark.parametrize(
    "question", ["value of open deals over all open deals", "how many deals did we win within May", "deals over May"]
)
def test_a_word_that_spans_bounds_nothing(reader_of_four: FigureReader, question: str) -> None:
    assert not any(isinstance(c, Limit) for c in frame(reader_of_four, question).where)


def test_a_currency_may_stand_before_its_number(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "how many deals over $5,000 are open")
    assert Limit(Column.VALUE, 5_000, None, strict=True) in found.where
    assert Where(Field.CURRENCY, ("USD",)) in found.where


def test_revenue_of_closed_deals_is_that_of_the_won_ones(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "what revenue have we closed in May").where[0] == WON


def test_a_pipeline_is_added_up_where_the_largest_is_asked(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "the 3 accounts with the largest open pipeline")
    assert (found.how, found.of, found.top) == (How.TOTAL, Column.VALUE, 3)


@pytest.mark.parametrize(
    "question",
    [
        "I require the number of open deals",
        "vorrei vedere il numero di deals open",
        "Board slide on effectiveness: number of open deals",
        "numbr of open dels",
    ],
)
def test_words_that_only_ask_refuse_nothing(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert (found.about, found.how, found.where) == (About.DEALS, How.COUNT, (OPEN,))


@pytest.mark.parametrize(
    "question",
    [
        "dormant deals by rep",
        "who has been unresponsive the longest",
        "Zenbrook: number of open deals",
        "undecided deals by rep",
        "show me the strategic open deals",
    ],
)
def test_a_strange_word_that_may_narrow_refuses(reader_of_four: FigureReader, question: str) -> None:
    assert isinstance(read(reader_of_four, question), Refused)


def test_what_stands_beside_what_is_counted_is_not_counted(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "how many contacts do we have at accounts in the Food industry")
    assert (found.about, found.how, found.of) == (About.CONTACTS, How.COUNT, None)


def test_of_several_told_first_one_may_be_the_part(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "counting only meetings that were held or no-shows, what is the no-show share by rep")
    assert (found.how, found.group, len(found.are)) == (How.SHARE, (Field.REP,), 1)
    assert not found.versus


def test_a_year_over_year_change_of_two_times_is_one_figure(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "year over year, by what percentage did won deals in June differ from May")
    assert found.group == ()
    assert len(found.versus) == 2


def test_kinds_across_all_accounts_are_not_split_by_account(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "how many different industries are there across our accounts")
    assert (found.about, found.how, found.of, found.group) == (About.ACCOUNTS, How.DISTINCT, Field.INDUSTRY, ())


def test_i_mean_asks_no_average(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "meetings I mean, how many per rep").how is How.COUNT
