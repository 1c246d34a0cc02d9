"""Says which leads to call first: transparent points, each with its reason, guesses marked."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from agents.asked_figures import figures_reader, frame_of
from agents.base import Toolbox, run_alone
from agents.pipeline_insights import PipelineInsights
from agents.reading.tokens import words_of
from agents.whose_log import territory_asked
from crm.insight.frame import About, QueryFrame
from crm.nouns import Brief, Computed, Manner, Question, Scope
from crm.scoring.points import LeadScale, ScoredLead, score

COUNTING = frozenset({"how", "by", "per"})  # parts of speech of a question for a figure
SHOWN, MOST = 10, 50  # leads that an answer lists


@dataclass(frozen=True, slots=True)
class Row:
    """One lead as the template shows it; `parts` are (name, points, because)."""

    name: str
    company: str
    title: str
    owner: str
    points: int
    band: str
    persona: str
    route: str
    parts: tuple[tuple[str, int, str], ...]
    guessed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeadPriority:
    """The agent."""

    name: str = "lead_priority"

    def gather(self, question: Question, scope: Scope, tools: Toolbox) -> Brief:
        if _is_figure(question, scope, tools):
            return PipelineInsights().gather(question, scope, tools)
        rep = territory_asked(question, tools).rep
        leads = [lead for lead in tools.book.leads if not rep or lead.owner == rep]
        newest = max((lead.last_contact.date() for lead in leads if lead.last_contact), default=None)
        as_of = scope.as_of or newest or datetime.now(UTC).date()
        scale = LeadScale.read(tools.playbook)
        ranked = sorted((score(lead, scale, as_of) for lead in leads), key=lambda s: (-s.score.value, s.lead.name))
        asked = f" {' '.join(words_of(question.text))} "
        named = [s for s in ranked if f" {' '.join(words_of(s.lead.name))} " in asked]
        facts = {
            "rep": rep,
            "as_of": as_of,
            "considered": len(leads),
            "existing": len(tools.book.leads),
            "rows": [_row(s) for s in named or ranked[: _asked_for(question.text)]],
        }
        return Brief(
            self.name,
            question.text,
            facts,
            manner=Manner(language=question.language),
            frame=_frame(scale, rep, as_of),
            figures=tuple(Computed(s.lead.name, s.score.value) for s in ranked),
        )


def _is_figure(question: Question, scope: Scope, tools: Toolbox) -> bool:
    """ "How many leads are qualified": exactly one figure about leads, not whom to call."""
    kinds = {a.kind for a in figures_reader(tools).lexicon.scan(question.text).atoms}
    if not kinds & COUNTING or "extreme" in kinds:
        return False
    frame = frame_of(question, scope, tools)
    return isinstance(frame, QueryFrame) and frame.about is About.LEADS


def _asked_for(text: str) -> int:
    """ "my top 5 leads": the first small number, else ten."""
    numbers = (int(w) for w in words_of(text) if w.isdigit())
    return next((n for n in numbers if 0 < n <= MOST), SHOWN)


def _frame(scale: LeadScale, rep: str, as_of: date) -> str:
    parts = (("engagement", scale.engagement), ("recency", scale.recency), ("seniority", scale.seniority))
    said = ", ".join(f"{name} {part.most}" for name, part in parts)
    whose = f" of {rep}" if rep else ""
    return f"points of leads{whose}: {said}, company size {scale.company_size.most}, the highest first, as of {as_of}"


def _row(scored: ScoredLead) -> Row:
    lead = scored.lead
    parts = tuple((name, round(points), because) for name, points, because in scored.score.parts)
    return Row(
        lead.name,
        lead.company,
        lead.job_title,
        lead.owner,
        round(scored.score.value),
        scored.score.band,
        scored.persona,
        scored.route,
        parts,
        scored.guessed,
    )


if __name__ == "__main__":
    run_alone("lead_priority")
