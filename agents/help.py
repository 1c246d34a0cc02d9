"""Says what one can ask, with examples from the data that is loaded; each of them works."""

from dataclasses import dataclass

from sqlalchemy import Text, func, select

from agents.base import Toolbox, run_alone
from agents.dialogue.manner import manner_asked
from agents.suggestions import suggest
from crm.nouns import Brief, Question, Scope, Side
from crm.records.db import activities

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
            "model": tools.llm.name if tools.llm else "",
        }
        manner = manner_asked(question)
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
    """The account from which the most different people wrote, to the most of ours: there is something to see."""
    wrote = activities.c.sides.contains(Side.THEM.value)
    people = func.count(activities.c.contact_ids.cast(Text).distinct()).filter(wrote)
    query = (
        select(activities.c.account_id)
        .where(activities.c.account_id.is_not(None))
        .group_by(activities.c.account_id)
        .order_by(
            people.desc(),
            func.count(activities.c.owner.distinct()).filter(wrote).desc(),
            func.count().desc(),
            activities.c.account_id,
        )
    )
    with tools.store.reading() as connection:
        ids = connection.execute(query).scalars().all()
    return next((tools.book.account_by_id[i].name for i in ids if i in tools.book.account_by_id), "")


if __name__ == "__main__":
    run_alone("help")
