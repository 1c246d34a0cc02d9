"""Who has left a company: found in automatic replies, in mails of successors and in our notes, never guessed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from agents.base import Toolbox
from agents.leaving import leaving, leaving_asked, tells_of_leaving
from agents.reading.tokens import words_of
from crm.nouns import Question, Scope
from crm.writing import TemplateWriter
from tests import four_accounts as small
from tests.four_accounts import PLAYBOOK, account, contact, told
from tests.whole import assistant

AS_OF = date(2026, 10, 28)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("who has left a company?", True),
        ("which contacts are no longer with their company?", True),
        ("has anyone changed jobs recently?", True),
        ("quels contacts ont quitté leur société ?", True),
        ("welche Ansprechpartner sind nicht mehr bei ihrer Firma?", True),
        ("¿qué contactos ya no trabajan en su empresa?", True),
        ("chi ha lasciato l'azienda?", True),
        ("quem saiu da empresa?", True),
        ("who left a voicemail?", False),
        ("who is left to call?", False),
        ("which tasks are left?", False),
        ("which customers left us?", False),
        ("wer antwortet nicht mehr?", False),
        ("who still works there?", False),
    ],
)
def test_only_who_has_left_is_asked_for(text: str, asked: bool) -> None:
    assert leaving_asked(text) is asked


@pytest.mark.parametrize("text", ["has left?", "does still work there?", "arbeitet noch dort?"])
def test_of_a_person_it_is_asked_in_fewer_words(text: str) -> None:
    assert leaving_asked(text, of_person=True)
    assert not leaving_asked(text)


@pytest.mark.parametrize(
    ("said", "leaves"),
    [
        ("Sigrid Aas is no longer with the company.", True),
        ("Friday is my last day at Norvik", True),
        ("I have taken over from Sigrid", True),
        ("Frau Aas ist nicht mehr für Norvik Maritime tätig.", True),
        ("Mme Aas a quitté la société.", True),
        ("Sigrid ya no trabaja con nosotros.", True),
        ("La dottoressa Aas non lavora più in Norvik.", True),
        ("A Sigrid já não faz parte da equipa.", True),
        ("The gate no longer opens on Mondays.", False),
        ("It no longer works with the old key.", False),
        ("We no longer work with paper forms.", False),
        ("I am on leave until Monday.", False),
        ("Das Tor geht nicht mehr auf.", False),
    ],
)
def test_what_says_that_somebody_left(said: str, leaves: bool) -> None:
    assert tells_of_leaving(" ".join(words_of(said))) is leaves


def mail(number: int, day: str, subject: str, body: str, sender: str) -> small.Row:
    return {
        "hs_object_id": number,
        "crm_subject": subject,
        "crm_description": f"From: {{{sender}}}\nTo: {{hanna}}\nSubject: {subject}\n\n{body}\n",
        "crm_subtype": "Email",
        "activity_date": day,
        "direction": "inbound",
        "owner": "Hanna Lindqvist",
        "contact_emails": f"{{{sender}}}",
    }


@pytest.fixture(scope="module")
def leavers(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Toolbox]:
    gone = "Thank you for your mail. I am no longer with Brackwater Foods. Please write to the office."
    note = {
        "hs_object_id": 9702,
        "crm_subject": "Call",
        "crm_description": "Sigrid says Kjersti Moe has left the company, no successor yet.",
        "crm_subtype": "Call",
        "activity_date": "2026-10-13 09:00",
        "outcome": "Connected",
        "owner": "Hanna Lindqvist",
        "contact_emails": "{sigrid}",
    }
    rows = [mail(9701, "2026-10-12 09:00", "Automatic reply: the plan", gone, "graham"), note]
    opened = small.build(tmp_path_factory.mktemp("leavers"), rows)
    yield small.toolbox(opened, learned)
    opened.store.engine.dispose()


def left(tools: Toolbox, scope: Scope, language: str = "en") -> str:
    return told(leaving(Question("who has left a company?", language=language), scope, tools), tools)


def test_a_mailbox_and_a_note_tell_it_with_their_sources(leavers: Toolbox) -> None:
    text = left(leavers, Scope(as_of=AS_OF))
    assert "**2 records say that somebody left" in text
    assert (
        "12 October 2026, Graham Pell, automatic reply (Brackwater Foods): "
        "“I am no longer with Brackwater Foods.” [2]" in text
    )
    assert "13 October 2026, Hanna Lindqvist (Norvik Maritime): “Sigrid says Kjersti Moe has left the company" in text


def test_of_one_person_only_what_is_said_of_them_counts(leavers: Toolbox) -> None:
    kjersti = left(leavers, Scope(contact=contact(leavers, "Kjersti Moe"), as_of=AS_OF))
    assert kjersti.startswith("**1 record says that Kjersti Moe left, leaves or has a successor")
    assert "Kjersti Moe has left the company, no successor yet.” [1]" in kjersti
    sigrid = left(leavers, Scope(contact=contact(leavers, "Sigrid Aas"), as_of=AS_OF))
    assert "No record says" in sigrid


def test_where_nobody_left_it_says_so_of_the_account(leavers: Toolbox) -> None:
    text = left(leavers, Scope(account=account(leavers, "Transports Verdier"), as_of=AS_OF))
    assert text.startswith("**No record says that somebody of Transports Verdier left.**")


@pytest.mark.parametrize("language", ["fr", "de", "es", "pt", "it"])
def test_every_language_tells_them(leavers: Toolbox, language: str) -> None:
    assert "I am no longer with Brackwater Foods." in left(leavers, Scope(as_of=AS_OF), language)


@pytest.mark.parametrize("text", ["Who has left a company?", "Wer hat das Unternehmen verlassen?", "Has Graham left?"])
def test_asked_in_the_chat_they_are_listed(leavers: Toolbox, learned: Path, text: str) -> None:
    *_, answer = assistant(leavers, TemplateWriter(PLAYBOOK), learned).turn(Question(text))
    assert "I am no longer with Brackwater Foods." in answer.text
