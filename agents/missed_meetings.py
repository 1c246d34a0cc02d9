"""Meetings at which the other side did not turn up: by the outcome on record, or by what the note tells."""

from dataclasses import dataclass, replace
from datetime import date

from agents.base import Toolbox, judged_log
from agents.dialogue.manner import manner_asked
from agents.numbered_evidence import PASSAGE, Exhibits, Said
from agents.reading.phrases import without
from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from agents.suggestions import suggest
from agents.whose_log import ever, name_of, names_on, where_of
from crm.engagement.timeline import NOBODY_CAME
from crm.nouns import Activity, Brief, Kind, Label, Question, Scope, Side
from crm.quoting import excerpt

MOST = 20
RULE = "rule:nobody_came"  # of playbook/rules/engagement_notes.yaml


@dataclass(frozen=True, slots=True)
class Missed:
    """One of them: the record's own words, with the account and who of theirs was expected."""

    said: Said
    account: str
    who: str
    owner: str


def missed_asked(text: str, period: str = "") -> bool:
    """Whether the question is who did not turn up, and about nothing else but a time; `text` is without names."""
    words, lists = without(words_of(text), {" ".join(words_of(period))})[0], word_list("not_turning_up")
    left, found = without(words, lists["no_show"])
    return bool(found) and not without(left, lists["too"])[0]


def missed(question: Question, scope: Scope, tools: Toolbox) -> Brief:
    """The meetings of the scope that were to take place by the newest day, the newest first."""
    where, shown = replace(where_of(scope), kinds=frozenset({Kind.EVENT})), Exhibits()
    log = judged_log(tools, where)
    due = [a for a in log.activities if a.at is None or a.at.date() <= (scope.as_of or date.max)]
    found = [a for a in due if _nobody_came(a, log.labels.get(a.id))]
    facts = {
        "about": name_of(scope),
        "meetings": [_told(a, shown, tools) for a in found[:MOST]],
        "count": len(found),
        "more": len(found[MOST:]),
        "period": scope.period,
        "as_of": scope.as_of,
        "considered": len(due),
        "existing": tools.store.count(ever(where)),
    }
    account = scope.account.name if scope.account else ""
    suggestions = suggest(tools.playbook, question.language, ("engagement_check", "email_draft"), account)
    return Brief("missed", question.text, facts, shown.evidence, manner_asked(question), suggestions=suggestions)


def _nobody_came(activity: Activity, label: Label | None) -> bool:
    by_note = label is not None and label.verdict.decided_by == RULE
    return by_note or activity.outcome.casefold() in NOBODY_CAME


def _told(activity: Activity, shown: Exhibits, tools: Toolbox) -> Missed:
    account = tools.book.account_by_id.get(activity.account_id or "")
    note = next((m.text.strip() for m in activity.messages if m.text.strip()), "")
    said = shown.add(activity, excerpt(note, PASSAGE), "", Side.US) if note else shown.record(activity)
    return Missed(said, account.name if account else "", names_on(activity, tools.book), activity.owner)
