"""One is a number behind a bound or an only; months and years are bounds of an age, told back from the newest day."""

import pytest

from crm.insight.frame import About, Column, Has, Limit
from crm.insight.frame_words import in_words
from crm.insight.read import FigureReader
from tests.reading_figures import frame, refusal

NEWEST_LESS_A_YEAR, NEWEST_LESS_SIX_MONTHS = 365, 183  # from 2025-10-28, from 2026-04-28


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("accounts with more than one open deal", "number of accounts, with at least 2 deals state open"),
        ("how many accounts have more than one contact", "number of accounts, with at least 2 contacts"),
        ("Kunden mit mehr als einem offenen Deal", "number of accounts, with at least 2 deals state open"),
        ("comptes avec plus d'une affaire ouverte", "number of accounts, with at least 2 deals state open"),
        ("cuentas con más de un negocio abierto", "number of accounts, with at least 2 deals state open"),
        (
            "how many accounts have only one open deal",
            "number of accounts, with deals state open, fewer than 2 deals state open",
        ),
        (
            "accounts with a single open deal",
            "number of accounts, with deals state open, fewer than 2 deals state open",
        ),
        ("open deals older than one hundred and eighty days", "number of deals, state open, age in days above 180"),
    ],
)
def test_one_is_a_number(reader_of_four: FigureReader, question: str, words: str) -> None:
    assert in_words(frame(reader_of_four, question)) == words


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("open deals older than a year", NEWEST_LESS_A_YEAR),
        ("deals open for more than one year", NEWEST_LESS_A_YEAR),
        ("open deals older than 6 months", NEWEST_LESS_SIX_MONTHS),
        ("offene Deals älter als ein Jahr", NEWEST_LESS_A_YEAR),
    ],
)
def test_months_and_years_bound_an_age(reader_of_four: FigureReader, question: str, days: int) -> None:
    bounds = [c for c in frame(reader_of_four, question).where if isinstance(c, Limit)]
    assert bounds == [Limit(Column.AGE, low=days, strict=True)]


def test_an_hour_is_a_bound(reader_of_four: FigureReader) -> None:
    assert Limit(Column.DURATION, low=3600, strict=True) in frame(reader_of_four, "calls longer than an hour").where


@pytest.mark.parametrize(
    "question",
    [
        "won deals that took more than 2 months",  # how long a month was then is not said
        "leads not contacted for more than 60 days",  # never, or not since then
        "accounts with only won deals",
    ],
)
def test_what_may_mean_more_is_refused(reader_of_four: FigureReader, question: str) -> None:
    assert refusal(reader_of_four, question)


def test_not_a_single_one_is_none(reader_of_four: FigureReader) -> None:
    found = frame(reader_of_four, "how many reps on our sales team don't have a single deal")
    assert found.about is About.REPS
    assert [c.negated for c in found.where if isinstance(c, Has)] == [True]
