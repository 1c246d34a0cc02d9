"""Who did something to whom, what was so then, and of what something is a part: read right, or refused."""

from datetime import date

import pytest

from crm.insight.frame import About, Dated, Field, Has, How, When, Where
from crm.insight.question.refusal import NOT_KEPT
from crm.insight.read import FigureReader
from crm.nouns import Period
from tests.reading_figures import frame, refusal

DAY = {"30 June": Period(date(2026, 6, 30), date(2026, 6, 30), "30 June")}
TODAY = {"today": Period(date(2026, 10, 28), date(2026, 10, 28), "today")}
OUT, IN = Where(Field.DIRECTION, ("outbound",)), Where(Field.DIRECTION, ("inbound",))


@pytest.mark.parametrize(
    "question",
    [
        "share of Proposal in Hanna Lindqvist's open deals",
        "part de Proposal dans les affaires ouvertes de Hanna Lindqvist",
        "Anteil von Proposal an den offenen Deals von Hanna Lindqvist",
    ],
)
def test_what_stands_before_the_in_is_the_part(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert found.are == (Where(Field.STAGE, ("Proposal",)),)
    assert {c.field for c in found.where if isinstance(c, Where)} == {Field.REP, Field.STATE}


def test_a_kind_of_record_is_a_part_of_all_of_them(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "share of calls in all activities by rep")
    assert (found.how, found.are, found.where) == (How.SHARE, (Where(Field.TYPE, ("call",)),), ())


@pytest.mark.parametrize(
    "question",
    [
        "deals that were in Proposal in May",
        "how many deals were open in May",
    ],
)
def test_what_something_was_then_is_not_on_record(reader_of_four: FigureReader, question: str) -> None:
    assert refusal(reader_of_four, question) == NOT_KEPT


def test_what_is_open_is_so_today(reader_of_four: FigureReader) -> None:
    assert refusal(reader_of_four, "open deals on 30 June", DAY) == NOT_KEPT
    assert frame(reader_of_four, "open deals today", TODAY).where == (Where(Field.STATE, ("open",)),)


def test_between_two_times_lies_all_that_is_between(reader_of_four: FigureReader) -> None:
    (when,) = frame(reader_of_four, "calls between May and June").where[1:]
    assert isinstance(when, When)
    assert (when.period.start, when.period.end) == (date(2026, 5, 1), date(2026, 6, 30))
    assert len(frame(reader_of_four, "difference in calls between May and June").versus) == 2


@pytest.mark.parametrize(
    "question", ["deals not won in May", "deals that did not close in May", "calls from May to now"]
)
def test_what_did_not_happen_then_is_not_what_began_then(reader_of_four: FigureReader, question: str) -> None:
    assert "cannot fit" in refusal(reader_of_four, question)


@pytest.mark.parametrize("question", ["deals overdue since May", "deals overdue by more than 30 days"])
def test_since_when_a_deal_is_overdue_is_no_age(reader_of_four: FigureReader, question: str) -> None:
    assert "overdue" in refusal(reader_of_four, question)


def test_an_overdue_deal_has_an_age_and_a_creation(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "overdue deals created in May older than 90 days")
    assert {c.dated for c in found.where if isinstance(c, When)} == {Dated.CREATED, Dated.EXPECTED}


@pytest.mark.parametrize(
    "question",
    [
        "emails to which we never replied",
        "emails never sent by Hanna Lindqvist",
        "emails sent by customers",
        "meetings cancelled by the customer",
        "wie viele E-Mails haben Kunden an Hanna Lindqvist gesendet",
        "clients dont les affaires sont perdues",
        "calls in May compared to the average month",
    ],
)
def test_what_customers_did_is_not_told_of_ours(reader_of_four: FigureReader, question: str) -> None:
    assert "cannot fit" in refusal(reader_of_four, question)


def test_who_is_mailed_is_not_who_mails(reader_of_four: FigureReader) -> None:
    email = Where(Field.TYPE, ("email",))
    (has,) = frame(reader_of_four, "how many accounts did Hanna Lindqvist mail").where
    assert isinstance(has, Has)
    assert {email, OUT} < {*has.where}
    people = frame(reader_of_four, "how many different contacts mailed us")
    assert (people.about, people.of, people.where) == (About.ACTIVITIES, Field.CONTACT, (email, IN))


def test_anyone_but_one_leaves_that_one_out(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "calls made by anyone but Hanna Lindqvist")
    assert Where(Field.REP, ("Hanna Lindqvist",), negated=True) in found.where


def test_what_is_left_out_first_ends_with_its_comma(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "except Hanna Lindqvist, who made the most calls")
    assert set(found.where) == {Where(Field.REP, ("Hanna Lindqvist",), negated=True), Where(Field.TYPE, ("call",))}
