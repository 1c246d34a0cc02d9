"""Says what one can ask, with examples from the data that is loaded; each of them works."""

from dataclasses import dataclass

from sqlalchemy import func, select

from agents.base import Toolbox, run_alone
from agents.suggestions import suggest
from crm.nouns import Brief, Engagement, Manner, Question, Scope
from crm.records.db import activities, standing

TASKS = ("engagement_check", "account_summary", "email_draft", "ask_history")


@dataclass(frozen=True, slots=True)
class Example:
    """One thing to ask: the agent that answers, a question that it answers here and now."""

    task: str
    question: str


@dataclass(frozen=True, slots=True)
class Help:
    """The agent."""

    name: str = "help"

    def gather(self, question: Question, scope: Scope, tools: Toolbox) -> Brief:
        account = scope.account.name if scope.account else _liveliest(tools)
        examples = _examples(question.language, account, tools)
        facts = {
            "accounts": len(tools.book.accounts),
            "activities": tools.store.count(),
            "as_of": scope.as_of,
            "examples": examples,
        }
        manner = Manner(language=question.language)
        return Brief(self.name, question.text, facts, manner=manner, suggestions=tuple(e.question for e in examples))


def _examples(language: str, account: str, tools: Toolbox) -> list[Example]:
    """A question for each agent that has something to work on."""
    newest = tools.store.activities(limit=1)
    tasks = [*(TASKS if account else ())]
    tasks += ["activity_audit"] if newest else []
    tasks += ["quiet"] if account else []
    tasks += ["pipeline_insights"] if tools.book.deals else []
    tasks += ["lead_priority"] if tools.book.leads else []
    return [
        Example(task, asked)
        for task in tasks
        for asked in suggest(tools.playbook, language, (task,), account, newest[0].native_id if newest else "")
    ]


def _liveliest(tools: Toolbox) -> str:
    """The account with the most conversations on record, or else the most records: there is something to see."""
    engaged = func.count().filter(standing.c.engagement == Engagement.ENGAGED.value)
    query = (
        select(activities.c.account_id)
        .select_from(activities.outerjoin(standing, standing.c.activity_id == activities.c.id))
        .where(activities.c.account_id.is_not(None))
        .group_by(activities.c.account_id)
        .order_by(engaged.desc(), func.count().desc(), activities.c.account_id)
    )
    with tools.store.reading() as connection:
        ids = connection.execute(query).scalars().all()
    return next((tools.book.account_by_id[i].name for i in ids if i in tools.book.account_by_id), "")


if __name__ == "__main__":
    run_alone("help")
