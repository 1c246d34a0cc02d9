"""Answers questions about numbers: shows the frame it understood, then the exact figures."""

from dataclasses import dataclass

from agents.base import Toolbox, judge_first, run_alone
from crm.insight.compute import compute
from crm.insight.frame import Figures, Measure, QueryFrame
from crm.insight.read import Reader, Refused
from crm.nouns import Brief, Filter, Manner, Question, Scope

RATES = (Measure.WIN_RATE, Measure.ENGAGED_SHARE)


@dataclass(frozen=True, slots=True)
class PipelineInsights:
    """The agent."""

    name: str = "pipeline_insights"

    def gather(self, question: Question, scope: Scope, tools: Toolbox) -> Brief:
        reader = Reader.over(tools.store, tools.book, tools.playbook)
        frame = reader.read(question.text, scope.account, scope.period)
        manner = Manner(language=question.language)
        if isinstance(frame, Refused):
            facts = {**_nothing(), "refused": frame.because, "instead": list(frame.instead)}
            return Brief(self.name, question.text, facts, manner=manner, suggestions=frame.instead[:3])
        if frame.needs_labels:
            judge_first(tools, Filter(account_id=scope.account.id if scope.account else None))
        facts = {**_nothing(), **_facts(frame, compute(tools.store, frame)), "as_of": scope.as_of}
        return Brief(self.name, question.text, facts, manner=manner, suggestions=reader.examples[:3])


def _nothing() -> dict[str, object]:
    empty: dict[str, object] = dict.fromkeys(("refused", "frame", "as_of"))
    return {**empty, "instead": [], "rows": [], "records": 0, "left_out": 0, "rate": False, "grouped": False}


def _facts(frame: QueryFrame, figures: Figures) -> dict[str, object]:
    rate = frame.measure in RATES
    rows = [(f.name, f.value * 100 if rate else f.value, f.unit, f.rows) for f in figures.rows]
    return {
        "frame": frame.in_words(),
        "rows": rows,
        "records": sum(f.rows for f in figures.rows),
        "left_out": figures.left_out,
        "rate": rate,
        "grouped": frame.group is not None,
    }


if __name__ == "__main__":
    run_alone("pipeline_insights")
