from dataclasses import replace
from datetime import date

import pytest

from agents.ask_history import AskHistory
from agents.base import Toolbox
from agents.reading.topic import topic_of
from crm.nouns import Brief, Period, Question, Scope
from tests.four_accounts import account, told

AS_OF = date(2026, 10, 28)


def ask(tools: Toolbox, text: str, name: str = "", period: Period | None = None) -> Brief:
    scope = Scope(account=account(tools, name) if name else None, period=period, as_of=AS_OF)
    return AskHistory().gather(Question(text), scope, tools)


def test_their_words_are_quoted_with_who_and_when(tools: Toolbox) -> None:
    text = told(ask(tools, "What did Norvik say about the price?", "Norvik Maritime"), tools)
    assert "**What Norvik Maritime said about “price”:**" in text
    assert "6 May 2026, Sigrid Aas: “The price of 48k is above my limit, so Kjersti Moe has to sign." in text


def test_our_notes_of_a_conversation_are_kept_apart(tools: Toolbox) -> None:
    text = told(ask(tools, "Did anybody mention the union?", "Norvik Maritime"), tools)
    assert "No words of theirs on “union”, but our notes of conversations have it" in text
    assert "they want the union informed before the pilot starts" in text


def test_where_nobody_did_it_is_said_what_was_looked_for(tools: Toolbox) -> None:
    brief = ask(tools, "What did they say about helicopters?", "Norvik Maritime")
    sure = replace(brief, facts={**brief.facts, "complete": True})
    said = "None of the 6 records of Norvik Maritime up to 28 October 2026 speaks of “helicopters”."
    assert told(sure, tools).startswith(f"**{said}**\nTry another word for it, or ask the same of all accounts.")
    assert brief.evidence == ()


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "pt", "it"])
@pytest.mark.parametrize("name", ["", "Norvik Maritime"])
@pytest.mark.parametrize("considered", [0, 1, 412])
def test_what_was_looked_for_is_said_with_the_records_in_every_language(
    tools: Toolbox, language: str, name: str, considered: int
) -> None:
    brief = ask(tools, "Who mentioned helicopters?", name)
    facts = {**brief.facts, "complete": True, "considered": considered, "existing": 412}
    text = told(replace(brief, facts=facts, manner=replace(brief.manner, language=language)), tools)
    first = text.partition("\n")[0]
    assert "helicopters" in first
    assert name in first
    assert "2026" in first
    assert ("412" in first) is (considered == 412)


def test_that_is_only_said_where_everything_was_searched(tools: Toolbox) -> None:
    text = told(ask(tools, "What did they say about helicopters?", "Norvik Maritime"), tools)
    assert text.startswith("**Nothing found so far.** Among 6 records of Norvik Maritime up to 28 October 2026 no word")
    assert "Try another word for it, or ask the same of all accounts." in text
    assert "Searched by words." in text


def test_what_we_wrote_is_not_what_they_said(tools: Toolbox) -> None:
    assert "no word from their side" in told(ask(tools, "What did they say about my note?", "Brackwater Foods"), tools)


def test_where_the_words_stand_all_the_same_is_shown(tools: Toolbox) -> None:
    text = told(ask(tools, "What did they say about my note?", "Brackwater Foods"), tools)
    assert "Where it does stand, in records that prove no word of theirs:" in text
    assert "(our side): “" in text


def test_a_period_is_honoured(tools: Toolbox) -> None:
    summer = Period(date(2026, 7, 1), date(2026, 8, 31), "in summer")
    text = told(ask(tools, "What did they say about the price in summer?", "Norvik Maritime", summer), tools)
    assert "**What" not in text
    assert "_0 of 6 records considered" in text


def test_everybody_can_be_asked_about(tools: Toolbox) -> None:
    text = told(ask(tools, "Who mentioned demurrage?"), tools)
    assert "Demurrage cost them NOK 1.9 m last year" in text


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("What did Norvik Maritime say about the price?", ["price"]),
        ("Did anybody ever mention GDPR or data protection?", ["GDPR", "data", "protection"]),
        ("Qu'a dit Norvik Maritime sur le prix ?", ["prix"]),
        ("Was hat Norvik Maritime zum Preis gesagt?", ["Preis"]),
        ("¿Qué dijo Norvik Maritime sobre el precio?", ["precio"]),
    ],
)
def test_the_topic_is_what_is_left_of_a_question(text: str, topic: list[str]) -> None:
    assert topic_of(text, "Norvik Maritime", Scope()) == topic
