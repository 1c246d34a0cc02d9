from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from agents.account_summary import AccountSummary
from agents.base import Toolbox
from crm.nouns import Period, Question, Scope
from tests.four_accounts import account, contact, told

AS_OF = date(2026, 10, 28)


def summary(tools: Toolbox, name: str, language: str = "en") -> str:
    scope = Scope(account=account(tools, name), as_of=AS_OF)
    return told(AccountSummary().gather(Question("Sum it up", language=language), scope, tools), tools)


def test_figures_deals_and_people_are_from_the_book(tools: Toolbox) -> None:
    text = summary(tools, "Norvik Maritime")
    assert "Shipping, Nordics, 420 employees, revenue 88.5 m. Owner: Hanna Lindqvist." in text
    assert "**Deals** (2; open: 34,000 EUR in 1 deal; won: 48,000 EUR in 1 deal)" in text
    assert "- Norvik - Moss: Proposal, 34,000 EUR" in text
    assert "- Norvik - Dock: Won, 48,000 EUR, closed 12 March 2026" in text
    assert "- Sigrid Aas, Head of Logistics: 3 conversations, the last on 12 October 2026 [1]" in text
    assert "- Kjersti Moe, CFO: never in a conversation on record" in text


def test_an_account_of_which_only_the_owner_is_known_begins_with_it(tools: Toolbox) -> None:
    known = account(tools, "Norvik Maritime")
    bare = replace(known, industry="", region="", size=None, revenue=None)
    scope = Scope(account=bare, as_of=AS_OF)
    text = told(AccountSummary().gather(Question("Sum it up"), scope, tools), tools)
    assert "\n\nOwner: Hanna Lindqvist." in text


def test_what_they_said_is_quoted_from_conversations_only(tools: Toolbox) -> None:
    text = summary(tools, "Norvik Maritime")
    assert "We take around 140 trucks a day in Larvik and I own the gate." in text
    assert "out of the office" not in text


def test_their_open_question_and_the_missing_answer_are_told(tools: Toolbox) -> None:
    text = summary(tools, "Norvik Maritime")
    assert "They wrote last, and no answer of ours is on record. [1]" in text
    assert "“Could you send the revised offer for Moss before the 6th?”" in text.partition("what they asked last")[2]


def test_what_is_not_known_is_told(tools: Toolbox) -> None:
    text = summary(tools, "Brackwater Foods").partition("**Not known**")[2]
    assert "- Their revenue" in text
    assert "- The role of 1 contact" in text
    assert "- The amount of 1 open deal" in text


def test_without_a_conversation_nothing_is_quoted_from_them(tools: Toolbox) -> None:
    text = summary(tools, "Brackwater Foods")
    assert "There is no conversation with them on record" in text
    assert "What they said" not in text


def test_hostile_words_are_shown_and_dead(tools: Toolbox) -> None:
    text = summary(tools, "Transports Verdier", "fr")
    assert "![" not in text
    assert "http://" not in text


def test_a_person_stands_for_their_account(tools: Toolbox) -> None:
    brief = AccountSummary().gather(Question("?"), Scope(contact=contact(tools, "Luc Verdier"), as_of=AS_OF), tools)
    assert told(brief, tools).startswith("### Transports Verdier")


def test_without_an_account_it_asks(tools: Toolbox) -> None:
    brief = AccountSummary().gather(Question("Summary please"), Scope(), tools)
    assert brief.task == "ask_back"


@pytest.mark.parametrize(("language", "head"), [("fr", "**Affaires** (2"), ("de", "**Deals** (2; offen: 34.000 EUR")])
def test_it_speaks_other_languages(tools: Toolbox, language: str, head: str) -> None:
    assert head in summary(tools, "Norvik Maritime", language)


def test_a_quiet_period_does_not_make_strangers_of_people_who_talked_before(tools: Toolbox) -> None:
    """What is to be done next, who talked and when they meet stand on all records, whatever period is asked about."""
    quiet = Period(date(2026, 7, 20), date(2026, 7, 24), "that week")
    scope = Scope(account=account(tools, "Norvik Maritime"), period=quiet, as_of=date(2026, 10, 28))
    brief = AccountSummary().gather(Question("Any news from Norvik that week?"), scope, tools)
    text = told(brief, tools)
    assert brief.facts["considered"] == 0
    before: Any = brief.facts["before"]
    assert before.day < date(2026, 7, 20)
    assert "no conversation with them on record in this period; the last one before was on" in text
    assert "nobody there has ever answered" not in text
    assert "nothing below is quoted" not in text
    sigrid = next(line for line in text.splitlines() if line.startswith("- Sigrid Aas"))
    assert "never in a conversation" not in sigrid
