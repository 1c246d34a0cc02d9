"""What brings us records, leads that come in, and a rate of leads."""

from pathlib import Path

import pytest

from crm.insight.frame import About, Column, Field, How, QueryFrame, When, Where
from crm.insight.read import FigureReader, Refused
from crm.records import db
from tests.crm.insight.test_lead_dates import PLAYBOOK, reader
from tests.reading_figures import JUNE, frame, read, refusal


@pytest.mark.parametrize(
    "question",
    [
        "which product brought us the most won deals",
        "which product has brought us the most deals",
        "which region earned us the most won deals",
    ],
)
def test_whatever_brings_the_most_deals_is_told_by_their_number(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    assert (found.how, found.of, found.top) == (How.COUNT, None, 1)
    assert Where(Field.STATE, ("won",)) in found.where


def test_whatever_brings_the_most_is_told_by_its_money(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "which product brought in the most").of is Column.VALUE


def test_leads_that_came_from_a_source(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "which job title gave us the most leads")
    assert (found.about, found.group, found.top) == (About.LEADS, (Field.JOB_TITLE,), 1)
    assert refusal(reader_of_four, "who gave us the most leads")


@pytest.mark.parametrize("question", ["open pipeline per rep, EUR deals only", "open pipeline per rep in EUR"])
def test_a_pipeline_in_a_currency_is_money(reader_of_four: FigureReader, question: str) -> None:
    assert frame(reader_of_four, question).of is Column.VALUE


@pytest.mark.parametrize("question", ["visits per rep", "Kundenbesuche je Verkäufer", "visites par commercial"])
def test_a_visit_is_any_meeting_and_none(reader_of_four: FigureReader, question: str) -> None:
    assert "ask for meetings" in refusal(reader_of_four, question)


@pytest.mark.parametrize(
    "question",
    [
        "how many leads did we receive in June",
        "how many leads came in in June",
        "leads we got in June",
        "combien de leads sont arrivés en June",
    ],
)
def test_leads_come_in_when_they_are_created(question: str, tmp_path: Path) -> None:
    found = read(reader(tmp_path)[1], question)
    assert isinstance(found, QueryFrame), found
    assert [(c.period, str(c.dated)) for c in found.where if isinstance(c, When)] == [(JUNE, "created")]


def test_without_a_time_every_lead_came_in(tmp_path: Path) -> None:
    found = read(reader(tmp_path)[1], "how many leads came in")
    assert isinstance(found, Refused)
    assert found.because.startswith("say in which period")


def test_a_rate_of_leads_needs_its_status(tmp_path: Path) -> None:
    store, before = reader(tmp_path)
    assert refusal(before, "qualification rate") == "no lead here has the status of such a rate"
    with store.writing() as connection:
        connection.execute(db.leads.update().where(db.leads.c.id == "l1").values(status="Qualified"))
    found = frame(FigureReader.over(store, PLAYBOOK), "qualification rate by status")
    assert (found.about, found.how, found.are) == (About.LEADS, How.SHARE, (Where(Field.STATUS, ("Qualified",)),))


def test_leads_that_wrote_back_did_not_come_in(reader_of_four: FigureReader) -> None:
    assert "says nothing about leads" in refusal(reader_of_four, "leads that got back to us in June")
