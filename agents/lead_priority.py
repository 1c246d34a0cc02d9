"""Says which leads to call first: transparent points, each with its reason, guesses marked."""

from dataclasses import dataclass
from datetime import UTC, datetime

from agents.base import Toolbox, run_alone
from agents.who import territory_asked
from crm.nouns import Brief, Manner, Question, Scope
from crm.scoring.points import LeadScale, ScoredLead, score

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One lead as the template shows it; `parts` are (name, points, because)."""

    name: str
    company: str
    title: str
    owner: str
    points: int
    band: str
    parts: tuple[tuple[str, int, str], ...]
    guessed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeadPriority:
    """The agent."""

    name: str = "lead_priority"

    def gather(self, question: Question, scope: Scope, tools: Toolbox) -> Brief:
        rep = territory_asked(question, tools).rep
        leads = [lead for lead in tools.book.leads if not rep or lead.owner == rep]
        newest = max((lead.last_contact.date() for lead in leads if lead.last_contact), default=None)
        as_of = scope.as_of or newest or datetime.now(UTC).date()
        scale = LeadScale.read(tools.playbook)
        ranked = sorted((score(lead, scale, as_of) for lead in leads), key=lambda s: (-s.score.value, s.lead.name))
        facts = {
            "rep": rep,
            "as_of": as_of,
            "considered": len(leads),
            "existing": len(tools.book.leads),
            "rows": [_row(s) for s in ranked[:SHOWN]],
        }
        return Brief(self.name, question.text, facts, manner=Manner(language=question.language))


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
        parts,
        scored.guessed,
    )


if __name__ == "__main__":
    run_alone("lead_priority")
