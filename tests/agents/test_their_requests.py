"""What they want: their questions and requests, the newest first, and how many records hold none."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from agents.base import Toolbox
from agents.their_requests import wanted, wants_asked
from crm.nouns import Period, Question, Scope
from tests import four_accounts as small
from tests.four_accounts import account, told

AS_OF = date(2026, 10, 28)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("What does want?", True),
        ("what do they need", True),
        ("what do they want from us right now?", True),
        ("what is asking for", True),
        ("que veut ?", True),
        ("de quoi ont-ils besoin ?", True),
        ("was will ?", True),
        ("was brauchen sie?", True),
        ("qué quiere ?", True),
        ("¿qué necesitan?", True),
        ("cosa vuole ?", True),
        ("o que querem?", True),
        ("what does say", False),
        ("who wants a demo", False),
        ("what do they want from the pilot", False),
        ("what do I need to do today about the offer", False),
        ("do they want a discount", False),
    ],
)
def test_only_a_question_about_nothing_else_is_one(text: str, is_one: bool) -> None:
    assert wants_asked(text) is is_one


def test_the_time_asked_about_is_no_topic() -> None:
    assert not wants_asked("what did they want last quarter?")
    assert wants_asked("what did they want last quarter?", "last quarter")


def mail(number: int, body: str) -> small.Row:
    return {
        "hs_object_id": number,
        "crm_subject": "Larvik",
        "crm_description": f"From: {{sigrid}}\nTo: {{hanna}}\nSubject: Larvik\n\n{body}\n",
        "crm_subtype": "Email",
        "activity_date": f"2026-10-{number - 9300:02d} 09:00",
        "direction": "inbound",
        "owner": "Hanna Lindqvist",
        "contact_emails": "{sigrid}",
    }


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Toolbox]:
    extra = [
        mail(9313, "Hanna, we need the union note before the pilot. How are you today? Sigrid"),
        mail(9314, "Hanna, all runs well at the gate in Larvik now. Sigrid"),
        mail(9315, "Hanna, which days are free for the crane team? Det er p? Sigrid"),
    ]
    opened = small.build(tmp_path_factory.mktemp("asking"), extra)
    yield small.toolbox(opened, learned)
    opened.store.engine.dispose()


def want(tools: Toolbox, name: str = "", language: str = "en", period: Period | None = None) -> str:
    scope = Scope(account=account(tools, name) if name else None, period=period, as_of=AS_OF)
    return told(wanted(Question("what do they want?", language=language), scope, tools), tools)


def test_the_newest_request_comes_first_with_its_record(asking: Toolbox) -> None:
    text = want(asking, "Norvik Maritime")
    assert text.startswith(
        "**What Norvik Maritime asked for, the newest first:**\n- 15 October 2026, Sigrid Aas: “Hanna, which"
    )
    assert text.index("which days are free") < text.index("we need the union note")
    assert "all runs well" not in text
    assert "How are you" not in text
    assert "Det er p?" not in text


def test_of_all_accounts_each_is_named(asking: Toolbox) -> None:
    text = want(asking)
    assert "Sigrid Aas (Norvik Maritime): “Hanna, which days" in text
    assert text.startswith("**What customers asked for from 30 July 2026 to 28 October 2026")


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "pt", "it"])
def test_where_they_asked_for_nothing_the_records_are_counted(asking: Toolbox, language: str) -> None:
    day = Period(date(2026, 10, 14), date(2026, 10, 14), "on 14 October")
    quiet = want(asking, "Norvik Maritime", language, day)
    assert " 1 " in quiet.partition("\n")[0]
    assert "Norvik Maritime" in want(asking, "Norvik Maritime", language)
    assert "Harbeck Foods" in want(asking, "Harbeck Foods", language)
    assert "[1]" not in quiet


def test_what_is_said_where_none_asks(asking: Toolbox) -> None:
    day = Period(date(2026, 10, 14), date(2026, 10, 14), "on 14 October")
    assert "with words of theirs, none asks for anything.**" in want(asking, "Norvik Maritime", "en", day)
    assert "has words of theirs, so none asks for anything.**" in want(asking, "Harbeck Foods")
