"""The newest mail, call or meeting: the right one, with what stands in it, and whether it was a conversation."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from agents.ask_history import AskHistory
from agents.base import Toolbox
from agents.engagement_check import EngagementCheck
from agents.latest_contact import Newest, met_asked, newest_asked
from agents.reading.topic import topic_of
from crm.nouns import Period, Question, Scope
from tests import four_accounts as small
from tests.four_accounts import account, told

AS_OF = date(2026, 10, 28)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("What was the last mail from Norvik about?", Newest("mail", theirs=True)),
        ("show me the latest email to Norvik", Newest("mail", theirs=False)),
        ("What did we discuss in our last call with Norvik?", Newest("call", theirs=False)),
        ("Worum ging es im letzten Telefonat mit Norvik?", Newest("call", theirs=False)),
        ("Que s'est-il passé lors du dernier rendez-vous avec Norvik ?", Newest("meeting", theirs=False)),
        ("¿De qué trataba el último correo de Norvik?", Newest("mail", theirs=True)),
        ("What did Norvik say about the price in the last mail?", None),
        ("What did Norvik say last?", None),
        ("Which mails came from Norvik?", None),
        ("the last mail or call with Norvik", None),
    ],
)
def test_what_is_the_newest_record_asked_for(tools: Toolbox, text: str, wanted: Newest | None) -> None:
    scope = Scope(account=account(tools, "Norvik Maritime"), as_of=AS_OF)
    assert newest_asked(text, topic_of(text, "Norvik Maritime", scope), scope) == wanted


def test_last_week_is_a_period_and_no_last_mail(tools: Toolbox) -> None:
    week = Period(date(2026, 10, 19), date(2026, 10, 25), "last week")
    scope = Scope(account=account(tools, "Norvik Maritime"), period=week, as_of=AS_OF)
    text = "mails from Norvik last week"
    assert newest_asked(text, topic_of(text, "Norvik Maritime", scope), scope) is None


def ask(tools: Toolbox, name: str, text: str, language: str = "en") -> str:
    scope = Scope(account=account(tools, name), as_of=AS_OF)
    return told(AskHistory().gather(Question(text, language=language), scope, tools), tools)


def test_their_last_mail_is_quoted(tools: Toolbox) -> None:
    text = ask(tools, "Norvik Maritime", "What was the last mail from Norvik about?")
    assert text.startswith("**The last mail from Norvik Maritime:**")
    assert "- Sigrid Aas: “" in text
    assert "It counts as a real conversation." in text


def test_our_chasing_is_no_conversation(tools: Toolbox) -> None:
    text = ask(tools, "Brackwater Foods", "What was the last mail to Brackwater about?")
    assert text.startswith("**The last mail with Brackwater Foods:**")
    assert "It is no proof of a conversation" in text


def test_there_may_be_none(tools: Toolbox) -> None:
    text = ask(tools, "Brackwater Foods", "Was stand in der letzten Mail von Brackwater?", "de")
    assert text.startswith("**Keine Mail von Brackwater Foods ist mit Text erfasst.**")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("When did we last meet Norvik?", "meeting"),
        ("when was our last meeting with Norvik", "meeting"),
        ("Wann haben wir Norvik zuletzt getroffen?", "meeting"),
        ("Quand avons-nous rencontré Norvik pour la dernière fois ?", "meeting"),
        ("¿Cuándo nos reunimos por última vez con Norvik?", "meeting"),
        ("when did we last speak to Norvik on the phone", "call"),
        ("When did we last call Norvik?", "call"),
        ("When did we last talk to Norvik?", ""),
        ("when did we last meet Norvik about the price", ""),
        ("When will we meet Norvik?", ""),
        ("when did we last meet or call Norvik", ""),
    ],
)
def test_contact_of_one_kind_is_asked_for(tools: Toolbox, text: str, what: str) -> None:
    scope = Scope(account=account(tools, "Norvik Maritime"), as_of=AS_OF)
    wanted = met_asked(text, topic_of(text, "Norvik Maritime", scope), scope)
    assert (wanted.what if wanted else "") == what


@pytest.mark.parametrize(
    ("name", "text", "starts", "proof"),
    [
        ("Norvik Maritime", "When did we last call Norvik?", "**The last call with Norvik", "It counts as a real"),
        ("Brackwater Foods", "When did we last call Brackwater?", "**The last call with Brackwater", "None of them on"),
    ],
)
def test_the_last_call_says_whether_it_or_an_earlier_one_was_answered(
    tools: Toolbox, name: str, text: str, starts: str, proof: str
) -> None:
    scope = Scope(account=account(tools, name), as_of=AS_OF)
    answer = told(EngagementCheck().gather(Question(text), scope, tools), tools)
    assert answer.startswith(starts)
    assert proof in answer


def meeting(number: int, subject: str, outcome: str) -> small.Row:
    return {
        "hs_object_id": number,
        "crm_subject": subject,
        "crm_description": "Sigrid walked us through the yard. She wants two more gates.",
        "crm_subtype": "Meeting",
        "activity_date": f"2026-10-{number - 9200:02d} 09:00",
        "outcome": outcome,
        "owner": "Hanna Lindqvist",
        "contact_emails": "{sigrid}",
    }


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Toolbox]:
    held, missed = meeting(9210, "Yard visit", ""), meeting(9220, "Second visit", "NO_SHOW")
    opened = small.build(tmp_path_factory.mktemp("visited"), [held, missed])
    yield small.toolbox(opened, learned)
    opened.store.engine.dispose()


def test_the_last_meeting_is_one_that_was_not_called_off(visited: Toolbox) -> None:
    scope = Scope(account=account(visited, "Norvik Maritime"), as_of=AS_OF)
    answer = told(EngagementCheck().gather(Question("When did we last meet Norvik?"), scope, visited), visited)
    assert answer.startswith("**The last meeting with Norvik Maritime:** 10 October 2026, “Yard visit”")
