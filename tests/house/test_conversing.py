"""Conversations through the house's verbs: each person's own, over a restart, searched, renamed, exported, deleted."""

from pathlib import Path

import pytest

from agents.dialogue.memory import ABOUT, WHOLE, remembered
from crm.errors import BadSetting, MissingPart
from crm.nouns import Answer, Turn
from house import House
from settings import Settings
from tests.four_accounts import build

QUESTION = "When did we last really talk to Norvik Maritime?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build(tmp_path).store.engine.dispose()
    return tmp_path


def opened(folder: Path, learned: Path, **more: object) -> House:
    told = {"data_dir": learned, "database_url": f"sqlite:///{folder / 'crm.sqlite'}", "demo": False, "llm": "none"}
    return House(Settings.model_validate({**told, **more}))


def talked(house: House, owner: str, *questions: str) -> str:
    """A conversation of these questions, kept turn by turn as a door does."""
    begun = house.begin(owner, questions[0])
    history: tuple[Turn, ...] = ()
    for number, question in enumerate(questions):
        house.asked(owner, begun, number, question)
        *_, answer = house.conversed(owner, question, history)
        history = (*history, Turn(question, answer))
        house.answered(owner, begun, number, history[-1])
    return begun


def test_it_survives_a_restart_and_goes_on_from_there(folder: Path, learned: Path) -> None:
    house = opened(folder, learned)
    begun = talked(house, "Ana", QUESTION, "why?")
    house.close()
    again = opened(folder, learned)
    whole = again.conversation("Ana", begun)
    assert [turn.question for turn in whole.turns] == [QUESTION, "why?"]
    assert whole.title == "Norvik Maritime: real contact"
    history = tuple(Turn(turn.question, turn.answer) for turn in whole.turns)
    *_, answer = again.conversed("Ana", "draft a follow-up to them", history)
    assert answer.route == "email_draft"
    assert answer.scope.account
    assert answer.scope.account.name == "Norvik Maritime"
    again.close()


def test_it_is_searched_renamed_exported_and_taken_away(folder: Path, learned: Path) -> None:
    house = opened(folder, learned)
    begun = talked(house, "Ana", QUESTION)
    other = talked(house, "Ana", "what can you do?")
    assert [entry.id for entry in house.listed("Ana", "Norvik Maritime: real")] == [begun]
    house.retitle("Ana", begun, "Berths")
    assert {entry.title for entry in house.listed("Ana")} >= {"Berths"}
    text = house.exported("Ana", begun)
    assert text.startswith("# Berths\n")
    assert f"## {QUESTION}" in text
    assert "- [1] demo:" in text
    gone = house.drop("Ana", begun)
    assert [entry.id for entry in house.listed("Ana")] == [other]
    house.bring_back("Ana", gone)
    assert {entry.id for entry in house.listed("Ana")} == {begun, other}
    house.close()


def test_a_title_that_a_person_gave_outlives_another_try(folder: Path, learned: Path) -> None:
    house = opened(folder, learned)
    begun = house.begin("Ana", QUESTION)
    titles = []
    for _ in range(2):
        house.asked("Ana", begun, 0, QUESTION)
        *_, answer = house.conversed("Ana", QUESTION)
        house.answered("Ana", begun, 0, Turn(QUESTION, answer))
        titles.append(house.conversation("Ana", begun).title)
        house.retitle("Ana", begun, "Berths")
    assert titles == ["Norvik Maritime: real contact", "Berths"]
    house.close()


def test_nobody_sees_or_takes_somebody_elses(folder: Path, learned: Path) -> None:
    house = opened(folder, learned)
    begun = talked(house, "Ana", QUESTION)
    assert house.listed("Bo") == []
    for reach in (house.conversation, house.exported, house.drop):
        with pytest.raises(MissingPart):
            reach("Bo", begun)
    house.close()


def test_a_long_one_is_compressed_and_still_knows_whom_it_was_about(folder: Path, learned: Path) -> None:
    house = opened(folder, learned)
    *_, first = house.conversed("Ana", "Summarise Norvik Maritime")
    history = [Turn("Summarise Norvik Maritime", first)]
    history += [Turn("what can you do?", Answer("I answer.", "help", done=True))] * (WHOLE + ABOUT + 20)
    assert len(remembered(history)) <= WHOLE + ABOUT
    *_, answer = house.conversed("Ana", "when did we last talk to them?", history)
    assert answer.scope.account
    assert answer.scope.account.name == "Norvik Maritime"
    house.close()


def test_a_model_that_was_switched_off_is_refused_with_the_one_to_use(folder: Path, learned: Path) -> None:
    house = opened(folder, learned, llm="google_genai:gemini-2.0-flash", GOOGLE_API_KEY="key")
    with pytest.raises(BadSetting, match=r"switched off by its vendor on 2026-06-01\. Use gemini-3\.5-flash-lite"):
        house.ask(QUESTION)
    house.close()


def test_whoever_asks_before_the_judges_have_learned_is_told(folder: Path, learned: Path) -> None:
    house = opened(folder, learned)
    first, *_, answer = house.conversed("Ana", QUESTION, ())
    assert [step.name for step in first.steps] == ["Learn"]
    assert [step.name for step in answer.steps] == ["Learn", "Scope", "Route", "Gather", "Write", "Check"]
    *_, later = house.conversed("Ana", QUESTION, ())
    assert "Learn" not in [step.name for step in later.steps]
    house.close()
