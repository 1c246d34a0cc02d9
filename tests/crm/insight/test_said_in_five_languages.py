"""Questions of one ordinary day in five languages, each with the frame it becomes, in words."""

from dataclasses import replace
from datetime import date

import pytest

from crm.insight.frame import About, Field
from crm.insight.frame_words import in_words
from crm.insight.question.lexicon import Lexicon
from crm.insight.read import FigureReader
from crm.nouns import Period
from tests.reading_figures import frame, refusal

NOVEMBER = Period(date(2025, 11, 1), date(2025, 11, 30), "November")
THIS_YEAR = Period(date(2026, 1, 1), date(2026, 12, 31), "this year")
LAST_WEEK = Period(date(2026, 10, 19), date(2026, 10, 25), "last week")
BEFORE = Period(None, date(2025, 11, 30), "before December")
TIMES = {"November": NOVEMBER, "this year": THIS_YEAR, "last week": LAST_WEEK, "before December": BEFORE}
MEETINGS = "number of activities, type event"
AHEAD = "dated from 2026-10-29 to the newest"

READ = {
    "¿cuál fue el mejor mes en número de negocios ganados?": "number of deals, state won, by month, the highest",
    "qué país tiene más negocios abiertos": "number of deals, state open, by account region, the highest",
    "meetings coming up in November": f"{MEETINGS}, dated from 2026-11-01 to 2026-11-30, {AHEAD}",
    "upcoming meetings this year": f"{MEETINGS}, dated from 2026-01-01 to 2026-12-31, {AHEAD}",
    "planned meetings this year": (
        "number of activities, outcome scheduled, type event, dated from 2026-01-01 to 2026-12-31"
    ),
    "meetings planned before December": (
        "number of activities, type event, outcome scheduled, dated from the beginning to 2026-11-30"
    ),
    "how many calls have a duration of 0 seconds": (
        "number of activities, type call, duration in seconds at least 0 and at most 0"
    ),
    "deals with a value of 48000 EUR": "number of deals, currency EUR, value at least 48000 and at most 48000",
    "calls with a duration of 5 minutes": "",  # to the second?
    "quanto dura in media una trattativa": "average sales cycle in days of deals, state won or lost",
    "¿qué llamadas duran más de 10 minutos?": "number of activities, type call, duration in seconds above 600",
    "le attività che seguono una chiamata": "",  # are no calls
    "porcentaje de negocios ganados sobre los cerrados": "share of deals that are won, state won or lost",
    "quel pourcentage des tâches est terminé": "share of activities that are held, type task",
    "total dollar value of won deals": "total value of deals, state won",  # with one currency on record it is money
}


@pytest.mark.parametrize(("question", "said"), READ.items())
def test_a_question_is_read_as_it_was_meant_or_refused(reader_of_four: FigureReader, question: str, said: str) -> None:
    if said:
        assert in_words(frame(reader_of_four, question, TIMES)) == said
    else:
        assert refusal(reader_of_four, question, TIMES)


def test_nothing_is_ahead_in_a_time_that_is_over(reader_of_four: FigureReader) -> None:
    assert "last week" in refusal(reader_of_four, "upcoming meetings last week", TIMES)


def holding(reader: FigureReader, about: About, field: Field, *values: str) -> FigureReader:
    """The same reader, as if its store held these values."""
    held = replace(reader.held, values={**reader.held.values, (about, field): frozenset(values)})
    words = reader.lexicon.words
    return FigureReader(Lexicon(words, held.named(words.spellings, words.weekdays)), held, reader.as_of, reader.types)


def test_dollar_value_is_in_dollars_where_there_are_other_currencies(reader_of_four: FigureReader) -> None:
    several = holding(reader_of_four, About.DEALS, Field.CURRENCY, "EUR", "USD")
    said = in_words(frame(several, "total dollar value of won deals"))
    assert said == "total value of deals, currency USD, state won"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("quanti lead qualificati abbiamo", "number of leads, status Qualified"),
        ("leads calificados por comercial", "number of leads, status Qualified, by rep"),
        ("wie viele qualifizierte Leads", "number of leads, status Qualified"),
        ("leads nuevos por comercial", "number of leads, status New, by rep"),
    ],
)
def test_a_status_is_known_in_other_languages(reader_of_four: FigureReader, question: str, said: str) -> None:
    owned = holding(reader_of_four, About.LEADS, Field.REP, "Hanna Lindqvist")
    asked = holding(owned, About.LEADS, Field.STATUS, "New", "Qualified")
    assert in_words(frame(asked, question)) == said


def test_which_of_somebodys_reps_asks_for_a_rep(reader_of_four: FigureReader) -> None:
    led = holding(reader_of_four, About.DEALS, Field.MANAGER, "Ingrid Solberg")
    said = in_words(frame(led, "which of Ingrid's reps lost the most deals"))
    assert said == "number of deals, manager Ingrid Solberg, state lost, by rep, the highest"
