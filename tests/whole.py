"""A whole assistant over the small CRM."""

from pathlib import Path

from agents.account_summary import AccountSummary
from agents.activity_audit import ActivityAudit
from agents.ask_history import AskHistory
from agents.assistant import Assistant
from agents.base import Agent, Toolbox
from agents.email_draft import EmailDraft
from agents.engagement_check import EngagementCheck
from agents.help import Help
from agents.lead_priority import LeadPriority
from agents.out_of_scope import OutOfScope
from agents.pipeline_insights import PipelineInsights
from agents.router import Router
from agents.scope import Scoper
from crm.writing import Writer
from tests.four_accounts import PLAYBOOK


def assistant(tools: Toolbox, writer: Writer, cache: Path) -> Assistant:
    """A whole assistant over these tools."""
    scoper = Scoper(tools.book, tools.store)
    router = Router.ready(PLAYBOOK / "routes", cache)
    agents: dict[str, Agent] = {
        agent.name: agent
        for agent in (
            EngagementCheck(),
            ActivityAudit(),
            AccountSummary(),
            EmailDraft(),
            AskHistory(),
            PipelineInsights(),
            LeadPriority(),
            Help(),
            OutOfScope(),
        )
    }
    return Assistant(scoper, router, agents, writer, tools)
