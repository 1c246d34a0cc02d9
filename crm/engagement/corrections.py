"""What people say against a verdict: put on record with who and why, taken back, told as history.

A correction is about the text that the person read. It wins over every judge, under every policy, for as long as the
record has that text. When the text itself changes, judges look at the new one, the history says that a person had
spoken about an earlier text, and `review` asks about that record first. Should the old text come back, so does the
correction.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crm.engagement import labels, quotes
from crm.engagement.features import features
from crm.engagement.labelling_guide import Guide
from crm.engagement.phrase_finder import lexicon
from crm.errors import BadLabel, MissingPart
from crm.nouns import Activity, Engagement, Label, Verdict
from crm.records.store import Store

SOMEBODY = "somebody"  # who corrected, when nobody said their name
_CITED = re.compile(r"[\"“„«]\s*([^\"“”„«»]{3,200}?)\s*[\"”“»]")


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a record's history.

    `stands` marks the label that counts today; `taken_back` that this was somebody's withdrawal of a label;
    `earlier_text` that it is about a text the record has no more.
    """

    label: Label
    stands: bool
    taken_back: bool
    earlier_text: bool

    @property
    def who(self) -> str:
        return person_told(self.label.by) or self.label.verdict.decided_by

    @property
    def at(self) -> datetime:
        return self.label.at

    def to_text(self) -> str:
        """One line: when, who, what, why."""
        verdict = self.label.verdict
        marks = [
            "counts today" if self.stands else "",
            "about an earlier text of this record" if self.earlier_text else "",
        ]
        told = f" ({'; '.join(mark for mark in marks if mark)})" if any(marks) else ""
        did = f"took back {verdict.engagement}" if self.taken_back else str(verdict.engagement)
        why = "" if self.taken_back or not verdict.because else f": {verdict.because}"
        return f"{self.at:%Y-%m-%d %H:%M}  {self.who}  {did}{told}{why}"


def the_activity(store: Store, typed: str) -> Activity:
    """The activity with this full or native id. Raises MissingPart when there is none, or several."""
    found = store.find(typed)
    if not found:
        raise MissingPart(
            f"There is no activity {typed.strip()} in the store. Give its id as the export has it, or in full "
            "such as demo:100123."
        )
    if len(found) > 1:
        raise MissingPart(f"{typed} is the id of several records. Say which: {', '.join(a.id for a in found)}.")
    return found[0]


def the_label(typed: str, guide: Guide) -> Engagement:
    """The label that was meant. Raises BadLabel with the three that there are."""
    label = guide.label(typed)
    if label is None:
        raise BadLabel(f"{typed.strip() or 'Nothing'} is no label. Allowed are {', '.join(Engagement)}.")
    return label


def correct(store: Store, activity: Activity, engagement: Engagement, why: str = "", by: str = "") -> Label:
    """Puts a person's label on record; it stands at once. The same label as the judge's is a confirmation."""
    by = by.strip() or SOMEBODY
    before = labels.current(store, [activity.id]).get(activity.id)
    because = why.strip() or "A person read the record."
    quote = _quote(activity, because, before)
    verdict = Verdict(engagement, 1.0, because, quote, f"{labels.PERSON}:{by}")
    labels.record(store, [(activity, verdict)], labels.PERSON, by)
    return labels.current(store, [activity.id])[activity.id]


def take_back(store: Store, activity: Activity, by: str = "") -> Label:
    """The last correction counts no longer; returns it. Raises MissingPart when there is none to take back."""
    undone = labels.take_back(store, activity, by.strip() or SOMEBODY)
    if undone is None:
        if any(label.text_hash != activity.text_hash for label in labels.by_people(store, [activity.id])):
            raise MissingPart(
                f"Nobody has corrected {activity.id}, so there is nothing to take back. "
                "What a person said was about an earlier text, and does not count now."
            )
        raise MissingPart(f"Nobody has corrected {activity.id}, so there is nothing to take back.")
    return undone


def person_told(by: str) -> str:
    """Who spoke, as one says it; empty where no person did."""
    return "a person" if by == SOMEBODY else by


def told(now: Label | None, before: Label | None) -> str:
    """A change as a sentence: demo:7 is ND now, says ana: “why”. It was ENGAGED, said the rule voicemail."""
    was = f" It was {before.verdict.engagement}, said {_who(before)}." if before else ""
    if now is None:
        return f"{before.activity_id if before else 'It'} has no verdict now.{was}"
    because = f": {now.verdict.because.rstrip('.')}." if now.verdict.because else "."
    return f"{now.activity_id} is {now.verdict.engagement} now, says {_who(now)}{because}{was}"


def history(store: Store, activity: Activity) -> list[Event]:
    """All that was ever said about a record, by judges and people, the newest first."""
    standing = labels.current(store, [activity.id]).get(activity.id)
    return [
        Event(
            label,
            stands=label == standing,
            taken_back=label.policy.startswith(labels.TAKEN_BACK),
            earlier_text=label.text_hash != activity.text_hash,
        )
        for label in labels.history(store, activity.id)
    ]


def outdated(store: Store, activities: Sequence[Activity]) -> dict[str, Label]:
    """The last correction of each activity whose text has changed since; a person should look again."""
    texts = {activity.id: activity.text_hash for activity in activities}
    said = labels.by_people(store, list(texts))
    counts = {label.activity_id for label in said if label.text_hash == texts[label.activity_id]}
    return {label.activity_id: label for label in said if label.activity_id not in counts}


def notice(store: Store, activity: Activity) -> str:
    """What to know about an earlier correction; empty when there is none, or it still counts."""
    label = outdated(store, [activity]).get(activity.id)
    if label is None:
        return ""
    return (
        f"{label.by} had corrected this record to {label.verdict.engagement} on {label.at:%Y-%m-%d}; its text has "
        "changed since, so the judges looked at the new one. Correct it again if that still holds."
    )


def _who(label: Label) -> str:
    if label.by:
        return person_told(label.by)
    kind, _, name = label.verdict.decided_by.partition(":")
    return f"the {kind} {name}".strip() if kind in ("rule", "model") else label.verdict.decided_by


def _quote(activity: Activity, why: str, before: Label | None) -> str:
    """Words of the record that go with the correction: those cited in the reason, else those of the verdict before."""
    for cited in _CITED.findall(why):
        if cited in activity.raw_body or cited in activity.raw_subject:
            return str(cited)
    if before and before.text_hash == activity.text_hash:
        return before.verdict.quote
    words = lexicon()
    return quotes.pick(activity, ("body", "subject"), features(activity, words), words)
