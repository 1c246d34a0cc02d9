"""The log that a question is about, read once: what it shows, and how much of it was considered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from agents.base import Log, Toolbox, judged_log
from agents.dialogue.manner import manner_asked
from agents.numbered_evidence import Exhibits, Said
from agents.suggestions import suggest
from agents.whose_log import ever, name_of
from crm.nouns import Brief, Filter, Question, Scope


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence on record; with its account, where it is not the one asked about."""

    said: Said
    account: str


@dataclass(frozen=True, slots=True)
class ReadLog:
    """The records that `where` means, newest first, with their labels; `shown` grows as an answer quotes them."""

    question: Question
    scope: Scope
    tools: Toolbox
    where: Filter
    log: Log
    shown: Exhibits = field(default_factory=Exhibits)

    @classmethod
    def of(cls, question: Question, scope: Scope, tools: Toolbox, where: Filter) -> "ReadLog":
        """Reads the log."""
        return cls(question, scope, tools, where, judged_log(tools, where))

    @property
    def about(self) -> str:
        """Whose log it is; nothing where it is everybody's."""
        return name_of(self.scope)

    def sentences(self, said: Iterable[Said]) -> list[Sentence]:
        """Each with its account, where none was asked about; the newest first."""
        newest_first = sorted(said, key=lambda s: s.day or date.min, reverse=True)
        accounts = {} if self.about else {a.id: a.account_id or "" for a in self.log.activities}
        names = self.tools.book.account_by_id
        found = []
        for one in newest_first:
            account = names.get(accounts.get(self.shown.evidence[one.n - 1].activity_id, ""))
            found.append(Sentence(one, account.name if account else ""))
        return found

    def brief(self, task: str, facts: Mapping[str, object], *next_tasks: str) -> Brief:
        """The facts with those of every such answer: whose, when, as of which day, out of how many records.

        `next_tasks` are what may be asked next.
        """
        everywhere = {
            "about": self.about,
            "period": self.where.period,
            "as_of": self.scope.as_of,
            "considered": len(self.log.activities),
            "existing": self.tools.store.count(ever(self.where)),
        }
        account = self.scope.account.name if self.scope.account else ""
        return Brief(
            task,
            self.question.text,
            everywhere | dict(facts),
            self.shown.evidence,
            manner_asked(self.question),
            suggestions=suggest(self.tools.playbook, self.question.language, next_tasks, account),
        )
