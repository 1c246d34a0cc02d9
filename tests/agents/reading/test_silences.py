"""Since when somebody has been silent, as people say it."""

from datetime import date

import pytest

from agents.reading.silences import silence_of

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("which customers have we not talked to in three months", date(2026, 8, 18)),
        ("who has been quiet for over a month", date(2026, 10, 18)),
        ("who hasn't written in over 6 weeks", date(2026, 10, 7)),
        ("¿qué clientes llevan más de tres meses sin hablar con nosotros?", date(2026, 8, 18)),
        ("quels clients n'ont pas donné signe depuis plus de deux mois", date(2026, 9, 18)),
        ("wer hat sich seit über drei Monaten nicht gemeldet", date(2026, 8, 18)),
        ("chi non si fa vivo da più di due mesi", date(2026, 9, 18)),
    ],
)
def test_a_stretch_reaches_back_from_the_newest_day(text: str, start: date) -> None:
    found = silence_of(text, TODAY)
    assert found is not None
    assert (found.start, found.end) == (start, TODAY)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("which customers went silent since summer", date(2026, 9, 1)),
        ("who has not written since May", date(2026, 6, 1)),
        ("wer hat sich seit dem Sommer nicht gemeldet", date(2026, 9, 1)),
        ("quién no contesta desde mayo", date(2026, 6, 1)),
    ],
)
def test_who_is_silent_since_a_time_may_have_spoken_in_it(text: str, start: date) -> None:
    found = silence_of(text, TODAY)
    assert found is not None
    assert (found.start, found.end) == (start, TODAY)


@pytest.mark.parametrize("text", ["which customers went silent", "who was silent in Q3 2026", "not since november"])
def test_other_times_are_left_to_the_periods(text: str) -> None:
    assert silence_of(text, TODAY) is None
