"""Answers questions about numbers: shows the frame it understood, then the exact figures."""

from collections.abc import Iterator
from dataclasses import dataclass

from agents.asked_figures import figures_reader, frame_of
from agents.base import Toolbox, judge_first, run_alone
from crm.insight.compute import compute, span
from crm.insight.frame import About, Column, Field, Figures, How, QueryFrame, Where
from crm.insight.read import Refused
from crm.nouns import Brief, Computed, Filter, Manner, Question, Scope

SHOWN = 40  # rows of a table that an answer prints; all of them are among its figures
JUDGED_FOR_FIGURES = 10_000  # what a figure over labels may wait for, once
UNITS = {Column.AGE: "days", Column.CYCLE: "days", Column.DURATION: "seconds", Column.REVENUE: "million"}


@dataclass(frozen=True, slots=True)
class PipelineInsights:
    """The agent."""

    name: str = "pipeline_insights"

    def gather(self, question: Question, scope: Scope, tools: Toolbox) -> Brief:
        reader = figures_reader(tools)
        frame = frame_of(question, scope, tools)
        if not isinstance(frame, Refused):
            unjudged = _judged(frame, tools)
            found = compute(tools.store, frame)
            if unjudged:
                frame = reader.refused(f"{unjudged} activities are not judged yet; run the bulk audit, then ask again")
            elif found.mixed and frame.top:
                frame = reader.refused("these amounts are in several currencies, which cannot be ranked; name one")
            else:
                return self._told(question, found, tools, reader.examples)
        facts = {**_nothing(), "refused": frame.because, "instead": list(frame.instead)}
        manner = Manner(language=question.language)
        return Brief(self.name, question.text, facts, manner=manner, suggestions=frame.instead[:3])

    def _told(self, question: Question, found: Figures, tools: Toolbox, examples: tuple[str, ...]) -> Brief:
        frame = found.frame
        facts = {**_nothing(), **_facts(found), "notes": list(_notes(found, tools))}
        return Brief(
            self.name,
            question.text,
            facts,
            manner=Manner(language=question.language),
            suggestions=examples[:3],
            frame=frame.in_words(),
            figures=tuple(Computed(f.name, f.value, f.unit) for f in found.rows),
        )


def _judged(frame: QueryFrame, tools: Toolbox) -> int:
    """Judges what the figure stands on; how many are left unjudged, which would make it a near miss."""
    if not frame.needs_labels:
        return 0
    done = judge_first(tools, Filter(), JUDGED_FOR_FIGURES)
    if done < JUDGED_FOR_FIGURES:
        return 0
    without = QueryFrame(About.ACTIVITIES, where=(Where(Field.LABEL, ()),))
    return int(sum(f.value for f in compute(tools.store, without).rows))


def _nothing() -> dict[str, object]:
    empty: dict[str, object] = dict.fromkeys(("refused", "frame", "as_of", "unit"))
    lists: dict[str, object] = {"instead": [], "rows": [], "notes": []}
    return {**empty, **lists, "records": 0, "rate": False, "grouped": False, "more_rows": 0}


def _facts(found: Figures) -> dict[str, object]:
    frame = found.frame
    rate = frame.how is How.SHARE
    rows = [(f.name, f.value * 100 if rate else f.value, f.unit, f.rows) for f in found.rows]
    return {
        "frame": frame.in_words(),
        "rows": rows[:SHOWN],
        "more_rows": max(0, len(rows) - SHOWN),
        "unit": UNITS.get(frame.of) if isinstance(frame.of, Column) else None,
        "records": sum(f.rows for f in found.rows),
        "rate": rate,
        "grouped": any(f.name for f in found.rows),
        "as_of": frame.as_of,
    }


def _notes(found: Figures, tools: Toolbox) -> Iterator[str]:
    """What a person must know not to misread the figures."""
    frame = found.frame
    if found.left_out:
        yield f"{found.left_out} of the matching {frame.about} lack the value and are left out"
    if found.ungrouped:
        yield f"{found.ungrouped} more match but carry no {' or '.join(frame.group)}"
    if found.mixed:
        yield "amounts in different currencies are kept apart"
    if not found.matched:
        if frame.how is How.SHARE:
            yield "there is nothing to take a share of: no record matches"
        yield from _span_told(frame, tools)


def _span_told(frame: QueryFrame, tools: Toolbox) -> Iterator[str]:
    dates = span(tools.store, frame)
    if dates:
        yield f"the {frame.about} on record are dated from {dates[0]} to {dates[1]}"


if __name__ == "__main__":
    run_alone("pipeline_insights")
