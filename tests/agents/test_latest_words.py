"""What was said last, where no topic is named: the newest conversations by their words, in every tongue."""

from datetime import date, timedelta

import pytest

from agents.ask_history import AskHistory
from agents.base import Toolbox
from agents.latest_words import MOST, NEWS, names_no_topic, news, news_asked
from agents.reading.topic import topic_of
from crm.nouns import Period, Question, Scope
from tests.four_accounts import account, contact, told

AS_OF = date(2026, 10, 28)


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("What did Norvik say?", True),
        ("what have we talked about with Norvik lately", True),
        ("what did we discuss with Norvik last time?", True),
        ("Was wurde mit Norvik besprochen?", True),
        ("que s'est-il dit avec Norvik ?", True),
        ("\u00bfde qu\u00e9 se habl\u00f3 con Norvik?", True),
        ("di cosa si \u00e8 parlato con Norvik?", True),
        ("What did Norvik reply?", True),
        ("Qu'a répondu Norvik ?", True),
        ("what did we agree with Norvik?", True),
        ("¿en qué quedamos con Norvik?", True),
        ("What did Norvik say about the price?", False),
        ("Was wurde mit Norvik zum Preis besprochen?", False),
        ("what did Norvik say about the board", False),
    ],
)
def test_a_question_may_name_no_topic(tools: Toolbox, text: str, none: bool) -> None:
    scope = Scope(account=account(tools, "Norvik Maritime"), as_of=AS_OF)
    assert names_no_topic(topic_of(text, "Norvik Maritime", scope)) is none


def test_the_newest_conversations_are_quoted(tools: Toolbox) -> None:
    scope = Scope(account=account(tools, "Norvik Maritime"), as_of=AS_OF)
    brief = AskHistory().gather(Question("What did Norvik say?"), scope, tools)
    assert brief.task == "latest_words"
    days = [talk.said.day for talk in brief.facts["talks"]]  # type: ignore[attr-defined]
    assert days == sorted(days, reverse=True)
    assert 1 < len(days) <= MOST
    assert "**What was said last with Norvik Maritime:**" in told(brief, tools)


def test_only_what_was_said_in_the_period_counts(tools: Toolbox) -> None:
    period = Period(date(2030, 1, 1), date(2030, 3, 31), "in Q1 2030")
    scope = Scope(account=account(tools, "Norvik Maritime"), period=period, as_of=AS_OF)
    brief = AskHistory().gather(Question("What did Norvik say in Q1 2030?"), scope, tools)
    assert "No conversation with Norvik Maritime is on record from" in told(brief, tools)


def test_a_person_is_asked_about_as_well(tools: Toolbox) -> None:
    scope = Scope(contact=contact(tools, "Sigrid Aas"), as_of=AS_OF)
    brief = AskHistory().gather(Question("What did Sigrid say?"), scope, tools)
    assert (brief.task, brief.facts["about"]) == ("latest_words", "Sigrid Aas")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("what's new?", True),
        ("any replies", True),
        ("what happened", True),
        ("what did I miss while on holiday", True),
        ("quoi de neuf ?", True),
        ("Was gibt's Neues?", True),
        ("¿qué hay de nuevo?", True),
        ("novità?", True),
        ("what happened with the pilot", False),
        ("how many replies", False),
        ("what new leads are there", False),
        ("which new deals", False),
        ("what?", False),
    ],
)
def test_news_of_everybody_is_asked_for_in_few_words(text: str, asked: bool) -> None:
    assert news_asked(text) is asked


def test_news_are_the_conversations_of_the_last_days_with_their_accounts(tools: Toolbox) -> None:
    newest = date(2026, 10, 21)
    brief = news(Question("what's new?"), Scope(as_of=newest), tools)
    talks = brief.facts["talks"]
    assert talks
    assert all(newest - timedelta(days=NEWS) < talk.said.day <= newest for talk in talks)  # type: ignore[attr-defined]
    assert all(talk.account for talk in talks)  # type: ignore[attr-defined]
    assert "**What customers said last from 15 October 2026 to 21 October 2026:**" in told(brief, tools)


def test_an_empty_time_is_said_to_be_empty(tools: Toolbox) -> None:
    period = Period(date(2030, 1, 1), date(2030, 3, 31), "in Q1 2030")
    text = told(news(Question("what happened in Q1 2030?"), Scope(period=period, as_of=AS_OF), tools), tools)
    assert "**No conversation is on record from 1 January 2030 to 31 March 2030.**" in text
