"""How to reach somebody: told from the contacts, with the last talk; an order to change or to write is none."""

from dataclasses import replace
from pathlib import Path

import pytest

from agents.assistant import Assistant
from agents.base import Toolbox
from agents.contacts import reach_asked, reachable
from crm.nouns import Answer, Question, Scope, Turn
from crm.quoting import plain
from crm.writing import TemplateWriter
from tests.four_accounts import PLAYBOOK, account, contact, told
from tests.whole import assistant


@pytest.fixture(scope="module")
def talker(tools: Toolbox, learned: Path) -> Assistant:
    return assistant(tools, TemplateWriter(PLAYBOOK), learned)


def said(talker: Assistant, *questions: str) -> Answer:
    """The answer to the last of a conversation's questions."""
    history: tuple[Turn, ...] = ()
    answer = Answer("")
    for text in questions:
        *_, answer = talker.turn(Question(text, history))
        history = (*history, Turn(text, answer))
    return answer


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("phone number of", "phone"),
        ("what is 's direct line?", "phone"),
        ("email address of", "mail"),
        ("phone number of the buyer at", "phone"),
        ("and her email?", "mail"),
        ("phone and email of", "both"),
        ("how do I reach her?", "both"),
        ("who is our contact at", "who"),
        ("who is the decision maker there?", "decides"),
        ("le numéro de téléphone de", "phone"),
        ("qui est notre interlocuteur chez", "who"),
        ("wie lautet die E-Mail-Adresse von", "mail"),
        ("wer ist unser Ansprechpartner bei", "who"),
        ("dame el teléfono de", "phone"),
        ("¿quién es mi contacto en y cómo lo localizo?", "both"),
        ("Qui sont mes interlocuteurs chez", "who"),
        ("Wer ist unser Ansprechpartner beim", "who"),
        ("chi è il nostro referente presso", "who"),
        ("qual é o email de", "mail"),
        ("private phone number of", ""),
        ("change the phone number of", ""),
        ("email her", ""),
        ("write an email to", ""),
        ("did she pick up the phone?", ""),
        ("last contact with", ""),
        ("who had real contact with", ""),
        ("number of open deals at", ""),
        ("show me every phone number you have", ""),
    ],
)
def test_only_the_way_to_reach_somebody_is_one(text: str, what: str) -> None:
    assert reach_asked(text) == what


def test_a_person_is_told_with_address_and_what_is_missing(tools: Toolbox) -> None:
    scope = Scope(account=account(tools, "Norvik Maritime"), contact=contact(tools, "Sigrid Aas"))
    brief = reachable(Question("phone number of Sigrid Aas"), scope, "phone", tools)
    text = plain(told(brief, tools))
    assert text.startswith("**Sigrid Aas**, Head of Logistics at Norvik Maritime: no phone number on record;")
    assert "sigrid.aas@norvik.example" in text
    assert "Kjersti" not in text
    assert "demo:C001" in text
    assert "the last on" in text
    assert brief.evidence


def test_whoever_opted_out_and_whoever_never_talked_are_told_so(tools: Toolbox) -> None:
    scope = Scope(account=account(tools, "Harbeck Logistics"))
    text = plain(told(reachable(Question("who is our contact there?"), scope, "who", tools), tools))
    assert "anke.roth@harbeck-logistics.example (has opted out of mail)" in text
    assert "never in a conversation on record" in text


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "pt", "it"])
def test_where_the_crm_knows_nobody_the_mails_do(tools: Toolbox, language: str) -> None:
    alone, scope = (
        replace(tools, book=replace(tools.book, contacts=())),
        Scope(account=account(tools, "Norvik Maritime")),
    )
    brief = reachable(Question("who is our contact there?", language=language), scope, "who", alone)
    text = plain(told(brief, alone))
    assert "**Sigrid Aas**" in text
    assert "sigrid.aas@norvik.example" in text
    assert "Hanna" not in text
    assert brief.facts["from_mails"]
    assert brief.evidence


def test_who_decides_is_not_made_up(tools: Toolbox) -> None:
    scope = Scope(account=account(tools, "Norvik Maritime"))
    text = told(reachable(Question("who decides?"), scope, "decides", tools), tools)
    assert text.startswith("**No field of this CRM says who decides at Norvik Maritime.** By their titles")


def test_without_a_company_it_asks_back(tools: Toolbox) -> None:
    assert reachable(Question("phone number?"), Scope(), "phone", tools).task == "ask_back"


def test_one_of_ours_is_told_too_but_is_nobody_s_contact(tools: Toolbox) -> None:
    scope = Scope(rep="Hanna Lindqvist")
    text = plain(told(reachable(Question("email address of Hanna"), scope, "mail", tools), tools))
    assert text.startswith("**Hanna Lindqvist**: mail hanna.lindqvist@tesseraflow.example")
    assert reachable(Question("who is our contact?"), scope, "who", tools).task == "ask_back"


def test_a_conversation_goes_from_one_to_the_next(talker: Assistant) -> None:
    first = said(talker, "phone number of Sigrid Aas", "and her email address?")
    assert first.scope.contact
    assert first.scope.contact.name == "Sigrid Aas"
    assert "sigrid.aas" in first.text
    other = said(talker, "email address of Sigrid Aas", "and Kjersti?")
    assert "kjersti.moe" in other.text
    assert "sigrid.aas" not in other.text


def test_somebody_unknown_leaves_the_company_in_place(talker: Assistant) -> None:
    answer = said(
        talker, "Summarise Norvik Maritime", "what is the phone number of Torvald?", "and when did we last talk?"
    )
    assert answer.scope.account
    assert answer.scope.account.name == "Norvik Maritime"
    asked = said(talker, "Summarise Norvik Maritime", "what is the phone number of Torvald?")
    assert asked.text.startswith("Nobody called “Torvald” is on record at Norvik Maritime.")


def test_who_else_after_a_summary_is_about_people(talker: Assistant) -> None:
    answer = said(talker, "Summarise Norvik Maritime", "who else?")
    assert "Whom we know at Norvik Maritime" in answer.text
    assert "Kjersti Moe" in answer.text
