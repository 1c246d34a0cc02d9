"""What is left out, what alone is meant, and of what a number is a bound: read right, or refused."""

from datetime import date

import pytest

from crm.insight.frame import About, Dated, Field, Has, How, When, Where
from crm.insight.read import FigureReader, Refused
from crm.nouns import Period
from tests.reading_figures import frame, read

BEFORE = {"before December": Period(None, date(2025, 11, 30), "before December")}


@pytest.mark.parametrize(
    "question",
    [
        "how many accounts did only Hanna Lindqvist call",
        "which reps only have open deals in EUR",
        "customers with won deals only",
        "deals in any stage but Proposal",
        "accounts with no activity except emails",
        "how many accounts without contacts or deals",
        "won value by rep, more than 300k only",
        "open value per rep, only over 300k",
        "open deals under 20k and over 80k",
        "accounts with more than 100m revenue and an open deal over 50k",
        "number of industries we never sold to",
        "meetings that were rescheduled and then held",
        "share of leads without an email from webinars",
        "average days between calls",
        "win rate by quarter of creation",
        "accounts with an open deal not in Proposal",
        "accounts with 3 or more deals of which one is open",
        "accounts with over 1000 employees or revenue above 200m",
        "accounts whose deals are all lost",
        "accounts where every call was unanswered",
        "accounts who wrote to us but we never replied",
    ],
)
def test_what_no_frame_holds_refuses(reader_of_four: FigureReader, question: str) -> None:
    assert isinstance(read(reader_of_four, question), Refused)


def test_a_bound_before_the_split_is_each_deals(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "total value of deals over 50k by rep").group == (Field.REP,)


def test_a_state_that_is_said_last_is_that_of_both_products(reader_of_four: FigureReader) -> None:
    both = frame(reader_of_four, "accounts with both Proposal and Prospecting open").where
    assert [Where(Field.STATE, ("open",)) in c.where for c in both if isinstance(c, Has)] == [True, True]


def test_a_part_of_two_outcomes_names_both(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "what percent of meetings were no-shows or cancelled")
    assert [c.said for c in found.are if isinstance(c, Where)] == ["no show or canceled"]


def test_answered_calls_as_a_share_of_calls_are_a_rate(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "calls answered by industry as a share of calls")
    assert found.how is How.SHARE
    assert [c.said for c in found.are if isinstance(c, Where)] == ["answered"]


def test_before_a_month_that_is_expected_is_before_the_coming_one(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "open deals due before December", BEFORE)
    (due,) = (c for c in found.where if isinstance(c, When))
    assert (due.dated, due.period.end) == (Dated.EXPECTED, date(2026, 11, 30))


def test_all_the_accounts_are_not_all_their_deals(reader_of_four: FigureReader) -> None:
    (has,) = frame(reader_of_four, "how many of all accounts have an open deal at all").where
    assert has == Has(About.DEALS, (Where(Field.STATE, ("open",)),))


def test_due_before_a_noun_is_the_italian_two(reader_of_four: FigureReader) -> None:
    (has,) = frame(reader_of_four, "clienti con almeno due trattative vinte").where
    assert isinstance(has, Has)
    assert has.least == 2
    assert isinstance(read(reader_of_four, "due deals"), Refused)


@pytest.mark.parametrize("question", ["nothing of the open deals", "half of the open deals"])
def test_what_is_not_known_and_narrows_is_never_left_out(reader_of_four: FigureReader, question: str) -> None:
    found = read(reader_of_four, question)
    assert isinstance(found, Refused)
    assert set(found.instead) <= set(reader_of_four.examples)
