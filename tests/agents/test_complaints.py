"""Complaints and objections: found by what sentences say, told as such, and not seen where there are none."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from agents.base import Toolbox
from agents.complaints import worried, worry_asked
from crm.nouns import Brief, Question, Scope
from tests import four_accounts as small
from tests.four_accounts import account, told

AS_OF = date(2026, 10, 28)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("did they ever complain?", "complaint"),
        ("were they ever unhappy with us?", "complaint"),
        ("any objections?", "objection"),
        ("se sont-ils déjà plaints ?", "complaint"),
        ("y a-t-il eu des objections ?", "objection"),
        ("gab es jemals Beschwerden?", "complaint"),
        ("hatten sie Bedenken?", "objection"),
        ("¿se han quejado alguna vez?", "complaint"),
        ("hanno sollevato obiezioni?", "objection"),
        ("já se queixaram?", "complaint"),
        ("who asked us to stop?", "refusal"),
        ("which customers said no", "refusal"),
        ("qui a refusé ?", "refusal"),
        ("welche Kunden haben abgelehnt?", "refusal"),
        ("what did customers complain about", "complaint"),
        ("who asked us not to contact them any more?", "refusal"),
        ("Which customers must not be contacted?", "refusal"),
        ("Chi ci ha chiesto di non essere più contattato?", "refusal"),
        ("who should I contact today?", ""),
        ("why did say no", "refusal"),
        ("What was the reason they turned us down?", "refusal"),
        ("pourquoi ont-ils refusé ?", "refusal"),
        ("which deals did we lose", ""),
        ("how many deals did we lose and why", ""),
        ("who declined the meeting", ""),
        ("did they complain about the price?", ""),
        ("how many complaints per month", ""),
        ("write a complaint", ""),
    ],
)
def test_only_a_question_about_nothing_else_is_one(text: str, kind: str) -> None:
    assert worry_asked(text) == kind


def mail(number: int, sender: str, body: str) -> small.Row:
    return {
        "hs_object_id": number,
        "crm_subject": "Larvik",
        "crm_description": f"From: {{{sender}}}\nTo: {{hanna}}\nSubject: Larvik\n\n{body}\n",
        "crm_subtype": "Email",
        "activity_date": f"2026-10-{number - 9100:02d} 09:00",
        "direction": "inbound",
        "owner": "Hanna Lindqvist",
        "contact_emails": f"{{{sender}}}",
    }


@pytest.fixture(scope="module")
def unhappy(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Toolbox]:
    extra = [
        mail(9101, "sigrid", "Hanna, the gate screen is still broken and nobody rings back. Sigrid"),
        mail(9102, "sigrid", "Hanna, honestly 48k is overpriced for one gate. Sigrid"),
        mail(9103, "sigrid", "Hanna, all runs well, no complaints from the night shift. Sigrid"),
        mail(9104, "sigrid", "Hanna, I would like to know what happens when the server is down at night. Sigrid"),
        mail(9105, "sigrid", "Please take me off your list, Hanna. Sigrid"),
    ]
    opened = small.build(tmp_path_factory.mktemp("unhappy"), extra)
    yield small.toolbox(opened, learned)
    opened.store.engine.dispose()


def asked(tools: Toolbox, kind: str, language: str = "en") -> Brief:
    scope = Scope(account=account(tools, "Norvik Maritime"), as_of=AS_OF)
    return worried(Question("did they ever complain?", language=language), scope, kind, tools)


def quotes(brief: Brief) -> str:
    return " ".join(e.text for e in brief.evidence)


def test_a_complaint_is_found_by_what_it_says(unhappy: Toolbox) -> None:
    brief = asked(unhappy, "complaint")
    assert "the gate screen is still broken" in quotes(brief)
    assert "no complaints" not in quotes(brief)
    assert "what happens when" not in quotes(brief)
    assert "What Norvik Maritime wrote that sounds like a complaint:" in told(brief, unhappy)


def test_the_time_asked_about_is_no_topic() -> None:
    assert worry_asked("who complained last quarter?") == ""
    assert worry_asked("who complained last quarter?", "last quarter") == "complaint"


def test_who_said_no_is_told_with_the_account_and_the_marks_of_the_crm(unhappy: Toolbox) -> None:
    brief = worried(Question("who asked us to stop?"), Scope(as_of=AS_OF), "refusal", unhappy)
    text = told(brief, unhappy)
    assert "Sigrid Aas (Norvik Maritime): “Please take me off your list, Hanna.”" in text
    assert "as not to be contacted:** Anke Roth." in text


def test_an_objection_is_found_by_what_its_words_name(unhappy: Toolbox) -> None:
    brief = asked(unhappy, "objection")
    assert "48k is overpriced for one gate" in quotes(brief)
    assert "screen" not in quotes(brief)


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "pt", "it"])
@pytest.mark.parametrize("kind", ["complaint", "objection", "refusal"])
def test_none_is_said_to_be_none_in_every_language(tools: Toolbox, kind: str, language: str) -> None:
    scope = Scope(account=account(tools, "Harbeck Foods"), as_of=AS_OF)
    brief = worried(Question("?", language=language), scope, kind, tools)
    text = told(brief, tools)
    assert text.startswith("**")
    assert "Harbeck Foods" in text
    assert not brief.evidence
