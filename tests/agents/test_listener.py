"""The table of readings: its order, and which of them holds first."""

from datetime import date

import pytest

from agents.base import Toolbox
from agents.dialogue.turn import Ask
from agents.listener import READINGS, Part
from crm.nouns import Answer, Brief, Question, Scope, Turn
from tests.four_accounts import account


def test_readings_stand_in_the_order_in_which_they_are_tried() -> None:
    parts = [one.part.value for one in READINGS]
    assert parts == sorted(parts)
    assert len({one.name for one in READINGS}) == len({one.read for one in READINGS}) == len(READINGS)


def _never(question: Question, history: tuple[Turn, ...]) -> Brief:
    raise AssertionError("nothing is counted here")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("how do you know?", "how that is known"),
        ("shorter", "a wish about the answer"),
        ("and in August?", "the same of another time"),
        ("and before that?", "the same of earlier, later or another of ours"),
        ("what are the risks?", "a part of the account's summary"),
        ("what did they say about the price in the last call?", ""),
    ],
)
def test_the_first_that_holds_counts(said: str, name: str, tools: Toolbox) -> None:
    scope = Scope(account=account(tools, "Norvik Maritime"), as_of=date(2026, 10, 30))
    history = (Turn("sum Norvik up", Answer("", route="account_summary", scope=scope)),)
    ask = Ask(Question(said, history), scope, said, tools, str, _never)
    holding = [one.name for one in READINGS if one.part is Part.LEANING and one.read(ask)]
    assert next(iter(holding), "") == name
