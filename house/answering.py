"""Verbs of answering: ask, route, search, what to begin with."""

import time
from collections.abc import Iterator
from dataclasses import replace

from agents.base import Toolbox
from agents.help import Help
from agents.router import Route
from crm.access import Right
from crm.engagement.judge import Cascade
from crm.errors import MissingPart
from crm.nouns import Answer, Engagement, Filter, Question, Scope, Step
from crm.records.trail_entry import Entry, What
from house.judging import Judging
from house.rights import needs, who
from retrieval.llm_search import helped
from retrieval.search import Found
from wiring import PLAYBOOK

DRAFTING = "email_draft"
LEARNING = Step("Learn", "once, before the first verdict", 0.0)


class Answering(Judging):
    """Answers questions about what is in the store."""

    @needs(Right.ASK)
    def ask(self, text: str, agent: str = "") -> Answer:
        """The whole answer at once."""
        *_, answer = self.turn(Question(text), agent)
        return answer

    @needs(Right.ASK)
    def turn(self, question: Question, agent: str = "") -> Iterator[Answer]:
        """Growing answers to one question, which is the viewer's whoever it says it is from.

        Where the judges are still learning, the first says so.
        """
        waited: tuple[Step, ...] = ()
        if not self.judges_ready:
            yield Answer("", steps=(LEARNING,))
            began = time.perf_counter()
            self.cascade  # noqa: B018 - waits until it is made
            waited = (replace(LEARNING, seconds=time.perf_counter() - began),)
        asked_by = self.viewer.name or question.asked_by
        steps = self.assistant.turn(replace(question, asked_by=asked_by), agent)
        for answer in self.turnstile.each(steps) if self.llm is None else steps:
            if answer.done and answer.route == DRAFTING:
                about = answer.scope.account
                self.chain.put(Entry(asked_by or who(self), What.DRAFT, about.id if about else ""))
            yield replace(answer, steps=(*waited, *answer.steps)) if waited else answer

    @needs(Right.ASK)
    def routed(self, text: str) -> tuple[Route, Scope]:
        """Who would answer, and about what."""
        scoper = self.scoper
        return self.router.route(scoper.masked(text)), scoper.scope(Question(text))

    @needs(Right.ASK)
    def starters(self, language: str = "en") -> tuple[str, ...]:
        """Questions to begin with, made from what is loaded; each has an answer."""
        nobody = Cascade.of([])  # help judges nothing, and must not wait for the small model
        tools = Toolbox(self.store, self.book, self.search, nobody, PLAYBOOK, self.ours)
        return Help().gather(Question("", language=language), Scope(as_of=self.store.as_of()), tools).suggestions

    @needs(Right.ASK)
    def find(self, words: str, k: int, account: str, engaged: bool) -> Found:
        """Records by meaning or words. Raises MissingPart when the account is not in the data."""
        scope = self.scoper.scope(Question(f"“{account}”")) if account else Scope()
        if account and scope.account is None:
            raise MissingPart(f"No account is called {account}.")
        wanted = Engagement.ENGAGED if engaged else None
        if engaged:
            self.judge_store()
        where = Filter(account_id=scope.account.id if scope.account else None, engagement=wanted)
        return helped(words, lambda query: self.search.find(query, where, k), self.helper, k)
