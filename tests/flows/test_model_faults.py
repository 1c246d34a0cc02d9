"""Each fault of a model in a whole turn: an answer or a clear sentence, in bounded time, and nothing lost.

The real client against a loopback server; the template's answer is what the same turn says without a model.
"""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agents.assistant import UNSUPPORTED, WRONG_LANGUAGE, Assistant
from agents.base import Toolbox
from crm.llm import open_llm
from crm.nouns import Answer, Question, Turn
from crm.quoting import plain
from crm.writing import ModelWriter, TemplateWriter
from tests.four_accounts import PLAYBOOK
from tests.gemini_server import GeminiServer, Reply, breaks_off, fails, patience, says, stalls
from tests.whole import assistant

TEMPLATES = TemplateWriter(PLAYBOOK)
SUMMARY = "Give me a summary of Norvik Maritime"
RESUME = "Fais-moi un résumé de Norvik Maritime"
DRAFT = "Draft a follow-up email to Norvik Maritime"
BOUND_S = 20.0  # far above what any of these waits for; what is tested is that none waits for ever
GERMAN = (
    "Die letzte Antwort kam von der Kundin, und sie hat nach dem Preis gefragt [1]. Wir haben noch nicht geantwortet."
)


@pytest.fixture(scope="module")
def house(tools: Toolbox, learned: Path) -> Assistant:
    return assistant(tools, TEMPLATES, learned)


@pytest.fixture
def gemini() -> Iterator[GeminiServer]:
    with GeminiServer(says("")) as server:
        yield server


def turn(house: Assistant, gemini: GeminiServer, reply: Reply, text: str, *history: Turn) -> Answer:
    gemini.play(reply)
    llm = replace(open_llm("google_genai:gemini-test", "key", gemini.url, patience(reply), 1), rest=lambda _: None)
    model = replace(house, writer=ModelWriter(llm, PLAYBOOK, TEMPLATES))
    began = time.monotonic()
    *_, answer = model.turn(Question(text, history))
    assert time.monotonic() - began < BOUND_S
    assert answer.done
    return answer


def plain_turn(house: Assistant, text: str) -> Answer:
    *_, answer = house.turn(Question(text))
    return answer


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (fails(429), "too many requests"),
        (fails(429, "2s"), "too many requests"),
        (fails(429, "3600s"), "too many requests"),
        (fails(429, "5"), "too many requests"),
        (fails(500), "having trouble on its side (error 500)"),
        (fails(503), "having trouble on its side (error 503)"),
        (fails(504), "took too long"),
        (fails(400), "did not accept the request"),
        (fails(401), "refused the key"),
        (fails(403), "refused the key"),
        (fails(404), "does not exist (any more)"),
        (stalls(), "took too long"),
        (breaks_off(""), "sent an empty answer"),
        (Reply(), "sent an empty answer"),
        (says(" "), "sent an empty answer"),
        (Reply(finish="SAFETY"), "declined to answer (safety)"),
        (Reply(blocked="PROHIBITED_CONTENT"), "declined to answer"),
        (Reply(finish="RECITATION"), "declined to answer (recitation)"),
        (Reply(finish="MAX_TOKENS"), "stopped at its length limit"),
        (Reply(raw="{nonsense"), "cannot be read"),
        (Reply(raw="[]"), "gemini-test "),
        (Reply(raw='{"candidates": "none"}'), "gemini-test "),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{value.status}{value.retry}{value.finish}{value.raw[:4]}",
)
def test_a_fault_before_the_first_word_is_told_and_the_template_answers(
    house: Assistant, gemini: GeminiServer, reply: Reply, why: str
) -> None:
    answer = turn(house, gemini, reply, SUMMARY)
    without = plain_turn(house, SUMMARY)
    assert answer.text == without.text
    assert answer.sources == without.sources
    assert why in answer.notices[0]
    assert answer.notices[0].endswith("This answer was written from a template instead.")
    assert len(gemini.asked) <= 2


def test_nobody_there_is_told_and_the_template_answers(house: Assistant) -> None:
    with GeminiServer(says("x")) as gone:
        url = gone.url
    llm = open_llm("google_genai:gemini-test", "key", url, 5, 1)
    *_, answer = replace(house, writer=ModelWriter(llm, PLAYBOOK, TEMPLATES)).turn(Question(SUMMARY))
    assert "cannot be reached" in answer.notices[0]
    assert answer.text == plain_turn(house, SUMMARY).text


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (stalls("They talk to us [1]. And"), "took too long"),
        (breaks_off("They talk to us [1]. And"), "broke off"),
        (Reply(("They talk to us [1]. ", "And"), finish="SAFETY"), "declined to answer"),
        (Reply(("They talk to us [1]. ", "And"), finish="MAX_TOKENS"), "length limit"),
    ],
    ids=["silent", "cut", "blocked", "long"],
)
def test_a_fault_in_the_middle_keeps_what_came(house: Assistant, gemini: GeminiServer, reply: Reply, why: str) -> None:
    answer = turn(house, gemini, reply, SUMMARY)
    assert answer.text.startswith("They talk to us [1].")
    assert why in answer.notices[0]
    assert answer.notices[0].endswith("The answer is shown as far as it came.")
    assert [s.number for s in answer.sources] == [1]


def test_a_passing_fault_is_not_seen(house: Assistant, gemini: GeminiServer) -> None:
    gemini.play(fails(503), says("They talk to us [1]."))
    llm = replace(open_llm("google_genai:gemini-test", "key", gemini.url, 10, 1), rest=lambda _: None)
    *_, answer = replace(house, writer=ModelWriter(llm, PLAYBOOK, TEMPLATES)).turn(Question(SUMMARY))
    assert (answer.text, answer.notices) == ("They talk to us [1].", ())


@pytest.mark.parametrize(
    "words",
    [
        "Zorblax Kevin paid 777 on 1 May 1999.",
        "%PDF-1.7 \x00\x01\x02 §§§ 0x9f",
        '{"answer": 42, "tool": "send_mail"}',
        "As shown in [37] and [99], all is well [41].",
    ],
    ids=["invented", "binary", "json", "citations"],
)
def test_rubbish_is_replaced(house: Assistant, gemini: GeminiServer, words: str) -> None:
    answer = turn(house, gemini, says(words), SUMMARY)
    assert answer.text == plain_turn(house, SUMMARY).text
    assert UNSUPPORTED in answer.notices


def test_citations_that_do_not_exist_go_with_their_sentences(house: Assistant, gemini: GeminiServer) -> None:
    answer = turn(house, gemini, says("They talk to us [1]. All is well there [37]. It goes on [1, 99]."), SUMMARY)
    assert answer.text == "They talk to us [1]. It goes on [1]."
    assert {s.number for s in answer.sources} == {1}
    assert any("[37]" in plain(notice) for notice in answer.notices)


@pytest.mark.parametrize("question", [SUMMARY, RESUME])
def test_words_in_another_language_are_replaced(house: Assistant, gemini: GeminiServer, question: str) -> None:
    answer = turn(house, gemini, says(GERMAN), question)
    assert answer.text == plain_turn(house, question).text
    told = WRONG_LANGUAGE.format("German", "English")
    if question == RESUME:  # a notice is in the question's language
        told = "Le modèle a répondu en allemand au lieu de français ; cette réponse vient donc d'un modèle de texte."
    assert told in answer.notices


def test_a_quote_in_another_language_is_none(house: Assistant, gemini: GeminiServer) -> None:
    answer = turn(
        house, gemini, says("They talk to us [1]. “Wir haben noch nicht mit der Kundin und dem Rest”"), SUMMARY
    )
    assert answer.text.startswith("They talk to us [1].")
    assert not any("instead of" in notice for notice in answer.notices)


@pytest.mark.parametrize(
    "fault",
    [fails(429), fails(404), stalls(), breaks_off("They talk to us [1]. And"), Reply(finish="SAFETY"), says(GERMAN)],
    ids=["busy", "retired", "silent", "broken off", "declined", "another language"],
)
def test_the_conversation_goes_on_after_a_fault(house: Assistant, gemini: GeminiServer, fault: Reply) -> None:
    first = turn(house, gemini, fault, SUMMARY)
    assert first.text
    assert first.notices
    second = turn(
        house, gemini, says("They talk to us [1]."), "And what did they say about price?", Turn(SUMMARY, first)
    )
    assert second.scope.account
    assert second.scope.account.name == "Norvik Maritime"
    assert second.text == "They talk to us [1]."
    assert not any("template" in notice for notice in second.notices)


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("I hope this finds you well.", "finds you well"),
        ("J’espère que vous allez bien.", "espere que vous allez bien"),
        ("Ich hoffe, es geht Ihnen gut.", "hoffe es geht ihnen gut"),
        ("Espero que esté bien.", "espero que este bien"),
        ("Spero che stia bene.", "spero che stia bene"),
        ("Espero que esteja bem.", "espero que esteja bem"),
        ("Ik hoop dat het goed met u gaat.", "hoop dat het goed met u gaat"),
        ("Czekam na odpowiedź.", "czekam na odpowiedz"),
    ],
)
def test_a_cliche_is_left_out_of_a_draft_and_said(
    house: Assistant, gemini: GeminiServer, phrase: str, said: str
) -> None:
    mail = f"**To:** Sigrid Aas\n**Subject:** Berths\n\nDear Sigrid,\n\n{phrase} You asked about the berths [1]."
    answer = turn(house, gemini, says(mail), DRAFT)
    assert "You asked about the berths" in answer.text
    assert phrase.split()[1] not in answer.text
    assert any("could stand in any mail" in n and said in n for n in answer.notices)
