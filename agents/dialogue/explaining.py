"""How the last answer is known: what was understood, who answered, which records it stands on."""

from dataclasses import dataclass
from datetime import date

from agents.base import Toolbox
from agents.numbered_evidence import Said
from agents.suggestions import suggest
from agents.whose_log import speaker
from crm.engagement.labels import current
from crm.nouns import Activity, Answer, Brief, Evidence, Manner, Message, Question, Side

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Ground:
    """One source of the answer: the words, and how its record was judged."""

    said: Said
    native_id: str
    label: str
    decided_by: str
    percent: int


def explained(question: Question, before: Answer, tools: Toolbox) -> Brief:
    """A brief about the answer before; its sources keep their numbers."""
    shown = before.sources[:SHOWN]
    labels = current(tools.store, [s.activity_id for s in shown])
    evidence: list[Evidence] = []
    grounds: list[Ground] = []
    for source in shown:
        activity = tools.store.activity(source.activity_id)
        if activity is None:
            continue
        holder = next((m for m in activity.messages if source.quote in m.text), None)
        who = _who(holder, activity, tools)
        at = (holder.at if holder else None) or activity.at
        side = holder.side if holder else Side.UNKNOWN
        evidence.append(Evidence(source.number, source.activity_id, source.quote, at, who, side))
        day: date | None = at.date() if at else None
        said = Said(source.number, who, day, source.quote, activity.kind.value, side)
        label = labels.get(activity.id)
        verdict = label.verdict if label else None
        grounds.append(
            Ground(
                said,
                activity.native_id,
                verdict.engagement.value if verdict else "",
                (label.by if label and label.by else verdict.decided_by) if verdict else "",
                round(100 * verdict.confidence) if verdict else 0,
            )
        )
    facts = {
        "about": "" if before.frame else _name(before),  # a frame names whom it counts
        "period": before.scope.period,
        "as_of": before.scope.as_of,
        "route": before.route,
        "frame": before.frame.split(", ") if before.frame else [],
        "grounds": grounds,
        "more": len(before.sources) - len(shown),
    }
    first = grounds[0].native_id if grounds else ""
    suggestions = suggest(tools.playbook, question.language, ("activity_audit", "help"), "", first)
    manner = Manner(language=question.language)
    return Brief("explained", question.text, facts, tuple(evidence), manner, suggestions=suggestions)


def _who(holder: Message | None, activity: Activity, tools: Toolbox) -> str:
    if holder is None or holder.side is not Side.THEM:
        return (holder.author if holder else "") or activity.owner
    return speaker(holder.author or holder.address, activity, tools.book)


def _name(before: Answer) -> str:
    if before.scope.contact:
        return before.scope.contact.name
    return before.scope.account.name if before.scope.account else before.scope.rep
