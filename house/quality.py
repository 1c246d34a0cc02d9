"""Verbs of the Quality page: figures that were written down, and what the store tells now."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import quantiles

from agents.assistant import Assistant
from crm.access import Right
from crm.engagement.labels import count_unjudged
from crm.errors import MissingPart
from crm.measured_figures import Measured
from crm.nouns import Question
from crm.records.data_quality import Untidy, untidy
from crm.records.model_calls import Used, used
from crm.writing import TemplateWriter
from house.answering import Answering
from house.rights import needs
from settings import HERE
from wiring import PLAYBOOK

FIGURES = HERE / "docs" / "quality.json"


TIMES = 4  # each question is asked and timed so often


@dataclass(frozen=True, slots=True)
class Timed:
    """How long something took: the median and the slowest twentieth, in milliseconds."""

    what: str
    p50: float
    p95: float


class Quality(Answering):
    """How good the answers are, as far as it was measured."""

    @needs(Right.AUDIT)
    def timed(self) -> list[Timed]:
        """Times search and whole answers on the data that are there, without a chat model and its words.

        Nobody asked these questions, so none is on the trail. Raises MissingPart where a model would judge first.
        """
        questions, answering = self.starters() or ("help",), self._unassisted()
        return [
            _timed("a search", questions, lambda q: self.search.find(q)),
            _timed("a whole answer", questions, lambda q: [*answering.turn(Question(q))]),
        ]

    def _unassisted(self) -> Assistant:
        """Answers as templates write them. Raises MissingPart while a model has records to judge, which costs."""
        left = count_unjudged(self.store, self.cascade.policy) if self.llm else 0
        if left:
            raise MissingPart(f"The chat model would judge {left:,} records first. Audit the store, then time answers.")
        full = self.assistant
        return replace(full, writer=TemplateWriter(PLAYBOOK), tools=replace(full.tools, llm=None, helper=None))

    @needs(Right.AUDIT)
    def measured(self) -> Measured:
        """The figures that the last evaluations wrote down. Raises BadFile."""
        return Measured.read(FIGURES)

    @needs(Right.AUDIT)
    def rule_reasons(self) -> dict[str, str]:
        """What each rule says when it speaks, in a sentence, by its name."""
        return {rule.name: rule.because for rule in self.rules.rules.rules}

    @needs(Right.AUDIT)
    def untidy(self) -> list[Untidy]:
        """What is missing, doubled, unmatched or cut in the store, counted now."""
        return untidy(self.store)

    @needs(Right.AUDIT)
    def model_costs(self) -> list[Used]:
        """What chat models were asked, by day, model and task, the newest first; nothing where none ever was."""
        return used(self.store)


def _timed(what: str, questions: Sequence[str], act: Callable[[str], object]) -> Timed:
    act(questions[0])  # what is made at first use is not what an answer takes
    took = []
    for question in [*questions] * TIMES:
        began = time.perf_counter()
        act(question)
        took.append(1_000 * (time.perf_counter() - began))
    cuts = quantiles(took, n=20)
    return Timed(what, cuts[9], cuts[18])
