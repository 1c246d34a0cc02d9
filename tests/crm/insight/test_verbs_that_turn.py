"""Verbs that give what follows them another sense, and what they leave as it is."""

import pytest

from crm.insight.frame import Column, Field, How, Limit, Where
from crm.insight.read import FigureReader
from tests.reading_figures import MAY, frame, refusal

LASTED = dict.fromkeys(("for 3 months", "da 3 mesi", "seit 3 Monaten", "desde hace 3 meses"), MAY)


@pytest.mark.parametrize(
    "question",
    [
        "deals that have been running for 3 months",
        "deals going on for 3 months",
        "trattative che durano da 3 mesi",
        "Deals die seit 3 Monaten laufen",
        "Deals die seit 3 Monaten dauern",
        "negocios que duran desde hace 3 meses",
    ],
)
def test_how_long_deals_have_lasted_is_no_day_of_creation(reader_of_four: FigureReader, question: str) -> None:
    assert "cannot fit" in refusal(reader_of_four, question, LASTED)


def test_a_time_that_is_told_of_something_else_stays(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "wie lange dauern im Mai gewonnene Deals")
    assert (found.how, found.of) == (How.MEAN, Column.CYCLE)


def test_behind_the_records_a_number_of_months_is_no_rank(reader_of_four: FigureReader) -> None:
    assert "cannot fit" in refusal(reader_of_four, "deals which took 3 months")
    found = frame(reader_of_four, "which 3 months had the most won deals")
    assert (found.group, found.top) == ((Field.MONTH,), 3)


@pytest.mark.parametrize(
    "question",
    [
        "attività seguite da una chiamata",
        "emails followed by a meeting",
        "activities followed by a call",
        "actividades seguidas por una llamada",
        "activités suivies par un appel",
    ],
)
def test_what_came_after_something_is_not_told(reader_of_four: FigureReader, question: str) -> None:
    assert "cannot fit" in refusal(reader_of_four, question)


@pytest.mark.parametrize("question", ["trattative seguite da Hanna Lindqvist", "deals followed by Hanna Lindqvist"])
def test_who_follows_a_deal_is_its_rep(reader_of_four: FigureReader, question: str) -> None:
    assert Where(Field.REP, ("Hanna Lindqvist",)) in frame(reader_of_four, question).where


@pytest.mark.parametrize(
    "question", ["top accounts with revenue 5", "top conti con fatturato 5", "Top Kunden mit Umsatz 5"]
)
def test_a_number_behind_what_they_have_is_not_how_many(reader_of_four: FigureReader, question: str) -> None:
    assert refusal(reader_of_four, question)


def test_a_number_behind_what_ranks_them_is_how_many(reader_of_four: FigureReader) -> None:
    assert frame(reader_of_four, "top accounts by number of deals 5").top == 5


@pytest.mark.parametrize(
    "question",
    [
        "deals that took more than 90 days",
        "deals that lasted more than 90 days",
        "Deals die länger als 90 Tage gedauert haben",
        "affaires qui ont duré plus de 90 jours",
        "negocios que tardaron más de 90 días",
        "trattative durate più di 90 giorni",
        "negócios que demoraram mais de 90 dias",
    ],
)
def test_deals_that_took_so_long_are_closed(reader_of_four: FigureReader, question: str) -> None:
    found = frame(reader_of_four, question)
    limits = [(c.column, c.low) for c in found.where if isinstance(c, Limit)]
    assert (found.how, limits) == (How.COUNT, [(Column.CYCLE, 90)])
    assert Where(Field.STATE, ("won", "lost")) in found.where


def test_deals_that_are_so_old_are_open(reader_of_four: FigureReader) -> None:
    (limit,) = (c for c in frame(reader_of_four, "open deals older than 90 days").where if isinstance(c, Limit))
    assert limit.column is Column.AGE
