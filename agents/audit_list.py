"""The records of an account or a person with their verdicts, where an audit names no single one."""

from dataclasses import dataclass
from datetime import date

from agents.base import Toolbox, judged_log
from agents.dialogue.manner import manner_asked
from agents.dialogue.task_phrases import asked_for
from agents.numbered_evidence import Exhibits, Said
from agents.suggestions import suggest
from agents.whose_log import name_of, names_on, where_of
from crm.engagement.labels import current
from crm.nouns import Activity, Brief, Engagement, Question, Scope, Verdict

TASK = "activity_list"
SHOWN = 10
ASKED = (
    ("label_not_engaged", Engagement.NOT_ENGAGED),
    ("label_nd", Engagement.ND),
    ("label_engaged", Engagement.ENGAGED),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One record as the list shows it."""

    native_id: str
    kind: str
    day: date | None
    who: str
    label: str
    percent: int
    said: Said


def listed(question: Question, scope: Scope, tools: Toolbox) -> Brief:
    """The newest records in scope, of the label that is asked for, each with its id."""
    log = judged_log(tools, where_of(scope))
    wanted = next((label for group, label in ASKED if asked_for(question.text, group)), None)
    verdicts = {i: label.verdict for i, label in current(tools.store, [a.id for a in log.activities]).items()}
    meant = [a for a in log.activities if a.id in verdicts and wanted in (None, verdicts[a.id].engagement)]
    shown = Exhibits()
    rows = [_row(a, verdicts[a.id], shown, tools) for a in meant[:SHOWN]]
    facts = {
        "about": name_of(scope),
        "period": scope.period,
        "as_of": scope.as_of,
        "label": wanted.value if wanted else "",
        "rows": rows,
        "count": len(meant),
        "more": len(meant) - len(rows),
        "considered": len(log.activities),
    }
    first = rows[0].native_id if rows else ""
    suggestions = suggest(tools.playbook, question.language, ("activity_audit", "help"), "", first)
    return Brief(TASK, question.text, facts, shown.evidence, manner_asked(question), suggestions=suggestions)


def _row(activity: Activity, verdict: Verdict, shown: Exhibits, tools: Toolbox) -> Judged:
    return Judged(
        activity.native_id,
        activity.kind.value,
        activity.at.date() if activity.at else None,
        names_on(activity, tools.book) or activity.owner,
        verdict.engagement.value,
        round(100 * verdict.confidence),
        shown.record(activity),
    )
