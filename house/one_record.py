"""Verbs about single things: one record with how it was judged, figures of one question or frame."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from agents.activity_audit import PASTED
from agents.asked_figures import computed, frame_of
from crm.access import Right
from crm.engagement import corrections
from crm.engagement.audit import judge_and_record
from crm.engagement.judge import Explanation
from crm.errors import MissingPart
from crm.insight.frame import Figures, QueryFrame
from crm.insight.read import Refused
from crm.intake.days_from_quotes import day_told_by
from crm.nouns import Account, Activity, Kind, Label, Question
from crm.threads.thread import RawActivity
from crm.threads.thread import activity as threaded
from house.judging import Judging
from house.rights import needs


@dataclass(frozen=True, slots=True)
class Judged:
    """One record with all that led to its verdict; `label` is what stands on record, None for a text."""

    activity: Activity
    label: Label | None
    explained: Explanation


class Single(Judging):
    """Looks at one thing closely."""

    @needs(Right.ASK)
    def record(self, typed_id: str) -> Activity:
        """The record of a full or native id. Raises MissingPart when there is none, or several."""
        return corrections.the_activity(self.store, typed_id)

    @needs(Right.ASK)
    def day_told_by(self, activity_id: str) -> str:
        """The id of the record whose quote told the day of this one; empty where it has its own, or none."""
        return day_told_by(self.store, activity_id)

    @needs(Right.ASK)
    def judge_one(self, typed_id: str) -> Judged:
        """A stored record, judged now if it was not yet. Raises MissingPart."""
        activity, tools = self.record(typed_id), self.assistant.tools
        if activity.id not in self.judged([activity.id]):
            judge_and_record(tools.store, tools.cascade, [activity])
        label = self.judged([activity.id]).get(activity.id)
        return Judged(activity, label, tools.cascade.explain(activity))

    @needs(Right.ASK)
    def judge_text(self, text: str, subject: str = "", kind: Kind = Kind.OTHER) -> Judged:
        """A record that is in no store; nothing of it is kept."""
        raw = RawActivity("text", PASTED, kind, raw_subject=subject, raw_body=text, at=datetime.now(UTC))
        activity = threaded(raw, self.ours)
        return Judged(activity, None, self.cascade.explain(activity))

    @needs(Right.ASK)
    def account(self, typed: str) -> Account:
        """The account of an id or an exact name. Raises MissingPart when there is none, or several."""
        book, wanted = self.book, typed.strip()
        known = book.account_by_id.get(wanted)
        same = wanted.casefold()
        found = [known] if known else [a for a in book.accounts if same in {x.name.casefold() for x in a.everyone}]
        if len(found) > 1:
            raise MissingPart(f"{wanted} is the name of several accounts. Say which: {', '.join(a.id for a in found)}.")
        if not found:
            raise MissingPart(f"No account is called {wanted}.")
        return found[0]

    @needs(Right.ASK)
    def figures(self, asked: str | QueryFrame, asked_by: str = "") -> Figures | Refused:
        """Exact figures of a question or a frame, or why there are none with what can be asked instead."""
        tools = self.assistant.tools
        if isinstance(asked, QueryFrame):
            return computed(replace(asked, as_of=self.store.as_of()), tools)
        question = Question(asked, asked_by=asked_by)
        frame = frame_of(question, self.scoper.scope(question), tools)
        return frame if isinstance(frame, Refused) else computed(frame, tools)
