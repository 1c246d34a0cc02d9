"""When what cannot be decided leaves open whether an account answered."""

import pytest

from crm.engagement.overview import Answered, Pulse


def pulse(not_engaged: int, nd: int, likely: int = 0, unjudged: int = 0) -> Pulse:
    records = not_engaged + nd + unjudged
    return Pulse("A1", records, 0, not_engaged, nd, last_engaged=None, last=None, likely=likely)


@pytest.mark.parametrize(
    ("counted", "answered"),
    [
        (pulse(not_engaged=6, nd=1), Answered.APPROACHED),  # a to-do without words beside six unanswered calls
        (pulse(not_engaged=6, nd=1, likely=1), Answered.UNDECIDED),  # a record that reads like an answer
        (pulse(not_engaged=2, nd=2), Answered.UNDECIDED),
        (pulse(not_engaged=0, nd=1), Answered.UNDECIDED),
        (pulse(not_engaged=1, nd=0, unjudged=3), Answered.UNDECIDED),  # not judged yet: nobody knows
        (pulse(not_engaged=3, nd=0), Answered.APPROACHED),
        (pulse(not_engaged=0, nd=0), Answered.NO_RECORD),
    ],
)
def test_a_few_undecided_records_do_not_make_chasing_an_open_question(counted: Pulse, answered: Answered) -> None:
    assert counted.answered is answered
