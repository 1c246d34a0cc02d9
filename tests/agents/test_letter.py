"""A draft as a file for a mail program: who it goes to, what it says, and nothing that a record put there."""

from email import message_from_bytes
from email.policy import default

import pytest

from agents.base import Toolbox
from agents.email_draft import EmailDraft
from agents.mail.letter import letter_in
from crm.nouns import Question, Scope
from tests.four_accounts import account, told


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "pt", "it"])
def test_a_draft_in_any_language_becomes_a_mail(language: str, tools: Toolbox) -> None:
    asked = Question(f"Draft a follow-up in {language}", language=language)
    answer = told(EmailDraft().gather(asked, Scope(account=account(tools, "Norvik Maritime")), tools), tools)
    letter = letter_in(answer)
    assert letter is not None
    mail = message_from_bytes(letter.eml, policy=default)
    assert mail["To"].addresses[0].addr_spec == letter.address
    assert letter.address.endswith(".example")
    assert mail["Subject"] == letter.subject
    assert mail["X-Unsent"] == "1"
    body = mail.get_content()
    assert not any(mark in body for mark in ("**", "[1]", "---", "\\"))
    assert len(body.split()) > 30


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "There is no conversation with Dunmore on record, so there is nothing to follow up on.",
        "**Engaged:** 4\n\n---\n\n**Chasing:** 3",
        "**To:** Jo\n\n**Subject:** Hello\n\n---\n\nnothing above",
    ],
)
def test_what_drafts_no_mail_is_none(answer: str) -> None:
    assert letter_in(answer) is None


@pytest.mark.parametrize(
    "to",
    [
        "Jo (jo@x.example, eve@evil.example)",
        "Jo\\<eve@evil.example\\> (not an address)",
        "Jo (jo@x.example>\\nBcc:eve@evil.example)",
        "Jo (jö@x.example)",
    ],
)
def test_a_name_or_subject_from_a_record_adds_no_recipient_and_no_header(to: str) -> None:
    letter = letter_in(
        f"**To:** {to}\n\n**Subject:** Hi\x0b\x0c Bcc: eve@evil.example\n\nOne ask.\n\n---\n\n_Built on_"
    )
    assert letter is not None
    mail = message_from_bytes(letter.eml, policy=default)
    assert mail["To"] is None
    assert mail["Bcc"] is None
    assert mail.get_content().strip() == "One ask."
