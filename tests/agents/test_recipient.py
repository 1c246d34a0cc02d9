"""Whom a mail was meant for, when nobody there is called so."""

import pytest

from agents.base import Toolbox
from agents.email_draft import EmailDraft
from agents.mail.recipient import stranger_in
from crm.nouns import Question, Scope
from tests.four_accounts import account


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Draft a mail to Bettina Kraus at Norvik", "Bettina Kraus"),
        ("email luc at norvik about the pilot", "luc"),
        ("write to Mr Delorme at Norvik Maritime please", "Delorme"),
        ("Schreib an Frau Kraus bei Norvik eine Mail", "Kraus"),
        ("écris à Moussa chez Norvik", "Moussa"),
        ("draft a follow-up to Sigrid at Norvik", ""),
        ("draft a follow-up to Norvik", ""),
        ("email Norvik Maritime about the price in French", ""),
        ("write to the CFO at Norvik", ""),
        ("reply to them at Norvik on Monday", ""),
        ("draft a mail to Norvik from Hanna", ""),
        ("Schreib an den Einkauf bei Norvik", ""),
        ("a friendly proposal for Norvik", ""),
    ],
)
def test_a_reader_who_is_not_on_record(tools: Toolbox, text: str, name: str) -> None:
    assert stranger_in(text, account(tools, "Norvik Maritime"), tools.book) == name


def test_the_draft_says_that_it_is_to_somebody_else(tools: Toolbox) -> None:
    scope = Scope(account=account(tools, "Norvik Maritime"))
    brief = EmailDraft().gather(Question("Draft a mail to Bettina Kraus at Norvik"), scope, tools)
    assert brief.notices[0].startswith(
        "Nobody called “Bettina Kraus” is on record at Norvik Maritime: this mail is to "
    )
    assert EmailDraft().gather(Question("Draft a mail to Norvik"), scope, tools).notices == ()
