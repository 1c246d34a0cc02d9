"""The table of readings: its order, and which of them holds first."""

from datetime import date

import pytest

from agents.base import Toolbox
from agents.dialogue.turn import Ask
from agents.listener import READINGS, Part
from agents.router import Route
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


@pytest.mark.parametrize(
    ("said", "route", "figure"),
    [
        ("tasks per rep", Route("engagement_check", 0.9, False), True),
        ("share of calls that were unanswered", Route("engagement_check", 0.9, False), True),
        ("leads by industry", Route("lead_priority", 0.9, False), True),
        ("how many leads have no telephone", Route("lead_priority", 0.9, False), True),
        ("won deals of Norvik and Quillan", Route("pipeline_insights", 0.9, False, "engagement_check"), False),
        ("number of won deals by rep and industry", Route("pipeline_insights", 0.9, False, "email_draft"), True),
        ("which customers should i call today", Route("engagement_check", 0.9, False), False),
        ("rank my leads by priority", Route("lead_priority", 0.9, False), False),
        ("calls per rep", Route("email_draft", 0.9, False), False),
    ],
)
def test_a_figure_in_every_word_is_one(said: str, route: Route, figure: bool, tools: Toolbox) -> None:
    ask = Ask(Question(said), Scope(as_of=date(2026, 10, 30)), said, tools, str, _never, route)
    reading = next(one for one in READINGS if one.name == "a figure in every word")
    assert bool(reading.read(ask)) is figure


@pytest.mark.parametrize(
    ("said", "unheld"),
    [
        ("which invoices are overdue", True),
        ("welche Rechnungen sind offen", True),
        ("welche Rechnungen", True),
        ("which prices did they complain about", False),
        ("which deals are open", False),
    ],
)
def test_a_list_of_what_no_import_filled_is_refused_as_a_figure(said: str, unheld: bool, tools: Toolbox) -> None:
    route = Route("account_summary", 0.9, False)
    ask = Ask(Question(said), Scope(as_of=date(2026, 10, 30)), said, tools, str, _never, route)
    reading = next(one for one in READINGS if one.name == "a list of what is not on record")
    assert bool(reading.read(ask)) is unheld
