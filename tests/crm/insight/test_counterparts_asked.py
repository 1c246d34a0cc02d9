"""Customers, and ourselves, as the one side of a mail or a call; accounts that somebody contacted."""

from pathlib import Path

import pytest

from crm.insight.frame import About, Dated, Field, Has, When, Where
from crm.insight.read import FigureReader
from tests.crm.insight.test_lead_dates import reader
from tests.reading_figures import frame, refusal


def ways(reader: FigureReader, question: str) -> list[tuple[str, ...]]:
    found = frame(reader, question)
    assert found.about is About.ACTIVITIES
    return [c.values for c in found.where if isinstance(c, Where) and c.field is Field.DIRECTION]


@pytest.mark.parametrize(
    "question",
    [
        "how many emails came in from customers in May",
        "emails from our customers",
        "mails von Kunden im Mai",
        "emails para nosotros en mayo",
        "emails to us in May",
        "mails an uns",
        "mails à nous en mai",
        "mail a noi a maggio",
        "emails para nós",
    ],
)
def test_what_comes_from_customers_came_in(reader_of_four: FigureReader, question: str) -> None:
    assert ways(reader_of_four, question) == [("inbound",)]


@pytest.mark.parametrize(
    "question",
    [
        "calls to customers per rep",
        "mails an Kunden pro Mitarbeiter",
        "emails para clientes en mayo",
        "emails from us in May",
        "calls from us to customers",
        "mails von uns im Mai",
        "mails de nous en mai",
        "emails de nosotros en mayo",
        "mail da noi a maggio",
    ],
)
def test_what_goes_to_customers_went_out(reader_of_four: FigureReader, question: str) -> None:
    assert ways(reader_of_four, question) == [("outbound",)]


def test_what_is_ours_or_with_us_went_either_way(reader_of_four: FigureReader) -> None:
    assert ways(reader_of_four, "our emails in May") == ways(reader_of_four, "calls with us in May") == []


def test_customers_who_are_told_further_stay_a_condition(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "emails from Haulage customers")
    assert {c.field for c in found.where if isinstance(c, Where)} == {Field.TYPE, Field.DIRECTION, Field.INDUSTRY}
    assert refusal(reader_of_four, "emails from accounts of Hanna Lindqvist")  # theirs, not hers


@pytest.mark.parametrize(
    ("question", "without"),
    [
        ("accounts we contacted in May", False),
        ("how many accounts did Hanna Lindqvist contact in May", False),
        ("customers touched in May", False),
        ("how many accounts has nobody contacted in May", True),
        ("accounts not contacted in May", True),
        ("clients non contactés en mai", True),
    ],
)
def test_accounts_are_contacted_by_what_we_did(reader_of_four: FigureReader, question: str, without: bool) -> None:
    found = frame(reader_of_four, question)
    (had,) = (c for c in found.where if isinstance(c, Has))
    assert (found.about, had.about, had.negated) == (About.ACCOUNTS, About.ACTIVITIES, without)
    told = {c.field: (c.values, c.negated) for c in had.where if isinstance(c, Where)}
    assert set(told[Field.TYPE][0]) == {"call", "email", "event"}
    assert told[Field.DIRECTION] == (("inbound",), True)


@pytest.mark.parametrize(
    "question",
    ["leads never contacted", "leads qui n'ont jamais été contactés", "leads que no han sido nunca contactados"],
)
def test_a_lead_was_contacted_on_its_own_day(question: str, tmp_path: Path) -> None:
    (never,) = frame(reader(tmp_path)[1], question).where
    assert isinstance(never, When)
    assert (never.dated, never.missing) == (Dated.CONTACTED, True)
