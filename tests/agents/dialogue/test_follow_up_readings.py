"""Follow-ups: wishes, doubts, corrections, steps in time, two things at once."""

from datetime import date
from pathlib import Path

import pytest

from agents.assistant import Assistant
from agents.base import Toolbox
from agents.dialogue.correcting import corrected, corrects
from agents.dialogue.follow_up_readings import another_account
from agents.dialogue.turn import Ask
from agents.dialogue.wishes import is_reason, is_section, is_step, is_undo, is_wish, mentioned, original, standing
from agents.reading.language import language_of
from agents.suggestions import suggest
from crm.nouns import Answer, Brief, Candidate, Question, Scope, Turn
from crm.writing import TemplateWriter
from tests.four_accounts import PLAYBOOK, account
from tests.whole import assistant


@pytest.fixture(scope="module")
def talker(tools: Toolbox, learned: Path) -> Assistant:
    return assistant(tools, TemplateWriter(PLAYBOOK), learned)


def talk(talker: Assistant, *said: str) -> list[Answer]:
    """The answers to a whole conversation."""
    answers: list[Answer] = []
    for n, text in enumerate(said):
        history = tuple(Turn(said[i], answers[i]) for i in range(n))
        *_, answer = talker.turn(Question(text, history))
        answers.append(answer)
    return answers


@pytest.mark.parametrize(
    ("text", "route", "wish"),
    [
        ("shorter", "account_summary", True),
        ("make it a bit shorter please", "email_draft", True),
        ("auf Französisch bitte", "account_summary", True),
        ("more formal", "email_draft", True),
        ("more formal", "account_summary", False),
        ("could you also mention the budget?", "email_draft", True),
        ("not so pushy", "email_draft", True),
        ("what did they say about the urgent delivery?", "email_draft", False),
        ("summarise Norvik in French", "email_draft", False),
        ("más corto", "engagement_check", True),
    ],
)
def test_a_wish_is_told_from_a_question(text: str, route: str, wish: bool) -> None:
    assert is_wish(text, route) is wish


def test_what_should_be_mentioned_is_kept_as_typed() -> None:
    assert mentioned("Erwähne bitte die Pilotphase.") == "bitte die Pilotphase"
    assert mentioned("mention the Pilot in Moss!") == "the Pilot in Moss"
    assert mentioned("shorter") == ""


def test_undo_takes_back_one_wish_at_a_time() -> None:
    assert is_undo("undo that please")
    assert not is_undo("undo the deal")
    assert standing(["shorter", "warmer", "undo"]) == ("shorter",)
    assert standing(["shorter", "undo", "undo"]) == ()


def test_wishes_go_back_to_the_question_they_are_about() -> None:
    draft = Answer("", "email_draft")
    history = [Turn("Draft a mail", draft), Turn("shorter", draft), Turn("why?", draft), Turn("warmer", draft)]
    assert original(history) == ("Draft a mail", ("shorter", "warmer"))


@pytest.mark.parametrize("text", ["why?", "and how do you know that?", "Woher weißt du das?", "¿cómo lo sabes?"])
def test_a_doubt_is_heard(text: str) -> None:
    assert is_reason(text)


def test_what_only_looks_like_a_doubt_is_none() -> None:
    assert not is_reason("why is Norvik silent?")
    assert not is_step("what did they say before the meeting?")
    assert is_step("and before that?")
    assert is_section("what are the risks?")
    assert not is_section("what did they say about the risks of the whole project last year?")


def test_a_correction_picks_by_place_by_order_and_by_name(tools: Toolbox) -> None:
    names = ("Harbeck Logistics", "Harbeck Foods")
    found = [account(tools, name) for name in names]
    open_one = Scope(candidates=tuple(Candidate(a.id, a.name, 90) for a in found))
    assert corrected("Foods", [open_one], tools.book) == found[1]
    assert corrected("the second one", [open_one], tools.book) == found[1]
    chosen = Scope(account=found[1])
    assert corrected("no, the other one", [open_one, chosen], tools.book) == found[0]
    assert corrected("no, Logistics", [chosen], tools.book) == found[0]
    assert corrected("what about the price?", [chosen], tools.book) is None
    assert corrects("sorry, I meant Norvik")
    assert not corrects("did they say no?")


def _never(question: Question, history: tuple[Turn, ...]) -> Brief:
    raise AssertionError("nothing is counted here")


@pytest.mark.parametrize("said", ["nein, die andere", "no, the other one", "non, l'autre"])
def test_no_the_other_one_leaves_the_one_that_was_taken(said: str, tools: Toolbox) -> None:
    first, second, *_ = tools.book.accounts
    offered = Scope(candidates=(Candidate(first.id, first.name, 90.0), Candidate(second.id, second.name, 90.0)))
    taken = Scope(account=second)
    history = tuple(
        Turn(q, Answer("", route="account_summary", scope=scope)) for q, scope in (("sum it up", offered), ("2", taken))
    )
    leaning = Scope(account=second)  # what a question that names nobody takes from the turn before
    found = another_account(Ask(Question(said, history), leaning, said, tools, str, _never))
    assert found is not None
    assert found.scope.account == first


def test_how_do_you_know_shows_the_records_with_their_numbers(talker: Assistant) -> None:
    first, why = talk(talker, "When did we last talk to Norvik Maritime?", "how do you know?")
    assert why.route == first.route
    assert why.scope.account == first.scope.account
    assert why.text.startswith("**How I know**")
    assert [s.activity_id for s in why.sources] == [s.activity_id for s in first.sources[:8]]


def test_before_that_goes_behind_what_was_told(talker: Assistant) -> None:
    first, before = talk(talker, "When did we last talk to Norvik Maritime?", "and before that?")
    assert "12 October 2026" in first.text
    assert before.scope.period is not None
    assert before.scope.period.end == date(2026, 10, 11)
    assert "20 May 2026" in before.text


def test_a_step_back_does_not_follow_to_another_account(talker: Assistant) -> None:
    *_, other = talk(talker, "When did we last talk to Norvik Maritime?", "and before that?", "and Transports Verdier?")
    assert other.scope.account is not None
    assert other.scope.account.name == "Transports Verdier"
    assert other.scope.period is None


def test_a_wish_changes_the_answer_and_not_what_it_is_about(talker: Assistant) -> None:
    long, short, german = talk(talker, "Summarise Norvik Maritime", "shorter", "in German")
    assert len(short.text) < len(long.text)
    assert german.text.startswith("### Norvik Maritime")
    assert "Wo es steht" in german.text
    assert german.scope.account == long.scope.account


def test_two_things_asked_at_once_are_both_answered_and_their_sources_counted_on(talker: Assistant) -> None:
    (both,) = talk(talker, "Summarise Norvik Maritime and draft a follow-up to them")
    summary, _, mail = both.text.partition("\n\n---\n\n")
    assert summary.startswith("### Norvik Maritime")
    assert "**Subject:**" in mail
    assert both.route == "email_draft"
    numbers = [s.number for s in both.sources]
    assert len(numbers) == len(set(numbers))
    assert all(f"[{n}]" in both.text for n in numbers)


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "pt"])
def test_every_offered_question_goes_to_its_agent_in_its_language(talker: Assistant, language: str) -> None:
    elsewhere = {"introduction": "email_draft", "quiet": "engagement_check"}
    for task in (*talker.agents, *elsewhere):
        for text in suggest(PLAYBOOK, language, (task,), "Norvik Maritime", "1002"):
            *_, answer = talker.turn(Question(text))
            assert answer.route == elsewhere.get(task, task), text
            assert language_of(text) == language, text


def test_a_mail_after_a_step_back_builds_on_the_newest_again(talker: Assistant) -> None:
    asked, earlier, mail = talk(
        talker, "Have we really talked with Norvik lately?", "and before that?", "Draft a follow-up email to them"
    )
    assert asked.scope.period is None
    assert earlier.scope.period is not None
    assert mail.route == "email_draft"
    assert mail.scope.account == asked.scope.account
    assert mail.scope.period is None
