"""A time that is under way is set against as much of an earlier one, where that is said; else it is asked back."""

from datetime import date

import pytest

from crm.insight.frame import When
from crm.insight.question.lexicon import Named
from crm.insight.question.refusal import UNDER_WAY
from crm.insight.read import FigureReader, Refused
from crm.nouns import Period
from tests.reading_figures import frame, read, refusal

NEWEST = date(2026, 10, 28)  # of the small CRM, a Wednesday
DAYS = {
    "this quarter": (date(2026, 10, 1), date(2026, 12, 31)),
    "last quarter": (date(2026, 7, 1), date(2026, 9, 30)),
    "this year": (date(2026, 1, 1), date(2026, 12, 31)),
    "last year": (date(2025, 1, 1), date(2025, 12, 31)),
    "this week": (date(2026, 10, 26), date(2026, 11, 1)),
    "last week": (date(2026, 10, 19), date(2026, 10, 25)),
    "last month": (date(2026, 9, 1), date(2026, 9, 30)),
    "Q3": (date(2026, 7, 1), date(2026, 9, 30)),
    "year to date": (date(2026, 1, 1), NEWEST),
    "a year ago": (date(2025, 10, 28), date(2025, 10, 28)),
    "2025": (date(2025, 1, 1), date(2025, 12, 31)),
    "l'an dernier": (date(2025, 1, 1), date(2025, 12, 31)),
    "im Vorjahr": (date(2025, 1, 1), date(2025, 12, 31)),
    "letztes Quartal": (date(2026, 7, 1), date(2026, 9, 30)),
    "dieses Quartal": (date(2026, 10, 1), date(2026, 12, 31)),
}
TIMES = {words: Period(start, end, words) for words, (start, end) in DAYS.items()}


def spans(reader: FigureReader, question: str) -> list[tuple[date | None, date | None]]:
    compared = frame(reader, question, TIMES).versus
    return [(c.period.start, c.period.end) for c in compared if isinstance(c, When)]


@pytest.mark.parametrize(
    ("question", "now", "then"),
    [
        (
            "won deals in Q3 vs the same period last year",
            (date(2026, 7, 1), date(2026, 9, 30)),
            (date(2025, 7, 1), date(2025, 9, 30)),
        ),
        (
            "won deals this quarter vs the same time last year",
            (date(2026, 10, 1), NEWEST),
            (date(2025, 10, 1), date(2025, 10, 28)),
        ),
        (
            "did we win more deals this quarter than the same period last quarter",
            (date(2026, 10, 1), NEWEST),
            (date(2026, 7, 1), date(2026, 7, 28)),
        ),
        (
            "calls this week vs the same period last week",
            (date(2026, 10, 26), NEWEST),
            (date(2026, 10, 19), date(2026, 10, 21)),
        ),
        (
            "calls this week vs the same period last year",
            (date(2026, 10, 26), NEWEST),
            (date(2025, 10, 27), date(2025, 10, 29)),
        ),
        (
            "won deals last month vs the same period a year ago",
            (date(2026, 9, 1), date(2026, 9, 30)),
            (date(2025, 9, 1), date(2025, 9, 30)),
        ),
        (
            "won deals year to date vs the same period last year",
            (date(2026, 1, 1), NEWEST),
            (date(2025, 1, 1), date(2025, 10, 28)),
        ),
        (
            "won deals this quarter vs last quarter up to the same day",
            (date(2026, 10, 1), NEWEST),
            (date(2026, 7, 1), date(2026, 7, 28)),
        ),
        (
            "did we win more deals than last quarter up to the same day",
            (date(2026, 10, 1), NEWEST),
            (date(2026, 7, 1), date(2026, 7, 28)),
        ),
        (
            "won deals this quarter vs last quarter as a whole",
            (date(2026, 10, 1), date(2026, 12, 31)),
            (date(2026, 7, 1), date(2026, 9, 30)),
        ),
        (
            "affaires gagnées Q3 par rapport à la même période l'an dernier",
            (date(2026, 7, 1), date(2026, 9, 30)),
            (date(2025, 7, 1), date(2025, 9, 30)),
        ),
        (
            "gewonnene Deals Q3 im Vergleich zum gleichen Zeitraum im Vorjahr",
            (date(2026, 7, 1), date(2026, 9, 30)),
            (date(2025, 7, 1), date(2025, 9, 30)),
        ),
    ],
)
def test_two_stretches_are_as_long_as_each_other(
    reader_of_four: FigureReader, question: str, now: tuple[date, date], then: tuple[date, date]
) -> None:
    assert spans(reader_of_four, question) == [now, then]


@pytest.mark.parametrize(
    ("question", "ways"),
    [
        (
            "won deals this quarter vs last quarter",
            (
                "won deals this quarter vs last quarter up to the same day",
                "won deals this quarter vs last quarter as a whole",
            ),
        ),
        (
            "did we win more deals than last quarter",
            (
                "did we win more deals than last quarter up to the same day",
                "did we win more deals than last quarter as a whole",
            ),
        ),
        (
            "gewonnene Deals dieses Quartal gegen letztes Quartal",
            (
                "gewonnene Deals dieses Quartal gegen letztes Quartal bis zum selben Tag",
                "gewonnene Deals dieses Quartal gegen letztes Quartal als Ganzes",
            ),
        ),
    ],
)
def test_a_part_against_a_whole_is_asked_back(
    reader_of_four: FigureReader, question: str, ways: tuple[str, ...]
) -> None:
    found = read(reader_of_four, question, TIMES)
    assert isinstance(found, Refused)
    assert (found.because, found.instead[:2]) == (UNDER_WAY, ways)


@pytest.mark.parametrize(
    "question",
    [
        "won deals compared with the same period last year",
        "won deals last month vs the same period last week",
        "won deals in Q3 vs the same period",
        "won deals last year vs the same period last quarter",
    ],
)
def test_where_no_such_stretch_lies_both_sides_are_asked(reader_of_four: FigureReader, question: str) -> None:
    assert refusal(reader_of_four, question, TIMES) == "I do not see what is compared with what; name both sides"


def test_times_that_are_over_are_compared_as_they_are(reader_of_four: FigureReader) -> None:
    assert spans(reader_of_four, "won deals last month vs June") == [
        (date(2026, 9, 1), date(2026, 9, 30)),
        (date(2026, 6, 1), date(2026, 6, 30)),
    ]


@pytest.mark.parametrize(
    ("follow_up", "now", "then"),
    [
        ("against last quarter", (date(2026, 10, 1), NEWEST), (date(2026, 7, 1), date(2026, 7, 28))),
        (
            "against last quarter as a whole",
            (date(2026, 10, 1), date(2026, 12, 31)),
            (date(2026, 7, 1), date(2026, 9, 30)),
        ),
    ],
)
def test_a_follow_up_compares_as_many_days(
    reader_of_four: FigureReader, follow_up: str, now: tuple[date, date], then: tuple[date, date]
) -> None:
    first = frame(reader_of_four, "won deals this quarter", TIMES)
    start = follow_up.index("last quarter")
    named = [Named(start, start + len("last quarter"), TIMES["last quarter"])]
    found = reader_of_four.refine(first, follow_up, named)
    assert found is not None
    assert [(c.period.start, c.period.end) for c in found.versus if isinstance(c, When)] == [now, then]
