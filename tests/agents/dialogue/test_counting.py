"""How many the last answer listed."""

from pathlib import Path

import pytest

from agents.assistant import Assistant
from agents.base import Toolbox
from agents.dialogue.counting import Counted, asks_count, counts_in
from agents.dialogue.follow_up import lean_of
from crm.nouns import Answer, Brief, Computed, Question, Turn
from crm.writing import TemplateWriter
from tests.four_accounts import PLAYBOOK
from tests.whole import assistant


@pytest.mark.parametrize(
    "text",
    [
        "how many are there?",
        "and how many is that",
        "wie viele sind das",
        "il y en a combien ?",
        "¿cuántas son?",
        "quanti sono",
    ],
)
def test_a_bare_count_names_nothing_of_its_own(text: str) -> None:
    assert asks_count(text)


@pytest.mark.parametrize(
    "text", ["how many deals are there", "wie viele Firmen", "combien de temps", "are there many", ""]
)
def test_what_names_something_is_a_question_of_its_own(text: str) -> None:
    assert not asks_count(text)


@pytest.mark.parametrize(
    ("brief", "counts"),
    [
        (Brief("engagement_check", "", {"many": True, "lead": "quiet", "quiet_count": 11}), [("quiet", 11, 0)]),
        (Brief("activity_list", "", {"count": 3}), [("records", 3, 0)]),
        (Brief("lead_priority", "", {"rows": [1, 2], "considered": 9}), [("leads", 2, 9)]),
        (Brief("pipeline_insights", "", {}, figures=(Computed("a", 1), Computed("b", 2))), [("lines", 2, 0)]),
        (Brief("pipeline_insights", "", {}, figures=(Computed("", 7),)), []),
        (Brief("ask_history", "", {}), []),
    ],
)
def test_what_is_listed_is_counted(brief: Brief, counts: list[tuple[str, int, int]]) -> None:
    assert counts_in(brief) == tuple(Counted(*one) for one in counts)


def test_a_list_is_counted_and_counted_again(talker: Assistant) -> None:
    history: tuple[Turn, ...] = ()
    answers: list[Answer] = []
    for text in ("which accounts answered us in 2026?", "wie viele sind das?", "how many are there?"):
        *_, answer = talker.turn(Question(text, history))
        answers.append(answer)
        history = (*history, Turn(text, answer))
    listed = answers[0].text.partition("**In conversation, the latest first:**")[2].split("\n\n**")[0].count("\n- ")
    assert listed == 2
    assert answers[1].route == "engagement_check"
    assert "Mit 2 Firmen sind wir im Gespräch." in answers[1].text
    assert answers[2].text.startswith("2 accounts are in conversation.")


def test_after_what_is_no_list_the_question_stands_alone(talker: Assistant) -> None:
    *_, hello = talker.turn(Question("what can you do?"))
    *_, answer = talker.turn(Question("how many are there?", (Turn("what can you do?", hello),)))
    assert "are there" not in answer.text
    assert answer.route != "help"


@pytest.fixture(scope="module")
def talker(tools: Toolbox, learned: Path) -> Assistant:
    return assistant(tools, TemplateWriter(PLAYBOOK), learned)


@pytest.mark.parametrize("text", ["how many calls did we log with them", "wie viele anrufe hatten wir mit denen"])
def test_a_number_asked_about_somebody_named_before_is_about_them(text: str) -> None:
    assert lean_of(text).follows
    assert not lean_of("wie viele Anrufe hatten wir").follows
