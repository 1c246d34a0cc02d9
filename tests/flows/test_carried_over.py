"""What a question takes from the one before is said, where it does not point there."""

from pathlib import Path

import pytest

from agents.assistant import Assistant
from agents.base import Toolbox
from agents.carried_over import CARRIED
from crm.nouns import Answer, Question, Turn
from crm.writing import TemplateWriter
from tests.four_accounts import PLAYBOOK
from tests.whole import assistant

FIRST = "What did Norvik say in 2026?"


@pytest.fixture(scope="module")
def house(tools: Toolbox, learned: Path) -> Assistant:
    return assistant(tools, TemplateWriter(PLAYBOOK), learned)


def after(house: Assistant, text: str) -> Answer:
    first = list(house.turn(Question(FIRST)))[-1]
    assert not [n for n in first.notices if "question before" in n]
    return list(house.turn(Question(text, (Turn(FIRST, first),))))[-1]


def test_an_account_and_a_time_that_nobody_named_again_are_told(house: Assistant) -> None:
    answer = after(house, "what did they say about the price?")
    assert answer.scope.period is not None
    assert CARRIED.format(answer.scope.period.words) in answer.notices
    assert CARRIED.format("Norvik Maritime") not in answer.notices  # "they" points there


def test_what_the_question_names_itself_is_not(house: Assistant) -> None:
    answer = after(house, "When did we last really talk with Norvik in 2026?")
    assert not [n for n in answer.notices if "question before" in n]


def test_a_follow_up_points_to_what_it_takes(house: Assistant) -> None:
    assert not [n for n in after(house, "and the price?").notices if "question before" in n]


def test_of_two_things_asked_in_one_breath_the_second_takes_nothing_from_before(house: Assistant) -> None:
    asked = Question("¿Cuándo hablamos por última vez con Norvik y qué dijeron?")
    answer = list(house.turn(asked))[-1]
    assert "---" in answer.text  # two answers in one
    assert not [n for n in answer.notices if "viene de la pregunta anterior" in n]
