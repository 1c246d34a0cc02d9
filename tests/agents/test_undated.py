"""A store whose records carry no date, as the seed format has none: asked about all the same."""

from pathlib import Path

import pytest

from agents.account_summary import AccountSummary
from agents.ask_history import AskHistory
from agents.base import Agent, Toolbox
from agents.email_draft import EmailDraft
from agents.engagement_check import EngagementCheck
from crm.intake.ingest import Plan, ingest
from crm.nouns import Question, Scope
from crm.records.store import Store
from tests.four_accounts import SmallCrm, account, told, toolbox

ACTIVITIES = """hs_object_id,crm_subject,crm_description,crm_subtype,account
1,Call,"Spoke with Jana. She wants 18 licences and asked for a reference.",Call,Blauhafen
2,Call,No answer.,Call,Carrow
"""
ACCOUNTS = "account_id,name\nA1,Blauhafen\nA2,Carrow\n"


@pytest.fixture
def undated(tmp_path: Path, learned: Path) -> Toolbox:
    store = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    for kind, text in (("accounts", ACCOUNTS), ("activities", ACTIVITIES)):
        (tmp_path / f"{kind}.csv").write_text(text)
        ingest(tmp_path / f"{kind}.csv", store, Plan(source="csv", kind=kind))
    return toolbox(SmallCrm(store, tmp_path), learned)


def test_who_answered_on_a_day_that_nobody_knows_is_told_and_not_called_silent(undated: Toolbox) -> None:
    brief = EngagementCheck().gather(Question("Which accounts really answered last quarter?"), Scope(), undated)
    assert brief.notices == ("Their conversations carry no date, so they are in no period: Blauhafen.",)
    assert (brief.facts["never_count"], brief.facts["talking_count"], brief.facts["quiet_count"]) == (1, 0, 0)


@pytest.mark.parametrize("agent", [AccountSummary(), EmailDraft(), AskHistory()], ids=lambda a: a.name)
def test_an_account_without_a_date_can_be_asked_about(undated: Toolbox, agent: Agent) -> None:
    brief = agent.gather(Question("Draft a mail to Blauhafen"), Scope(account=account(undated, "Blauhafen")), undated)
    assert "Blauhafen" in told(brief, undated)
