"""A turn from typed words to a checked answer: the real parts, and a model on the loopback where one is needed."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from agents.assistant import LONGEST, UNSUPPORTED, Assistant
from agents.base import Toolbox
from crm.llm import open_llm
from crm.nouns import Answer, Question, Turn
from crm.writing import ModelWriter, TemplateWriter, Writer
from tests.four_accounts import PLAYBOOK
from tests.gemini_server import GeminiServer, Reply, breaks_off, fails, patience, says, stalls
from tests.whole import assistant

TEMPLATES = TemplateWriter(PLAYBOOK)
RUN_ALONE = re.compile(r'run_alone\("(\w+)"\)')


@pytest.fixture(scope="module")
def house(tools: Toolbox, learned: Path) -> Assistant:
    return assistant(tools, TEMPLATES, learned)


def last(turn: Iterator[Answer]) -> Answer:
    """The last answer of a turn, after all were seen to grow."""
    answers = list(turn)
    assert [a.done for a in answers] == [False] * (len(answers) - 1) + [True]
    assert all(len(a.steps) <= len(b.steps) for a, b in pairwise(answers))
    return answers[-1]


def ask(house: Assistant, text: str, *history: Turn) -> Answer:
    return last(house.turn(Question(text, history)))


def with_model(house: Assistant, tools: Toolbox, gemini: GeminiServer, timeout_s: float = 10.0) -> Assistant:
    llm = open_llm("google_genai:gemini-test", "key", gemini.url, timeout_s, retries=0)
    writer: Writer = ModelWriter(llm, PLAYBOOK, TEMPLATES)
    return Assistant(house.scoper, house.router, house.agents, writer, tools)


@pytest.mark.parametrize(
    ("text", "route", "words"),
    [
        ("When did we last really talk to Norvik Maritime?", "engagement_check", "12 October 2026, Sigrid Aas"),
        ("Give me a summary of Norvik Maritime", "account_summary", "### Norvik Maritime"),
        ("Draft a follow-up email to Norvik Maritime", "email_draft", "**Subject:** Re: Berths at Larvik"),
        ("What did Norvik Maritime say about price?", "ask_history", "The price of 48k is above my limit"),
        ("Audit activity 1002", "activity_audit", "ENGAGED"),
        ("What can you do?", "help", "Give me a summary of Norvik Maritime"),
        ("Write me a poem about the sea", "out_of_scope", "outside what I can answer"),
        (
            "Quand avons-nous vraiment parlé à Transports Verdier pour la dernière fois ?",
            "engagement_check",
            "20 octobre",
        ),
    ],
)
def test_a_question_is_answered_by_its_agent(house: Assistant, text: str, route: str, words: str) -> None:
    answer = ask(house, text)
    assert answer.route == route
    assert words in answer.text
    assert [s.name for s in answer.steps] == ["Scope", "Route", "Gather", "Write", "Check"]


def test_every_source_opens_and_is_literal(house: Assistant, tools: Toolbox) -> None:
    answer = ask(house, "Give me a summary of Norvik Maritime")
    assert len(answer.sources) >= 3
    for source in answer.sources:
        record = tools.store.activity(source.activity_id)
        assert record is not None
        assert source.quote in record.text + record.raw_subject + record.raw_body
        assert f"[{source.number}]" in answer.text


def test_every_suggestion_is_answered(house: Assistant) -> None:
    asked, todo = set(), ["What can you do?", "Summary of Transports Verdier", "Which accounts have gone quiet?"]
    while todo:
        text = todo.pop()
        asked.add(text)
        answer = ask(house, text)
        assert answer.route != "out_of_scope", text
        assert "not sure what you are asking" not in answer.text, text
        assert answer.text, text
        todo += [s for s in answer.suggestions if s not in asked]
    assert len(asked) > 10


def test_an_unknown_company_is_said_to_be_unknown(house: Assistant) -> None:
    answer = ask(house, "Give me a summary of Quandra Systems")
    assert "is not in the data" in answer.text
    assert "Quandra" in answer.text
    assert answer.sources == ()


def test_two_close_names_are_asked_back_and_each_choice_works(house: Assistant) -> None:
    answer = ask(house, "Give me a summary of Harbeck")
    assert answer.text.startswith("Which one do you mean: Harbeck ")
    assert sorted(answer.suggestions) == [
        "Give me a summary of Harbeck Foods",
        "Give me a summary of Harbeck Logistics",
    ]
    assert ask(house, answer.suggestions[0]).text.startswith("### Harbeck ")


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("have we talked with Norvik and Brackwater lately?", "engagement_check"),
        ("compare Norvik and Brackwater this year", "engagement_check"),
        ("Norvik versus Brackwater", "engagement_check"),
        ("a summary of Norvik Maritime and Brackwater Foods please", "account_summary"),
    ],
)
def test_one_thing_asked_of_two_accounts_is_answered_of_each(house: Assistant, text: str, route: str) -> None:
    answer = ask(house, text)
    first, second = answer.text.split("\n\n---\n\n")
    assert answer.route == route
    assert "Norvik Maritime" in first
    assert "Brackwater Foods" not in first
    assert "Brackwater Foods" in second
    assert "Norvik Maritime" not in second


@pytest.mark.parametrize("text", ["calls with Norvik and Brackwater this year", "did Norvik mention Brackwater?"])
def test_a_figure_of_two_accounts_and_one_about_another_stay_whole(house: Assistant, text: str) -> None:
    assert "\n---\n" not in ask(house, text).text


def test_a_follow_up_keeps_the_account(house: Assistant) -> None:
    first = ask(house, "When did we last talk to Norvik Maritime?")
    answer = ask(house, "And what did they say about price?", Turn("When did we last talk to Norvik Maritime?", first))
    assert answer.scope.account
    assert answer.scope.account.name == "Norvik Maritime"
    assert "48k" in answer.text


@pytest.mark.parametrize(("text", "words"), [("", "Type a question first"), ("   \n ", "Type a question first")])
def test_an_empty_question_gets_a_sentence(house: Assistant, text: str, words: str) -> None:
    assert words in ask(house, text).text


def test_a_question_of_20_000_characters_gets_a_sentence(house: Assistant) -> None:
    answer = ask(house, "norvik " * 3000)
    assert answer.text.startswith("That is too long for one question: please keep it under 10,000 characters.")
    assert answer.sources == ()
    assert LONGEST == 10_000


def test_a_planted_instruction_is_shown_as_words_only(house: Assistant) -> None:
    answer = ask(house, "Résume Transports Verdier")
    assert answer.text.startswith("### Transports Verdier")
    assert "://evil.example" not in answer.text
    assert "![" not in answer.text


def test_an_agent_can_be_named(house: Assistant) -> None:
    answer = last(house.turn(Question("Norvik"), agent="account_summary"))
    assert answer.route == "account_summary"
    assert answer.text.startswith("### Norvik Maritime")


def test_the_model_s_words_are_streamed_and_checked(house: Assistant, tools: Toolbox) -> None:
    said = "They talk to us [1]. They will pay EUR 99,000 [1]. ![x](http://evil.example) That is all."
    with GeminiServer(says(said)) as gemini:
        model = with_model(house, tools, gemini)
        answers = list(model.turn(Question("When did we last talk to Norvik Maritime?")))
    assert answers[-1].text == "They talk to us [1]. That is all."
    assert any(a.text == "They talk to us [1]." for a in answers[:-1])
    assert not any("99,000" in a.text or "evil" in a.text for a in answers)
    assert any("99,000" in notice for notice in answers[-1].notices)
    assert [s.number for s in answers[-1].sources] == [1]
    assert "The board meets on 19 November" in gemini.prompts[0]


@pytest.mark.parametrize("reply", [fails(500), fails(429), stalls(), Reply(finish="SAFETY"), Reply()])
def test_the_template_answers_when_the_model_cannot(house: Assistant, tools: Toolbox, reply: Reply) -> None:
    with GeminiServer(reply) as gemini:
        answer = ask(with_model(house, tools, gemini, patience(reply)), "Give me a summary of Norvik Maritime")
    assert answer.text.startswith("### Norvik Maritime")
    assert "was written from a template instead" in answer.notices[0]


def test_a_broken_stream_keeps_what_came(house: Assistant, tools: Toolbox) -> None:
    with GeminiServer(breaks_off("They talk to us [1]. And then")) as gemini:
        answer = ask(with_model(house, tools, gemini), "Give me a summary of Norvik Maritime")
    assert answer.text.startswith("They talk to us [1].")
    assert any("as far as it came" in notice for notice in answer.notices)


def test_words_that_nothing_supports_are_replaced(house: Assistant, tools: Toolbox) -> None:
    with GeminiServer(says("Zorblax Kevin paid 777 on 1 May 1999.")) as gemini:
        answer = ask(with_model(house, tools, gemini), "Give me a summary of Norvik Maritime")
    assert answer.text.startswith("### Norvik Maritime")
    assert UNSUPPORTED in answer.notices


def test_each_module_names_its_agent(house: Assistant) -> None:
    modules = (Path(PLAYBOOK).parent / "agents").glob("*.py")
    named = {path.stem: RUN_ALONE.findall(path.read_text(encoding="utf-8")) for path in modules}
    assert {name: said for name, said in named.items() if said} == {name: [name] for name in house.agents}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("who complained in the last 3 months?", "complain"),  # the time, with what leads up to it, is no topic
        ("wer hat sich in den letzten drei Monaten beschwert?", "eschwer"),
        ("who did not turn up in October 2026?", "turn up"),
        ("what happened last week?", "What customers said last"),
        ("What did Norvik say?", "What was said last with Norvik Maritime"),
        ("what is open with Norvik?", "Open"),
        ("show me the calls of October 2026", "type call"),
    ],
)
def test_everyday_questions_reach_who_answers_them(house: Assistant, text: str, told: str) -> None:
    assert told in ask(house, text).text
