"""A figure that a follow-up changes: what it says is changed, and nothing else is lost."""

import pytest

from crm.insight.frame import About, Column, Field, Has, How, Kept, QueryFrame, Where
from crm.insight.read import FigureReader
from tests.reading_figures import frame


def refined(reader: FigureReader, question: str, follow_up: str) -> QueryFrame | None:
    return reader.refine(frame(reader, question), follow_up)


def changed(reader: FigureReader, question: str, follow_up: str) -> QueryFrame:
    """Fails where the follow-up says nothing about the figure."""
    found = refined(reader, question, follow_up)
    assert found is not None
    return found


def test_another_bound_takes_the_place_of_the_one_that_kept_the_rows(reader_of_four: FigureReader) -> None:
    found = changed(reader_of_four, "which reps have more than 5 deals", "more than 10")
    assert found.kept == Kept(10)
    assert found.where == ()


@pytest.mark.parametrize(
    ("follow_up", "top", "ascending"), [("top 3", 3, False), ("the highest", 1, False), ("the lowest", 1, True)]
)
def test_a_rank_is_one_of_the_rows_that_are_there(
    reader_of_four: FigureReader, follow_up: str, top: int, ascending: bool
) -> None:
    found = changed(reader_of_four, "open deals by rep", follow_up)
    assert (found.how, found.group, found.top, found.ascending) == (How.COUNT, (Field.REP,), top, ascending)


def test_an_extreme_is_turned_round(reader_of_four: FigureReader) -> None:
    found = changed(reader_of_four, "what is the largest open deal", "and the smallest?")
    assert (found.how, found.of) == (How.LEAST, Column.VALUE)


def test_another_aggregate_is_one_of_the_same_column(reader_of_four: FigureReader) -> None:
    found = changed(reader_of_four, "average call duration by rep", "and the total?")
    assert (found.how, found.of, found.about) == (How.TOTAL, Column.DURATION, About.ACTIVITIES)


def test_accounts_stay_accounts_and_keep_what_was_done_with_them(reader_of_four: FigureReader) -> None:
    found = changed(reader_of_four, "how many accounts did we call", "with an open deal")
    assert found.about is About.ACCOUNTS
    assert {c.about for c in found.where if isinstance(c, Has)} == {About.ACTIVITIES, About.DEALS}


def test_the_outcome_of_a_mail_is_not_told(reader_of_four: FigureReader) -> None:
    assert refined(reader_of_four, "how many mails did we send", "the unanswered ones") is None


def test_a_sum_of_the_same_deals_keeps_what_else_was_said(reader_of_four: FigureReader) -> None:
    found = changed(reader_of_four, "how many open deals by rep", "and their total value?")
    assert (found.how, found.of, found.group) == (How.TOTAL, Column.VALUE, (Field.REP,))
    assert Where(Field.STATE, ("open",)) in found.where
