"""Promises that no later record shows to be kept, told with care: no sign is no proof."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from agents.base import Toolbox
from agents.open_promises import open_promises, open_promises_asked
from crm.nouns import Question, Scope
from crm.writing import TemplateWriter
from tests import four_accounts as small
from tests.four_accounts import PLAYBOOK, account, told
from tests.whole import assistant

AS_OF = date(2026, 10, 28)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("which promises have no sign of being done?", True),
        ("which of our promises are still open?", True),
        ("what did we promise and have not done yet?", True),
        ("quelles promesses n'avons-nous pas tenues ?", True),
        ("welche Zusagen sind noch offen?", True),
        ("was haben wir zugesagt und noch nicht gemacht?", True),
        ("¿qué promesas no hemos cumplido?", True),
        ("quali promesse non abbiamo mantenuto?", True),
        ("que promessas estão por cumprir?", True),
        ("what did we promise?", False),
        ("which deals are still open?", False),
        ("what did we promise about the training that is still open?", False),
    ],
)
def test_only_promises_that_are_not_kept_are_asked_for(text: str, asked: bool) -> None:
    assert open_promises_asked(text) is asked


def record(number: int, day: str, kind: str, body: str, who: str = "{sigrid}", **more: str) -> small.Row:
    return {
        "hs_object_id": number,
        "crm_subject": "Larvik",
        "crm_description": body,
        "crm_subtype": kind,
        "activity_date": day,
        "owner": "Hanna Lindqvist",
        "contact_emails": who,
        **more,
    }


def mail(number: int, day: str, body: str, sender: str = "hanna", to: str = "sigrid") -> small.Row:
    text = f"From: {{{sender}}}\nTo: {{{to}}}\nSubject: Larvik\n\n{body}\n"
    customer = f"{{{to if sender == 'hanna' else sender}}}"
    return record(number, day, "Email", text, customer, direction="outbound" if sender == "hanna" else "inbound")


@pytest.fixture(scope="module")
def promising(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Toolbox]:
    rows = [
        mail(9101, "2026-09-01 09:00", "Hi Sigrid,\n\nI will send you the gate drawings on Monday.\n\nHanna"),
        mail(9102, "2026-09-07 09:00", "Hi Sigrid,\n\nHere is the drawing of the gate.\n\nHanna"),
        mail(9103, "2026-09-08 09:00", "Hi Sigrid,\n\nI will send you the berth list this week.\n\nHanna"),
        mail(
            9104,
            "2026-09-20 09:00",
            "Hi Hanna,\n\nWe are still waiting for the berth list.\n\nSigrid",
            "sigrid",
            "hanna",
        ),
        mail(9105, "2026-09-21 09:00", "Hi Sigrid,\n\nThe new rope works well, I hear.\n\nHanna"),
        mail(9106, "2026-10-01 09:00", "Hi Graham,\n\nI will call you on Tuesday.\n\nHanna", "hanna", "graham"),
        record(9107, "2026-10-06 09:00", "Call", "Talked with Graham about the fair", "{graham}", outcome="Connected"),
        record(9108, "2026-10-12 09:00", "Call", "Muster bis KW 44 zugesagt", "{graham}", outcome=""),
    ]
    opened = small.build(tmp_path_factory.mktemp("open_promises"), rows)
    yield small.toolbox(opened, learned)
    opened.store.engine.dispose()


def unkept(tools: Toolbox, scope: Scope, language: str = "en") -> str:
    return told(open_promises(Question("which promises are open?", language=language), scope, tools), tools)


def test_what_a_later_record_names_may_be_kept(promising: Toolbox) -> None:
    text = unkept(promising, Scope(account=account(promising, "Norvik Maritime"), as_of=AS_OF))
    assert "gate drawings" not in text
    assert "1 further promise was followed by a record that may show it." in text


def test_what_they_still_wait_for_is_not_kept_by_being_named(promising: Toolbox) -> None:
    text = unkept(promising, Scope(account=account(promising, "Norvik Maritime"), as_of=AS_OF))
    assert (
        "8 September 2026, Hanna: “I will send you the berth list this week.” [1]; our last message since: 21" in text
    )
    assert "No sign in the records is no proof" in text


def test_a_call_that_was_promised_is_kept_by_calling(promising: Toolbox) -> None:
    text = unkept(promising, Scope(as_of=AS_OF))
    assert "I will call you" not in text
    assert "(who promised, our note does not say): “Muster bis KW 44 zugesagt” [" in text


def test_of_a_colleague_without_promises_it_says_so(promising: Toolbox) -> None:
    text = unkept(promising, Scope(rep="Claire Dumont", as_of=AS_OF))
    assert text.startswith(
        "**No promise of Claire Dumont from 30 July 2026 to 28 October 2026 is without a later record"
    )


@pytest.mark.parametrize("language", ["fr", "de", "es", "pt", "it"])
def test_every_language_tells_them(promising: Toolbox, language: str) -> None:
    assert "berth list this week" in unkept(promising, Scope(as_of=AS_OF), language)


@pytest.mark.parametrize("text", ["which promises have no sign of being done?", "Welche Zusagen sind noch offen?"])
def test_asked_in_the_chat_they_are_listed(promising: Toolbox, learned: Path, text: str) -> None:
    *_, answer = assistant(promising, TemplateWriter(PLAYBOOK), learned).turn(Question(text))
    assert "berth list this week" in answer.text
