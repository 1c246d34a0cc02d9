"""Declines what a CRM assistant has no business with, in one sentence."""

from dataclasses import dataclass

from agents.base import Toolbox, run_alone
from agents.dialogue.manner import manner_asked
from agents.suggestions import suggest
from crm.nouns import Brief, Question, Scope


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """The agent."""

    name: str = "out_of_scope"

    def gather(self, question: Question, scope: Scope, tools: Toolbox) -> Brief:
        suggestions = suggest(tools.playbook, question.language, ("help", "quiet"))
        manner = manner_asked(question)
        return Brief(self.name, question.text, {}, manner=manner, suggestions=suggestions)


if __name__ == "__main__":
    run_alone("out_of_scope")
