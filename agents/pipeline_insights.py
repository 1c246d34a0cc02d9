"""Answers questions about numbers: shows the frame it understood, then the exact figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from agents.asked_figures import FIGURES, computed, figures_reader, frame_of, mine_only, names_a_measure, of_asker
from agents.base import Toolbox, run_alone
from agents.figures_by_model import frame_by_model
from agents.listed_records import counts_records, records_behind
from agents.numbered_evidence import Exhibits
from agents.pipeline_kinds import kind_asked, report
from agents.report_sections import Section
from crm.insight.figures.compute import compute, span
from crm.insight.frame import TOLD_IN, About, Column, Field, Figures, Has, How, QueryFrame, Where
from crm.insight.frame_words import in_words, parts_of
from crm.insight.read import Refused
from crm.nouns import Brief, Computed, Evidence, Manner, Question, Scope
from crm.tongue import Tongue

SHOWN = 40  # rows of a table that an answer prints; all of them are among its figures
EXAMPLES, NEAREST = 3, 5
STANDING = frozenset({"overview", "risk"})  # what these ask for is no figure, though a figure has words of theirs
COMPARED = 6  # figures behind a change that a note can hold


@dataclass(frozen=True, slots=True)
class PipelineInsights:
    """The agent: one exact figure, a standing report, or a refusal that says what can be asked."""

    name: str = "pipeline_insights"

    def gather(self, question: Question, scope: Scope, tools: Toolbox) -> Brief:
        frame = frame_of(question, scope, tools)
        kind = _kind(question)
        if isinstance(frame, Refused) and not kind:
            frame = frame_by_model(question.text, frame, figures_reader(tools), tools)
        found = None if isinstance(frame, Refused) or kind in STANDING else computed(frame, tools)
        if isinstance(found, Figures):
            return self._told(question, found, tools)
        if kind and (sections := report(kind, tools, _whose(question, scope, tools))):
            return self._reported(question, sections, tools)
        refused = found or frame
        known = refused if isinstance(refused, Refused) else figures_reader(tools).refused("")
        return self._refused(question, known, tools)

    def _refused(self, question: Question, refused: Refused, tools: Toolbox) -> Brief:
        nearest = offered(refused.instead, question.language, tools)[:NEAREST]
        return self._brief(question, {**_nothing(), "refused": refused.because, "instead": list(nearest)}, nearest)

    def _told(self, question: Question, found: Figures, tools: Toolbox) -> Brief:
        figures = tuple(Computed(f.name, f.value, f.unit) for f in found.rows)
        shown = Exhibits()
        listed = []
        if counts_records(found.frame) and not names_a_measure(question.text, tools):
            found = replace(found, frame=replace(found.frame, unlisted=False))
            listed = records_behind(found, shown, tools)
        facts = {
            **_nothing(),
            **_facts(found),
            "notes": [*_notes(found, tools), *_missing(question, tools)],
            "listed": listed,
        }
        facts["amounts"] = _amounts(found, tools)
        facts["more_listed"] = int(sum(f.value for f in found.rows)) - len(listed) if listed else 0
        return self._brief(question, facts, _examples(question, tools), in_words(found.frame), figures, shown.evidence)

    def _reported(self, question: Question, sections: tuple[Section, ...], tools: Toolbox) -> Brief:
        first = sections[0]
        figures = tuple(Computed(line.name, line.value, line.unit) for line in first.lines if line.value is not None)
        facts = {**_nothing(), "sections": [s.shown() for s in sections], "as_of": figures_reader(tools).as_of}
        facts["records"] = len(tools.book.deals)
        return self._brief(question, facts, _examples(question, tools), first.frame, figures)

    def _brief(
        self,
        question: Question,
        facts: dict[str, object],
        examples: tuple[str, ...],
        frame: str = "",
        figures: tuple[Computed, ...] = (),
        evidence: tuple[Evidence, ...] = (),
    ) -> Brief:
        manner = Manner(language=question.language)
        suggestions = examples[:EXAMPLES]
        return Brief(
            self.name,
            question.text,
            facts,
            evidence,
            manner,
            suggestions=suggestions,
            frame=frame,
            figures=figures,
        )


def _kind(question: Question) -> str:
    """The report that is asked for, or the last one where it is only said whose: "just mine"."""
    kind = kind_asked(question.text)
    if kind or not question.history or not mine_only(question.text):
        return kind
    last = question.history[-1]
    return kind_asked(last.question) if last.answer.route == FIGURES else ""


def offered(examples: Sequence[str], language: str, tools: Toolbox) -> tuple[str, ...]:
    """The questions in a language, where they read there as they do in English; else in English.

    What is no example are a person's own words, which come first as they are.
    """
    known = Tongue.of(tools.playbook, language).examples
    reader = figures_reader(tools)
    own = [q for q in examples if q not in reader.examples]
    said = [known[q] for q in examples if q in known and reader.read(known[q]) == reader.read(q)]
    return (*own, *(said or (q for q in examples if q not in own)))


def _examples(question: Question, tools: Toolbox) -> tuple[str, ...]:
    return offered(figures_reader(tools).examples, question.language, tools)


def _whose(question: Question, scope: Scope, tools: Toolbox) -> tuple[Where, ...]:
    """Whose deals a report is about: an account's, a rep's, or those of a manager's people."""
    if scope.account:
        return (Where(Field.ACCOUNT, (scope.account.name,)),)
    if scope.rep:
        return (Where(Field.REP, (scope.rep,)),)
    found = of_asker(QueryFrame(About.DEALS), question, tools)
    types = figures_reader(tools).types
    found = types.asked(question.text).on(found) if types.held else found
    return tuple(c for c in found.where if isinstance(c, Where))


def _nothing() -> dict[str, object]:
    empty: dict[str, object] = dict.fromkeys(("refused", "frame", "as_of", "unit"))
    lists: dict[str, object] = {"instead": [], "rows": [], "notes": [], "sections": [], "listed": [], "amounts": []}
    return {**empty, **lists, "records": 0, "rate": False, "grouped": False, "more_rows": 0, "more_listed": 0}


def _facts(found: Figures) -> dict[str, object]:
    frame = found.frame
    rate = frame.rate
    rows = [(f.name, f.value * 100 if rate else f.value, f.unit, f.rows) for f in found.rows]
    return {
        "frame": parts_of(frame),
        "rows": rows[:SHOWN],
        "more_rows": max(0, len(rows) - SHOWN),
        "unit": _unit(frame),
        "records": sum(f.rows for f in found.rows),
        "rate": rate,
        "grouped": any(f.name for f in found.rows),
        "as_of": frame.as_of,
    }


def _amounts(found: Figures, tools: Toolbox) -> list[tuple[float, str] | None]:
    """What each deal of a list is worth: a row that only says that there is one tells nothing."""
    frame = found.frame
    if frame.how is not How.COUNT or frame.group != (Field.DEAL,) or any(f.rows != 1 for f in found.rows):
        return []
    worth = compute(tools.store, replace(frame, how=How.TOTAL, of=Column.VALUE, top=None, kept=None))
    told = {f.name: (f.value, f.unit) for f in worth.rows}
    return [told.get(f.name) for f in found.rows[:SHOWN]] if len(told) == len(worth.rows) else []


def _unit(frame: QueryFrame) -> str | None:
    if frame.of is Column.REVENUE:
        return "million"
    return frame.unit or (TOLD_IN.get(frame.of) if isinstance(frame.of, Column) else None)


def _notes(found: Figures, tools: Toolbox) -> Iterator[str]:
    """What a person must know not to misread the figures."""
    frame = found.frame
    if found.left_out:
        yield f"{found.left_out} of the matching {frame.about} lack the value and are left out"
    if found.ungrouped:
        yield f"{found.ungrouped} more match but carry no {' or '.join(frame.group)}"
    if found.tied:
        yield f"{found.tied} more with the same figure as the last of these"
    if frame.change and frame.versus and len(found.behind) <= COMPARED:
        scale = 100 if frame.how is How.SHARE else 1
        yield "taken of " + ", ".join(f"{f.name}: {f.value * scale:g}" for f in found.behind)
    elif frame.change and not frame.versus:
        yield "the newest of them may not be over yet"
    if _calls_either_way(frame, tools):
        yield "no call tells here whether it came in, so that those that did count, too"
    if found.mixed:
        yield "amounts in different currencies are kept apart"
    if not found.matched:
        if frame.how is How.SHARE:
            yield "there is nothing to take a share of: no record matches"
        if dates := span(tools.store, frame):
            yield f"the {frame.about} on record are dated from {dates[0]} to {dates[1]}"


def _missing(question: Question, tools: Toolbox) -> Iterator[str]:
    """Types of accounts that are named beside others, and that no account has."""
    types = figures_reader(tools).types
    asked = types.asked(question.text) if types.held else None
    if asked is not None and asked.missing:
        yield types.names(asked)


def _calls_either_way(frame: QueryFrame, tools: Toolbox) -> bool:
    """ "Accounts that we called", where all calls are without a direction."""
    inner = [c for has in frame.where if isinstance(has, Has) for c in has.where]
    told = [c for c in (*frame.where, *frame.are, *inner) if isinstance(c, Where)]
    ours = any(c.field is Field.DIRECTION and c.negated for c in told)
    return ours and not figures_reader(tools).held.calls_directed


if __name__ == "__main__":
    run_alone("pipeline_insights")
