"""Promises, risks and the next step of an account, each with its record."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from agents.account_summary import AccountSummary
from agents.base import Toolbox
from agents.next_steps import NextStep, Risk, waiting_days
from agents.statements import holds
from crm.engagement.timeline import timeline
from crm.nouns import Brief, Engagement, Kind, Label, Question, Scope, Side, Verdict
from tests.crm.engagement.made import activity
from tests.four_accounts import account, told

AS_OF = date(2026, 10, 28)


def brief_of(tools: Toolbox, name: str, ask: str = "Sum it up") -> Brief:
    return AccountSummary().gather(Question(ask), Scope(account=account(tools, name), as_of=AS_OF), tools)


def test_who_wrote_last_is_answered_first(tools: Toolbox) -> None:
    step = brief_of(tools, "Norvik Maritime").facts["next"]
    assert isinstance(step, NextStep)
    assert (step.what, step.day) == ("answer", date(2026, 10, 12))


def test_where_nobody_ever_answered_one_introduces_oneself(tools: Toolbox) -> None:
    brief = brief_of(tools, "Brackwater Foods")
    assert "Introduce yourself" in told(brief, tools)
    risks = brief.facts["risks"]
    assert isinstance(risks, list)
    assert [(r.what, r.days) for r in risks if isinstance(r, Risk) and r.what == "chased"] == [("chased", 4)]


def test_a_meeting_is_prepared_on_request(tools: Toolbox) -> None:
    text = told(brief_of(tools, "Norvik Maritime", "Prepare my meeting with Norvik"), tools)
    assert text.startswith("### Norvik Maritime: to prepare")
    assert "**The meeting:** 12 November 2026" in text
    assert "Bring the answer to what Sigrid Aas asked on 12 October 2026" in text
    assert "**Deals**" not in text


def test_promises_and_worries_are_known_in_several_languages() -> None:
    assert holds("Ich schicke Ihnen das Angebot.", "promise")
    assert holds("Le envío la oferta mañana.", "promise")
    assert holds("Das ist uns zu teuer.", "objection")
    assert holds("C'est trop cher pour nous.", "objection")
    assert not holds("We have 12 trucks.", "promise")
    assert not holds("We have 12 trucks.", "objection")


@pytest.mark.parametrize(
    ("last_words", "days"),
    [
        ("Could you send the price for two berths?", 8),
        ("We'd like to go ahead in May.", 8),
        ("Thanks but no thanks, we will pass.", None),
        ("Danke, aber wir haben uns für einen anderen Anbieter entschieden. Bitte keine Mails mehr.", None),
        ("We decided against it. Can you delete our data?", 8),
    ],
)
def test_whoever_said_no_and_asked_nothing_waits_for_nothing(last_words: str, days: int | None) -> None:
    at = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
    mail = replace(activity("1", last_words, side=Side.THEM), at=at)
    verdict = Verdict(Engagement.ENGAGED, 0.95, "They wrote.", last_words, "rule:they_wrote")
    line = timeline([mail], {mail.id: Label(mail.id, mail.text_hash, "p", verdict, at)}, AS_OF)
    assert waiting_days(line, AS_OF) == days


@pytest.mark.parametrize(
    ("kind", "outcome", "label", "days"),
    [
        (Kind.CALL, "No answer", Engagement.NOT_ENGAGED, None),  # we tried to answer
        (Kind.CALL, "Connected", Engagement.ENGAGED, None),  # we talked since
        (Kind.TASK, "", Engagement.NOT_ENGAGED, 8),
    ],
)
def test_whoever_was_called_since_waits_no_more(kind: Kind, outcome: str, label: Engagement, days: int | None) -> None:
    at = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
    mail = replace(activity("1", "When can you come?", side=Side.THEM), at=at)
    later = replace(activity("2", "Anna, Thursday."), kind=kind, outcome=outcome, at=at + timedelta(days=2))
    labels = {
        a.id: Label(a.id, a.text_hash, "p", Verdict(said, 0.95, "", "", "rule:x"), at)
        for a, said in ((mail, Engagement.ENGAGED), (later, label))
    }
    assert waiting_days(timeline([mail, later], labels, AS_OF), AS_OF) == days
